"""The cover sheet of a pack as the record drafts it, in the council's form [003]; every number in it was counted."""

from collections import Counter

from boards.dashboard import listed
from boards.models import CoverSheet
from notices.targets.milestones import Verdict
from notices.targets.values import plural
from plans.ratings import Rating

_LISTED = 8


def of(meeting, dashboard, exceptions, targets, *, has_minutes) -> CoverSheet:
    """Return the cover sheet of `meeting` as somebody wrote it, or a draft that is not saved; one query."""
    written = CoverSheet.objects.filter(meeting=meeting).first()
    return written or _draft(meeting, dashboard, exceptions, targets, has_minutes)


def _draft(meeting, dashboard, exceptions, targets, has_minutes):
    month = dashboard.month
    office = f"Programme office, {meeting.board.plan.council}"
    summary = [
        f"This pack is for the meeting of the {meeting.board.name} on {_day(meeting.held_on)}. It presents the "
        f"{month.plan_title} as it was published for {month.label} on {_day(dashboard.judged_on)}, with data as at "
        f"{_day(month.data_as_at)}.",
        _ratings(dashboard),
        _exceptions(exceptions),
        _targets(targets),
    ]
    return CoverSheet(
        meeting=meeting,
        originator=office,
        report_of=office,
        subject=f"{month.plan_title}: {month.label}",
        executive_summary="\n\n".join(f"{number}.0 {text}" for number, text in enumerate(filter(None, summary), 1)),
        recommendations=_recommendations(dashboard, exceptions, has_minutes),
    )


def _ratings(dashboard):
    counted = ", ".join(f"{number.value} {_word(number)}" for number in dashboard.ratings)
    told = f"Of {dashboard.total.value} recommendations: {counted}."
    if previous := dashboard.previous:
        better, worse = (dashboard.sections[name].number.value for name in ("better", "worse"))
        moved = f"{plural(better, 'rating')} got better and {worse} worse" if better or worse else "no rating changed"
        received = dashboard.received.value
        told += f" Since {previous.month.label} {moved}, of the {plural(received, 'update')} received."
        told += "".join(f" {sentence}" for sentence in dashboard.gaps)
    if missing := dashboard.sections["missing"].rows:
        told += f" No update received: {listed(missing)}."
    if majority := dashboard.majority:
        told += f" {majority.value}, the majority, are {majority.label.lower()}."
    return told


def _exceptions(exceptions):
    if not exceptions:
        return "No recommendations are red, overdue, stuck, late or missing."
    red = [item.row for item in exceptions if item.row.is_received and item.row.rating == Rating.RED]
    told = plural(len(exceptions), "exception")
    if red:
        names = "; ".join(f"{row.reference} {row.title}" for row in red[:_LISTED])
        more = len(red) - _LISTED
        told += f", including {len(red)} red: {names}{f'; and {more} more' if more > 0 else ''}"
    return f"{told}."


def _targets(targets):
    rows = [row for row in targets if row.steps]
    if not rows:
        return ""
    counts = Counter(row.verdict for row in rows)
    words = ", ".join(f"{counts[verdict]} {verdict.label.lower()}" for verdict in Verdict if counts[verdict])
    return f"Of the {plural(len(rows), 'target')} of the Notice that have milestones: {words}."


def _recommendations(dashboard, exceptions, has_minutes):
    asked = [row.reference for row in dashboard.sections["decisions"].rows]
    lines = [
        "agree the minutes of the last meeting" if has_minutes else "",
        f"note the progress reported for {dashboard.month.label}",
        "consider the exceptions and the path to green of each" if exceptions else "",
        f"make the decisions asked for under {', '.join(asked)}" if asked else "",
    ]
    told = "\n".join(f"({letter}) {line};" for letter, line in zip("abcd", filter(None, lines), strict=False))
    return f"That the Board\n{told.removesuffix(';')}."


def _word(number):
    return "with no update received" if number.key == "none" else number.label.lower()


def _day(day):
    return f"{day:%-d %B %Y}"
