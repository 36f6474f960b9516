"""The demonstration's settings, but for what would only make the tests slow."""

import os

os.environ["DEMONSTRATION"] = "1"
os.environ.pop("DEMONSTRATION_NOW", None)
# Playwright keeps an event loop in the thread of the test, which also uses the ORM.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from improvement.settings import *  # noqa: F403
from improvement.settings import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["css", "html", "js", "json", "map", "svg", "txt", "woff", "woff2"]
# Otherwise every new client of a test would list all static files again.
WHITENOISE_AUTOREFRESH = True
# A thread would see nothing of what a test has not committed.
LETTERS_IN_A_THREAD = False
# A connection that outlives its request would keep PostgreSQL from dropping the copies of `tests.databases`.
DATABASES["default"]["CONN_MAX_AGE"] = 0
