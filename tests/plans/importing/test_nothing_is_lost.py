"""Whatever a sheet says is found in the rows that it comes to, or is named with its cell."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Post
from plans.importing import lines, made
from plans.importing.cells import references
from plans.models import Action, Outcome, Recommendation, Theme
from tests.plans.importing.plans_of_theirs import come_to, grid, opened

HEADINGS = (
    *(
        "Ref",
        "Theme",
        "Outcome",
        "Recommendation",
        "Action",
        "Milestone",
        "Lead",
        "SRO",
        "Due date",
        "Success criteria",
    ),
    *("Status", "RAG", "Progress", "Date completed", "Ofsted para no", "Anything", "Revised date", "Lead (NHS)"),
)
LIMITS = {
    "Themes": {"Title": made.THEME, "Source": 200},
    "Outcomes": {"Title": made.OUTCOME, "Source": 200},
    "Recommendations": {
        "Reference": references.LONGEST,
        "Title": made.TITLE,
        "Lead as printed": made.LEAD,
        "Timescale": made.TIMESCALE,
        "Source": 200,
    },
    "Actions": {"Title": made.ACTION, "Timescale": made.TIMESCALE, "Source": 200},
    "Posts": {"Title": made.POST, "Organisation": made.POST, "Source": 200},
}
WRITTEN = (
    *(
        "",
        "",
        "",
        "1",
        "1 (a)",
        "2.1",
        "Theme 1: Leadership",
        "Improve practice",
        "1.1 Review the work",
        "Priority 2",
        "G",
    ),
    *(
        "Head of Service; ICB",
        "LA with support from health",
        "Jane Smith",
        "As above",
        '"',
        "Complete",
        "—",
        "• x\n• y",
    ),
    *("May 25", "Ongoing", "31/07/2026", "31 June 2026", "(a) one; (b) two", "x" * 130 + " " + "y" * 200),
    *("Draft by 31 May 2026 and publish by June 2026", "Head of " + "very long words " * 20),
    *("a sentence that goes on and on " * 12, "Ongoing " + "for a long time " * 10),
)
TEXTS = st.one_of(st.sampled_from(WRITTEN), st.text("ab1 .;()-\n,/", min_size=1, max_size=12).map(str.strip))


@st.composite
def sheets(draw):
    headings = draw(st.lists(st.sampled_from(HEADINGS), min_size=3, max_size=8, unique=True))
    rows = draw(st.lists(st.lists(TEXTS, min_size=len(headings), max_size=len(headings)), min_size=1, max_size=7))
    title = draw(st.sampled_from([[], [["Our plan"]], [["Our plan"], []]]))
    first = len(title) + 2
    places = (st.integers(first, first + 6), st.integers(0, 7))
    merged = draw(st.lists(st.tuples(*places, st.integers(0, 2), st.integers(0, 3)), max_size=2))
    ranges = [(top, left, top + down, left + right) for top, left, down, right in merged]
    hidden = draw(st.sets(st.integers(first, first + 6), max_size=1))
    colours = draw(
        st.dictionaries(st.tuples(st.integers(first, first + 6), st.integers(0, 7)), st.just("FF0000"), max_size=2)
    )
    return [*title, headings, *rows], {"merged": ranges, "hidden": hidden, "colours": colours, "top": len(title) + 1}


def words(text):  # a line break between two leads is printed as a semicolon
    return re.sub(r"[\s;]+", "", str(text)).casefold()


def said_of(result):
    """Return all that the rows and the remarks say, without spaces."""
    rows = [
        words("|".join(map(str, row.values()))) + "|" + _numbered(name, row)
        for name, made in result.sheets.items()
        for row in made
    ]
    return rows + [words(remark.text) for remark in result.remarks]


def _numbered(name, row):
    """Return a level as a plan prints it, with its number or reference before its words."""
    if name not in {"Themes", "Outcomes", "Recommendations"}:
        return ""
    number, text = (row["Reference"], row["Wording"]) if "Wording" in row else (row["Number"], row["Title"])
    ways = (f"{number}{mark}{text}" for mark in ("", ".", ":", ")", "-", ".-", ")-", ":-"))
    of_theme = f"{row['Theme']}.{number}" if name == "Outcomes" else ""
    return "|".join(map(words, [*ways, f"{of_theme}{text}"]))


def lost(sheet, result):
    said = said_of(result)
    bare = "|".join(said)
    named = {remark.cell for remark in result.remarks}
    return [
        (line.name(place), line.at(place).text)
        for line in sheet.lines
        for place in line.held
        if not sheet.shape.top <= line.number <= sheet.shape.bottom
        and line.name(place) not in named
        and words(line.at(place).text) not in bare
    ]


@settings(max_examples=400)
@given(sheets())
def test_every_cell_is_in_the_rows_or_in_the_remarks(drawn):
    rows, options = drawn
    sheet = opened(rows, **options)
    for with_hidden in (True, False):
        result = come_to(sheet, with_hidden=with_hidden)
        assert lost(sheet, result) == []


@settings(max_examples=200)
@given(sheets())
def test_no_reference_is_given_twice_and_every_row_has_what_it_needs(drawn):
    rows, options = drawn
    result = come_to(opened(rows, **options))
    recommendations = result.sheets.get("Recommendations", [])
    references = [row["Reference"].casefold() for row in recommendations]
    assert len(set(references)) == len(references)
    assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.()-]{0,9}", reference) for reference in references)
    assert all(row["Title"] and row["Wording"] and row["Lead post"] and row["Timescale"] for row in recommendations)
    for name, rows in result.sheets.items():
        longest = {
            heading: max((len(str(row.get(heading) or "")) for row in rows), default=0)
            for heading in LIMITS.get(name, {})
        }
        assert {heading: size for heading, size in longest.items() if size > LIMITS[name][heading]} == {}
    assert all(
        row["Title"] for name in ("Themes", "Outcomes", "Actions", "Posts") for row in result.sheets.get(name, [])
    )
    posts = {(row["Title"], row["Organisation"]) for row in result.sheets.get("Posts", [])}
    assert {(row["Lead post"], row["Lead's organisation"]) for row in recommendations} <= posts


def test_the_limits_are_those_of_the_tracker():
    fields = {"Themes": Theme, "Outcomes": Outcome, "Recommendations": Recommendation, "Actions": Action, "Posts": Post}
    names = {"Title": "title", "Lead as printed": "lead_wording", "Timescale": "timescale", "Reference": "reference"}
    names |= {"Organisation": "organisation", "Source": "source"}
    found = {
        sheet: {heading: fields[sheet]._meta.get_field(names[heading]).max_length for heading in limits}
        for sheet, limits in LIMITS.items()
    }
    assert found == LIMITS


def test_the_lines_of_a_sheet_show_a_merged_cell_in_each_of_its_rows():
    found = lines.of(grid([["A", "b"], ["", "c"], ["D", "e"]], merged=[(1, 0, 2, 0)]))
    assert [line.at(0).text for line in found] == ["A", "A", "D"]
    assert [line.held for line in found] == [[0, 1], [1], [0, 1]]
