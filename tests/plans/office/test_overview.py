from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest

from plans.models import Recommendation
from plans.months import sets
from plans.office import overview
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db


def build(plan, name):
    return overview.build(plan, user(name), on=AT.date(), now=AT)


@pytest.fixture
def plan():
    plan = factories.plan(3, themes=2)
    factories.area(plan, "A")
    Recommendation.objects.get(reference="R01").areas.set(plan.areas.all())
    factories.published(factories.month(plan, 4))
    factories.recommendation(plan, 4)
    factories.month(plan, 5)
    return plan


def test_a_reader_sees_the_published_months_and_the_counts_of_the_latest(plan):
    found = build(plan, "Obi Observer")
    assert (found.open_month, [month.address for month in found.published]) == (None, ["2011-04"])
    assert (found.latest.address, found.total.number) == ("2011-04", 3)
    assert [line.to_write for line in found.areas] == [None]


def test_the_programme_office_sees_the_open_month_and_its_counts(plan):
    found = build(plan, "Olga Office")
    assert found.open_month.address == "2011-05"
    assert (found.latest.address, found.total.number) == ("2011-05", 4)


def test_the_leading_post_of_an_area_is_led_to_its_update(plan):
    assert [line.to_write.letter for line in build(plan, "Ada Officer").areas] == ["A"]
    assert [line.to_write for line in build(plan, "Liam Lead").areas] == [None]


def test_every_number_links_to_exactly_its_rows(plan):
    found = build(plan, "Obi Observer")
    counts = [found.total, *(line.count for _, lines in found.themes for line in lines)]
    counts += [line.count for line in found.areas]
    assert [count.number for count in counts] == [3, 2, 1, 1]
    for count in counts:
        filters = dict(parse_qsl(urlsplit(count.link).query))
        assert filters.pop("month") == "2011-04"
        assert sets.select(found.latest, filters, now=AT).count() == count.number


def test_a_plan_without_a_month_has_no_counts():
    found = build(factories.plan(), "Obi Observer")
    assert (found.latest, found.total, found.published) == (None, None, [])


def test_the_newest_published_month_comes_first_and_its_rows_are_counted(plan):
    factories.published(plan.months.get(published_at=None))
    found = build(plan, "Obi Observer")
    assert [month.address for month in found.published] == ["2011-05", "2011-04"]
    assert (found.open_month, found.latest.address, found.total.number) == (None, "2011-05", 4)
    assert [line.to_write for line in build(plan, "Ada Officer").areas] == [None]


def test_the_areas_of_focus_are_those_of_the_present_month(plan):
    for letter, said in (("B", {"from_on": date(2011, 6, 1)}), ("C", {"to_on": date(2011, 4, 30)})):
        factories.area(plan, letter)
        plan.areas.filter(letter=letter).update(**said)
    assert [line.area.letter for line in build(plan, "Obi Observer").areas] == ["A"]
