# The two ways in: `make run` opens the app, `make test` runs all that CI runs.
# Needs make and a Python of 3.11 or later; everything else is installed into .venv.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
PROFILE := my-company.yaml
EXAMPLE := profiles/exporter-by-range.yaml
# Twice the two cores of CI: the tests of the app wait half of the time.
JOBS := 4

# An active environment of another project, or pip settings for one, must not reach ours.
unexport VIRTUAL_ENV PYTHONHOME PYTHONPATH PIP_USER PIP_TARGET PIP_PREFIX PIP_REQUIRE_VIRTUALENV
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run test lint golden bench clean

help:
	@echo "make run     open the app on a copy of an example ($(PROFILE))"
	@echo "make test    run all checks and tests, as CI does"
	@echo "make golden  write the expected outputs of the tests anew (then read the diff)"
	@echo "make bench   measure speed against peers and floors"
	@echo "make clean   remove .venv and everything built; $(PROFILE) stays"

# Without a terminal there is nothing to open: the same answers are printed instead.
run: $(VENV)/.installed $(PROFILE)
	@if [ -t 0 ] && [ -t 1 ]; then \
	  exec $(BIN)/compliancecheck $(PROFILE); \
	else \
	  $(BIN)/compliancecheck check --fail-on never $(PROFILE) && \
	  $(BIN)/compliancecheck explain $(PROFILE); \
	fi

$(PROFILE):
	@cp $(EXAMPLE) $@
	@echo "$@ is a copy of $(EXAMPLE): yours to change" >&2

# pytest comes last, so that its closing line is the closing line of the run.
test: lint
	$(BIN)/compliancecheck rules lint
	$(BIN)/compliancecheck rules test
	$(BIN)/python -m pytest -n $(JOBS)

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

golden: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -m golden --update-golden --snapshot-update

bench: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.terminal

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# --- the environment ---------------------------------------------------------------------------
# The stamps are older than pyproject.toml when the dependencies may have changed: install again.

$(VENV)/.installed: pyproject.toml $(BIN)/python
	@echo "installing compliancecheck into $(VENV) (once; it takes a minute)" >&2
	@$(BIN)/python -m pip install -qq --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml $(BIN)/python
	@echo "installing compliancecheck and its test tools into $(VENV) (once; it takes a minute)" >&2
	@$(BIN)/python -m pip install -qq --editable '.[dev]'
	@touch $@ $(VENV)/.installed

# A command of that name is not enough (a version manager has stand-ins): it must run and be new
# enough. PYTHON=… on the command line is tried first.
$(BIN)/python:
	@for candidate in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
	  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    echo "creating $(VENV) with $$("$$candidate" --version)" >&2; \
	    "$$candidate" -m venv --clear $(VENV) && exit 0; \
	    rm -rf $(VENV); \
	    echo "$$candidate cannot create an environment: install its venv module" \
	         "(Debian, Ubuntu: apt install python3-venv)" >&2; \
	    exit 1; \
	  fi; \
	done; \
	echo "compliancecheck needs Python 3.11 or later, and none was found." \
	     "Install one, or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python3" >&2; \
	exit 1
