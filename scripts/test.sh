#!/usr/bin/env bash
# Runs all tests: TypeScript (node and real browser) and kernels, then Python with its browser tests. A missing part fails
# with the command that fixes it; nothing is skipped.
set -euo pipefail
cd "$(dirname "$0")/.."
python="${VENV:-$PWD/.venv}/bin/python"

CHROMIUM="$("$python" scripts/chromium.py)"
export CHROMIUM
echo "chromium: $CHROMIUM"

rm -f frontend/test-results/second_tries.txt
# A failure in one language does not hide those of the other, nor the list of second tries.
status=0
"$python" scripts/npm.py test || status=$?
"$python" scripts/run_pytest.py "$@" || status=$?
exit "$status"
