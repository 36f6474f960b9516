"""Plans of any size, written in bulk: the same rows every time, in the order in which they would have arrived.

    .venv/bin/python -m tests.bench.data PLANS RECOMMENDATIONS MONTHS

into the empty, migrated database of the settings. Every month is published, but for the last, November 2011, which is
open. The guards stand aside meanwhile, as in a restore; the digests are none, so `verify` would complain.
"""

import os
import sys
from datetime import UTC, date, datetime, timedelta

RATINGS = ("red", "amber", "amber", "amber", "green", "green", "green")
DIRECTIONS = ("improving", "steady", "steady", "declining")
LAST = date(2011, 11, 1)
THEMES = 5
AREAS = "ABCDEF"
# How many recommendations one post leads; what is left over goes to the last.
LED = 16
# Has a seat on the Board of every plan.
EVERYWHERE = "Obi Observer of All"
PATH = ("Too few staff.", "Recruit six more.", "Head of Service")


def load(plans, recommendations, months):
    """Write so many plans, each with so many recommendations and months, and return the plans."""
    from django.db import transaction

    from improvement.records import triggers

    triggers.drop()
    try:
        with transaction.atomic():
            return [_plan(number, recommendations, months) for number in range(1, plans + 1)]
    finally:
        triggers.install()


