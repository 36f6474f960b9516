from datetime import date

import pytest

from accounts import posts
from accounts.models import Event, Post
from plans import reporting
from plans.models import Correction, MonthlyUpdate
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db
AGREED_ON = date(2011, 5, 20)
CORRECTED_AT = later(days=30)


@pytest.fixture
def update():
    """The one update of a published month, amber."""
    month = factories.month(factories.plan())
    factories.signed_off(month.updates.get())
    factories.published(month)
    return MonthlyUpdate.objects.get(month=month)


@pytest.fixture
def awaited():
    """An update that was not received before its month was published."""
    month = factories.month(factories.plan())
    reporting.save_draft(
        update=month.updates.get(), version=0, by=user("Ada Officer"), at=AT, rating="red", progress="A draft."
    )
    factories.published(month)
    return MonthlyUpdate.objects.get(month=month)


def correct(update, by="Olga Office", at=CORRECTED_AT, **given):
    given = {"reason": "It was copied from the wrong line."} | given
    return reporting.correct(update=update, by=user(by), at=at, **given)


def agreed(by="Liam Lead", on=AGREED_ON):
    return {"agreed_by": by and user(by), "agreed_on": on}


def errors(update, **given):
    with pytest.raises(reporting.Incomplete) as caught:
        correct(update, **given)
    assert not Correction.objects.exists()
    return caught.value.errors


def test_correct_stands_beside_the_original_with_who_when_and_why(update):
    (correction,) = correct(update, progress="Three teams were trained.")
    assert (correction.field, correction.before, correction.after) == (
        "progress",
        "Two teams were trained.",
        "Three teams were trained.",
    )
    assert (correction.by_name, correction.at, correction.reason) == (
        "Olga Office",
        CORRECTED_AT,
        "It was copied from the wrong line.",
    )
    assert MonthlyUpdate.objects.get(pk=update.pk).progress == "Two teams were trained."
    assert Event.objects.filter(what="update.corrected").count() == 1


def test_correct_of_a_rating_keeps_who_agreed_and_when(update):
    (correction,) = correct(update, rating="green", **agreed())
    assert (correction.before, correction.after) == ("amber", "green")
    assert (correction.agreed_by, correction.agreed_name, correction.agreed_on) == (
        user("Liam Lead"),
        "Liam Lead",
        AGREED_ON,
    )


def test_correct_takes_a_deputy_s_agreement(update):
    (correction,) = correct(update, rating="green", **agreed("Dina Deputy"))
    assert correction.agreed_name == "Dina Deputy"


@pytest.mark.parametrize(
    ("agreement", "field", "sentence"),
    [
        (("", None), "agreed_by", "A rating needs the accountable lead's agreement. Say who agreed."),
        (("Olga Office", AGREED_ON), "agreed_by", "Nobody agrees a rating that they enter themselves."),
        (("Liam Lead", None), "agreed_on", "Give the day on which the accountable lead agreed."),
        (("Liam Lead", date(2011, 6, 1)), "agreed_on", "The day of the agreement cannot be in the future."),
        (
            ("Liam Lead", date(2010, 12, 31)),
            "agreed_by",
            "Liam Lead did not hold the post Director of Children on that day.",
        ),
        (
            ("Ada Officer", AGREED_ON),
            "agreed_by",
            "Ada Officer did not hold the post Director of Children on that day.",
        ),
    ],
)
def test_correct_refuses_a_rating_without_the_accountable_lead_s_agreement(update, agreement, field, sentence):
    assert errors(update, rating="green", **agreed(*agreement)) == {field: sentence}


def test_correct_takes_the_agreement_of_who_held_the_post_on_that_day_though_not_today(update):
    post = Post.objects.get(title="Director of Children")
    posts.hand_over(post=post, holder=user("Nora New"), deputy=None, on=date(2011, 5, 25), by=user(), at=later(days=25))
    assert correct(update, rating="green", **agreed("Liam Lead"))[0].agreed_name == "Liam Lead"


def test_correct_refuses_who_was_handed_the_post_after_the_day_of_the_agreement(update):
    post = Post.objects.get(title="Director of Children")
    posts.hand_over(post=post, holder=user("Nora New"), deputy=None, on=date(2011, 5, 25), by=user(), at=later(days=25))
    assert "Nora New did not hold the post" in errors(update, rating="green", **agreed("Nora New"))["agreed_by"]


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"reason": " ", "progress": "Three teams."}, "reason", "Give the reason for the correction."),
        ({"progress": "Two teams were trained."}, "__all__", "Change at least one answer."),
        ({"rating": "complete"}, "rating", "The plan does not offer this rating."),
        ({"rating": ""}, "rating", "Choose a rating."),
        ({"direction": "sideways"}, "direction", "Choose a direction of travel."),
        ({"green_by": "soon"}, "green_by", "Enter a date."),
    ],
)
def test_correct_refuses_what_does_not_fit(update, given, field, sentence):
    agreement = agreed() if "rating" in given else {}
    assert errors(update, **agreement | given) == {field: sentence}


def test_correct_refuses_an_open_month(update):
    row = factories.month(update.month.plan, 6, at=later(days=31)).updates.get()
    with pytest.raises(reporting.Refused, match=r"June 2011 is still open\. Change the update itself\."):
        correct(row, progress="Three teams.")


def test_correct_refuses_what_is_no_answer(update):
    with pytest.raises(TypeError, match="due_on"):
        correct(update, due_on=date(2012, 1, 1))


def test_correct_leaves_out_what_is_the_same_as_what_stands(update):
    corrections = correct(update, progress="Three teams.", impact=update.impact, green_by=update.green_by)
    assert [item.field for item in corrections] == ["progress"]


def test_correct_again_goes_on_from_the_correction_before(update):
    correct(update, progress="Three teams.")
    (second,) = correct(update, progress="Four teams.")
    assert second.before == "Three teams."
    assert reporting.corrected_answers(update)["progress"] == "Four teams."


def test_correct_of_the_same_answers_again_changes_nothing(update):
    first = correct(update, seen=0, progress="Three teams.")
    assert correct(update, seen=0, progress="Three teams.") == first
    assert (Correction.objects.count(), Event.objects.filter(what="update.corrected").count()) == (1, 1)


def test_correct_is_a_conflict_where_another_correction_came_meanwhile(update):
    correct(update, seen=0, progress="Three teams.")
    with pytest.raises(reporting.Conflict):
        correct(update, seen=0, reason="Another slip.", progress="Two teams were trained.", impact="None yet.")
    assert Correction.objects.count() == 1


def test_what_came_too_late_starts_from_nothing_and_shows_nothing_of_the_draft(awaited):
    assert set(reporting.corrected_answers(awaited).values()) == {""}
    corrections = correct(awaited, rating="amber", progress="Three teams.", **agreed())
    assert [(item.field, item.before, item.after) for item in corrections] == [
        ("rating", "", "amber"),
        ("progress", "", "Three teams."),
    ]
