"""What comes in or is put right after publication: a left draft once, an answer by itself, a rating with its lead."""

from datetime import date

import pytest

from plans import reporting
from plans.models import Correction, ProposedRating
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db


def left(**answers):
    """Return a published update that was left a draft with these `answers`."""
    row = factories.month(factories.plan()).updates.get()
    reporting.save_draft(update=row, version=0, by=user(), at=AT, **answers)
    return factories.published(row.month).updates.get()


def hand_in(row, by="Ada Officer", reason="I was ill."):
    return reporting.hand_in_late(update=row, reason=reason, by=user(by), at=AT)


@pytest.mark.parametrize(
    ("answers", "fields"),
    [
        ({"progress": "Half."}, ["progress"]),
        ({"rating": "red"}, []),
        ({"rating": "red", "progress": "H."}, ["progress"]),
    ],
)
def test_a_draft_is_handed_in_once_whether_it_has_a_rating_or_not(answers, fields):
    row = left(**answers)
    for _ in range(2):
        assert [item.field for item in hand_in(row)] == fields
    assert [Correction.objects.count(), ProposedRating.objects.count()] == [len(fields), int("rating" in answers)]


@pytest.mark.parametrize("again", [{"by": "Dev Deputy"}, {"reason": "I was away."}])
@pytest.mark.parametrize("answers", [{"progress": "Half."}, {"rating": "red"}])
def test_what_was_handed_in_is_not_handed_in_again_by_somebody_else_or_for_another_reason(answers, again):
    row = left(**answers)
    hand_in(row)
    with pytest.raises(reporting.Refused, match="The programme office has recorded something for this update"):
        hand_in(row, **again)


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
