from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Event
from plans import reporting, revisions
from plans.calendar import UpdateStatus
from plans.models import DueDateChange, MonthlyUpdate, RatingDefinition
from plans.reporting import evidence
from tests import factories
from tests.factories import ANSWERS, AT, later, user

pytestmark = pytest.mark.django_db


@pytest.fixture
@factories.once
def update():
    """The one awaited update of the first month of a small plan."""
    return factories.month(factories.plan()).updates.get()


def fresh(update):
    return MonthlyUpdate.objects.get(pk=update.pk)


def sent_back(row, comment="Say who.", at=AT):
    return reporting.return_for_changes(update=row, version=row.version, comment=comment, by=user("Liam Lead"), at=at)


def save(update, version=0, by="Ada Officer", at=AT, **answers):
    return reporting.save_draft(update=update, version=version, by=user(by), at=at, **answers)


def test_save_draft_keeps_what_is_there_and_counts_the_version(update):
    save(update, rating="green", progress="Half done.")
    row = fresh(update)
    assert (row.status, row.rating, row.progress, row.version) == ("draft", "green", "Half done.", 1)
    assert (row.saved_by, row.saved_at) == (user("Ada Officer"), AT)


def test_save_draft_of_the_same_answers_changes_nothing(update):
    save(update, progress="Half done.")
    save(update, progress="Half done.", at=later(minutes=1))
    assert fresh(update).version == 1
    assert Event.objects.filter(what="update.saved").count() == 1


def test_save_draft_with_a_stale_version_is_a_conflict_that_holds_the_present_text(update):
    save(update, progress="Ada's text.")
    with pytest.raises(reporting.Conflict) as caught:
        save(update, by="Dev Deputy", progress="Dev's text.")
    assert caught.value.current.progress == "Ada's text."
    assert fresh(update).progress == "Ada's text."


def test_save_draft_refuses_a_submitted_update(update):
    row = factories.submitted(update)
    with pytest.raises(reporting.Refused, match="Take it back before you change it"):
        save(update, version=row.version, progress="Too late.")


def test_save_draft_refuses_what_is_no_answer(update):
    with pytest.raises(TypeError, match="due_on"):
        save(update, due_on=date(2012, 1, 1))


def test_submit_stamps_who_when_and_what_follows(update):
    factories.submitted(update)
    row = fresh(update)
    assert (row.status, row.submitted_by, row.submitted_at) == ("submitted", user("Ada Officer"), AT)
    assert (row.submitted_name, row.entered_for, row.is_late) == ("Ada Officer", "", False)
    assert (row.movement, row.is_stuck, row.version) == ("", False, 1)
    assert Event.objects.get(what="update.submitted").on_id == row.pk


def test_submit_twice_counts_once(update):
    factories.submitted(update)
    reporting.submit(update=update, version=0, by=user("Ada Officer"), at=later(seconds=1), **ANSWERS)
    assert fresh(update).version == 1
    assert Event.objects.filter(what="update.submitted").count() == 1


def test_submit_by_a_deputy_says_for_whom(update):
    factories.submitted(update, by=user("Dev Deputy"))
    row = fresh(update)
    assert (row.submitted_name, row.entered_for) == ("Dev Deputy", "Head of Safeguarding (Ada Officer)")


def test_submit_after_the_due_day_is_late(update):
    factories.submitted(update, at=AT.replace(day=21))
    assert fresh(update).is_late


def test_submit_on_the_due_day_is_in_time_until_midnight_in_london(update):
    factories.submitted(update, at=AT.replace(day=20, hour=23, minute=59))
    assert not fresh(update).is_late


