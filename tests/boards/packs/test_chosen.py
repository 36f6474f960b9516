"""The office chooses the sections for each audience; the public finds no questions and no names unless it says so."""

from datetime import date

import pytest

from accounts.models import Event
from boards import packs, papers
from boards.models import PackChoice, PackFile
from boards.packs import chosen, pack_document, pack_files
from improvement.records.refusals import Conflict
from plans import reporting
from tests import factories
from tests.boards.packs.packing import (
    BOARD,
    OBSERVERS,
    PUBLIC,
    a_meeting,
    a_plan,
    blocks,
    built,
    pdf_text,
    sheet_text,
    sheets_of,
    titles,
    word_text,
)
from tests.factories import AT, user

pytestmark = pytest.mark.django_db

Form = PackFile.Form
TEXTS = {Form.PDF: pdf_text, Form.WORD: word_text, Form.EXCEL: sheet_text}
# Who leads, signs off and corrects; the chair of the Board, who asks, is in the questions alone.
NAMES = ("Ada Officer", "Liam Lead", "Olga Office")


@pytest.fixture
@factories.once
def meeting():
    """A meeting about a month with a correction, after a question was asked and answered."""
    plan = a_plan()
    factories.answered(factories.challenge(plan, "Why so late?"), "Staff left.")
    made = a_meeting(plan, papers={})
    row = made.month.updates.get(reference="R02")
    agreed = {"agreed_by": user("Liam Lead"), "agreed_on": AT.date(), "agreed_how": "by e-mail"}
    reporting.correct(update=row, reason="A slip.", by=user("Olga Office"), at=AT, rating="amber", **agreed)
    return made


def choose(meeting, version=0, **shown):
    every = chosen.standard() | shown
    return packs.choose(meeting=meeting, version=version, by=user("Olga Office"), at=AT, **every)


def said(meeting, audience):
    making = pack_files.whole(built(meeting, audience))
    return {form: read(pack_files.written(making, form)) for form, read in TEXTS.items()}


def found(meeting, audience, words):
    return {form: [word for word in words if word in text] for form, text in said(meeting, audience).items()}


def test_the_public_finds_no_questions_and_no_names_in_any_form(meeting):
    nothing = {form: [] for form in TEXTS}
    assert found(meeting, PUBLIC, ("Challenge log", "Why so late?", "Staff left.", "Mo Member", *NAMES)) == nothing
    assert "Challenges" not in sheets_of(pack_files.written(pack_files.whole(built(meeting, PUBLIC)), Form.EXCEL))
    assert "Corrected: Rating" in said(meeting, PUBLIC)[Form.PDF]


def test_the_board_and_observers_find_both(meeting):
    for audience in (BOARD, OBSERVERS):
        assert {*found(meeting, audience, ("Why so late?", *NAMES))[Form.PDF]} == {"Why so late?", *NAMES}


def test_the_public_finds_them_where_that_was_chosen(meeting):
    choose(meeting, public=[*chosen.OFFERED, chosen.NAMES])
    assert {*found(meeting, PUBLIC, ("Why so late?", *NAMES))[Form.PDF]} == {"Why so late?", *NAMES}


@pytest.mark.parametrize("key", chosen.OFFERED)
def test_a_section_that_is_left_out_is_nowhere_in_the_pack_of_that_audience(meeting, key):
    choose(meeting, board=[other for other in chosen.OFFERED if other != key])
    assert chosen.OFFERED[key] not in titles(built(meeting, BOARD))
    assert titles(built(meeting, OBSERVERS)) == [
        title for other, title, _ in pack_document.SECTIONS if other not in {"changes", "papers"}
    ]


def test_what_is_left_out_is_neither_counted_nor_said_to_be_there(meeting):
    choose(meeting, board=["summary"])
    left = built(meeting, BOARD)
    assert (left.challenges, left.actions, left.minutes, left.has_names) == ((), (), None, False)
    assert titles(left) == ["Cover sheet", "Agenda", "Three-minute summary"]


def test_a_paper_that_is_a_section_left_out_is_on_the_boards_pages(meeting):
    paper = papers.add(meeting=meeting, title="The log", page="challenges", by=user("Olga Office"), at=AT)
    factories.tabled(paper)
    assert "The log (in this pack)" in repr(blocks(built(meeting, BOARD), "agenda"))
    assert "The log (on the Board's pages)" in repr(blocks(built(meeting, PUBLIC), "agenda"))


def test_a_choice_stands_for_later_meetings_until_another_is_made(meeting):
    later = factories.meeting(meeting.board.plan, date(2011, 6, 6))
    choose(meeting, public=["summary"])
    assert [chosen.of(one)[PUBLIC] for one in (meeting, later)] == [{"summary"}, {"summary"}]
    assert chosen.version_of(later) == 0
    choose(later, public=["summary", "ratings"])
    assert [chosen.of(one)[PUBLIC] for one in (meeting, later)] == [{"summary"}, {"summary", "ratings"}]


def test_the_choice_of_the_last_meeting_before_stands_not_the_one_that_was_made_last(meeting):
    june, july = (factories.meeting(meeting.board.plan, date(2011, month, 6)) for month in (6, 7))
    choose(june, public=["ratings"])
    choose(meeting, public=["summary"])
    assert [chosen.of(one)[PUBLIC] for one in (meeting, june, july)] == [{"summary"}, {"ratings"}, {"ratings"}]


def test_a_choice_is_not_that_of_another_board(meeting):
    other = factories.meeting(factories.plan(slug="other"), date(2011, 6, 6))
    choose(meeting, public=[])
    assert chosen.of(other) == {one: frozenset(keys) for one, keys in chosen.standard().items()}


def test_a_choice_is_told_once_and_not_written_over_unseen(meeting):
    row = choose(meeting, public=["ratings", "summary", "no such section"])
    assert (row.shown[PUBLIC], row.version) == (["summary", "ratings"], 1)
    assert choose(meeting, public=["summary", "ratings"]).version == 1
    with pytest.raises(Conflict):
        choose(meeting, public=[])
    assert (choose(meeting, 1, public=[]).version, chosen.version_of(meeting)) == (2, 2)
    assert (PackChoice.objects.count(), Event.objects.filter(what="pack.sections_chosen").count()) == (1, 2)


def test_the_first_choice_does_not_follow_one_that_was_never_made(meeting):
    with pytest.raises(Conflict):
        choose(meeting, 1, public=[])


@pytest.mark.parametrize(
    ("access", "without"),
    [
        ({}, []),
        ({"restricted_because": "Names a post."}, [PUBLIC]),
        ({"restricted_because": "Names a post.", "excludes_observers": True}, [OBSERVERS, PUBLIC]),
    ],
)
def test_a_page_that_is_a_closed_paper_is_in_no_pack_of_whom_it_is_closed_to(access, without):
    made = a_meeting(a_plan(), papers={}, is_announced=False)
    given = {"item": made.items.first(), "by": user("Olga Office"), "at": AT}
    papers.add(meeting=made, title="Actions", page="actions", **given, **access)
    made = factories.announced(made, papers=made.papers.all())
    made.month.plan.board = made.board
    title = chosen.OFFERED["actions"]
    assert [one for one in (BOARD, OBSERVERS, PUBLIC) if title not in titles(built(made, one))] == without
