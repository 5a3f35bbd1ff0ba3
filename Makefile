.DEFAULT_GOAL := help
.PHONY: help install demo test check fix bench bench-campaigns schedule clean

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
SOURCES := becalm embeddings expectations tasks flows deploy tests benchmarks

help:  ## show what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  \033[1m%-16s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: .venv/installed  ## set up .venv with becalm and everything it needs, pinned

.venv/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

# What is decided in the demo is carried out into a file; nothing leaves the machine.
demo: export BECALM_POLICY = deploy/demo.yaml
demo: export BECALM_CONNECTORS = {"*": {"kind": "file"}}
demo: install  ## simulate a fortnight of comments, take them the whole way, and say where to look
	$(BIN)/becalm simulate --out var/demo --comments 5000 --days 14
	$(BIN)/becalm run var/demo
	$(BIN)/becalm review

test: install  ## run the tests
	$(BIN)/pytest

check: install  ## style, types, arrows between rooms, spelling
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell $(SOURCES) docs *.md

fix: install  ## mend what style tools can mend
	$(BIN)/ruff check --fix $(SOURCES)
	$(BIN)/ruff format $(SOURCES)

bench: install  ## measure speed, memory and quality; writes var/bench.json
	$(BIN)/python -m benchmarks

bench-campaigns: .venv/installed-peers  ## becalm's campaigns beside its peers'; ARGS=--scale for the scale curve too
	$(BIN)/python -m benchmarks.campaigns $(ARGS)

.venv/installed-peers: .venv/installed requirements-bench.lock
	$(BIN)/python -m pip install --quiet --no-deps --requirement requirements-bench.lock
	$(BIN)/python -m pip check
	touch $@

schedule: install  ## a local Prefect server with all deployments, schedules and a worker
	$(BIN)/python deploy/schedule.py --port $(or $(PORT),4200)

clean:  ## remove what was made here, the results in var/ too
	rm -rf .venv var build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
