"""A small invented council for tests: plain functions, the same rows every time.

It lives in 2011, before the moment at which the demonstration pins the clock.
"""

import hashlib
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.files.base import ContentFile

from accounts import posts
from accounts.audit import events
from accounts.models import Post, User
from boards import actions, challenges, meetings, papers, reports
from boards.challenges import advice as advices
from boards.models import Board, Body, Pack, PackFile, Seat
from boards.packs import kept_packs
from boards.reports import circulation
from notices import interim
from notices.models import (
    Continuation,
    FactorEvidence,
    Finding,
    Indicator,
    Inspection,
    Judgement,
    Milestone,
    Notice,
    SustainabilityFactor,
    Target,
)
from notices.targets import results
from plans import reporting
from plans.models import AreaOfFocus, Outcome, Plan, Recommendation, Theme

AT = datetime(2011, 5, 1, 9, 0, tzinfo=ZoneInfo("Europe/London"))
SINCE = date(2011, 1, 1)
ANSWERS = {
    "rating": "amber",
    "direction": "steady",
    "progress": "Two teams were trained.",
    "impact": "Families are seen sooner.",
    "next_steps": "Train the other teams.",
    "remedy": "More trainers.",
    "remedy_owner": "Head of Training",
    "green_by": date(2012, 9, 30),
}


def later(**delta):
    """Return the moment that is so long after AT."""
    return AT + timedelta(**delta)


def user(name="Ada Officer", **fields):
    email = f"{name.lower().replace(' ', '.')}@thornbury.example"
    known = User.objects.filter(email=email).first()
    return known or User.objects.create_user(email, password="three random words", name=name, **fields)


def second_factor(person):
    """Give the person an app with codes, and recovery codes; return the app's key."""
    key = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    TOTP.activate(person, key)
    RecoveryCodes.activate(person)
    return key


def post(title="Head of Safeguarding", holder=None, deputy=None):
    made, _ = Post.objects.get_or_create(title=title, organisation="Thornbury Council")
    if holder or deputy:
        posts.hand_over(post=made, holder=holder, deputy=deputy, on=SINCE, by=holder or deputy, at=AT)
        made.refresh_from_db()
    return made


def plan(recommendations=1, themes=1, slug="thornbury"):
    """Return a plan with its people: an officer and deputy, an accountable lead and deputy, office, chair, observer."""
    made = Plan.objects.create(slug=slug, title="Thornbury Improvement Plan", council="Thornbury Council")
    made.programme_office.add(user("Olga Office"))
    lead = post("Head of Safeguarding", user("Ada Officer"), user("Dev Deputy"))
    accountable = post("Director of Children", user("Liam Lead"), user("Dina Deputy"))
    for number in range(1, themes + 1):
        theme = Theme.objects.create(plan=made, number=number, title=f"Theme {number}")
        Outcome.objects.create(theme=theme, number=1, title=f"Outcome {number}", accountable_post=accountable)
    for number in range(1, recommendations + 1):
        recommendation(made, number, lead, theme=(number - 1) % themes + 1)
    board = Board.objects.create(slug=slug, name="Thornbury Improvement Board", plan=made)
    for role, name in (("chair", "Cass Chair"), ("member", "Mo Member"), ("observer", "Obi Observer")):
        Seat.objects.create(board=board, role=role, person=name, user=user(name), from_on=SINCE)
    return made


def recommendation(plan, number, lead=None, theme=1, **fields):
    return Recommendation.objects.create(
        plan=plan,
        title=f"Recommendation {number}",
        wording=f"Improve matter {number} without delay.",
        outcome=Outcome.objects.get(theme__plan=plan, theme__number=theme, number=1),
        lead_post=lead or Post.objects.get(title="Head of Safeguarding"),
        **{
            "reference": f"R{number:02}",
            "original_due_on": date(2011, 12, 31),
            "due_on": date(2011, 12, 31),
            "opened_on": SINCE,
        }
        | fields,
    )


def area(plan, letter="A"):
    return AreaOfFocus.objects.create(
        plan=plan,
        letter=letter,
        title=f"Area {letter}",
        leading_post=Post.objects.get(title="Head of Safeguarding"),
        from_on=SINCE,
    )


def month(plan, number=5, at=AT):
    """Open a month of 2011; updates are due on its 20th."""
    return reporting.open_month(
        plan=plan,
        month=date(2011, number, 1),
        due_on=date(2011, number, 20),
        sign_off_due_on=date(2011, number, 24),
        data_as_at=date(2011, number, 15),
        by=user("Olga Office"),
        at=at,
    )


def submitted(update, by=None, at=AT, **answers):
    return reporting.submit(
        update=update, version=update.version, by=by or user("Ada Officer"), at=at, **ANSWERS | answers
    )


def signed_off(update, at=AT, **answers):
    row = submitted(update, at=at, **answers)
    return reporting.sign_off(update=row, version=row.version, by=user("Liam Lead"), at=at)


