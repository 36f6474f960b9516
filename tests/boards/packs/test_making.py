"""A pack is kept as it was handed out, with its hash; what comes later is a supplement, numbered on."""

import hashlib
from datetime import date

import pytest

from accounts.models import Event
from boards import access, meetings, packs, papers
from boards.locking import AGREED
from boards.models import CoverSheet, Pack, PackFile
from boards.packs import kept_packs, making, pack_files
from boards.permissions import Readership
from improvement.documents.blocks import Heading
from improvement.records.refusals import Conflict, Incomplete, Refused
from plans import reporting
from tests import factories
from tests.boards.packs.packing import (
    BOARD,
    HELD,
    OBSERVERS,
    PUBLIC,
    a_meeting,
    a_plan,
    bookmarks,
    built,
    pdf_of,
    pdf_text,
    sheet_text,
    sheets_of,
    word_text,
)
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db

Form = PackFile.Form
COVER = {
    "originator": "Programme office",
    "telephone": "39 50925",
    "report_of": "Director of Children's Services",
    "subject": "Progress of the plan",
    "wards": "All",
    "equality": "",
    "cohesion": "",
    "narrowing": "Schools are named.",
    "is_consulted": False,
    "is_for_call_in": False,
    "executive_summary": "1.0 All is in hand.",
    "recommendations": "That the Board notes it.",
}


@pytest.fixture
@factories.once
def plan():
    return a_plan()


@pytest.fixture
def meeting(plan):
    return a_meeting(plan, papers={"Open": {}, "Secret": {"restricted_because": "Names.", "excludes_observers": True}})


def keep(meeting, at=AT):
    return packs.keep(meeting=meeting, by=user("Olga Office"), at=at)


def content(pack, form):
    with pack.files.get(form=form).file.open() as stream:
        return stream.read()


def late_paper(meeting, title="Late", at=AT, **access):
    """Table a paper under the first item after the pack was kept."""
    return factories.tabled(factories.paper(meeting, title, item=meeting.items.first(), at=at, **access), at=at)


# The files.


@pytest.mark.usefixtures("drawn_anew")
def test_each_form_of_a_pack_is_the_same_byte_for_byte_when_it_is_made_again(meeting):
    for form in PackFile.HANDED_OUT:
        once, again = (pack_files.written(pack_files.whole(built(meeting)), form) for _ in range(2))
        assert once == again


def test_the_pdf_is_accessible_bookmarked_and_numbered(meeting):
    made = pack_files.written(pack_files.whole(built(meeting)), Form.PDF)
    reader = pdf_of(made)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in reader.trailer["/Root"]["/Metadata"].get_data()
    assert bookmarks(made)[:3] == ["Cover sheet", "Agenda", "Minutes of the last meeting"]
    assert bookmarks(made)[-3:] == ["Notice targets", "Challenge log", "Papers"]
    assert reader.page_labels == [str(number) for number in range(1, len(reader.pages) + 1)]


def test_each_form_leaves_out_what_its_audience_does_not_read(meeting):
    read = {Form.PDF: pdf_text, Form.WORD: word_text, Form.EXCEL: sheet_text}
    for form in PackFile.HANDED_OUT:
        said = {
            audience: read[form](pack_files.written(pack_files.whole(built(meeting, audience)), form))
            for audience in (BOARD, OBSERVERS, PUBLIC)
        }
        assert {audience: "Secret.txt" in text for audience, text in said.items()} == {
            BOARD: True,
            OBSERVERS: False,
            PUBLIC: False,
        }
        assert {audience: "Restricted: Names." in text for audience, text in said.items()} == {
            BOARD: False,
            OBSERVERS: True,
            PUBLIC: True,
        }


def test_no_text_becomes_a_formula_in_the_workbook(plan):
    meeting = a_meeting(plan, papers={"=1+1": {}})
    rows = sheets_of(pack_files.written(pack_files.whole(built(meeting)), Form.EXCEL))["Papers"]
    assert rows[1][:2] == [2, "=1+1"]


# Keeping it.


