"""The list as a file: the same rows in the same order, with every text of theirs.

Of a published month it reads only what that month's own rows hold, so its bytes never change.
"""

from operator import attrgetter

from django.db.models import prefetch_related_objects
from django.utils import timezone

from improvement.workbooks.sheets import Column, Sheet
from plans import calendar
from plans.months import narrative, sets
from plans.ratings import Direction, Movement, Rating

_WIDTHS = {"remedy_owner": 25, "green_by": 16, "proposed_due_on": 16}


def _yes(is_so):
    return "yes" if is_so else ""


def _label(words, value):
    return words(value).label if value else ""


def _status(row):
    return "; ".join(sets.marks(row))


def _contradictions(row):
    return "\n".join(f"{item['sentence']} Reason: {narrative.reason(item)}" for item in row.contradictions)


def _date_changes(row):
    return "\n".join(
        f"{narrative.day(item['before']) or 'No date'} to {narrative.day(item['after'])}, agreed by {item['by_name']}. "
        f"Reason: {item['reason']}"
        for item in row.date_changes
    )


def _corrections(row):
    return "\n".join(_correction(item) for item in row.corrections.all())


def _correction(item):
    before, after = (narrative.words(item.field, text) or "nothing" for text in (item.before, item.after))
    made = f"{item.by_name}, {_moment(item.at):%-d %B %Y}"
    told = f"{narrative.LABELS[item.field]}: from “{before}” to “{after}”. Reason: {item.reason} ({made})"
    return " ".join(filter(None, (told, narrative.agreement(item))))


COLUMNS = (
    Column("Reference", lambda row: row.reference, 10),
    Column("Title", lambda row: row.title, 30),
    Column("Recommendation", lambda row: row.wording, 50),
    Column("Theme", lambda row: f"{row.theme_number}. {row.theme_title}", 30),
    Column("Outcome", lambda row: f"{row.theme_number}.{row.outcome_number} {row.outcome_title}", 30),
    Column("Areas of focus", lambda row: "; ".join(row.area_titles), 30),
    Column("Lead post", lambda row: row.lead_title, 25),
    Column("Lead officer", lambda row: row.lead_name, 20),
    Column("Accountable post", lambda row: row.accountable_title, 25),
    Column("Accountable lead", lambda row: row.accountable_name, 20),
    Column("Original due date", lambda row: row.original_due_on),
    Column("Due date", lambda row: row.due_on),
    Column("Due date changes agreed this month", _date_changes, 50),
    Column("Overdue", lambda row: _yes(row.is_overdue), 10),
    Column("Rating", lambda row: _label(Rating, row.rating) or "No update received", 20),
    Column("Corrected rating", lambda row: _label(Rating, narrative.corrected_rating(row.corrections.all())), 20),
    Column("Direction of travel", lambda row: _label(Direction, row.direction), 20),
    Column("Rating last reported", lambda row: _label(Rating, row.previous_rating), 20),
    Column("Month last reported", lambda row: calendar.label(row.previous_month) if row.previous_month else "", 20),
    Column("Movement", lambda row: row.movement and Movement(row.movement).capitalize(), 12),
    Column("Months at this rating, or at the one last reported", lambda row: row.months_at_rating or None, 20),
    Column("At this rating since", lambda row: calendar.label(row.rated_since) if row.rated_since else "", 20),
    Column("Stuck", lambda row: _yes(row.is_stuck), 10),
    Column("Long at one rating", lambda row: _yes(row.is_long), 10),
    Column("Status", _status, 20),
    *(
        Column(label, attrgetter(field), _WIDTHS.get(field, 50))
        for field, label in narrative.LABELS.items()
        if field not in {"rating", "direction"}
    ),
    Column("Contradictions, each with its reason", _contradictions, 50),
    Column("Submitted by", lambda row: row.submitted_name, 20),
    Column("Submitted at", lambda row: row.first_submitted_at, 18),
    Column("Submitted again at", lambda row: row.submitted_at if row.is_resubmitted else "", 18),
    Column("Entered for", lambda row: row.entered_for, 30),
    Column("Signed off by", lambda row: row.signed_off_name, 20),
    Column("Signed off at", lambda row: row.signed_off_at, 18),
    Column("Signed off for", lambda row: row.signed_off_for, 30),
    Column("Corrections since publication", _corrections, 50),
)


def sheet(filters, rows):
    """Return the file of `rows`, which `filters` selected."""
    month = filters.month
    title, *lines = _heading(filters, complete(month, rows))
    subject = f"Recommendations, {month.label}"
    return Sheet(title, lines, COLUMNS, rows, month.month, name="Recommendations", subject=subject, kept=2)


def complete(month, rows):
    """Give `rows` the titles of their areas, and their corrections, in two queries."""
    titles = dict(month.area_updates.values_list("letter", "title"))
    prefetch_related_objects(rows, "corrections")
    for row in rows:
        row.area_titles = [f"{letter}. {titles.get(letter, '')}" for letter in row.area_letters]
    return rows


def _heading(filters, rows):
    """Return the lines above the table: what it is, as of when, what is illustrative, and how it was filtered."""
    month = filters.month
    state = "Open: live figures that the Board has not seen yet"
    if month.is_published:
        state = f"As published on {_moment(month.published_at):%-d %B %Y, %H:%M}"
    return [
        line
        for line in (
            f"{month.plan_title}: recommendations, {month.label}",
            state,
            month.caveat,
            " ".join(f"{label}: {wording}" for _, label, wording in month.offered),
            f"Filters: {filters.words or 'none'}. {len(rows)} of {len(filters.whole)} recommendations.",
            *map(_removal, narrative.removals([month.pk])),
        )
        if line
    ]


def _removal(item):
    where = f"{item.reference}, " if item.reference else ""
    made = f"{_moment(item.at):%-d %B %Y}, by {item.by_name}"
    return f"Removed since, because it could identify someone: {where}{item.label} ({made}: {item.reason})"


def _moment(at):
    return timezone.localtime(at)
