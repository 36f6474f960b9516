from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from accounts.models import Message
from plans import reporting
from plans.officer import reminders
from tests import factories
from tests.factories import user

pytestmark = pytest.mark.django_db


@pytest.fixture
def month():
    """May, whose updates are due on the 20th; R01 is submitted, R02 and R03 are owed by the same post."""
    month = factories.month(factories.plan(3))
    factories.submitted(month.updates.get(reference="R01"))
    Message.objects.all().delete()
    return month


def moment(day, hour=9):
    return datetime(2011, 5, day, hour, tzinfo=ZoneInfo("Europe/London"))


def written(day, hour=9):
    reminders.write(at=moment(day, hour))
    return sorted(Message.objects.values_list("user__name", "subject"))


LEAD = [
    ("Dina Deputy", "1 update for May 2011 waiting for your sign-off"),
    ("Liam Lead", "1 update for May 2011 waiting for your sign-off"),
]


@pytest.mark.parametrize(
    ("day", "words"),
    [(17, None), (18, "due in two days"), (19, None), (20, None), (21, "overdue since yesterday"), (22, None)],
)
def test_an_officer_is_reminded_two_days_before_and_the_day_after(month, day, words):
    officers = [(name, f"2 updates for May 2011 {words}") for name in ("Ada Officer", "Dev Deputy")] if words else []
    assert written(day) == sorted(officers + LEAD)


def test_each_reminder_of_a_day_is_written_once(month):
    assert written(18) == written(18)


def test_who_signs_off_is_told_once_a_day(month):
    written(17)
    assert len(written(19)) == 2 * len(LEAD)


def test_nobody_is_reminded_of_a_published_month(month):
    factories.published(month)
    Message.objects.all().delete()
    assert written(18) == []


def test_the_reminder_lists_what_is_owed(month):
    written(18)
    assert Message.objects.get(user=user("Ada Officer")).text == "R02 Recommendation 2\nR03 Recommendation 3"


def test_whoever_leads_an_area_of_focus_is_reminded_of_its_text_until_it_is_written():
    plan = factories.plan()
    factories.area(plan)
    factories.area(plan, "B", leading_post=factories.post("Head of Areas", user("Ari Area")))
    month = factories.month(plan)
    Message.objects.all().delete()
    assert written(17) == []
    assert ("Ari Area", "1 update for May 2011 due in two days") in written(18)
    assert Message.objects.get(user=user("Ada Officer")).text == "R01 Recommendation 1\nA. Area A"
    row = month.area_updates.get(letter="B")
    reporting.write_area_update(
        area_update=row, version=row.version, text="On course.", by=user("Ari Area"), at=moment(19)
    )
    assert [name for name, subject in written(21) if "overdue" in subject] == ["Ada Officer", "Dev Deputy"]
    factories.published(month)
    Message.objects.all().delete()
    assert written(21) == []


@pytest.mark.parametrize(("hour", "number"), [(6, 0), (7, 4)])
def test_nobody_is_reminded_at_night(month, hour, number):
    assert len(written(18, hour)) == number


def test_what_was_written_already_costs_three_queries_however_many_people_it_was(month, django_assert_num_queries):
    written(18)
    # The savepoint twice, what is owed and what of areas, what waits, and what was written.
    with django_assert_num_queries(6):
        reminders.write(at=moment(18))


@pytest.mark.parametrize("number", [1, 3])
def test_as_many_queries_for_one_update_as_for_three(django_assert_num_queries, number):
    month = factories.month(factories.plan(number))
    assert month.updates.count() == number
    # The same, and three for each of the two who are told.
    with django_assert_num_queries(12):
        reminders.write(at=moment(18))


def test_a_person_is_reminded_of_each_plan_by_itself(month):
    other = factories.month(factories.plan(1, slug="other"))
    Message.objects.all().delete()
    written(18)
    told = Message.objects.filter(user=user("Ada Officer")).order_by("pk").values_list("subject", "text", "once")
    first, second = f"reminder-{month.pk}-2011-05-20-", f"reminder-{other.pk}-2011-05-20-"
    assert sorted(told) == [
        ("1 update for May 2011 due in two days", "R01 Recommendation 1", f"{second}due in two days"),
        (
            "2 updates for May 2011 due in two days",
            "R02 Recommendation 2\nR03 Recommendation 3",
            f"{first}due in two days",
        ),
    ]


def test_a_day_that_was_put_off_is_reminded_of_again(month):
    written(18)
    type(month).objects.update(due_on=date(2011, 5, 22))
    reminders.write(at=moment(20))
    subjects = Message.objects.filter(user=user("Ada Officer")).values_list("subject", flat=True)
    assert list(subjects) == ["2 updates for May 2011 due in two days"] * 2


def test_a_reminder_leads_to_what_is_owed_and_is_of_its_kind(month):
    written(18)
    told = Message.objects.filter(user__name__in=("Ada Officer", "Liam Lead")).order_by("user__name")
    assert list(told.values_list("kind", "path")) == [("reminder", "/my/updates/"), ("sign-off", "/my/sign-offs/")]


def test_what_was_returned_is_owed_again(month):
    row = month.updates.get(reference="R01")
    reporting.return_for_changes(update=row, version=row.version, comment="Why?", by=user("Liam Lead"), at=moment(10))
    Message.objects.all().delete()
    assert [subject for _, subject in written(18)] == ["3 updates for May 2011 due in two days"] * 2
