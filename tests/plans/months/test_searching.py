"""What a search for words finds in a month's list beside what the list itself says."""

from datetime import date

import pytest
from django.http import QueryDict

from plans import reporting
from plans.models import Action
from plans.recommendations.filters import RecommendationFilter
from plans.reporting import evidence
from tests import factories
from tests.factories import AT, a_file, user


@pytest.fixture
@factories.once
def month(db):
    """A month in which R01 has evidence, a comment, a note and an action; R02 is plain."""
    month = factories.month(factories.plan(2))
    first, second = month.updates.order_by("reference")
    evidence.add(update=first, kind="qualitative", title="Crimson", file=a_file("Indigo.csv"), by=user(), at=AT)
    evidence.add(update=first, kind="qualitative", title="Link", url="https://turquoise.example/", by=user(), at=AT)
    row = factories.submitted(first)
    row = reporting.return_for_changes(update=row, version=row.version, comment="Violet.", by=user("Liam Lead"), at=AT)
    factories.signed_off(row, progress="More was done.")
    factories.signed_off(second)
    month.plan.recommendations.filter(reference="R01").update(note="Magenta")
    Action.objects.create(recommendation=first.recommendation, title="Saffron", due_on=date(2011, 9, 1))
    return month


def found(month, words):
    rows = RecommendationFilter(QueryDict(f"q={words}"), month=month, now=factories.later(days=60)).rows
    return [row.reference for row in rows]


def test_what_stands_on_its_page_is_found_and_a_comment_once_the_month_is_published(month):
    said = ("crimson", "indigo", "turquoise", "magenta", "saffron")
    told = {words: found(month, words) for words in (*said, "violet")}
    assert told == {words: ["R01"] for words in said} | {"violet": []}
    assert found(factories.published(month), "violet") == ["R01"]
