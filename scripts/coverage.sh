#!/usr/bin/env bash
# Every test, measured: which lines of the package and of the page they run. Writes docs/testing.md.
set -euo pipefail
cd "$(dirname "$0")/.."
python="${VENV:-$PWD/.venv}/bin/python"
pytest="${VENV:-$PWD/.venv}/bin/pytest"

CHROMIUM="$("$python" scripts/chromium.py)"
export CHROMIUM
COVERED_PACKAGE="$(cd / && "$python" -c "import tb_projector_plugin as package; print(*package.__path__)")"
export COVERED_PACKAGE
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/build" "$folder/runs"

"$python" scripts/npm.py test -- --coverage
again=(--last-failed --last-failed-no-failures=none)
"$pytest" --numprocesses=2 --ignore=tests/browser --cov --cov-report="json:$folder/python.json" ||
  "$pytest" "${again[@]}" --ignore=tests/browser --cov --cov-append --cov-report="json:$folder/python.json"

# The tab's tests run the installed page, whose code is that of this build byte for byte; only this one has source maps.
MAPPED_BUILD="$folder/build" "$python" scripts/npm.py run build
export PAGE_COVERAGE="$folder/runs"
"$pytest" --numprocesses=2 tests/browser || "$pytest" "${again[@]}" tests/browser
"$python" scripts/npm.py run coverage -- coverage/coverage-final.json "$folder/build" "$folder/runs" "$folder/page.json"

"$python" scripts/write_coverage.py "$folder/python.json" "$folder/page.json"
