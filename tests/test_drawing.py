"""Whatever is asked of a process is asked once, until a test wants it asked anew."""

import pytest

from improvement.documents import binding, template
from tests import drawing


@pytest.fixture
def asked(monkeypatch):
    """What is asked of either process, in order."""
    found = []

    def noting(*asked):
        found.append(asked)
        return b"%d" % len(found)

    for module in (template, binding):
        monkeypatch.setattr(module, "_answer", noting)
    return found


def test_the_same_question_is_asked_once_and_any_other_by_itself(asked):
    with drawing.once():
        answers = [template._answer(b"one"), template._answer(b"two"), template._answer(b"one")]
        answers += [binding._answer(("worker",), b"one"), binding._answer(("another",), b"one")]
    assert answers == [b"1", b"2", b"1", b"3", b"4"]
    assert asked == [(b"one",), (b"two",), (("worker",), b"one"), (("another",), b"one")]


def test_what_is_drawn_anew_is_asked_every_time(asked):
    with drawing.once():
        before = template._answer(b"one")
        with drawing.anew():
            assert [template._answer(b"one"), template._answer(b"one")] == [b"2", b"3"]
        assert template._answer(b"one") == before


def test_what_is_large_is_not_kept(asked):
    with drawing.once():
        large = b"x" * (drawing._LARGEST + 1)
        assert [template._answer(large), template._answer(large)] == [b"1", b"2"]
