# `make site` builds the real site, `make test` proves it; the rest is for daily work. Needs git, make, Python 3.11+.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help site serve test lint format prove bench screenshots clean lock browser faults wordpress bare

help:
	@echo "make site         builds the site into public/"
	@echo "make serve        live preview at http://127.0.0.1:8000"
	@echo "make test         runs every check and test"
	@echo "make lint         format, lint, types"
	@echo "make prove        the long proofs"
	@echo "make bare         site and test in a bare Debian (needs root and debootstrap)"
	@echo "make bench        a short benchmark"
	@echo "make screenshots  pictures of the main pages"
	@echo "make clean        removes what was made"
	@echo "make lock         renews the locked requirements"

$(VENV)/site: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Bytecode is written ahead: many containers forbid Python to write it, and each run would then compile everything anew.
$(VENV)/compiled: $(VENV)/site $(shell find site_builder -name '*.py')
	@$(BIN)/python -m compileall -q site_builder
	@touch $@

$(VENV)/dev: $(VENV)/site requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.txt
	@touch $@

site: $(VENV)/compiled
	@$(BIN)/site-builder build

serve: $(VENV)/compiled
	@$(BIN)/site-builder serve --drafts

lint: $(VENV)/dev
	$(BIN)/ruff format
	$(BIN)/ruff check
	$(BIN)/mypy

test: $(VENV)/dev $(VENV)/compiled browser faults
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	BROWSER="$$($(BIN)/python tests/find_program.py chromium)" $(BIN)/python -m pytest -n 2

# The proofs with Java and Node run after the rest and one by one: Lighthouse measures time.
prove: $(VENV)/dev $(VENV)/compiled browser faults wordpress node_modules/.package-lock.json
	PROVE=1 BROWSER="$$($(BIN)/python tests/find_program.py chromium)" $(BIN)/python -m pytest -n 2 -m "not prove"
	PROVE=1 BROWSER="$$($(BIN)/python tests/find_program.py chromium)" $(BIN)/python -m pytest -n 0 -s -m prove
	$(PYTHON) tests/bare.py --if-possible

# Both commands as a new user runs them, in a Debian that has only what README.md names.
bare:
	@$(PYTHON) tests/bare.py

bench: $(VENV)/dev $(VENV)/compiled
	$(BIN)/python benchmarks/run.py

screenshots: $(VENV)/dev browser
	BROWSER="$$($(BIN)/python tests/find_program.py chromium)" $(BIN)/python tests/screenshots.py

# Chromium for the browser tests: taken from the system, installed with apt where that is allowed; so are the libraries
# that the driver of these tests needs.
browser: $(VENV)/dev
	@$(BIN)/python tests/find_program.py playwright --install >/dev/null
	@$(BIN)/python tests/find_program.py chromium --install >/dev/null

# What breaks calls and makes disks for the proofs of publishing; a proof that must do without says that it did not run.
faults: $(VENV)/dev
	-@$(BIN)/python tests/find_program.py strace --install >/dev/null
	-@$(BIN)/python tests/find_program.py mkfs.ext4 --install >/dev/null

# What the proof of embedding in WordPress runs; a proof that must do without says that it did not run.
wordpress: $(VENV)/dev
	-@$(BIN)/python tests/find_program.py php --install >/dev/null
	-@$(BIN)/python tests/find_program.py mariadbd --install >/dev/null
	-@$(BIN)/python tests/find_program.py wordpress --install >/dev/null

# Tools of the proofs: a Java runtime of the system, and what package-lock.json names.
node_modules/.package-lock.json: package.json package-lock.json | $(VENV)/dev
	@$(BIN)/python tests/find_program.py java --install >/dev/null
	@$(BIN)/python tests/find_program.py npm --install >/dev/null
	npm ci --no-engine-strict
	@touch $@

lock: $(VENV)/dev
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --custom-compile-command "make lock" --group pyproject.toml:build pyproject.toml --output-file requirements.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --custom-compile-command "make lock" --constraint requirements.txt --group pyproject.toml:dev pyproject.toml --output-file requirements-dev.txt

clean:
	rm -rf $(VENV) public .site-builder build dist node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find site_builder tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
