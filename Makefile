# Two commands are enough: `make run` and `make test`. Both prepare the machine first (scripts/set-up).
PYTHON := .venv/bin/python
HOST ?= 127.0.0.1
PORT ?= 8000
# More arguments to pytest: make test ARGS="-k workbook"
ARGS ?=
WORKERS ?= -n auto --maxprocesses=4 --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help run test check bench lock

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' Makefile

run: export DEBUG = true
run: ## Prepare everything and start the portal with Burlöv's agreement on http://127.0.0.1:8000
	@scripts/set-up run
	@mkdir -p var
	$(PYTHON) manage.py migrate --verbosity 0
	$(PYTHON) manage.py load_demo
	$(PYTHON) manage.py runserver --noreload $(HOST):$(PORT)

# Only for the trial key and plain http: Django's own test runner turns DEBUG off while tests run.
test: export DEBUG = true
test: ## Prepare everything and run the whole test suite
	@scripts/set-up test
	$(PYTHON) -m pytest $(WORKERS) $(ARGS)

check: ## Format, lint, import floors, migrations and production settings
	@scripts/set-up test
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	find templates -name '*.html' -exec .venv/bin/djade --check --target-version 5.2 {} +
	.venv/bin/lint-imports
	DEBUG=true $(PYTHON) manage.py makemigrations --check --dry-run
	DEBUG=false ALLOWED_HOSTS=example.org \
		SECRET_KEY="$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(64))')" \
		$(PYTHON) manage.py check --deploy --fail-level WARNING

bench: ## Measure pages, PDFs and long reports, and simulate how often the trends' marks are wrong
	@scripts/set-up test
	$(PYTHON) bench/benchmark.py
	$(PYTHON) bench/reports.py
	$(PYTHON) bench/guard.py
	$(PYTHON) bench/trend_simulation.py

# No address of an index and no path of this machine may end up in the files.
LOCK := env -u UV_FIND_LINKS -u UV_INDEX -u UV_EXTRA_INDEX_URL .venv/bin/uv pip compile --quiet --universal \
	--python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	--annotation-style line --custom-compile-command "make lock" pyproject.toml

lock: ## Lock the versions again: requirements.txt and requirements-dev.txt (UPGRADE=--upgrade for newer)
	@scripts/set-up test
	$(LOCK) $(UPGRADE) --output-file requirements.txt
	$(LOCK) $(UPGRADE) --group dev --constraint requirements.txt --output-file requirements-dev.txt
