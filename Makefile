# Two commands do everything on a fresh Debian or Ubuntu with Python and make:
#
#   make serve    build the page in this repository and show it in the browser
#   make test     run every check and every test
#
# Both set up .venv by themselves; `make test` also installs a Chromium (as root or through sudo).

PYTHON ?= python3
BIN := .venv/bin

.PHONY: serve build test lint fix bench rescue clean

serve: .venv/installed
	$(BIN)/statusgen serve

build: .venv/installed
	$(BIN)/statusgen build

test: .venv/tested lint
	$(BIN)/pytest -n 3 --dist worksteal --randomly-seed=1  # many wait for servers more than they work

lint: .venv/tested
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/statusgen check

fix: .venv/tested
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: .venv/tested
	$(BIN)/python benchmarks/run.py

rescue: .venv/installed
	.ci/rescue dist/rescue

clean:
	rm -rf .venv site .statusgen

.venv/installed: pyproject.toml .ci/setup
	.ci/setup run $(PYTHON)
	touch $@

.venv/tested: .venv/installed
	.ci/setup test $(PYTHON)
	touch $@
