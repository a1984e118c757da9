#!/usr/bin/env bash
# The benchmarks, one after another on a quiet machine; benchmarks/README.md says what each measures. `--quick` for a
# short run with small data.
set -euo pipefail
cd "$(dirname "$0")/.."
bin="${VENV:-$PWD/.venv}/bin"
CHROMIUM="$("$bin/python" scripts/chromium.py)"
export CHROMIUM
exec "$bin/python" benchmarks/run.py "$@"