def test_keep_keeps_a_pack_for_each_audience_with_every_form_and_its_hash(meeting):
    made = keep(meeting)
    assert [(one.audience, one.number, one.first_page, one.name) for one in made] == [
        (BOARD, 1, 1, "Board pack"),
        (OBSERVERS, 1, 1, "Board pack"),
        (PUBLIC, 1, 1, "Board pack"),
    ]
    for one in made:
        assert set(one.files.values_list("form", flat=True)) == {Form.FULL, *PackFile.HANDED_OUT, Form.DATA}
        for file in one.files.all():
            stored = content(one, file.form)
            assert (file.size, file.sha256) == (len(stored), hashlib.sha256(stored).hexdigest())
        assert one.pages == len(pdf_of(content(one, Form.PDF)).pages)
    said = Event.objects.get(what="pack.kept")
    assert (said.by.name, said.at, said.on_id) == ("Olga Office", AT, meeting.pk)
    assert said.detail == {"sha256": [one.files.get(form=Form.PDF).sha256 for one in made]}


def test_keep_twice_keeps_it_once(meeting):
    keep(meeting)
    assert (keep(meeting), Pack.objects.count()) == ([], 3)


def test_keep_refuses_what_is_not_ready(plan):
    meeting = factories.meeting(plan, HELD)
    with pytest.raises(Refused, match="Choose a published month for the meeting first"):
        keep(meeting)
    meeting = factories.received(meeting, plan.months.get())
    with pytest.raises(Refused, match="Publish the agenda before you save the pack"):
        keep(meeting)
    assert not Pack.objects.exists()


def test_keep_refuses_once_the_minutes_are_agreed(plan):
    meeting = factories.received(factories.held(plan, date(2011, 4, 18)), plan.months.get())
    factories.minuted(meeting)
    factories.agreed(meeting, factories.held(plan, date(2011, 4, 25)))
    with pytest.raises(Refused, match=AGREED):
        keep(meeting)
    assert not PackFile.objects.exists()


def test_what_is_found_kept_in_the_meantime_is_not_kept_again(meeting):
    found = packs.news(meeting, at=AT)[BOARD]
    factories.kept_pack(meeting, BOARD)
    with pytest.raises(Refused, match="Someone else has saved or removed the pack"):
        making._kept(found, {}, [], by=user("Olga Office"), at=AT)


def test_a_kept_pack_stays_as_it_was_whatever_happens_to_the_record(meeting):
    first = keep(meeting)[0]
    before = {form: content(first, form) for form in PackFile.HANDED_OUT}
    row = meeting.month.updates.get(reference="R02")
    reporting.correct(update=row, reason="A slip.", by=user("Olga Office"), at=AT, progress="Three teams.")
    late_paper(meeting)
    keep(meeting)
    assert {form: content(first, form) for form in PackFile.HANDED_OUT} == before


# Supplements.


def test_a_supplement_holds_what_is_new_and_nothing_else_numbered_on(meeting):
    first = keep(meeting)[0]
    late_paper(meeting)
    second = keep(meeting, later(days=1))[0]
    assert (second.number, second.name, second.first_page) == (2, "Supplement 1", first.pages + 1)
    made = content(second, Form.PDF)
    assert bookmarks(made) == ["Supplement 1: new and changed content", "Agenda", "Papers"]
    assert pdf_of(made).page_labels[0] == str(second.first_page)
    assert list(sheets_of(content(second, Form.EXCEL))) == ["Agenda", "Withheld", "Papers"]
    assert "Late" in word_text(content(second, Form.WORD))


def test_a_supplement_tells_one_corrected_recommendation_and_not_the_others(meeting):
    keep(meeting)
    row = meeting.month.updates.get(reference="R01")
    reporting.correct(update=row, reason="A slip.", by=user("Olga Office"), at=AT, progress="Three teams.")
    supplement = packs.news(meeting, at=AT)[BOARD].making
    assert [block.text for section in supplement.shown for block in section.blocks if isinstance(block, Heading)] == [
        "All recommendations",
        "1. Theme 1",
        "R01 Recommendation 1",
    ]
    assert supplement.document.blocks[2].items == ("All recommendations: R01 Recommendation 1",)


def test_a_pack_and_its_supplements_are_merged_and_numbered_through(meeting):
    first = keep(meeting)[0]
    late_paper(meeting)
    second = keep(meeting, later(days=1))[0]
    late_paper(meeting, "Later")
    third = keep(meeting, later(days=2))[0]
    whole = content(third, Form.MERGED)
    reader = pdf_of(whole)
    assert reader.page_labels == [str(number) for number in range(1, third.last_page + 1)]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in reader.trailer["/Root"]["/Metadata"].get_data()
    for part in (first, second, third):
        pages = pdf_of(content(part, Form.PDF)).pages
        merged = reader.pages[part.first_page - 1 : part.last_page]
        assert len(merged) == len(pages)
        for mine, theirs in zip(pages, merged, strict=True):
            # The foot of a whole says of how many, and the head of a part's first page is new.
            assert _body(mine) in _body(theirs)


