"""A draft side by side with the plan, and what nothing would answer any more once it is applied."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from improvement.records import references
from notices.models import Finding, Target
from plans.demands.coverage import demanded_findings, demanded_targets
from plans.models import AreaChange, AreaOfFocus, Closure, Recommendation, Refresh, RefreshChange
from plans.refresh import checks, proposals
from plans.refresh.applying import area_lines

Fate = RefreshChange.Fate


@dataclass(frozen=True)
class Line:
    """A recommendation or an area of focus, what becomes of it, before and after, and what is wrong with that."""

    reference: str
    title: str
    change: RefreshChange | AreaChange | None
    words: str
    lines: list[dict[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def reason(self) -> str:
        return getattr(self.change, "reason", "")


@dataclass(frozen=True)
class Unanswered:
    """A target or finding that no recommendation will answer; `now` are those that answer it today."""

    demand: Target | Finding
    now: list[Recommendation]


@dataclass(frozen=True)
class Preview:
    refresh: Refresh
    recommendations: list[Line]
    areas: list[Line]
    targets: list[Unanswered]
    findings: list[Unanswered]
    counts: list[tuple[str, int]]
    problems: list[str]
    begins: date
    on: date

    @property
    def changed(self) -> list[Line]:
        return [line for line in self.recommendations if line.change]

    @property
    def changed_areas(self) -> list[Line]:
        return [line for line in self.areas if line.change]

    @property
    def unanswered(self) -> list[Unanswered]:
        return [*self.targets, *self.findings]


def build(refresh: Refresh, *, on: date) -> Preview:
    """Return the draft as of the day `on`, in a constant number of queries."""
    here = checks.context(refresh, on=on)
    changes = {change.reference: change for change in here.changes}
    present = {reference: proposals.facts(row) for reference, row in here.live.items()}
    known = [
        _line(reference, row.title, changes.get(reference), present[reference], here)
        for reference, row in here.live.items()
    ]
    gone = [change for change in here.changes if change.reference not in here.live and change.fate != Fate.ADD]
    known += [_line(change.reference, change.recommendation.title, change, {}, here) for change in gone]
    added = [
        _line(change.reference, change.proposed.get("title", ""), change, {}, here) for change in here.added.values()
    ]
    lines = [*known, *added]
    return Preview(
        refresh=refresh,
        recommendations=lines,
        areas=_areas(here),
        targets=_unanswered("targets", demanded_targets(refresh.plan), here, changes, present),
        findings=_unanswered("findings", demanded_findings(refresh.plan), here, changes, present),
        counts=_counts(lines),
        problems=checks.problems(here),
        begins=here.begins,
        on=on,
    )


def words(change: RefreshChange | None) -> str:
    """Return in words what becomes of a recommendation: “Reworded, given to another lead”."""
    if change is None:
        return "Carries on unchanged"
    if change.fate == Fate.ADD:
        return "New"
    if change.fate == Fate.CHANGE:
        return ", ".join(proposals.happening(change.proposed)).capitalize()
    closed = f"Closes: {Closure(change.closure).label.lower()}"
    return f"{closed} ({', '.join(change.successors)})" if change.successors else closed


def _line(reference, title, change, present, here):
    is_shown = change is not None and change.fate != Fate.CLOSE and (present or change.fate == Fate.ADD)
    return Line(
        reference=reference,
        title=title,
        change=change,
        words=words(change),
        lines=here.names.lines(present, change.proposed) if is_shown else [],
        problems=list(checks.errors(change, here).values()) if change else [],
    )


def _areas(here):
    changes = {change.letter: change for change in here.area_changes}
    lasting = {letter: area for letter, area in here.areas.items() if letter in changes or letter in here.letters}
    lines = [_area(letter, area, changes.get(letter), here) for letter, area in lasting.items()]
    lines += [_area(letter, None, change, here) for letter, change in changes.items() if letter not in lasting]
    return sorted(lines, key=lambda line: references.order(line.reference))


def _area(letter, area: AreaOfFocus | None, change, here):
    return Line(
        reference=letter,
        title=area.title if area else change.title,
        change=change,
        words=area_words(change),
        lines=area_lines(change) if change else [],
        problems=list(checks.area_errors(change, here).values()) if change else [],
    )


def area_words(change: AreaChange | None) -> str:
    """Return in words what becomes of an area of focus."""
    if change is None:
        return "Carries on unchanged"
    return {"add": "New", "end": "Ends", "change": "Changes"}[change.fate]


def _unanswered(name, demanded, here, changes, present):
    """Return which of `demanded` nothing answers once the draft is applied."""
    after = [
        facts[name] if (change := changes.get(reference)) is None else change.proposed.get(name, facts[name])
        for reference, facts in present.items()
        if reference not in here.closing
    ]
    after += [change.proposed.get(name, []) for change in here.added.values()]
    answered = {pk for pks in after for pk in pks}
    return [
        Unanswered(row, [here.live[reference] for reference, facts in present.items() if row.pk in facts[name]])
        for row in demanded
        if row.pk not in answered
    ]


def _counts(lines):
    """Return how many recommendations carry on, change, close, by how, and are new, and how many the plan then has."""
    fates = Counter(line.change.fate if line.change else "" for line in lines)
    closures = Counter(line.change.closure for line in lines if line.change and line.change.closure)
    closed = [(f"Close: {Closure(closure).label.lower()}", number) for closure, number in closures.items()]
    return [
        ("Carry on unchanged", fates[""]),
        ("Change", fates[Fate.CHANGE]),
        *closed,
        ("New", fates[Fate.ADD]),
        ("In the plan afterwards", len(lines) - fates[Fate.CLOSE]),
    ]
