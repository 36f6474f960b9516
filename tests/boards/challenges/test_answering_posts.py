"""Which posts answer to a Board, and how far what comes of a question is restricted as it is."""

from datetime import date

import pytest

from boards import access, challenges, meetings
from tests import factories
from tests.factories import AT, answered, concluded, post, user

pytestmark = pytest.mark.django_db


def test_a_board_is_answered_by_every_post_with_a_part_in_its_plan_or_notice_and_no_other():
    plan = factories.plan()
    plan.notice = factories.notice()
    plan.save()
    area = factories.area(plan)
    area.leading_post = post("Head of Health")
    area.save()
    plan.notice.targets.update(owner_post=post("Head of Targets"))
    post("Head of Elsewhere")
    titles = ["Director of Children", "Head of Health", "Head of Safeguarding", "Head of Targets"]
    assert sorted(challenges.posts_of(plan).values_list("title", flat=True)) == titles
    plan.notice = None
    assert sorted(challenges.posts_of(plan).values_list("title", flat=True)) == titles[:3]


@pytest.mark.parametrize(
    ("of_item", "of_question", "of_action"),
    [
        (("", False), ("", False), ("", False)),
        (("", False), ("Names a school.", False), ("Names a school.", False)),
        (("Names a person.", True), ("Names a school.", False), ("Names a school.", True)),
        (("Names a person.", False), ("Names a school.", True), ("Names a school.", True)),
    ],
)
def test_an_action_is_restricted_for_the_reason_of_its_question_before_that_of_its_item(
    of_item, of_question, of_action
):
    plan = factories.plan()
    by = {"by": user("Olga Office"), "at": AT}
    held, after = factories.held(plan), factories.held(plan, date(2011, 4, 25))
    names = ("restricted_because", "excludes_observers")
    item = meetings.add_item(meeting=held, title="Staffing", **dict(zip(names, of_item, strict=True)), **by)
    row = factories.challenge(plan, meeting=held, item=item)
    row = access.restrict(thing=row, version=row.version, **dict(zip(names, of_question, strict=True)), **by)
    action = concluded(answered(row), "action", meeting=after, wording="Act on it.", owner_post=post()).action
    assert (action.restricted_because, action.excludes_observers) == of_action
