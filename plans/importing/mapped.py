"""A council's spreadsheet as the user has mapped it: its sheet, its headings, and what the plan comes to. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from improvement.workbooks.grids import Grid
from plans.importing import headings, levels, lines, paragraphs
from plans.importing.cells import lists
from plans.importing.cells.fields import Field
from plans.importing.headings import Column, Shape
from plans.importing.lines import Line
from plans.importing.records import Plan, Remark

# No sheet can have this name.
ALL = "*"
_COPIES = re.compile(
    r"\b(v\d|version|archived?|old|closed|completed?|copy|draft|superseded|previous|20\d\d|jan|feb|mar|apr|may|jun|jul|aug|sep"
    r"|oct|nov|dec)",
    re.IGNORECASE,
)

_PLAN = re.compile(r"\b(plan|programme|strategy)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Opened:
    """The sheet that is read, or the sheets with the same headings, of all that the file holds.

    `name` is that of the sheet or ALL; `alike` are the grids with the same headings; `above` is what stands above them.
    """

    grids: Sequence[Grid]
    name: str
    grid: Grid
    alike: Sequence[Grid]
    lines: Sequence[Line]
    shape: Shape | None
    above: Sequence[Line] = ()

    @property
    def top(self) -> int | None:
        """The row of the headings in its own sheet."""
        found = [line.row or line.number for line in self.lines if self.shape and line.number == self.shape.top]
        return found[0] if found else None

    @property
    def read(self) -> str:
        """Which sheet and headings were read, so that an answer is known to be about these columns."""
        return f"{self.name}|{self.top or ''}"

    @cached_property
    def proposed(self) -> dict[int, Field]:
        """The field that each column is proposed to fill."""
        if self.shape is None:
            return {}
        found = headings.propose(self.shape)
        if levels.has_sections(self.shape, list(self.lines), found):
            return headings.propose(self.shape, has_sections=True)
        return found

    @property
    def hidden(self) -> list[Line]:
        """The hidden rows beneath the headings."""
        return [line for line in self.lines if line.is_hidden and self.shape and line.number > self.shape.bottom]

    @property
    def title(self) -> str:
        """The first text above the headings that is called a plan, or the first of all."""
        above = [line for line in self.lines if self.shape and line.number < self.shape.top]
        texts = [line.at(place).text for line in above for place in line.held]
        # Of several sheets the first text is the title of the first.
        first = "" if self.name == ALL else next(iter(texts), "")
        return next((text for text in texts if _PLAN.search(text)), first)

    def lists_of(self, column: Column) -> int:
        """Return how many cells of the column hold a list."""
        return sum(map(lists.is_list, column.values))

    def plan(self, chosen: Mapping[int, Field], *, with_hidden: bool) -> Plan:
        """Return what the rows hold; what was not read of the file is among the remarks."""
        if self.shape is None:
            return Plan()
        found = levels.read(self.shape, list(self.lines), dict(chosen), with_hidden=with_hidden)
        found.remarks += self._left_out()
        return found

    def _left_out(self) -> list[Remark]:
        loaded = self.alike if self.name == ALL else [self.grid]
        others = [grid for grid in self.grids if grid.name not in {each.name for each in loaded}]
        said = [Remark("", grid.name, f"This sheet was not loaded. Rows: {len(grid.rows)}.") for grid in others]
        for grid in loaded:
            if grid.has_comments:
                said.append(Remark("", grid.name, "The comments on the cells of this sheet were not loaded."))
        said += [levels.remark(line, "This is above the headings and was not loaded.") for line in self.above]
        return said


def opened(grids: Sequence[Grid], name: str = "", top: int | None = None) -> Opened:
    """Return the sheet called `name`, or the likeliest, with the headings in row `top` or where they are found.

    Sheets with the same headings are read as one if `name` is ALL, or if none is named and none is a copy by its name.
    """
    pages = [(grid, paragraphs.tabled(lines.of(grid))) for grid in grids]
    named = [place for place, grid in enumerate(grids) if grid.name == name]
    place = named[0] if named else headings.likeliest(pages)
    grid, rows = pages[place]
    shape = headings.find(grid, rows, top if name != ALL else None)
    alike = _alike(pages, headings.find(grid, rows))
    one = Opened(grids, grid.name, grid, [each for each, _, _ in alike], rows, shape)
    are_copies = any(_COPIES.search(each.name) for each, _, _ in alike)
    if len(alike) < 2 or named or (name != ALL and are_copies):
        return one
    has_themes = {Field.THEME, Field.OUTCOME} & set(one.proposed.values())
    is_titled = not has_themes and not levels.has_sections(alike[0][2], rows, one.proposed)
    together = [(each.name, its_rows, its_shape.top) for each, its_rows, its_shape in alike]
    stack, above = lines.stacked(together, is_titled=is_titled)
    found = headings.find(alike[0][0], stack, alike[0][2].top + is_titled)
    return Opened(grids, ALL, alike[0][0], one.alike, stack, found, above)


def _alike(pages: Sequence[tuple[Grid, list[Line]]], shape: Shape | None) -> list[tuple[Grid, list[Line], Shape]]:
    """Return the sheets that have the same headings as one."""
    found = []
    for grid, rows in pages:
        its = headings.find(grid, rows)
        if its and shape and not grid.is_hidden and its.signature == shape.signature:
            found.append((grid, rows, its))
    return found
