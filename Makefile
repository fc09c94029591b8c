# One door: `make site` builds the sample book, `make test` runs every test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# The sample book is built for the day it was written for, so that it always looks the same.
SAMPLE_DAY := 2026-11-19
# What `make bench` measures: clients in a book (100000 takes long), turns, and whom beside Kayoi.
SIZES ?= 1000 10000
RUNS ?= 3
TOOLS ?= hugo pelican

.PHONY: help site docs serve test lint format lock bench clean

help:
	@echo "make site    build the sample book into site/, as on $(SAMPLE_DAY)"
	@echo "make docs    build the documentation into dist/docs/"
	@echo "make serve   the same with a preview that follows your edits"
	@echo "make test    lint, types and every test"
	@echo "make lint    format, lint and types only"
	@echo "make format  put the code in order"
	@echo "make lock    renew the lock files"
	@echo "make bench   measure builds beside Hugo and Pelican: SIZES=\"1000 10000\" RUNS=3 TOOLS=\"hugo pelican\""

$(STAMP): requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

site: $(STAMP)
	$(BIN)/kayoi build --today $(SAMPLE_DAY)
	@echo "The sample book is made as on its own day, $(SAMPLE_DAY). Open site/index.html"

docs: $(STAMP)
	$(BIN)/python docs/build.py

serve: $(STAMP)
	$(BIN)/kayoi serve --today $(SAMPLE_DAY) --open

test: lint
	$(BIN)/pytest -n auto --dist worksteal

lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock:
	$(PYTHON) -m pip install --quiet --disable-pip-version-check uv
	$(PYTHON) -m uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml -o requirements.lock
	$(PYTHON) -m uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml --group dev -o requirements-dev.lock

bench: $(STAMP)
	$(BIN)/python -m bench --sizes $(SIZES) --runs $(RUNS) --tools $(TOOLS)

clean:
	rm -rf $(VENV) site dist .kayoi bench/.work
