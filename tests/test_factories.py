"""The factories make rows that the database accepts, the same ones in every test."""

import pytest
from django.db import transaction

from boards.models import Paper
from plans.models import Plan
from tests import factories
from tests.factories import copies
from tests.factories.counting import Counted

FACTORIES = Counted.__subclasses__()


@pytest.mark.django_db
@pytest.mark.parametrize("made", FACTORIES, ids=lambda made: made.__name__)
def test_a_factory_needs_nothing_to_make_a_row_that_the_administration_accepts(made):
    made().full_clean()


@pytest.mark.django_db
@pytest.mark.parametrize("made", FACTORIES, ids=lambda made: made.__name__)
def test_a_factory_makes_a_second_row_that_differs_from_the_first(made):
    assert made().pk != made().pk


@pytest.mark.django_db
@pytest.mark.parametrize("time", ["first", "second"])
def test_a_row_does_not_depend_on_the_tests_before_it(time):
    person, row = factories.UserFactory(), factories.RecommendationFactory()
    assert (person.name, person.email) == ("Person 1", "person.1@thornbury.example")
    assert (row.reference, row.title, row.plan.slug) == ("R01", "Recommendation 1", "plan-1")
    assert (row.outcome.theme.plan, row.lead_post.title) == (row.plan, "Head of Safeguarding")


@pytest.mark.django_db
def test_a_person_and_a_post_of_one_name_are_made_once():
    assert factories.user("Ada Officer") == factories.user("Ada Officer")
    assert factories.post("Head of Safeguarding") == factories.post("Head of Safeguarding")


def everything():
    """Return every row, by model."""
    return {model: [*model._base_manager.order_by("pk").values()] for model in copies._models()}


@factories.once
def a_published_month():
    calls.append("made")
    month = factories.month(factories.plan(2))
    factories.signed_off(month.updates.first())
    held = factories.held(month.plan)
    factories.tabled(factories.paper(held))
    return factories.published(month)


calls = []


@pytest.mark.django_db
def test_what_is_made_once_is_copied_to_the_key_and_the_file():
    with transaction.atomic():
        first, made = a_published_month(), everything()
        transaction.set_rollback(True)
    assert everything()[type(first)] == []
    again, copied = a_published_month(), everything()
    assert (again, copied, calls) == (first, made, ["made"])
    with Paper.objects.get().file.open() as stored:
        assert stored.read() == b"Quality of practice"


@pytest.mark.django_db
def test_what_stands_there_already_is_added_to():
    factories.NoticeFactory()
    factories.plan(1, slug="first")
    factories.plan(1, slug="second")
    assert [*Plan.objects.order_by("slug").values_list("slug", flat=True)] == ["first", "second"]
