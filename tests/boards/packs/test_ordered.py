"""Packs are ordered with the agenda, made afterwards by whoever comes first, and made once."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from accounts.models import Event
from boards import packs, telling
from boards.models import Pack, PackOrder
from boards.packs import making, ordered
from improvement import delivering
from improvement.files.storage import UNSETTLED
from improvement.records.refusals import Refused
from tests import factories
from tests.boards.packs.packing import HELD, a_meeting, a_plan
from tests.boards.reading import read, text
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db

PAGE = reverse("boards:meeting_detail", args=["thornbury", HELD])
PDF = reverse("boards:pack_download", args=["thornbury", HELD, "pdf"])
BEING_MADE = "The pack is being made."


@pytest.fixture
@factories.once
def plan():
    return a_plan()


@pytest.fixture
def meeting(plan):
    return a_meeting(plan, papers={"Open": {}})


def order(meeting):
    return packs.order(meeting=meeting, by=user("Olga Office"), at=AT)


def kept():
    return list(Pack.objects.order_by("audience", "number").values_list("audience", "number"))


ONCE = [("board", 1), ("observers", 1), ("public", 1)]


def test_an_order_is_made_once_and_told_once(meeting):
    assert order(meeting) == order(meeting)
    assert (Event.objects.filter(what="pack.ordered").count(), kept()) == (1, [])


def test_packs_that_are_there_are_not_ordered(meeting):
    factories.kept_pack(meeting)
    assert (order(meeting), PackOrder.objects.count()) == (None, 0)


def test_an_order_is_refused_for_what_has_no_pack(plan):
    with pytest.raises(Refused, match="Publish the agenda"):
        order(a_meeting(plan, is_announced=False))


def test_the_delivery_makes_what_is_ordered_in_the_name_of_who_ordered_it(meeting):
    order(meeting)
    delivering.deliver(at=later(minutes=1))
    assert (kept(), PackOrder.objects.exists()) == (ONCE, False)
    assert Event.objects.get(what="pack.kept").by == user("Olga Office")
    assert packs.make_due(at=later(minutes=2)) == 0
    assert kept() == ONCE


def test_whoever_asks_first_has_the_pack_made(meeting, client):
    order(meeting)
    assert BEING_MADE in text(read(client, PAGE, "Cass Chair"))
    assert b"".join(read(client, PDF, "Cass Chair").streaming_content).startswith(b"%PDF")
    assert kept() == ONCE
    shown = text(read(client, PAGE, "Cass Chair"))
    assert (BEING_MADE in shown, "Board pack" in shown) == (False, True)


def test_who_may_not_read_a_pack_has_none_made(meeting, client):
    order(meeting)
    assert read(client, f"{PDF}?audience=board", "Obi Observer").status_code == 404
    assert (kept(), PackOrder.objects.count()) == ([], 1)


def test_what_somebody_else_is_making_is_not_made_twice(meeting, client):
    row = order(meeting)
    assert ordered._claimed(row.pk, AT) == row
    assert packs.make_due(at=later(minutes=1)) == 0
    PackOrder.objects.update(claimed_until=AT + timedelta(days=99_000))
    response = read(client, PDF, "Cass Chair")
    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert "The pack is still being made. Try again in a minute." in text(client.get(PAGE))
    assert kept() == []


@pytest.mark.parametrize(
    ("module", "where"), [(making, "news"), (making, "_kept"), (telling, "of_meeting")], ids=lambda one: str(one)[:30]
)
def test_a_making_that_is_killed_is_made_once_the_claim_has_run_out(meeting, monkeypatch, module, where):
    class Killed(BaseException):
        pass

    def kill(*args, **kwargs):
        raise Killed

    row = order(meeting)
    with monkeypatch.context() as patched:
        patched.setattr(module, where, kill)
        with pytest.raises(Killed):
            packs.make_due(at=AT)
    assert (kept(), PackOrder.objects.get()) == ([], row)
    assert packs.make_due(at=AT + ordered.CLAIM - timedelta(seconds=1)) == 0
    assert packs.make_due(at=AT + ordered.CLAIM) == 1
    assert (kept(), PackOrder.objects.exists()) == (ONCE, False)


def test_a_server_that_starts_frees_what_was_claimed_where_the_clock_stands_still(meeting, settings):
    row = order(meeting)
    ordered._claimed(row.pk, AT)
    for clock, made in ((None, 0), (AT, 1)):
        settings.DEMONSTRATION_NOW = clock
        delivering.start()
        assert packs.make_due(at=AT) == made
    assert kept() == ONCE


def test_a_pack_that_is_made_by_two_at_once_is_kept_once(meeting, monkeypatch):
    row = order(meeting)
    news = making.news

    def read_first(*args, **kwargs):
        found = news(*args, **kwargs)
        monkeypatch.setattr(making, "news", news)
        packs.release()
        assert packs.make_due(at=AT) == 1
        return found

    monkeypatch.setattr(making, "news", read_first)
    assert packs.make(row.pk, at=AT) is False
    assert (kept(), PackOrder.objects.exists()) == (ONCE, False)


def test_a_making_that_fails_says_so_and_is_tried_again(meeting, client):
    stored = Path(meeting.papers.get().file.path + UNSETTLED)
    before = stored.read_bytes()
    stored.write_bytes(b"Something else.")
    order(meeting)
    assert packs.make_due(at=AT) == 0
    said = "The file of “Open” is damaged. Have it restored from a backup, then save the pack."
    assert (PackOrder.objects.get().error, kept()) == (said, [])
    assert said in text(read(client, PAGE, "Olga Office"))
    stored.write_bytes(before)
    assert packs.make_due(at=AT + ordered.CLAIM) == 1
    assert kept() == ONCE


def test_whatever_else_fails_is_logged_and_keeps_nothing_else_from_being_delivered(meeting, monkeypatch, caplog):
    def fail(**rest):
        raise ZeroDivisionError

    row = order(meeting)
    monkeypatch.setattr(making, "keep", fail)
    delivering.deliver(at=AT)
    assert PackOrder.objects.get().error == ordered.FAILED
    assert [record.getMessage() for record in caplog.records] == [f"The packs of order {row.pk} could not be made."]


def test_saving_the_pack_by_hand_fulfils_the_order(meeting):
    order(meeting)
    packs.keep(meeting=meeting, by=user("Olga Office"), at=AT)
    assert (kept(), PackOrder.objects.exists()) == (ONCE, False)


def test_an_order_whose_record_has_been_closed_goes(plan):
    meeting = factories.received(factories.held(plan, HELD - timedelta(days=28)), plan.months.get())
    order(meeting)
    factories.minuted(meeting)
    factories.agreed(meeting, factories.held(plan, HELD - timedelta(days=21)))
    assert (packs.make_due(at=AT), PackOrder.objects.exists(), kept()) == (0, False, [])
