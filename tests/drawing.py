"""Each worker draws a document once: most of the time of a test of packs is that of typst and pypdf, in processes of
their own, and the same question to them has the same answer.

The question (the data of the pages, the papers) is still built anew by every test. That the answer stays the same is
asked by the tests that use `drawn_anew`.
"""

from contextlib import contextmanager
from functools import lru_cache, wraps

import pytest

from improvement.documents import binding, pictures, template

# A question and its answer are some hundred kilobytes each.
_MOST, _LARGEST = 100, 1 << 20


@contextmanager
def once():
    """Ask each question once."""
    with pytest.MonkeyPatch.context() as patched:
        for module in (template, binding):
            patched.setattr(module, "_answer", _remembered(module._answer))
        yield


@contextmanager
def anew():
    """Ask each question every time, within `once`."""
    with pytest.MonkeyPatch.context() as patched:
        for module, name in ((template, "_answer"), (binding, "_answer"), (pictures, "_drawn")):
            patched.setattr(module, name, getattr(module, name).__wrapped__)
        yield


def _remembered(answer):
    known = lru_cache(_MOST)(answer)

    @wraps(answer)
    def answered(*asked):
        return answer(*asked) if len(asked[-1]) > _LARGEST else known(*asked)

    return answered
