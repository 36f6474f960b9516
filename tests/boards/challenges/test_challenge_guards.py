"""What was asked and advised is kept from a superuser's queryset and raw SQL; without the guards the same succeeds."""

import pytest
from django.db import IntegrityError, connection, transaction

from boards import guards
from boards.challenges import advice
from boards.models import Advice, Challenge
from improvement.records import triggers
from tests import factories
from tests.factories import AT, answered, concluded, user
from tests.guarded import WAYS

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return factories.plan()


def settled(plan):
    """Return a question that is concluded, and advice of which it is recorded what became of it."""
    row = factories.advice(plan.board, given_on=AT.date())
    return (
        concluded(answered(factories.challenge(plan, meeting=factories.held(plan)))),
        advice.conclude(advice=row, result="Done.", version=0, by=user("Cass Chair"), at=AT),
    )


CHANGES = {
    Challenge: {
        "question": "Why?",
        "asked_name": "Nobody",
        "number": 9,
        "meeting": None,
        "answer": "x",
        "outcome": "x",
    },
    Advice: {"wording": "x", "number": 9, "response": "x", "result": "x", "given_on": None},
}
REFUSALS = {Challenge: guards.CHALLENGE_STANDS, Advice: guards.ADVICE_STANDS}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("model", REFUSALS)
def test_what_is_settled_is_refused_every_change(plan, model, way):
    settled(plan)
    before = list(model.objects.values())
    with pytest.raises(IntegrityError, match=REFUSALS[model]), transaction.atomic():
        way(model.objects.all(), {"number": 9})
    assert list(model.objects.values()) == before


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("model", REFUSALS)
def test_without_the_guards_the_same_write_succeeds(plan, model, way):
    settled(plan)
    before = list(model.objects.values())
    triggers.drop()
    way(model.objects.all(), {"number": 9})
    assert list(model.objects.values()) != before


@pytest.mark.parametrize(("model", "field"), [(model, field) for model in CHANGES for field in CHANGES[model]])
def test_no_text_of_what_is_settled_changes(plan, model, field):
    settled(plan)
    with pytest.raises(IntegrityError, match=REFUSALS[model]), transaction.atomic():
        model.objects.update(**{field: CHANGES[model][field]})


def test_what_was_asked_or_advised_never_changes_and_is_never_removed(plan):
    factories.challenge(plan, meeting=factories.held(plan))
    factories.advice(plan.board, given_on=AT.date())
    asked = [(Challenge, field) for field in ("question", "asked_name", "number", "meeting")]
    for model, field in [*asked, (Advice, "wording"), (Advice, "number"), (Advice, "given_on")]:
        with pytest.raises(IntegrityError, match=REFUSALS[model]), transaction.atomic():
            model.objects.update(**{field: CHANGES[model][field]})
    for model in REFUSALS:
        with pytest.raises(IntegrityError, match=REFUSALS[model]), transaction.atomic():
            model.objects.all()._raw_delete("default")


def test_an_answer_and_a_response_are_written_freely_until_then(plan):
    answered(factories.challenge(plan))
    factories.advice(plan.board)
    assert Challenge.objects.update(answer="Put better.") == 1
    assert Advice.objects.update(response="We will.") == 1


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("model", REFUSALS)
def test_truncate_is_refused(plan, model):
    connection.check_constraints()
    with pytest.raises(IntegrityError, match=REFUSALS[model]), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")
