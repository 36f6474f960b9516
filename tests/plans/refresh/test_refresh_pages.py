"""The programme office's pages of a draft revision, and the change log that everyone reads."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from improvement.govuk import EXAMPLE_DATE
from plans import refresh
from plans.models import Refresh, Revision
from plans.refresh import drafting
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db
PLAN = "/plans/thornbury/"
DRAFT = f"{PLAN}refresh/"
FIRST = f"{DRAFT}recommendations/R01/"
ADD = f"{DRAFT}add/"


@pytest.fixture
def plan():
    return factories.plan(3)


@pytest.fixture
def office(client, plan):
    client.force_login(user("Olga Office"))
    return client


def typed(plan, **said):
    """Return what the page of R01 posts where somebody changes what is `said`."""
    row = plan.recommendations.get(reference="R01")
    shown = {"title": row.title, "wording": row.wording, "outcome": row.outcome_id, "lead_post": row.lead_post_id}
    days = {"due_on_0": "31", "due_on_1": "12", "due_on_2": "2011"}
    return {"version": "0", "fate": "change"} | shown | days | said


def test_the_plan_leads_to_a_draft_and_to_the_change_logs(office, plan, client):
    assertContains(office.get(PLAN), "Start a revision of the plan")
    assertRedirects(office.post(f"{DRAFT}start/", {"title": "Refresh of May", "summary": ""}), DRAFT)
    assertContains(office.get(PLAN), f'<a class="govuk-link" href="{DRAFT}">Refresh of May</a>', html=True)
    assertRedirects(office.get(f"{DRAFT}start/"), DRAFT)
    client.force_login(user("Ada Officer"))
    assertNotContains(client.get(PLAN), "Refresh of May")
    assert client.get(DRAFT).status_code == 404


def test_start_asks_for_a_title_and_keeps_what_was_typed(office):
    page = office.post(f"{DRAFT}start/", {"title": "", "summary": "Fewer of them."})
    assert page.context["form"].errors == {"title": ["Enter the title."]}
    assertContains(page, "Fewer of them.")


def test_there_is_no_page_of_a_draft_where_there_is_none(office):
    for address in (DRAFT, FIRST, ADD, f"{DRAFT}preview/", f"{DRAFT}areas/add/"):
        assert office.get(address).status_code == 404
    assertRedirects(office.get(f"{DRAFT}apply/"), PLAN)
    assertRedirects(office.get(f"{DRAFT}discard/"), PLAN)


def test_refresh_change_saves_what_differs_and_shows_it_again(office, plan):
    refresh.start(plan=plan, title="Refresh of May", by=user("Olga Office"), at=AT)
    assertRedirects(office.post(FIRST, typed(plan, title="Another title")), DRAFT)
    assert Refresh.objects.get().changes.get().proposed == {"title": "Another title"}
    assertContains(office.get(DRAFT), "<strong>Reworded</strong>", html=True)
    page = office.get(FIRST)
    assertContains(page, "Saved by Olga Office")
    assert page.context["form"]["title"].value() == "Another title"
    assertRedirects(office.post(FIRST, typed(plan, version="1", fate="carry_on")), DRAFT)
    assert not Refresh.objects.get().changes.exists()


def test_refresh_change_says_what_was_drafted_before_and_goes_where_it_closes(office, plan):
    refresh.start(plan=plan, title="Refresh of May", by=user("Olga Office"), at=AT)
    drafted = {"title": "Another title", "timescale": "Ongoing"}
    office.post(FIRST, typed(plan, **drafted))
    assertContains(office.get(FIRST), "If you choose anything but “Changes”, these changes are taken out of the draft.")
    closing = {"version": "1", "fate": "close", "closure": "withdrawn", "reason": "Done elsewhere."}
    refused = office.post(FIRST, typed(plan, **drafted | closing | {"title": "A third title"}))
    assert refused.context["form"].errors == {"fate": [drafting.NOT_CHOSEN]}
    assert refused.context["form"]["title"].value() == "A third title"
    assert Refresh.objects.get().changes.get().proposed == drafted
    page = office.post(FIRST, typed(plan, **drafted | closing), follow=True)
    assertContains(
        page,
        "R01 has been saved in the draft. It closes, so what was drafted before is no longer in the draft: Title, "
        "Timescale.",
    )


def test_refresh_change_closes_with_successors_as_they_are_typed(office, plan):
    refresh.start(plan=plan, title="Refresh of May", by=user("Olga Office"), at=AT)
    closing = {"fate": "close", "closure": "merged", "reason": "One.", "successors": "r02; R03 r02"}
    assertRedirects(office.post(FIRST, typed(plan, **closing)), DRAFT)
    assert Refresh.objects.get().changes.get().successors == ["R02", "R03"]
    assert office.get(FIRST).context["form"]["successors"].value() == "R02, R03"


@pytest.mark.parametrize(
    ("said", "errors"),
    [
        ({"success": ""}, {"fate": ["Nothing changes. Change something below, or choose “Carries on unchanged”."]}),
        ({"fate": ""}, {"fate": ["Answer “What happens to this recommendation?”."]}),
        ({"title": ""}, {"title": ["Enter a short title."]}),
        ({"due_on_0": "32"}, {"due_on": [f"Due date: 32 12 2011 is not a date. Enter one, such as {EXAMPLE_DATE}."]}),
        ({"outcome": "999"}, {"outcome": ["Select one of the options."]}),
        (
            {"fate": "close", "closure": "split", "reason": "Two.", "successors": "R77", "success": ""},
            {"successors": ["R77 cannot continue it. Enter recommendations that the plan has after the revision."]},
        ),
    ],
)
def test_refresh_change_says_what_is_wrong_and_keeps_what_was_typed(office, plan, said, errors):
    refresh.start(plan=plan, title="Refresh of May", by=user("Olga Office"), at=AT)
    page = office.post(FIRST, typed(plan, success="Every family is seen.") | said)
    assert page.context["form"].errors == errors
    assertContains(page, said.get("success", "Every family is seen."))
    assert not Refresh.objects.get().changes.exists()


def test_refresh_change_in_conflict_shows_both_and_is_saved_the_second_time(office, plan):
    factories.drafted(plan, success="Theirs.")
    second = f"{DRAFT}recommendations/R02/"
    row = plan.recommendations.get(reference="R02")
    mine = typed(plan, title=row.title, wording="Mine.")
    page = office.post(second, mine)
    assertContains(page, "Someone else changed this while you were working on it. Your text is not lost.")
    assertContains(page, "In the draft: <strong>Reworded</strong>")
    assertContains(page, "Mine.")
    assertRedirects(office.post(second, mine | {"version": page.context["form"]["version"].value()}), DRAFT)
    assert Refresh.objects.get().changes.get().proposed["wording"] == "Mine."


def test_a_recommendation_and_an_area_are_added_changed_and_taken_out(office, plan):
    refresh.start(plan=plan, title="Refresh of May", by=user("Olga Office"), at=AT)
    new = typed(plan, reference="R09", due_on_2="2012", areas=["B"])
    post = plan.recommendations.first().lead_post_id
    area = {"version": "0", "letter": "b", "title": "Attainment", "leading_post": post}
    assertRedirects(office.post(f"{DRAFT}areas/add/", area), DRAFT)
    assertRedirects(office.post(ADD, new), DRAFT)
    ninth = f"{DRAFT}recommendations/R09/"
    assertContains(office.get(ninth), "New recommendation R09")
    assertRedirects(office.post(ninth, new | {"version": "1", "title": "Listen"}), DRAFT)
    assertRedirects(office.post(f"{DRAFT}areas/B/", area | {"version": "1", "title": "Attendance"}), DRAFT)
    draft = Refresh.objects.get()
    assert [(row.reference, row.proposed["title"], row.proposed["areas"]) for row in draft.changes.all()] == [
        ("R09", "Listen", ["B"])
    ]
    assert [(row.letter, row.title) for row in draft.area_changes.all()] == [("B", "Attendance")]
    assertRedirects(office.post(f"{ninth}take-back/"), DRAFT)
    assertRedirects(office.post(f"{DRAFT}areas/B/take-back/"), DRAFT)
    assert not draft.changes.exists()
    assert not draft.area_changes.exists()


def test_refresh_apply_says_what_is_missing_then_leads_to_the_change_log(office, plan, client):
    factories.held(plan)
    factories.drafted(plan)
    apply = f"{DRAFT}apply/"
    said = {"version": "1", "title": "Refresh of May", "summary": "Put better."}
    page = office.post(apply, said)
    assert page.context["form"].errors == {
        "agreed_on": ["Enter the day on which it was agreed, or choose the meeting."]
    }
    meeting = plan.board.meetings.get()
    response = office.post(apply, said | {"meeting": meeting.pk})
    revision = Revision.objects.get()
    assert (revision.agreed_on, revision.summary) == (meeting.held_on, "Put better.")
    log = f"{PLAN}revisions/{revision.pk}/"
    assertRedirects(response, log)
    assertRedirects(office.post(apply, said | {"meeting": meeting.pk}), PLAN)
    client.force_login(user("Obi Observer"))
    assertContains(client.get(PLAN), f'href="{log}"')
    page = client.get(log)
    assertContains(page, "at the meeting of the Board")
    assertContains(page, "Put better.")
    assertContains(page, "What success looks like")
    client.force_login(user("Stan Stranger"))
    assert client.get(log).status_code == 404


def test_refresh_apply_says_why_it_cannot_be(office, plan):
    factories.drafted(plan)
    plan.recommendations.filter(reference="R02").update(
        closed_on=AT.date(), closure="completed", closure_reason="Done."
    )
    page = office.get(f"{DRAFT}apply/")
    assertContains(page, "The draft cannot be applied yet")
    assertContains(page, "R02: It was closed on 1 May 2011. Take this change back.")


def test_refresh_discard_removes_the_draft(office, plan):
    factories.drafted(plan)
    page = office.post(f"{DRAFT}discard/", {"version": "0"})
    assertContains(page, "Someone else changed this while you were working on it.")
    assertRedirects(office.post(f"{DRAFT}discard/", {"version": "1"}), PLAN)
    assert not Refresh.objects.exists()


CLOSING = {"closure": "completed", "reason": "Done."}


@pytest.mark.parametrize(
    ("fate", "said", "sentence"),
    [
        ("carry_on", {"title": "Another title"}, drafting.NOT_CHOSEN),
        ("carry_on", {"closure": "completed"}, drafting.NOT_CLOSING),
        ("carry_on", {"reason": "It starts late."}, drafting.NO_REASON_TO_GIVE),
        ("close", {"title": "Another title"} | CLOSING, drafting.NOT_CHOSEN),
        ("close", {"due_on_2": "2012"} | CLOSING, drafting.NOT_CHOSEN),
        ("change", {"title": "Another title"} | CLOSING, drafting.NOT_CLOSING),
        ("change", {"title": "Another title", "successors": "R02"}, drafting.NOT_CLOSING),
    ],
)
def test_what_is_typed_beside_another_choice_is_not_lost(office, plan, fate, said, sentence):
    refresh.start(plan=plan, title="Refresh of May", by=user("Olga Office"), at=AT)
    page = office.post(FIRST, typed(plan, fate=fate, **said))
    assert page.context["form"].errors == {"fate": [sentence]}
    assert {name: page.context["form"].data[name] for name in said} == said
    assert not Refresh.objects.get().changes.exists()


def test_what_the_draft_said_before_is_given_up_for_another_choice(office, plan):
    refresh.start(plan=plan, title="Refresh of May", by=user("Olga Office"), at=AT)
    said = typed(plan, title="Another title")
    assertRedirects(office.post(FIRST, said), DRAFT)
    assertRedirects(office.post(FIRST, said | CLOSING | {"fate": "close", "version": "1"}), DRAFT)
    shown = typed(plan, **CLOSING) | {"version": "2"}
    assertRedirects(office.post(FIRST, shown | {"title": "A third title"}), DRAFT)
    change = Refresh.objects.get().changes.get()
    assert (change.fate, change.closure, change.proposed) == ("change", "", {"title": "A third title"})


def test_what_is_typed_of_an_area_that_ends_is_not_lost(office, plan):
    refresh.start(plan=plan, title="Refresh of May", by=user("Olga Office"), at=AT)
    area = factories.area(plan)
    said = {"version": "0", "fate": "end", "title": "Safeguarding", "leading_post": area.leading_post_id}
    page = office.post(f"{DRAFT}areas/A/", said)
    assert page.context["form"].errors == {"fate": [drafting.NOT_CHOSEN]}
    assertRedirects(office.post(f"{DRAFT}areas/A/", said | {"title": area.title}), DRAFT)


def test_what_carries_on_is_said_to(office, plan):
    refresh.start(plan=plan, title="Refresh of May", by=user("Olga Office"), at=AT)
    assertContains(office.post(FIRST, typed(plan, fate="carry_on"), follow=True), "R01 carries on unchanged.")