def published(month, at=AT):
    return reporting.publish_month(month=month, by=user("Olga Office"), at=at)


def notice(slug="thornbury"):
    """Return a Notice with one measured target, its deciding indicator and one milestone for March 2011."""
    made = Notice.objects.create(slug=slug, title="Thornbury Improvement Notice", issuer="Secretary of State")
    target = Target.objects.create(
        notice=made, position=1, reference="N01", kind="measured", wording="Increase timely assessments to 80%."
    )
    indicator = Indicator.objects.create(
        target=target, reference="NI 59", name="Assessments in time", unit="%", better="higher", decides=True
    )
    milestone(indicator)
    return made


def milestone(indicator, position=1, **fields):
    return Milestone.objects.create(
        indicator=indicator,
        position=position,
        **{
            "wording": "80% for March 2011",
            "kind": "level",
            "basis": "month",
            "period_start": date(2011, 3, 1),
            "period_end": date(2011, 3, 31),
            "threshold": 80,
        }
        | fields,
    )


def target(notice, number, **fields):
    return Target.objects.create(
        notice=notice,
        position=number,
        reference=f"N{number:02}",
        **{"kind": "narrative", "wording": f"Demand {number} is to be met."} | fields,
    )


def inspection(slug="announced", **fields):
    return Inspection.objects.create(
        slug=slug,
        **{
            "title": f"Inspection, {slug}",
            "kind": "announced",
            "council": "Thornbury Council",
            "ordered_on": date(2010, 11, 1),
        }
        | fields,
    )


def finding(inspection, number, **fields):
    return Finding.objects.create(
        inspection=inspection,
        position=number,
        reference=f"S{number:02}",
        **{"group": "Safeguarding", "wording": f"Put matter {number} right.", "urgency": "immediately"} | fields,
    )


def judgement(inspection, position, grade="", **fields):
    return Judgement.objects.create(
        inspection=inspection,
        position=position,
        grade=grade,
        **{"name": f"Line {position}", "grade_as_printed": grade.capitalize()} | fields,
    )


def factor(notice, position=1, **fields):
    return SustainabilityFactor.objects.create(
        notice=notice, position=position, **{"wording": f"factor {position}", "source": "A letter"} | fields
    )


def evidence_of(factor, position=1, stage="now", **fields):
    return FactorEvidence.objects.create(
        factor=factor,
        position=position,
        stage=stage,
        **{"wording": f"evidence {position}", "source": "A letter"} | fields,
    )


def continuation(notice, position=1, *targets, **fields):
    made = Continuation.objects.create(
        notice=notice, position=position, **{"wording": f"what carries on {position}", "source": "A report"} | fields
    )
    made.targets.set(targets)
    return made


def result(indicator, value="80.5", **fields):
    """Record a provisional value for March 2011, known from 20 April."""
    return results.record(
        **{
            "indicator": indicator,
            "period_start": date(2011, 3, 1),
            "period_end": date(2011, 3, 31),
            "basis": "month",
            "value": value and Decimal(value),
            "source": "Monthly return",
            "source_on": date(2011, 4, 20),
            "by": user("Olga Office"),
            "at": AT,
        }
        | fields
    )


def outgoing(board, kind="council", dated_on=date(2011, 5, 1), by=None, **given):
    return reports.start(board=board, kind=kind, dated_on=dated_on, by=by or user("Olga Office"), at=AT, **given)


def issued(report, by=None, at=AT):
    return reports.issue(report=report, by=by or report.started_by, at=at)


def body(board, number=1, name="Executive Board", every_months=3, **fields):
    return Body.objects.create(
        board=board,
        number=number,
        name=name,
        receives="The update report",
        cadence=f"Every {every_months} months" if every_months else "No rhythm",
        every_months=every_months,
        **fields,
    )


def sent(body, sent_on=date(2011, 4, 1), what="Update report", **given):
    return circulation.record(body=body, what=what, sent_on=sent_on, by=user("Olga Office"), at=AT, **given)


def report(notice, on=date(2011, 4, 30), at=AT):
    """Draft a report to the department that says something of every target."""
    office = user("Olga Office")
    made = interim.start(notice=notice, reported_on=on, title=f"Report of {on:%B %Y}", by=office, at=at)
    interim.write_cover(report=made, version=0, purpose="To report.", conclusion="It is better.", by=office, at=at)
    for entry in made.entries.select_related("target"):
        text = f"Matter {entry.reference} was seen to."
        interim.write_entry(
            report=made, target=entry.target, version=0, status="well-on-the-way", narrative=text, by=office, at=at
        )
    made.refresh_from_db()
    return made


def tabled_report(notice, on=date(2011, 4, 30), at=AT):
    return interim.table(report=report(notice, on, at), tabled_on=AT.date(), by=user("Olga Office"), at=at)


