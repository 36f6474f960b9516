"""The demonstration's settings, with the two yardsticks beside the pages."""

import os

os.environ["DEMONSTRATION"] = "1"

from improvement.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.yardsticks"
