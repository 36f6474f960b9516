"""The settings as another environment makes them. They read it once, as the process starts, so each look starts one."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PRODUCTION = {
    "SECRET_KEY": "a-long-text-that-is-random-enough-for-a-test-0123456789",
    "ALLOWED_HOSTS": "improvement.example",
    "BEHIND_PROXY": "1",
    "ORGANISATION": "Thornbury Council",
    "ACCESSIBILITY_EMAIL": "access@thornbury.example",
}
PRINT = (
    "import json; from django.conf import settings;"
    "print(json.dumps({name: getattr(settings, name) for name in %r}, default=str))"
)


def start(tmp_path, *arguments, cwd=ROOT, **environment):
    environment = {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "improvement.settings"} | environment
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def values(tmp_path, *names, **environment):
    done = start(tmp_path, "-c", PRINT % (names,), **environment)
    assert done.stderr == ""
    return json.loads(done.stdout)
