"""What is written reads back as the same: a Notice and its results, in either form, and any text in them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from accounts.models import Post
from improvement import workbooks
from improvement.workbooks import writing
from notices.loading import cells, exporting
from notices.loading.layout import FILES
from notices.models import Indicator, Milestone, Notice, Result, Target
from tests import factories
from tests.factories import AT, later
from tests.notices.loading.files import BARNMOUTH, check, load, typed

ON = date(2011, 5, 1)
BOTH = pytest.mark.parametrize("extension", exporting.KINDS)


def exported(kind, notice, extension):
    return exporting.export(kind, notice, extension, on=ON)


def counts(content, kind, extension):
    upload = check(content, kind, f"file.{extension}", at=later(days=300))
    assert upload.report["remarks"] == []
    return {status: count for status, count in upload.report["counts"].items() if count}


@pytest.fixture
def thornbury(db):
    """A Notice whose texts and values are hard on files."""
    notice = factories.notice()
    indicator = Indicator.objects.get()
    Target.objects.update(
        wording="=SUM(A1)\r\n'quoted', “curly” and ½;\ttab", note=" padded ", owner_post=factories.post()
    )
    Indicator.objects.update(name="-5", source="@here", note="'=apostrophe")
    Milestone.objects.update(threshold=Decimal("0.5"), note="#N/A", wording="TRUE")
    factories.milestone(indicator, 2, kind="judged", threshold=None)
    factories.milestone(indicator, 3, kind="change", threshold=Decimal("0.125"), baseline=Decimal("99.999"))
    factories.result(indicator, "0.8", note="+44")
    factories.result(indicator, None, low=1, high=Decimal("3.5"), subject="national")
    factories.result(
        indicator, "33.3", numerator=1, denominator=3, is_provisional=False, basis="average", breaks_series=True
    )
    return notice


@BOTH
def test_an_export_of_a_notice_loaded_again_changes_nothing(thornbury, extension):
    assert counts(exported("notice", thornbury, extension), "notice", extension) == {"same": 7}


@BOTH
def test_an_export_of_results_loaded_again_changes_nothing(thornbury, extension):
    assert counts(exported("results", thornbury, extension), "results", extension) == {"same": 3}


@BOTH
def test_an_export_loaded_where_nothing_stands_is_exported_as_the_same(thornbury, extension):
    files = {kind: exported(kind, thornbury, extension) for kind in ("notice", "results")}
    for model in (Result, Milestone, Indicator, Target, Notice):
        model.objects.all().delete()
    Post.objects.all().delete()
    for kind, content in files.items():
        load(check(content, kind, f"file.{extension}", at=AT))
    thornbury = Notice.objects.get()
    assert {kind: exported(kind, thornbury, extension) for kind in files} == files


@BOTH
@pytest.mark.parametrize(("kind", "number"), [("notice", 112), ("results", 85)])
def test_leeds_survives_its_export(leeds, extension, kind, number):
    content = exported(kind, Notice.objects.get(slug="leeds"), extension)
    assert counts(content, kind, extension) == {"same": number}


@BOTH
def test_an_export_holds_one_notice_alone(thornbury, extension):
    load(check(typed(BARNMOUTH)))
    assert counts(exported("notice", thornbury, extension), "notice", extension) == {"same": 7}


@BOTH
@pytest.mark.parametrize("kind", ["notice", "results"])
def test_a_template_holds_every_sheet_and_no_row(db, extension, kind):
    sheets = tuple(sheet.name for sheet in FILES[kind].sheets)
    book = workbooks.read(f"file.{extension}", exporting.template(kind, extension, on=ON), sheets)
    assert {name: table.rows for name, table in book.tables.items()} == dict.fromkeys(sheets, ())


def test_a_template_explains_itself(db, tmp_path):
    factories.notice()
    path = tmp_path / "template.xlsx"
    path.write_bytes(exporting.template("results", "xlsx", on=ON))
    book = load_workbook(path)
    told = [cell.value for row in book["Read me"].iter_rows() for cell in row if cell.value]
    assert {"Results: how to fill in this file", *exporting.rules(FILES["results"]), "Break in series"} <= set(told)
    assert told[-4:] == ["thornbury", "N01", "NI 59", "Assessments in time (%)"]
    lists = [check for check in book["Results"].data_validations.dataValidation if check.type == "list"]
    assert '"Month,Cumulative,Academic year,Point in time,Average"' in [check.formula1 for check in lists]
    path.write_bytes(exporting.template("notice", "xlsx", on=ON))
    book = load_workbook(path)
    lists = {check.formula1 for check in book["Targets"].data_validations.dataValidation if check.type == "list"}
    assert {"'Areas'!$B$2:$B$1000", "'Posts'!$A$2:$A$1000", '"Measured,Narrative"'} <= lists


def test_a_text_that_no_cell_holds_is_refused_and_never_cut(thornbury):
    Target.objects.update(wording="x" * 32_768)
    with pytest.raises(writing.TooLong, match="“Wording” in row 2 is too long for a cell"):
        exported("notice", thornbury, "xlsx")
    assert counts(exported("notice", thornbury, "csv"), "notice", "csv") == {"same": 7}


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


@given(st.lists(TEXTS, min_size=1, max_size=4), st.booleans())
def test_any_text_survives_both_files(texts, is_csv):
    pages = [
        writing.Page("A", [writing.Column("Text"), writing.Column("End")], [[cells.tidy(text), "."] for text in texts])
    ]
    guide = writing.Guide("Guide", [], [])
    content = writing.write_csv(pages) if is_csv else writing.write_xlsx(guide, pages, ON)
    table = workbooks.read("file.csv" if is_csv else "file.xlsx", content, ("A",)).tables["A"]
    read = [cells.Text().read(row[0]) if not row[0].is_empty else "" for _, row in table.rows]
    assert read == [cells.tidy(text) for text in texts]


@given(st.decimals(-99_999, 99_999, places=3), st.booleans(), st.booleans())
def test_any_value_survives_both_files(number, is_percent, is_csv):
    value = writing.Percent(number) if is_percent else number
    pages = [writing.Page("A", [writing.Column("Value", "number"), writing.Column("End")], [[value, "."]])]
    content = writing.write_csv(pages) if is_csv else writing.write_xlsx(writing.Guide("Guide", [], []), pages, ON)
    table = workbooks.read("file.csv" if is_csv else "file.xlsx", content, ("A",)).tables["A"]
    assert cells.Measure().read(table.rows[0][1][0], "%" if is_percent else "days") == number
