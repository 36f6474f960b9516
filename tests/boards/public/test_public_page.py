"""The public page: what it leads to, and that nothing which the public may not see is in any page, file or number.

What may not be seen says SECRET, whatever it is. The clock of the pages stands at 9 December 2011.
"""

import logging
import re
from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Event
from boards import access, meetings, packs, papers, permissions, public
from boards.models import Board, Challenge, Meeting, Pack, Paper
from boards.permissions import Readership
from boards.public import public_page
from boards.views import public as public_views
from improvement.records import triggers
from plans.models import ReportingMonth
from tests import factories
from tests.boards.packs.packing import FAR_AHEAD, a_plan, pdf_text, sheet_text, word_text
from tests.boards.test_removals import redact
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db

BASE = "/boards/thornbury/public/"
FIRST, SECOND, THIRD = date(2011, 4, 11), date(2011, 4, 25), date(2011, 12, 19)
CLOSED = {"restricted_because": "About staff.", "public_title": "A staffing matter"}
READING = {"pdf": pdf_text, "docx": word_text, "xlsx": sheet_text}


def office(at=AT):
    return {"by": user("Olga Office"), "at": at}


@pytest.fixture
@factories.once
def plan():
    """One agreed meeting, one with a kept pack, one that is only planned; an open and a secret thing of each kind."""
    plan = a_plan()
    april = plan.months.get()
    first = factories.meeting(plan, FIRST)
    _fill(first)
    first = factories.received(first, april)
    first = factories.announced(first, papers=first.papers.exclude(title__contains="draft"))
    _record(first)
    second = factories.held(plan, SECOND)
    _record(second)
    second = factories.received(second, april)
    packs.keep(meeting=second, **office())
    factories.agreed(first, second)
    _fill(factories.meeting(plan, THIRD, place="SECRET place"))
    may = factories.month(plan, 5)
    factories.signed_off(may.updates.get(reference="R01"), progress="SECRET progress", rating="red")
    factories.challenge(plan, "SECRET question?")
    factories.opened_to_all(plan.board)
    return plan


def _fill(meeting):
    """Put an open item and a restricted one on the agenda, with a paper of every kind."""
    factories.paper(meeting, "Open paper", item=meeting.items.first())
    factories.paper(meeting, "SECRET draft", item=meeting.items.first())
    factories.paper(meeting, "SECRET restricted", **CLOSED)
    factories.paper(meeting, "SECRET closed", excludes_observers=True, **CLOSED)
    factories.paper(meeting, "SECRET embargoed", public_title="Later", embargoed_until=FAR_AHEAD)
    item = meetings.add_item(meeting=meeting, title="SECRET item", **CLOSED, **office())
    factories.paper(meeting, "SECRET of the item", item=item)


def _record(meeting):
    by = office()
    for item, word in ((meeting.items.first(), "Open"), (meeting.items.last(), "SECRET")):
        if word == "SECRET" and not item.is_restricted:
            item = meetings.add_item(meeting=meeting, title="SECRET late", **CLOSED, **by)
        meetings.write_minute(item=item, version=item.version, minute=f"{word} minute.", **by)
        factories.decision(meeting, f"{word} decision.", item=item)
        factories.guest(meeting, f"{word} guest", item=item)
        factories.declaration(meeting, f"{word} interest.", item=item)
        factories.action(meeting, f"{word} action.", item=item)


def get(client, path, **headers):
    response = client.get(path, headers=headers)
    response.body = response.getvalue() if response.streaming else response.content
    return response


def links(body):
    """Return every address on a page but those of its own styles, scripts and pictures."""
    found = re.findall(r'(?:href|src|action)="([^"#][^"]*)"', body.decode())
    return {address for address in found if not address.startswith("/static/")}


def crawl(client, start=BASE):
    """Return what is at every address that is reached from the public page, by its address."""
    found, ahead = {}, [start]
    while ahead:
        path = ahead.pop()
        if path not in found:
            found[path] = get(client, path)
            if found[path]["Content-Type"].startswith("text/html"):
                ahead += sorted(links(found[path].body))
    return found


