from datetime import date
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from accounts import posts
from accounts.models import Event, Post
from improvement.texts import days
from plans import reporting
from plans.models import Correction, MonthlyUpdate
from plans.months import narrative
from plans.reporting.corrections import CORRECTABLE
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db
AGREED_ON = date(2011, 5, 20)
CORRECTED_AT = later(days=30)
agreed_later = {"agreed_on": AGREED_ON, "agreed_how": "by e-mail"}


@pytest.fixture
@factories.once
def update():
    """The one update of a published month, amber."""
    month = factories.month(factories.plan())
    factories.signed_off(month.updates.get())
    factories.published(month)
    return MonthlyUpdate.objects.get(month=month)


@pytest.fixture
@factories.once
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


def agreed(by="Liam Lead", on=AGREED_ON, how="by e-mail"):
    return {"agreed_by": by and user(by), "agreed_on": on, "agreed_how": how}


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
    assert narrative.agreement(correction) == (
        "Rating agreed by Liam Lead on 20 May 2011 (by e-mail), as recorded by Olga Office."
    )


def test_correct_takes_a_deputy_s_agreement(update):
    (correction,) = correct(update, rating="green", **agreed("Dina Deputy"))
    assert correction.agreed_name == "Dina Deputy"


@pytest.mark.parametrize(
    ("agreement", "field", "sentence"),
    [
        (("", AGREED_ON), "agreed_by", "Say who agreed the rating. To ask the accountable lead, clear when and how."),
        (("Olga Office", AGREED_ON), "agreed_by", "You cannot agree a rating that you entered. Choose someone else."),
        (("Liam Lead", None), "agreed_on", "Enter the day the accountable lead agreed."),
        (
            ("Liam Lead", AGREED_ON, " "),
            "agreed_how",
            "Say how they agreed, for example by e-mail or in a meeting.",
        ),
        (("Liam Lead", date(2011, 6, 1)), "agreed_on", "The day of agreement cannot be in the future."),
        (
            ("Liam Lead", date(2010, 12, 31)),
            "agreed_by",
            "Liam Lead was not Director of Children on that day.",
        ),
        (
            ("Ada Officer", AGREED_ON),
            "agreed_by",
            "Ada Officer was not Director of Children on that day.",
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
    assert "Nora New was not" in errors(update, rating="green", **agreed("Nora New"))["agreed_by"]


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"reason": " ", "progress": "Three teams."}, "reason", "Enter a reason for the correction."),
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


def test_an_agreement_covers_the_rating_and_no_other_answer(update):
    corrections = correct(update, rating="green", progress="Three teams.", impact="None yet.", **agreed())
    told = {item.field: (item.agreed_name, item.agreed_how, narrative.agreement(item)) for item in corrections}
    assert told["rating"][:2] == ("Liam Lead", "by e-mail")
    assert {field for field, words in told.items() if any(words)} == {"rating"}


@pytest.mark.parametrize("field", [field for field in CORRECTABLE if field != "rating"])
def test_only_the_correction_of_a_rating_carries_an_agreement(update, field):
    """In the verb, in the database, and in what is printed of a correction that was made before either."""
    after = {"direction": "improving", "green_by": "2012-01-01"}.get(field, "Another text.")
    assert errors(update, **{field: after}, **agreed()) == {
        "agreed_by": "Only a corrected rating needs agreement. Clear who agreed, when and how, or change the rating."
    }
    row = Correction(
        update=update, field=field, before="x", after=after, reason="A slip.", by=user("Olga Office"), at=CORRECTED_AT,
        agreed_by=user("Liam Lead"), agreed_name="Liam Lead", agreed_on=AGREED_ON,
    )  # fmt: skip
    assert narrative.agreement(row) == ""
    with pytest.raises(IntegrityError, match="only that of a rating carries an agreement"), transaction.atomic():
        row.save()


def proposed(update, **given):
    assert correct(update, rating="green", **given) == []
    return reporting.waiting(update).get()


def agree(proposal, by="Liam Lead"):
    return reporting.agree_rating(proposal=proposal, by=user(by), at=later(days=31))


def test_a_rating_without_a_recorded_agreement_waits_and_stands_beside_nothing(update):
    proposal = proposed(update)
    assert (proposal.rating, proposal.by_name, proposal.decision) == ("green", "Olga Office", "")
    assert not Correction.objects.exists()
    assert reporting.corrected_answers(update)["rating"] == "amber"
    event = Event.objects.get(what="update.rating_proposed")
    assert (event.by.name, event.detail["rating_proposed"]) == ("Olga Office", "green")


def test_the_other_answers_are_corrected_while_the_rating_waits(update):
    (correction,) = correct(update, rating="green", progress="Three teams.")
    assert (correction.field, correction.agreed_name) == ("progress", "")
    assert reporting.waiting(update).get().rating == "green"
    event = Event.objects.get(what="update.corrected")
    assert (event.detail["fields"], event.detail["rating_proposed"]) == (["progress"], "green")


def test_the_lead_agrees_a_rating_on_their_own_page_and_it_is_corrected(update):
    proposal = proposed(update)
    correction = agree(proposal)
    assert (correction.before, correction.after, correction.by_name) == ("amber", "green", "Olga Office")
    assert narrative.agreement(correction) == "Rating agreed by Liam Lead on their own page, 1 June 2011."
    assert agree(proposal) == correction
    assert Event.objects.get(what="update.rating_agreed").by.name == "Liam Lead"
    assert not reporting.waiting(update).exists()


@pytest.mark.parametrize(
    ("by", "sentence"),
    [
        ("Olga Office", "You cannot agree a rating that you entered. Choose someone else."),
        ("Ada Officer", "Ada Officer was not Director of Children on that day."),
    ],
)
def test_a_rating_is_agreed_by_the_accountable_lead_alone(update, by, sentence):
    with pytest.raises(reporting.Refused, match=sentence):
        agree(proposed(update), by=by)
    assert not Correction.objects.exists()


def test_a_declined_rating_keeps_its_reason_and_corrects_nothing(update):
    proposal = proposed(update)
    decline = partial(reporting.decline_rating, proposal=proposal, by=user("Liam Lead"), at=later(days=31))
    with pytest.raises(reporting.Incomplete) as caught:
        decline(reason=" ")
    assert caught.value.errors == {"reason": "Say why you decline this rating."}
    for _ in range(2):
        declined = decline(reason=" It was amber. ")
    assert (declined.decision, declined.decision_reason, declined.decided_name) == (
        "declined",
        "It was amber.",
        "Liam Lead",
    )
    with pytest.raises(reporting.Refused, match=r"was declined by Liam Lead on 1 June 2011\."):
        agree(proposal)
    assert not Correction.objects.exists()


@pytest.mark.parametrize("given", [{"rating": "red"}, {"rating": "red", **agreed_later}], ids=["again", "recorded"])
def test_another_rating_takes_the_place_of_the_one_that_waits(update, given):
    first = proposed(update)
    given = given | ({"agreed_by": user("Liam Lead")} if "agreed_on" in given else {})
    correct(update, reason="It was misread.", **given)
    first.refresh_from_db()
    assert (first.decision, first.decided_name) == ("withdrawn", "Olga Office")
    with pytest.raises(reporting.Refused, match="was withdrawn by Olga Office"):
        agree(first)


def test_the_same_proposal_again_changes_nothing(update):
    proposed(update, seen=0)
    proposed(update, seen=0)
    assert (update.proposed_ratings.count(), Event.objects.filter(what="update.rating_proposed").count()) == (1, 1)


def test_a_proposal_is_a_conflict_for_who_had_not_seen_it(update):
    proposed(update)
    with pytest.raises(reporting.Conflict):
        correct(update, seen=0, reason="Another slip.", rating="red")


def test_a_proposed_rating_is_decided_once_and_stays_on_record(update):
    proposal = proposed(update)
    agree(proposal)
    rows = update.proposed_ratings.all()
    for write in (rows.delete, partial(rows.update, decision="declined")):
        with pytest.raises(IntegrityError, match="stays on record"), transaction.atomic():
            write()


def test_the_reason_of_a_proposed_rating_can_be_removed_with_that_of_its_correction(update):
    correction = agree(proposed(update, reason="Jo said so."))
    redact = partial(reporting.redact, reason="names a child", by=user("Olga Office"), at=later(days=32))
    redact(update=update, field=f"correction-{correction.pk}")
    correct(update, rating="red", reason="Jo said no.")
    redact(update=update, field=f"proposal-{reporting.waiting(update).get().pk}")
    texts = [*update.proposed_ratings.values_list("reason", flat=True), Correction.objects.get().reason]
    assert texts == ["[removed: names a child]"] * 3
    assert not [event for event in Event.objects.all() if "Jo" in str(event.detail)]


@pytest.mark.parametrize(
    ("on", "is_taken"),
    [
        (date(2010, 12, 31), False),
        (date(2011, 1, 1), True),  # the first day in the post
        (date(2011, 5, 24), True),  # the last
        (date(2011, 5, 25), False),
    ],
)
def test_an_agreement_is_of_a_day_on_which_the_lead_held_the_post(update, on, is_taken):
    post = Post.objects.get(title="Director of Children")
    posts.hand_over(post=post, holder=user("Nora New"), deputy=None, on=date(2011, 5, 25), by=user(), at=later(days=25))
    if is_taken:
        assert correct(update, rating="green", **agreed(on=on))[0].agreed_on == on
    else:
        assert errors(update, rating="green", **agreed(on=on)).keys() == {"agreed_by"}


def test_an_agreement_of_the_day_itself_is_taken(update):
    assert correct(update, rating="green", **agreed(on=CORRECTED_AT.date()))


def test_an_agreement_is_told_in_the_audit_trail(update):
    correct(update, rating="green", progress="Three teams.", **agreed(how=" by e-mail "))
    assert Event.objects.get(what="update.corrected").detail == {
        "reason": "It was copied from the wrong line.",
        "fields": ["progress", "rating"],
        "before": {"rating": "amber", "progress": "Two teams were trained."},
        "after": {"rating": "green", "progress": "Three teams."},
        "agreed_by": "Liam Lead",
        "agreed_on": "2011-05-20",
        "agreed_how": "by e-mail",
    }


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"reason": " ", "progress": "Three."}, {"reason": "Say why it was received after publication."}),
        ({}, {"__all__": "Enter at least one answer."}),
        ({"progress": ""}, {"__all__": "Enter at least one answer."}),
        ({"green_by": "9999-01-01"}, {"green_by": days.OUTSIDE}),
    ],
)
def test_what_came_too_late_is_asked_for_in_its_own_words(awaited, given, expected):
    assert errors(awaited, **given) == expected


