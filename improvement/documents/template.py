"""Compiles the templates of this folder, each time in a process of its own, which then ends.

typst keeps what it has laid out for the next time: forty packs would leave 400 MB in a worker that serves pages.
"""

import base64
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

_COMPILER = [sys.executable, "-m", "improvement.documents.compiler"]
_ROOT = Path(__file__).parents[2]
_SECONDS = 120


class NotCompiled(Exception):
    """What typst complains of; `diagnostic` is all that it says."""

    def __init__(self, diagnostic: str):
        super().__init__(diagnostic)
        self.diagnostic = diagnostic


def compiled(name: str, inputs: dict[str, str], *, on: date | None = None, **options: Any) -> list[bytes]:
    """Return what the template `name` makes of its inputs, as of the day `on`: one file, or a picture for each page."""
    asked = {"name": name, "inputs": inputs, "on": on and on.isoformat(), "options": options}
    answer = json.loads(_answer(json.dumps(asked).encode()))
    if "diagnostic" in answer:
        raise NotCompiled(answer["diagnostic"])
    return [base64.b64decode(made) for made in answer["made"]]


def _answer(asked: bytes) -> bytes:
    """Return what the compiler writes, which depends on what is asked alone, so that tests keep it (decision 133)."""
    return subprocess.run(  # noqa: S603
        _COMPILER, input=asked, capture_output=True, cwd=_ROOT, timeout=_SECONDS, check=True
    ).stdout
