"""What the Board reads of one month, built in a constant number of queries.

Everything is read from the month's own rows and from those of earlier published months, never from the plan of
today, so that a published month reads the same for good. Each number carries the address of the list of exactly
the rows that it counts; both come from `plans.months.sets`.
"""

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from django.db.models import Count, Q

from boards.dashboard.facts import Cell, Choice, Dashboard, GridRow, Group, MonthTotals, Number, Section
from improvement.records import references
from plans import calendar
from plans.models import Correction, MonthlyUpdate
from plans.months import narrative, sets
from plans.ratings import Direction, Movement, Rating

# The sets whose rows the page lists, or names beside the totals.
SECTIONS = {
    "moved": ("moved", "any"),
    "better": ("moved", Movement.BETTER),
    "worse": ("moved", Movement.WORSE),
    "stuck": ("stuck", sets.YES),
    "long": ("long", sets.YES),
    "red": ("rating", Rating.RED),
    "overdue": ("overdue", sets.YES),
    "slipped": ("slipped", sets.YES),
    "agreed": ("slipped", "agreed"),
    "proposed": ("slipped", "proposed"),
    "received": ("update", "received"),
    "missing": ("rating", sets.NO_UPDATE),
    "decisions": ("decision", sets.YES),
    "not_signed_off": ("update", "not-signed-off"),
    "late": ("update", "late"),
}
# What the page can be limited to, each with what it is called.
FILTERS = {"theme": "Theme", "area": "Area of focus", "post": "Lead post"}
_WORDS = dict(sets.CHOICES["rating"])


def build(month, *, now, asked=(), months=None):
    """Return the Dashboard of `month`, whose plan is loaded; `now` matters to an open month alone.

    `asked` are the (parameter, value) of `FILTERS`: whatever it shows is of the rows in all of them, in every month.
    Its grid has the last `months`, by default all.
    """
    published = month.plan.months.filter(published_at__isnull=False, month__lt=month.month)
    shown = [*published.order_by("month").only("plan", "month", "caveat"), month]
    standings = _standings(shown, asked)
    ratings = _ratings(month, standings)
    counts = {month: Counter(row.rating for row in rows.values()) for month, rows in standings.items()}
    history = tuple(_totals(item, counts[item.pk], ratings, asked) for item in shown)
    area_updates = list(month.area_updates.all())
    themes = sorted({row.theme_number for row in standings[month.pk].values()})
    corrections = _corrections(shown)
    pairs = _pairs(ratings, themes, area_updates, corrections) | {*asked}
    whole = sets.without_drafts(sets.with_sets(month, pairs, now=now))
    rows = [row for row in whole if row.sets.issuperset(asked)]
    grid = _grid(shown, standings, corrections)
    most = months or len(shown)
    _know_their_past(rows, grid, shown, corrections)
    return _Counting(month, rows, ratings, asked).dashboard(
        judged_on=month.judged_on(now),
        history=history,
        themes=themes,
        area_updates=area_updates,
        grid=tuple(replace(row, cells=row.cells[-most:]) for row in grid if any(c.rating for c in row.cells[-most:])),
        months=min(most, len(shown)),
        choices=_choices(whole, area_updates, asked),
    )


def totals(shown):
    """Return the MonthTotals of the months `shown`, of one plan, in one query."""
    rows = MonthlyUpdate.objects.filter(month__in=shown).order_by().values_list("month", sets.COUNTED)
    counts = defaultdict(Counter)
    for month, rating, number in rows.annotate(number=Count("pk")):
        counts[month][rating] = number
    given = {rating for month in counts.values() for rating in month}
    offered = given.union(*(month.wording for month in shown))
    ratings = [*(rating for rating in Rating if rating in offered), sets.NO_UPDATE]
    return [_totals(month, counts[month.pk], ratings) for month in shown]


