"""What a month says: the three-minute summary, the exceptions, the themes, every recommendation, what ratings mean."""

from collections.abc import Iterator

from django.template.loader import render_to_string

from boards.dashboard import charts, listed
from boards.models import Pack
from boards.packs.contents import EXCEPTIONS, BoardPack
from boards.packs.pack_document import recommendations as told
from boards.packs.pack_document.parts import listed as shown
from improvement.documents.blocks import Block, Bullets, Figure, Heading, Paragraph, Rating, Table
from plans import calendar

# What the summary counts beside the ratings, a line for each group: the dashboard's section, and its words.
_COUNTED = (
    (("stuck", "stuck (red or amber with the same rating for three months or more, and not improving)"),),
    (("long", "long at one rating (red or amber with the same rating for six months or more)"),),
    (("overdue", "overdue when it was published"), ("slipped", "due later than originally")),
    (("agreed", "with a new date agreed this month"), ("proposed", "with a new date proposed")),
    (("missing", "without an update"), ("late", "late"), ("not_signed_off", "counted but not signed off")),
)


def summary(pack: BoardPack) -> Iterator[Block]:
    built = pack.dashboard
    if pack.month.headline:
        yield Paragraph(pack.month.headline, "lead")
    if pack.month.commentary or not pack.month.headline:
        style = "" if pack.month.headline else "lead"
        yield Paragraph(pack.month.commentary or "There is no overall commentary.", style)
    yield _totals(built)
    yield from _corrected(built)
    better, worse = len(pack.evidence.better), len(pack.evidence.worse)
    matched = f"{better} rated better than the evidence, {worse} rated worse than the evidence."
    yield Bullets((*_counted(built), matched))
    yield Heading(2, "Changed rating")
    yield shown(_moved(built))
    yield Heading(2, "Stuck, or long at one rating")
    yield shown(_lasting(built))
    yield Heading(2, "Decisions asked of the Board")
    asked = [(told.name(row), told.rating(row), row.decision_sought) for row in built.sections["decisions"].rows]
    headers = ("Recommendation", "Rating", "Decision asked")
    empty = "The Board is not asked for any decisions."
    yield shown(Table("Asked for in the updates received", headers, asked, widths=(30, 14, 56), empty=empty))
    yield Heading(2, "Rating and evidence")
    yield from _evidence(pack)
    yield Heading(2, "Ratings month by month")
    yield _chart(built)
    yield _history(built)


def _totals(built):
    previous = built.previous
    rows = [
        (
            Rating("" if number.key == "none" else number.key, number.label),
            str(number.value),
            *((str(number.before.value), _change(number)) if previous else ()),
        )
        for number in built.ratings
    ]
    rows.append(("All", str(built.total.value), *((str(previous.total.value), "") if previous else ())))
    headers = ("Rating", built.month.label, *((previous.month.label, "Change") if previous else ()))
    return Table("Recommendations by rating", headers, rows, numeric=frozenset({1, 2}) & frozenset(range(len(headers))))


def _change(number):
    if number.more:
        return f"{number.more} more"
    gap = f"\n{number.gap}" if number.gap else ""
    return f"{number.fewer} fewer{gap}" if number.fewer else "No change"


def _corrected(built):
    """Say what the totals are with the corrections made since; the published ones stand."""
    if built.corrected:
        counts = ", ".join(f"{number.value} {number.label.lower()}" for number in built.corrected)
        yield Paragraph(f"The figures are as published. With corrections made since then: {counts}.")


def _counted(built):
    """Yield what else is counted, in the order of the dashboard's numbers."""
    received = f"of the {built.received.value} received"
    directions = ", ".join(f"{number.value} {number.label.lower()}" for number in built.directions)
    yield f"Direction of travel: {directions}, {received}."
    moved = ", ".join(f"{built.sections[name].number.value} {name}" for name in ("better", "worse"))
    yield f"Ratings: {moved}, {received}."
    for words in _COUNTED:
        told = ", ".join(f"{built.sections[name].number.value} {word}" for name, word in words)
        yield f"{told}."


def _evidence(pack):
    yield Paragraph(
        "Ratings compared with targets, overdue actions, dates and the Board’s recorded view, as of "
        f"{pack.evidence.as_of:%-d %B %Y}. No rating is changed.",
        "note",
    )
    if not (pack.evidence.better or pack.evidence.worse):
        yield Paragraph("No rating is better or worse than the evidence.")
        return
    headers = ("Recommendation", "Rating", "What decides", "The officer’s reason")
    for word, rows in (("better", pack.evidence.better), ("worse", pack.evidence.worse)):
        lines = [(told.name(row), told.rating(row), told.deciding(row), told.reasons(row)) for row in rows]
        empty = f"No recommendations are rated {word} than the evidence."
        yield shown(Table(f"Rated {word} than the evidence", headers, lines, widths=(28, 12, 27, 33), empty=empty))


def _lasting(built):
    rows = [
        (told.name(row), row.time_at_rating or f"Since {calendar.label(row.rated_so_since)}", told.lasting(row))
        for row in built.rows
        if row.is_stuck or row.is_long
    ]
    headers = ("Recommendation", "Time at this rating", "Why")
    empty = "No recommendations are stuck or long at one rating."
    return Table("Red or Amber with the same rating", headers, rows, widths=(44, 34, 22), empty=empty)


