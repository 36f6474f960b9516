"""The pages of a pack, and who may download which."""

from datetime import date

import pytest
from django.urls import reverse

from boards import packs
from boards.models import CoverSheet, Pack
from boards.packs.pack_outline import AUDIENCES
from tests import factories
from tests.boards.packs.packing import (
    ACCESS,
    BOARD,
    FAR_AHEAD,
    HELD,
    OBSERVERS,
    PUBLIC,
    a_meeting,
    a_plan,
    pdf_text,
    sheets_of,
)
from tests.boards.reading import read, text
from tests.factories import AT, user

pytestmark = pytest.mark.django_db

OFFICE = "Olga Office"


@pytest.fixture
@factories.once
def plan():
    return a_plan()


@pytest.fixture
def meeting(plan):
    return a_meeting(plan, papers={"Open": {}})


def at(name, *args, held_on=HELD):
    return reverse(f"boards:{name}", args=["thornbury", held_on, *args])


def download(client, query="", name=OFFICE, form="pdf"):
    response = read(client, f"{at('pack_download', form)}{query}", name)
    if response.status_code != 200:
        return response.status_code
    content = response.getvalue() if response.streaming else response.content
    return response.headers["Content-Disposition"].split("filename=")[1].strip('"'), content


# What is handed out.


@pytest.mark.parametrize(
    ("name", "audience"),
    [(OFFICE, BOARD), ("Cass Chair", BOARD), ("Obi Observer", OBSERVERS), ("Ada Officer", PUBLIC)],
)
def test_everyone_is_handed_their_own_version_as_it_was_kept(client, meeting, name, audience):
    for one in AUDIENCES:
        factories.kept_pack(meeting, one)
    expected = f"thornbury-2011-05-16-board-pack-for-{audience}.pdf"
    assert download(client, name=name) == (expected, f"{Pack.objects.get(audience=audience)} as pdf".encode())


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        (OFFICE, {BOARD, OBSERVERS, PUBLIC}),
        ("Mo Member", {BOARD, OBSERVERS, PUBLIC}),
        ("Obi Observer", {OBSERVERS, PUBLIC}),
        ("Ada Officer", {PUBLIC}),
    ],
)
def test_another_version_is_handed_to_those_who_may_read_it(client, meeting, name, allowed):
    for one in AUDIENCES:
        factories.kept_pack(meeting, one)
    found = {one for one in AUDIENCES if download(client, f"?audience={one}", name) != 404}
    assert (found, download(client, "?audience=nobody", name)) == (allowed, 404)


def test_a_supplement_is_asked_for_by_its_number_and_all_until_it_as_one_file(client, meeting):
    factories.kept_pack(meeting)
    second = factories.kept_pack(meeting, number=2, first_page=5)
    got = {query: download(client, query, "Cass Chair") for query in ("", "?number=1", "?number=2", "?number=all")}
    assert [name for name, _ in got.values()] == [
        "thornbury-2011-05-16-board-pack-for-board.pdf",
        "thornbury-2011-05-16-board-pack-for-board.pdf",
        "thornbury-2011-05-16-supplement-1-for-board.pdf",
        "thornbury-2011-05-16-pack-and-supplements-for-board.pdf",
    ]
    assert got["?number=all"][1] == f"{second} as all".encode()
    for query in ("?number=3", "?number=x", "?number="):
        assert (download(client, query, "Cass Chair") == 404) is (query != "?number=")
    assert download(client, "?number=all", "Cass Chair", "xlsx") == 404


def test_what_is_withheld_is_handed_to_the_office_alone(client, meeting):
    paper = factories.tabled(factories.paper(meeting, "Closed", restricted_because="N.", excludes_observers=True))
    factories.kept_pack(meeting, OBSERVERS, named=[paper])
    names = (OFFICE, "Cass Chair", "Obi Observer")
    got = [download(client, "?audience=observers", name) for name in names]
    assert (got[0] != 404, got[1:]) == (True, [404, 404])
    assert "Withheld" in text(read(client, at("pack_detail"), OFFICE))


