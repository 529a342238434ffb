PYTHON ?= python3.11
BIN := .venv/bin

.PHONY: setup demo test lint docs templates bench faults

setup: .venv/.ready  ## make .venv with everything that demo and test need
.venv/.ready: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv || python3 -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	$(BIN)/python -m compileall -q ownerbook
	touch $@

demo: setup  ## judge the sample register and write its problem workbook into demo/
	$(BIN)/ownerbook demo

test: setup  ## all tests
	$(BIN)/python -m pytest

lint: setup  ## style, types, and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: setup  ## write the generated pages of docs/ again
	$(BIN)/python -m ownerbook.reports.pages docs

templates: setup  ## write the blank workbooks of templates/ again
	$(BIN)/python -m ownerbook.reports.templates templates

bench: setup  ## measure, and write benchmarks/RESULTS.md; rivals in an environment of their own
	test -x .bench/bin/python || $(BIN)/python -m venv .bench
	.bench/bin/python -m pip install --quiet --editable '.[bench]' || .bench/bin/python -m pip install --quiet --editable .
	.bench/bin/python benchmarks/run.py $(BENCH)

faults: setup  ## stop, starve, refuse and spoil every command that changes something; about an hour, needs strace
	cd tests/faults && ../../$(BIN)/python run.py --every 3 && ../../$(BIN)/python spoil.py
