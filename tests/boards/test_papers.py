"""A paper: how it is added, tabled and changed, and who reads it when, wherever it could be met."""

from datetime import date
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Event
from boards import meetings, papers, permissions
from boards.meetings import proceedings
from boards.models import Paper, Report
from boards.permissions import Readership
from improvement.records.refusals import Conflict, Incomplete, Refused
from notices import interim
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db

EMBARGO = later(days=3)
SECTIONS = [("Progress", "It is better.")]


@pytest.fixture
@factories.once
def held():
    return factories.held(factories.plan(), date(2011, 4, 11))


def office():
    return {"by": user("Olga Office"), "at": AT}


def change(paper, **changed):
    facts = {name: getattr(paper, name) for name in ("title", "item", "version")}
    return papers.change(paper=paper, **facts | changed, **office())


# Adding.


def test_add_keeps_a_file_under_a_generated_name_with_its_hash(held):
    paper = factories.paper(held, "Quality of practice", item=held.items.get())
    assert (paper.original_name, paper.size, paper.page) == ("Quality of practice.txt", 19, "")
    with paper.file.open() as stored:
        assert stored.read() == b"Quality of practice"
    assert paper.file.name.startswith("papers/")
    assert "Quality" not in paper.file.name
    assert len(paper.sha256) == 64


def test_add_twice_adds_one_paper(held, evidence_folder):
    assert factories.paper(held) == factories.paper(held)
    assert len(list((evidence_folder / "papers").iterdir())) == 1


def test_add_adds_a_page_of_this_product(held):
    paper = papers.add(meeting=held, title="Actions", page="actions", **office())
    assert (paper.page, bool(paper.file)) == ("actions", False)


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"title": " ", "page": "actions"}, {"title": "Enter a title for the paper."}),
        ({}, {"file": "Choose a file or a page of this product, not both."}),
        (
            {"page": "actions", "file": factories.a_file()},
            {"file": "Choose a file or a page of this product, not both."},
        ),
        ({"page": "nowhere"}, {"page": "There is no such page."}),
        ({"page": "notice"}, {"page": "There is no such page."}),
        ({"file": factories.a_file("a.txt", b"")}, {"file": "The file is empty."}),
        (
            {"page": "actions", "excludes_observers": True},
            {"restricted_because": "Enter a reason why observers cannot read it."},
        ),
        (
            {"page": "actions", "embargoed_until": AT},
            {"embargoed_until": "This time has passed. Leave it empty, or enter a later time."},
        ),
    ],
)
def test_add_refuses_what_does_not_fit(held, given, errors):
    with pytest.raises(Incomplete) as refusal:
        papers.add(meeting=held, **{"title": "Paper"} | given, **office())
    assert refusal.value.errors == errors


def test_add_refuses_a_kind_of_file_that_is_not_accepted(held):
    with pytest.raises(Incomplete, match="This kind of file is not accepted"):
        papers.add(meeting=held, title="Page", file=factories.a_file("page.html", b"<p>"), **office())


def test_a_paper_goes_under_an_item_of_its_own_meeting(held):
    other = factories.meeting(held.board.plan)
    with pytest.raises(Refused, match="an item on this meeting’s agenda"):
        factories.paper(held, item=other.items.last())
    with pytest.raises(Refused, match="an item on this meeting’s agenda"):
        change(factories.paper(held), item=other.items.last())


def test_a_notice_can_be_a_paper_where_the_plan_answers_one(held):
    held.board.plan.notice = factories.notice()
    held.board.plan.save()
    assert papers.add(meeting=held, title="Targets", page="notice", **office()).page == "notice"


# Tabling.


def test_table_lays_it_before_the_board_once(held):
    paper = factories.tabled(factories.paper(held))
    assert (paper.tabled_at, paper.tabled_by.name) == (AT, "Olga Office")
    assert factories.tabled(paper, at=later(days=1)).tabled_at == AT
    assert Event.objects.filter(what="paper.tabled").count() == 1


def test_table_waits_for_the_agenda():
    meeting = factories.meeting(factories.plan())
    with pytest.raises(Refused, match="The agenda is not published yet"):
        factories.tabled(factories.paper(meeting))


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("dashboard", "No month has been chosen for this meeting."),
        ("minutes", "There was no earlier meeting."),
        ("chair", "No report of that kind dated by the day of the meeting has been issued."),
        ("council", "No report of that kind dated by the day of the meeting has been issued."),
        ("letter", "No report of that kind dated by the day of the meeting has been issued."),
    ],
)
def test_table_refuses_a_page_that_is_not_there_yet(held, page, sentence):
    with pytest.raises(Refused, match=sentence):
        factories.tabled(papers.add(meeting=held, title="Page", page=page, **office()))


