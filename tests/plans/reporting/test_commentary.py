"""What is written of a month as a whole and of its areas of focus: each text in its own place, by whom it says."""

import pytest

from plans import reporting
from plans.models import AreaUpdate, ReportingMonth
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db


@pytest.fixture
@factories.once
def month():
    plan = factories.plan()
    for letter in "AB":
        factories.area(plan, letter)
    return factories.month(plan)


def write(row, text, version=0, by="Ada Officer", at=AT):
    return reporting.write_area_update(area_update=row, version=version, text=text, by=user(by), at=at)


def test_a_commentary_is_on_its_own_month_alone(month):
    other = factories.month(factories.plan(slug="other"))
    reporting.write_commentary(month=month, version=0, text="A good month.", by=user("Olga Office"), at=AT)
    texts = dict(ReportingMonth.objects.values_list("pk", "commentary"))
    assert texts == {month.pk: "A good month.", other.pk: ""}


def test_an_area_update_is_on_its_own_area_alone(month):
    write(month.area_updates.get(letter="A"), "On course.")
    assert dict(AreaUpdate.objects.values_list("letter", "text")) == {"A": "On course.", "B": ""}


def test_the_same_area_update_again_changes_nothing_and_one_of_somebody_else_names_them(month):
    row = write(month.area_updates.get(letter="A"), "On course.")
    again = write(row, "On course.", at=later(hours=1))
    assert (again.version, again.written_at) == (1, AT)
    other = write(row, "On course.", version=1, by="Dev Deputy")
    assert (other.version, other.written_name, other.entered_for) == (
        2,
        "Dev Deputy",
        "Head of Safeguarding (Ada Officer)",
    )


def test_an_area_update_over_an_old_page_is_a_conflict(month):
    row = write(month.area_updates.get(letter="A"), "On course.")
    with pytest.raises(reporting.Conflict):
        write(row, "Off course.", version=0)
    assert write(row, "Off course.", version=1).text == "Off course."
