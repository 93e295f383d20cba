# The commands of the suite. `make help` lists them. The first one makes the environment; later ones start at once.

PYTHON ?= python3
VENV ?= .venv
KAIKE = $(VENV)/bin/kaike
ARGS ?=

export PYTHONDONTWRITEBYTECODE =

.DEFAULT_GOAL := help
.PHONY: help setup run pages demo bench test test-heavy e2e pictures check check-pages format lock contracts migrate dead clean

help: ## List the commands
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Make the environment in .venv (every other command does it when needed)
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	  echo "Kaike needs Python 3.11 or newer, and there is no '$(PYTHON)' here: install it, or name it with make PYTHON=/path/to/python3" >&2; \
	  exit 1; }
	@$(PYTHON) suite/bootstrap.py $(VENV)

run: setup ## Start the whole suite (KAIKE_PORT, default 8000); Ctrl-C stops it
	@exec $(KAIKE) run $(ARGS)

pages: setup ## Build the pages into frontend/dist, where anything of them has changed (make run does it too)
	@exec $(KAIKE) pages build $(ARGS)

demo: setup ## Play the main flow over HTTP against the running suite
	@exec $(KAIKE) demo $(ARGS)

bench: setup ## Measure this machine, each measure beside its floor (ten minutes): make bench ARGS="--quick"
	@exec $(KAIKE) bench $(ARGS)

test: setup ## Everything essential, with real PostgreSQL and RabbitMQ; ARGS="services/billing -x" narrows it
	@exec $(KAIKE) test $(ARGS)

test-heavy: setup ## What takes long: big classes, many rows, faults by the dozen
	@exec $(KAIKE) test -m heavy $(ARGS)

e2e: setup ## The stories in a real browser only; pictures of every page come to tests/e2e/screenshots
	@exec $(KAIKE) test tests/e2e $(ARGS)

pictures: setup ## Take the pictures of README and guides anew from the running demo
	@exec $(KAIKE) pictures $(ARGS)

check: setup ## Lint, types, walls between the parts, contracts, shape of the tree (seconds)
	@exec $(KAIKE) check

check-pages: setup ## Types, lint and unit tests of the pages
	@exec $(KAIKE) pages check

format: setup ## Let ruff format and repair what it can
	@$(VENV)/bin/ruff format . && $(VENV)/bin/ruff check --fix .

contracts: setup ## Write contracts/ anew from the code
	@exec $(KAIKE) contracts $(ARGS)

migrate: setup ## Bring the databases of all services to their newest form
	@exec $(KAIKE) migrate $(ARGS)

dead: setup ## Dead letters of the bus: make dead ARGS="list"
	@exec $(KAIKE) dead $(ARGS)

lock: setup ## Resolve pyproject.toml anew into requirements.lock, with hashes and without any index address
	@$(PYTHON) suite/bootstrap.py $(VENV) --lock

clean: ## Remove the environment and what tools left (var/ with its data stays)
	@rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