# Changing and removing.


def test_change_changes_a_draft(held):
    row = change(
        factories.paper(held), title="Another title", item=held.items.get(), restricted_because="Names a post."
    )
    assert (row.title, row.item, row.is_restricted, row.version) == ("Another title", held.items.get(), True, 1)


def test_change_leaves_a_tabled_paper_as_it_was_but_for_its_audience(held):
    paper = factories.tabled(factories.paper(held))
    for changed in ({"title": "Another title"}, {"item": held.items.get()}):
        with pytest.raises(Refused) as refusal:
            change(paper, **changed)
        assert str(refusal.value) == papers.TABLED
    row = change(paper, restricted_because="Names a post.", excludes_observers=True)
    assert row.audience == "The Board only, without observers"


def test_change_of_the_audience_is_told_with_what_it_was(held):
    change(factories.tabled(factories.paper(held)), restricted_because="Names a post.")
    detail = Event.objects.get(what="paper.changed").detail
    assert (detail["restricted_because_before"], detail["restricted_because"]) == ("", "Names a post.")


def test_change_twice_changes_once_and_tells_of_a_conflict(held):
    paper = factories.paper(held)
    assert change(paper, title="One").version == change(paper, title="One").version == 1
    with pytest.raises(Conflict):
        change(paper, title="Two")


def test_an_embargo_may_stay_after_it_has_ended_and_not_be_set_so(held):
    paper = factories.tabled(factories.paper(held, at=later(days=-9), embargoed_until=later(days=-1)))
    assert change(paper, embargoed_until=paper.embargoed_until, restricted_because="Names a post.").is_restricted
    with pytest.raises(Incomplete, match="This time has passed"):
        change(paper, version=2, embargoed_until=later(days=-2))


def test_the_audience_changes_after_the_minutes_were_agreed_too(held):
    paper = factories.tabled(factories.paper(held))
    factories.minuted(held)
    factories.agreed(held, factories.held(held.board.plan, date(2011, 4, 25)))
    assert change(paper, restricted_because="Names a post.").is_restricted


def test_remove_removes_a_draft_with_its_file(held, evidence_folder, django_capture_on_commit_callbacks):
    paper = factories.paper(held)
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            papers.remove(paper=paper, **office())
    assert (Paper.objects.count(), list((evidence_folder / "papers").iterdir())) == (0, [])
    assert Event.objects.filter(what="paper.removed").count() == 1


def test_remove_removes_a_page_which_has_no_file(held, django_capture_on_commit_callbacks):
    paper = papers.add(meeting=held, title="Actions", page="actions", **office())
    with django_capture_on_commit_callbacks(execute=True):
        papers.remove(paper=paper, **office())
    assert Paper.objects.count() == 0


@pytest.mark.parametrize(
    "other",
    [{"title": "Another"}, {"restricted_because": "Names a post."}, {"embargoed_until": EMBARGO}, {"item": True}],
)
def test_what_differs_in_one_thing_is_another_paper(held, other):
    facts = {"meeting": held, "title": "Actions", "page": "actions"} | office()
    other = {"item": held.items.get()} if "item" in other else other
    assert [papers.add(**facts).position, papers.add(**facts | other).position] == [1, 2]
    assert papers.add(**facts).position == 1


def test_change_refuses_what_adding_it_would(held):
    paper = factories.paper(held)
    for changed, errors in (
        ({"title": " "}, {"title": "Enter a title for the paper."}),
        ({"excludes_observers": True}, {"restricted_because": "Enter a reason why observers cannot read it."}),
    ):
        with pytest.raises(Incomplete) as refusal:
            change(paper, **changed)
        assert refusal.value.errors == errors


def test_remove_refuses_a_tabled_paper(held):
    with pytest.raises(Refused, match="cannot remove a tabled paper"):
        papers.remove(paper=factories.tabled(factories.paper(held)), **office())


def test_the_database_refuses_a_paper_that_excludes_observers_without_a_reason(held):
    paper = factories.paper(held)
    with pytest.raises(IntegrityError, match="paper_without_observers_is_restricted"), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(excludes_observers=True)