ALWAYS = {"rating", "direction", "progress", "impact"}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, ALWAYS | {"next_steps"}),
        ({"rating": "green"}, (ALWAYS | {"next_steps"}) - {"rating"}),
        ({"rating": "red"}, {"direction", "progress", "impact", "next_steps", "remedy", "remedy_owner", "green_by"}),
        (ANSWERS | {"remedy": " "}, {"remedy"}),
        (ANSWERS | {"rating": "complete"}, {"rating"}),
        (ANSWERS | {"proposed_due_on": date(2012, 1, 31)}, {"proposed_due_reason"}),
        (ANSWERS | {"proposed_due_reason": "More time."}, {"proposed_due_on"}),
        (ANSWERS | {"proposed_due_on": date(2011, 4, 30), "proposed_due_reason": "Why not."}, {"proposed_due_on"}),
    ],
)
def test_submit_names_each_answer_that_is_missing(update, answers, expected):
    with pytest.raises(reporting.Incomplete) as caught:
        reporting.submit(update=update, version=0, by=user("Ada Officer"), at=AT, **answers)
    assert caught.value.errors.keys() == expected
    assert fresh(update).status == "awaited"


def test_submit_takes_complete_without_next_steps_where_the_plan_offers_it():
    plan = factories.plan()
    RatingDefinition.objects.create(plan=plan, rating="complete", wording="Done and proved.")
    update = factories.month(plan).updates.get()
    evidence.add(update=update, kind="qualitative", title="Letter", url="https://a.example/", by=user(), at=AT)
    factories.submitted(update, rating="complete", next_steps="")
    assert fresh(update).rating == "complete"


def test_submit_demands_a_reason_for_a_contradiction_and_keeps_it(update):
    answers = {"rating": "green", "at": AT.replace(year=2012)}
    with pytest.raises(reporting.Contradicted) as caught:
        factories.submitted(update, **answers)
    assert [item.code for item in caught.value.contradictions] == ["green-past-its-date"]
    factories.submitted(update, **answers, override_reasons={"green-past-its-date": " The new date is agreed. "})
    assert fresh(update).contradictions == [
        {
            "code": "green-past-its-date",
            "sentence": "It is rated Green, but its agreed date, 31 December 2011, has passed.",
            "reason": "The new date is agreed.",
        }
    ]


@pytest.mark.parametrize(
    ("answers", "codes"),
    [
        ({"green_by": date(2011, 4, 30)}, ["green-by-passed"]),
        ({"proposed_due_on": date(2011, 5, 1), "proposed_due_reason": "It goes well."}, ["proposed-earlier"]),
    ],
)
def test_submit_questions_dates_that_cannot_be_meant(update, answers, codes):
    with pytest.raises(reporting.Contradicted) as caught:
        factories.submitted(update, **answers)
    assert [item.code for item in caught.value.contradictions] == codes


def test_submit_says_which_proposed_date_has_passed(update):
    with pytest.raises(reporting.Incomplete) as caught:
        factories.submitted(update, proposed_due_on=date(2011, 1, 1), proposed_due_reason="More time.")
    assert caught.value.errors == {"proposed_due_on": "Enter a future due date: 1 January 2011 has passed."}


def test_submit_does_not_take_a_date_that_was_withdrawn_and_has_passed(update):
    row = factories.signed_off(update, proposed_due_on=date(2012, 3, 31), proposed_due_reason="It starts late.")
    row = sent_back(row)
    with pytest.raises(reporting.Incomplete, match="31 March 2012 has passed"):
        factories.submitted(row, at=AT.replace(year=2012))


def test_submit_does_not_take_a_blank_reason(update):
    with pytest.raises(reporting.Contradicted):
        factories.submitted(
            update, rating="green", at=AT.replace(year=2012), override_reasons={"green-past-its-date": " "}
        )


def test_take_back_makes_a_draft_of_it_again(update):
    row = factories.submitted(update)
    reporting.take_back(update=update, version=row.version, by=user("Ada Officer"), at=AT)
    row = fresh(update)
    assert (row.status, row.submitted_by, row.submitted_name, row.progress) == ("draft", None, "", ANSWERS["progress"])