def _body(page):
    return " ".join(page.extract_text().split()).partition(" Page ")[0].partition("Contents")[0]


def test_what_ends_its_embargo_comes_with_the_supplement(plan):
    meeting = a_meeting(plan, papers={"Embargoed": {"embargoed_until": later(hours=1)}})
    keep(meeting)
    assert all(not found.making.shown for found in packs.news(meeting, at=AT).values())
    for found in packs.news(meeting, at=later(hours=1)).values():
        assert [section.title for section in found.making.shown] == ["Agenda", "Papers"]


# What may no longer be read.


def test_a_pack_that_names_what_its_audience_may_no_longer_read_is_withheld(meeting):
    keep(meeting)
    paper = meeting.papers.get(title="Open")
    papers.change(
        paper=paper,
        version=paper.version,
        title=paper.title,
        item=paper.item,
        restricted_because="Names a person.",
        by=user("Olga Office"),
        at=AT,
    )
    read = {
        readership: [one.pack.audience for one in kept_packs.read_by(meeting, readership, at=AT)]
        for readership in Readership
    }
    assert read == {
        Readership.OFFICE: [BOARD, OBSERVERS, PUBLIC],
        Readership.BOARD: [BOARD, OBSERVERS],
        Readership.OBSERVERS: [OBSERVERS],
        Readership.PUBLIC: [],
    }
    assert [(one.audience, one.number, one.first_page, one.name) for one in keep(meeting)] == [
        (PUBLIC, 2, 1, "Board pack")
    ]
    assert [one.pack.number for one in kept_packs.read_by(meeting, Readership.PUBLIC, at=AT)] == [2]


def test_a_pack_is_withheld_when_an_item_that_it_names_is_restricted(meeting):
    keep(meeting)
    assert len(kept_packs.read_by(meeting, Readership.PUBLIC, at=AT)) == 1
    factories.paper(meeting, "Draft", item=meeting.items.first(), restricted_because="Names a person.")
    assert len(kept_packs.read_by(meeting, Readership.PUBLIC, at=AT)) == 1
    item = meeting.items.first()
    access.restrict(
        thing=item, version=item.version, restricted_because="Names a person.", by=user("Olga Office"), at=AT
    )
    assert kept_packs.read_by(meeting, Readership.PUBLIC, at=AT) == []


# The cover sheet.


def write_cover(meeting, version=0, **said):
    return packs.write_cover(meeting=meeting, version=version, by=user("Olga Office"), at=AT, **COVER | said)


def test_write_cover_stands_in_the_pack_in_place_of_the_draft(meeting):
    row = write_cover(meeting)
    assert built(meeting).cover == row
    assert (row.version, Event.objects.filter(what="pack.cover_written").count()) == (1, 1)
    assert write_cover(meeting).version == 1
    assert write_cover(meeting, 1, subject="Progress").version == 2


def test_write_cover_refuses_what_is_empty(meeting):
    with pytest.raises(Incomplete) as refusal:
        write_cover(meeting, subject=" ", telephone="")
    assert refusal.value.errors == {
        "subject": "Enter the subject.",
    }
    assert not CoverSheet.objects.exists()


def test_write_cover_refuses_to_write_over_what_was_not_seen(meeting):
    write_cover(meeting, subject="First")
    with pytest.raises(Conflict) as conflict:
        write_cover(meeting, subject="Second")
    assert conflict.value.current.subject == "First"


def test_a_cover_sheet_that_is_written_later_comes_with_the_supplement(meeting):
    keep(meeting)
    write_cover(meeting)
    assert [section.title for section in packs.news(meeting, at=AT)[PUBLIC].making.shown] == ["Cover sheet"]


def test_a_meeting_whose_record_is_closed_takes_no_cover_sheet(plan):
    meeting = factories.received(factories.held(plan, date(2011, 4, 18)), plan.months.get())
    factories.minuted(meeting)
    factories.agreed(meeting, factories.held(plan, date(2011, 4, 25)))
    with pytest.raises(Refused, match=AGREED):
        write_cover(meeting)
    assert meetings.publishing(meeting)
