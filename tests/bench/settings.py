"""The demonstration's settings, with the two yardsticks beside the pages."""

import os

os.environ["DEMONSTRATION"] = "1"

from improvement.settings import *  # noqa: F403
from improvement.settings import MIDDLEWARE

ROOT_URLCONF = "tests.bench.yardsticks"
# Hundreds of people are written, and none of them signs in with a password.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# What is measured is a site behind a proxy, which compresses the pages.
MIDDLEWARE = [name for name in MIDDLEWARE if name != "improvement.middleware.Compression"]