def test_sign_off_is_by_somebody_else(update):
    row = factories.submitted(update, by=user("Liam Lead"))
    with pytest.raises(reporting.Refused, match="someone else must sign it off"):
        reporting.sign_off(update=row, version=row.version, by=user("Liam Lead"), at=AT)
    reporting.sign_off(update=row, version=row.version, by=user("Dina Deputy"), at=AT)
    row = fresh(update)
    assert (row.status, row.signed_off_name, row.signed_off_for) == (
        "signed_off",
        "Dina Deputy",
        "Director of Children (Liam Lead)",
    )


def test_sign_off_of_ones_own_is_refused_by_the_database_too(update):
    row = factories.submitted(update)
    with pytest.raises(IntegrityError, match="update_is_signed_off_by_someone_else"), transaction.atomic():
        MonthlyUpdate.objects.filter(pk=row.pk).update(
            status=UpdateStatus.SIGNED_OFF, signed_off_by=row.submitted_by, signed_off_at=AT
        )


def test_sign_off_agrees_the_proposed_due_date(update):
    factories.signed_off(update, proposed_due_on=date(2012, 3, 31), proposed_due_reason="The contract starts later.")
    row = fresh(update)
    change = DueDateChange.objects.get()
    assert (row.due_on, row.original_due_on) == (date(2012, 3, 31), date(2011, 12, 31))
    assert row.recommendation.due_on == date(2012, 3, 31)
    assert (change.before, change.after, change.reason, change.by) == (
        date(2011, 12, 31),
        date(2012, 3, 31),
        "The contract starts later.",
        user("Liam Lead"),
    )


def test_sign_off_twice_counts_once(update):
    row = factories.signed_off(update)
    reporting.sign_off(update=update, version=1, by=user("Liam Lead"), at=later(seconds=1))
    assert fresh(update).version == row.version


def test_sign_off_of_what_changed_since_is_a_conflict(update):
    row = factories.submitted(update)
    reporting.take_back(update=update, version=row.version, by=user("Ada Officer"), at=AT)
    with pytest.raises(reporting.Conflict):
        reporting.sign_off(update=update, version=row.version, by=user("Liam Lead"), at=AT)


def test_return_keeps_the_comment_and_goes_round_again(update):
    row = factories.submitted(update)
    reporting.return_for_changes(
        update=row, version=row.version, comment=" Say how many. ", by=user("Liam Lead"), at=AT
    )
    row = fresh(update)
    assert (row.status, row.comments.get().text, row.comments.get().by_name) == (
        "returned",
        "Say how many.",
        "Liam Lead",
    )
    save(update, version=row.version, progress="Two teams, 14 people, were trained.")
    assert fresh(update).status == "returned"
    row = factories.signed_off(fresh(update), progress="Two teams, 14 people, were trained.")
    assert row.status == "signed_off"


def test_return_needs_a_comment(update):
    row = factories.submitted(update)
    with pytest.raises(reporting.Incomplete) as caught:
        reporting.return_for_changes(update=row, version=row.version, comment=" ", by=user("Liam Lead"), at=AT)
    assert caught.value.errors == {"comment": "Say what should be changed."}


def test_return_of_a_signed_off_update_removes_the_sign_off(update):
    row = factories.signed_off(update)
    reporting.return_for_changes(update=row, version=row.version, comment="Not yet.", by=user("Liam Lead"), at=AT)
    row = fresh(update)
    assert (row.status, row.signed_off_by, row.signed_off_name) == ("returned", None, "")


@pytest.mark.parametrize("write", ["save_draft", "submit", "take_back", "sign_off", "return_for_changes"])
def test_nothing_is_written_to_a_published_month(update, write):
    month = factories.published(update.month)
    with pytest.raises(reporting.MonthPublished, match="May 2011 has been published"):
        getattr(reporting, write)(
            update=update,
            version=0,
            by=user("Ada Officer"),
            at=AT,
            **{"return_for_changes": {"comment": "Late."}, "save_draft": {"progress": "Late."}}.get(write, {}),
        )
    assert month.updates.get().version == 0


