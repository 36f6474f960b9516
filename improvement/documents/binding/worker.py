"""Reads or writes one PDF and ends: `python -m improvement.documents.binding.worker`, asked by this package."""

import json
import logging
import resource
import sys
from base64 import b64decode, b64encode

from improvement.documents.binding import cleaning, placing

# What reading a PDF may cost at most: seconds of the processor, and bytes of memory.
_SECONDS = 30
_MEMORY = 1 << 30


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    logging.disable()
    asked = json.load(sys.stdin)
    content = b64decode(asked["content"])
    if asked["verb"] == "clean":
        answer = _cleaned(content)
    else:
        attached = [(name, b64decode(file)) for name, file in asked["attached"]]
        made = placing.placed(content, [b64decode(paper) for paper in asked["papers"]], attached)
        answer = {"content": b64encode(made).decode()}
    json.dump(answer, sys.stdout)


def _cleaned(content):
    try:
        made, pages = cleaning.cleaned(content)
    except cleaning.Refused as refusal:
        return {"refused": str(refusal)}
    return {"content": b64encode(made).decode(), "pages": pages}


if __name__ == "__main__":
    main()
