"""What a report says before anybody has edited it: read out of the published record, in a constant number of queries.

It states figures and quotes what was published; a judgement is left to whoever signs, in a section that is empty.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from boards import dashboard
from boards.dashboard import comparison
from boards.models import Board, Challenge, Decision, Report
from boards.reports import report_tables
from notices.targets import progress
from notices.targets.milestones import Verdict
from notices.targets.values import plural
from plans import calendar
from plans.calendar import RECEIVED
from plans.models import MonthlyUpdate, ReportingMonth
from plans.ratings import Rating

ADDRESSED_TO = {
    Report.Kind.CHAIR: "The department and the council",
    Report.Kind.COUNCIL: "Executive Board\nScrutiny Board",
    Report.Kind.LETTER: "",
}
AUTHORS = {
    Report.Kind.CHAIR: "Independent chair of the Improvement Board",
    Report.Kind.COUNCIL: "Director of Children's Services",
    Report.Kind.LETTER: "Independent chair of the Improvement Board",
}


@dataclass(frozen=True)
class Draft:
    """The sections of a report as (heading, text), perhaps with a table, and the months that they are drawn from."""

    sections: tuple[tuple, ...]
    from_month: date | None = None
    to_month: date | None = None


def title(kind, board: Board) -> str:
    """Return the title that a new report of `kind` is given."""
    return {
        Report.Kind.CHAIR: f"Report of the independent chair, {board.name}",
        Report.Kind.COUNCIL: "Children's services improvement update report",
        Report.Kind.LETTER: board.name,
    }[kind]


def covered(kind, board: Board, on: date) -> list[ReportingMonth]:
    """Return the months that a report of `kind` and the day `on` would cover: published by then, not reported yet."""
    last = board.reports.filter(kind=kind, dated_on__lt=on, to_month__isnull=False).order_by("-to_month").first()
    rows = board.plan.months.filter(published_at__date__lte=on).order_by("month").select_related("plan")
    return list(rows.filter(month__gt=last.to_month) if last else rows)


def of_kind(kind, board: Board, on: date) -> Draft | None:
    """Return the draft of a report of `kind` as of the day `on`; None where no month is new since the last one."""
    if kind == Report.Kind.LETTER:
        return Draft((("", ""),))
    shown = covered(kind, board, on)
    if not shown:
        return None
    facts = _Facts(board, shown, on)
    write = {Report.Kind.CHAIR: _chair, Report.Kind.COUNCIL: _council}[kind]
    return Draft(write(facts), shown[0].month, shown[-1].month)


class _Facts:
    """Each part of the record as a text; every number in it was counted."""

    def __init__(self, board, shown, on):
        self.board, self.shown, self.on = board, shown, on
        self.latest = shown[-1]

    @property
    def period(self):
        first, last = self.shown[0].label, self.latest.label
        return first if first == last else f"{first} to {last}"

    @cached_property
    def totals(self):
        return dashboard.totals(self.shown)

    @property
    def ratings(self):
        return _lines(_counts(totals, self.missing[totals.month.pk]) for totals in self.totals)

    @property
    def unreported(self):
        """Every recommendation of the months without an update, by name."""
        silent = [(month.label, self.missing[month.pk]) for month in self.shown if self.missing[month.pk]]
        if not silent:
            return "An update was received for every recommendation."
        named = (f"{label}: {'; '.join(f'{row.reference} {row.title}' for row in rows)}." for label, rows in silent)
        return f"No update was received for:\n{_lines(named)}"

    @cached_property
    def missing(self):
        """Every update of the months that was not received, by month."""
        rows = MonthlyUpdate.objects.filter(month__in=self.shown).exclude(status__in=RECEIVED)
        rows = rows.order_by("reference_order")
        found = defaultdict(list)
        for row in rows:
            found[row.month_id].append(row)
        return found

    @property
    def moved(self):
        """What moved from the month before the first one to the last one, better before worse."""
        before = self.board.plan.months.filter(month__lt=self.shown[0].month, published_at__isnull=False)
        earlier = before.order_by("-month").first() or self.shown[0]
        if earlier.pk == self.latest.pk:
            return "This is the first month that was published."
        compared = comparison.build(earlier, self.latest)
        (_, better), (_, worse), *_ = compared.groups
        counted = (
            f"From {earlier.label} to {self.latest.label}: {len(better)} better, {len(worse)} worse, of "
            f"{plural(compared.received, 'recommendation')} with an update received for both months."
        )
        lines = [_moved(pair) for pair in (*better, *worse)]
        silent = self.missing[self.latest.pk]
        missing = f"No update received for {self.latest.label}:\n{_lines(map(_last, silent))}" if silent else ""
        rated = f"{counted}\n{_lines(lines) if lines else 'No rating changed.'}"
        return _paragraphs(rated, "\n".join(compared.gaps), missing)

    @property
    def red(self):
        rows = self.latest.updates.filter(status__in=RECEIVED, rating=Rating.RED).order_by("reference_order")
        lines = [_path(row) for row in rows]
        found = _lines(lines) if lines else f"Nothing was rated Red in {self.latest.label}."
        silent = [row for row in self.missing[self.latest.pk] if row.previous_rating == Rating.RED]
        missing = f"Red when last reported, without an update now:\n{_lines(map(_last, silent))}" if silent else ""
        return _paragraphs(found, missing)

    @cached_property
    def progress(self):
        """Every target of the Notice on the day of the report; none where the plan answers no Notice."""
        notice = self.board.plan.notice
        return progress.of_notice(notice, as_of=self.on) if notice else []

    @property
    def judged(self):
        """How many targets have each verdict, and by name those of which nothing can be told by a figure."""
        if self.board.plan.notice is None:
            return "The plan answers no Notice."
        silent = [row for row in self.progress if row.verdict in {Verdict.NO_DATA, Verdict.AWAITED}]
        wordy = [row for row in self.progress if not row.steps]
        uncharted = [row for row in self.progress if row.steps and row not in silent and not report_tables.bar(row)]
        told = (
            ("No result is known for:", silent),
            ("The Notice sets no milestone for:", wordy),
            ("In the table and not in the chart, since no distance can be measured:", uncharted),
        )
        named = (f"{words}\n{_lines(report_tables.short(row, 84) for row in rows)}" for words, rows in told if rows)
        return "\n\n".join([self.verdicts, *named])

    @property
    def verdicts(self):
        rows = [row for row in self.progress if row.steps]
        counts = Counter(row.verdict for row in rows)
        words = ", ".join(f"{counts[verdict]} {verdict.label.lower()}" for verdict in Verdict if counts[verdict])
        return f"Of {len(rows)} targets with milestones: {words}."

    @property
    def targets(self):
        if self.board.plan.notice is None:
            return "The plan answers no Notice."
        missed = [_missed(row) for row in self.progress if row.steps and row.verdict is Verdict.MISSED]
        return "\n".join(filter(None, [self.verdicts, _lines(missed)]))

    @property
    def work(self):
        """How the Board met, decided and asked since the first month was published, as far as the public reads it."""
        since = self.shown[0].month
        held = self.board.meetings.filter(held_on__gte=since, held_on__lte=self.on)
        decided = Decision.objects.filter(meeting__in=held.values("pk")).public().count()
        asked = Challenge.objects.filter(board=self.board, asked_at__date__gte=since, asked_at__date__lte=self.on)
        asked = asked.public()
        answered = asked.filter(answered_at__isnull=False).count()
        return (
            f"The Board {_times(held.count())}, recorded {plural(decided, 'decision')} and asked "
            f"{plural(asked.count(), 'question')}, of which {answered} {'has' if answered == 1 else 'have'} been "
            "answered."
        )


def _chair(facts):
    return (
        ("What this report covers", f"{facts.period}, as published to the Board."),
        ("Ratings, month by month", facts.unreported, report_tables.ratings(facts.totals)),
        ("Changed rating", facts.moved),
        ("Red, and the path to green", facts.red),
        ("The targets of the Notice", facts.judged, report_tables.targets(facts.progress) if facts.progress else {}),
        ("The Board's work", facts.work),
        ("The chair's view", ""),
    )


def _council(facts):
    """Return the sections in the council's own form [003]; what nobody has entered is empty."""
    latest = facts.ratings.splitlines()[-1].removeprefix("- ")
    note = f"That members note the progress reported to the Improvement Board, {facts.period}."
    return (
        ("Electoral wards affected", ""),
        ("Specific implications for", ""),
        ("Executive summary", f"This report gives the ratings of the Improvement Plan for {facts.period}. {latest}"),
        ("Recommendations", note),
        ("1.0 Purpose of this report", f"It updates members on the Improvement Plan and Notice, {facts.period}."),
        ("2.0 Background information", facts.work),
        (
            "3.0 Main issues",
            f"{facts.ratings}\n\n{facts.moved}\n\nRed, and the path to green:\n{facts.red}\n\n{facts.targets}",
        ),
        ("4.0 Implications for council policy and governance", ""),
        ("5.0 Legal and resource implications", ""),
        ("6.0 Conclusions", ""),
        ("7.0 Recommendations", note),
        ("Background papers", _lines(f"Improvement Board, {month.label}" for month in facts.shown)),
    )


