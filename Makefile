# Every command of the house. `make` alone lists them.
PYTHON ?= python3
BIN := .venv/bin
SETUP := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help setup demo test check crash browser bench quality goldens docs clean

help: ## list the commands
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(SETUP) ## make .venv with everything in it, pinned and hashed

$(SETUP): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(SETUP) ## show the whole product on a bundled wire at http://localhost:8080
	@$(BIN)/wirecopy demo

test: $(SETUP) ## run the tests (under three minutes)
	@$(BIN)/python -m pytest -q -n 2 -m "not crash and not browser and not bench"

check: $(SETUP) ## what CI runs: format, lint, types, import contracts, tests
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(MAKE) --no-print-directory test

crash: $(SETUP) ## kill the product 200 times and look for what is lost
	@$(BIN)/python -m pytest -q -m crash tests/crash

browser: $(SETUP) ## open every kind of page in a real browser (Debian's chromium)
	@$(BIN)/python -m pytest -q -m browser tests/browser

bench: $(SETUP) ## measure beside the peers
	@$(BIN)/python bench/run.py

quality: $(SETUP) ## measure topics, related, coverage and sections on labelled copy
	@$(BIN)/python -m tests.quality

goldens: $(SETUP) ## write the golden files anew; look at the difference before you commit it
	@WIRECOPY_GOLDENS=1 $(BIN)/python -m pytest -q -m "not crash and not browser and not bench" -k golden

docs: $(SETUP) ## write the reference pages anew
	@$(BIN)/python -m wirecopy.cli.reference

clean: ## remove what setup and tests have made
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
