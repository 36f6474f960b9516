"""Values as sources report them. Each is added; none is changed or erased."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.utils import timezone

from accounts.audit import events
from improvement.records.refusals import Conflict, Incomplete
from improvement.records.statements import Statement
from improvement.texts import days
from notices.models import Indicator, Milestone, Result
from notices.targets.milestones import Better, Kind, Verdict, verdict
from notices.targets.values import PERCENT


class ResultRefused(Incomplete):
    """The result cannot be recorded."""


@dataclass
class Weighed:
    """A result that somebody reports: what is wrong with it by field, or the stored one that says just the same.

    `rival` is the stored one of the same period with which it cannot stand.
    """

    row: Result
    errors: dict[str, str]
    same: Result | None = None
    rival: Result | None = None

    @property
    def is_new(self):
        return not self.errors and self.same is None


@transaction.atomic
def record(
    *, indicator, period_start, period_end, basis, by, at, value=None, low=None, high=None, is_provisional=True, **facts
):
    """Add a result and return it; the same result by the same source again is found, not added twice.

    `facts` are Result's other fields: subject, numerator, denominator, expected_on (when the confirmed value is),
    breaks_series, source, source_on (by default the day of `at`), as_printed, discrepancy, note. Raises ResultRefused.
    """
    facts |= {"indicator": indicator, "period_start": period_start, "period_end": period_end, "basis": basis}
    facts |= {"value": value, "low": low, "high": high, "is_provisional": is_provisional}
    weighed, added = _add([{"source_on": timezone.localdate(at)} | facts], by, at)
    for row in added:
        events.record(by=by, at=at, what="result.recorded", on=row, value=_text(row), provisional=is_provisional)
    return weighed[0].same or weighed[0].row


@transaction.atomic
def record_all(*, reported, by, at, **detail):
    """Add every result of `reported` (each the facts of `record`) or none; return those that were added.

    One event for each Notice says how many, with the `detail` of where they come from. Raises ResultRefused.
    """
    _, added = _add(reported, by, at)
    by_notice = defaultdict(list)
    for row in added:
        by_notice[row.indicator.target.notice].append(row)
    for notice, rows in by_notice.items():
        confirmed = sum(not row.is_provisional for row in rows)
        events.record(by=by, at=at, what="results.recorded", on=notice, added=len(rows), confirmed=confirmed, **detail)
    return added


def weigh(reported, at):
    """Return, of each of `reported`, whether it could be added after those before it. Nothing is written; one query.

    A confirmed one is given the latest provisional one of its period, which it confirms.
    """
    known = defaultdict(list)
    for stored in Result.objects.filter(indicator__in={facts["indicator"].pk for facts in reported}):
        known[_period(stored)].append(stored)
    weighed = []
    for facts in reported:
        row = Result(**facts)
        there = known[_period(row)]
        found = _weighed(row, there, at)
        if found.is_new:
            there.append(row)
        weighed.append(found)
    for found in weighed:
        if found.is_new and not found.row.is_provisional and found.row.confirms is None:
            provisional = [each for each in known[_period(found.row)] if each.is_provisional]
            found.row.confirms = max(provisional, key=lambda each: each.source_on, default=None)
    return weighed


def _add(reported, by, at):
    """Weigh what is reported with its indicators locked and add what is new; return all weighed, and what was added."""
    rows = Indicator.objects.filter(pk__in={facts["indicator"].pk for facts in reported}).order_by("pk")
    locked = {row.pk: row for row in rows.select_related("target__notice").select_for_update(of=("self",))}
    weighed = weigh([facts | {"indicator": locked[facts["indicator"].pk]} for facts in reported], at)
    for found in weighed:
        if found.errors:
            raise ResultRefused(found.errors)
    added = [found.row for found in weighed if found.is_new]
    for row in added:
        row.recorded_by, row.recorded_at = by, at
    # What is confirmed refers to what is provisional, which therefore comes first.
    for is_provisional in (True, False):
        Result.objects.bulk_create([row for row in added if row.is_provisional == is_provisional], batch_size=1000)
    return weighed, added


@transaction.atomic
def confirm(*, result, value, by, at, source="", source_on=None, numerator=None, denominator=None):
    """Add the confirmed value beside the provisional `result`, which stays as it is; return the new one."""
    result = Result.objects.select_for_update(of=("self",)).select_related("indicator").get(pk=result.pk)
    if not result.is_provisional:
        raise ResultRefused({"value": "This value has already been confirmed."})
    kept = ("indicator", "subject", "basis", "period_start", "period_end", "breaks_series")
    facts = {field: getattr(result, field) for field in kept}
    facts |= {"value": value, "numerator": numerator, "denominator": denominator, "is_provisional": False}
    facts |= {"source": source or result.source, "source_on": source_on or timezone.localdate(at), "confirms": result}
    weighed, added = _add([facts], by, at)
    for row in added:
        events.record(by=by, at=at, what="result.confirmed", on=row, value=_text(row))
    return weighed[0].same or weighed[0].row


@transaction.atomic
def judge(*, milestone, is_met, reason, by, at, seen=None):
    """State whether a judged milestone is met, with the reason; what was stated before stays in its history.

    `seen` is what `said_so_far` returned when the page was made; where something else was said since, that is a
    Conflict.
    """
    row = Milestone.objects.select_for_update(of=("self",)).select_related("indicator").get(pk=milestone.pk)
    if row.kind != Kind.JUDGED:
        raise ResultRefused({"is_met": "This milestone is decided by its value, not judged in words."})
    if not reason.strip():
        raise ResultRefused({"reason": "Enter a reason for the verdict."})
    if (row.judged, row.judged_reason, row.judged_by_id) == (is_met, reason.strip(), by.pk):
        return row
    if seen is not None and seen != said_so_far(row):
        raise Conflict(row)
    row.judged, row.judged_reason, row.judged_by, row.judged_at = is_met, reason.strip(), by, at
    row.save(update_fields=("judged", "judged_reason", "judged_by", "judged_at"))
    events.record(by=by, at=at, what="milestone.judged", on=row, is_met=is_met, reason=reason.strip())
    return row


def said_so_far(milestone):
    """Return a text that changes with whatever is stated of `milestone`."""
    return f"{milestone.judged} {milestone.judged_at and milestone.judged_at.isoformat()} {milestone.judged_by_id}"


def matching(milestone, as_of, results=None):
    """Return the value that `milestone` may be held against, as known on the day `as_of`, or None.

    It is the council's own, of the same indicator, period and basis; a confirmed value goes before a provisional
    one, a later source before an earlier. `results` are those of the indicator where they were fetched already.
    """
    if results is None:
        results = milestone.indicator.results.all()
    fitting = [
        row
        for row in results
        if row.indicator_id == milestone.indicator_id
        and row.subject == Result.Subject.COUNCIL
        and row.basis == milestone.basis
        and (row.period_start, row.period_end) == (milestone.period_start, milestone.period_end)
        and row.source_on <= as_of
    ]
    return max(fitting, key=lambda row: (not row.is_provisional, row.source_on, row.pk), default=None)


def verdict_on(milestone, as_of, results=None, statements=()):
    """Return the Verdict on `milestone` on the day `as_of` and the Result that it rests on, or None.

    `statements` are the (moment, is met) that were made of a judged one before the present one, where it matters.
    """
    result = matching(milestone, as_of, results)
    low, high = result.bounds if result else (None, None)
    known = [made for made in (*statements, (milestone.judged_at, milestone.judged)) if _is_made(made, as_of)]
    found = verdict(
        kind=Kind(milestone.kind),
        better=Better(milestone.indicator.better),
        threshold=milestone.threshold,
        low=low,
        high=high,
        baseline=milestone.baseline,
        due_on=milestone.period_end,
        as_of=as_of,
        expected_on=milestone.expected_on,
        judged=known[-1][1] if known else None,
    )
    return found, result


def _is_made(statement, as_of):
    at, _ = statement
    return at is not None and timezone.localdate(at) <= as_of


def missed(targets, as_of):
    """Return those of `targets`, by their keys, that miss, on the day `as_of`, their latest due milestone.

    Only the indicator that decides a target counts. Two queries at most.
    """
    due = _DUE.objects(targets=list(targets), as_of=as_of) if targets else []
    latest = {row.indicator: row for row in due}
    rows = _RESULTS.objects(indicators=[indicator.pk for indicator in latest]) if latest else []
    return [
        indicator.target
        for indicator, milestone in latest.items()
        if verdict_on(milestone, as_of, rows)[0] is Verdict.MISSED
    ]


def _due(targets, as_of):
    due = Milestone.objects.filter(
        indicator__decides=True, indicator__target__in=[targets], period_end__lt=as_of
    ).select_related("indicator__target")
    return due.order_by("indicator__target__position", "period_end", "position")


_DUE = Statement(_due, targets=-1, as_of=date(1, 1, 1))
_RESULTS = Statement(lambda indicators: Result.objects.filter(indicator__in=[indicators]).order_by(), indicators=-1)


def _errors(row, at):
    given = ("period_start", "period_end", "source_on", "expected_on")
    errors = days.outside(**{field: getattr(row, field) for field in given})
    if not row.source.strip():
        errors["source"] = "Enter where the value is published."
    if row.period_end < row.period_start:
        errors["period_end"] = "The period cannot end before it starts."
    if row.value is None and row.low is None and row.high is None:
        errors["value"] = "Give a value, a range, or both."
    if (row.low is None) != (row.high is None) or (row.low is not None and row.high < row.low):
        errors["low"] = "A range needs both its ends, the lower first."
    elif row.value is not None and row.low is not None and not row.low <= row.value <= row.high:
        errors["value"] = "The value must lie within its range."
    if bool(row.as_printed) != bool(row.discrepancy):
        errors["discrepancy"] = "Give what the source prints and why it cannot mean it."
    if row.source_on > timezone.localdate(at):
        errors["source_on"] = "The source's date cannot be in the future."
    if row.expected_on and not row.is_provisional:
        errors["expected_on"] = "A confirmed value cannot have an expected date."
    elif row.expected_on and row.expected_on <= row.source_on:
        errors["expected_on"] = "The confirmed value is expected after the date of the source."
    return errors | _fraction_errors(row)


def _fraction_errors(row):
    if row.numerator is None and row.denominator is None:
        return {}
    if row.numerator is None or not row.denominator or row.denominator < 0:
        return {"denominator": "A numerator and a denominator above zero belong together."}
    if row.indicator.unit == PERCENT and row.value is not None:
        value = Decimal(row.value)
        share = (100 * Decimal(row.numerator) / Decimal(row.denominator)).quantize(
            Decimal(1).scaleb(value.as_tuple().exponent), ROUND_HALF_UP
        )
        if share != value:
            return {"numerator": f"{row.numerator} of {row.denominator} is {share}%, not {value}%."}
    return {}


_SAID = (
    *("is_provisional", "value", "low", "high", "numerator", "denominator", "expected_on", "breaks_series"),
    *("source", "source_on", "as_printed", "discrepancy", "note"),
)


def _period(row):
    """Return what makes values those of one period, of which one may be confirmed."""
    return row.indicator_id, row.subject, row.basis, row.period_start, row.period_end


def _weighed(row, there, at):
    if errors := _errors(row, at):
        return Weighed(row, errors)
    for stored in there:
        if said(stored) == said(row):
            return Weighed(row, {}, same=stored)
    for stored in there:
        if stored.is_provisional != row.is_provisional:
            continue
        if not row.is_provisional:
            return Weighed(row, {"value": "This period already has a confirmed value."}, rival=stored)
        if stored.source_on == row.source_on:
            errors = {"source_on": "This period already has a provisional value of that date."}
            return Weighed(row, errors, rival=stored)
    return Weighed(row, {})


def said(row):
    """Return all that a result says, by field, to be compared; how its texts break lines does not count."""
    values = {field: getattr(row, field) for field in _SAID}
    return {field: " ".join(value.split()) if isinstance(value, str) else value for field, value in values.items()}


def _text(row):
    return str(row.value) if row.low is None else f"{row.low} to {row.high}"
