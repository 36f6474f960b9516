"""What is taken for a copy of a text that was removed, and which reasons are accepted."""

import pytest

from accounts import outbox
from accounts.models import LONGEST_REASON, Event, Kind, Message, Post
from accounts.removal import kinds, redactions
from improvement.records.refusals import Refused
from tests.factories import AT, user

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


# What waits to be sent by e-mail and quotes what was removed.
@pytest.mark.parametrize(
    ("waiting", "text", "left"),
    [
        (f"Please see {LONG} today.", LONG, f"Please see {GONE} today."),
        (f"{LONG}, and {LONG} again.", LONG, f"{GONE}, and {GONE} again."),
        (SHORT, SHORT, GONE),  # of a short text the whole
        (f"Olga Office wrote:\n{SHORT}", SHORT, f"Olga Office wrote:\n{GONE}"),
        (f"Please see {SHORT} today.", SHORT, f"Please see {SHORT} today."),
        (f"Olga Office wrote: {SHORT}", SHORT, f"Olga Office wrote: {SHORT}"),
        (LONG.upper(), LONG, LONG.upper()),  # which SQLite takes for the same
        ("Something else altogether", LONG, "Something else altogether"),
    ],
)
def test_what_waits_to_be_sent_quotes_a_removed_text_no_more(db, waiting, text, left):
    for words in (waiting, "Of another matter."):
        outbox.tell([user()], kind=Kind.NOTE, subject="A note", text=words, path="/", on=user(), at=AT)
    redactions._clean_messages([text], GONE)
    assert list(Message.objects.order_by("pk").values_list("text", flat=True)) == [left, "Of another matter."]


@pytest.mark.parametrize(
    ("value", "cleaned"),
    [
        (LONG, GONE),
        ([LONG, "Other"], [GONE, "Other"]),
        ({"a": {"b": [f"About {LONG}"]}, "c": 1}, {"a": {"b": [GONE]}, "c": 1}),
        (None, None),
        (20, 20),
    ],
    ids=str,
)
def test_a_copy_goes_however_deep_it_is_nested(value, cleaned):
    assert redactions._without(value, ["Another text of some length", LONG], GONE) == cleaned


def test_what_takes_the_place_of_a_copy_fits_its_field_and_leaves_other_rows_alone(db):
    longest = Post._meta.get_field("title").max_length
    rows = [Post.objects.create(title=title, organisation="Thornbury Council") for title in (LONG, "Head of Schools")]
    redactions.clean(rows, ["title"], [LONG], "x" * (longest + 1))
    assert [Post.objects.get(pk=row.pk).title for row in rows] == ["x" * longest, "Head of Schools"]


@pytest.mark.parametrize(("words", "left"), [("", False), ("[removed: names a child]", False), ("Removed", True)])
def test_what_was_removed_is_not_left(words, left):
    assert kinds.is_left(words) is left


def test_what_is_seen_changes_with_each_place_and_its_words(db):
    first, second = (Post.objects.create(title=title, organisation="Thornbury Council") for title in ("One", "Two"))
    places = [
        [kinds.Place(first, "title", "One")],
        [kinds.Place(first, "organisation", "One")],
        [kinds.Place(first, "title", "Another")],
        [kinds.Place(second, "title", "One")],
        [kinds.Place(first, "title", "One"), kinds.Place(second, "title", "Two")],
    ]
    assert len({kinds.seen(each) for each in places}) == len(places)
    assert kinds.seen(places[0]) == kinds.seen([kinds.Place(first, "title", "One")])


@pytest.fixture
def told(db):
    """A post, and a function that makes an event on it, as it stands in the trail."""
    post = Post.objects.create(title="Head of Schools", organisation="Thornbury Council")

    def event(pk, what="post.changed", **detail):
        return Event(pk=pk, what=what, on_type="accounts.post", on_id=post.pk, at=AT, detail=detail)

    return event


def earlier(events, **kind):
    made = kinds.Kind("post", lambda thing: iter(()), frozenset(), **kind)
    return {
        name: (text.label, text.places[0].field, text.places[0].text)
        for name, text in kinds._earlier(made, events, {"Known"})
    }


def test_an_earlier_text_is_told_once_and_only_as_its_kind_names_it(told):
    events = [
        told(1, title="Old", organisation="Of no such key"),
        told(2, title="Old"),
        told(3, title="Known"),  # it stands somewhere still
        told(4, title=""),
        told(5, title=GONE),
        told(6, title=["No text"]),
        told(7, "post.made", title="Of another kind of event"),
        told(8, title="Older"),
    ]
    label = "An earlier text, kept in the audit trail"
    assert earlier(events, earlier=frozenset({("post.changed", "title")})) == {
        "title-1": (label, "detail", "Old"),
        "title-8": (label, "detail", "Older"),
    }


def reworded(before, of="", field="title", label="Title"):
    return {"of": of, "field": field, "label": label, "before": before, "after": "Other words"}


def test_the_words_before_are_told_but_for_those_that_stand_there_again(told):
    events = [
        told(1, title="No words before"),
        told(2, texts=[reworded("Head of Schools"), reworded("Head of Teaching")]),  # the first is what stands
        told(3, texts=[reworded("Head of Schools", of="a seat"), reworded("Council", field="organisation")]),
        told(4, texts=[reworded("Head of Heads", label="L" * 100)]),
    ]
    assert earlier(events, reworded=frozenset({"title"})) == {
        "text-2-1": ("Post, title until 1 May 2011", "detail", "Head of Teaching"),
        "text-3-0": ("Post, title until 1 May 2011", "detail", "Head of Schools"),
        "text-4-0": (f"Post, {'l' * 94}", "detail", "Head of Heads"),
    }
    assert earlier(events) == {}