def test_movement_and_stuck_are_stamped_from_the_months_before():
    plan = factories.plan()
    expected = [
        ("amber", "steady", "", False),
        ("amber", "steady", "same", False),
        ("amber", "declining", "same", True),
    ]
    for number, (rating, direction, movement, is_stuck) in enumerate(expected, 1):
        month = factories.month(plan, number)
        row = factories.signed_off(month.updates.get(), rating=rating, direction=direction, progress=f"Step {number}.")
        assert (row.movement, row.is_stuck) == (movement, is_stuck)
        factories.published(month)
    row = factories.signed_off(factories.month(plan, 4).updates.get(), rating="green", progress="Done.")
    assert (row.previous_rating, row.previous_month, row.movement, row.is_stuck) == (
        "amber",
        date(2011, 3, 1),
        "better",
        False,
    )


def time_of(row):
    row = fresh(row)
    return row.rated_since and row.rated_since.month, row.months_at_rating, row.is_stuck, row.is_long


def a_month_of(plan, number, **answers):
    """Publish a month with these answers; without any, no update is received."""
    month = factories.month(plan, number)
    if answers:
        reasons = dict.fromkeys(("same_text", "improving_worse"), "It is so.")
        given = {"rating": "amber", "progress": f"Step {number}.", "override_reasons": reasons} | answers
        factories.signed_off(month.updates.get(), **given)
    return factories.published(month).updates.get()


def test_stuck_is_not_escaped_by_not_reporting_and_its_since_outlives_a_gap():
    plan = factories.plan()
    given = [{"direction": "steady"}, {}, {"direction": "steady"}, {}, {}, {}]
    rows = [a_month_of(plan, number, **answers) for number, answers in enumerate(given, 1)]
    assert [time_of(row) for row in rows] == [
        (1, 1, False, False),
        (1, 2, False, False),
        (1, 3, True, False),
        (1, 4, True, False),
        (1, 5, True, False),
        (1, 6, True, True),
    ]
    last = rows[-1]
    assert (last.is_received, last.rating, last.running_rating) == (False, "", "amber")
    assert last.time_at_rating == "Amber (last received for March 2011) for 6 months, since January 2011"
    assert rows[2].time_at_rating == "Amber for 3 months, since January 2011"
    assert rows[0].time_at_rating == "Amber for 1 month, since January 2011"


def test_half_a_year_of_improving_without_moving_is_long_and_not_stuck():
    plan = factories.plan()
    rows = [a_month_of(plan, number, direction="improving") for number in range(1, 7)]
    assert [time_of(row) for row in rows[-2:]] == [(1, 5, False, False), (1, 6, False, True)]


def test_time_at_a_rating_follows_each_step_of_an_update():
    """Whatever becomes of an update, its stamps are those of what counts."""
    plan = factories.plan()
    for number in (1, 2):
        a_month_of(plan, number, direction="steady")
    update = factories.month(plan, 3).updates.get()
    without, amber, red = (1, 3, True, False), (1, 3, True, False), (3, 1, False, False)
    assert time_of(update) == without
    reporting.save_draft(update=update, version=0, by=user("Ada Officer"), at=AT, rating="red")
    assert time_of(update) == without
    row = factories.submitted(fresh(update), rating="red", progress="New.", direction="declining")
    assert time_of(update) == red
    row = reporting.take_back(update=row, version=row.version, by=user("Ada Officer"), at=AT)
    assert time_of(update) == without
    row = factories.signed_off(row, rating="red", progress="New.", direction="declining")
    assert time_of(update) == red
    row = reporting.return_for_changes(update=row, version=row.version, comment="Why?", by=user("Liam Lead"), at=AT)
    assert time_of(update) == without
    factories.submitted(row, rating="amber", progress="New.", direction="steady")
    assert time_of(update) == amber
    factories.published(update.month)
    assert time_of(update) == amber


