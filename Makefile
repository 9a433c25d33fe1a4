# ncrelations: `make` lists what can be made. Everything runs in .venv, which the first target creates.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
QUESTION ?= maritime security
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export HF_HUB_OFFLINE := 1

.PHONY: help ask test long quick lint types index-check wheel check eval fit fit-scope fit-doubt fit-credits fit-credit-network bench docs pins clean

help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/ncr: pyproject.toml requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --no-deps --requirement requirements.txt --editable .
	@touch $@

$(VENV)/dev: $(BIN)/ncr pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[bot,mcp,multilingual,build,own,onnx,postgres,serve,dev,docs]'
	@touch $@

ask: $(BIN)/ncr  ## Install, and answer "maritime security" (or QUESTION="...") from the documents
	$(BIN)/ncr ask "$(QUESTION)"

test: $(VENV)/dev  ## Run the tests, on all cores
	$(BIN)/python -m pytest -n auto --dist loadfile

long: $(VENV)/dev  ## Run the tests that take minutes: ten thousand hostile inputs, ten thousand requests
	$(BIN)/python -m pytest -m long

quick: $(VENV)/dev  ## Run the tests that need neither PyTorch nor a wheel, and are quick
	$(BIN)/python -m pytest -m "not torch and not wheel and not slow and not long"

lint: $(VENV)/dev  ## Check style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev  ## Check the types of src, bots and tests
	$(BIN)/mypy

index-check: $(VENV)/dev  ## Prove that the index belongs to the sources and its models
	$(BIN)/ncr index check

check: lint types index-check test  ## Lint, types, index and tests: what CI runs

eval: $(VENV)/dev  ## Evaluate the answers, write docs/evaluation.md
	cd tests && ../$(BIN)/python -m eval.evaluate

fit: $(VENV)/dev  ## Fit the weights on the fitting set and print them
	cd tests && ../$(BIN)/python -m eval.fit

fit-scope: $(VENV)/dev  ## Fit the network that tells questions about something else
	cd tests && ../$(BIN)/python -m eval.fit_scope

fit-doubt: $(VENV)/dev  ## Fit the network that tells unanswered questions from answered ones
	cd tests && ../$(BIN)/python -m eval.fit_doubt

fit-credits: $(VENV)/dev  ## Fit the weights that tell who is credited with a quotation
	cd tests && ../$(BIN)/python -m proof.fit_credits

fit-credit-network: $(VENV)/dev  ## Fit the network that tells whose a draft's quotation is
	cd tests && ../$(BIN)/python -m proof.fit_credit_network

bench: $(VENV)/dev  ## Measure speed, memory and the peers in .venv-peers, write docs/benchmarks.md
	$(BIN)/python tests/benchmarks

docs: $(VENV)/dev  ## Write the generated pages, build the documentation into site/; a broken link fails
	cd tests && ../$(BIN)/python -m docsite.write
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

pins: $(VENV)/dev  ## Renew requirements.txt and constraints.txt by what pip would install today
	$(BIN)/python .ci/pins

clean:  ## Remove what was made
	rm -rf $(VENV) .venv-peers build dist site .mypy_cache .pytest_cache .ruff_cache .coverage .hypothesis
