"""The files that people fill in or take away: empty templates, and what stands in the very same form."""

from decimal import Decimal

from improvement.workbooks import writing
from improvement.workbooks.names import Names
from improvement.workbooks.tables import letter
from notices.loading import standing
from notices.loading.cells import Choice, Measure, Number, YesNo, tidy
from notices.loading.layout import FILES
from notices.models import Notice
from notices.targets.values import PERCENT, plain

KINDS = ("xlsx", "csv")
_LISTED_TO = 1_000
GUIDE_HEADINGS = ("Column", "Required", "Format", "Contents")
_RULES = (
    "Row 1 of each sheet contains the headings. Do not change them. Columns can be in any order. Before anything is "
    "loaded you can check, row by row, what is new, changed, the same or wrong.",
    "Rows in the file are added or changed. Rows that are not in the file stay the same. Nothing is removed. An empty "
    "cell clears the existing value.",
    "Dates: a date, or a text such as 31 March 2011, 31/03/2011 (the day first) or 2011-03-31.",
)
_OF_FIGURES = (
    "Percentages: 85, 85%, or a cell that shows 85%. 0.85 without a sign could mean 0.85% or 85%, so it is refused. "
    "Add the sign.",
    "Numbers: up to three decimal places, after a full stop. 1,063 is read as 1063. “n/a” and “<5” are not numbers: "
    "leave the cell empty, or enter a range if there are columns for it.",
)
_REFUSED = (
    "These are refused, and the page names the cell: formulas (paste their values), merged cells, hidden rows, columns "
    "and sheets, two rows for the same thing, and missing or renamed headings.",
)


def rules(file):
    """Return how a file is read, as the template and the page say it."""
    has_figures = any(isinstance(reader.kind, Number) for sheet in file.sheets for reader in sheet.readers.values())
    return (*_RULES, *(_OF_FIGURES if has_figures else ()), *_REFUSED)


def guide(sheet):
    """Return, for each column of the sheet, what the template and the page say of it."""
    return [
        (each.heading, "Yes" if each.is_required else "", each.kind.allowed or "text", each.hint)
        for each in sheet.readers.values()
    ]


def template(kind, extension, *, on):
    """Return an empty file to fill in."""
    file = FILES[kind]
    return _written(file, extension, [_page(file, sheet, []) for sheet in file.sheets], on)


def export(kind, root, extension, *, on):
    """Return what stands of the Notice or plan `root` as a file that would change nothing. Raises TooLong."""
    file, keys = FILES[kind], {sheet.name: _keys(sheet, root) for sheet in FILES[kind].sheets}
    return _written(file, extension, [_page(file, sheet, _rows(sheet, root, keys)) for sheet in file.sheets], on)


def _written(file, extension, pages, on):
    if extension == "csv":
        return writing.write_csv(pages)
    tables = [(f"Sheet “{sheet.name}”. {sheet.about}", GUIDE_HEADINGS, guide(sheet)) for sheet in file.sheets]
    title = f"{file.title}: how to fill in this file"
    return writing.write_xlsx(writing.Guide(title, rules(file), [*tables, *file.tables()]), pages, on)


def _keys(sheet, root):
    """Return what the rows of the sheet's export are called by those that name several of them."""
    return Names(standing.selected(sheet, root, is_export=True).order_by("pk").values_list(*sheet.key))


def _rows(sheet, root, keys):
    """Return the cells of each row that stands, in its order in the Notice or plan."""
    rows, paths = standing.selected(sheet, root, is_export=True), list(sheet.readers)
    several = standing.several(sheet, rows)
    unit = f"{sheet.unit}__unit" if sheet.unit else "unit" if "unit" in paths else "pk"
    names = {link.field: keys.get(link.to) or Names(()) for link in sheet.many}
    for row in rows.values(*{"pk", unit, *(path for path in paths if path not in several)}):
        named = {field: names[field].called(found.get(row["pk"], ())) for field, found in several.items()}
        yield [_cell(sheet.readers[path], (row | named)[path], row[unit]) for path in paths]


def _cell(reader, value, unit):
    if value in (None, "", ()):
        return None
    if isinstance(value, Decimal):
        number = Decimal(plain(value))
        return writing.Percent(number) if unit == PERCENT and isinstance(reader.kind, Measure) else number
    return tidy(reader.words(value)) if reader.kind.excel == "text" else value


def _page(file, sheet, rows):
    columns = [
        writing.Column(
            each.heading, each.kind.excel, each.hint, _choices(file, sheet, each), each.is_required, each.width
        )
        for each in sheet.readers.values()
    ]
    return writing.Page(sheet.name, columns, list(rows))


def _choices(file, sheet, reader):
    """Return the choices of a column, or where in the workbook they stand."""
    if reader.column.choices_in:
        name, heading = reader.column.choices_in
        other = next(each for each in file.sheets if each.name == name)
        place = letter([each.heading for each in other.columns].index(heading))
        return f"='{name}'!${place}$2:${place}${_LISTED_TO}"
    if sheet.unit and reader.column.path.endswith("notice__slug"):
        return list(Notice.objects.values_list("slug", flat=True))
    if isinstance(reader.kind, Choice):
        return list(reader.kind.labels.values())
    return reader.kind.allowed.split(", ") if isinstance(reader.kind, YesNo) else ()
