"""Where a person with a seat on the Board begins."""

from datetime import date

import pytest

from boards import reports
from tests import factories
from tests.boards.reading import main, text
from tests.factories import AT, answered, later, user

pytestmark = pytest.mark.django_db

HOME = "/boards/thornbury/home/"


@pytest.fixture
def plan(settings):
    """A plan on 1 May 2011, with March and April published."""
    settings.DEMONSTRATION_NOW = AT
    plan = factories.plan(3)
    for number, rating in ((3, "amber"), (4, "green")):
        month = factories.month(plan, number)
        factories.signed_off(month.updates.get(reference="R01"), rating=rating, progress=f"Month {number}.")
        factories.published(month)
    return plan


def home(client, name="Mo Member"):
    client.force_login(user(name))
    response = client.get(HOME)
    assert response.status_code == 200
    return response


@pytest.mark.parametrize("name", ["Cass Chair", "Mo Member", "Obi Observer"])
def test_a_seat_leads_from_the_first_page_to_its_home(client, plan, name):
    client.force_login(user(name))
    assert client.get("/").url == HOME
    assert f'href="{HOME}"' in client.get("/boards/thornbury/").content.decode()


def test_a_person_with_another_role_finds_it_among_what_they_do(client, plan):
    plan.programme_office.add(user("Mo Member"))
    client.force_login(user("Mo Member"))
    assert "My Board" in text(client.get("/"))


def test_a_seat_that_ended_has_no_home(client, plan):
    plan.board.seats.filter(user=user("Mo Member")).update(to_on=date(2011, 4, 30))
    client.force_login(user("Mo Member"))
    assert client.get(HOME).status_code == 404


def test_it_names_the_next_meeting_with_the_papers_that_the_person_reads(client, plan):
    factories.held(plan)
    meeting = factories.meeting(plan)
    open_paper, secret = (
        factories.paper(meeting),
        factories.paper(meeting, "Not for all", excludes_observers=True, restricted_because="A contract."),
    )
    assert "The agenda has not been published yet." in text(home(client))
    factories.announced(meeting, papers=[open_paper, secret])
    factories.paper(meeting, "A draft")
    for name, sees_secret in (("Mo Member", True), ("Cass Chair", True), ("Obi Observer", False)):
        page = text(home(client, name))
        assert "Monday 9 May 2011" in page
        assert "11 April 2011" not in page
        assert "Quality of practice" in page
        assert "Not for all" in page
        assert ("Restricted: A contract." in page) != sees_secret
        assert (f"/papers/{secret.pk}/" in main(home(client, name))) == sees_secret
        assert "A draft" not in page
    assert f"/papers/{open_paper.pk}/" in main(home(client))


def test_it_says_that_no_meeting_is_planned_and_no_month_published(client, settings):
    settings.DEMONSTRATION_NOW = AT
    factories.plan()
    page = text(home(client))
    assert "No meetings are planned." in page
    assert "No month has been published yet." in page


def test_it_tells_the_latest_published_month_and_what_stands_out(client, plan):
    factories.month(plan, 5)
    response = home(client)
    latest = response.context["home"].latest
    assert latest.month.label == "April 2011"
    assert [(number.key, number.value, number.before.value) for number in latest.ratings] == [
        ("red", 0, 0),
        ("amber", 0, 1),
        ("green", 1, 0),
        ("none", 2, 2),
    ]
    assert [(number.label, number.value) for number in latest.counts] == [
        ("better", 1),
        ("worse", 0),
        ("stuck", 0),
        ("long at one rating", 0),
        ("overdue", 0),
        ("asking for a decision of the Board", 0),
        ("rated better than the evidence", 0),
        ("rated worse than the evidence", 0),
    ]
    page = main(response)
    assert ", of the 1 update received" in page
    assert "No update received:" in page
    assert 'href="/boards/thornbury/2011-04/"' in page
    assert 'href="/plans/thornbury/recommendations/?month=2011-04&amp;moved=better"' in page
    assert "May 2011" not in page