def said(path, response):
    """Return what a page or file says, as text, and the bytes of what is no document."""
    reading = READING.get(path.rpartition(".")[2])
    return reading(response.body) if reading else response.body.decode()


def papers_that_are_public():
    """Return the ids of the papers that everyone reads, worked out row by row without a query of the product."""
    return {
        paper.pk
        for paper in Paper.objects.select_related("item", "meeting")
        if paper.tabled_at
        and paper.file
        and not paper.restricted_because
        and not (paper.item and paper.item.restricted_because)
        and not (paper.embargoed_until and paper.embargoed_until > later(days=300))
        and paper.meeting.agenda_published_at
    }


def test_the_public_page_leads_to_these_addresses_and_no_others(client, plan):
    found = crawl(client)
    number = Pack.objects.get(audience="public").number
    assert {path: response.status_code for path, response in found.items()} == dict.fromkeys(
        [
            BASE,
            f"{BASE}2011-04-11/",
            f"{BASE}2011-04-25/",
            *(f"{BASE}2011-04-11/papers/{pk}/" for pk in papers_that_are_public()),
            *(f"{BASE}2011-04-11/minutes.{form}" for form in ("pdf", "docx")),
            *(f"{BASE}2011-04-25/pack-{number}.{form}" for form in ("pdf", "docx", "xlsx")),
        ],
        200,
    )
    assert len(papers_that_are_public()) == 1


def test_nothing_that_is_not_public_is_in_any_page_or_file(client, plan):
    for path, response in crawl(client).items():
        text = said(path, response)
        assert "SECRET" not in text, path
        assert "SECRET" not in str(response.headers), path


def test_what_is_public_is_there(client, plan):
    found = {path: said(path, response) for path, response in crawl(client).items()}
    assert "minutes agreed" in found[BASE]
    meeting = found[f"{BASE}2011-04-11/"]
    for words in ("Open paper", "Open minute.", "A staffing matter", "Restricted: About staff.", "To follow"):
        assert words in meeting, words
    for words in ("Open minute.", "Open decision.", "Open action.", "Open guest", "Open interest."):
        assert words in found[f"{BASE}2011-04-11/minutes.pdf"], words
    assert "Open minute." not in found[f"{BASE}2011-04-25/"]  # not agreed


def test_the_totals_are_those_of_the_published_month_counted_row_by_row(client, plan):
    rows = plan.months.get(month=date(2011, 4, 1)).updates.values_list("status", "rating")
    counted = [rating for status, rating in rows if status in {"signed_off", "submitted"}]
    for path in (BASE, f"{BASE}2011-04-25/"):
        page = get(client, path).body.decode()
        told = re.findall(r"<strong>(\d+)</strong>", page)
        assert told == [
            *(str(counted.count(rating)) for rating in ("red", "amber", "green")),
            str(len(rows) - len(counted)),
            str(len(rows)),
        ]


def test_the_public_reads_no_paper_that_it_does_not_read_row_by_row(plan):
    found = permissions.for_everyone(Paper.objects.exclude(file=""), plan.board, at=later(days=300))
    assert {paper.pk for paper in found} == papers_that_are_public()


def test_for_everyone_gives_nothing_of_what_it_does_not_name(plan):
    for model in (Challenge, Pack, Board):
        assert list(permissions.for_everyone(model.objects.all(), plan.board, at=AT)) == []


def test_for_everyone_gives_published_months_that_came_before_a_meeting_alone(plan):
    given = permissions.for_everyone(ReportingMonth.objects.all(), plan.board, at=later(days=300))
    assert [row.month for row in given] == [date(2011, 4, 1)]
    factories.published(plan.months.get(month=date(2011, 5, 1)))
    assert [row.month for row in given.all()] == [date(2011, 4, 1)]
    assert list(permissions.for_everyone(Meeting.objects.all(), plan.board, at=AT)) == list(
        plan.board.meetings.filter(held_on__lt=THIRD)
    )


def test_another_board_shows_nothing_of_this_one(plan):
    other = factories.plan(slug="other").board
    factories.opened_to_all(other)
    other.refresh_from_db()
    for model in (Meeting, Paper, ReportingMonth):
        assert list(permissions.for_everyone(model.objects.all(), other, at=AT)) == []