def with_before(now, before, unreported):
    """Return the numbers `now`, each knowing what it was `before`, and how many of those are `unreported` now."""
    return tuple(
        replace(number, before=was, unreported=unreported[number.key]) for number, was in zip(now, before, strict=True)
    )


def unreported(rows, month):
    """Return, by the rating that each had in the `month` before, how many of `rows` have no update."""
    return Counter(row.previous_rating for row in rows if not row.is_received and row.previous_month == month.month)


def listed(rows):
    """Return the references of `rows` in one line."""
    return ", ".join(row.reference for row in rows)


class _Counting:
    """Counts the rows of one month and gives each number its address."""

    def __init__(self, month, rows, ratings, asked):
        self.month, self.rows, self.ratings, self.asked = month, rows, ratings, asked

    def dashboard(self, *, judged_on, history, themes, area_updates, grid, choices, months):
        latest, *earlier = reversed(history)
        put_right = tuple(row for row in self.rows if row.put_right)
        is_rating_corrected = any(row.corrected_rating for row in put_right)
        return Dashboard(
            month=self.month,
            judged_on=judged_on,
            history=history,
            ratings=self.beside(latest, earlier[0]) if earlier else latest.ratings,
            corrected=tuple(self.by_rating("corrected")) if is_rating_corrected else (),
            put_right=put_right,
            rows=tuple(self.rows),
            sections={name: self.section(*pair) for name, pair in SECTIONS.items()},
            directions=tuple(self.number(direction.label, ("direction", direction)) for direction in Direction),
            themes=tuple(self.theme(number) for number in themes),
            areas=tuple(self.area(area_update) for area_update in area_updates),
            in_no_area=sum(not row.area_letters for row in self.rows),
            grid=grid,
            past_date=self.number("", ("rating", Rating.GREEN), SECTIONS["overdue"]),
            choices=choices,
            months=months,
        )

    def beside(self, latest, earlier):
        return with_before(latest.ratings, earlier.ratings, unreported(self.rows, earlier.month))

    def number(self, label, *pairs):
        return Number(pairs[-1][1], label, sets.count(self.rows, *pairs), sets.link(self.month, *self.asked, *pairs))

    def section(self, *pair):
        return Section(self.number("", pair), tuple(row for row in self.rows if pair in row.sets))

    def by_rating(self, parameter, *pairs):
        return (self.number(_WORDS[rating], *pairs, (parameter, rating)) for rating in self.ratings)

    def theme(self, number):
        pair = ("theme", str(number))
        title = next(row.theme_title for row in self.rows if pair in row.sets)
        return Group(f"{number}. {title}", self.number("All", pair), tuple(self.by_rating("rating", pair)))

    def area(self, area_update):
        pair = ("area", area_update.letter)
        label = f"{area_update.letter}. {area_update.title}"
        return Group(label, self.number("All", pair), tuple(self.by_rating("rating", pair)), area_update)


def _pairs(ratings, themes, area_updates, corrections):
    """Return every (parameter, value) that the page counts."""
    rated = ("rating", "corrected") if corrections else ("rating",)
    return {
        *SECTIONS.values(),
        *((parameter, rating) for parameter in rated for rating in ratings),
        *(("direction", direction) for direction in Direction),
        *(("theme", str(number)) for number in themes),
        *(("area", area_update.letter) for area_update in area_updates),
    }


class _Standing(NamedTuple):
    """How one recommendation stood in one month."""

    update: int
    reference: str
    title: str
    theme_number: int
    months_at_rating: int
    rating: str


def _choices(rows, area_updates, asked):
    """Return each of `FILTERS` with what `rows`, those of the whole month, offer."""
    options = {
        "theme": sorted({(row.theme_number, row.theme_title) for row in rows}),
        "area": [(area_update.letter, area_update.title) for area_update in area_updates],
        "post": sorted({(row.lead_post_id, row.lead_title) for row in rows}, key=lambda pair: pair[1]),
    }
    words = {name: "{1}" if name == "post" else "{0}. {1}" for name in options}
    return tuple(
        Choice(
            name,
            label,
            tuple((str(value), words[name].format(value, title)) for value, title in options[name]),
            dict(asked).get(name, ""),
        )
        for name, label in FILTERS.items()
        if options[name]
    )