# Who reads it, when.

OFFICE, BOARD, OBSERVERS, PUBLIC = Readership.OFFICE, Readership.BOARD, Readership.OBSERVERS, Readership.PUBLIC
KINDS = {
    "open": {},
    "restricted": {"restricted_because": "Names a post."},
    "without observers": {"restricted_because": "Names a post.", "excludes_observers": True},
}
# Who reads a tabled paper of each kind; a draft and one under embargo is the office's alone.
READERS = {
    "open": {OFFICE, BOARD, OBSERVERS, PUBLIC},
    "restricted": {OFFICE, BOARD, OBSERVERS},
    "without observers": {OFFICE, BOARD},
}
PEOPLE = {OFFICE: "Olga Office", BOARD: "Mo Member", OBSERVERS: "Obi Observer", PUBLIC: "Ada Officer"}


@pytest.fixture
def all_papers(held):
    """A paper of each kind in each state, by (kind, state)."""
    found = {}
    for kind, access in KINDS.items():
        found[kind, "draft"] = factories.paper(held, f"{kind}, draft", **access)
        found[kind, "tabled"] = factories.tabled(factories.paper(held, f"{kind}, tabled", **access))
        under = factories.paper(held, f"{kind}, embargoed", embargoed_until=EMBARGO, **access)
        found[kind, "embargoed"] = factories.tabled(under)
    return found


def expected(readership, at):
    states = {"tabled"} | ({"embargoed"} if at >= EMBARGO else set())
    return {
        (kind, state)
        for kind in KINDS
        for state in ("draft", "tabled", "embargoed")
        if readership == OFFICE or (state in states and readership in READERS[kind])
    }


MOMENTS = [AT, later(days=3, seconds=-1), EMBARGO, later(days=30)]


@pytest.mark.parametrize("at", MOMENTS)
@pytest.mark.parametrize("readership", Readership)
def test_readable_papers_are_those_of_the_audience_at_the_moment(held, all_papers, readership, at):
    readable = set(permissions.readable_papers(held.papers.all(), readership, at=at))
    assert {key for key, paper in all_papers.items() if paper in readable} == expected(readership, at)


@pytest.mark.parametrize("at", MOMENTS)
@pytest.mark.parametrize("readership", Readership)
def test_the_proceedings_list_the_readable_papers(held, all_papers, readership, at):
    listed = proceedings.build(held, readership, now=at).papers
    assert {item.paper.title for item in listed} == {all_papers[key].title for key in expected(readership, at)}


def test_each_audience_reads_what_the_next_smaller_one_reads(held, all_papers):
    for at in MOMENTS:
        sets = [set(permissions.readable_papers(held.papers.all(), who, at=at)) for who in Readership]
        assert [larger > smaller for larger, smaller in pairwise(sets)] == [True, True, True]


@pytest.mark.parametrize("readership", Readership)
def test_page_and_download_show_exactly_the_readable_papers(client, settings, held, all_papers, readership):
    client.force_login(user(PEOPLE[readership]))
    for at in (AT, EMBARGO):
        settings.DEMONSTRATION_NOW = at
        page = client.get(reverse("boards:meeting_detail", args=["thornbury", held.held_on])).content.decode()
        on_page = {key for key, paper in all_papers.items() if f">{paper.title}<" in page}
        handed_out = {key for key, paper in all_papers.items() if download(client, held, paper) == 200}
        assert on_page == handed_out == expected(readership, at)


def download(client, meeting, paper):
    response = client.get(reverse("boards:paper_download", args=["thornbury", meeting.held_on, paper.pk]))
    if response.status_code == 200:
        assert b"".join(response.streaming_content) == paper.title.encode()
        assert response["Content-Disposition"] == f'attachment; filename="{paper.title}.txt"'
        assert response["X-Content-Type-Options"] == "nosniff"
    return response.status_code


def test_a_paper_has_no_address_in_another_meeting(client, held):
    paper = factories.tabled(factories.paper(held))
    other = factories.held(held.board.plan, date(2011, 4, 25))
    client.force_login(user("Olga Office"))
    assert download(client, other, paper) == 404


@pytest.fixture
@factories.once
def with_notice():
    """A plan that answers a Notice, and has a meeting on the day of AT after one that was held."""
    plan = factories.plan()
    plan.notice = factories.notice()
    plan.save()
    factories.held(plan, date(2011, 3, 14))
    return factories.meeting(plan, AT.date())


