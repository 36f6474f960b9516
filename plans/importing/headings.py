"""Where the headings of a council's own plan are, and which field each column is proposed to fill. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from improvement.workbooks.grids import Grid
from improvement.workbooks.tables import letter
from plans.importing import blocks
from plans.importing.cells import due_dates, fields, references, traffic_lights
from plans.importing.cells.fields import DONE, MIDDLE, SINGLE, STATED, STEP, TOP, Field
from plans.importing.lines import Line

_SEARCHED = 40
_LONGEST = 90
_MOST = 0.6
_SAMPLES = 3
_GRADED = {"high", "medium", "low", "h", "m", "l", "1", "2", "3", "4", "5"}


@dataclass(frozen=True)
class Column:
    """A column that holds anything, and what is seen of it beneath its heading; `words` are those of its rows."""

    place: int
    heading: str
    samples: tuple[str, ...]
    values: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    is_hidden: bool = False
    words: tuple[str, ...] = ()

    @property
    def said(self) -> fields.Said:
        """What the heading says; of one of two rows, what its lower row says if its words are known.

        Under “Rating” the words “Action” and “Impact” say what is rated.
        """
        below = fields.said(self.words[-1]) if self.words else fields.Said()
        above = fields.said(" ".join(self.words[:-1]))
        if above.field is Field.RATING and (below.level or below.field is Field.IMPACT):
            return above
        return below if below.is_known else fields.said(self.heading)

    @property
    def letter(self) -> str:
        return letter(self.place)

    @property
    def name(self) -> str:
        return self.heading or f"Column {self.letter}"

    @property
    def colour_words(self) -> str:
        """The colours of its cells, each once, in their order."""
        return ", ".join(dict.fromkeys(self.colours))

    @property
    def is_repeated(self) -> bool:
        return len(set(self.values)) < len(self.values)


@dataclass(frozen=True)
class Shape:
    """The rows of the headings, first and last, and the columns beneath them."""

    top: int
    bottom: int
    columns: tuple[Column, ...]

    @property
    def signature(self) -> str:
        """The headings as they are remembered."""
        return "|".join(f"{column.letter} {fields.plain(column.heading)}" for column in self.columns)


def likeliest(pages: Sequence[tuple[Grid, list[Line]]]) -> int:
    """Return the place of the sheet that is most likely the plan: known headings first, then rows."""

    def worth(place):
        grid, lines = pages[place]
        best = max((_known(line) for line in lines[:_SEARCHED]), default=0)
        return not grid.is_hidden, min(best, 3), best * min(len(lines), 50), -place

    return max(range(len(pages)), key=worth)


def find(grid: Grid, lines: list[Line], top: int | None = None) -> Shape | None:
    """Return the shape of a sheet; `top` is the row of the headings where the user has said so. None without any."""
    chosen = [line for line in lines if line.number == top] if top else lines[:_SEARCHED]
    if not chosen:
        return None
    best = max(chosen, key=lambda line: (_known(line), min(len(line.held), 3), -line.number))
    if not top and _known(best) == 0 and len(best.held) < 2:
        return None
    at = lines.index(blocks.first(best, chosen))
    best = lines[at]
    first = at - 1 if not top and at and _is_group(lines[at - 1], best) else at
    last = at + 1 if at + 1 < len(lines) and _goes_on(best, lines[at + 1]) else at
    return Shape(lines[first].number, lines[last].number, _columns(grid, lines[first : last + 1], lines[last + 1 :]))


def _known(line):
    """Return how many different headings the row holds."""
    texts = {line.at(place).text for place in line.held}
    return len({fields.plain(text) for text in texts if len(text) <= _LONGEST and fields.said(text).is_known})


def _is_short(text):
    return len(text) <= _LONGEST and not text.isdigit()


def _is_group(above, line):
    """Whether the row above groups the headings: it reaches across some of them, or fills their gaps."""
    if above.number != line.number - 1 or not all(_is_short(above.at(place).text) for place in above.held):
        return False
    reaches = [place for place in above.held if above.wide.get(place, place) > place]
    gaps = [place for place in above.held if not line.at(place).text or place in line.repeated]
    is_title = len(above.held) == 1
    return not is_title and bool(reaches or gaps)


def _goes_on(line, beneath):
    """Whether the headings go on in the row beneath."""
    if beneath.number != line.number + 1:
        return False
    texts = [beneath.at(place).text for place in beneath.held]
    under = [
        place
        for start, end in line.wide.items()
        for place in range(start, end + 1)
        if beneath.at(place).text and start in line.held
    ]
    if not texts or not all(_is_short(text) for text in texts):
        return False
    if beneath.repeated & set(line.held):
        return True
    fills = [place for place in beneath.held if not line.at(place).text]
    return bool(under) and (_known(beneath) > 0 or bool(fills)) and set(beneath.held) <= {*under, *fills}


def _columns(grid, heads, beneath):
    width = max((len(line.cells) for line in (*heads, *beneath)), default=0)
    headed = [_heading(heads, place) for place in range(width)]
    found = blocks.split(beneath, {place: " ".join(words) for place, words in enumerate(headed) if words})
    repeated = {line.number for line in found.repeated}
    data = [line for line in found.rows if line.number not in repeated]
    return tuple(filter(None, (_column(grid, place, headed[place], data, found.repeated) for place in range(width))))


def _column(grid, place, words, data, repeated):
    """Return the column at a place, None where it is empty; what has no heading may have one further below."""
    values = tuple(text for line in data if (text := line.at(place).text))
    colours = tuple(filter(None, (traffic_lights.word(line.at(place).colour) for line in data)))
    words = words or next((found for line in repeated if (found := _heading([line], place))), [])
    if not (values or words or len(set(colours)) > 1):
        return None
    samples = tuple(dict.fromkeys(values))[:_SAMPLES]
    return Column(place, " ".join(words), samples, values, colours, place in grid.hidden_columns, tuple(words))


def _heading(heads, place):
    """Return the words of a column's headings, row by row, those that reach across it from the left too."""
    words = []
    for line in heads:
        text = "" if place in line.repeated else line.at(place).text
        if not text:
            reaching = [start for start, end in line.wide.items() if start < place <= end]
            text = line.at(reaching[-1]).text if reaching else ""
        if text and text not in words:
            words.append(" ".join(text.split()))
    return words