def _standings(shown, asked):
    """Return by month, then by recommendation, what is known of each that is in all of the sets `asked`."""
    found = {month.pk: {} for month in shown}
    wanted = [sets.condition(*pair, judged_on=None) for pair in asked]
    rows = MonthlyUpdate.objects.filter(*wanted, month__in=found).annotate(counted=sets.COUNTED)
    fields = (
        "month_id",
        "recommendation_id",
        "pk",
        "reference",
        "title",
        "theme_number",
        "months_at_rating",
        "counted",
    )
    for month, recommendation, *row in rows.order_by().values_list(*fields):
        found[month][recommendation] = _Standing(*row)
    return found


def _ratings(month, standings):
    """Return the ratings that the page counts: what the plan offered, whatever was given, and none."""
    given = {row.rating for rows in standings.values() for row in rows.values()}
    return [*(rating for rating in Rating if rating in month.wording or rating in given), sets.NO_UPDATE]


def _totals(month, counts, ratings, asked=()):
    return MonthTotals(
        month,
        Number("", "All", counts.total(), sets.link(month, *asked)),
        tuple(
            Number(rating, _WORDS[rating], counts[rating], sets.link(month, *asked, ("rating", rating)))
            for rating in ratings
        ),
    )


def _corrections(shown):
    """Return by update the corrections of the last month of `shown`, and the corrected ratings of all."""
    wanted = Q(update__month=shown[-1]) | Q(field="rating", update__month__in=shown)
    found = defaultdict(list)
    for correction in Correction.objects.filter(wanted).order_by("pk"):
        found[correction.update_id].append(correction)
    return found


def _grid(shown, standings, corrections):
    """Return a row for each recommendation that stood in the plan in any month of `shown`."""
    latest = {}
    for month in shown:
        latest |= {recommendation: (row, month) for recommendation, row in standings[month.pk].items()}
    ordered = sorted(latest.items(), key=lambda item: references.order(item[1][0].reference))
    return tuple(
        GridRow(
            recommendation,
            row.reference,
            row.title,
            month.month,
            tuple(_cell(standings[item.pk].get(recommendation), corrections) for item in shown),
            row.months_at_rating or None if month is shown[-1] else None,
        )
        for recommendation, (row, month) in ordered
    )


def _cell(row, corrections):
    if row is None:
        return Cell()
    made = corrections.get(row.update)
    corrected = _WORDS.get(narrative.corrected_rating(made), "") if made else ""
    return Cell(row.rating, _WORDS[row.rating], corrected)


def _know_their_past(rows, grid, shown, corrections):
    """Tell each of `rows` its corrections, and since which of the months `shown` its rating has stood."""
    cells = {row.recommendation: row.cells for row in grid}
    for row in rows:
        row.put_right = tuple(corrections.get(row.pk, ()))
        row.corrected_rating = narrative.corrected_rating(row.put_right)
        row.agreement = next(
            (narrative.agreement(item) for item in reversed(row.put_right) if item.field == "rating"), ""
        )
        row.corrected_word = _WORDS.get(row.corrected_rating, "")
        # A month published before its rows said so tells it by its own months.
        row.rated_so_since = row.rated_since or shown[-_run(cells[row.recommendation_id])].month
        is_from_month_before = row.previous_month == calendar.before(shown[-1].month)
        row.moved_since = None if is_from_month_before else row.previous_month


def _run(cells):
    """Return for how many months running the last of `cells` has had its rating."""
    return len(list(takewhile(lambda cell: cell.rating == cells[-1].rating, reversed(cells))))