def test_a_kept_file_that_is_gone_is_not_found(client, meeting):
    pack = factories.kept_pack(meeting)
    pack.files.get(form="pdf").file.storage.delete(pack.files.get(form="pdf").file.name)
    assert download(client) == 404


# Made on the fly.


def test_before_the_agenda_is_published_the_office_alone_is_handed_a_preview(client, plan):
    a_meeting(plan, papers={"Draft": {}}, is_announced=False)
    for name in ("Cass Chair", "Obi Observer", "Ada Officer"):
        assert {download(client, name=name, form=form) for form in ("pdf", "docx", "xlsx")} == {404}
    name, content = download(client)
    assert name == "thornbury-2011-05-16-preview-for-board.pdf"
    assert "the agenda has not been published" in pdf_text(content)
    name, content = download(client, "?audience=public", form="xlsx")
    assert [row[1] for row in sheets_of(content)["Papers"][1:]] == ["Draft"]


def test_without_a_month_there_is_no_pack(client, plan):
    factories.meeting(plan, HELD)
    assert (download(client), download(client, form="xlsx")) == (404, 404)
    assert "No month has been chosen for this meeting yet" in text(read(client, at("pack_detail"), OFFICE))
    assert read(client, at("cover_edit"), OFFICE).status_code == 404


# The pages.


def test_pack_detail_shows_what_will_stand_in_it_and_for_whom(client, plan):
    a_meeting(plan, papers=ACCESS | {"Embargoed": {"embargoed_until": FAR_AHEAD}}, is_announced=False)
    shown = text(read(client, at("pack_detail"), OFFICE))
    assert "Agenda 5 items, 3 papers 5 items, 2 papers 5 items, 1 paper" in shown
    assert "Minutes of the last meeting No earlier meeting" in shown
    assert "Closed Draft, counted as tabled No: it excludes observers No: restricted" in shown
    until = "No: under embargo until 1 January 2099, 00:00"
    assert f"Embargoed {until} {until} {until}" in shown


def test_pack_detail_keeps_the_pack_at_the_press_of_a_button(client, meeting):
    client.force_login(user(OFFICE))
    response = client.post(at("pack_detail"), {"is_confirmed": "on"}, follow=True)
    assert "The pack has been saved." in text(response)
    assert (Pack.objects.count(), "There is nothing new." in text(response)) == (3, True)
    for form in ("pdf", "docx", "xlsx"):
        assert f'href="{at("pack_download", form)}?audience=public&amp;number=1"' in response.content.decode()


def test_pack_detail_says_why_a_pack_is_not_kept(client, plan):
    a_meeting(plan, is_announced=False)
    client.force_login(user(OFFICE))
    assert "Publish the agenda before you save the pack" in text(client.post(at("pack_detail"), {"is_confirmed": "on"}))


def test_publishing_the_agenda_orders_the_pack_which_is_then_handed_out(client, plan):
    a_meeting(plan, papers={"Open": {}}, is_announced=False)
    client.force_login(user(OFFICE))
    form = client.get(at("agenda_publish")).context["form"]
    given = {"seen": form["seen"].value(), "papers": [paper.pk for paper in form.fields["papers"].queryset]}
    shown = text(client.post(at("agenda_publish"), given, follow=True))
    assert "The agenda has been published. The pack is being made and will be listed here." in shown
    assert not Pack.objects.exists()
    assert packs.make_due(at=AT) == 1
    assert [pack.name for pack in Pack.objects.filter(audience="board")] == ["Board pack"]
    chair = text(read(client, at("meeting_detail"), "Cass Chair"))
    assert ("The pack Board pack" in chair, "Contents and versions of the pack" in chair) == (True, False)