@pytest.mark.parametrize("other", [{"by": "Cass Chair"}, {"reason": "Another reason."}, {"rating": "red"}])
def test_a_proposal_of_somebody_else_for_another_reason_or_rating_takes_its_place(update, other):
    proposed(update)
    assert correct(update, **{"rating": "green"} | other) == []
    assert [row.decision for row in update.proposed_ratings.order_by("pk")] == ["withdrawn", ""]
    told = Event.objects.filter(what="update.rating_proposed").order_by("-pk").first().detail
    assert (told["rating_withdrawn"], told["rating_proposed"]) == ("green", other.get("rating", "green"))


def test_a_correction_of_another_answer_leaves_the_rating_that_waits(update):
    waits = proposed(update)
    correct(update, progress="Three teams.")
    assert reporting.waiting(update).get() == waits


def decline(proposal, reason="It was amber.", by="Liam Lead", at=31):
    return reporting.decline_rating(proposal=proposal, reason=reason, by=user(by), at=later(days=at))


def test_what_was_decided_is_not_decided_again_by_somebody_else_or_in_another_way(update):
    proposal = proposed(update)
    agree(proposal)
    with pytest.raises(reporting.Refused, match=r"was agreed by Liam Lead on 1 June 2011\."):
        agree(proposal, by="Dina Deputy")
    with pytest.raises(reporting.Refused, match="was agreed by Liam Lead"):
        decline(proposal)
    with pytest.raises(reporting.Refused, match="was agreed by Liam Lead"):
        reporting.withdraw_rating(proposal=proposal, by=user("Olga Office"), at=later(days=32))
    assert Correction.objects.count() == Event.objects.filter(what="update.rating_agreed").count() == 1


