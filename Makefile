# make demo   the whole loop on sample mail, with nothing to configure
# make test   installs what it needs and runs the tests
# APT=no      never try to install Debian packages

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
APT ?= yes

.PHONY: help demo test test-all lint types browser matrix slow bench clean servers

help:
	@sed -n 's/^# //p' Makefile

$(BIN)/.made: pyproject.toml requirements-dev.txt
	@APT=$(APT) PYTHON=$(PYTHON) sh tools/make-venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

servers:
	@APT=$(APT) sh tools/get-servers

demo: $(BIN)/.made
	@$(BIN)/mailwins demo

test: $(BIN)/.made servers
	@$(BIN)/python -m pytest -n 2

lint: $(BIN)/.made
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .

types: $(BIN)/.made
	@$(BIN)/mypy

browser matrix slow: $(BIN)/.made servers
	@$(BIN)/python -m pytest -n 2 -m $@ || test $$? -eq 5

test-all: lint types test browser matrix slow

clean:
	rm -rf $(VENV) demo-out .pytest_cache .mypy_cache .ruff_cache .hypothesis
