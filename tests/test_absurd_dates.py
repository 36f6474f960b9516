"""What a verb is given that cannot be: a day of another age, before the thing was, or a thing of another plan.

The form in front of a verb may ask for less; the verb refuses for itself. A verb that takes a new date or another
thing beside its own fails the build until it has its rows here.
"""

import inspect
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts import posts
from accounts.models import Event, Tenure
from boards import actions, challenges, meetings, papers, reports
from boards.challenges import advice
from boards.reports import circulation
from improvement.records.refusals import Refusal
from improvement.texts.days import OUTSIDE
from notices import interim
from notices.targets import results
from plans import refresh, reporting, revisions, watching
from plans.models import Action, Revision
from plans.recommendations.actions import finish
from tests import factories
from tests.factories import AT, later, user
from tests.office import Office
from tests.writes import functions

pytestmark = pytest.mark.django_db
REFUSALS = (Refusal, posts.HandOverRefused, results.ResultRefused)
LONG_AGO, ONE_DAY = date(1950, 1, 1), timedelta(days=1)
FAR_AHEAD = date(2500, 1, 1)
TODAY, HELD_ON = AT.date(), date(2011, 4, 11)
SLIP = {"proposed_due_on": date(2011, 5, 20), "proposed_due_reason": "It starts late."}


# Dates: how each is given, and what is refused of it.


def _hand_over(here, on):
    post = here.plan.recommendations.first().lead_post
    posts.hand_over(post=post, holder=user("New Holder"), deputy=None, on=on, **here.by)


def _start(here, day):
    interim.start(notice=factories.notice(), reported_on=day, title="A report", **here.by)


def _table(here, day):
    interim.table(report=factories.report(factories.notice()), tabled_on=day, **here.by)


def _agree(here, day):
    row = factories.tabled_report(factories.notice())
    interim.agree(report=row, version=row.version, agreed_on=day, **here.by)


def _review(here, day):
    interim.record_review(report=factories.issued_report(factories.notice()), said="Well.", held_on=day, **here.by)


def _result(here, **days):
    period = {"period_start": date(2011, 3, 1), "period_end": date(2011, 3, 31), "basis": "month"}
    given = {"indicator": here.indicator, "value": Decimal("80.5"), "source": "Return", **period, **days}
    return results.record(**given, **here.by)


def _open(here, **days):
    month = {"month": date(2011, 5, 1), "due_on": date(2011, 5, 20)}
    reporting.open_month(plan=here.plan, **month | days, **here.by)


def _redate(here, **days):
    reporting.change_dates(month=here.month, reason="A bank holiday.", **days, **here.by)


def _submit(here, **days):
    reasons = {"green-by-passed": "So.", "proposed-earlier": "So."}
    factories.submitted(here.update, override_reasons=reasons, **SLIP | days)


def _correct(here, **changed):
    agreed = {"agreed_by": user("Liam Lead"), "agreed_on": TODAY, "rating": "green"}
    reporting.correct(update=here.published, reason="A slip.", **agreed | changed, **here.by)


def _change(here, day):
    revisions.change_due_date(
        recommendation=here.plan.recommendations.first(), due_on=day, reason="It starts late.", **here.by
    )


def _raise(here, day):
    actions.raise_action(meeting=here.held, wording="Ask.", owner="The chair", due_on=day, **here.by)


def _finish(here, day):
    row = Action.objects.create(recommendation=here.plan.recommendations.first(), title="Train.", due_on=TODAY)
    finish(action=row, done_on=day, **here.officer)


def _note(here, day):
    action = here.action
    actions.note_progress(action=action, meeting=action.raised_at, text="Begun.", due_on=day, **here.by)


def _conclude(here, day):
    row = factories.answered(factories.challenge(here.plan))
    action = {"meeting": here.held, "wording": "Ask.", "owner_post": factories.post(), "due_on": day}
    challenges.conclude(challenge=row, outcome="action", version=row.version, **action, **here.by)


def _respond(here, day):
    row = factories.advice(here.plan.board, given_on=HELD_ON)
    advice.respond(advice=row, response="Done.", version=row.version, responded_on=day, **here.by)


def _change_meeting(here, day):
    row = factories.meeting(here.plan)
    meetings.change_details(meeting=row, version=row.version, held_on=day, starts_at=None, place="", note="", **here.by)