# Guessed addresses.


def guesses():
    """Yield addresses that lead to what is not public, and those that would if the page were of another kind."""
    for paper in Paper.objects.exclude(pk__in=papers_that_are_public()).select_related("meeting"):
        yield f"{BASE}{paper.meeting.held_on}/papers/{paper.pk}/"
    for paper in Paper.objects.filter(pk__in=papers_that_are_public()):
        yield f"{BASE}2011-04-25/papers/{paper.pk}/"  # of another meeting
    yield f"{BASE}2011-12-19/"
    yield f"{BASE}2011-12-19/minutes.pdf"
    yield f"{BASE}2011-04-25/minutes.pdf"
    yield f"{BASE}2011-04-11/pack-1.pdf"
    yield f"{BASE}2011-04-25/pack-2.pdf"
    yield "/boards/other/public/"


@pytest.mark.parametrize("name", [None, "Olga Office", "Cass Chair"])
def test_what_is_not_public_is_not_found_whoever_asks(client, plan, name):
    if name:
        client.force_login(user(name))
    assert {path: client.get(path).status_code for path in guesses()} == dict.fromkeys(guesses(), 404)


def test_a_paper_that_is_restricted_afterwards_is_gone_and_so_is_the_pack_that_names_it(client, plan):
    pack = f"{BASE}2011-04-25/pack-1.pdf"
    assert get(client, pack).status_code == 200
    item = Meeting.objects.get(held_on=SECOND).items.first()
    access.restrict(thing=item, version=item.version, restricted_because="Staff.", public_title="", **office())
    assert get(client, pack).status_code == 404
    (pk,) = papers_that_are_public()
    paper = Paper.objects.get(pk=pk)
    papers.change(
        paper=paper, version=paper.version, title=paper.title, item=paper.item, restricted_because="Staff.", **office()
    )
    assert get(client, f"{BASE}2011-04-11/papers/{pk}/").status_code == 404


def test_a_pack_of_before_its_sections_were_chosen_is_not_for_everyone(client, plan):
    """It names people, and holds the questions: those who had a part in the plan read it, and nobody else did."""
    pack = Pack.objects.get(audience="public")
    address = f"{BASE}{SECOND}/pack-{pack.number}.pdf"
    assert get(client, address).status_code == 200
    with triggers.lifted({"boards_pack"}):
        del pack.contents["enclosed"]
        pack.save()
    assert client.get(address).status_code == 404
    assert address not in links(get(client, f"{BASE}{SECOND}/").body)


def test_a_file_that_is_not_what_was_stored_is_not_handed_out(client, plan, caplog):
    (pk,) = papers_that_are_public()
    paper = Paper.objects.get(pk=pk)
    with paper.file.storage.open(paper.file.name, "wb") as stream:
        stream.write(b"SECRET")
    with caplog.at_level(logging.ERROR):
        assert get(client, f"{BASE}2011-04-11/papers/{pk}/").status_code == 404
    assert "asked for on the public page" in caplog.text


# Caches.


def test_every_answer_may_be_kept_by_caches_and_sets_no_cookie(client, plan):
    for path, response in crawl(client).items():
        assert response["Cache-Control"] == "public, max-age=300", path
        assert (dict(response.cookies), "Cookie" in response.get("Vary", "")) == ({}, False), path
        again = get(client, path, if_none_match=response["ETag"])
        assert (again.status_code, again.body, again["ETag"]) == (304, b"", response["ETag"]), path
        assert again["Cache-Control"] == "public, max-age=300", path


def test_everyone_gets_the_same_bytes(client, plan):
    before = {path: response.body for path, response in crawl(client).items()}
    client.force_login(user("Olga Office"))
    assert {path: response.body for path, response in crawl(client).items()} == before


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_minutes_are_made_once_however_many_ask_for_them(client, plan, monkeypatch, form):
    address = f"{BASE}{FIRST}/minutes.{form}"
    first = get(client, address)
    monkeypatch.setattr(public_views, "as_file", None)
    again = get(client, address)
    assert (again.body, again.headers) == (first.body, first.headers)