def test_a_generated_paper_leads_everybody_in_its_audience_somewhere(client, with_notice):
    meeting, plan = with_notice, with_notice.board.plan
    month = factories.published(factories.month(plan, 4))
    meetings.receive_month(meeting=meeting, month=month, **office())
    factories.tabled_report(plan.notice)
    for kind in Report.Kind:
        factories.issued(factories.outgoing(plan.board, kind, by=user("Cass Chair"), sections=SECTIONS))
    plan.revisions.create(title="Refresh of April", agreed_on=date(2011, 4, 1))
    pages = papers.offered(meeting)
    for page in pages:
        papers.add(meeting=meeting, title=page.label, page=page, **office())
    meeting = factories.announced(meeting, papers=meeting.papers.all())
    for readership, name in PEOPLE.items():
        client.force_login(user(name))
        listed = proceedings.build(meeting, readership, now=AT).papers
        assert {item.paper.page for item in listed} == set(pages)
        assert [client.get(item.address).status_code for item in listed] == [200] * len(listed)


def test_the_change_log_is_no_paper_before_a_revision_was_agreed(with_notice):
    meeting, plan = factories.announced(with_notice), with_notice.board.plan
    paper = papers.add(meeting=meeting, title="What changed", page="revision", **office())
    with pytest.raises(Refused, match="No revision of the plan agreed by the day of the meeting has been recorded"):
        factories.tabled(paper)
    plan.revisions.create(title="Refresh of June", agreed_on=later(days=40).date())
    plan.revisions.create(title="Refresh of April", agreed_on=date(2011, 4, 1))
    factories.tabled(paper)
    assert listed(meeting)["revision"].leads_to == "Refresh of April"


def test_a_report_that_is_still_a_draft_is_no_paper_yet_and_one_taken_back_no_link(with_notice):
    meeting, notice = factories.announced(with_notice), with_notice.board.plan.notice
    paper = papers.add(meeting=meeting, title="Report", page="interim", **office())
    report = factories.report(notice)
    with pytest.raises(Refused, match="No report to the department has been tabled yet"):
        factories.tabled(paper)
    report = interim.table(report=report, tabled_on=AT.date(), **office())
    factories.tabled(paper)
    assert listed(meeting)["interim"].leads_to == "Report of April 2011"
    interim.take_back(report=report, version=report.version, **office())
    assert (listed(meeting)["interim"].address, listed(meeting)["interim"].leads_to) == ("", "Not there yet")


@pytest.mark.parametrize(("hours", "is_there"), [(14, True), (15, False)])
def test_a_report_to_the_department_is_a_paper_where_it_was_tabled_by_the_end_of_the_day(with_notice, hours, is_there):
    notice = with_notice.board.plan.notice
    report = factories.tabled_report(notice, at=later(hours=hours))  # AT is nine in the morning
    assert papers.interim_report(with_notice) == (report if is_there else None)


def test_a_report_to_the_department_is_the_latest_on_the_boards_own_notice(with_notice):
    notice = with_notice.board.plan.notice
    factories.tabled_report(factories.notice("other"), date(2011, 4, 30))
    assert papers.interim_report(with_notice) is None
    first = factories.issued_report(notice, date(2011, 3, 31))
    assert papers.interim_report(with_notice) == first
    second = factories.tabled_report(notice, date(2011, 4, 30))
    assert papers.interim_report(with_notice) == second


def test_a_report_of_the_board_is_the_latest_of_its_kind_that_was_issued_by_the_day_of_the_meeting(with_notice):
    board, chair = with_notice.board, user("Cass Chair")
    for day in (date(2011, 4, 1), AT.date(), later(days=1).date()):
        factories.issued(factories.outgoing(board, "letter", day, by=chair, sections=SECTIONS), at=later(days=1))
    factories.issued(factories.outgoing(board, "chair", AT.date(), by=chair, sections=SECTIONS))
    found = papers.reports(with_notice, {"letter", "minutes"})
    assert {page: report.dated_on for page, report in found.items()} == {"letter": AT.date()}


def test_a_draft_of_a_letter_is_no_paper(with_notice):
    factories.outgoing(with_notice.board, "letter", AT.date(), by=user("Cass Chair"))
    assert papers.reports(with_notice, {"letter"}) == {}


def listed(meeting):
    found = proceedings.build(meeting, Readership.PUBLIC, now=AT).papers
    return {item.paper.page: item for item in found}