def _embargo(here, until):
    paper = factories.paper(here.held)
    papers.change(paper=paper, version=0, title="Audit", item=None, embargoed_until=until, **here.by)


AGES = (LONG_AGO, FAR_AHEAD)
MOMENTS = (AT.replace(year=1950), AT)
DATES = {
    "posts.hand_over.on": (_hand_over, (*AGES, factories.SINCE, TODAY + ONE_DAY)),
    "interim.start.reported_on": (_start, AGES),
    "interim.table.tabled_on": (_table, AGES),
    "interim.agree.agreed_on": (_agree, (*AGES, TODAY + ONE_DAY, TODAY - ONE_DAY)),
    "interim.record_review.held_on": (_review, (*AGES, TODAY + ONE_DAY, date(2011, 4, 29))),
    "results.record.period_start": (lambda here, day: _result(here, period_start=day), (*AGES, date(2011, 4, 1))),
    "results.record.period_end": (lambda here, day: _result(here, period_end=day), (*AGES, date(2011, 2, 1))),
    "results.record.source_on": (lambda here, day: _result(here, source_on=day), (*AGES, TODAY + ONE_DAY)),
    "results.record.expected_on": (lambda here, day: _result(here, expected_on=day), (*AGES, TODAY)),
    "results.confirm.source_on": (
        lambda here, day: results.confirm(result=_result(here), value=Decimal(81), source_on=day, **here.by),
        (*AGES, TODAY + ONE_DAY),
    ),
    "reporting.open_month.month": (lambda here, day: _open(here, month=day), (*AGES, date(2011, 5, 2))),
    "reporting.open_month.due_on": (lambda here, day: _open(here, due_on=day), AGES),
    "reporting.open_month.sign_off_due_on": (
        lambda here, day: _open(here, sign_off_due_on=day),
        (*AGES, date(2011, 5, 19)),
    ),
    "reporting.open_month.data_as_at": (lambda here, day: _open(here, data_as_at=day), AGES),
    "reporting.change_dates.due_on": (lambda here, day: _redate(here, due_on=day), (*AGES, date(2011, 5, 25))),
    "reporting.change_dates.sign_off_due_on": (
        lambda here, day: _redate(here, sign_off_due_on=day),
        (*AGES, date(2011, 5, 19)),
    ),
    "reporting.change_dates.data_as_at": (lambda here, day: _redate(here, data_as_at=day), AGES),
    "reporting.submit.green_by": (lambda here, day: _submit(here, green_by=day), AGES),
    "reporting.submit.proposed_due_on": (
        lambda here, day: _submit(here, proposed_due_on=day),
        (*AGES, TODAY - ONE_DAY),
    ),
    "reporting.correct.green_by": (lambda here, day: _correct(here, green_by=day), AGES),
    "reporting.correct.agreed_on": (lambda here, day: _correct(here, agreed_on=day), (*AGES, TODAY + ONE_DAY)),
    "refresh.change.due_on": (
        lambda here, day: _refresh(here, due_on=day, reason="It starts late."),
        (*AGES, TODAY - ONE_DAY),
    ),
    "refresh.add.due_on": (
        lambda here, day: factories.drafted_recommendation(factories.drafted(here.plan), "R09", due_on=day),
        (*AGES, TODAY - ONE_DAY),
    ),
    "refresh.add_alone.due_on": (
        lambda here, day: refresh.add_alone(
            plan=here.plan, reference="R09", reason="The Board asked.", **_new(here, due_on=day), **here.by
        ),
        (*AGES, TODAY - ONE_DAY),
    ),
    "revisions.change_due_date.due_on": (_change, (*AGES, TODAY - ONE_DAY)),
    "actions.finish.done_on": (_finish, (*AGES, TODAY + ONE_DAY)),
    "actions.raise_action.due_on": (_raise, (*AGES, HELD_ON - ONE_DAY)),
    "actions.note_progress.due_on": (_note, (*AGES, HELD_ON - ONE_DAY)),
    "challenges.conclude.due_on": (_conclude, (*AGES, HELD_ON - ONE_DAY)),
    "advice.record.given_on": (
        lambda here, day: factories.advice(here.plan.board, given_on=day),
        (*AGES, TODAY + ONE_DAY),
    ),
    "advice.respond.responded_on": (_respond, (*AGES, TODAY + ONE_DAY, HELD_ON - ONE_DAY)),
    "circulation.record.sent_on": (
        lambda here, day: factories.sent(factories.body(here.plan.board), day),
        (*AGES, TODAY + ONE_DAY),
    ),
    "reports.start.dated_on": (lambda here, day: factories.outgoing(here.plan.board, dated_on=day), AGES),
    "meetings.plan_meeting.held_on": (lambda here, day: factories.meeting(here.plan, day), AGES),
    "meetings.change_details.held_on": (_change_meeting, AGES),
    "papers.add.embargoed_until": (
        lambda here, until: factories.paper(here.held, embargoed_until=until),
        MOMENTS,
    ),
    "papers.change.embargoed_until": (_embargo, MOMENTS),
}
# A draft holds whatever was typed; it is judged once it is submitted. A meeting begins at a time of its day.
FREE = {
    "reporting.save_draft.green_by",
    "reporting.save_draft.proposed_due_on",
    "meetings.plan_meeting.starts_at",
    "meetings.change_details.starts_at",
}
# The dates among what a verb takes by any name.
ANSWERED = ("green_by", "proposed_due_on")
OPEN = {
    "results.record": ("source_on", "expected_on"),
    "reporting.change_dates": ("due_on", "sign_off_due_on", "data_as_at"),
    "reporting.save_draft": ANSWERED,
    "reporting.submit": ANSWERED,
    "reporting.correct": ("green_by",),
    "papers.add": ("embargoed_until",),
    "papers.change": ("embargoed_until",),
    **dict.fromkeys(("access.restrict", "actions.raise_action", "advice.record", "meetings.add_item"), ()),
    **dict.fromkeys(("refresh.add", "refresh.add_alone", "refresh.change"), ("due_on",)),
    "choices.choose": (),
    "interim.write_cover": (),
    "interim.write_entry": (),
    "packs.choose": (),
    "packs.write_cover": (),
}


