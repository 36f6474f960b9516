"""Where each target of a Notice stands on a day: its milestones' verdicts, its values, what answers it.

Only what was known by that day counts. Each reader takes a constant number of queries.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q

from improvement.records.statements import Statement
from notices.models import Indicator, Milestone, Result, Target
from notices.targets.milestones import Better, Kind, Verdict, gap
from notices.targets.results import verdict_on
from notices.targets.values import PERCENT, POINTS, with_unit

_ON_A_VALUE = {Verdict.MET, Verdict.MISSED, Verdict.UNDECIDED}


@dataclass(frozen=True)
class Step:
    """A milestone with its verdict, the result that this rests on and the gap between the two."""

    milestone: Milestone
    verdict: Verdict
    result: Result | None
    gap: Decimal | None

    @property
    def is_provisional(self):
        return self.verdict in _ON_A_VALUE and self.result is not None and self.result.is_provisional

    @property
    def is_judged(self):
        return self.milestone.kind == Kind.JUDGED

    @property
    def expected_on(self):
        """When its value, or the confirmed one in place of a provisional one, is expected."""
        of_value = self.result.expected_on if self.is_provisional else None
        return of_value or self.milestone.expected_on

    @property
    def is_stated(self):
        """Whether somebody had stated by the day whether it is met."""
        return self.is_judged and self.verdict in {Verdict.MET, Verdict.MISSED}

    @property
    def words(self):
        if self.is_judged and self.verdict is Verdict.UNDECIDED:
            return "Undecided: no verdict stated"
        return f"{self.verdict.label}, provisional" if self.is_provisional else self.verdict.label

    @property
    def gap_words(self):
        """How far the value is beyond the threshold or short of it; a level that is to be low is exceeded."""
        if self.gap is None:
            return ""
        unit = self.milestone.indicator.unit
        size = with_unit(abs(self.gap), POINTS if unit == PERCENT else unit)
        if not self.gap:
            return "exactly reached"
        if self.gap > 0:
            return f"{size} beyond it"
        is_exceeded = self.milestone.kind == Kind.LEVEL and self.milestone.indicator.better == Better.LOWER
        return f"{size} {'more than the target allows' if is_exceeded else 'short of it'}"


@dataclass(frozen=True)
class Measure:
    """An indicator with its steps and every result known by the day, oldest first."""

    indicator: Indicator
    steps: tuple[Step, ...]
    results: tuple[Result, ...]

    @property
    def standing(self):
        """Of each subject, basis and period the one value that stands: a confirmed one before a provisional one."""
        found = {}
        for row in sorted(self.results, key=lambda row: (not row.is_provisional, row.source_on, row.pk)):
            found[row.subject, row.basis, row.period_start, row.period_end] = row
        return sorted(found.values(), key=lambda row: (row.period_end, row.period_start, row.subject))

    @property
    def confirmed(self):
        """The keys of the provisional results beside which the confirmed one stands."""
        return {row.confirms_id for row in self.results if row.confirms_id}

    @property
    def latest(self):
        """The council's own value of the latest period."""
        return max(self._own, key=lambda row: (row.period_end, row.period_start), default=None)

    @property
    def series(self):
        """The council's own values on the basis of the latest one, since the last break in the series."""
        found = []
        for row in self._own:
            if row.basis == self.latest.basis:
                found = [row] if row.breaks_series else [*found, row]
        return found

    @property
    def is_charted(self):
        """Whether it stands by itself on the target's page: the rest share one table."""
        return bool(self.steps) or (not self.indicator.subgroup and len(self.results) > 1)

    @property
    def alone(self):
        return (self,)

    @property
    def caption(self):
        return f"Values of {self.indicator.reference}"

    @property
    def _own(self):
        return [row for row in self.standing if row.subject == Result.Subject.COUNCIL]


