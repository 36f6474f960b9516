"""Where a target stood on the day of a report, as plain texts that the report's own rows can hold for good.

`notices.interim` stamps them when a report is tabled; while it is drafted they are worked out for each page. Nothing
that is renamed, corrected or confirmed afterwards reaches what was stamped.
"""

from django.utils import timezone

from notices.targets import charts
from notices.targets.milestones import Kind, Verdict
from notices.targets.values import plain


def put(entry, progress):
    """Put onto `entry`, which is not saved here, how its target stands in `progress`; return it."""
    entry.target = target = progress.target
    entry.position, entry.reference, entry.kind = target.position, target.reference, target.kind
    entry.wording = target.wording
    entry.area = target.area.name if target.area else ""
    entry.verdict, entry.verdict_words = progress.verdict, progress.verdict_words
    entry.steps = [_step(step) for step in progress.all_steps]
    entry.values = [_value(measure.indicator, row) for measure in progress.measures for row in measure.standing]
    return entry


def put_title(report):
    """Put onto `report`, which is not saved here, what it shows of its Notice and of the plans that answer it."""
    report.notice_title = report.notice.title
    plans = sorted(report.notice.plans.all(), key=lambda plan: plan.slug)
    report.caveat = "\n".join(dict.fromkeys(plan.caveat for plan in plans if plan.caveat))
    return report


def _step(step):
    milestone = step.milestone
    return {
        "indicator": milestone.indicator.reference,
        "wording": milestone.wording,
        "period": milestone.period,
        "basis": milestone.get_basis_display(),
        "to_reach": _to_reach(milestone),
        "value": step.result.words if step.result else "",
        "is_provisional": step.is_provisional,
        "gap": step.gap_words,
        "verdict": step.verdict.value,
        "words": step.words,
        "is_discrepant": bool(step.result and step.result.as_printed),
        "remarks": _remarks_on_step(step),
        "drawn": _drawn_step(milestone),
    }


def _drawn_step(milestone):
    """Return what a chart needs of a milestone; empty where it asks for no level."""
    level = charts.level_of(milestone)
    if level is None:
        return {}
    days = {"from": milestone.period_start.isoformat(), "to": milestone.period_end.isoformat()}
    return days | {"level": plain(level), "basis": milestone.basis}


def _to_reach(milestone):
    if not milestone.words:
        return "Judged in words"
    if milestone.kind != Kind.CHANGE:
        return milestone.words
    return f"{milestone.words}, change" + ("; no baseline is named" if milestone.baseline is None else "")


def _remarks_on_step(step):
    milestone, result = step.milestone, step.result
    remarks = [milestone.note]
    if step.is_stated:
        remarks.append(
            f"{milestone.judged_reason} ({milestone.judged_by.name}, {_day(timezone.localdate(milestone.judged_at))})"
        )
    if step.expected_on and (step.verdict is Verdict.AWAITED or step.is_provisional):
        what = "Confirmed value expected" if step.is_provisional else "Expected"
        remarks.append(f"{what} on {_day(step.expected_on)}.")
    if result and result.as_printed and not milestone.note:
        remarks.append(_printed(result))
    return " ".join(filter(None, remarks))


def _value(indicator, row):
    return {
        "indicator": indicator.reference,
        "name": indicator.name,
        "subgroup": indicator.subgroup,
        "period": row.period,
        "basis": row.get_basis_display(),
        "value": row.words,
        "fraction": row.fraction,
        "is_provisional": row.is_provisional,
        "subject": row.get_subject_display(),
        "source": row.source,
        "is_discrepant": bool(row.as_printed),
        "remarks": _remarks_on_value(row),
        "drawn": _drawn_value(indicator, row),
    }


def _drawn_value(indicator, row):
    """Return what a chart needs of a value and of its indicator."""
    numbers = {"value": row.value, "low": row.low, "high": row.high, "floor": indicator.floor}
    return {
        "from": row.period_start.isoformat(),
        "to": row.period_end.isoformat(),
        "basis": row.basis,
        "subject": row.subject,
        "breaks": row.breaks_series,
        "unit": indicator.unit,
        "better": indicator.better,
        "floor_source": indicator.floor_source,
    } | {name: "" if number is None else plain(number) for name, number in numbers.items()}


def _remarks_on_value(row):
    remarks = [_printed(row)] if row.as_printed else []
    if row.breaks_series:
        remarks.append("The series breaks here.")
    if row.confirms:
        remarks.append(f"Confirms the provisional {row.confirms.words}.")
    if row.expected_on:
        remarks.append(f"Confirmed value expected on {_day(row.expected_on)}.")
    return " ".join([*remarks, row.note] if row.note else remarks)


def _printed(row):
    return f"Printed: {row.as_printed}. {row.discrepancy}"


def _day(day):
    return f"{day:%-d %B %Y}"