def propose(shape: Shape, *, has_sections: bool = False) -> dict[int, Field]:
    """Return the field that each column is proposed to fill, by its place."""
    found: dict[int, Field] = {}
    levels: list[tuple[Column, str]] = []
    for column in shape.columns:
        said = column.said
        if not column.values and column.colours and said.field is None:
            found[column.place] = Field.RATING
        elif column.values and said.level and {value.casefold() for value in column.values} <= _GRADED:
            found[column.place] = Field.NOTE
        elif said.level in {STATED, DONE} and _share(column.values, references.is_one) == 1:
            found[column.place] = Field.REFERENCE
        elif said.level:
            levels.append((column, said.level))
        else:
            found[column.place] = said.field or _by_content(column, said.is_dated)
    found |= _levels(levels, shape, found, has_sections)
    return _single(shape, found)


def _by_content(column, is_dated):
    """Return what the values of a column say, whose heading says nothing."""
    values = column.values
    if (not values and column.colours) or _share(values, traffic_lights.is_rating) > _MOST:
        return Field.RATING
    if is_dated:
        return Field.PROGRESS
    if not column.heading and not column.is_repeated and _share(values, references.is_one) == 1:
        return Field.REFERENCE
    if _share(values, lambda value: due_dates.read(value).on and len(value) < 20) > _MOST:
        return Field.DUE
    return Field.NOTE


def _share(values, holds):
    return sum(bool(holds(value)) for value in values) / len(values) if values else 0


def _levels(levels, shape, found, has_sections):
    """Return what the columns of the levels hold: the last one that is done is rated, what is left of it is above."""
    rated = _rated(levels, shape, found)
    if rated is None:
        return {column.place: Field.NOTE for column, _ in levels}
    kinds = {column.place: kind for column, kind in levels}
    above = [(column, kind) for column, kind in levels if column.place < rated.place]
    result = {}
    for column, kind in levels:
        if column.place > rated.place:
            result[column.place] = _beside(kind)
    result[rated.place] = Field.RECOMMENDATION
    return result | _above(above, rated, kinds.get(rated.place, ""), has_sections)


def _rated(levels, shape, found):
    for kind in (DONE, STATED, STEP, MIDDLE, TOP):
        if of_kind := [column for column, each in levels if each == kind]:
            return of_kind[-1] if kind in {MIDDLE, TOP} else of_kind[0]
    unknown = [column for column in shape.columns if found.get(column.place) is Field.NOTE and column.values]
    return max(unknown, key=lambda column: sum(map(len, column.values)) / len(column.values), default=None)


def _beside(kind):
    return {STEP: Field.ACTION, DONE: Field.ACTION, MIDDLE: Field.SUCCESS}.get(kind, Field.NOTE)


def _above(above, rated, rated_kind, has_sections):
    """Return what the columns left of the rated one hold.

    With a stated recommendation beneath a theme or an outcome, that is rated and what is done are its steps. A
    recommendation that several actions answer, with nothing above it, is a theme: its actions are rated.
    """
    result: dict[int, Field] = {}
    levels = [Field.OUTCOME] if has_sections else [Field.THEME, Field.OUTCOME]
    stated = next((column for column, kind in above if kind == STATED), None)
    higher = [column for column, kind in above if kind != STATED]
    if stated and rated_kind == DONE and (higher or has_sections or not stated.is_repeated):
        result |= {stated.place: Field.RECOMMENDATION, rated.place: Field.ACTION}
        above = [(column, kind) for column, kind in above if column is not stated]
    elif (
        len(above) == len(levels) + 1
        and rated_kind == DONE
        and above[-1][1] in {STATED, MIDDLE}
        and above[-1][0].is_repeated
    ):
        result |= {above[-1][0].place: Field.RECOMMENDATION, rated.place: Field.ACTION}
        above = above[:-1]
    for column, _ in above:
        result[column.place] = levels.pop(0) if levels else Field.AIM
    return result


def _single(shape, found):
    """Return the fields with each that only one column can fill given to one: the reference to the most different."""
    by_place = {column.place: column for column in shape.columns}
    for field in SINGLE:
        places = [place for place, each in found.items() if each is field]
        best = max(places, key=lambda place: (len(set(by_place[place].values)), -place), default=None)
        found |= {place: Field.NOTE for place in places if place != best}
    return dict(sorted(found.items()))
