"""Judgements of several inspections side by side, through the categories that they are mapped to."""

from dataclasses import dataclass

from notices.inspections.grades import Comparison, Grade, moved_by, steps, steps_on
from notices.models import Category, Inspection, Judgement, Notice, ReportedStatement


@dataclass(frozen=True)
class Cell:
    """What one inspection says of a category, held against the last named grade before it."""

    inspection: Inspection
    judgement: Judgement | None
    before: Judgement | None

    @property
    def comparison(self) -> Comparison | None:
        """Return None where there is nothing to compare: no judgement, or none before it."""
        if self.judgement is None or self.before is None:
            return None
        return moved_by(_moved(self.before, self.judgement))

    @property
    def steps(self) -> int:
        """By how many grades it is better or worse."""
        if self.judgement is None or self.before is None:
            return 0
        return abs(_moved(self.before, self.judgement) or 0)


@dataclass(frozen=True)
class Row:
    category: Category
    cells: list[Cell]

    @property
    def is_compared(self) -> bool:
        return any(cell.comparison for cell in self.cells)


@dataclass(frozen=True)
class SideBySide:
    """Every mapped category, the inspections that judge any of them, and what sources only count."""

    inspections: list[Inspection]
    rows: list[Row]
    unmapped: list[Judgement]
    counts: list[ReportedStatement]

    @property
    def compared(self) -> list[Row]:
        return [row for row in self.rows if row.is_compared]

    @property
    def single(self) -> list[tuple[Inspection, list[Judgement]]]:
        """What only one inspection judges, so that there is nothing to hold it against, by inspection."""
        rows = [row for row in self.rows if not row.is_compared]
        judged = (
            (inspection, [row.cells[place].judgement for row in rows if row.cells[place].judgement])
            for place, inspection in enumerate(self.inspections)
        )
        return [(inspection, judgements) for inspection, judgements in judged if judgements]


def build(notice: Notice, plans) -> SideBySide:
    """Return the judgements of the inspections that are read beside `notice` and `plans`, in two queries."""
    beside = Inspection.objects.beside(notice, plans)
    graded = Judgement.objects.filter(inspection__in=beside).exclude(grade_as_printed="")
    graded = list(graded.select_related("inspection", "category").order_by("inspection", "position"))
    mapped: dict[Category, dict[Inspection, Judgement]] = {}
    for judgement in graded:
        if judgement.category:
            mapped.setdefault(judgement.category, {})[judgement.inspection] = judgement
    inspections = list(dict.fromkeys(judgement.inspection for judgement in graded if judgement.category))
    counts = ReportedStatement.objects.filter(inspection__in=beside, counted__isnull=False)
    return SideBySide(
        inspections=inspections,
        rows=[
            Row(category, _cells(inspections, mapped[category]))
            for category in sorted(mapped, key=lambda category: (category.position, category.group, category.name))
        ],
        unmapped=[judgement for judgement in graded if judgement.category is None],
        counts=list(counts.select_related("inspection")),
    )


def _cells(inspections, judged):
    cells, before = [], None
    for inspection in inspections:
        judgement = judged.get(inspection)
        cells.append(Cell(inspection, judgement, before))
        if judgement and (judgement.grade or inspection.own_scale):
            before = judgement
    return cells


def _moved(before, after):
    """Return how many grades `after` is above `before`, on a scale that both inspections use."""
    scale = after.inspection.own_scale
    if scale != before.inspection.own_scale:
        return None
    if scale:
        return steps_on(scale, before.grade_as_printed, after.grade_as_printed)
    return steps(_grade(before), _grade(after))


def _grade(judgement):
    return Grade(judgement.grade) if judgement.grade else None
