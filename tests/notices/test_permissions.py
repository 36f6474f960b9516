"""Who sees a Notice and the plans that answer it, asked without multiplying recommendations by areas by targets."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from boards.models import Board, Seat
from notices import interim, permissions
from notices.models import Notice
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db
ON = AT.date()


@pytest.fixture
def plan():
    """A plan with three of all that a person may have a place by, and a post that owns a target and no more."""
    made = factories.plan(3, themes=3)
    made.notice = factories.notice()
    made.save()
    for letter in "ABC":
        factories.area(made, letter)
    for number in (2, 3):
        factories.target(made.notice, number)
    made.notice.targets.update(owner_post=factories.post("Head of Targets", user("Tara Target")))
    return made


@pytest.mark.parametrize(
    ("name", "notices", "plans"),
    [
        ("Ada Officer", 1, 1),
        ("Dina Deputy", 1, 1),
        ("Olga Office", 1, 1),
        ("Obi Observer", 1, 1),
        ("Tara Target", 1, 0),
        ("Nobody Atall", 0, 0),
    ],
)
def test_whoever_has_a_place_sees_the_notice_once(plan, name, notices, plans):
    factories.notice("other")
    seen = permissions.visible_notices(user(name), on=ON)
    assert [row.slug for row in seen] == ["thornbury"] * notices
    assert len(permissions.visible_plans(user(name), plan.notice, on=ON).seen) == plans


def test_neither_question_joins_a_row_of_the_notice_to_what_belongs_to_it(plan):
    person = user("Ada Officer")
    with CaptureQueriesContext(connection) as asked:
        list(permissions.visible_notices(person, on=ON))
        permissions.visible_plans(person, plan.notice, on=ON)
    outer = [row["sql"] for row in asked.captured_queries]
    assert len(outer) == 2
    assert [sql for sql in outer if "LEFT OUTER JOIN" in sql.split(" IN (")[0] or "DISTINCT" in sql] == []


@pytest.mark.parametrize("name", ["Ada Officer", "Obi Observer", "Tara Target"])
@pytest.mark.parametrize(
    ("lasting", "is_seen"),
    [
        ({"from_on": ON}, True),  # from today on
        ({"from_on": ON + timedelta(days=1)}, False),
        ({"to_on": ON}, True),  # until today
        ({"to_on": ON - timedelta(days=1)}, False),
    ],
    ids=str,
)
def test_a_place_counts_from_its_first_day_to_its_last(plan, name, lasting, is_seen):
    rows = user(name).seats if name == "Obi Observer" else user(name).tenures
    rows.update(**lasting)
    assert permissions.visible_notices(user(name), on=ON).exists() is is_seen
    assert permissions.can_see_notice(user(name), plan.notice, on=ON) is is_seen


def test_a_notice_that_one_does_not_see_is_not_another_that_one_sees(plan):
    other = factories.notice("other")
    assert not permissions.can_see_notice(user("Ada Officer"), other, on=ON)
    assert not permissions.can_record(user("Olga Office"), other, on=ON)


@pytest.mark.parametrize("who", ["deactivated", "signed out"])
def test_who_cannot_sign_in_sees_and_records_nothing(plan, who):
    person = user("Olga Office") if who == "deactivated" else AnonymousUser()
    if who == "deactivated":
        person.is_active = False
    assert not permissions.visible_notices(person, on=ON).exists()
    assert not permissions.can_record(person, plan.notice, on=ON)


# Who sees a report to the department in each state, and who writes it.
REPORTS = [("Olga Office", True, True), ("Ada Officer", False, False), ("Obi Observer", False, False)]


@pytest.mark.parametrize(("name", "sees_drafts", "records"), REPORTS)
def test_a_draft_of_a_report_is_its_programme_offices_alone(plan, name, sees_drafts, records):
    draft = factories.report(plan.notice)
    assert permissions.can_record(user(name), plan.notice, on=ON) is records
    assert permissions.can_see_report(user(name), draft, on=ON) is sees_drafts
    assert permissions.visible_reports(user(name), on=ON).exists() is sees_drafts
    tabled = interim.table(report=draft, by=user("Olga Office"), at=AT)
    assert permissions.can_see_report(user(name), tabled, on=ON)
    assert [row.can_record for row in permissions.visible_reports(user(name), on=ON)] == [records]


def test_a_report_is_seen_by_nobody_who_does_not_see_its_notice(plan):
    other = factories.tabled_report(factories.notice("other"))
    assert not permissions.can_see_report(user("Olga Office"), other, on=ON)
    assert not permissions.visible_reports(user("Olga Office"), on=ON).exists()


@pytest.mark.parametrize(
    ("name", "asks"),
    [
        ("Cass Chair", True),
        ("Mo Member", True),
        ("Olga Office", True),
        ("Obi Observer", False),
        ("Ada Officer", False),
        ("Eli Elsewhere", False),
    ],
)
def test_the_board_that_one_asks_for_is_that_of_the_notices_own_plan(plan, name, asks):
    other = factories.plan(slug="other")
    factories.SeatFactory(board=other.board, user=user("Eli Elsewhere"), from_on=ON)
    expression = permissions.asking_board(user(name), "pk", on=ON)
    [slug] = Notice.objects.filter(pk=plan.notice.pk).annotate(slug_of=expression).values_list("slug_of", flat=True)
    assert slug == ("thornbury" if asks else None)


def test_a_programme_office_without_a_board_asks_for_none(plan):
    Seat.objects.all().delete()
    Board.objects.all().delete()
    expression = permissions.asking_board(user("Olga Office"), "pk", on=ON)
    assert list(Notice.objects.annotate(slug_of=expression).values_list("slug_of", flat=True)) == [None]