def _is_date(name):
    return name in {"on", "month", "data_as_at", "starts_at"} or name.endswith(("_on", "_until", "_start", "_end"))


def _dates():
    for name, function in functions():
        parameters = inspect.signature(function).parameters
        for parameter in parameters.values():
            if parameter.kind is parameter.VAR_KEYWORD:
                yield from (f"{name}.{given}" for given in OPEN[name])
            elif _is_date(parameter.name) and not _is_thing(name, parameter.name):
                yield f"{name}.{parameter.name}"


def test_every_date_that_a_verb_takes_has_its_row():
    assert sorted(_dates()) == sorted({*DATES, *FREE})


@pytest.mark.parametrize(("name", "day"), [(name, day) for name, (_, days) in DATES.items() for day in days])
def test_a_date_that_cannot_be_is_refused_with_a_sentence(name, day):
    here, write = Office(), DATES[name][0]
    with pytest.raises(REFUSALS) as caught:
        write(here, day)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("day", AGES)
def test_another_age_is_named_as_such(day):
    with pytest.raises(revisions.RevisionRefused, match=OUTSIDE):
        _change(Office(), day)


# Things beside the one that is written.


def _other():
    """Another plan, with a Board, a month, a meeting and a report of its own."""
    return factories.plan(1, slug="other")


def _revision(here):
    return Revision.objects.create(plan=_other(), title="Refresh", agreed_on=TODAY)


def _close(here, **given):
    revisions.close(
        recommendation=here.plan.recommendations.first(), closure="superseded", reason="Said.", **given, **here.by
    )


def _closed(here):
    row = here.plan.recommendations.last()
    return revisions.close(recommendation=row, closure="withdrawn", reason="No longer ours.", **here.by)


def _their_recommendation(here):
    return _other().recommendations.get()


def _their_meeting(here):
    return factories.held(_other())


def _their_action(here):
    return factories.action(_their_meeting(here))


def _decide(here, **given):
    meetings.record_decision(meeting=here.held, wording="Agreed.", **given, **here.by)


def _their_item(here):
    return _their_meeting(here).items.first()