@dataclass(frozen=True)
class Progress:
    """One target on a day; `answers` is how many live recommendations answer it."""

    target: Target
    measures: tuple[Measure, ...]
    as_of: date
    answers: int = 0

    @property
    def steps(self):
        """The steps that decide the target: those of its deciding indicator, or all where none decides."""
        of_notice = [measure for measure in self.measures if not measure.indicator.is_own]
        deciding = [measure for measure in of_notice if measure.indicator.decides]
        return [step for measure in deciding or of_notice for step in measure.steps]

    @property
    def next_step(self):
        ahead = [step for step in self.steps if step.milestone.period_end >= self.as_of]
        return min(ahead, key=_when, default=None)

    @property
    def last_steps(self):
        """The steps of the latest period that is due: several where several indicators have a step for it."""
        due = [step for step in self.steps if step.milestone.period_end < self.as_of]
        last = max(due, key=_when, default=None)
        return [step for step in due if _when(step) == _when(last)] if last else []

    @property
    def deciding_step(self):
        """The step whose verdict is the target's: the last one due, else the next; None where several differ."""
        steps = self.last_steps or [step for step in (self.next_step,) if step]
        return steps[0] if len({step.verdict for step in steps}) == 1 else None

    @property
    def verdict(self):
        """The verdict as a word of the filter; empty where the target has no milestone."""
        if not self.steps:
            return ""
        return self.deciding_step.verdict if self.deciding_step else Verdict.UNDECIDED

    @property
    def verdict_words(self):
        if not self.steps:
            return "No milestone"
        return self.deciding_step.words if self.deciding_step else Verdict.UNDECIDED.label

    @property
    def charted(self):
        return [measure for measure in self.measures if measure.is_charted]

    @property
    def others(self):
        """What is not charted and has a value: schools and groups by name, single figures."""
        return [measure for measure in self.measures if measure.results and not measure.is_charted]

    @property
    def all_steps(self):
        """The steps that the Notice sets."""
        return [step for measure in self.measures if not measure.indicator.is_own for step in measure.steps]

    @property
    def own_steps(self):
        """The steps that the council sets itself: its own standards, which decide nothing of the Notice."""
        return [step for measure in self.measures if measure.indicator.is_own for step in measure.steps]

    @property
    def things(self):
        """The target with everything that belongs to it."""
        measured = [[measure.indicator, *measure.results] for measure in self.measures]
        return [
            self.target,
            *(thing for things in measured for thing in things),
            *(s.milestone for s in (*self.all_steps, *self.own_steps)),
        ]

    @property
    def measure(self):
        """What the latest value is of: the deciding indicator if it has a value, else the first that has one."""
        valued = [measure for measure in self.measures if measure.latest]
        return min(valued, key=lambda measure: not measure.indicator.decides, default=None)


def of_notice(notice, *, as_of, plans=()):
    """Return the Progress of every target of the Notice, in its order; four queries.

    Those live recommendations are counted that `plans` have, which are plans that the reader sees.
    """
    targets = _TARGETS.objects(notice=notice.pk, as_of=as_of, plans=[plan.pk for plan in plans])
    return of_targets(targets, as_of=as_of)


def of_targets(targets, *, as_of):
    """Return the Progress of each of the `targets`, in their order; three queries, or none without targets."""
    if not targets:
        return []
    asked = {target.pk: target for target in targets}
    measured = {target: [] for target in asked}
    indicators, milestones, results = {}, defaultdict(list), defaultdict(list)
    for row in _INDICATORS.objects(targets=list(asked)):
        row.target, indicators[row.pk] = asked[row.target_id], row
        measured[row.target_id].append(row)
    for rows, found in (
        (milestones, _MILESTONES.objects(targets=list(asked))),
        (results, _RESULTS.objects(targets=list(asked), as_of=as_of)),
    ):
        for row in found:
            row.indicator = indicators[row.indicator_id]
            rows[row.indicator_id].append(row)
    return [
        _progress(target, [(row, milestones[row.pk], results[row.pk]) for row in measured[target.pk]], as_of)
        for target in targets
    ]


def of_target(target, *, as_of):
    """Return the Progress of one target; three queries."""
    return of_targets([target], as_of=as_of)[0]


def with_milestones(*, as_of, notice=None, targets=()):
    """Return the Progress of the targets of the `notice`, or of those with the keys `targets`, that have milestones.

    They come in order, in two queries; of their measures only those are known on which verdicts rest.
    """
    found = _STEPS_OF_NOTICE.objects(notice=notice.pk) if notice else _STEPS.objects(targets=targets)
    steps, known, measures = defaultdict(list), defaultdict(list), defaultdict(list)
    for row in found:
        steps[row.indicator].append(row)
    asked = [indicator.pk for indicator in steps]
    for row in _VALUES.objects(indicators=asked, as_of=as_of) if asked else ():
        known[row.indicator_id].append(row)
    for indicator, rows in steps.items():
        measures[indicator.target].append((indicator, rows, known[indicator.pk]))
    return [_progress(target, fetched, as_of) for target, fetched in measures.items()]


def kept_rows(*, as_of, notice=None, targets=()):
    """Return the rows on which `with_milestones` of the same rests, as the database holds them; two queries."""
    if notice:
        return _KEPT_STEPS_OF_NOTICE.rows(notice=notice.pk), _VALUES_OF_NOTICE.rows(notice=notice.pk, as_of=as_of)
    return _KEPT_STEPS.rows(targets=targets), _VALUES_OF_TARGETS.rows(targets=targets, as_of=as_of)


