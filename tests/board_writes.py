"""Every write of a Board, by its name; see `tests/writes.py`."""

from datetime import date

from accounts.removal import redactions
from boards import access, actions, challenges, meetings, packs, papers, public, reports
from boards.challenges import advice
from boards.meetings import succession
from boards.models import Body
from boards.reports import circulation, letterhead
from plans import refresh
from tests import factories
from tests.factories import a_file, user
from tests.office import again


def _body(here):
    return Body.objects.create(board=here.plan.board, number=1, name="Scrutiny", receives="Reports", cadence="monthly")


def _section(here):
    return here.report.sections.get()


def _succeeded(here):
    plan = factories.plan(1, slug="ending")
    refresh.succeed(plan=plan, title="The next plan", slug="next", **here.by)
    return plan.board


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


def _send(here):
    factories.minuted(here.held)
    return again(meetings.send_minutes, meeting=here.plan.board.meetings.get(), **here.by)


def _attendance(here):
    held = here.held
    seats = {held.board.seats.get(role="chair"): ("present", "")}
    return again(meetings.record_attendance, meeting=held, version=held.version, seats=seats, **here.by)


def _of_challenge(write, row, who, **what):
    return again(write, challenge=row, version=row.version, **what, by=user(who), at=factories.AT)


def _answered(here):
    return factories.answered(factories.challenge(here.plan))


def _of_advice(write, row, here, **what):
    return again(write, advice=row, version=row.version, **what, **here.by)


def _responded(here):
    row = factories.advice(here.plan.board)
    return advice.respond(advice=row, response="One was appointed.", version=row.version, **here.by)


def _announced(here):
    return factories.received(here.held, here.published.month)


def _kept(here):
    return factories.kept_pack(here.held).meeting


COVER = dict.fromkeys(("originator", "report_of", "subject", "wards", "executive_summary", "recommendations"), "Said.")
BOARD_WRITES = {
    "access.restrict": lambda here: again(
        access.restrict, thing=here.action, version=0, item=None, restricted_because="Names a post.", **here.by
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
    "meetings.send_minutes": _send,
    "meetings.add_guest": lambda here: again(meetings.add_guest, meeting=here.held, name="Gita Guest", **here.by),
    "meetings.remove_guest": lambda here: again(meetings.remove_guest, guest=factories.guest(here.held), **here.by),
    "meetings.add_declaration": lambda here: again(
        meetings.add_declaration, meeting=here.held, name="Mo Member", interest="A trustee.", **here.by
    ),
    "meetings.remove_declaration": lambda here: again(
        meetings.remove_declaration, declaration=factories.declaration(here.held), **here.by
    ),
    "public.switch": lambda here: again(public.switch, board=here.plan.board, is_public=True, **here.by),
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
    "reports.upload": lambda here: again(
        reports.upload, board=here.plan.board, file=factories.a_picture(), shows="A logo", sender="", **here.by
    ),
    "reports.stop_using": lambda here: again(
        reports.stop_using, letterhead=factories.letterhead(here.plan.board), **here.by
    ),
    "letterhead.redact": lambda here: again(
        letterhead.redact,
        thing=factories.letterhead(here.plan.board),
        field="shows",
        reason="names a child",
        **here.by,
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
    "packs.keep": lambda here: again(packs.keep, meeting=_announced(here), **here.by),
    "packs.choose": lambda here: again(
        packs.choose, meeting=here.held, version=0, board=["names"], observers=[], public=[], **here.by
    ),
    "packs.order": lambda here: again(packs.order, meeting=_announced(here), **here.by),
    "packs.remove": lambda here: again(packs.remove, meeting=_kept(here), reason="names a child", **here.by),
    "packs.write_cover": lambda here: again(packs.write_cover, meeting=here.held, version=0, **COVER, **here.by),
    "succession.carry_over": lambda here: again(
        succession.carry_over, board=_succeeded(here), name="The second Board", slug="second", **here.by
    ),
    "challenges.ask": lambda here: again(
        challenges.ask,
        board=here.plan.board,
        seat=here.plan.board.seats.get(role="member"),
        question="How do you know?",
        recommendation=here.plan.recommendations.first(),
        by=user("Mo Member"),
        at=factories.AT,
    ),
    "challenges.assign": lambda here: _of_challenge(
        challenges.assign, factories.challenge(here.plan), "Olga Office", post=factories.post("Director of Children")
    ),
    "challenges.answer": lambda here: _of_challenge(
        challenges.answer, factories.challenge(here.plan), "Ada Officer", answer="From the audits."
    ),
    "challenges.conclude": lambda here: _of_challenge(
        challenges.conclude, _answered(here), "Cass Chair", outcome="none"
    ),
    "advice.record": lambda here: again(advice.record, board=here.plan.board, wording="Appoint one.", **here.by),
    "advice.respond": lambda here: _of_advice(
        advice.respond, factories.advice(here.plan.board), here, response="One was appointed."
    ),
    "redactions.redact": lambda here: again(
        redactions.redact, thing=factories.challenge(here.plan), field="question", reason="names a child", **here.by
    ),
    "advice.conclude": lambda here: _of_advice(advice.conclude, _responded(here), here, result="She is in post."),
}
