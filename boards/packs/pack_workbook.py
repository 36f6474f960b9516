"""The tables of a pack as a workbook: a sheet for each, in the pack's order, free of live formulas."""

from collections.abc import Iterable
from operator import attrgetter, itemgetter
from typing import Any

from django.utils import timezone

from boards import tables
from boards.models import Pack
from boards.packs.contents import BoardPack
from boards.packs.pack_document import notice
from boards.packs.pack_document import recommendations as told
from boards.packs.pack_document.parts import Section
from improvement.workbooks.sheets import Column, Sheet, workbook
from notices import tables as notice_tables
from plans import calendar
from plans.months import exports as month_exports
from plans.months import narrative, sets
from plans.rating_evidence import Match

_MINE = {"rating", "direction"}


def write(pack: BoardPack, shown: Iterable[Section], *, name: str = "Board pack") -> bytes:
    """Return the workbook of those tables that belong to the sections `shown`; the same bytes for the same pack."""
    title = f"{name}, {pack.meeting.held_on:%-d %B %Y}"
    audience = Pack.Audience(pack.audience).label
    lines = [pack.meeting.board.name, f"{audience} · {pack.month.label}", f"As of {pack.on:%-d %B %Y}"]
    lines += [line for line in (pack.month.caveat,) if line]
    sheets: dict[str, Any] = {}
    for section in shown:
        sheets |= _SHEETS[section.key](pack)
    return workbook({name: Sheet(title, lines, columns, rows, pack.on) for name, (columns, rows) in sheets.items()})


def _pairs(*headings, widths=()):
    """Return columns of rows that are tuples of text and numbers."""
    wide = dict(enumerate(widths))
    return tuple(Column(heading, itemgetter(place), wide.get(place, 16)) for place, heading in enumerate(headings))


# What nobody has entered is not said.
_YES_OR_NO = {None: "", True: "Yes", False: "No"}


def _cover(pack):
    sheet = pack.cover
    rows = [
        ("Originator", sheet.originator),
        ("Telephone", sheet.telephone),
        ("Report of", sheet.report_of),
        ("To", pack.meeting.board.name),
        ("Date", pack.meeting.held_on),
        ("Subject", sheet.subject),
        ("Electoral wards affected", sheet.wards),
        ("Equality and diversity", sheet.equality),
        ("Community cohesion", sheet.cohesion),
        ("Narrowing the gap", sheet.narrowing),
        ("Ward members consulted", _YES_OR_NO[sheet.is_consulted]),
        ("Eligible for call-in", _YES_OR_NO[sheet.is_for_call_in]),
        ("Executive summary", sheet.executive_summary),
        ("Recommendations", sheet.recommendations),
    ]
    said = [(term, value) for term, value in rows if value]
    return {"Cover": (_pairs("Cover sheet", "Said", widths=(26, 100)), said)}


def _agenda(pack):
    items = [
        (entry.number, entry.item.title, entry.item.purpose, entry.item.presented_by, entry.withheld)
        for entry in pack.items
    ]
    numbers = {entry.item.pk: entry.number for entry in pack.items}
    withheld = [(numbers.get(paper.item_id), paper.title, reason) for paper, reason in pack.withheld]
    return {
        "Agenda": (_pairs("Item", "Title", "For", "Presented by", "Withheld", widths=(8, 50, 30, 40, 50)), items),
        "Withheld": (_pairs("Item", "Paper", "Why", widths=(8, 50, 60)), withheld),
    }


def _papers(pack):
    rows = [
        (one.item, one.paper.title, one.paper.original_name, one.paper.size, one.paper.sha256)
        for one in pack.enclosures
    ]
    headings = ("Item", "Paper", "File", "Size in bytes", "SHA-256")
    return {"Papers": (_pairs(*headings, widths=(8, 50, 40, 14, 70)), rows)}


def _minutes(pack):
    last = pack.minutes
    minuted = [(entry.number, entry.item.title, entry.withheld or entry.minute) for entry in last.items] if last else []
    decided = [(one.number, one.wording, one.item_number) for one in last.decisions] if last else []
    found = {
        "Minutes": (_pairs("Item", "Title", "Minute", widths=(8, 40, 100)), minuted),
        "Decisions": (_pairs("Number", "Decision", "Item", widths=(10, 100, 8)), decided),
    }
    if last and last.guests:
        guests = [(one.name, one.organisation, one.item and one.item.position) for one in last.guests]
        found["Guests"] = (_pairs("Guest", "Post or organisation", "Item", widths=(40, 50, 8)), guests)
    if last and last.declarations:
        declared = [(one.name, one.interest, one.item and one.item.position, one.done) for one in last.declarations]
        headings = ("Who", "Interest", "Item", "What was done")
        found["Declarations of interest"] = (_pairs(*headings, widths=(40, 60, 8, 60)), declared)
    return found


