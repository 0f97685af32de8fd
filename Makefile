# `make chat` sets everything up and serves the chat; `make` alone lists the rest.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
PIP := $(RUN) -m pip install --quiet --disable-pip-version-check

READY := $(VENV)/.ready
READY_FOR_TESTS := $(VENV)/.ready-for-tests
UNFINISHED := $(VENV)/.unfinished

# An environment is made anew when its last installation was interrupted or its Python is gone.
USABLE = [ ! -e $(UNFINISHED) ] && $(RUN) -c "import pip, sys; sys.exit(sys.version_info < (3, 11))" 2>/dev/null
BROKEN := $(shell [ ! -e $(VENV) ] || { $(USABLE); } || echo broken)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help chat index test test-slow check evaluate broken

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

chat: index ## set up, bring the index up to date, serve the web chat
	@$(RUN) app.py

index: $(READY) ## set up, then make the index or bring it up to date
	@$(RUN) -m ingest || [ $$? -eq 3 ] # 3: some documents could not be read, and it said which

test: $(READY_FOR_TESTS) ## set up, then run all tests but the slow ones
	@$(RUN) -m pytest -m "not slow" -rs

test-slow: $(READY_FOR_TESTS) ## set up, then run the slow tests
	@$(RUN) -m pytest -m slow -rs

check: $(READY_FOR_TESTS) ## set up, then check style and types
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy

evaluate: index ## ask the known facts and compare with their thresholds
	@$(RUN) -m evaluation evaluation/known_facts.yaml

$(READY): requirements.txt $(BROKEN)
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON): install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3.12"; exit 1; }
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { echo "Python 3.11 or newer is needed, and $(PYTHON) is `$(PYTHON) -V`: name a newer one: make PYTHON=python3.12"; exit 1; }
	@mkdir -p $(VENV) && touch $(UNFINISHED)
	@[ -e $(RUN) ] || { echo "Making the environment in $(VENV) ..."; $(PYTHON) -m venv $(VENV); }
	@echo "Installing torch, the largest package ..."
	@$(PIP) -c requirements.txt torch
	@echo "Installing the other packages (some minutes) ..."
	@$(PIP) -r requirements.txt
	@rm $(UNFINISHED)
	@touch $@

$(READY_FOR_TESTS): requirements-dev.txt $(READY)
	@touch $(UNFINISHED)
	@echo "Installing the packages for tests and checks ..."
	@$(PIP) -r requirements-dev.txt
	@rm $(UNFINISHED)
	@touch $@

broken:
	@echo "Making the environment anew: its last installation did not finish, or its Python is gone or too old."
	@rm -rf $(VENV)
