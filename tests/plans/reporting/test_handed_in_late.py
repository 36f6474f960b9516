"""A draft that was not received is handed in once, and the same again changes nothing."""

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
