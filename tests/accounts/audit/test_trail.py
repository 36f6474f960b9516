"""How an event is told: in words, in detail, and many of the same as one."""

from datetime import UTC, datetime

import pytest

from accounts.audit import events, trail
from accounts.models import Event, User


def event(what="update.signed_off", number=1, by=1, on=1, **detail):
    return Event(pk=number, what=what, by_id=by, on_type="plans.monthlyupdate", on_id=on, detail=detail)


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("update.signed_off", "Update signed off"),
        ("month.scope_refreshed", "Month scope refreshed"),
        ("recommendation.due_date_changed", "Recommendation due date changed"),
    ],
)
def test_words_say_what_was_done(what, words):
    assert trail.words(event(what)) == words


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ({}, ""),
        ({"rating": "amber", "entered_for": ""}, "rating: amber"),
        ({"fields": ["impact", "progress"], "reason": "A slip."}, "fields: impact, progress; reason: A slip."),
        ({"added": 0, "removed": 2}, "added: 0; removed: 2"),
        ({"body": "The Minister", "sent_on": "2011-12-08"}, "sent to: The Minister; sent on: 8 December 2011"),
        ({"embargoed_until": "2011-12-08T18:00:00+00:00"}, "embargoed until: 8 December 2011, 6:00pm"),
        ({"title": "2011-99-99"}, "title: 2011-99-99"),
        ({"is_met": False, "sha256": ["ab", "cd"]}, "met: no; SHA-256: ab, cd"),
        ({"comment": "Only for the officer."}, ""),
        ({"changes": [{"changed": {"fields": ["Title", "Number"]}}]}, "changes: Title, Number"),
        (
            {"changes": [{"changed": {"fields": ["Title"], "name": "outcome", "object": "1.1 Safe"}}]},
            "changes: outcome “1.1 Safe” changed Title",
        ),
        ({"changes": [{"added": {"name": "outcome", "object": "1.2 Well"}}]}, "changes: outcome “1.2 Well” added"),
        ({"changes": [{"added": {}}]}, ""),
        ({"before": {"due_on": "2011-05-20", "is_met": True}}, "before: due on: 20 May 2011, met: yes"),
        (
            {"texts": [{"of": "", "field": "title", "label": "Title", "before": "", "after": "A plan"}]},
            "Title before: nothing; Title now: A plan",
        ),
        (
            {"texts": [{"of": "Minute 3", "field": "text", "label": "Text", "before": "It was said.", "after": ""}]},
            "Minute 3, Text before: It was said.; Minute 3, Text now: nothing",
        ),
    ],
)
def test_details_say_what_is_recorded_beside_it(detail, words):
    assert trail.details(event(**detail)) == words


def test_lines_tell_what_was_done_often_in_a_row_once():
    events = [
        event("update.saved", 4),
        event("update.saved", 3),
        event("update.saved", 2, by=2),
        event("update.saved", 1),
    ]
    assert [(line.event.pk, line.words) for line in trail.lines(events)] == [
        (4, "Update saved, 2 times"),
        (2, "Update saved"),
        (1, "Update saved"),
    ]


def test_nothing_is_asked_of_the_database_about_nothing(db):
    assert list(events.on([])) == []


def test_reworded_tells_each_time_that_a_text_of_the_thing_itself_was_changed():
    person = User(name="Abe Administrator")

    def changed(number, **text):
        told = {"of": "", "field": "title", "label": "Title", "before": "A plan", "after": "Another"} | text
        made = event("plan.changed", number, on=number, texts=[told])
        made.by, made.at = person, datetime(2011, 5, number, 9, tzinfo=UTC)
        return made

    happened = [changed(1), changed(2, field="note"), changed(3, of="Source 1"), changed(4, before="The first plan")]
    expected = [(1, "A plan"), (4, "The first plan")]
    found = trail.reworded(happened, "title", "wording")
    assert [(one.at.day, one.before, one.by, one.label, one.of) for one in found] == [
        (day, before, "Abe Administrator", "Title", "") for day, before in expected
    ]
    named = trail.reworded(happened, "title", of={("plans.monthlyupdate", 4): "Theme"})
    assert [(one.at.day, one.of) for one in named] == [(1, ""), (4, "Theme")]


def test_a_moment_without_a_zone_is_told_as_it_stands():
    assert trail.moment(datetime.fromisoformat("2011-07-08T18:00")) == "8 July 2011, 6:00pm"
    assert trail.moment(datetime(2011, 7, 8, 18, 0, tzinfo=UTC)) == "8 July 2011, 7:00pm"
