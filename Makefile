# Everything the project can do by one word. The set-up is tools/bootstrap.py: once, and instant afterwards.

BIN := .venv/bin
BOOTSTRAP := $(if $(wildcard $(BIN)/python),$(BIN)/python,$(or $(shell command -v python3),python)) tools/bootstrap.py
PYTEST_OPTIONS ?= -n 2

.DEFAULT_GOAL := help
.PHONY: help setup run test check bench mutants tour lock i18n fmt clean

help:  ## these lines
	@sed -n 's/^\([a-z0-9]*\):.*  ## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

setup:  ## everything needed, without starting anything
	@$(BOOTSTRAP)

run: setup  ## the demo: desktop, PostgreSQL, chain, clients; without a screen the guided tour
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then exec $(BIN)/wbo-desktop demo; \
	else QT_QPA_PLATFORM=offscreen exec $(BIN)/wbo-desktop demo --tour build/tour; fi

test: setup  ## the whole test suite
	@$(BIN)/python -m pytest $(PYTEST_OPTIONS)

check: setup  ## format, lint, types, import directions, dependencies, translations, house rules
	@$(BIN)/python tools/check.py

bench: setup  ## the benchmarks, each beside its peer; writes benchmarks/results.json
	@$(BIN)/python -m benchmarks

mutants: setup  ## faults made on purpose, and which of them the tests notice; hours
	@nice $(BIN)/python -m tools.mutants $(PARTS)

tour: setup  ## the guided tour's pictures in build/tour
	@QT_QPA_PLATFORM=offscreen $(BIN)/wbo-desktop demo --tour build/tour

lock: setup  ## requirements.lock again, from pyproject.toml
	@$(BIN)/python tools/lock.py

i18n: setup  ## the catalogues as the sources are now; says what still lacks a translation
	@$(BIN)/python tools/check_i18n.py --update

fmt: setup  ## formats the code, and lowers the ratchet on Any
	@$(BIN)/ruff format --quiet . && $(BIN)/ruff check --quiet --fix . && $(BIN)/python tools/format_sql.py && $(BIN)/python tools/any_ratchet.py --lower

clean:  ## removes what was built; keeps .venv (remove that by hand to set up anew)
	@rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info
	@find wbo_desktop tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
