"""Where there is no Chromium."""

import subprocess
import sys

from django.conf import settings

from tests import browser


def test_that_browser_tests_will_be_skipped_is_said_before_anything_else(tmp_path):
    command = [sys.executable, "-m", "pytest", "--collect-only", "-p", "no:cacheprovider", "tests/test_addresses.py"]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    lines = done.stdout.splitlines()
    assert (done.returncode, lines[0]) == (0, browser.WILL_BE_MISSING)
    assert browser.MISSING in lines
