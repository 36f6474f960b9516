"""A report to the department as its page and its documents show it: from its own rows once it is tabled.

While it is drafted the same is worked out anew for each page, so that its writers see how every target stands.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from improvement.texts import prose
from improvement.texts.prose import Part
from notices import interim
from notices.interim import plots
from notices.interim.plots import Drawing
from notices.models import SECTIONS, EndVerdict, InterimEntry, InterimReport
from notices.targets.milestones import Verdict
from notices.targets.values import plural

EXPLANATION = (
    "The status is what the council reports. The computed verdict is for the last milestone due, on the results known "
    "on the day of the report. They can differ."
)
_AT_ODDS = {(EndVerdict.ACHIEVED, Verdict.MISSED), (EndVerdict.NOT_MET, Verdict.MET)}


@dataclass(frozen=True)
class Section:
    name: str
    label: str
    text: str

    @property
    def parts(self) -> tuple[Part, ...]:
        return prose.parts(self.text)


@dataclass(frozen=True)
class Line:
    """What the report says of one target."""

    entry: InterimEntry

    @cached_property
    def narrative(self) -> tuple[Part, ...]:
        return prose.parts(self.entry.narrative)

    @cached_property
    def recap(self) -> tuple[Part, ...]:
        return prose.parts(self.entry.recap)

    @cached_property
    def drawings(self) -> list[Drawing]:
        return plots.build(self.entry.values, self.entry.steps, of=self.entry.reference)

    @property
    def is_silent(self) -> bool:
        """Whether it neither reports anything nor says why."""
        return interim.is_silent(self.entry)

    @property
    def is_carried(self) -> bool:
        """Whether the narrative is that of the report before, and nobody has gone over it since."""
        return self.entry.written_at is None and bool(self.entry.narrative)

    @property
    def is_at_odds(self) -> bool:
        """Whether the status says one thing and the computed verdict the other; it may, with words that say why."""
        return (self.entry.status, self.entry.verdict) in _AT_ODDS

    @property
    def rows(self) -> int:
        return len(self.entry.values)


@dataclass(frozen=True)
class Reported:
    report: InterimReport
    lines: tuple[Line, ...]

    @property
    def sections(self) -> list[Section]:
        labels = {name: InterimReport._meta.get_field(name).verbose_name.capitalize() for name in SECTIONS}
        return [Section(name, labels[name], getattr(self.report, name)) for name in SECTIONS]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many targets have each status."""
        counted = Counter(line.entry.status for line in self.lines)
        return [(status.label, counted[status]) for status in EndVerdict]

    @property
    def counted(self) -> str:
        """How many targets have each status, in words."""
        words = ", ".join(f"{number} {label.lower()}" for label, number in self.counts)
        return f"{plural(len(self.lines), 'target')}: {words}"

    explanation = EXPLANATION

    @property
    def silent(self) -> list[Line]:
        return [line for line in self.lines if line.is_silent]

    @property
    def carried(self) -> list[Line]:
        return [line for line in self.lines if line.is_carried]

    @property
    def at_odds(self) -> list[Line]:
        return [line for line in self.lines if line.is_at_odds]

    @property
    def empty_sections(self) -> list[Section]:
        return [section for section in self.sections if not section.text.strip()]


def build(report: InterimReport) -> Reported:
    """Return the report as it stands: one query, or six while it is a draft."""
    entries = interim.drafted(report) if report.is_draft else report.entries.order_by("position", "pk")
    return Reported(report, tuple(Line(entry) for entry in entries))
