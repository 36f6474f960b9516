"""A removed text goes from the lines that Django's own administration keeps, too."""

import json

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType

from accounts.audit import events
from accounts.removal.redactions import redact
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db
LONG = "Josie Miller of “Elm Road” waits"
SHORT = "Josie M"
GONE = "[removed: names a child]"


@pytest.fixture
def plan():
    return factories.plan(2)


def entry(thing, named, told="Title"):
    """Write a line of the administration on `thing`, which it names, and tells of something of it."""
    return LogEntry.objects.create(
        user=user("Abe Administrator", is_staff=True),
        content_type=ContentType.objects.get_for_model(thing),
        object_id=thing.pk,
        object_repr=named[:200],
        action_flag=CHANGE,
        change_message=json.dumps([{"changed": {"name": "action", "object": told, "fields": ["Title"]}}]),
    )


def remove(plan, text):
    """Let R01 have been called `text` once, and remove that."""
    row = plan.recommendations.get(reference="R01")
    said = {"of": "", "field": "title", "label": "Title", "before": text, "after": row.title}
    event = events.record(by=user("Olga Office"), at=AT, what="recommendation.changed", on=row, texts=[said])
    redact(thing=plan, field=f"text-{event.pk}-0", reason="names a child", by=user("Olga Office"), at=AT)


def told(line):
    line.refresh_from_db()
    (message,) = json.loads(line.change_message)
    return line.object_repr, message["changed"]["object"]


@pytest.mark.parametrize("text", [LONG, SHORT])
def test_a_line_on_the_thing_names_and_tells_it_no_more(plan, text):
    line = entry(plan.recommendations.get(reference="R01"), f"R01 {text}", text)
    remove(plan, text)
    assert told(line) == (GONE, GONE)


@pytest.mark.parametrize(("text", "is_gone"), [(LONG, True), (LONG[:20], True), (LONG[:19], False)])
def test_a_line_on_another_thing_tells_no_long_text_of_it(plan, text, is_gone):
    line = entry(plan.recommendations.get(reference="R02"), f"R02, once {text}", f"Like {text}")
    remove(plan, text)
    assert told(line) == ((GONE, f"Like {GONE}") if is_gone else (f"R02, once {text}", f"Like {text}"))


def test_a_line_that_only_tells_of_it_keeps_its_name(plan):
    line = entry(plan.recommendations.get(reference="R01"), "R01 Recommendation 1", LONG)
    remove(plan, LONG)
    assert told(line) == ("R01 Recommendation 1", GONE)


def test_a_line_that_says_nothing_of_it_stays_as_it_was(plan):
    line = entry(plan.recommendations.get(reference="R01"), "R01 Recommendation 1", "Another matter")
    remove(plan, LONG)
    assert told(line) == ("R01 Recommendation 1", "Another matter")


def test_a_name_that_was_cut_off_is_known_by_its_beginning(plan):
    long = f"{LONG}, " * 20
    line = entry(plan.recommendations.get(reference="R02"), f"R02 {long}")
    remove(plan, long)
    assert told(line)[0] == GONE