def _summary(pack):
    built = pack.dashboard
    before = {number.key: number.before and number.before.value for number in built.ratings}
    corrected = {number.key: number.value for number in built.corrected}
    totals = [(one.label, one.value, before[one.key], corrected.get(one.key), one.gap) for one in built.ratings]
    totals.append(("All", built.total.value, built.previous and built.previous.total.value, None, ""))
    ratings = tuple(number.label for number in built.ratings)
    history = [(one.month.label, *(number.value for number in one.ratings), one.total.value) for one in built.history]
    moved = [row for name in ("worse", "better") for row in built.sections[name].rows]
    asked = [
        (told.name(row), told.rating_in_words(row), row.decision_sought) for row in built.sections["decisions"].rows
    ]
    counted = [("Updates received", built.received.value)]
    counted += [
        ("Rating " + name + ", of those received", built.sections[name].number.value) for name in ("better", "worse")
    ]
    counted += [("Direction of travel: " + number.label.lower(), number.value) for number in built.directions]
    counted += [(label, built.sections[name].number.value) for name, label in _COUNTED.items()]
    matched = [*pack.evidence.better, *pack.evidence.worse]
    counted += [(match.label, sum(row.judged.match is match for row in matched)) for match in _MATCHED]
    previous = built.previous.month.label if built.previous else "Month before"
    headings = ("Rating", built.month.label, previous, "As corrected since", "Updates missing")
    lasting = [row for row in built.rows if row.is_stuck or row.is_long]
    return {
        "Ratings": (_pairs(*headings, widths=(24, 16, 16, 20, 50)), totals),
        "Counts": (_pairs("What is counted", "Recommendations", widths=(50,)), counted),
        "Changed rating": (_MOVED, moved),
        "Stuck or long": (_LASTING, lasting),
        "No update received": (_MISSING, built.sections["missing"].rows),
        "Rating and evidence": (_EVIDENCE, matched),
        "Decisions asked": (_pairs("Recommendation", "Rating", "Decision asked", widths=(40, 16, 80)), asked),
        "Months": (_pairs("Month", *ratings, "All", widths=(20,)), history),
    }


_COUNTED = {
    "stuck": "Stuck",
    "long": "Long at one rating",
    "overdue": "Overdue when it was published",
    "slipped": "Due later than originally",
    "agreed": "With a new date agreed this month",
    "proposed": "With a new date proposed",
    "missing": "Without an update",
    "late": "Late",
    "not_signed_off": "Counted but not signed off",
}
_MOVED = (
    Column("Recommendation", told.name, 40),
    Column("From", lambda row: row.get_previous_rating_display()),
    Column("Of", lambda row: calendar.label(row.previous_month)),
    Column("To", told.rating_in_words),
    Column("Movement", lambda row: row.movement.capitalize()),
    Column("Direction of travel", told.direction, 20),
)

_MATCHED = (Match.BETTER, Match.WORSE)
_EVIDENCE = (
    Column("Recommendation", told.name, 40),
    Column("Rating", told.rating_in_words, 20),
    Column("Compared with the evidence", lambda row: row.judged.match.label, 30),
    Column("What decides", told.deciding, 50),
    Column("The officer’s reason", told.reasons, 50),
)

_TIME = (
    Column("Months at this rating", lambda row: row.months_at_rating or None),
    Column("At this rating since", lambda row: row.rated_since and calendar.label(row.rated_since), 20),
)
_LASTING = (
    Column("Recommendation", told.name, 40),
    Column("Rating, or the last one received", told.running, 24),
    *_TIME,
    Column("Why", told.lasting, 20),
)
_MISSING = (
    Column("Recommendation", told.name, 40),
    Column("Led by", lambda row: row.lead_title, 30),
    Column("Last rating received", lambda row: row.get_previous_rating_display(), 20),
    Column("Received for", lambda row: row.previous_month and calendar.label(row.previous_month), 20),
)


def _exceptions(pack):
    columns = (
        Column("Recommendation", lambda item: told.name(item.row), 40),
        Column("Rating", lambda item: told.rating_in_words(item.row), 20),
        Column("Why", lambda item: "; ".join(item.reasons), 30),
        Column("Led by", lambda item: item.row.lead_title, 30),
        *(Column(narrative.LABELS[field], attrgetter(f"row.{field}"), 50) for field in told.PATH),
        Column("Corrections since publication", lambda item: _corrections(item.row, pack.has_names), 50),
    )
    return {"Exceptions": (columns, pack.exceptions)}


