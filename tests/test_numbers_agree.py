"""Page, PDF, Word and Excel agree on every number: of reports and letters, of an interim report and the exit view."""

import io
import re
from collections import Counter
from datetime import date
from html.parser import HTMLParser

import docx
import openpyxl
import pytest
from django.urls import reverse

from accounts.models import User
from notices.interim import values
from notices.models import InterimReport
from tests import factories
from tests.boards.packs.packing import pdf_text, word_text
from tests.factories import user

pytestmark = pytest.mark.django_db
MAY = date(2011, 5, 1)


class Tables(HTMLParser):
    """The cells of every table of a page, by table and row, each as its text."""

    def __init__(self, page):
        super().__init__()
        self.found, self.is_in = [], False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.found.append([])
        if tag == "tr" and self.found:
            self.found[-1].append([])
        if tag in {"th", "td"} and self.found:
            self.found[-1][-1].append("")
            self.is_in = True
        if tag in {"span", "br"} and self.is_in:
            self.found[-1][-1][-1] += " "

    def handle_endtag(self, tag):
        if tag in {"th", "td"}:
            self.is_in = False

    def handle_data(self, data):
        if self.is_in:
            self.found[-1][-1][-1] += data


def rows_of_page(page):
    return [[[" ".join(cell.split()) for cell in row] for row in table] for table in Tables(page).found]


def rows_of_word(content):
    tables = docx.Document(io.BytesIO(content)).tables
    return [[[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows] for table in tables]


def numbers(text):
    return re.findall(r"\d+(?:[.,]\d+)*", text)


def files(client, address):
    """Return the page and its files by their form."""
    return {form: client.get(address(form)).content for form in ("pdf", "docx")}


@pytest.fixture
def board():
    """A Board whose plan answers a Notice and has two published months; R02 had no update in either."""
    plan = factories.plan(2)
    plan.notice = factories.notice()
    plan.save()
    indicator = plan.notice.targets.get().indicators.get()
    factories.result(indicator, "72.5")
    factories.result(indicator, "76", subject="national")
    for number, rating in ((3, "red"), (4, "amber")):
        month = factories.month(plan, number)
        factories.signed_off(month.updates.get(reference="R01"), rating=rating, progress=f"Step {number}.")
        factories.published(month)
    return plan.board


def test_the_chairs_report_has_the_same_numbers_on_its_page_in_its_pdf_and_in_word(client, board):
    row = factories.issued(factories.outgoing(board, "chair", MAY, by=user("Cass Chair")), by=user("Cass Chair"))
    client.force_login(user("Cass Chair"))
    page = client.get(reverse("boards:report_detail", args=["thornbury", "chair", MAY])).content.decode()
    made = files(client, lambda form: reverse("boards:report_download", args=["thornbury", "chair", MAY, form]))
    tables = [section.table for section in row.sections.all() if section.table]
    expected = [
        [" ".join(cell.split()) for cell in line] for table in tables for line in (table["headers"], *table["rows"])
    ]
    assert len(tables) == 2
    assert [line for table in rows_of_page(page) for line in table] == expected
    assert [line for table in rows_of_word(made["docx"]) for line in table] == expected
    said = pdf_text(made["pdf"])
    for line in expected[:3]:
        assert " ".join(line) in said
    for section in row.sections.exclude(text=""):
        wanted = Counter(numbers(section.text))
        for text in (re.sub("<[^>]+>", " ", page), said, word_text(made["docx"])):
            assert wanted <= Counter(numbers(text)), section.heading
    drawn = "7.5 percentage points short of it; national 76%"
    assert drawn in page
    assert drawn in said


def test_a_letter_has_the_same_numbers_in_each_of_its_forms(client, board):
    said = "Of 44 recommendations 25 are green, 16 amber and 3 red; 80.1% were in time."
    text = f"Dear Minister\n\n{said}\n\n| May | 81.5% |\n| June | 1,063 |"
    given = {"sections": [("", text)], "addressed_to": "The Minister\n20 Great Smith Street"}
    factories.issued(factories.outgoing(board, "letter", MAY, by=user("Cass Chair"), **given), by=user("Cass Chair"))
    client.force_login(user("Cass Chair"))
    page = client.get(reverse("boards:report_detail", args=["thornbury", "letter", MAY])).content.decode()
    made = files(client, lambda form: reverse("boards:report_download", args=["thornbury", "letter", MAY, form]))
    wanted = Counter([*numbers(text), "20", "1", "2011"])
    for said in (re.sub("<[^>]+>", " ", page), pdf_text(made["pdf"]), word_text(made["docx"])):
        assert wanted <= Counter(numbers(said))
    # Its foot counts the pages.
    assert Counter(numbers(pdf_text(made["pdf"]))) - wanted == Counter({"1": 2})
    assert Counter(numbers(word_text(made["docx"]))) == wanted


def test_the_list_of_reports_is_the_same_as_a_page_and_as_a_workbook(client, board):
    for kind in ("letter", "council"):
        given = {"sections": [("", "Dear Minister")]} if kind == "letter" else {}
        factories.issued(factories.outgoing(board, kind, MAY, **given))
    client.force_login(user("Olga Office"))
    address = reverse("boards:report_list", args=["thornbury"])
    [listed] = [table for table in rows_of_page(client.get(address).content.decode()) if table[0][0] == "Report"]
    book = openpyxl.load_workbook(io.BytesIO(client.get(address, {"_export": "xlsx"}).content)).active
    dated = sorted(
        f"{cell.value:%-d %B %Y}" for line in book.iter_rows() for cell in line if hasattr(cell.value, "year")
    )
    assert sorted(line[1] for line in listed[1:]) == ["1 May 2011"] * 2
    assert Counter(dated)["1 May 2011"] >= 2


def test_the_report_to_the_department_has_the_same_numbers_in_each_of_its_forms(client, leeds):
    report = InterimReport.objects.get(reported_on=date(2011, 11, 11))
    client.force_login(user_of_leeds())
    args = ["leeds", report.reported_on]
    page = client.get(reverse("notices:interim_detail", args=args)).content.decode()
    pdf, word = (client.get(reverse(f"notices:interim_{form}", args=args)).content for form in ("pdf", "docx"))
    said, in_word = pdf_text(pdf), [line for table in rows_of_word(word) for line in table]
    on_page = rows_of_page(page)
    for entry in report.entries.all():
        figures = values.build(entry.values, entry.steps, known=entry.source)
        grids = [[" ".join(cell.split()) for cell in line] for grid in figures.grids for line in grid.rows]
        steps = [[" ".join(cell.split()) for cell in line] for line in figures.steps]
        for line in (*grids, *steps):
            assert line in in_word
            assert set(numbers(" ".join(line))) <= set(numbers(said))
        told = Counter(number for value in entry.values for number in numbers(value["value"]))
        assert told <= Counter(number for line in grids for cell in line[1:] for number in numbers(cell))
        cells = {cell for table in on_page for line in table for cell in line}
        for value in entry.values:
            assert any(cell.startswith(value["value"]) for cell in cells)
    assert report.entries.count() == 23


def test_the_exit_view_counts_the_same_in_each_of_its_forms(client, leeds):
    client.force_login(user_of_leeds())
    address = reverse("notices:notice_exit", args=["leeds"])
    response = client.get(address)
    counts = response.context["leaving"].counts
    page = response.content.decode()
    made = {form: client.get(address, {"_export": form}).content for form in ("pdf", "docx", "xlsx")}
    book = openpyxl.load_workbook(io.BytesIO(made["xlsx"])).active
    heading = " ".join(str(cell.value) for line in book.iter_rows() for cell in line if cell.value)
    for how, name, numbered in counts:
        words = f"{how}: " + ", ".join(f"{label.lower()} {number}" for _, label, number in numbered) + "."
        for said in (pdf_text(made["pdf"]), word_text(made["docx"]), heading):
            assert words in said
        shown = re.findall(rf'\?{name}=[\w-]+" aria-label="[^"]+: (\d+)">(\d+)</a>', page)
        assert shown == [(str(number), str(number)) for _, _, number in numbered]
    assert counts
    verdicts = [line[1] for table in rows_of_page(page) if table[0][0] == "Target" for line in table[1:]]
    assert len(verdicts) == 23
    column = [
        cell.value
        for cell in next(one for one in book.iter_cols() if "Verdict, as worked out" in [c.value for c in one])
    ]
    worked_out = column[column.index("Verdict, as worked out") + 1 :]
    assert len(worked_out) == 23
    for verdict, words in zip(verdicts, worked_out, strict=True):
        assert words in verdict


def user_of_leeds():
    return User.objects.get(email="programme-office@leeds.example")