def _counts(totals, missing):
    words = ", ".join(f"{number.value} {number.label.lower()}" for number in totals.ratings)
    named = f" ({dashboard.listed(missing)})" if missing else ""
    return f"{totals.month.label}: of {totals.total.value}, {words}{named}."


def _last(row):
    if not row.previous_rating:
        return f"{row.reference} {row.title}: not rated yet"
    rating = Rating(row.previous_rating).label
    return f"{row.reference} {row.title}: last rated {rating}, in {calendar.label(row.previous_month)}"


def _moved(pair):
    earlier, later = (Rating(side.rating).label for side in pair.sides)
    return f"{pair.latest.reference} {pair.latest.title}: {earlier} to {later}"


def _path(row: MonthlyUpdate):
    return f"{row.reference} {row.title}: {row.remedy} {row.remedy_owner}, by {row.green_by:%-d %B %Y}."


def _missed(row):
    step = row.deciding_step
    value = f": {step.result.words}" if step and step.result else ""
    words = f" ({step.words.lower()}, {step.milestone.period})" if step else ""
    return f"{row.target.reference}{value}{words}"


def _lines(lines):
    return "\n".join(f"- {line}" for line in lines)


def _paragraphs(*texts):
    """Return the texts with an empty line between them; a line right below a list would be part of its last item."""
    return "\n\n".join(filter(None, texts))


def _times(number):
    return {0: "did not meet", 1: "met once", 2: "met twice"}.get(number, f"met {number} times")