def _ask(here, **given):
    about = {} if {"target", "recommendation"} & given.keys() else {"recommendation": here.plan.recommendations.first()}
    seat = {"seat": here.plan.board.seats.get(role="member")} if "seat" not in given else {}
    challenges.ask(board=here.plan.board, question="How?", **seat, **about, **given, **here.by)


def _new(here, **said):
    first = here.plan.recommendations.first()
    said |= {"title": "Listen", "wording": "Ask every child.", "timescale": ""}
    return said | {"outcome": first.outcome, "lead_post": first.lead_post}


def _refresh(here, row=None, fate="change", **said):
    row = row or here.plan.recommendations.first()
    refresh.change(refresh=factories.drafted(here.plan), recommendation=row, version=0, fate=fate, **said, **here.by)


def _came_of(here, **given):
    row = factories.answered(factories.challenge(here.plan))
    owner = {"wording": "Ask.", "owner_post": factories.post()}
    challenges.conclude(challenge=row, outcome="action", version=row.version, **owner, **given, **here.by)


def _send(here, **given):
    circulation.record(body=factories.body(here.plan.board), what="Report", sent_on=TODAY, **given, **here.by)


def _minutes(here, agreed_in):
    row = here.held
    factories.minuted(row)
    meetings.agree_minutes(meeting=row, agreed_in=agreed_in, **here.by)


