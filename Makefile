# Every command of the house. `make` alone lists them.
PYTHON ?= python3
BIN := .venv/bin
SETUP := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help setup demo test check feedsuite crash browser lighthouse fuzz hostile bench soak quality goldens docs clean

help: ## list the commands
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(SETUP) ## make .venv with everything in it, pinned and hashed

$(SETUP): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@# Where Python may not keep what it has compiled, every command would take twice as long to start.
	@$(BIN)/python -m compileall -q src/wirecopy
	@touch $@

demo: $(SETUP) ## show the whole product on a bundled wire at http://localhost:8080
	@$(BIN)/wirecopy demo

test: $(SETUP) ## run the tests (under three minutes)
	@# Whoever is done takes from the other's half, or one core would rest while the other ends alone.
	@# Pytest compiles every assertion anew where Python may not keep what it has compiled: it may here.
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -q -n 2 --dist worksteal -m "not crash and not browser and not bench and not hostile"

check: $(SETUP) ## what CI runs: format, lint, types, import contracts, tests
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(MAKE) --no-print-directory test

feedsuite: $(SETUP) ## ask our readers what feedparser's own test suite asks (fetches its source)
	@test -f build/feedsuite/feedparser-6.0.14.tar.gz || $(BIN)/python -m pip download --quiet \
		--disable-pip-version-check --no-deps --no-binary :all: --require-hashes \
		-r tests/conformance/feedparser-suite.txt -d build/feedsuite
	@$(BIN)/python -m pytest -q tests/conformance/test_feedparser_suite.py

crash: $(SETUP) ## kill the product 1,000 times and look for what is lost (minutes)
	@$(BIN)/python -m pytest -q -n 2 --dist worksteal -m crash tests/crash

.venv/npm/.ready: tests/browser/package.json
	@mkdir -p .venv/npm && cp tests/browser/package.json .venv/npm/
	@npm install --silent --no-audit --no-fund --no-package-lock --ignore-scripts --prefix .venv/npm
	@touch $@

browser: $(SETUP) .venv/npm/.ready ## open every kind of page in a real browser (Debian's chromium and fonts-noto-core)
	@$(BIN)/python -m pytest -q -m browser -n 2 --dist worksteal tests/browser

hostile: $(SETUP) ## try 400 hostile files as large as may be, each weighed in its own process
	@$(BIN)/python -m pytest -q -m hostile tests/hostile

MINUTES ?= 5
fuzz: $(SETUP) ## fuzz every format and the page; make fuzz MINUTES=10 TARGETS="rss page"
	@$(BIN)/python -c "import atheris" 2>/dev/null || $(BIN)/python -m pip install --quiet \
		--disable-pip-version-check "atheris>=3"
	@$(BIN)/python -m tests.fuzz.run --minutes $(MINUTES) $(TARGETS)

lighthouse: $(SETUP) .venv/npm/.ready ## first paint, weight and Lighthouse's marks of the demo's pages
	@$(BIN)/python bench/pages.py

bench: $(SETUP) ## measure beside the peers
	@$(BIN)/python bench/run.py

quality: $(SETUP) ## how often the product decides rightly on labelled copy
	@$(BIN)/python bench/quality.py
	@$(BIN)/python -m tests.quality

soak: $(SETUP) ## a minute with a thousand feeds, many of them bad; nothing may be lost
	@$(BIN)/python bench/soak.py --seconds 60

goldens: $(SETUP) ## write the golden files anew; look at the difference before you commit it
	@WIRECOPY_GOLDENS=1 $(BIN)/python -m pytest -q -m "not crash and not browser and not bench and not hostile" -k golden
	@WIRECOPY_GOLDENS=1 $(BIN)/python -m pytest -q -s -m browser tests/browser/test_looks.py

docs: $(SETUP) ## write the reference pages anew
	@$(BIN)/python -m wirecopy.cli.reference

clean: ## remove what setup and tests have made
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