def test_it_counts_the_ratings_that_are_better_than_the_evidence_as_the_dashboard_does(client, plan):
    plan.recommendations.get(reference="R01").actions.create(title="Train.", due_on=date(2011, 4, 1))
    response = home(client)
    counts = {number.label: (number.value, number.address) for number in response.context["home"].latest.counts}
    dashboard = "/boards/thornbury/2011-04/"
    assert counts["rated better than the evidence"] == (1, f"{dashboard}#better")
    assert counts["rated worse than the evidence"] == (0, f"{dashboard}#worse")
    assert f'href="{dashboard}#better"' in main(response)
    shown = text(client.get(dashboard))
    assert "Rated better than the evidence: 1" in shown
    assert "Rated worse than the evidence: 0" in shown


def test_it_tells_what_the_person_asked_with_the_answers_what_is_concluded_last(client, plan):
    for number in range(1, 8):
        row = factories.challenge(plan, f"Question {number}?")
        if number == 7:
            factories.concluded(answered(row))
    answered(factories.challenge(plan, "Somebody else's?", by=user("Cass Chair")), "To them.")
    answered(plan.board.challenges.get(number=6), "To me.")
    page = text(home(client))
    for words in ("Question 6?", "To me.", "Question 2?", "The latest 5 of 7. All questions in the challenge log"):
        assert words in page
    for words in ("Somebody else's?", "Question 1?", "Question 7?"):
        assert words not in page
    assert "My questions" not in text(home(client, "Obi Observer"))


def test_the_chair_finds_what_waits_for_them(client, plan):
    plan.notice = factories.notice()
    plan.save()
    assert "No questions are waiting for you." in text(home(client, "Cass Chair"))
    factories.challenge(plan, "Not answered?")
    factories.challenge(plan, "By whom?", target=plan.notice.targets.get())
    answered(factories.challenge(plan, "Answered?"))
    factories.concluded(answered(factories.challenge(plan, "Concluded?")))
    response = home(client, "Cass Chair")
    assert [row.question for row in response.context["home"].to_settle] == ["By whom?", "Answered?"]
    page = main(response)
    assert 'href="/boards/thornbury/challenges/2/assign/"' in page
    assert 'href="/boards/thornbury/challenges/3/conclude/"' in page
    assert "/conclude/" not in main(home(client))


@pytest.mark.parametrize(("days", "waits"), [(7, False), (8, True), (9, True)])
def test_an_answer_waits_for_the_meeting_that_it_was_asked_for(client, plan, settings, days, waits):
    answered(factories.challenge(plan, "Answered?", meeting=factories.meeting(plan, held_on=date(2011, 5, 9))))
    settings.DEMONSTRATION_NOW = later(days=days)
    assert ("Answered?" in text(home(client, "Cass Chair"))) == waits


def test_the_number_beside_what_waits_counts_questions_and_drafts(client, plan):
    answered(factories.challenge(plan, "Answered?"))
    reports.start(board=plan.board, kind="chair", dated_on=date(2011, 5, 1), by=user("Cass Chair"), at=AT)
    assert "Waiting for you 2" in text(home(client, "Cass Chair"))


def test_the_chair_finds_their_drafts_and_no_other(client, plan):
    assert "Draft your next report to the department and the council" in text(home(client, "Cass Chair"))
    for kind, by in (("chair", "Cass Chair"), ("council", "Olga Office")):
        reports.start(board=plan.board, kind=kind, dated_on=date(2011, 5, 1), by=user(by), at=AT)
    page = main(home(client, "Cass Chair"))
    assert "/reports/chair/2011-05-01/" in page
    assert "/reports/council/" not in page
    factories.issued(plan.board.reports.get(kind="chair"), at=later(hours=1))
    assert "/reports/chair/2011-05-01/" not in main(home(client, "Cass Chair"))