THINGS = {
    "revisions.change_due_date.revision": (
        lambda here: revisions.change_due_date(
            recommendation=here.plan.recommendations.first(),
            due_on=date(2012, 3, 31),
            reason="It starts late.",
            revision=_revision(here),
            **here.by,
        ),
    ),
    "revisions.close.revision": (
        lambda here: _close(here, revision=_revision(here), successors=[here.plan.recommendations.last()]),
    ),
    "revisions.close.successors": (
        lambda here: _close(here, successors=[_their_recommendation(here)]),
        lambda here: _close(here, successors=[here.plan.recommendations.first()]),
        lambda here: _close(here, successors=[_closed(here)]),
    ),
    "refresh.change.recommendation": (lambda here: _refresh(here, _their_recommendation(here), title="Said"),),
    "refresh.change.successors": (
        lambda here: _refresh(here, fate="close", closure="merged", reason="One.", successors=["R01"]),
        lambda here: _refresh(here, fate="close", closure="merged", reason="One.", successors=["R99"]),
    ),
    "refresh.add_alone.revision": (
        lambda here: refresh.add_alone(
            plan=here.plan,
            reference="R09",
            reason="Said.",
            revision=_revision(here),
            **_new(here, due_on=None),
            **here.by,
        ),
    ),
    "refresh.give_to.revision": (
        lambda here: refresh.give_to(
            recommendation=here.plan.recommendations.first(),
            lead_post=factories.PostFactory(),
            lead_wording="",
            reason="Said.",
            revision=_revision(here),
            **here.by,
        ),
    ),
    "actions.raise_action.recommendation": (
        lambda here: actions.raise_action(
            meeting=here.held, wording="Ask.", owner="The chair", recommendation=_their_recommendation(here), **here.by
        ),
    ),
    "actions.raise_action.item": (
        lambda here: actions.raise_action(
            meeting=here.held, wording="Ask.", owner="The chair", item=_their_item(here), **here.by
        ),
    ),
    "actions.note_progress.meeting": (
        lambda here: actions.note_progress(action=here.action, meeting=_their_meeting(here), text="Begun.", **here.by),
    ),
    "actions.close.meeting": (
        lambda here: actions.close(
            action=here.action, version=0, meeting=_their_meeting(here), outcome="Done.", **here.by
        ),
    ),
    "advice.record.meeting": (
        lambda here: factories.advice(here.plan.board, meeting=_their_meeting(here)),
        lambda here: factories.advice(here.plan.board, meeting=factories.meeting(here.plan)),
    ),
    "advice.record.item": (
        lambda here: factories.advice(here.plan.board, meeting=here.held, item=_their_item(here)),
        lambda here: factories.advice(here.plan.board, item=here.held.items.first()),
    ),
    "challenges.ask.item": (
        lambda here: _ask(here, meeting=here.held, item=_their_item(here)),
        lambda here: _ask(here, item=here.held.items.first()),
    ),
    "challenges.ask.seat": (lambda here: _ask(here, seat=_other().board.seats.get(role="member")),),
    "challenges.ask.recommendation": (lambda here: _ask(here, recommendation=_their_recommendation(here)),),
    "challenges.ask.target": (lambda here: _ask(here, target=factories.notice().targets.get()),),
    "challenges.ask.month": (
        lambda here: _ask(here, month=factories.published(factories.month(_other()))),
        lambda here: _ask(here, month=here.month),
    ),
    "challenges.ask.meeting": (lambda here: _ask(here, meeting=_their_meeting(here)),),
    "challenges.conclude.action": (lambda here: _came_of(here, action=_their_action(here)),),
    "challenges.conclude.meeting": (
        lambda here: _came_of(here, meeting=_their_meeting(here)),
        lambda here: _came_of(here, meeting=factories.meeting(here.plan)),
    ),
    "circulation.record.report": (
        lambda here: _send(here, report=here.report),
        lambda here: _send(here, report=factories.issued(_letter(_other().board))),
        lambda here: _send(here, report=factories.issued(_letter(here.plan.board, TODAY + ONE_DAY))),
    ),
    "meetings.agree_minutes.agreed_in": (
        lambda here: _minutes(here, _their_meeting(here)),
        lambda here: _minutes(here, factories.held(here.plan, date(2011, 4, 4))),
    ),
    "meetings.publish_agenda.papers": (
        lambda here: meetings.publish_agenda(
            meeting=factories.meeting(here.plan), papers=[factories.paper(_their_meeting(here))], **here.by
        ),
    ),
    "meetings.receive_month.month": (
        lambda here: meetings.receive_month(meeting=here.held, month=here.month, **here.by),
        lambda here: meetings.receive_month(
            meeting=here.held, month=factories.published(factories.month(_other())), **here.by
        ),
    ),
    "meetings.record_decision.item": (lambda here: _decide(here, item=_their_item(here)),),
    "meetings.add_guest.item": (lambda here: factories.guest(here.held, item=_their_item(here)),),
    "meetings.add_declaration.item": (lambda here: factories.declaration(here.held, item=_their_item(here)),),
    "meetings.record_decision.revision": (lambda here: _decide(here, revision=_revision(here)),),
    "meetings.record_decision.recommendation": (
        lambda here: _decide(here, recommendation=_their_recommendation(here)),
    ),
    "meetings.record_attendance.seats": (
        lambda here: meetings.record_attendance(
            meeting=here.held,
            version=1,
            seats={_other().board.seats.get(role="chair"): ("present", "")},
            **here.by,
        ),
    ),
    "papers.add.item": (lambda here: factories.paper(here.held, item=_their_item(here)),),
    "papers.change.item": (
        lambda here: papers.change(
            paper=factories.paper(here.held), version=0, title="Audit", item=_their_item(here), **here.by
        ),
    ),
    "interim.write_entry.target": (
        lambda here: interim.write_entry(
            report=_begun(here),
            target=factories.notice("other").targets.get(),
            version=0,
            narrative="Done.",
            **here.by,
        ),
    ),
    "watching.save.month": (
        lambda here: watching.save(
            plan=here.plan, month=factories.month(_other()), name="Mine", asked={"rating": ["red"]}, **here.officer
        ),
    ),
    "reporting.correct.agreed_by": (
        lambda here: _correct(here, agreed_by=user("Ada Officer")),
        lambda here: _correct(here, agreed_by=user("Olga Office")),
    ),
}
# People and posts act across plans.
ANYBODY = {
    "posts.hand_over.holder",
    "posts.hand_over.deputy",
    "actions.raise_action.owner_post",
    "advice.respond.responding_post",
    "challenges.assign.post",
    "challenges.conclude.owner_post",
}
_NAMES = {
    *("revision", "successors", "recommendation", "target", "month", "meeting", "item", "seat", "seats", "action"),
    *("report", "agreed_in", "owner_post", "responding_post", "post", "papers", "agreed_by", "holder", "deputy"),
}


def _letter(board, dated_on=TODAY):
    return reports.start(
        board=board,
        kind="letter",
        dated_on=dated_on,
        sections=[("Progress", "Much was done.")],
        by=user("Olga Office"),
        at=AT,
    )


def _begun(here):
    return interim.start(notice=factories.notice(), reported_on=HELD_ON, title="A report", **here.by)