def _plan(number, recommendations, months):
    """Write one plan with its people: `Olga Office 7` runs plan 7, and `Ada Officer 7-2` leads its second 16."""
    from notices.models import Notice
    from plans.models import Plan

    notice = Notice.objects.filter(slug="bench").first() or _notice()
    made = Plan.objects.create(
        slug=f"bench-{number}", title=f"Improvement Plan {number}", council=f"Council {number}", notice=notice
    )
    people = _people(made, number)
    leads = [
        _post(made, f"Head of Service {place}", f"Ada Officer {number}-{place}", _shared("Ada Officer", number, place))
        for place in range(1, -(-recommendations // LED) + 1)
    ]
    _shape(made, leads, _post(made, "Director", f"Liam Lead {number}", _shared("Liam Lead", number)))
    made.recommendations.bulk_create(_recommendations(made, leads, recommendations))
    rows = list(made.recommendations.select_related("outcome__theme", "outcome__accountable_post", "lead_post__holder"))
    for at, month in enumerate(_calendar(months)):
        _month(made, month, rows, at, people)
    return made


def _notice():
    """Write the Notice that all plans answer: ten targets, each with a few milestones of one measure."""
    from tests import factories

    made = factories.notice("bench")
    for number in range(2, 11):
        target = factories.target(made, number, kind="measured")
        indicator = target.indicators.create(
            reference=f"NI {number}", name=f"Measure {number}", unit="%", better="higher", decides=True
        )
        for position in range(1, 4):
            factories.milestone(indicator, position)
    return made


def _shared(name, number, place=1):
    """Return who deputises there: one person of each kind works for the first ten plans, in one post of each."""
    return f"{name} of Ten" if number <= 10 and place == 1 else None


def _people(plan, number):
    """Write the plan's Board and office; return its office and director."""
    from boards.models import Board, Seat
    from tests.factories import SINCE, user

    # Who reads all plans has a second role in the first: with one, the home page would lead on to its page.
    office = [f"Olga Office {number}", _shared("Olga Office", number), EVERYWHERE if number == 1 else None]
    plan.programme_office.add(*(user(name) for name in office if name))
    board = Board.objects.create(slug=plan.slug, name=f"Board {number}", plan=plan)
    seats = [("chair", f"Cass Chair {number}"), ("member", _shared("Mo Member", number)), ("observer", f"Obi {number}")]
    for role, name in (*seats, ("observer", EVERYWHERE)):
        if name:
            Seat.objects.create(board=board, role=role, person=name, user=user(name), from_on=SINCE)
    return {"office": user(office[0]), "lead": user(f"Liam Lead {number}")}


def _post(plan, title, holder, deputy):
    from tests.factories import post, user

    return post(f"{title}, {plan.council}", user(holder), user(deputy) if deputy else None)


def _shape(plan, leads, director):
    """Write the plan's themes, each of one outcome, and its areas of focus."""
    from plans.models import AreaOfFocus, Outcome, Theme
    from tests.factories import SINCE

    for number in range(1, THEMES + 1):
        theme = Theme.objects.create(plan=plan, number=number, title=f"Theme {number}")
        Outcome.objects.create(theme=theme, number=1, title=f"Outcome {number}", accountable_post=director)
    for letter in AREAS:
        made = {"letter": letter, "title": f"Area {letter}", "leading_post": leads[0], "from_on": SINCE}
        AreaOfFocus.objects.create(plan=plan, **made)


def _recommendations(plan, leads, count):
    from plans.models import Outcome, Recommendation

    outcomes = list(Outcome.objects.filter(theme__plan=plan).order_by("theme__number"))
    for number in range(1, count + 1):
        yield Recommendation(
            plan=plan,
            reference=f"R{number:02}",
            title=f"Recommendation {number}",
            wording=f"Improve matter {number} so that it is timely, well led and known to make a difference.",
            outcome=outcomes[number % THEMES],
            lead_post=leads[(number - 1) // LED],
            original_due_on=date(2011, 3, 31),
            due_on=date(2011, 3, 31) + timedelta(days=30 * (number % 12)),
            opened_on=date(2000, 1, 1),
        )


def _calendar(count):
    """Return the first days of the `count` months that end with LAST."""
    found = [LAST]
    while len(found) < count:
        found.insert(0, (found[0] - timedelta(days=1)).replace(day=1))
    return found


def _month(plan, month, recommendations, at, people):
    from plans.models import AreaUpdate, MonthlyUpdate, ReportingMonth
    from plans.ratings import DEFAULT_WORDING

    moment = datetime(month.year, month.month, 20, 12, tzinfo=UTC)
    published = {"published_at": moment, "published_by": people["office"], "digest": "0" * 64, "digest_format": 1}
    row = ReportingMonth.objects.create(
        plan=plan,
        month=month,
        due_on=month.replace(day=10),
        sign_off_due_on=month.replace(day=15),
        data_as_at=month.replace(day=1),
        plan_title=plan.title,
        wording={rating.value: wording for rating, wording in DEFAULT_WORDING.items() if rating != "complete"},
        commentary="Most recommendations moved on this month; three did not.",
        opened_at=moment - timedelta(days=15),
        opened_by=people["office"],
        **({} if month == LAST else published),
    )
    MonthlyUpdate.objects.bulk_create(
        _update(row, recommendation, number, at, people) for number, recommendation in enumerate(recommendations)
    )
    AreaUpdate.objects.bulk_create(
        AreaUpdate(
            month=row,
            area=area,
            leading_post=area.leading_post,
            letter=area.letter,
            title=area.title,
            leading_title=area.leading_post.title,
        )
        for area in plan.areas.select_related("leading_post")
    )


def _update(month, recommendation, number, at, people):
    from plans.models import MonthlyUpdate

    outcome, lead = recommendation.outcome, recommendation.lead_post
    row = MonthlyUpdate(
        month=month,
        recommendation=recommendation,
        theme=outcome.theme,
        outcome=outcome,
        lead_post=lead,
        accountable_post=outcome.accountable_post,
        reference=recommendation.reference,
        title=recommendation.title,
        wording=recommendation.wording,
        theme_number=outcome.theme.number,
        theme_title=outcome.theme.title,
        outcome_number=outcome.number,
        outcome_title=outcome.title,
        lead_title=lead.title,
        accountable_title=outcome.accountable_post.title,
        original_due_on=recommendation.original_due_on,
        due_on=recommendation.due_on,
        areas=f" {AREAS[number % len(AREAS)]} ",
    )
    if at:
        row.previous_rating, row.previous_direction = _reported(number, at - 1)
        row.previous_month = (month.month - timedelta(days=1)).replace(day=1)
    if month.is_published:
        _answer(row, number, at, month.published_at, people)
    return row


def _answer(row, number, at, moment, people):
    from plans.ratings import Rating, movement

    row.rating, row.direction = _reported(number, at)
    row.movement = movement(Rating(row.previous_rating) if at else None, Rating(row.rating)) or ""
    row.progress = f"What was done about matter {number} in month {at}, in a sentence or two of the usual length."
    row.impact, row.next_steps = "Families are seen sooner.", "Train the other teams."
    if row.rating in {"red", "amber"}:
        row.green_by = date(2012, 3, 31)
        row.cause, row.remedy, row.remedy_owner = PATH
    officer, lead = row.recommendation.lead_post.holder, people["lead"]
    row.submitted_at, row.submitted_by, row.submitted_name = moment, officer, officer.name
    row.first_submitted_at = moment
    row.signed_off_at, row.signed_off_by, row.signed_off_name = moment, lead, lead.name
    row.status, row.version = "signed_off", 2


def _reported(number, at):
    """Return rating and direction of recommendation `number` in month `at`: each holds for a quarter or so."""
    return RATINGS[(number + at // 3) % len(RATINGS)], DIRECTIONS[(number + at) % len(DIRECTIONS)]


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    load(*map(int, sys.argv[1:]))


if __name__ == "__main__":
    main()
