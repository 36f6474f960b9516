"""A council's spreadsheet as the user has mapped it: its sheet, its headings, and what the plan comes to. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from improvement.workbooks.grids import Grid
from plans.importing import headings, levels, lines
from plans.importing.cells import lists
from plans.importing.cells.fields import Field
from plans.importing.headings import Column, Shape
from plans.importing.lines import Line
from plans.importing.records import Plan, Remark


@dataclass(frozen=True)
class Opened:
    """The sheet that is read, of all that the file holds, and its headings where they were found."""

    grids: Sequence[Grid]
    place: int
    lines: Sequence[Line]
    shape: Shape | None

    @property
    def grid(self) -> Grid:
        return self.grids[self.place]

    @property
    def read(self) -> str:
        """Which sheet and headings were read, so that an answer is known to be about these columns."""
        return f"{self.grid.name}|{self.shape.top if self.shape else ''}"

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
        """The first text above the headings, which is the title of most plans."""
        above = [line for line in self.lines if self.shape and line.number < self.shape.top]
        return next((line.at(place).text for line in above for place in line.held), "")

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
        others = [grid for grid in self.grids if grid is not self.grid and grid.rows]
        said = [Remark("", grid.name, f"This sheet was not loaded. It has {len(grid.rows)} rows.") for grid in others]
        if self.grid.has_comments:
            said.append(Remark("", self.grid.name, "The comments on the cells of this sheet were not loaded."))
        return said


def opened(grids: Sequence[Grid], name: str = "", top: int | None = None) -> Opened:
    """Return the sheet called `name`, or the likeliest one, with the headings in row `top` or where they are found."""
    pages = [(grid, lines.of(grid)) for grid in grids]
    named = [place for place, grid in enumerate(grids) if grid.name == name]
    place = named[0] if named else headings.likeliest(pages)
    grid, rows = pages[place]
    return Opened(grids, place, rows, headings.find(grid, rows, top))
