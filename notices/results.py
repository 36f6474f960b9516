"""Values as sources report them. Each is added; none is changed or erased."""

from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.utils import timezone

from accounts import events
from improvement.refusals import Conflict
from notices.milestones import Better, Kind, Verdict, verdict
from notices.models import Indicator, Milestone, Result
from notices.values import PERCENT


class ResultRefused(Exception):
    """The result cannot be recorded; `errors` maps the field's name to the user's sentence."""

    def __init__(self, errors):
        self.errors = errors
        super().__init__(" ".join(errors.values()))


@transaction.atomic
def record(
    *, indicator, period_start, period_end, basis, by, at, value=None, low=None, high=None, is_provisional=True, **facts
):
    """Add a result and return it; the same result by the same source again is found, not added twice.

    `facts` are Result's other fields: subject, numerator, denominator, expected_on (when the confirmed value is),
    breaks_series, source, source_on (by default the day of `at`), as_printed, discrepancy, note. Raises ResultRefused.
    """
    facts |= {"period_start": period_start, "period_end": period_end, "basis": basis, "is_provisional": is_provisional}
    row, is_new = _added(indicator, by, at, value=value, low=low, high=high, **facts)
    if is_new:
        events.record(by=by, at=at, what="result.recorded", on=row, value=_text(row), provisional=is_provisional)
    return row


@transaction.atomic
def confirm(*, result, value, by, at, source="", source_on=None, numerator=None, denominator=None):
    """Add the confirmed value beside the provisional `result`, which stays as it is; return the new one."""
    result = Result.objects.select_for_update(of=("self",)).select_related("indicator").get(pk=result.pk)
    if not result.is_provisional:
        raise ResultRefused({"value": "This value is confirmed already."})
    said = ("period_start", "period_end", "basis", "subject", "breaks_series")
    row, is_new = _added(
        result.indicator,
        by,
        at,
        **{field: getattr(result, field) for field in said},
        value=value,
        numerator=numerator,
        denominator=denominator,
        is_provisional=False,
        source=source or result.source,
        source_on=source_on or timezone.localdate(at),
        confirms=result,
    )
    if is_new:
        events.record(by=by, at=at, what="result.confirmed", on=row, value=_text(row))
    return row


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
        raise ResultRefused({"reason": "Give the reason for the judgement."})
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
    """Return the references of those of `targets` that miss, on the day `as_of`, their latest due milestone.

    Only the indicator that decides a target counts. Two queries.
    """
    due = Milestone.objects.filter(
        indicator__in=Indicator.objects.filter(decides=True, target__in=targets), period_end__lt=as_of
    )
    latest = {}
    for row in due.select_related("indicator__target").order_by(
        "indicator__target__position", "period_end", "position"
    ):
        latest[row.indicator] = row
    rows = list(Result.objects.filter(indicator__in=latest))
    return [
        indicator.target.reference
        for indicator, milestone in latest.items()
        if verdict_on(milestone, as_of, rows)[0] is Verdict.MISSED
    ]


def _added(indicator, by, at, **facts):
    """Add a result with `facts`, if none says just the same; return it and whether it is new."""
    indicator = Indicator.objects.select_for_update().get(pk=indicator.pk)
    facts = {"source_on": timezone.localdate(at)} | facts
    row = Result(indicator=indicator, recorded_by=by, recorded_at=at, **facts)
    if errors := _errors(row, at):
        raise ResultRefused(errors)
    if same := _same(row):
        return same, False
    if errors := _clashes(row):
        raise ResultRefused(errors)
    row.save()
    return row, True


def _errors(row, at):
    errors = {}
    if not row.source.strip():
        errors["source"] = "Say where the value stands."
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
        errors["expected_on"] = "A confirmed value is not expected any more."
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


_IDENTITY = ("indicator", "subject", "basis", "period_start", "period_end", "is_provisional")


def _same(row):
    """Return a stored result that says just what `row` says, or None."""
    said = ("value", "low", "high", "numerator", "denominator", "expected_on", "breaks_series")
    words = ("source", "source_on", "as_printed", "discrepancy", "note")
    return Result.objects.filter(**{field: getattr(row, field) for field in (*_IDENTITY, *said, *words)}).first()


def _clashes(row):
    there = Result.objects.filter(**{field: getattr(row, field) for field in _IDENTITY})
    if not row.is_provisional and there.exists():
        return {"value": "This period has a confirmed value already."}
    if row.is_provisional and there.filter(source_on=row.source_on).exists():
        return {"source_on": "This period has a provisional value of that date already."}
    return {}


def _text(row):
    return str(row.value) if row.low is None else f"{row.low} to {row.high}"
