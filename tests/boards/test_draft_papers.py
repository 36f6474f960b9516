"""A draft revision goes before the Board as a paper: its preview as a PDF, which stays as it was."""

from datetime import date
from io import BytesIO

import pypdf
import pytest
from pytest_django.asserts import assertContains, assertNotContains

from boards.papers import FILE_OR_PAGE
from plans import refresh
from tests import factories
from tests.factories import AT, a_file, user

pytestmark = pytest.mark.django_db
MEETING = "/boards/thornbury/meetings/2011-12-14/"
ADD = f"{MEETING}papers/add/"


@pytest.fixture
def plan():
    plan = factories.plan(3)
    factories.meeting(plan, date(2011, 12, 14))
    return plan


@pytest.fixture
def office(client, plan):
    client.force_login(user("Olga Office"))
    return client


def said(**more):
    return {"title": "The refresh", "page": "draft", "file": "", "item": "", "held": ""} | more


def paper(plan):
    return plan.board.meetings.get().papers.get(title="The refresh")


def test_a_draft_is_offered_where_there_is_one(office, plan):
    assertNotContains(office.get(ADD), "The draft revision")
    page = office.post(ADD, said())
    assert list(page.context["form"].errors) == ["page"]
    factories.drafted(plan)
    assertContains(office.get(ADD), "The draft revision “Refresh of May” as it is today, as a PDF")
    assertContains(office.get("/plans/thornbury/refresh/preview/"), "/boards/thornbury/meetings/")


def test_the_paper_holds_the_preview_and_stays_as_it_was(office, plan):
    draft = factories.drafted(plan)
    factories.drafted_area(draft, "B")
    assert office.post(ADD, said()).status_code == 302
    before = paper(plan)
    assert (before.page, before.original_name) == ("", "Refresh of May.pdf")
    with before.file.open() as stored:
        pages = pypdf.PdfReader(BytesIO(stored.read())).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for words in (
        "Draft revision, for agreement",
        "As on 9 December 2011",
        "Seen by everyone since",
        "Attainment",
        "Reworded",
    ):
        assert words in text
    refresh.discard(refresh=draft, version=plan.refreshes.get().version, by=user("Olga Office"), at=AT)
    assert paper(plan).sha256 == before.sha256


def test_what_would_not_change_is_said_in_one_sentence(office, plan):
    factories.drafted(plan)
    office.post(ADD, said())
    with paper(plan).file.open() as stored:
        text = " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(stored.read())).pages)
    assert "No area of focus would change." in text
    assert "Areas of focus that would change" not in text
    assert "Recommendations that would change" in text


def test_the_same_draft_again_is_the_same_paper(office, plan):
    factories.drafted(plan)
    office.post(ADD, said())
    office.post(ADD, said())
    assert paper(plan).meeting.papers.filter(title="The refresh").count() == 1


def test_a_file_beside_it_is_refused_and_kept(office, plan):
    factories.drafted(plan)
    page = office.post(ADD, said(file=a_file()))
    assert page.context["form"].errors == {"file": [FILE_OR_PAGE]}
    assertContains(page, "We have kept this file.")
    assert not plan.board.meetings.get().papers.filter(title="The refresh").exists()
