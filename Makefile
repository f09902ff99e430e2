# Needs python3 (3.11 or later) with venv and pip, and make. Everything else goes into .venv.
# `make help` lists what there is.

VENV := .venv
STAMP := $(VENV)/.installed
BENCH := .venv-bench
# Errors only: warnings of pip say nothing about us.
PIP := $(VENV)/bin/python -m pip --disable-pip-version-check -qq

# Compiles a lock. pip builds our own package with the setuptools that the lock brings (`--no-build-isolation`), so that the build
# is pinned too; the one that Python 3.11 puts into a new environment is too old to build a wheel by itself.
LOCK = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate $(LOCKFLAGS) pyproject.toml --extra build

.DEFAULT_GOAL := help
.PHONY: help install run demo test quality bench-fetch bench-hostile bench-smoke bench-storage bench-watches lock

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(STAMP)  ## make .venv with the locked dependencies and Vestnik itself

$(STAMP): requirements-dev.txt pyproject.toml
	@for python in python3.11 python3 python3.12 python3.13 python3.14; do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$${found-}" ]; then echo "Vestnik needs Python 3.11 or later; python3 here is $$(python3 --version 2>&1)." >&2; exit 1; fi; \
	[ -x $(VENV)/bin/pip ] || $$found -m venv --clear $(VENV)
	@echo "Installing into $(VENV); this takes a minute."
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# `exec`: the program itself gets Ctrl-C and the terminal, and make reports how it ended.
run: $(STAMP)  ## start the service with ./vestnik.toml, if there is one
	@exec $(VENV)/bin/vestnik run $(ARGS)

demo: $(STAMP)  ## start it against the built-in sample site (ARGS=--once ends by itself)
	@exec $(VENV)/bin/vestnik demo $(ARGS)

test: $(STAMP)  ## everything that CI checks
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/coverage erase
	$(VENV)/bin/coverage run -m pytest $(ARGS)
	$(VENV)/bin/coverage combine --quiet
	$(VENV)/bin/coverage report

# Scrapy and its like stay out of .venv. `--no-deps`, as the lock is complete and the pip of Python 3.11 stumbles over an extra in it that
# two packages spell differently.
$(BENCH)/.installed: $(STAMP) requirements-bench.txt pyproject.toml
	@$(VENV)/bin/python -m venv $(BENCH)
	@$(BENCH)/bin/python -m pip --disable-pip-version-check -qq install --no-deps --require-hashes -r requirements-bench.txt
	@$(BENCH)/bin/python -m pip --disable-pip-version-check -qq install --no-deps --no-build-isolation --editable .
	@touch $@

quality: $(BENCH)/.installed  ## how well and how fast the real pages in ../shared/pages are read, beside the peers (ARGS=--no-speed)
	@exec $(BENCH)/bin/python -m bench.quality $(ARGS)

bench-fetch: $(BENCH)/.installed  ## pages per second beside Scrapy; a quarter of an hour (ARGS=--quick is a trial)
	@exec $(BENCH)/bin/python -m bench.fetch $(ARGS)

bench-hostile: $(BENCH)/.installed  ## what becomes of each case of the hostile site, with its time and memory
	@exec $(BENCH)/bin/python -m bench.hostile $(ARGS)

bench-smoke: $(BENCH)/.installed  ## pages per second from the address to the database, beside Scrapy + trafilatura + SQLite
	@exec $(BENCH)/bin/python -m bench.smoke $(ARGS)

bench-storage: $(BENCH)/.installed  ## identity and storage at a million articles; half an hour (ARGS=--quick is a trial)
	@exec $(BENCH)/bin/python -m bench.storage $(ARGS)

bench-watches: $(BENCH)/.installed  ## watches matched beside a loop, tantivy and FTS5, search at a million articles; two hours (ARGS=--quick is a trial)
	@exec $(BENCH)/bin/python -m bench.watches $(ARGS)

lock:  ## compile the three locks anew (needs uv; LOCKFLAGS=--upgrade takes newer versions)
	@command -v uv >/dev/null || { echo "make lock needs uv: https://docs.astral.sh/uv/" >&2; exit 1; }
	$(LOCK) --output-file requirements.txt
	$(LOCK) --extra dev --extra browser --output-file requirements-dev.txt
	$(LOCK) --extra dev --extra browser --extra bench --output-file requirements-bench.txt
