"""What is taken for a copy of a text that was removed, and which reasons are accepted."""

import pytest

from accounts.models import LONGEST_REASON, Post
from accounts.removal import kinds, redactions
from improvement.records.refusals import Refused

LONG = "Josie Miller, Elm Rd"  # just long enough that a piece of a text is known by it
SHORT = LONG[:-1]
GONE = "[removed: names a child]"


@pytest.mark.parametrize(
    ("value", "text", "is_copy"),
    [
        (SHORT, SHORT, True),  # the whole of it, however short
        (f"About {LONG}", LONG, True),
        (LONG, f"About {LONG}", True),  # a piece of what was removed
        (f"About {SHORT}", SHORT, False),
        (SHORT, f"About {SHORT}", False),
        ("Something else altogether", LONG, False),
    ],
)
def test_a_copy_is_the_whole_of_a_text_or_a_long_piece_of_it(db, value, text, is_copy):
    assert len(LONG) == 20
    row = Post.objects.create(title=value, organisation="Thornbury Council")
    redactions.clean([row], ["title", "organisation"], [text], GONE)
    row.refresh_from_db()
    assert (row.title, row.organisation) == (GONE if is_copy else value, "Thornbury Council")


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (" names a child ", "names a child"),
        ("x" * LONGEST_REASON, "x" * LONGEST_REASON),
        ("x" * (LONGEST_REASON + 1), None),
        (" ", None),
    ],
    ids=["spaces", "longest", "too long", "empty"],
)
def test_a_reason_is_neither_empty_nor_too_long(reason, said):
    if said is not None:
        assert kinds.checked(reason) == said
        return
    with pytest.raises(Refused) as refusal:
        kinds.checked(reason)
    assert refusal.value.field == "reason"