def earlier(found, day, statements):
    """Return the Progress of the target of `found` as it was on the earlier `day`, from what was fetched for it.

    `statements` are, by milestone, the earlier ones as `notices.targets.results.verdict_on` takes them.
    """
    fetched = [(row.indicator, [step.milestone for step in row.steps], row.results) for row in found.measures]
    return _progress(found.target, fetched, day, statements)


def _targets(notice, as_of, plans):
    live = Q(recommendations__closed_on__isnull=True) | Q(recommendations__closed_on__gt=as_of)
    live &= Q(recommendations__opened_on__lte=as_of, recommendations__plan__in=[plans])
    answering = Count("recommendations", filter=live, distinct=True)
    targets = Target.objects.filter(notice=notice).select_related("area")
    return targets.annotate(answers=answering).order_by("position")


def _indicators(targets):
    return Indicator.objects.filter(target__in=[targets]).order_by("position", "reference_order")


def _milestones(targets):
    steps = Milestone.objects.filter(indicator__target__in=[targets])
    return steps.select_related("judged_by").order_by("position")


def _results(targets, as_of):
    known = Result.objects.filter(indicator__target__in=[targets], source_on__lte=as_of)
    return known.select_related("recorded_by", "confirms").order_by("period_end", "period_start", "source_on", "pk")


def _steps(**of):
    """Return the milestones that the Notice sets, in the order of targets and indicators; `of` says of which."""
    place = [f"indicator__{field}" for field in ("target__position", "target_id", "position", "reference_order")]
    found = Milestone.objects.filter(indicator__is_own=False, **of)
    return found.select_related("indicator__target").order_by(*place, "position")


def _kept(steps):
    """Leave out the sort keys of references: psycopg gives each as a memoryview, whose `repr` is an address."""
    return steps.defer("indicator__reference_order")


def _values(as_of, **of):
    known = Result.objects.filter(source_on__lte=as_of, **of)
    return known.order_by("period_end", "period_start", "source_on", "pk")


def _values_of_notice(notice, as_of):
    return _values(as_of, indicator__target__notice=notice, indicator__is_own=False)


def _values_of_targets(targets, as_of):
    return _values(as_of, indicator__target__in=[targets], indicator__is_own=False)


_STEPS = Statement(lambda targets: _steps(indicator__target__in=[targets]), targets=-1)
_STEPS_OF_NOTICE = Statement(lambda notice: _steps(indicator__target__notice=notice), notice=-1)
_KEPT_STEPS = Statement(lambda targets: _kept(_steps(indicator__target__in=[targets])), targets=-1)
_KEPT_STEPS_OF_NOTICE = Statement(lambda notice: _kept(_steps(indicator__target__notice=notice)), notice=-1)
_VALUES = Statement(
    lambda indicators, as_of: _values(as_of, indicator__in=[indicators]), indicators=-1, as_of=date(1, 1, 1)
)
_VALUES_OF_NOTICE = Statement(_values_of_notice, notice=-1, as_of=date(1, 1, 1))
_VALUES_OF_TARGETS = Statement(_values_of_targets, targets=-1, as_of=date(1, 1, 1))
_TARGETS = Statement(_targets, notice=-1, as_of=date(1, 1, 1), plans=-2)
_INDICATORS = Statement(_indicators, targets=-1)
_MILESTONES = Statement(_milestones, targets=-1)
_RESULTS = Statement(_results, targets=-1, as_of=date(1, 1, 1))


def _progress(target, fetched, as_of, statements=None):
    """Return the Progress of `target` from each of its indicators with its milestones and results, as `fetched`."""
    measures = []
    for indicator, milestones, results in fetched:
        known = [row for row in results if row.source_on <= as_of]
        known = tuple(sorted(known, key=lambda row: (row.period_end, row.period_start, row.subject)))
        steps = tuple(_step(row, indicator, as_of, known, statements or {}) for row in milestones)
        measures.append(Measure(indicator, steps, known))
    return Progress(target, tuple(measures), as_of, getattr(target, "answers", 0))


def _step(milestone, indicator, as_of, known, statements):
    milestone.indicator = indicator
    found, result = verdict_on(milestone, as_of, known, statements.get(milestone.pk, ()))
    return Step(milestone, found, result, _gap(milestone, result))


def _gap(milestone, result):
    if result is None or milestone.threshold is None:
        return None
    better = Better(milestone.indicator.better)
    value = result.value if result.value is not None else _worst(result, better)
    if milestone.kind != Kind.CHANGE:
        return gap(better=better, threshold=milestone.threshold, value=value)
    if milestone.baseline is None:
        return None
    moved = gap(better=better, threshold=milestone.baseline, value=value)
    return gap(better=Better.HIGHER, threshold=milestone.threshold, value=moved)


def _worst(result, better):
    return result.low if better is Better.HIGHER else result.high


def _when(step):
    return step.milestone.period_end, step.milestone.period_start, step.milestone.position
