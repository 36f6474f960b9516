"""One answer of a published update is corrected, with and without the rating that waits for its lead."""

from datetime import date

import pytest

from plans import reporting
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db


@pytest.fixture
@factories.once
def update():
    """A published update that is Green, with no day by which it would be."""
    row = factories.month(factories.plan()).updates.get()
    factories.signed_off(row, rating="green", green_by=None, remedy="", remedy_owner="")
    return factories.published(row.month).updates.get()


def correct(update, reason="A slip.", **changed):
    return reporting.correct(update=update, reason=reason, by=user("Olga Office"), at=AT, **changed)


def test_a_day_that_was_not_given_is_corrected_from_nothing(update):
    [item] = correct(update, green_by=date(2012, 9, 30))
    assert (item.field, item.before, item.after) == ("green_by", "", "2012-09-30")
    assert [correct(update, "Again.", green_by=None)[0].after, reporting.corrected_answers(update)["green_by"]] == [
        "",
        "",
    ]


@pytest.mark.parametrize(
    "agreed", [{"agreed_by": "Liam Lead"}, {"agreed_on": date(2011, 4, 30)}, {"agreed_how": "By e-mail."}], ids=str
)
def test_any_part_of_an_agreement_is_refused_where_no_rating_is_corrected(update, agreed):
    given = {name: user(value) if name == "agreed_by" else value for name, value in agreed.items()}
    with pytest.raises(reporting.Incomplete) as refusal:
        correct(update, progress="Three.", **given)
    assert refusal.value.errors == {
        "agreed_by": "Only a corrected rating needs agreement. Clear who agreed, when and how, or change the rating."
    }


def test_an_answer_that_is_corrected_with_the_rating_that_waits_is_not_lost(update):
    assert correct(update, rating="red") == []
    assert [item.field for item in correct(update, rating="red", progress="Three.")] == ["progress"]
    assert update.proposed_ratings.filter(decided_at=None).count() == 1
