#!/usr/bin/env bash
# Runs the benchmarks one after another, on an idle machine; benchmarks/README.md lists what each measures. `--quick` is
# a short run with small data.
set -euo pipefail
cd "$(dirname "$0")/.."
bin="${VENV:-$PWD/.venv}/bin"
CHROMIUM="$("$bin/python" scripts/chromium.py)"
export CHROMIUM
exec "$bin/python" benchmarks/run.py "$@"