def _themes(pack):
    built = pack.dashboard
    ratings = tuple(number.label for number in built.ratings)

    def counted(groups):
        return [(one.label, *(number.value for number in one.ratings), one.total.value) for one in groups]

    all_of_them = ("All themes", *(number.value for number in built.ratings), built.total.value)
    found = {"Themes": (_pairs("Theme", *ratings, "All", widths=(60,)), [*counted(built.themes), all_of_them])}
    if built.areas:
        found["Areas of focus"] = (_pairs("Area of focus", *ratings, "All", widths=(60,)), counted(built.areas))
    return found


def _recommendations(pack):
    corrections = Column("Corrections since publication", lambda row: _corrections(row, pack.has_names), 50)
    return {"Recommendations": ((*_RECOMMENDATIONS, corrections), pack.dashboard.rows)}


def _corrections(row, with_names):
    return "\n".join(_correction(item, with_names) for item in row.put_right)


def _correction(item, with_names):
    made = ", ".join(filter(None, (with_names and item.by_name, told.day(timezone.localdate(item.at)))))
    after = narrative.words(item.field, item.after) or "nothing"
    said = f"{narrative.LABELS[item.field]}: {after}. Reason: {item.reason} ({made})"
    return " ".join(filter(None, (said, with_names and narrative.agreement(item))))


_AS_IN_THE_LIST = {
    *("Reference", "Title", "Recommendation", "Theme", "Lead post", "Accountable post", "Original due date", "Due date")
}
_RECOMMENDATIONS = (
    *(column for column in month_exports.COLUMNS if column.heading in _AS_IN_THE_LIST),
    Column("Rating", lambda row: row.get_rating_display() if row.is_received else "No update received", 20),
    Column("Corrected rating", lambda row: row.corrected_word, 16),
    Column("Direction of travel", lambda row: row.get_direction_display(), 20),
    Column("Last published rating", lambda row: row.get_previous_rating_display(), 20),
    Column("Movement", lambda row: row.movement.capitalize(), 12),
    *_TIME,
    Column("Status", lambda row: "; ".join(sets.marks(row)), 24),
    *(Column(label, attrgetter(field), 50) for field, label in narrative.LABELS.items() if field not in _MINE),
)


def _targets(pack):
    # What became of a target in the end is not known before the end.
    columns = [column for column in notice_tables.COLUMNS if column.heading != "Final verdict"]
    steps = [
        (
            one.target.reference,
            step.milestone.indicator.reference,
            step.milestone.wording,
            step.milestone.period,
            step.milestone.words or "Judged in words",
            step.result.words if step.result else "",
            "provisional" if step.is_provisional else "",
            step.words,
        )
        for one in pack.targets
        for step in one.all_steps
    ]
    headings = ("Target", "Indicator", "Milestone", "Period", "To reach", "Value", "Provisional", "Verdict")
    return {
        "Targets": (columns, notice_tables.rows(pack.targets)),
        "Milestones": (_pairs(*headings, widths=(10, 14, 50, 28, 18, 18, 14, 24)), steps),
        "Discrepancies": (_pairs(*notice.SLIPS, widths=(14, 30, 80, 30)), notice.slips(pack.targets)),
    }


def _ratings(pack):
    rows = [(word, wording) for _, word, wording in pack.dashboard.wording]
    return {"Definitions": (_pairs("Rating", "What it means", widths=(16, 100)), rows)}


def _changes(pack):
    log = pack.revision
    rows = [
        (
            entry.reference,
            entry.title,
            entry.words,
            line.get("label"),
            line.get("before"),
            line.get("after"),
            entry.reason,
        )
        for entry in (*log.areas, *log.recommendations, *log.dates)
        for line in entry.lines or [{}]
    ]
    headings = ("Reference", "Title", "What happened", "Field", "Before", "After", "Reason")
    return {"Changes to the plan": (_pairs(*headings, widths=(10, 40, 30, 24, 50, 50, 50)), rows)}


_SHEETS: dict[str, Any] = {
    "cover": _cover,
    "agenda": _agenda,
    "minutes": _minutes,
    "actions": lambda pack: {"Actions": (tables.ACTIONS, pack.actions)},
    "changes": _changes,
    "summary": _summary,
    "ratings": _ratings,
    "exceptions": _exceptions,
    "themes": _themes,
    "recommendations": _recommendations,
    "targets": _targets,
    "challenges": lambda pack: {"Challenges": (tables.CHALLENGES, pack.challenges)},
    "papers": _papers,
}
