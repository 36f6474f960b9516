"""The rows of a sheet as its reader sees them: merged cells filled in, hidden rows marked. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from improvement.workbooks.grids import NOTHING, Grid, Seen
from improvement.workbooks.tables import Unreadable, letter

_MAX_FILLED = 300_000


@dataclass
class Line:
    """A row. `repeated` are the places that show the merged cell above, `wide` the cells that reach across others.

    `number` gives the order; of several sheets read as one, `row` is its number in its `sheet`. Of paragraphs read as
    one row, `names` says where each stands.
    """

    number: int
    cells: list[Seen]
    is_hidden: bool = False
    repeated: set[int] = field(default_factory=set)
    wide: dict[int, int] = field(default_factory=dict)
    sheet: str = ""
    row: int = 0
    names: dict[int, str] = field(default_factory=dict)

    def at(self, place: int) -> Seen:
        return self.cells[place] if place < len(self.cells) else NOTHING

    @property
    def held(self) -> list[int]:
        """The places that hold a text of the row's own."""
        return [place for place, cell in enumerate(self.cells) if cell.text and place not in self.repeated]

    def name(self, place: int) -> str:
        """Return what the cell is called in the spreadsheet: “C7”, or “Health!C7” of several sheets."""
        if place in self.names:
            return f"{self.sheet}!{self.names[place]}" if self.sheet else self.names[place]
        return f"{self.sheet}!{letter(place)}{self.row}" if self.sheet else f"{letter(place)}{self.row_number}"

    @property
    def row_number(self) -> int:
        """Its number in its sheet."""
        return self.row or self.number

    @property
    def where(self) -> str:
        return f"sheet “{self.sheet[:40]}”, row {self.row}" if self.sheet else f"row {self.row_number}"


def of(grid: Grid) -> list[Line]:
    """Return the rows of the sheet that hold anything. Raises Unreadable where too much is merged."""
    lines = [Line(number, list(cells), number in grid.hidden_rows) for number, cells in grid.rows]
    numbers = [line.number for line in lines]
    filled = 0
    for each in grid.merged:
        inside = lines[bisect_left(numbers, each.top) : bisect_right(numbers, each.bottom)]
        filled += len(inside)
        if filled > _MAX_FILLED:
            raise Unreadable("This sheet has too many merged cells. Unmerge them.")
        _fill(inside, each)
    return lines


def stacked(sheets: Sequence[tuple[str, list[Line], int]], *, is_titled: bool) -> tuple[list[Line], list[Line]]:
    """Return the rows of several sheets as those of one, and what is above the headings of those after the first.

    Each sheet has its name, its rows and the row of its headings. Above these its title stands if `is_titled`: its
    name, or the one text that each sheet has above its headings if they differ.
    """
    found: list[Line] = []
    above: list[Line] = []
    titles = _titles(sheets) if is_titled else {}
    for name, rows, top in sheets:
        last = found[-1].number if found else 0
        named = [replace(line, sheet=name, row=line.row_number) for line in rows]
        over = [line for line in named if line.number < top and name not in titles]
        above += over if found else []
        found += [replace(line, number=last + line.number) for line in over if not last]
        if is_titled:
            title, row = titles.get(name, (Seen(name, name), 0))
            found.append(Line(last + top, [title, NOTHING], wide={0: 1}, sheet=name, row=row))
        found += [replace(line, number=last + line.number + is_titled) for line in named if line.number >= top]
    return found, above


def _titles(sheets) -> dict[str, tuple[Seen, int]]:
    """Return by sheet the one text above its headings and its row, if every sheet has one of its own."""
    found = {}
    for name, rows, top in sheets:
        above = [(line.at(place), line.row_number) for line in rows if line.number < top for place in line.held]
        if len(above) == 1:
            found[name] = above[0]
    is_told = len({title.text.casefold() for title, _ in found.values()}) == len(sheets)
    return found if is_told else {}


def _fill(inside, merged):
    if not inside or inside[0].number != merged.top:
        return
    first = inside[0].at(merged.left)
    for line in inside:
        if merged.right > merged.left:
            line.wide[merged.left] = merged.right
        if line is not inside[0] and first.text and not line.at(merged.left).text:
            line.cells += [NOTHING] * (merged.left + 1 - len(line.cells))
            line.cells[merged.left] = replace(first, formula="")
            line.repeated.add(merged.left)