def test_a_meeting_lists_the_packs_of_the_readers_own_version(client, meeting):
    factories.kept_pack(meeting, BOARD)
    for number, first_page in ((1, 1), (2, 5)):
        factories.kept_pack(meeting, OBSERVERS, number, first_page)
    assert "Supplement 1" not in text(read(client, at("meeting_detail"), "Cass Chair"))
    assert "Supplement 1 pages 5 to 8" in text(read(client, at("meeting_detail"), "Obi Observer"))
    assert "The pack" not in text(read(client, at("meeting_detail"), "Ada Officer"))


def test_cover_edit_writes_what_was_drafted_and_says_what_is_missing(client, meeting):
    client.force_login(user(OFFICE))
    form = client.get(at("cover_edit")).context["form"]
    drafted = {name: form.initial[name] for name in form.fields if form.initial[name] not in {None, ""}}
    refused = client.post(at("cover_edit"), drafted | {"version": 0, "subject": ""})
    assert "Enter the subject." in text(refused)
    written = client.post(at("cover_edit"), drafted | {"version": 0, "is_consulted": "True"}, follow=True)
    assert "The cover sheet has been saved." in text(written)
    row = CoverSheet.objects.get()
    assert (row.executive_summary, row.is_consulted) == (drafted["executive_summary"], True)


def test_cover_edit_shows_both_texts_to_whoever_comes_second(client, meeting):
    client.force_login(user(OFFICE))
    drafted = {"version": 0, "originator": "A", "report_of": "B", "wards": "All", "executive_summary": "C"}
    client.post(at("cover_edit"), drafted | {"subject": "First", "recommendations": "D"})
    second = client.post(at("cover_edit"), drafted | {"subject": "Second", "recommendations": "D"})
    assert second.status_code == 409
    assert ("First" in text(second), second.context["form"]["subject"].value()) == (True, "Second")


def test_sections_choose_saves_what_each_audience_finds(client, meeting):
    client.force_login(user(OFFICE))
    form = client.get(at("sections_choose")).context["form"]
    assert ("challenges" in form["board"].value(), "challenges" in form["public"].value()) == (True, False)
    given = {name: form[name].value() for name in ("version", "board", "observers")} | {"public": ["summary", "names"]}
    shown = text(client.post(at("sections_choose"), given, follow=True))
    assert "The sections have been saved." in shown
    assert "Names of lead officers and of people who submitted updates Shown" in shown
    assert "Challenge log 0 questions 0 questions Left out" in shown
    second = client.post(at("sections_choose"), given | {"public": []})
    assert (second.status_code, "Three-minute summary, Names of lead officers" in text(second)) == (409, True)


@pytest.mark.parametrize("rows", [1, 3])
def test_pack_detail_takes_as_many_queries_for_three_packs_as_for_one(client, plan, rows, django_assert_num_queries):
    meeting = a_meeting(plan, papers={f"Paper {number}": {} for number in range(rows)})
    for audience in AUDIENCES:
        for number in range(rows):
            factories.kept_pack(meeting, audience, 1 + number, 1 + 4 * number, named=meeting.papers.all())
    client.force_login(user(OFFICE))
    with django_assert_num_queries(56):
        assert client.get(at("pack_detail")).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_a_download_takes_as_many_queries_for_three_packs_as_for_one(client, plan, rows, django_assert_num_queries):
    meeting = a_meeting(plan, papers={"Open": {}})
    for number in range(rows):
        factories.kept_pack(meeting, OBSERVERS, 1 + number, 1 + 4 * number, named=meeting.papers.all())
    client.force_login(user("Obi Observer"))
    with django_assert_num_queries(12):
        assert client.get(at("pack_download", "pdf")).getvalue()


def test_what_is_of_another_meeting_is_not_found(client, plan, meeting):
    factories.kept_pack(meeting)
    other = date(2011, 6, 6)
    factories.announced(factories.meeting(plan, other))
    assert read(client, at("pack_download", "pdf", held_on=other), "Cass Chair").status_code == 404
