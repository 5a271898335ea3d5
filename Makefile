# Everything runs in .venv, made here from Python 3.11 or newer; the core is built by cargo in target/.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test fuzz bench bench-kernels lint fmt clean test-rust test-python

VENV := .venv
BIN := $(VENV)/bin
SOURCES := $(shell find src -type f) Cargo.toml Cargo.lock pyproject.toml

# Another environment that happens to be active must not be built into.
export VIRTUAL_ENV := $(CURDIR)/$(VENV)
unexport CONDA_PREFIX PYTHONPATH PYTHONHOME
export PIP_DISABLE_PIP_VERSION_CHECK := 1

NEW_ENOUGH := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3 python3.15 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c '$(NEW_ENOUGH)' >/dev/null 2>&1 && { command -v "$$python"; break; }; done)

help:
	@echo 'make demo                            build kolloc and run it on a small made-up corpus'
	@echo 'make demo FILE=pages.csv TEXT=body   the same on your CSV, TSV, JSONL, Parquet file or folder'
	@echo '          NODE=word BY=column        which word to look around, which column to compare by'
	@echo 'make test                            every check: format, lint, types, Rust and Python tests, notebooks'
	@echo 'make fuzz CASES=100000               random and hostile input, so many cases for each test'
	@echo 'make bench DATA=folder               side by side with scikit-learn, polars, gensim, NLTK, datasketch, rensa (QUICK=1)'
	@echo 'make bench-kernels                   criterion benches of the Rust kernels'
	@echo 'make lint                            the static checks alone'
	@echo 'make fmt                             format Rust and Python'
	@echo 'make clean                           remove .venv, target and caches'
	@echo
	@echo 'Needs Python 3.11 or newer (PYTHON=... to choose one) and Rust (https://rustup.rs).'

# --- What the rest stands on ------------------------------------------------------------------------------------------

$(BIN)/maturin:
	@command -v cargo >/dev/null || { echo 'kolloc needs Rust: cargo was not found; see https://rustup.rs' >&2; exit 1; }
	@test -n '$(PYTHON)' || { echo 'kolloc needs Python 3.11 or newer with venv; none of python3, python3.15 ... python3.11' \
		'is one. Name it: make PYTHON=/path/to/python' >&2; exit 1; }
	@'$(PYTHON)' -c '$(NEW_ENOUGH)' || { echo '$(PYTHON) is not Python 3.11 or newer with venv' >&2; exit 1; }
	'$(PYTHON)' -m venv $(VENV)
	$(BIN)/pip install --quiet 'maturin>=1.9,<2'

# The package, built for release, with the extras named by the stamp; made anew only when a source has changed.
$(VENV)/.with-%: $(BIN)/maturin $(SOURCES)
	$(BIN)/maturin develop --release
	$(BIN)/pip install --quiet 'kolloc[$*]'
	@touch $@

# --- What one asks for ------------------------------------------------------------------------------------------------

demo: $(VENV)/.with-demo
	@$(BIN)/python -m kolloc demo $(if $(FILE),'$(FILE)') $(if $(TEXT),--text '$(TEXT)') $(if $(NODE),--node '$(NODE)') \
		$(if $(BY),--by '$(BY)')

# pytest comes last: its summary closes the output.
test: lint test-rust test-python

lint: $(VENV)/.with-dev
	cargo fmt --check
	cargo clippy --all-targets --locked -- -D warnings
	cargo clippy --all-targets --locked --features python -- -D warnings
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m mypy.stubtest kolloc._core

test-rust:
	cargo test --locked --quiet

test-python: $(VENV)/.with-dev
	$(BIN)/python -m pytest

# Every property whose number of cases is not its own business, and all that stands beside unsafe code.
fuzz:
	PROPTEST_CASES='$(or $(CASES),20000)' cargo test --locked --test fuzz --test segmentation
	PROPTEST_CASES='$(or $(CASES),20000)' cargo test --locked --lib -- large scatter prefetch dedup word

bench: $(VENV)/.with-bench
	$(BIN)/python benches/peers.py $(if $(QUICK),--quick,--data '$(or $(DATA),.)')
	$(BIN)/python benches/measures.py $(if $(QUICK),--quick,--data '$(or $(DATA),.)')
	$(BIN)/python benches/duplicates.py $(if $(QUICK),--quick,--data '$(or $(DATA),.)')
	$(BIN)/python benches/duplicates_scale.py $(if $(QUICK),--documents 5000)

bench-kernels:
	cargo bench

fmt: $(VENV)/.with-dev
	cargo fmt
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

clean:
	rm -rf $(VENV) target dist .pytest_cache .mypy_cache .ruff_cache .hypothesis kolloc-demo.png
	rm -f python/kolloc/*.so
	find python tests benches -name __pycache__ -type d -prune -exec rm -rf {} +