def _moved(built):
    rows = [
        (told.name(row), told.previous(row), told.rating(row), row.movement.capitalize(), told.direction(row))
        for name in ("worse", "better")
        for row in built.sections[name].rows
    ]
    headers = ("Recommendation", "From", "To", "Rating", "Direction")
    return Table(
        "Ratings that changed",
        headers,
        rows,
        widths=(44, 14, 14, 13, 15),
        empty="No ratings changed in the updates received.",
    )


def _chart(built):
    chart = charts.with_legend(charts.ratings_by_month(built.history, charts.PAPER_WIDTH), built.ratings)
    first, last = built.history[0].month.label, built.month.label
    return Figure(
        render_to_string("boards/dashboard/_columns.html", {"chart": chart, "first": first, "last": last}),
        f"A column for each month from {first} to {last}, stacked by rating. The table below gives the figures.",
        "Recommendations by rating, month by month",
        share=min(1, chart.width / charts.PAPER_WIDTH),
    )


def _history(built):
    rows = [
        (totals.month.label, *(str(number.value) for number in totals.ratings), str(totals.total.value))
        for totals in built.history
    ]
    headers = ("Month", *(number.label for number in built.ratings), "All")
    return Table("Figures for every month", headers, rows, numeric=frozenset(range(1, len(headers))))


def exceptions(pack: BoardPack) -> Iterator[Block]:
    yield Paragraph(
        "Every recommendation that is red, overdue, stuck, late or without an update. Those with a path to green "
        "follow, as their lead officers wrote it. Corrections are shown beside the original."
    )
    rows = [
        (
            told.name(item.row),
            told.rating(item.row),
            told.previous(item.row),
            "; ".join(item.reasons),
            told.due(item.row),
            item.row.lead_title,
        )
        for item in pack.exceptions
    ]
    headers = ("Recommendation", "Rating", "Last published", "Why", "Due", "Led by")
    widths = (26, 12, 12, 14, 16, 20)
    yield shown(Table("All exceptions", headers, rows, widths=widths, empty="There are no exceptions."))
    for word in EXCEPTIONS.values():
        group = [item for item in pack.exceptions if item.reasons[0] == word and told.has_path(item.row)]
        if group:
            yield Heading(2, word)
        for item in group:
            yield Heading(3, told.name(item.row))
            yield from told.path(item.row, item.reasons, with_names=pack.has_names)


def themes(pack: BoardPack) -> Iterator[Block]:
    built = pack.dashboard
    headers = ("Theme", *(number.label for number in built.ratings), "All")
    rows = [_group(theme.group) for theme in pack.themes]
    rows.append(("All themes", *(str(number.value) for number in built.ratings), str(built.total.value)))
    yield Table("Ratings by theme", headers, rows, numeric=frozenset(range(1, len(headers))))
    for theme in pack.themes:
        yield Heading(2, theme.group.label)
        yield Table(
            "",
            ("Recommendation", "Rating", "Was", "Direction", "Due", "Led by"),
            [
                (
                    told.name(row),
                    told.rating(row),
                    told.previous(row),
                    told.direction(row),
                    told.due(row),
                    row.lead_title,
                )
                for row in theme.rows
            ],
            widths=(28, 11, 11, 11, 16, 23),
        )
    yield from _areas(built, headers)


def _group(group):
    return group.label, *(str(number.value) for number in group.ratings), str(group.total.value)


def _areas(built, headers):
    if not built.areas:
        return
    yield Heading(2, "Areas of focus")
    in_none = f" Not in any area: {built.in_no_area}." if built.in_no_area else ""
    yield Paragraph(
        f"A recommendation can be in more than one area of focus, so the areas add up to {built.in_areas} and the plan "
        f"to {built.total.value}.{in_none}",
        "kept",
    )
    rows = [_group(area) for area in built.areas]
    yield Table("Ratings by area of focus", ("Area", *headers[1:]), rows, numeric=frozenset(range(1, len(headers))))
    for area in built.areas:
        yield Heading(3, area.label)
        yield Paragraph(area.area_update.text or "There is no update.", "kept")
        yield Paragraph(f"Led by {area.area_update.leading_title}", "note")


def recommendations(pack: BoardPack) -> Iterator[Block]:
    """Yield what was published of each; what was not received stands among the exceptions, and nowhere else."""
    if missing := pack.dashboard.sections["missing"].rows:
        told_late = {row.pk for row in missing if row.put_right}
        named = listed([row for row in missing if row.pk not in told_late])
        if named:
            yield Paragraph(f"No update received, see Exceptions: {named}.")
    for theme in pack.themes:
        rows = [row for row in theme.rows if row.is_received or row.put_right]
        if rows:
            yield Heading(2, theme.group.label)
        for row in rows:
            yield Heading(3, told.name(row))
            yield Paragraph(row.wording, "kept")
            yield from told.whole(row, with_names=pack.has_names, with_titles=pack.audience != Pack.Audience.PUBLIC)


def ratings(pack: BoardPack) -> Iterator[Block]:
    rows = [(Rating(rating, word), wording) for rating, word, wording in pack.dashboard.wording]
    yield Table("", ("Rating", "What it means"), rows, widths=(18, 82))
