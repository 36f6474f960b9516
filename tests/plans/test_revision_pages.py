"""The programme office's pages that change a recommendation itself: its due date, and its closure."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Event
from improvement.govuk import EXAMPLE_DATE
from plans import reporting, revisions
from plans.models import Recommendation, Revision
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db
STORY = "/plans/thornbury/recommendations/R01/"
CLOSE = f"{STORY}close/"
DUE_DATE = f"{STORY}due-date/"
REOPEN = f"{STORY}reopen/"
CONFIRMED = {"confirmed": "yes"}
WITHDRAWN = {"closure": "withdrawn", "reason": "No longer ours."} | CONFIRMED
NEW_DATE = {"due_on_0": "31", "due_on_1": "3", "due_on_2": "2012", "reason": "The school opens late."}


@pytest.fixture
def plan():
    return factories.plan(3)


@pytest.fixture
def office(client, plan):
    client.force_login(user("Olga Office"))
    return client


def recommendation():
    return Recommendation.objects.get(reference="R01")


@pytest.mark.parametrize("path", [CLOSE, DUE_DATE, "/plans/thornbury/recommendations/R01/lead/"])
def test_the_pages_are_for_the_programme_office_alone(client, plan, path):
    for name in ("Ada Officer", "Liam Lead", "Cass Chair", "Obi Observer"):
        client.force_login(user(name))
        assert client.get(path).status_code == 404
        assert client.post(path, NEW_DATE | {"closure": "withdrawn"}).status_code == 404
    client.force_login(user("Olga Office"))
    assert client.get(path).status_code == 200
    assert client.get(path.replace("R01", "R99")).status_code == 404
    assert (recommendation().closed_on, recommendation().due_on) == (None, date(2011, 12, 31))


def test_recommendation_due_date_keeps_the_slip_with_its_reason_and_revision(office, plan):
    revision = Revision.objects.create(plan=plan, title="Refresh of May", agreed_on=date(2011, 5, 2))
    response = office.post(DUE_DATE, NEW_DATE | {"revision": revision.pk})
    assertRedirects(response, STORY)
    change = recommendation().due_date_changes.get()
    assert (change.before, change.after, change.reason, change.by, change.revision) == (
        date(2011, 12, 31),
        date(2012, 3, 31),
        "The school opens late.",
        user("Olga Office"),
        revision,
    )
    page = office.get(DUE_DATE)
    assertContains(page, "From 31 December 2011 to 31 March 2012, by Olga Office, agreed in “Refresh of May”.")


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"reason": " "}, "reason", "Enter a reason for the new date."),
        ({"due_on_0": "32"}, "due_on", f"New due date: 32 3 2012 is not a date. Enter one, such as {EXAMPLE_DATE}."),
        ({"due_on_0": "", "due_on_1": "", "due_on_2": ""}, "due_on", "Enter the new due date."),
        ({"revision": "999"}, "revision", "Select one of the options."),
    ],
)
def test_recommendation_due_date_says_what_is_wrong(office, changed, field, sentence):
    page = office.post(DUE_DATE, NEW_DATE | changed)
    assert page.context["form"].errors == {field: [sentence]}
    assert recommendation().due_on == date(2011, 12, 31)


@pytest.mark.parametrize(
    ("address", "sentences"),
    [
        (DUE_DATE, {"due_on": ["Enter the new due date."], "reason": ["Enter a reason for the new date."]}),
        (
            CLOSE,
            {
                "closure": ["Choose how the recommendation is being closed."],
                "reason": ["Enter a reason for closing the recommendation."],
            },
        ),
    ],
)
def test_an_empty_form_says_at_once_all_that_is_missing(office, address, sentences):
    assert office.post(address, {"reason": " "}).context["form"].errors == sentences


def test_recommendation_due_date_twice_is_as_once(office):
    for _ in range(2):
        assertRedirects(office.post(DUE_DATE, NEW_DATE), STORY)
    assert recommendation().due_date_changes.count() == 1


def test_recommendation_due_date_says_that_the_open_month_counts_the_change(office, plan):
    assertNotContains(office.get(DUE_DATE), "count it as a date")
    month = factories.month(plan)
    assertContains(office.get(DUE_DATE), "May 2011 is open. It will show the new date, and count it as")
    office.post(DUE_DATE, NEW_DATE)
    row = month.updates.get(reference="R01")
    assert row.due_on == date(2012, 3, 31)
    assert row.date_changes == [
        {
            "before": "2011-12-31",
            "after": "2012-03-31",
            "reason": "The school opens late.",
            "by_name": "Olga Office",
        }
    ]


def test_recommendation_due_date_of_a_closed_one_does_not_exist(office):
    office.post(CLOSE, WITHDRAWN)
    assert office.get(DUE_DATE).status_code == 404


def test_recommendation_close_links_what_continues_it(office):
    data = {"closure": "split", "reason": "Two teams share it.", "successors": "r02; R03, R02"} | CONFIRMED
    assertRedirects(office.post(CLOSE, data), STORY)
    closed = recommendation()
    assert (closed.closed_on, closed.closure, closed.closure_reason) == (
        date(2011, 12, 9),
        "split",
        "Two teams share it.",
    )
    assert [row.reference for row in closed.successors.order_by("reference")] == ["R02", "R03"]


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"reason": "Done."}, "closure", "Choose how the recommendation is being closed."),
        ({"closure": "completed"}, "reason", "Enter a reason for closing the recommendation."),
        (
            {"closure": "merged", "reason": "One matter."},
            "successors",
            "Enter the recommendation that continues this one.",
        ),
        (
            {"closure": "merged", "reason": "One matter.", "successors": "R77, R02"},
            "successors",
            "The plan has no open recommendation R77.",
        ),
        (
            {"closure": "merged", "reason": "One matter.", "successors": "R01"},
            "successors",
            "Choose a different recommendation from the same plan to continue this one.",
        ),
    ],
)
@pytest.mark.parametrize("confirmed", [{}, CONFIRMED])
def test_recommendation_close_says_what_is_wrong(office, data, field, sentence, confirmed):
    page = office.post(CLOSE, data | confirmed)
    assert page.context["form"].errors == {field: [sentence]}
    assert recommendation().closed_on is None


def test_recommendation_close_twice_is_as_once(office):
    for _ in range(2):
        assertRedirects(office.post(CLOSE, WITHDRAWN), STORY)
    assert Event.objects.filter(what="recommendation.closed").count() == 1


def test_recommendation_close_in_another_way_is_refused_once_it_is_closed(office):
    office.post(CLOSE, WITHDRAWN)
    page = office.post(CLOSE, {"closure": "completed", "reason": "Done."})
    assert page.context["form"].non_field_errors() == ["R01 was already closed on 9 December 2011."]
    assertContains(page, 'It was closed on 9 December 2011: withdrawn. <span class="app-prose">No longer ours.</span>')


def test_recommendation_close_refuses_what_joins_the_plan_later(office, plan):
    factories.recommendation(plan, 4, opened_on=date(2012, 1, 1))
    page = office.post(CLOSE.replace("R01", "R04"), {"closure": "withdrawn", "reason": "Not needed."})
    assert page.context["form"].non_field_errors() == [
        "R04 joins the plan on 1 January 2012. Close it from that day on."
    ]


def test_recommendation_close_keeps_the_open_month_and_leaves_those_opened_later(office, plan):
    month = factories.month(plan)
    office.post(CLOSE, WITHDRAWN)
    assert month.updates.filter(reference="R01").exists()
    factories.published(month)
    later = factories.month(plan, 12, at=AT.replace(month=12, day=10))
    assert [row.reference for row in later.updates.order_by("reference")] == ["R02", "R03"]


def test_the_story_leads_the_office_and_nobody_else_to_both_pages(client, plan):
    for name, is_led in (("Olga Office", True), ("Ada Officer", False), ("Cass Chair", False)):
        client.force_login(user(name))
        page = client.get(STORY).content.decode()
        assert (CLOSE in page, DUE_DATE in page) == (is_led, is_led)


def test_recommendation_close_asks_first_and_keeps_every_answer(office, plan):
    revision = Revision.objects.create(plan=plan, title="Refresh of May", agreed_on=date(2011, 5, 2))
    asked = {"closure": "merged", "reason": "One matter.", "successors": "R02", "revision": str(revision.pk)}
    page = office.post(CLOSE, asked)
    assert recommendation().closed_on is None
    for name, value in asked.items():
        assertContains(page, f'<input type="hidden" name="{name}" value="{value}">', count=1)
    assertContains(page, "R02 Recommendation 2")
    changed = office.post(CLOSE, asked | {"change": "yes"})
    assertContains(changed, 'value="merged"')
    assertContains(changed, "One matter.")
    assert recommendation().closed_on is None
    assertRedirects(office.post(CLOSE, asked | CONFIRMED), STORY)
    assert recommendation().revision == revision


def untouched(row):
    return row


def drafted(row):
    return reporting.save_draft(update=row, version=0, by=user(), at=AT, progress="Begun.")


@pytest.mark.parametrize(
    ("way", "sentence", "left"),
    [
        (untouched, "If you refresh the scope of May 2011, R01 is removed from it", ["R02", "R03"]),
        (drafted, "its update has been started (draft, last saved by Ada Officer). Refreshing", ["R01", "R02", "R03"]),
        (
            factories.submitted,
            "its update has been started (submitted, last saved by Ada Officer).",
            ["R01", "R02", "R03"],
        ),
    ],
)
def test_recommendation_close_promises_what_refreshing_the_scope_then_does(office, plan, way, sentence, left):
    month = factories.month(plan)
    way(month.updates.get(reference="R01"))
    page = office.post(CLOSE, {"closure": "withdrawn", "reason": "No longer ours."})
    assertContains(page, "R01 stays in it")
    assertContains(page, sentence)
    office.post(CLOSE, WITHDRAWN)
    assert month.updates.filter(reference="R01").exists()
    refresh = office.get("/plans/thornbury/2011-05/refresh/")
    assertContains(refresh, "while a month is open take effect from the next month, unless you refresh the scope.")
    assertContains(refresh, "R01 Recommendation 1")
    reporting.refresh_scope(month=month, by=user("Olga Office"), at=factories.later(days=230))
    assert list(month.updates.values_list("reference", flat=True)) == left


def test_recommendation_close_says_so_where_the_open_month_does_not_include_it(office, plan):
    factories.month(plan)
    factories.recommendation(plan, 4, opened_on=date(2011, 6, 1))
    page = office.post(CLOSE.replace("R01", "R04"), {"closure": "withdrawn", "reason": "Not needed."})
    assertContains(page, "May 2011 is open and does not include R04.")


def test_recommendation_reopen_brings_it_back_with_the_reason_in_its_story(office, plan):
    factories.month(plan)
    office.post(CLOSE, {"closure": "merged", "reason": "One matter.", "successors": "R02"} | CONFIRMED)
    assertContains(office.get(STORY), REOPEN)
    page = office.get(REOPEN)
    assertContains(page, "R02 Recommendation 2 continues it no longer.")
    assertContains(page, "May 2011 still includes it, so its update continues.")
    assertContains(office.post(REOPEN, {"reason": " "}), "Enter a reason for reopening the recommendation.")
    for _ in range(2):
        assertRedirects(office.post(REOPEN, {"reason": "It was not the same."}), STORY)
    row = recommendation()
    assert (row.closed_on, row.closure, row.closure_reason) == (None, "", "")
    assert not row.successors.exists()
    assert Event.objects.filter(what="recommendation.reopened").count() == 1
    for name in ("Olga Office", "Ada Officer", "Obi Observer"):
        office.force_login(user(name))
        story = office.get(STORY)
        assertContains(story, "Reopened on 9 December 2011 by Olga Office.")
        assertContains(story, "It was not the same.")
        assertContains(story, "It was closed on 9 December 2011 (merged into another).")
        assertContains(story, "One matter.")


def test_recommendation_reopen_of_an_open_one_says_so(office):
    assertContains(office.get(REOPEN), "R01 is not closed.")
    assertContains(office.post(REOPEN, {"reason": "Why not?"}), "R01 is not closed.")
    assertNotContains(office.get(STORY), REOPEN)


def test_recommendation_reopen_is_for_the_programme_office_alone(client, plan):
    revisions.close(recommendation=recommendation(), closure="withdrawn", reason="Done.", by=user(), at=AT)
    for name in ("Ada Officer", "Liam Lead", "Cass Chair", "Obi Observer"):
        client.force_login(user(name))
        assert client.post(REOPEN, {"reason": "Mine."}).status_code == 404
        assertNotContains(client.get(STORY), REOPEN)
    assert recommendation().closed_on


LEAD = f"{STORY}lead/"
ADD = "/plans/thornbury/add/"


def another_post():
    return factories.PostFactory(title="Head of Practice", organisation="Thornbury Council")


def test_recommendation_lead_is_in_the_history_the_trail_and_the_change_log(office, plan):
    revision = Revision.objects.create(plan=plan, title="Refresh of May", agreed_on=date(2011, 5, 2))
    month, post = factories.month(plan, 5), another_post()
    before = recommendation().lead_post
    assertContains(office.get(LEAD), f"May 2011 is open and keeps its lead: {before.title}.")
    said = {"lead_post": post.pk, "lead_wording": "", "reason": "She runs it.", "revision": revision.pk}
    assertRedirects(office.post(LEAD, said), STORY)
    assert recommendation().lead_post == post
    assert month.updates.get(reference="R01").lead_post == before
    newest = recommendation().history.get(history_change_reason="She runs it.")
    assert (newest.lead_post, newest.history_user) == (post, user("Olga Office"))
    assertContains(office.get(STORY), "Recommendation given to another lead")
    page = office.get(f"/plans/thornbury/revisions/{revision.pk}/")
    assertContains(page, "Given to another lead")
    assertContains(page, "Head of Practice")
    assert page.context["log"].carried_on == 2


def test_recommendation_lead_begins_with_the_next_month(office, plan):
    factories.published(factories.month(plan, 4))
    post = another_post()
    office.post(LEAD, {"lead_post": post.pk, "lead_wording": "", "reason": "She runs it."})
    assert plan.months.get().updates.get(reference="R01").lead_post != post
    assert factories.month(plan, 5).updates.get(reference="R01").lead_post == post


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"lead_post": ""}, "lead_post", "Choose a lead."),
        ({"reason": " "}, "reason", "Enter a reason for the new lead."),
        ({"lead_post": "present"}, "lead_post", "already leads it. Choose another post."),
    ],
)
def test_recommendation_lead_says_what_is_wrong(office, plan, changed, field, sentence):
    before = recommendation().lead_post
    said = {"lead_post": another_post().pk, "lead_wording": "", "reason": "She runs it."} | changed
    said["lead_post"] = before.pk if said["lead_post"] == "present" else said["lead_post"]
    errors = office.post(LEAD, said).context["form"].errors
    assert list(errors) == [field]
    assert errors[field][0].endswith(sentence)
    assert recommendation().lead_post == before


def test_recommendation_lead_twice_is_as_once(office):
    said = {"lead_post": another_post().pk, "lead_wording": "", "reason": "She runs it."}
    for _ in range(2):
        assertRedirects(office.post(LEAD, said), STORY)
    assert Event.objects.filter(what="recommendation.given_to_another_lead").count() == 1


def test_recommendation_lead_of_a_closed_one_does_not_exist(office):
    office.post(CLOSE, WITHDRAWN)
    assert office.get(LEAD).status_code == 404


def new(plan, **said):
    first = recommendation()
    facts = {"title": "Listen to children", "wording": "Listen to every child.", "outcome": first.outcome_id}
    facts |= {"lead_post": first.lead_post_id, "due_on_0": "31", "due_on_1": "3", "due_on_2": "2012"}
    return {"reference": "R09", "reason": "The Board asked for it."} | facts | said


def test_recommendation_add_is_in_the_history_the_trail_and_the_change_log(office, plan):
    revision = Revision.objects.create(plan=plan, title="Refresh of May", agreed_on=date(2011, 5, 2))
    factories.published(factories.month(plan, 11))
    response = office.post(ADD, new(plan, revision=revision.pk))
    assertRedirects(response, "/plans/thornbury/recommendations/R09/")
    row = plan.recommendations.get(reference="R09")
    assert (row.opened_on, row.due_on, row.original_due_on) == (date(2011, 12, 9), date(2012, 3, 31), date(2012, 3, 31))
    assert row.history.get().history_user == user("Olga Office")
    event = Event.objects.get(what="recommendation.added")
    assert (event.detail["reason"], event.detail["revision"]) == ("The Board asked for it.", "Refresh of May")
    assert [update.reference for update in plan.months.get().updates.all()] == ["R01", "R02", "R03"]
    assert row in plan.recommendations.live(date(2011, 12, 9))
    log = office.get(f"/plans/thornbury/revisions/{revision.pk}/").context["log"]
    assert [(entry.reference, entry.words, entry.reason) for entry in log.recommendations] == [
        ("R09", "New", "The Board asked for it.")
    ]
    assert log.carried_on == 3


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"reference": ""}, "reference", "Enter a reference, for example “R45”."),
        ({"reference": "r01"}, "reference", "The plan already has a recommendation r01. Enter another reference."),
        ({"title": ""}, "title", "Enter a short title."),
        ({"reason": ""}, "reason", "Enter a reason for adding the recommendation."),
        ({"due_on_2": "2010"}, "due_on", "31 March 2010 has passed. Enter a future date."),
        (
            dict.fromkeys(("due_on_0", "due_on_1", "due_on_2"), ""),
            "due_on",
            "Enter a due date or, if there is none, the timescale, for example “Ongoing”.",
        ),
    ],
)
def test_recommendation_add_says_what_is_wrong_and_keeps_what_was_typed(office, plan, changed, field, sentence):
    page = office.post(ADD, new(plan, **changed))
    assert page.context["form"].errors == {field: [sentence]}
    assertContains(page, "Listen to every child.")
    assert plan.recommendations.count() == 3


def test_recommendation_add_twice_is_as_once(office, plan):
    for _ in range(2):
        assertRedirects(office.post(ADD, new(plan)), "/plans/thornbury/recommendations/R09/")
    assert plan.recommendations.count() == 4
    assert Event.objects.filter(what="recommendation.added").count() == 1
    said = new(plan, wording="Something else.")
    assert list(office.post(ADD, said).context["form"].errors) == ["reference"]
