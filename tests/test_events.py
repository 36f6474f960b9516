"""Each accepted write leaves exactly one event; the same again, as of a double click, leaves none.

A verb is a function of one of VERBS that is told who writes (`by=`) and when (`at=`). One without a row in WRITES fails
the build.
"""

import inspect
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest

from accounts import posts
from accounts.models import Event
from boards import actions, circulation, meetings, papers, reports
from boards.models import Body
from improvement.refusals import Refusal
from notices import results
from plans import evidence, reporting, revisions
from tests import factories
from tests.factories import AT, a_file, later, user

pytestmark = pytest.mark.django_db
VERBS = (posts, actions, circulation, meetings, papers, reports, results, evidence, reporting, revisions)
# Part of another write, which leaves the event.
PARTS = {"revisions.slip"}
MAY = {"plan": None, "month": date(2011, 5, 1), "due_on": date(2011, 5, 20)}


class Office:
    """What the writes below are about, made as far as each needs it."""

    def __init__(self):
        self.plan = factories.plan(2)
        factories.area(self.plan)
        self.by = {"by": user("Olga Office"), "at": AT}
        self.officer, self.lead = {"by": user(), "at": AT}, {"by": user("Liam Lead"), "at": AT}

    @property
    def month(self):
        return self.plan.months.first() or factories.month(self.plan)

    @property
    def update(self):
        return self.month.updates.get(reference="R01")

    @property
    def submitted(self):
        return factories.submitted(self.update)

    @property
    def published(self):
        factories.signed_off(self.update)
        return factories.published(self.month).updates.get(reference="R01")

    @property
    def before(self):
        """The row of the month after one that was published."""
        return factories.month(self.published.month.plan, 6).updates.get(reference="R01")

    @property
    def indicator(self):
        return factories.notice().targets.get().indicators.get()

    @property
    def report(self):
        given = {"board": self.plan.board, "kind": "letter", "dated_on": date(2011, 5, 1)}
        return reports.start(**given, sections=[("Progress", "Much was done.")], **self.by)

    @property
    def held(self):
        """A meeting that was held, of which nothing is recorded yet."""
        return factories.held(self.plan)

    @property
    def action(self):
        return factories.action(self.held)


def again(write, **what):
    """Return the write with the same arguments each time it is called."""
    return lambda: write(**what)


def _of_update(write, row, who, **what):
    return again(write, update=row, version=row.version, **what, **who)


def _sign_off(here):
    dates = {"proposed_due_on": date(2012, 3, 31), "proposed_due_reason": "It starts late."}
    return _of_update(reporting.sign_off, factories.submitted(here.update, **dates), here.lead)


def _evidence(here):
    return evidence.add(update=here.update, kind="qualitative", title="T", url="https://a.example", **here.officer)


def _result(here):
    period = {"period_start": date(2011, 3, 1), "period_end": date(2011, 3, 31), "basis": "month"}
    return {"indicator": here.indicator, "value": Decimal("80.5"), "source": "Return", **period}


def _reported(here):
    return _result(here) | {"source_on": date(2011, 4, 20)}


def _body(here):
    return Body.objects.create(board=here.plan.board, number=1, name="Scrutiny", receives="Reports", cadence="monthly")


def _scope(here):
    month = here.month
    factories.recommendation(here.plan, 3)
    return again(reporting.refresh_scope, month=month, **here.by)


def _section(here):
    return here.report.sections.get()


ITEM = {"title": "Audits", "purpose": "", "presented_by": "", "is_standing": False}


def _of_item(write, item, who, **what):
    return again(write, item=item, **what, **who)


def _report_on(here, write, **what):
    action = here.action
    return again(write, action=action, meeting=action.raised_at, **what, **here.by)


def _change_paper(here):
    access = {"title": "Audit", "item": None, "restricted_because": "Names a post."}
    return again(papers.change, paper=factories.paper(here.held), version=0, **access, **here.by)


def _agree(here):
    factories.minuted(here.held)
    meeting = here.plan.board.meetings.get()
    return again(
        meetings.agree_minutes, meeting=meeting, agreed_in=factories.held(here.plan, date(2011, 4, 25)), **here.by
    )


