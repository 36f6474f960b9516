"""The files that people fill in or take away: empty templates, and what stands in the very same form."""

from decimal import Decimal

from improvement.workbooks import writing
from improvement.workbooks.tables import letter
from notices.loading import standing
from notices.loading.cells import Choice, Measure, YesNo, tidy
from notices.loading.sheets import NOTICE, RESULTS
from notices.models import Indicator, Notice, Upload
from notices.targets.values import PERCENT, plain

SHEETS = {Upload.Kind.NOTICE: NOTICE, Upload.Kind.RESULTS: RESULTS}
KINDS = ("xlsx", "csv")
_LISTED_TO = 1_000
GUIDE_HEADINGS = ("Column", "Required", "Format", "Contents")
TITLES = {Upload.Kind.NOTICE: "Notice with its targets", Upload.Kind.RESULTS: "Results"}
RULES = (
    "Row 1 of each sheet contains the headings. Do not change them. Columns can be in any order. Before anything is "
    "loaded you can check, row by row, what is new, changed, the same or wrong.",
    "Rows in the file are added or changed. Rows that are not in the file stay the same. Nothing is removed. An empty "
    "cell clears the existing value.",
    "Percentages: 85, 85%, or a cell that shows 85%. 0.85 without a sign could mean 0.85% or 85%, so it is refused. "
    "Add the sign.",
    "Dates: a date, or a text such as 31 March 2011, 31/03/2011 (the day first) or 2011-03-31.",
    "Numbers: up to three decimal places, after a full stop. 1,063 is read as 1063. “n/a” and “<5” are not numbers: "
    "leave the cell empty, or enter a range if there are columns for it.",
    "These are refused, and the page names the cell: formulas (paste their values), merged cells, hidden rows, columns "
    "and sheets, two rows for the same thing, and missing or renamed headings.",
)


def guide(sheet):
    """Return, for each column of the sheet, what the template and the page say of it."""
    return [
        (each.heading, "Yes" if each.is_required else "", each.kind.allowed or "text", each.hint)
        for each in sheet.readers.values()
    ]


def template(kind, extension, *, on):
    """Return an empty file to fill in."""
    return _file(kind, extension, [_page(sheet, []) for sheet in SHEETS[kind]], on)


def export(kind, notice, extension, *, on):
    """Return what stands of the Notice, or its results, as a file that would change nothing. Raises TooLong."""
    return _file(kind, extension, [_page(sheet, _rows(sheet, notice)) for sheet in SHEETS[kind]], on)


def _file(kind, extension, pages, on):
    if extension == "csv":
        return writing.write_csv(pages)
    tables = [(f"Sheet “{sheet.name}”. {sheet.about}", GUIDE_HEADINGS, guide(sheet)) for sheet in SHEETS[kind]]
    if kind == Upload.Kind.RESULTS:
        headings = ("Notice", "Target", "Indicator", "What is counted")
        tables.append(("Known indicators", headings, list(_known())))
    return writing.write_xlsx(writing.Guide(f"{TITLES[kind]}: how to fill in this file", RULES, tables), pages, on)


def _known():
    """Return every indicator as a row of the guide."""
    rows = Indicator.objects.select_related("target__notice").order_by("target__notice", "target__position", "position")
    for row in rows:
        subgroup = f", {row.subgroup}" if row.subgroup else ""
        yield row.target.notice.slug, row.target.reference, row.reference, f"{row.name}{subgroup} ({row.unit})"


def _rows(sheet, notice):
    """Return the cells of each row that stands, in the Notice's order."""
    paths = list(sheet.readers)
    unit = f"{sheet.unit}__unit" if sheet.unit else "pk"
    for row in standing.selected(sheet, notice, is_export=True).values(*paths, unit):
        yield [_cell(sheet.readers[path], row[path], row[unit]) for path in paths]


def _cell(reader, value, unit):
    if value is None or value == "":
        return None
    if isinstance(value, Decimal):
        number = Decimal(plain(value))
        return writing.Percent(number) if unit == PERCENT and isinstance(reader.kind, Measure) else number
    return tidy(reader.words(value)) if reader.kind.excel == "text" else value


def _page(sheet, rows):
    columns = [
        writing.Column(each.heading, each.kind.excel, each.hint, _choices(sheet, each), each.is_required, each.width)
        for each in sheet.readers.values()
    ]
    return writing.Page(sheet.name, columns, list(rows))


def _choices(sheet, reader):
    """Return the choices of a column, or where in the workbook they stand."""
    if reader.column.choices_in:
        name, heading = reader.column.choices_in
        other = next(each for each in NOTICE if each.name == name)
        place = letter([each.heading for each in other.columns].index(heading))
        return f"={name}!${place}$2:${place}${_LISTED_TO}"
    if sheet.unit and reader.column.path.endswith("notice__slug"):
        return list(Notice.objects.values_list("slug", flat=True))
    if isinstance(reader.kind, Choice):
        return list(reader.kind.labels.values())
    return reader.kind.allowed.split(", ") if isinstance(reader.kind, YesNo) else ()
