"""The factories make rows that the database accepts, the same ones in every test."""

import pytest

from tests import factories
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
