#!/usr/bin/env bash
# Every test but the browser tests of the tab, measured: which lines of the package and of the page they run. Writes
# docs/testing.md.
set -euo pipefail
cd "$(dirname "$0")/.."
python="${VENV:-$PWD/.venv}/bin/python"
pytest="${VENV:-$PWD/.venv}/bin/pytest"

CHROMIUM="$("$python" scripts/chromium.py)"
export CHROMIUM
report=$(mktemp)
trap 'rm -f "$report"' EXIT

"$python" scripts/npm.py test -- --coverage
"$pytest" --numprocesses=2 --dist=worksteal --ignore=tests/browser --cov --cov-report="json:$report"
"$python" scripts/write_coverage.py "$report" frontend/coverage/coverage-summary.json
