# Two commands: `make demo` and `make test`. The rest is for those who run or change Encircle: docs/operator/commands.md

.DEFAULT_GOAL := help
.PHONY: help demo serve test test-full check format bench docs lock clean

VENV := .venv
BIN := $(VENV)/bin
# How many tests run at once.
WORKERS ?= 2
# More words for the command behind a target: make demo ARGS="--children 50"
ARGS ?=
# What `make test` runs: make test TESTS=tests/law
TESTS ?=

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.ready-run ## Show the demo country: real cases and a synthetic one, with its address and sign-ins
	$(BIN)/encircle demo $(ARGS)

serve: $(VENV)/.ready-run ## Serve this installation (ARGS="--bind 127.0.0.1:8000 --data FOLDER")
	$(BIN)/encircle serve $(ARGS)

test: $(VENV)/.ready-dev ## Run the tests (a few minutes on two cores)
	@$(if $(TESTS),,tools/browser.sh)
	@$(if $(TESTS),,tools/token.sh)
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(TESTS) $(ARGS)

test-full: $(VENV)/.ready-dev ## Run all tests and all figures, and write docs/developer/test-report.md
	@tools/browser.sh
	@tools/token.sh
	$(BIN)/python -m tools.full_report $(ARGS)

check: $(VENV)/.ready-dev ## Read the code: ruff, mypy, bandit, import contracts
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml src
	$(BIN)/lint-imports --no-logo

format: $(VENV)/.ready-dev ## Put the code in its one format
	$(BIN)/ruff check --select I --fix
	$(BIN)/ruff format

bench: $(VENV)/.ready-dev ## Measure the performance figures, all or some (ARGS="journal")
	$(BIN)/python -m tools.figures $(ARGS)

docs: $(VENV)/.ready-dev ## Make the look-up pages anew from the code
	$(BIN)/python -m tools.look_up_pages

lock: ## Pin the dependencies anew after a change in pyproject.toml (needs uv)
	uv lock
	uv export --quiet --frozen --no-emit-project --no-dev --group build --no-annotate --output-file requirements.txt
	uv export --quiet --frozen --no-emit-project --no-annotate --output-file requirements-dev.txt

clean: ## Remove the environment and the caches; the data of an installation stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis dist build

# The stamps: what is installed is made anew only when the lock or the way of installing changes.
$(VENV)/.ready-run: uv.lock requirements.txt tools/environment.sh
	@tools/environment.sh run
	@touch $@

$(VENV)/.ready-dev: uv.lock requirements-dev.txt tools/environment.sh
	@tools/environment.sh dev
	@touch $@ $(VENV)/.ready-run