def test_a_month_opened_before_there_were_stamps_gets_them_at_publication():
    plan = factories.plan()
    for number in (1, 2):
        a_month_of(plan, number, direction="steady")
    month = factories.month(plan, 3)
    month.updates.update(rated_since=None, months_at_rating=0, is_stuck=False)
    factories.published(month)
    assert time_of(month.updates.get()) == (1, 3, True, False)


def test_movement_is_from_the_last_rating_received_and_names_its_month():
    plan = factories.plan()
    january = factories.month(plan, 1)
    factories.signed_off(january.updates.get(), rating="red")
    factories.published(january)
    factories.published(factories.month(plan, 2))
    row = factories.submitted(factories.month(plan, 3).updates.get(), progress="New start.")
    assert (row.previous_month, row.previous_rating, row.movement) == (date(2011, 1, 1), "red", "better")


def test_a_rating_that_was_drafted_and_not_received_counts_in_no_run():
    """Red twice, then a draft of green that was left when its month was published, then red again: red all along."""
    plan = factories.plan()
    for number in (5, 6, 7):
        update = factories.month(plan, number).updates.get()
        if number == 6:
            reporting.save_draft(update=update, version=0, by=user(), at=AT, rating="green", direction="improving")
        else:
            factories.submitted(update, rating="red", direction="steady", progress=f"Step {number}.")
        factories.published(update.month)
    last = factories.month(plan, 8).updates.get()
    assert (last.rated_since, last.months_at_rating, last.is_stuck) == (date(2011, 5, 1), 4, True)


NOT_TO_SAVE = "This update has been submitted. Take it back before you change it."
NOT_TO_SUBMIT = "This update has already been submitted."
NOT_TO_TAKE_BACK = "You can take back only an update that is waiting for sign-off or carried forward as complete."
NOT_TO_SIGN_OFF = "Only a submitted update can be signed off."
NOT_TO_RETURN = "Only a submitted update can be returned."


def brought_to(update, stage):
    if stage == "draft":
        return save(update, progress="Begun.")
    if stage == "awaited":
        return update
    row = factories.submitted(update)
    if stage == "returned":
        return sent_back(row)
    if stage == "signed_off":
        return reporting.sign_off(update=row, version=row.version, by=user("Liam Lead"), at=AT)
    return row


@pytest.mark.parametrize(
    ("stage", "refusals"),
    [
        ("awaited", [None, None, NOT_TO_TAKE_BACK, NOT_TO_SIGN_OFF, NOT_TO_RETURN]),
        ("draft", [None, None, NOT_TO_TAKE_BACK, NOT_TO_SIGN_OFF, NOT_TO_RETURN]),
        ("returned", [None, None, NOT_TO_TAKE_BACK, NOT_TO_SIGN_OFF, NOT_TO_RETURN]),
        ("submitted", [NOT_TO_SAVE, NOT_TO_SUBMIT, None, None, None]),
        ("signed_off", [NOT_TO_SAVE, NOT_TO_SUBMIT, NOT_TO_TAKE_BACK, NOT_TO_SIGN_OFF, None]),
    ],
)
def test_each_step_is_taken_from_its_own_stages_alone(update, stage, refusals):
    row = brought_to(update, stage)
    given = {"update": row, "version": row.version, "by": user("Dina Deputy"), "at": later(hours=1)}
    steps = [
        lambda: reporting.save_draft(**given, progress="More."),
        lambda: reporting.submit(**given, **ANSWERS | {"progress": "More."}),
        lambda: reporting.take_back(**given),
        lambda: reporting.sign_off(**given),
        lambda: reporting.return_for_changes(**given, comment="Another comment."),
    ]

    def refusal(step):
        try:
            with transaction.atomic():
                step()
                transaction.set_rollback(True)
        except reporting.Refused as refused:
            return str(refused)
        return None

    assert [refusal(step) for step in steps] == refusals


