# The project's commands. Each makes .venv where it is missing and brings it up to date first.

PYTHON ?= python3
ADDRESS ?= localhost:8000
VENV := .venv
RUN := $(VENV)/bin/python
MANAGE := $(RUN) manage.py

.PHONY: run try free install test lint audit faults pictures bench format requirements static install-development

run: export DEMONSTRATION = 1
run: free install  ## Serve the demonstration; what was changed in it stays.
	@echo "Preparing the tables"
	@$(MANAGE) migrate
	@$(MANAGE) createcachetable
	@echo "Preparing the style sheets, scripts and images"
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@$(MANAGE) load_demonstration
	@exec $(RUN) -m gunicorn improvement.wsgi --bind $(ADDRESS) --graceful-timeout 5 --log-level warning

try: export ON_LOCALHOST = 1
try: export DATA_DIR = .trial
try: export SITE_ADDRESS = http://$(ADDRESS)
try: free install  ## Serve an empty site of one's own to this machine alone, over plain http; what is put in it stays.
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) createcachetable
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@$(MANAGE) shell -v 0 -c 'from accounts.models import User; raise SystemExit(not User.objects.exists())' || \
		( echo "Make the first administrator, who signs in with this e-mail address and password" && $(MANAGE) createsuperuser )
	@echo "Open http://$(ADDRESS)/"
	@exec $(RUN) -m gunicorn improvement.wsgi --bind $(ADDRESS) --graceful-timeout 5 --log-level warning

# A taken port is said before anything is prepared.
free:
	@$(PYTHON) -c 'import socket, sys; host, port = sys.argv[1].rsplit(":", 1); \
		sys.exit(f"{sys.argv[1]} is taken. Stop what listens there, or choose another: make run ADDRESS=localhost:8001") \
		if socket.socket().connect_ex((host, int(port))) == 0 else None' $(ADDRESS)

# A copy of the requirements stays in the virtual environment and says what is installed there.
define install
	@cmp -s $(1) $(VENV)/$(1) || ( \
		$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed.")' && \
		echo "Making a place for the libraries in $(VENV)" && \
		$(PYTHON) -m venv $(VENV) && \
		echo "Installing the libraries of $(1), which takes about a minute" && \
		$(RUN) -m pip install --disable-pip-version-check --require-hashes -r $(1) && \
		cp $(1) $(VENV)/$(1) )
endef

install:
	$(call install,requirements.txt)

install-development:
	$(call install,requirements-dev.txt)

# Compiled tests are kept even where the environment says otherwise: each worker would spend nine seconds on them, twice.
test: export PYTHONDONTWRITEBYTECODE =
# A worker waits for its browser as often as not, so there is one more than processors; who is done takes from others.
test: PARALLEL = --numprocesses $$(($$(nproc) + 1)) --dist worksteal
test: install-development  ## Both databases where DATABASE_URL names a PostgreSQL, otherwise SQLite.
	env -u DATABASE_URL $(RUN) -m pytest $(PARALLEL) $(ARGS)
ifneq ($(filter postgres%,$(DATABASE_URL)),)
	$(RUN) -m pytest $(PARALLEL) $(ARGS)
endif

# The last check sees production's settings, a database of its own and the static files of this version.
lint: export DATA_DIR = $(VENV)/lint
lint: PRODUCTION = env -u DATABASE_URL -u DEMONSTRATION ALLOWED_HOSTS=improvement.example BEHIND_PROXY=1 \
	ORGANISATION=Example ACCESSIBILITY_EMAIL=access@improvement.example \
	SECRET_KEY="$$($(RUN) -c 'import secrets; print(secrets.token_urlsafe(50))')"
lint: install-development
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	find templates -name '*.html' -exec $(VENV)/bin/djade --check {} +
	$(VENV)/bin/lint-imports --no-logo
	DEMONSTRATION=1 $(RUN) -m mypy
	env -u DATABASE_URL DEMONSTRATION=1 $(MANAGE) makemigrations --check --dry-run
	$(PRODUCTION) $(MANAGE) migrate --verbosity 0
	$(PRODUCTION) $(MANAGE) createcachetable
	$(PRODUCTION) $(MANAGE) collectstatic --noinput --verbosity 0
	$(PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING

# Starts the real server and a PostgreSQL of its own, breaks what is underneath them, and takes some minutes.
faults: install-development  ## Do to the server what may befall it, and print what was lost; as root, all of it.
	$(RUN) -m tests.faults $(ARGS)

# Asks PyPI what is known against the pinned versions, so it needs the Internet; a version PyPI cannot be asked about fails.
audit: install-development
	$(RUN) -m pip_audit --strict --progress-spinner off --disable-pip --require-hashes -r requirements.txt $(ARGS)

# Needs wrk and a PostgreSQL server in DATABASE_URL.
pictures: install-development  ## Take the pictures of the README while `make run` serves the demonstration.
	DEMONSTRATION=1 $(RUN) -m tests.pictures $(ADDRESS)

bench: install-development  ## How fast the pages are, against two yardsticks.
	$(RUN) -m tests.bench $(ARGS)

format: install-development
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .
	find templates -name '*.html' -exec $(VENV)/bin/djade {} +

# uv writes no registry's address into what it pins, for every platform and with hashes.
requirements:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --group dev pyproject.toml -o requirements-dev.txt

# Style sheet, script, font and images from improvement/assets; what it makes is committed, so only a change needs Node.
static:
	npm --prefix improvement/assets ci --ignore-scripts
	npm --prefix improvement/assets run build