@pytest.mark.parametrize("again", [{"reason": "It was red."}, {"by": "Dina Deputy"}])
def test_what_was_declined_is_declined_again_only_by_the_same_person_for_the_same_reason(update, again):
    proposal = proposed(update)
    decline(proposal)
    assert decline(proposal).decision_reason == "It was amber."
    with pytest.raises(reporting.Refused, match="was declined by Liam Lead"):
        decline(proposal, **again)
    assert Event.objects.filter(what="update.rating_declined").count() == 1


def test_a_withdrawn_rating_is_withdrawn_once(update):
    proposal = proposed(update)
    for _ in range(2):
        row = reporting.withdraw_rating(proposal=proposal, by=user("Olga Office"), at=later(days=31))
    assert (row.decision, row.decided_name, row.decided_at) == ("withdrawn", "Olga Office", later(days=31))
    assert Event.objects.get(what="update.rating_withdrawn").detail == {"rating": "green"}


def test_an_open_proposal_waits_or_is_declined_and_no_rating_was_corrected_since(update):
    assert reporting.open_proposal(update) is None
    first = proposed(update)
    assert reporting.open_proposal(update) == first
    decline(first)
    correct(update, progress="Three teams.", at=later(days=32))
    assert reporting.open_proposal(update) == first
    correct(update, rating="red", at=later(days=31), **agreed())  # at the moment at which it was declined
    assert reporting.open_proposal(update) is None
    second = proposed(update, at=later(days=33))
    assert reporting.open_proposal(update) == second
    reporting.withdraw_rating(proposal=second, by=user("Olga Office"), at=later(days=34))
    assert reporting.open_proposal(update) is None


def test_an_open_proposal_is_none_once_it_is_agreed(update):
    agree(proposed(update))
    assert reporting.open_proposal(update) is None


def test_a_rating_that_was_corrected_before_it_was_declined_settles_nothing(update):
    correct(update, rating="red", at=later(days=20), **agreed(on=date(2011, 5, 20)))
    declined = decline(proposed(update))
    assert reporting.open_proposal(update) == declined
