# `make env BACKEND=vulkan` (cuda, metal, hip) builds the language model engine for a graphics card; BACKEND=cpu goes back.
# `make help` lists the targets.  PYTHON=python3.12 picks the interpreter that .venv/ is made with.
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo "$$p" && break; done)
BIN := .venv/bin
OUT ?= sample-out
SHOWN := $(or $(DISPLAY),$(WAYLAND_DISPLAY),$(filter Darwin,$(shell uname -s)))
OFFSCREEN := QT_QPA_PLATFORM=offscreen
# A test that hangs shows where and ends the run, long before CI's 90 minutes are over.
PYTEST := $(BIN)/python -m pytest -o faulthandler_timeout=1200 -o faulthandler_exit_on_timeout=true
# Most tests run side by side, a process for each core, each on one thread.  Those that ask the model, look at the clock or watch processes
# have the machine to themselves, afterwards.
SIDE_BY_SIDE := OMP_NUM_THREADS=1 $(PYTEST) -n logical --maxprocesses 4 --max-worker-restart 2 --dist worksteal
# The window's tests, and all others, which must pass with the import of Qt blocked: each test runs once.
WINDOW := tests/gui
NO_QT := -p no:pytest-qt -p tests.no_qt --ignore=$(WINDOW)

.DEFAULT_GOAL := help
.PHONY: help env model run test check lint bench package package-offline package-test lock

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

env: ## make .venv/ with everything (nothing to do when nothing changed)
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "CiteGrid needs Python 3.11 or newer; here is $$("$(or $(PYTHON),python3)" --version 2>&1 | grep Python || echo none)." \
		"Install one, or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python3" >&2; exit 1; }
	@BACKEND="$(BACKEND)" "$(PYTHON)" packaging/environment.py

model: env ## fetch the default model (1.1 GB, once per user) and check its SHA-256
	@$(BIN)/citegrid models fetch

run: model ## the whole job on the sample: in the window, or without a display in the terminal (OUT=FOLDER)
ifneq ($(SHOWN),)
	@$(BIN)/citegrid open --sample
else
	@$(BIN)/citegrid sample --out "$(OUT)"
endif

lint: env
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint ## linters, types, architecture, figures of the house, quick tests (all but the window's with the import of Qt blocked)
	$(SIDE_BY_SIDE) -q -m "not (slow or model or alone)" $(NO_QT)
	$(OFFSCREEN) $(SIDE_BY_SIDE) -q -m "not (slow or model or alone)" $(WINDOW)
	$(PYTEST) -q -m "alone and not (slow or model)" $(NO_QT)

test: model lint ## environment, model and all tests
	$(SIDE_BY_SIDE) --durations=25 -m "not (model or alone)" $(NO_QT)
	$(OFFSCREEN) $(SIDE_BY_SIDE) --durations=25 -m "not (model or alone)" $(WINDOW)
	$(PYTEST) --durations=25 -m "model or alone" $(NO_QT)
	$(OFFSCREEN) $(PYTEST) --durations=25 -m "model or alone" $(WINDOW)

bench: model ## measure: see tests/benchmarks/RESULTS.md
	$(OFFSCREEN) $(BIN)/python tests/benchmarks/run.py
	$(OFFSCREEN) $(BIN)/python tests/benchmarks/window.py --fill
	$(BIN)/python tests/benchmarks/asking.py
	$(BIN)/python tests/benchmarks/again.py

package: env ## wheel, source archive and, on Linux, .deb and .run in dist/ (builds for a quarter of an hour the first time)
	@$(BIN)/python packaging/build.py
	@$(BIN)/python packaging/bundle.py
	@$(BIN)/python packaging/installers.py

package-offline: model ## what `make package` made and the default model in one ZIP, for machines without any network
	@$(BIN)/python packaging/offline.py

package-test: model ## install the .deb of `make package` on a clean Debian without network and make a report (root, debootstrap)
	@$(BIN)/python packaging/clean_root.py

lock: env ## resolve the dependencies of pyproject.toml anew and write the exact versions down
	@$(BIN)/python packaging/lock.py
