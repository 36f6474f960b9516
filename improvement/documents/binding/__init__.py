"""Papers that are PDFs, bound into a document: each is read in a process of its own, and only what is drawn is taken.

What a stranger's PDF may do to whoever reads it ends there: a process that takes too long or too much memory is
stopped, and the paper is then not bound. Nothing of it runs, opens or submits anything in what is made.
"""

import json
import os
import signal
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_WORKER = [sys.executable, "-m", "improvement.documents.binding.worker"]
_ROOT = Path(__file__).parents[3]
# Of what this process was told it needs no more, least of all the site's keys.
_TOLD = ("PATH", "HOME", "LANG", "LC_", "LD_", "PYTHON", "TMPDIR")
# Seconds of waiting on a machine with much else to do; the worker's own limits are those of its processor and memory.
_PATIENCE = 300
BROKEN = "it is damaged"
SLOW = "it takes too long to read"


class NotBound(Exception):
    """A PDF cannot be bound; the text says why, to follow “because”."""


@dataclass(frozen=True)
class Cleaned:
    """A paper of which only what is drawn is left: as PDF, and the width and height of each of its pages in points."""

    content: bytes
    pages: tuple[tuple[float, float], ...]


def cleaned(content: bytes) -> Cleaned:
    """Return what is drawn on the pages of a PDF; raises NotBound."""
    answer = _asked({"verb": "clean", "content": b64encode(content).decode()})
    if "refused" in answer:
        raise NotBound(answer["refused"])
    return Cleaned(b64decode(answer["content"]), tuple((width, height) for width, height in answer["pages"]))


def placed(pdf: bytes, papers: Sequence[Cleaned], attached: Sequence[tuple[str, bytes]] = ()) -> bytes:
    """Return `pdf` with each of the papers drawn on the pages that it keeps for it, in their order, and with files
    `attached` by their names. The same bytes for the same files.
    """
    asked = {
        "verb": "place",
        "content": b64encode(pdf).decode(),
        "papers": [b64encode(paper.content).decode() for paper in papers],
        "attached": [(name, b64encode(content).decode()) for name, content in attached],
    }
    return b64decode(_asked(asked)["content"])


def _asked(asked: dict[str, Any]) -> dict[str, Any]:
    """Return what the worker answers; raises NotBound where it was stopped or broke."""
    try:
        return json.loads(_answer(tuple(_WORKER), json.dumps(asked).encode()))
    except subprocess.TimeoutExpired:
        raise NotBound(SLOW) from None
    except subprocess.CalledProcessError as stopped:
        raise NotBound(SLOW if stopped.returncode == -signal.SIGXCPU else BROKEN) from None


def _answer(worker: tuple[str, ...], asked: bytes) -> bytes:
    """Return what the worker writes, which depends on what it is given alone, so that tests keep it (decision 133)."""
    told = {name: value for name, value in os.environ.items() if name.startswith(_TOLD)}
    return subprocess.run(  # noqa: S603
        worker, input=asked, capture_output=True, cwd=_ROOT, env=told, timeout=_PATIENCE, check=True
    ).stdout
