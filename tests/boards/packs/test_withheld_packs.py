"""A kept pack that may hold a text that was removed is handed to nobody but the office."""

from datetime import date

import pytest
from django.urls import reverse

from boards import meetings, packs
from boards.models import Challenge
from boards.packs import kept_packs
from boards.permissions import Readership
from improvement.records import triggers
from plans import reporting
from tests import factories
from tests.boards.packs.packing import BOARD, HELD, a_meeting, a_plan
from tests.boards.reading import read
from tests.boards.test_removals import OFFICE, SECRET, addresses, office, redact
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db


@pytest.fixture
@factories.once
def meeting():
    """A meeting with a kept pack, and a question and an action that were there before it."""
    made = a_meeting(a_plan(), papers={"Open": {}})
    factories.challenge(made.board.plan, SECRET, at=later(days=-1))
    factories.kept_pack(made)
    return made


def withheld(meeting):
    return [one.is_withheld for one in kept_packs.of_meeting(meeting, [BOARD], at=AT)]


def test_a_pack_is_withheld_once_a_question_in_it_was_removed(meeting):
    row = Challenge.objects.get()
    assert (withheld(meeting), kept_packs.meetings_holding(row)) == ([False], [meeting])
    redact(row, "question")
    assert withheld(meeting) == [True]
    assert kept_packs.read_by(meeting, Readership.BOARD, at=AT) == []
    packs.remove(meeting=meeting, reason="names a child", **office())
    assert kept_packs.meetings_holding(row) == []


def test_a_pack_is_withheld_once_a_text_of_its_month_was_removed(meeting):
    update = meeting.month.updates.get(reference="R01")
    reporting.redact(update=update, field="progress", reason="names a child", **office(later(days=1)))
    assert withheld(meeting) == [True]


def test_a_pack_is_withheld_once_a_text_of_its_meeting_or_the_one_before_was_removed(meeting):
    before = factories.held(meeting.board.plan, date(2011, 5, 2))
    long_before = factories.held(meeting.board.plan, date(2011, 4, 4))
    assert [kept_packs.meetings_holding(one) for one in (meeting, before, long_before)] == [[meeting], [meeting], []]
    redact(long_before, f"title-{long_before.items.first().pk}")
    assert withheld(meeting) == [False]
    redact(before, f"title-{before.items.first().pk}")
    assert withheld(meeting) == [True]


def test_what_is_removed_in_the_moment_in_which_a_pack_is_kept_withholds_it_and_not_the_next_one(meeting):
    redact(Challenge.objects.get(), "question", at=AT)
    factories.kept_pack(meeting, number=2)
    assert withheld(meeting) == [True, False]


def test_a_pack_that_names_no_removals_comes_after_none(meeting):
    redact(Challenge.objects.get(), "question", at=AT)
    pack = factories.kept_pack(meeting, number=2)
    with triggers.lifted({"boards_pack"}):
        del pack.contents["removals"]
        pack.save()
    assert withheld(meeting) == [True, True]


def test_a_pack_is_withheld_once_a_question_of_its_own_day_was_removed(meeting):
    row = factories.challenge(meeting.board.plan, "Who is Josie Miller?", at=later(hours=1))
    assert kept_packs.meetings_holding(row) == [meeting]
    redact(row, "question")
    assert withheld(meeting) == [True]


def test_a_pack_is_withheld_once_a_text_of_the_month_that_it_was_made_of_was_removed(meeting, client):
    update = meeting.month.updates.get(reference="R01")
    following = factories.published(factories.month(meeting.board.plan, 6))
    meetings.receive_month(meeting=meeting, month=following, **office())
    client.force_login(user("Olga Office"))
    page = client.get(reverse("plans:update_redact", args=["thornbury", update.month.month, "R01"]) + "?field=progress")
    assert "Pack of the meeting of" in page.content.decode()
    reporting.redact(update=update, field="progress", reason="names a child", **office(later(days=1)))
    meeting.refresh_from_db()
    assert (meeting.month, withheld(meeting)) == (following, [True])


def test_what_was_asked_or_kept_afterwards_is_handed_out(meeting):
    row = factories.challenge(meeting.board.plan, "Who is Josie Miller?", at=later(days=1))
    assert kept_packs.meetings_holding(row) == []
    redact(row, "question")
    assert withheld(meeting) == [False]
    redact(Challenge.objects.get(number=1), "question")
    factories.kept_pack(meeting, number=2, at=later(days=41))
    assert withheld(meeting) == [True, False]


def test_a_removal_page_names_the_packs_that_may_hold_the_text(client, meeting):
    page = addresses("challenge", Challenge.objects.get())[1]
    shown = read(client, f"{page}?field=question", OFFICE).content.decode()
    assert f'href="{reverse("boards:pack_remove", args=["thornbury", HELD])}"' in shown