def _attendance(here):
    held = here.held
    seats = {held.board.seats.get(role="chair"): ("present", "")}
    return again(meetings.record_attendance, meeting=held, version=held.version, seats=seats, **here.by)


WRITES = {
    "posts.hand_over": lambda here: again(
        posts.hand_over,
        post=here.plan.recommendations.first().lead_post,
        holder=user("New Holder"),
        deputy=None,
        on=date(2011, 4, 1),
        **here.by,
    ),
    "actions.raise_action": lambda here: again(
        actions.raise_action, meeting=here.held, wording="Ask.", owner="The chair", **here.by
    ),
    "actions.note_progress": lambda here: _report_on(here, actions.note_progress, text="Begun."),
    "actions.close": lambda here: _report_on(here, actions.close, version=0, outcome="Done."),
    "meetings.plan_meeting": lambda here: again(
        meetings.plan_meeting, board=here.plan.board, held_on=date(2011, 5, 9), **here.by
    ),
    "meetings.change_details": lambda here: again(
        meetings.change_details,
        meeting=factories.meeting(here.plan),
        version=0,
        held_on=date(2011, 5, 10),
        starts_at=None,
        place="Civic Hall",
        note="",
        **here.by,
    ),
    "meetings.receive_month": lambda here: again(
        meetings.receive_month, meeting=here.held, month=here.published.month, **here.by
    ),
    "meetings.add_item": lambda here: again(meetings.add_item, meeting=here.held, title="Audits", **here.by),
    "meetings.change_item": lambda here: _of_item(
        meetings.change_item, here.held.items.get(), here.by, version=0, **ITEM
    ),
    "meetings.move_item": lambda here: _of_item(
        meetings.move_item,
        meetings.add_item(meeting=factories.meeting(here.plan), title="Audits", **here.by),
        here.by,
        position=1,
    ),
    "meetings.remove_item": lambda here: _of_item(
        meetings.remove_item, factories.meeting(here.plan).items.get(), here.by
    ),
    "meetings.publish_agenda": lambda here: again(
        meetings.publish_agenda, meeting=factories.meeting(here.plan), **here.by
    ),
    "meetings.record_attendance": _attendance,
    "meetings.write_minute": lambda here: _of_item(
        meetings.write_minute, here.held.items.get(), here.by, version=0, minute="It was discussed."
    ),
    "meetings.record_decision": lambda here: again(
        meetings.record_decision, meeting=here.held, wording="Agreed.", **here.by
    ),
    "meetings.remove_decision": lambda here: again(
        meetings.remove_decision, decision=factories.decision(here.held), **here.by
    ),
    "meetings.agree_minutes": _agree,
    "papers.add": lambda here: again(papers.add, meeting=here.held, title="Rates", file=a_file(), **here.by),
    "papers.change": _change_paper,
    "papers.table": lambda here: again(papers.table, paper=factories.paper(here.held), **here.by),
    "papers.remove": lambda here: again(papers.remove, paper=factories.paper(here.held), **here.by),
    "circulation.record": lambda here: again(
        circulation.record, body=_body(here), what="A letter", sent_on=date(2011, 5, 1), **here.by
    ),
    "reports.start": lambda here: again(
        reports.start, board=here.plan.board, kind="letter", dated_on=date(2011, 5, 1), sections=[("A", "B")], **here.by
    ),
    "reports.write_heading": lambda here: again(
        reports.write_heading, report=here.report, version=0, title="T", addressed_to="", author="Chair", **here.by
    ),
    "reports.write_section": lambda here: again(
        reports.write_section, section=_section(here), version=0, heading="A", text="C", **here.by
    ),
    "reports.add_section": lambda here: again(
        reports.add_section, report=here.report, heading="D", text="E", **here.by
    ),
    "reports.remove_section": lambda here: again(reports.remove_section, section=_section(here), version=0, **here.by),
    "reports.issue": lambda here: again(reports.issue, report=here.report, **here.by),
    "results.record": lambda here: again(results.record, **_result(here), **here.by),
    "results.record_all": lambda here: again(results.record_all, reported=[_reported(here)], **here.by),
    "results.confirm": lambda here: again(
        results.confirm, result=results.record(**_result(here), **here.by), value=Decimal("81.0"), **here.by
    ),
    "results.judge": lambda here: again(
        results.judge,
        milestone=factories.milestone(here.indicator, 2, kind="judged", threshold=None),
        is_met=True,
        reason="Seen.",
        **here.by,
    ),
    "evidence.add": lambda here: again(
        evidence.add, update=here.update, kind="quantitative", title="Rates", file=a_file(), **here.officer
    ),
    "evidence.remove": lambda here: again(evidence.remove, evidence=_evidence(here), **here.officer),
    "reporting.open_month": lambda here: again(reporting.open_month, **MAY | {"plan": here.plan}, **here.by),
    "reporting.refresh_scope": _scope,
    "reporting.write_commentary": lambda here: again(
        reporting.write_commentary, month=here.month, version=0, text="Well.", **here.by
    ),
    "reporting.write_area_update": lambda here: again(
        reporting.write_area_update, area_update=here.month.area_updates.get(), version=0, text="Well.", **here.officer
    ),
    "reporting.publish_month": lambda here: again(reporting.publish_month, month=here.month, **here.by),
    "reporting.save_draft": lambda here: _of_update(reporting.save_draft, here.update, here.officer, progress="Half."),
    "reporting.repeat_last": lambda here: _of_update(
        reporting.repeat_last, here.before, here.officer, reason="Staff were away."
    ),
    "reporting.submit": lambda here: _of_update(reporting.submit, here.update, here.officer, **factories.ANSWERS),
    "reporting.take_back": lambda here: _of_update(reporting.take_back, here.submitted, here.officer),
    "reporting.sign_off": _sign_off,
    "reporting.return_for_changes": lambda here: _of_update(
        reporting.return_for_changes, here.submitted, here.lead, comment="Why?"
    ),
    "reporting.correct": lambda here: again(
        reporting.correct, update=here.published, reason="A slip.", progress="Three.", **here.by
    ),
    "reporting.redact": lambda here: again(
        reporting.redact, update=here.published, field="progress", reason="names a child", **here.by
    ),
    "reporting.redact_month": lambda here: again(
        reporting.redact_month,
        month=reporting.write_commentary(month=here.month, version=0, text="Jo was seen.", **here.by),
        field="commentary",
        reason="names a child",
        **here.by,
    ),
    "revisions.change_due_date": lambda here: again(
        revisions.change_due_date,
        recommendation=here.plan.recommendations.first(),
        due_on=date(2012, 3, 31),
        reason="It starts late.",
        **here.by,
    ),
    "revisions.close": lambda here: again(
        revisions.close,
        recommendation=here.plan.recommendations.first(),
        closure="completed",
        reason="Done.",
        **here.by,
    ),
}