def _is_thing(verb, name):
    return name in _NAMES and not (verb == "reporting.open_month" and name == "month")


def _things():
    for verb, function in functions():
        _, *others = inspect.signature(function).parameters
        yield from (f"{verb}.{name}" for name in others if _is_thing(verb, name))


def test_every_thing_that_a_verb_takes_beside_its_own_has_its_row():
    assert sorted(_things()) == sorted({*THINGS, *ANYBODY})


@pytest.mark.parametrize(
    ("name", "place"), [(name, place) for name, ways in THINGS.items() for place in range(len(ways))]
)
def test_a_thing_that_does_not_belong_is_refused_with_a_sentence(name, place):
    with pytest.raises(REFUSALS) as caught:
        THINGS[name][place](Office())
    assert str(caught.value).endswith(".")


# The examples.


def test_sign_off_refuses_a_proposed_date_that_has_passed_meanwhile_and_says_what_to_do():
    here = Office()
    row = factories.submitted(here.update, override_reasons={"proposed-earlier": "Sooner."}, **SLIP)
    with pytest.raises(Refusal) as caught:
        reporting.sign_off(update=row, version=row.version, by=user("Liam Lead"), at=later(days=20))
    assert str(caught.value) == (
        "20 May 2011, the proposed due date, has passed and cannot be agreed. "
        "Return the update to the lead officer for a new date."
    )
    assert reporting.sign_off(update=row, version=row.version, by=user("Liam Lead"), at=later(days=19)).signed_off_at


def test_a_date_passes_at_midnight_in_london():
    here = Office()
    row = factories.submitted(here.update, override_reasons={"proposed-earlier": "Sooner."}, **SLIP)
    last = AT.replace(day=20, hour=23, minute=59)
    assert reporting.sign_off(update=row, version=row.version, by=user("Liam Lead"), at=last).signed_off_at


def test_hand_over_before_a_vacancy_does_not_overlap_the_tenure_before_it():
    post = factories.post("Head of Audit", user("Ada Officer"))
    by = {"by": user("Olga Office"), "at": AT}
    posts.hand_over(post=post, holder=None, deputy=None, on=date(2011, 4, 1), **by)
    given = {"post": post, "holder": user("Nia Newcomer"), "deputy": None}
    with pytest.raises(posts.HandOverRefused, match="Ada Officer was the holder until 31 March 2011"):
        posts.hand_over(**given, on=date(2011, 3, 1), **by)
    posts.hand_over(**given, on=date(2011, 4, 1), **by)
    assert post.tenures.count() == 2


@pytest.mark.parametrize(("start", "end"), [((2010, 12), (2011, 2)), ((2011, 2), (2011, 3)), ((2011, 3), None)])
def test_no_two_tenures_of_a_post_overlap_in_the_database(start, end):
    post = factories.post("Head of Audit", user("Ada Officer"))
    posts.hand_over(post=post, holder=None, deputy=None, on=date(2011, 4, 1), by=user("Olga Office"), at=AT)
    days = {"from_on": date(*start, 1), "to_on": end and date(*end, 1)}
    with pytest.raises(IntegrityError, match="overlaps another tenure"), transaction.atomic():
        Tenure.objects.create(post=post, user=user("Nia Newcomer"), capacity="holder", **days)
    row = Tenure.objects.create(
        post=post, user=user("Nia Newcomer"), capacity="holder", from_on=date(2011, 4, 1), to_on=date(2011, 4, 2)
    )
    with pytest.raises(IntegrityError, match="overlaps another tenure"), transaction.atomic():
        Tenure.objects.filter(pk=row.pk).update(from_on=date(2011, 3, 31))


def test_no_two_recommendations_succeed_each_other():
    here = Office()
    factories.recommendation(here.plan, 3)
    first, second, third = here.plan.recommendations.order_by("reference")
    # As the administration may have it: the third continues the second, which continues the first.
    second.predecessors.add(first)
    third.predecessors.add(second)
    for before in (first, second):
        with pytest.raises(revisions.RevisionRefused, match=f"R03 itself continues {before.reference}"):
            revisions.close(recommendation=third, closure="merged", reason="Said.", successors=[before], **here.by)
    assert not Event.objects.filter(what="recommendation.closed").exists()
