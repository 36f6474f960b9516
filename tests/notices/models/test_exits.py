"""What the exit view states, each with the words and the source that it stands on."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from notices.models import Notice, Target
from tests import factories

pytestmark = pytest.mark.django_db

RECOMMENDED = {
    "recommended_on": date(2011, 12, 8),
    "recommended_by": "the independent chair",
    "recommendation": "It can safely be removed.",
    "recommendation_source": "A letter",
}
HELD = {"held_wording": "It holds.", "held_source": "A report", "held_since": date(2011, 3, 1)}


@pytest.fixture
def notice():
    return factories.notice()


def is_refused(write, *args, **fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        write(*args, **fields)
    return True


@pytest.mark.parametrize("left_out", RECOMMENDED)
def test_a_recommendation_is_whole_or_not_there(notice, left_out):
    rows = Notice.objects.filter(pk=notice.pk)
    rows.update(**RECOMMENDED)
    assert is_refused(rows.update, **{left_out: None if left_out == "recommended_on" else ""})


def test_how_long_it_has_held_stands_in_the_words_of_a_source(notice):
    rows = Target.objects.filter(notice=notice)
    rows.update(**HELD)
    rows.update(held_since=None)
    assert is_refused(rows.update, held_source="")
    assert is_refused(rows.update, held_wording="")


def test_an_end_verdict_that_is_not_stated_has_no_day(notice):
    rows = Target.objects.filter(notice=notice)
    rows.update(end_verdict="achieved", end_verdict_on=date(2011, 11, 30))
    assert is_refused(rows.update, end_verdict="not-stated")


def test_a_place_is_taken_once(notice):
    factor = factories.factor(notice)
    factories.evidence_of(factor)
    factories.continuation(notice)
    assert is_refused(factories.factor, notice)
    assert is_refused(factories.evidence_of, factor)
    assert is_refused(factories.continuation, notice)


def test_what_bears_on_a_factor_is_in_its_history(notice):
    factor = factories.factor(notice)
    factor.targets.set(notice.targets.all())
    assert [row.target for row in factor.history.first().targets.all()] == list(notice.targets.all())