def verbs():
    for module in VERBS:
        for name, function in inspect.getmembers(module, inspect.isfunction):
            told = inspect.signature(function).parameters.values()
            is_told = {"by", "at"} <= {given.name for given in told if given.kind is given.KEYWORD_ONLY}
            if is_told and not name.startswith("_") and function.__module__.startswith(module.__name__):
                yield f"{module.__name__.rpartition('.')[2]}.{name}"


def test_every_verb_has_its_row():
    assert set(verbs()) - PARTS == set(WRITES)


@pytest.mark.parametrize("name", WRITES)
def test_a_write_leaves_one_event_and_the_same_again_none(name):
    write = WRITES[name](Office())
    before = Event.objects.count()
    write()
    assert Event.objects.count() == before + 1
    told = list(Event.objects.values())
    with suppress(Refusal):
        write()
    assert list(Event.objects.values()) == told


def test_an_event_says_who_when_and_on_what():
    here = Office()
    WRITES["reporting.submit"](here)()
    event = Event.objects.first()
    assert (event.by.name, event.at, event.what) == ("Ada Officer", AT, "update.submitted")
    assert (event.on_type, event.on_id) == ("plans.monthlyupdate", here.update.pk)
    assert event.on_text == "R01 Recommendation 1, May 2011"


def test_what_is_refused_leaves_no_event():
    here = Office()
    row = here.published
    told = list(Event.objects.values())
    with pytest.raises(Refusal):
        reporting.save_draft(update=row, version=row.version, by=user(), at=later(days=9), progress="Late.")
    assert list(Event.objects.values()) == told
