# Runs the scripts in scripts/. `make demo` shows the tab on real data; `make test` and `make check` are what CI runs.
# Settings: PYTHON=python3.12 (the interpreter), VENV=/elsewhere (the environment), CHROMIUM=/path/to/chrome,
# MINUTES=10 (how long to fuzz), TIMES=200 (how many writers of each kind to kill), MINUTES_LOAD=60 and CLIENTS=64
# (how long and how many ask).

PYTHON ?= python3
export VENV ?= $(CURDIR)/.venv
MINUTES ?= 10
MINUTES_LOAD ?= 60
CLIENTS ?= 64
TIMES ?= 200

.PHONY: help demo test coverage check fuzz kill load compat format bench build clean

help:
	@echo "make demo    train a small Keras model and show its embeddings in TensorBoard"
	@echo "make test    every test: Python, TypeScript, browser"
	@echo "make coverage  which lines they run: docs/testing.md"
	@echo "make check   formatters, linters, types, room rules"
	@echo "make fuzz    damaged inputs for every parser, for MINUTES=10"
	@echo "make kill    writers killed at random moments, TIMES=200"
	@echo "make load    CLIENTS=64 clients, 500 jobs and slow readers, for MINUTES_LOAD=60"
	@echo "make compat  the oldest and newest versions of everything, on each Python: docs/testing.md"
	@echo "make format  let the formatters write"
	@echo "make bench   the built-in projector and this one, in turns (results in benchmarks/results/)"
	@echo "make build   wheel and sdist in dist/"
	@echo "make clean   remove everything that was made here, .venv too"

demo:
	@$(PYTHON) scripts/environment.py demo
	@"$(VENV)/bin/tb-projector" demo

test:
	@$(PYTHON) scripts/environment.py test check
	@scripts/test.sh

coverage:
	@$(PYTHON) scripts/environment.py test check
	@scripts/coverage.sh

check:
	@$(PYTHON) scripts/environment.py test check
	@scripts/check.sh

fuzz:
	@$(PYTHON) scripts/environment.py test check
	@"$(VENV)/bin/python" tests/fuzz/fuzz.py --minutes $(MINUTES) --edited 30

load:
	@$(PYTHON) scripts/environment.py test check
	@"$(VENV)/bin/python" tests/load/load.py --minutes $(MINUTES_LOAD) --clients $(CLIENTS)

compat:
	@$(PYTHON) scripts/environment.py test check compat
	@"$(VENV)/bin/python" scripts/compat.py

kill:
	@$(PYTHON) scripts/environment.py test check
	@"$(VENV)/bin/python" tests/kill/kill.py --times $(TIMES)
	@"$(VENV)/bin/python" tests/kill/kill.py --times $(TIMES) --fit tensorflow
	@"$(VENV)/bin/python" tests/kill/kill.py --times $(TIMES) --fit jax
	@"$(VENV)/bin/python" tests/kill/kill.py --times $(TIMES) --fit torch

format:
	@$(PYTHON) scripts/environment.py test check
	@"$(VENV)/bin/ruff" format . && "$(VENV)/bin/ruff" check --fix .
	@"$(VENV)/bin/python" scripts/npm.py run format

bench:
	@$(PYTHON) scripts/environment.py test check bench
	@scripts/bench.sh

build:
	@$(PYTHON) scripts/environment.py test check
	@"$(VENV)/bin/python" -m build --outdir dist .

clean:
	rm -rf "$(VENV)" build dist *.egg-info .coverage* .pytest_cache .mypy_cache .ruff_cache .hypothesis test-results
	rm -rf frontend/node_modules frontend/test-results frontend/coverage
	find tb_projector_plugin/static -mindepth 1 ! -name README.md -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
