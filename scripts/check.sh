#!/usr/bin/env bash
# Formatters, linters, types and room rules. All of them run, even after a failure.
set -uo pipefail
cd "$(dirname "$0")/.."
root="$PWD"
bin="${VENV:-$root/.venv}/bin"
failed=()

step() {
  local name="$1"
  shift
  echo "== $name"
  "$@" || failed+=("$name")
}

types() { # On the installed package and from another folder: only it contains callbacks and protos.
  (cd "$bin" && ./mypy --config-file "$root/pyproject.toml" --cache-dir "$root/.mypy_cache" --package tb_projector_plugin)
}

step "ruff format (fix: make format)" "$bin/ruff" format --check .
step "ruff check (fix: make format, then by hand)" "$bin/ruff" check .
step "mypy" types
step "biome and tsc (fix: make format, then by hand)" "$bin/python" scripts/npm.py run check
step "room rules" "$bin/pytest" --quiet tests/test_rooms.py

if ((${#failed[@]})); then
  printf 'make check: failed: %s\n' "${failed[@]}" >&2
  exit 1
fi
echo "make check: passed"
