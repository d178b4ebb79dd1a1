# Everything starts here; `make help` lists what there is.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help install run test pictures docs bench clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: .venv/.installed ## make .venv with all that is needed (fast the second time)

.venv/.installed: pyproject.toml scripts/install.sh
	@PYTHON=$(PYTHON) sh scripts/install.sh
	@touch $@

run: install ## open the window
	@$(BIN)/vizapp

test: export QT_QPA_PLATFORM := offscreen
test: install ## style, types, import contracts, tests
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest --numprocesses=auto --dist=loadfile # a file stays in one process: its tests share runs

pictures: export QT_QPA_PLATFORM := offscreen
pictures: install ## draw the pictures of the README again
	$(BIN)/python scripts/make_pictures.py

docs: install ## write the generated documents in docs again
	$(BIN)/python scripts/make_scene_format.py
	$(BIN)/python scripts/make_truth.py
	$(BIN)/python scripts/make_curriculum.py

bench: export QT_QPA_PLATFORM := offscreen
bench: install ## measure against the budgets
	@$(BIN)/python -c 'import simpy' 2>/dev/null || $(BIN)/python -m pip install --quiet -e '.[bench]'
	$(BIN)/python -m bench

clean: ## remove what install and the tests made
	rm -rf .venv .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist
