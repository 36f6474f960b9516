"""The packs of the demonstration: November 2010, whose numbers are the dashboard's, and the supplement of December."""

import hashlib
import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from accounts.models import User
from boards import dashboard
from boards.dashboard import evidence
from boards.models import Meeting, Pack, PackFile
from boards.packs import contents, pack_files
from tests.boards.packs.packing import BOARD, PUBLIC, bookmarks, pdf_of, pdf_text, sheets_of, word_of
from tests.boards.packs.test_contents import IN_ORDER
from tests.boards.reading import text
from tests.factories import AT

Form = PackFile.Form


def kept(held_on, audience, number=1):
    return Pack.objects.get(meeting__held_on=held_on, audience=audience, number=number)


def content(one, form):
    with one.files.get(form=form).file.open() as stream:
        return stream.read()


@pytest.fixture
def november(leeds):
    return kept(date(2010, 11, 22), BOARD)


@pytest.fixture
def shown(november):
    return dashboard.build(november.meeting.month, now=AT)


@pytest.fixture
def matched(november, shown):
    """How many ratings are better than the evidence on the dashboard, and how many worse."""
    found = evidence.build(
        shown.rows, evidence.gather(november.meeting.month, now=AT), notice=november.meeting.month.plan.notice
    )
    return [len(found.better), len(found.worse)]


def test_the_pack_of_november_2010_is_whole_in_order_and_accessible(november):
    made = content(november, Form.PDF)
    reader = pdf_of(made)
    assert bookmarks(made) == IN_ORDER
    assert b"<pdfuaid:part>1</pdfuaid:part>" in reader.trailer["/Root"]["/Metadata"].get_data()
    assert reader.page_labels == [str(number) for number in range(1, november.pages + 1)]
    headings = [one.text for one in word_of(content(november, Form.WORD)).paragraphs if one.style.name == "Heading 1"]
    assert headings == IN_ORDER


def test_the_numbers_in_the_pdf_are_those_of_the_dashboard(november, shown, matched):
    said = pdf_text(content(november, Form.PDF))
    pattern = r"Rating November 2010 October 2010 Change ((?:[RAG–] )*.*?) All (\d+) (\d+)"
    totals, total, before = re.search(pattern, said, re.DOTALL).groups()
    numbers = re.findall(r"(Red|Amber|Green|No update received) (\d+) (\d+)", totals)
    assert [(label, int(now), int(was)) for label, now, was in numbers] == [
        (number.label, number.value, number.before.value) for number in shown.ratings
    ]
    assert (int(total), int(before)) == (shown.total.value, shown.previous.total.value)
    assert _counted(said) == [*_numbers(shown), *matched]
    themes = re.search(r"Ratings by theme Theme .*? All themes (?:\d+ ){5}", said)[0]
    found = [list(map(int, row.split())) for row in re.findall(r" ((?:\d+ ){5})", themes)]
    assert found == [*_groups(shown.themes), _total(shown)]


def test_the_numbers_in_the_word_file_are_those_of_the_dashboard(november, shown, matched):
    file = word_of(content(november, Form.WORD))
    tables = {table.rows[0].cells[0].text: table for table in reversed(file.tables)}
    rows = [[cell.text.strip() for cell in row.cells] for row in tables["Rating"].rows[1:]]
    assert [(label, int(now), int(was)) for label, now, was, _ in rows] == [
        *((number.label, number.value, number.before.value) for number in shown.ratings),
        ("All", shown.total.value, shown.previous.total.value),
    ]
    assert _counted(" ".join(one.text for one in file.paragraphs)) == [*_numbers(shown), *matched]
    captions = [one.text for one in file.paragraphs if one.style.name == "Caption"]
    assert [f"Rated {word} than the evidence" in captions for word in ("better", "worse")] == [*map(bool, matched)]
    reported = [len(table.rows) - 1 for table in file.tables if table.rows[0].cells[-1].text == "The officer’s reason"]
    assert reported == [number for number in matched if number]
    found = [[int(cell.text) for cell in row.cells[1:]] for row in tables["Theme"].rows[1:]]
    assert found == [*_groups(shown.themes), _total(shown)]
    assert [[int(cell.text) for cell in row.cells[1:]] for row in tables["Area"].rows[1:]] == _groups(shown.areas)
    assert [[int(cell.text) for cell in row.cells[1:]] for row in tables["Month"].rows[1:]] == _groups(shown.history)


def test_the_numbers_in_the_workbook_are_those_of_the_dashboard(november, shown, matched):
    sheets = sheets_of(content(november, Form.EXCEL))
    assert [row[:3] for row in sheets["Ratings"][1:]] == [
        *([number.label, number.value, number.before.value] for number in shown.ratings),
        ["All", shown.total.value, shown.previous.total.value],
    ]
    counts = dict(sheets["Counts"][1:])
    assert [value for name, value in counts.items() if name.startswith("Direction")] == [
        number.value for number in shown.directions
    ]
    names = ("stuck", "long", "overdue", "slipped", "agreed", "proposed", "missing", "late", "not_signed_off")
    assert list(counts.values())[6:] == [*(shown.sections[name].number.value for name in names), *matched]
    assert len([row for row in sheets["Rating and evidence"][1:] if row[0]]) == sum(matched)
    assert [row[1:] for row in sheets["Themes"][1:]] == [*_groups(shown.themes), _total(shown)]
    assert [row[1:] for row in sheets["Areas of focus"][1:]] == _groups(shown.areas)
    assert [row[1:] for row in sheets["Months"][1:]] == _groups(shown.history)
    ratings = [row[8] for row in sheets["Recommendations"][1:]]
    assert [ratings.count(number.label) for number in shown.ratings] == [number.value for number in shown.ratings]


def _counted(said):
    """Return what the bullets of the summary count, in their order."""
    pattern = (
        r"(\d+) improving, (\d+) steady, (\d+) declining, of the \d+ received.*?(\d+) stuck .*?"
        r"(\d+) long at one rating .*?"
        r"(\d+) overdue when it was published, (\d+) due later than originally\W+"
        r"(\d+) with a new date agreed this month, (\d+) with a new date proposed\W+"
        r"(\d+) without an update, (\d+) late, (\d+) counted but not signed off\W+"
        r"(\d+) rated better than the evidence, (\d+) rated worse than the evidence"
    )
    return [int(number) for number in re.search(pattern, said, re.DOTALL).groups()]


def _numbers(shown):
    names = ("stuck", "long", "overdue", "slipped", "agreed", "proposed", "missing", "late", "not_signed_off")
    return [*(number.value for number in shown.directions), *(shown.sections[name].number.value for name in names)]


def _groups(groups):
    return [[*(number.value for number in group.ratings), group.total.value] for group in groups]


def _total(shown):
    return [*(number.value for number in shown.ratings), shown.total.value]


@pytest.mark.parametrize(("held_on", "at_most"), [(date(2010, 11, 22), 25), (date(2011, 12, 19), 30)])
def test_a_pack_takes_so_many_pages_at_most_and_none_is_nearly_empty(leeds, held_on, at_most):
    meeting = Meeting.objects.whole().get(held_on=held_on)
    meeting.month = meeting.month or meeting.board.plan.months.get(month=date(2011, 11, 1))
    meeting.month.plan.board = meeting.board
    at = datetime(held_on.year, held_on.month, held_on.day, 9, tzinfo=ZoneInfo("Europe/London"))
    made = pdf_of(pack_files.written(pack_files.whole(contents.build(meeting, at=at)[BOARD]), Form.PDF))
    assert len(made.pages) <= at_most
    lines = [len(page.extract_text().splitlines()) for page in made.pages[:-1]]
    assert [place for place, count in enumerate(lines, 1) if count < 20] == []


@pytest.mark.usefixtures("drawn_anew")
def test_the_pack_of_november_2010_is_made_again_byte_for_byte(november):
    meeting = Meeting.objects.select_related("board__plan__notice", "month__plan").get(pk=november.meeting_id)
    meeting.month.plan.board = meeting.board
    making = pack_files.whole(contents.build(meeting, at=november.made_at)[BOARD])
    for form in PackFile.HANDED_OUT:
        assert hashlib.sha256(pack_files.written(making, form)).hexdigest() == november.files.get(form=form).sha256


def test_the_embargoed_paper_of_december_2010_came_with_the_supplement(leeds):
    held_on, title = date(2010, 12, 13), "Children’s services assessment 2010: covering note"
    said = [pdf_text(content(kept(held_on, PUBLIC, number), Form.PDF)) for number in (1, 2)]
    assert [title in text for text in said] == [True, True]
    assert [f"{title} (To follow)" in text for text in said] == [True, False]
    public = pdf_text(content(kept(held_on, PUBLIC, 2), Form.MERGED))
    assert "Outline leadership structure: a paper about posts" in public
    assert "the posts that it affects" not in public
    assert "the posts that it affects" in pdf_text(content(kept(held_on, BOARD), Form.PDF))


def test_every_kept_pack_of_leeds_is_what_it_was(leeds):
    call_command("verify")


def test_every_form_counts_the_ratings_that_the_evidence_contradicts_as_the_dashboard_of_november_2011_does(
    leeds, client
):
    meeting = Meeting.objects.whole().get(held_on=date(2011, 12, 19))
    meeting.month = meeting.board.plan.months.get(month=date(2011, 11, 1))
    meeting.month.plan.board = meeting.board
    client.force_login(User.objects.get(email="board-member@leeds.example"))
    page = text(client.get("/boards/leeds/2011-11/"))
    shown = [int(re.search(rf"Rated {word} than the evidence: (\d+)", page)[1]) for word in ("better", "worse")]
    assert shown[0] > shown[1] > 0
    home = text(client.get("/boards/leeds/home/"))
    for number, word in zip(shown, ("better", "worse"), strict=True):
        assert f"{number} rated {word} than the evidence" in home
    at = datetime(2011, 12, 19, 9, tzinfo=ZoneInfo("Europe/London"))
    for audience, built in contents.build(meeting, at=at).items():
        made = pack_files.whole(built)
        files = {form: pack_files.written(made, form) for form in PackFile.HANDED_OUT}
        line = f"{shown[0]} rated better than the evidence, {shown[1]} rated worse than the evidence."
        assert line in pdf_text(files[Form.PDF]), audience
        word = word_of(files[Form.WORD])
        assert line in [paragraph.text for paragraph in word.paragraphs], audience
        listed = [len(one.rows) - 1 for one in word.tables if one.rows[0].cells[-1].text == "The officer’s reason"]
        assert listed == shown, audience
        sheets = sheets_of(files[Form.EXCEL])
        counts = dict(sheets["Counts"][1:])
        assert [counts[f"Rated {word} than the evidence"] for word in ("better", "worse")] == shown, audience
        compared = [row[2] for row in sheets["Rating and evidence"][1:]]
        assert [compared.count(f"Rated {word} than the evidence") for word in ("better", "worse")] == shown, audience