def test_minutes_of_which_a_text_is_removed_are_made_anew(client, plan):
    address = f"{BASE}{FIRST}/minutes.pdf"
    assert "Open minute." in pdf_text(get(client, address).body)
    first = Meeting.objects.get(held_on=FIRST)
    redact(first, f"minute-{first.items.first().pk}")
    assert "Open minute." not in pdf_text(get(client, address).body)


def test_the_tag_changes_with_the_page(client, plan):
    before = get(client, BASE)["ETag"]
    factories.announced(Meeting.objects.get(held_on=THIRD))
    assert get(client, BASE, if_none_match=before).status_code == 200


def test_no_other_page_may_be_kept(client, plan):
    client.force_login(user("Olga Office"))
    for path in ("/boards/thornbury/meetings/", f"{BASE}switch/", f"{BASE}2011-12-19/"):
        assert client.get(path)["Cache-Control"] == "no-store"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_public_pages_take_as_many_queries_for_three_as_for_one(client, plan, rows, django_assert_num_queries):
    for number in range(rows):
        held = factories.held(plan, date(2011, 6, number + 1), at=later(days=40))
        for count in range(rows):
            paper = factories.paper(held, f"Paper {count}", at=later(days=40), item=held.items.first())
            factories.tabled(paper, at=later(days=40))
    with django_assert_num_queries(4):
        client.get(BASE)
    with django_assert_num_queries(8):
        client.get(f"{BASE}2011-06-01/")


def test_what_is_no_file_says_where_it_is_and_each_file_of_the_pack_says_which_it_is(client, plan):
    june = later(days=40)
    held = factories.received(factories.held(plan, date(2011, 6, 1), at=june), plan.months.first())
    actions = papers.add(meeting=held, title="Action log", page="actions", **office(june))
    for paper in (factories.paper(held, "Open paper", at=june), actions):
        factories.tabled(paper, at=june)
    packs.keep(meeting=held, **office(june))
    page = " ".join(get(client, f"{BASE}2011-06-01/").body.decode().split())
    assert "<li>Action log (on the Board’s pages)</li>" in page
    names = ("PDF with the papers", "PDF without the papers", "PDF")
    assert [f">{name}<span" in page for name in names] == [True, True, False]


# Switched on and off.


def test_it_is_off_by_default_and_off_again_nothing_is_there(client, plan):
    assert factories.plan(slug="fresh").board.is_public is False
    there = list(crawl(client))
    public.switch(board=plan.board, is_public=False, **office())
    assert {path: client.get(path).status_code for path in there} == dict.fromkeys(there, 404)
    for model in (Meeting, Paper, ReportingMonth):
        off = Board.objects.get(pk=plan.board.pk)
        assert list(permissions.for_everyone(model.objects.all(), off, at=AT)) == []


def test_switch_leaves_one_event_and_says_who(plan):
    for is_public in (False, False, True, True):
        public.switch(board=plan.board, is_public=is_public, **office(later(days=1)))
    told = Event.objects.filter(what__startswith="board.public").order_by("pk").values_list("what", "by__name")
    assert [what for what, _ in told] == [
        "board.public_page_switched_on",
        "board.public_page_switched_off",
        "board.public_page_switched_on",
    ]
    row = Board.objects.get(pk=plan.board.pk)
    assert (row.public_by.name, row.public_at) == ("Olga Office", later(days=1))


def test_the_office_switches_it_on_its_own_page(client, plan):
    client.force_login(user("Olga Office"))
    address = reverse("boards:public_switch", args=["thornbury"])
    page = client.get(address).content.decode()
    assert "It was switched on by Olga Office on 1 May 2011." in page
    assert ">http://testserver/boards/thornbury/public/</a>" in page  # as it goes on the council's own website
    page = client.post(address, {"wanted": "off"}, follow=True).content.decode()
    assert "The public page has been switched off." in page
    assert "Nobody can read it." in page
    client.post(address, {"wanted": "off"})
    assert Board.objects.get(pk=plan.board.pk).is_public is False
    assert client.post(address, {"wanted": "perhaps"}).status_code == 200


def test_the_readers_of_the_public_page_are_the_public(plan):
    assert public_page.PUBLIC is Readership.PUBLIC
