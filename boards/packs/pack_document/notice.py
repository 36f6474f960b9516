"""Where the targets of the Notice stand on the day: verdicts, values, provisional marks, what does not reconcile."""

import re
from collections.abc import Iterator

from django.template.loader import render_to_string

from boards.packs.contents import BoardPack
from improvement.documents.blocks import Block, Figure, Heading, Paragraph, Table
from notices.targets import charts
from notices.targets.milestones import Basis

# Where a sentence ends and another begins.
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
SLIPS = ("Indicator", "Value", "Discrepancy", "Source")


def targets(pack: BoardPack) -> Iterator[Block]:
    if not pack.targets:
        yield Paragraph("The plan does not answer a Notice.")
        return
    yield Paragraph(f"As of {pack.on:%-d %B %Y}: only what was known by then counts.", "note")
    rows = [(one.target.reference, one.target.wording, _next(one), _latest(one), _verdict(one)) for one in pack.targets]
    headers = ("Target", "Wording", "Next milestone", "Latest value", "Verdict")
    yield Table("Targets in the Notice's order", headers, rows, widths=(7, 45, 16, 16, 16))
    measured = [one for one in pack.targets if one.all_steps or any(measure.results for measure in one.measures)]
    if measured:
        yield Heading(2, "Milestones and values")
    for one in measured:
        yield Heading(3, _name(one))
        yield from _measured(one)
    yield from _slips(pack.targets)


def _name(one):
    """Return what a target is called beside its wording: its reference and its indicator's name."""
    indicator = next((measure.indicator for measure in one.measures if measure.indicator.decides), None)
    indicator = indicator or (one.charted or one.measures)[0].indicator
    return f"{one.target.reference} {indicator.reference}: {indicator.name}"


def _next(one):
    if one.next_step:
        return one.next_step.milestone.wording
    return "None left" if one.steps else "None"


def _latest(one):
    result = one.measure.latest if one.measure else None
    return f"{_value(result)}\n{result.period}" if result else "None"


def _value(result):
    if result is None:
        return "None"
    return f"{result.words}, provisional" if result.is_provisional else result.words


def _verdict(one):
    periods = [step.milestone.period for step in one.last_steps[:1]]
    return "\n".join((one.verdict_words, *periods))


def _measured(one):
    if steps := one.all_steps:
        rows = [
            (_step(step, one), step.milestone.period, _to_reach(step), _reached(step), step.words) for step in steps
        ]
        headers = ("Milestone", "Period", "To reach", "Value", "Verdict")
        yield Table("", headers, rows, widths=(32, 20, 14, 18, 16))
    for measure in one.charted:
        chart = charts.chart(measure) if measure.steps else None
        if chart:
            yield _figure(measure, chart)
    yield from _values(one)


def _values(one):
    """Yield every value known of a target, of its indicators in their order."""
    rows = [
        (
            measure.indicator.subgroup or measure.indicator.reference,
            _period(row),
            _value(row),
            row.get_subject_display(),
            row.source,
        )
        for measure in one.measures
        for row in measure.results
    ]
    if rows:
        headers = ("Indicator", "Period", "Value", "Whose", "Source")
        yield Table(f"Values of {one.target.reference}", headers, rows, widths=(22, 28, 18, 12, 20))


def _period(row):
    """Return the period, with the basis where that does not follow from it."""
    is_plain = row.basis == Basis.MONTH or row.period.startswith("academic year")
    return row.period if is_plain else f"{row.period}, {row.get_basis_display().lower()}"


def _step(step, one):
    """Name a milestone, with its indicator where several of the target have one."""
    indicators = {other.milestone.indicator.reference for other in one.all_steps}
    milestone = step.milestone
    return milestone.wording if len(indicators) == 1 else f"{milestone.wording}\n{milestone.indicator.reference}"


def _figure(measure, chart):
    indicator = measure.indicator
    return Figure(
        render_to_string("notices/targets/_plot.html", {"chart": chart, "indicator": indicator}),
        f"{indicator.name}, {indicator.unit}, over time. The table below gives the figures.",
        f"{indicator.reference}, in {indicator.unit}",
        share=0.6,
    )


def _to_reach(step):
    if step.is_judged:
        return "Judged in words"
    change = "\nchange" if step.milestone.kind == "change" else ""
    return f"{step.milestone.words}{change}"


def _reached(step):
    return "\n".join(filter(None, (_value(step.result), step.gap_words)))


def _slips(targets):
    if rows := slips(targets):
        yield Heading(2, "Discrepancies")
        yield Table("Discrepancies, as printed in the sources", SLIPS, rows, widths=(15, 25, 46, 14))


def slips(targets):
    """Return, under the headings SLIPS, what a source prints where it cannot mean it, and where a series breaks.

    Values that fell to the same slip share a row, in which no sentence stands twice.
    """
    found = {}
    for one in targets:
        for measure in one.measures:
            for row in measure.results:
                if row.as_printed or row.breaks_series:
                    found.setdefault((row.source, row.as_printed), []).append((measure.indicator.reference, row))
    return [
        (
            "\n".join(name for name, _ in group),
            "\n".join(f"{_value(row)}, {row.period}" for _, row in group),
            _slip(printed, [row for _, row in group]),
            source,
        )
        for (source, printed), group in found.items()
    ]


def _slip(printed, rows):
    sentences = dict.fromkeys(sentence for row in rows for sentence in _SENTENCE.split(row.discrepancy) if sentence)
    broken = ["The series breaks here."] if any(row.breaks_series for row in rows) else []
    return " ".join([*([f"Printed: {printed}."] if printed else []), *sentences, *broken])
