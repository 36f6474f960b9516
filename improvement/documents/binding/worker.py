"""Reads or writes one PDF and ends: `python -m improvement.documents.binding.worker`, asked by this package."""

import json
import logging
import resource
import sys
from base64 import b64decode, b64encode

from improvement.documents.binding import cleaning, placing

# What each may cost at most: seconds of the processor, and bytes of memory. What is placed is clean, and all papers of
# a meeting at once.
_LIMITS = {"clean": (30, 1 << 30), "place": (120, 4 << 30)}


def main() -> None:
    _limit("place")
    logging.disable()
    asked = json.load(sys.stdin)
    _limit(asked["verb"])
    content = b64decode(asked["content"])
    if asked["verb"] == "clean":
        answer = _cleaned(content)
    else:
        attached = [(name, b64decode(file)) for name, file in asked["attached"]]
        made = placing.placed(content, [b64decode(paper) for paper in asked["papers"]], attached)
        answer = {"content": b64encode(made).decode()}
    json.dump(answer, sys.stdout)


def _limit(verb):
    seconds, memory = _LIMITS[verb]
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # Neither a file nor what is left of it in memory: nothing but the answer comes out.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _cleaned(content):
    try:
        made, pages = cleaning.cleaned(content)
    except cleaning.Refused as refusal:
        return {"refused": str(refusal)}
    return {"content": b64encode(made).decode(), "pages": pages}


if __name__ == "__main__":
    main()