def test_save_draft_of_the_same_answers_by_somebody_else_or_of_another_reason_is_saved(update):
    row = save(update, progress="Half done.")
    row = save(update, version=row.version, by="Dev Deputy", progress="Half done.")
    assert (row.version, row.saved_by) == (2, user("Dev Deputy"))
    given = {"update": row, "by": user("Dev Deputy"), "at": AT, "progress": "Half done."}
    for _ in range(2):
        row = reporting.save_draft(**given, version=2, reasons={"same-text": "It is so.", "improving-worse": ""})
    assert (row.version, row.override_reasons) == (3, {"same-text": "It is so."})


def test_take_back_twice_counts_once_and_is_told(update):
    row = factories.submitted(update)
    for _ in range(2):
        taken = reporting.take_back(update=update, version=row.version, by=user(), at=later(hours=1))
    assert (taken.version, taken.saved_at, taken.submitted_at, taken.entered_for) == (2, later(hours=1), None, "")
    assert Event.objects.get(what="update.taken_back").by == user()


def test_return_twice_with_the_same_comment_counts_once(update):
    row = factories.submitted(update)
    for _ in range(2):
        back = sent_back(row)
    assert (back.version, back.comments.count()) == (2, 1)
    assert Event.objects.get(what="update.returned").detail == {"comment": "Say who."}


def test_sign_off_is_told_with_the_date_that_it_agrees(update):
    row = factories.submitted(update, proposed_due_on=date(2012, 3, 31), proposed_due_reason="It starts late.")
    reporting.sign_off(update=row, version=row.version, by=user("Dina Deputy"), at=AT)
    event = Event.objects.get(what="update.signed_off")
    assert event.by == user("Dina Deputy")
    assert event.detail == {"signed_off_for": "Director of Children (Liam Lead)", "due_on": "2012-03-31"}


SOONER = {"override_reasons": {"proposed-earlier": "It goes well."}}


@pytest.mark.parametrize(("day", "is_agreed"), [(30, True), (31, True), (32, False)])
def test_sign_off_agrees_a_date_until_the_day_itself(update, day, is_agreed):
    row = factories.submitted(update, proposed_due_on=later(days=31).date(), proposed_due_reason="Soon.", **SOONER)
    given = {"update": row, "version": row.version, "by": user("Liam Lead"), "at": later(days=day)}
    if is_agreed:
        assert reporting.sign_off(**given).due_on == later(days=31).date()
    else:
        with pytest.raises(reporting.Refused, match="1 June 2011, the proposed due date, has passed"):
            reporting.sign_off(**given)


def test_what_follows_from_an_update_goes_when_it_is_returned():
    plan = factories.plan()
    factories.signed_off(factories.month(plan).updates.get())
    factories.published(plan.months.get())
    row = factories.submitted(
        factories.month(plan, 6).updates.get(), rating="green", override_reasons={"same-text": "It is so."}
    )
    assert (row.movement, [item["code"] for item in row.contradictions]) == ("better", ["same-text"])
    row = fresh(sent_back(row))
    assert (row.movement, row.contradictions) == ("", [])


def test_a_reply_to_no_comment_is_not_kept(update):
    row = factories.submitted(update, reply="In June.")
    assert (row.reply, row.comments.exists(), row.returned) == ("", False, {})


def test_an_update_that_was_removed_meanwhile_is_refused_in_words(update):
    revisions.close(recommendation=update.recommendation, closure="withdrawn", reason="Done.", by=user(), at=AT)
    month = update.month
    reporting.refresh_scope(month=month, by=user("Olga Office"), at=AT)
    with pytest.raises(reporting.Refused) as caught:
        save(update, progress="Begun.")
    assert str(caught.value) == "R01 has left the plan, and the programme office has removed it from May 2011."