def issued_report(notice, on=date(2011, 4, 30), at=AT):
    made, office = tabled_report(notice, on, at), user("Olga Office")
    made = interim.agree(report=made, version=made.version, agreed_on=AT.date(), by=office, at=at)
    return interim.issue(report=made, version=made.version, by=office, at=at)


def a_file(name="rates.csv", content=b"month,rate\n"):
    return ContentFile(content, name=name)


def meeting(plan, held_on=date(2011, 5, 9), at=AT, **details):
    """Plan a meeting of the plan's Board with one item on its agenda beside those that are carried over."""
    made = meetings.plan_meeting(board=plan.board, held_on=held_on, by=user("Olga Office"), at=at, **details)
    meetings.add_item(meeting=made, title=f"Item of {held_on:%-d %B}", by=user("Olga Office"), at=at)
    return made


def announced(meeting, at=AT, papers=()):
    return meetings.publish_agenda(meeting=meeting, papers=papers, by=user("Olga Office"), at=at)


def held(plan, held_on=date(2011, 4, 11), at=AT):
    """Return a meeting that was held on a day before `at`, nothing of it recorded yet."""
    return announced(meeting(plan, held_on, at), at)


def minuted(meeting, minute="It was discussed.", at=AT):
    """Write a minute under the last item of the meeting, and return that item."""
    item = meeting.items.last()
    return meetings.write_minute(item=item, version=item.version, minute=minute, by=user("Olga Office"), at=at)


def agreed(meeting, agreed_in, at=AT):
    return meetings.agree_minutes(meeting=meeting, agreed_in=agreed_in, by=user("Olga Office"), at=at)


def paper(meeting, title="Quality of practice", at=AT, **access):
    """Add a draft with a file of its own."""
    file = a_file(f"{title}.txt", title.encode())
    return papers.add(meeting=meeting, title=title, file=file, by=user("Olga Office"), at=at, **access)


def tabled(paper, at=AT):
    return papers.table(paper=paper, by=user("Olga Office"), at=at)


def action(meeting, wording="Ask partners for staff.", at=AT, **facts):
    facts = {"owner": "The chair", "due_on": meeting.held_on + timedelta(days=14)} | facts
    return actions.raise_action(meeting=meeting, wording=wording, by=user("Olga Office"), at=at, **facts)


def decision(meeting, wording="Agreed.", at=AT, **about):
    return meetings.record_decision(meeting=meeting, wording=wording, by=user("Olga Office"), at=at, **about)


def challenge(plan, question="How do you know?", by=None, at=AT, **asked):
    """Ask about the plan's first recommendation, from the member's seat."""
    by = by or user("Mo Member")
    if "target" not in asked:
        asked.setdefault("recommendation", plan.recommendations.first())
    seat = plan.board.seats.get(user=by)
    return challenges.ask(board=plan.board, seat=seat, question=question, by=by, at=at, **asked)


def answered(challenge, answer="From the audits.", by=None, at=AT):
    return challenges.answer(
        challenge=challenge, answer=answer, version=challenge.version, by=by or user("Ada Officer"), at=at
    )


def concluded(challenge, outcome="none", by=None, at=AT, **told):
    return challenges.conclude(
        challenge=challenge, outcome=outcome, version=challenge.version, by=by or user("Cass Chair"), at=at, **told
    )


def advice(board, wording="Appoint a permanent director.", at=AT, **fields):
    return advices.record(board=board, wording=wording, by=user("Cass Chair"), at=at, **fields)


def received(meeting, month, at=AT):
    """Lay a published month before the meeting; return the meeting with all that a pack is made of."""
    made = meetings.receive_month(meeting=meeting, month=month, by=user("Olga Office"), at=at)
    made.month.plan.board = made.board
    return made


def kept_pack(meeting, audience="board", number=1, first_page=1, named=(), at=AT):
    """Keep a pack of a few bytes, without making it, that names the papers `named`."""
    pack = Pack.objects.create(
        meeting=meeting,
        audience=audience,
        number=number,
        first_page=first_page,
        pages=4,
        contents={
            "parts": {},
            "papers": [paper.pk for paper in named],
            "items": [],
            "month": meeting.month_id,
            "meetings": kept_packs.told_in(meeting),
            "removals": sorted(kept_packs.removals_of(meeting, list(meeting.packs.all()))),
        },
        made_at=at,
        made_by=user("Olga Office"),
    )
    for form in PackFile.Form.values:
        content = f"{pack} as {form}".encode()
        file = PackFile(pack=pack, form=form, size=len(content), sha256=hashlib.sha256(content).hexdigest())
        file.file.save(f"{audience}-{number}-{form}", ContentFile(content), save=False)
        file.save()
    digest = pack.files.get(form=PackFile.Form.PDF).sha256
    events.record(by=pack.made_by, at=at, what="pack.kept", on=meeting, sha256=[digest])
    return pack
