"""A new plan takes over what is outstanding in another, linked with its history; the old one stays as it was."""

from datetime import date

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Event
from improvement.records.refusals import Incomplete, Refused
from plans import refresh, revisions, verification
from plans.models import Plan
from plans.months import digests
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db
PAGE = "/plans/thornbury/succeed/"
SAID = {"title": "The second plan", "slug": "second"}


@pytest.fixture
def plan():
    """A plan of two themes and an area of focus, with a Notice, of which April is published and R03 is closed."""
    plan = factories.plan(3, themes=2)
    plan.notice = factories.notice()
    plan.save()
    factories.area(plan)
    first = plan.recommendations.get(reference="R01")
    first.areas.set(plan.areas.all())
    first.targets.set(plan.notice.targets.all())
    first.findings.add(factories.finding(factories.inspection(), 1))
    first.actions.create(title="Train every team.", due_on=date(2011, 9, 30))
    first.actions.create(title="Ask every team.", timescale="Ongoing", source="[1]")
    first.actions.create(title="Find a room.", due_on=date(2011, 4, 1), done_on=date(2011, 4, 1))
    plan.rating_definitions.create(rating="red", wording="Off course.")
    plan.sources.create(position=1, title="Consultation", content="Of children.", source="[2]")
    factories.published(factories.month(plan, 4))
    change_date(first)
    third = plan.recommendations.get(reference="R03")
    revisions.close(recommendation=third, closure="completed", reason="Done.", **office())
    return plan


def office():
    return {"by": user("Olga Office"), "at": AT}


def change_date(row):
    revisions.change_due_date(recommendation=row, due_on=date(2012, 3, 31), reason="It starts late.", **office())


def succeeded(plan, **said):
    return refresh.succeed(plan=plan, **office() | SAID | said)


def test_the_new_plan_takes_over_what_is_live_and_leaves_the_rest(plan):
    new = succeeded(plan)
    assert (new.title, new.slug, new.council, new.notice, new.predecessor) == (
        *("The second plan", "second", plan.council),
        *(plan.notice, plan),
    )
    assert [person.name for person in new.programme_office.all()] == ["Olga Office"]
    rows = new.recommendations.values_list("reference", "title", "original_due_on", "due_on", "opened_on")
    assert list(rows) == [
        ("R01", "Recommendation 1", date(2011, 12, 31), date(2012, 3, 31), AT.date()),
        ("R02", "Recommendation 2", date(2011, 12, 31), date(2011, 12, 31), AT.date()),
    ]
    first = new.recommendations.get(reference="R01")
    assert [str(one) for one in first.targets.all()] == [str(one) for one in plan.notice.targets.all()]
    assert list(first.findings.all()) == list(plan.recommendations.get(reference="R01").findings.all()) != []
    assert list(first.actions.values_list("title", "due_on", "timescale", "source")) == [
        ("Train every team.", date(2011, 9, 30), "", ""),
        ("Ask every team.", None, "Ongoing", "[1]"),
    ]
    assert list(new.rating_definitions.values_list("rating", "wording")) == [("red", "Off course.")]
    (source,) = new.sources.values_list("position", "title", "content", "source")
    assert source == (1, "Consultation", "Of children.", "[2]")
    assert Event.objects.get(what="plan.succeeded").detail == {"title": new.title, "recommendations": 2}
    (area,) = first.areas.all()
    assert (area.plan, area.letter, area.from_on) == (new, "A", date(2011, 5, 1))
    assert [str(outcome) for theme in new.themes.all() for outcome in theme.outcomes.all()] == [
        "1.1 Outcome 1",
        "2.1 Outcome 2",
    ]
    assert list(verification.problems()) == []


def test_an_area_of_focus_goes_on_with_the_first_month_that_the_old_plan_has_not_opened(plan):
    factories.published(factories.month(plan, 5))
    assert succeeded(plan).areas.get().from_on == date(2011, 6, 1)


def test_each_is_closed_as_superseded_and_linked_both_ways(plan):
    new = succeeded(plan)
    old = plan.recommendations.get(reference="R02")
    taken = new.recommendations.get(reference="R02")
    assert (old.closure, old.closure_reason) == ("superseded", "Taken over by “The second plan”.")
    assert (list(old.successors.all()), list(taken.predecessors.all())) == ([taken], [old])
    third = plan.recommendations.get(reference="R03")
    assert (third.closure, third.successors.count()) == ("completed", 0)


def test_what_was_published_stays_and_the_new_plan_opens_its_own_months(plan):
    month = plan.months.get()
    succeeded(plan)
    assert digests.digest(month) == month.digest
    with pytest.raises(Refused, match="“The second plan” has taken over this plan"):
        factories.month(plan, 5)
    opened = factories.month(Plan.objects.get(slug="second"), 5)
    assert list(opened.updates.values_list("reference", "areas")) == [("R01", " A "), ("R02", "")]
    old = plan.recommendations.get(reference="R01")
    with pytest.raises(revisions.RevisionRefused, match="has taken over this plan"):
        revisions.reopen(recommendation=old, reason="A mistake.", **office())


def test_a_plan_is_taken_over_once(plan):
    new = succeeded(plan)
    assert succeeded(plan) == new
    for other in ({"slug": "third"}, {"title": "Another title"}):
        with pytest.raises(Refused, match="“The second plan” has taken over this plan already"):
            succeeded(plan, **other)


def test_succeed_says_what_is_wrong_and_writes_nothing(plan):
    with pytest.raises(Incomplete, match="Enter a title for the new plan"):
        succeeded(plan, title=" ")
    with pytest.raises(Incomplete, match="Another plan is called “thornbury” in web addresses"):
        succeeded(plan, slug=plan.slug, title=plan.title)
    assert Plan.objects.count() == 1


def _opens(plan):
    factories.month(plan, 5)


def _joins(plan):
    factories.recommendation(plan, 7, opened_on=later(days=9).date())


def _closes(plan):
    for row in plan.recommendations.filter(closed_on=None):
        revisions.close(recommendation=row, closure="completed", reason="Done.", **office())


@pytest.mark.parametrize(
    ("first", "sentence"),
    [
        (_opens, "May 2011 is still open. Publish or discard it first."),
        (factories.drafted, "“Refresh of May” is still a draft. Apply or discard it first."),
        (_joins, "R07 joins the plan on 10 May 2011. Wait until then."),
        (_closes, "The plan has no live recommendation that a new plan could take over."),
    ],
)
def test_succeed_refuses_what_is_not_settled(plan, first, sentence):
    first(plan)
    with pytest.raises(Refused) as refused:
        succeeded(plan)
    assert str(refused.value) == sentence


def test_plan_succeed_shows_what_is_taken_over_and_leads_to_the_new_plan(client, plan):
    client.force_login(user("Olga Office"))
    page = client.get(PAGE)
    assertContains(page, "The new plan takes over 2 recommendations")
    page = client.post(PAGE, {"title": "", "slug": ""})
    assert page.context["form"].errors == {
        "title": ["Enter the title of the new plan."],
        "slug": ["Enter a name for its web addresses."],
    }
    page = client.post(PAGE, SAID | {"slug": "not a slug"})
    assert page.context["form"].errors == {"slug": ["Use letters, digits and hyphens only, for example “second-plan”."]}
    assertContains(page, "The second plan")
    assertRedirects(client.post(PAGE, SAID), "/boards/thornbury/carry-over/")
    assertContains(client.get(PAGE), "“The second plan” has taken over this plan already.")
    assertContains(client.get("/plans/second/"), "It took over from")
    old = client.get("/plans/thornbury/")
    assertContains(old, "has taken over what was outstanding")
    assertNotContains(old, "Open a month")
    client.force_login(user("Obi Observer"))
    assertContains(client.get("/plans/thornbury/"), "“The second plan” has taken over what was outstanding")


def test_the_story_names_what_continues_it_and_titles_it_only_for_those_who_see_that_plan(client, plan):
    succeeded(plan)
    page = reverse("plans:recommendation_detail", args=["thornbury", "R01"])
    link = reverse("plans:recommendation_detail", args=["second", "R01"])
    client.force_login(user("Olga Office"))
    assertContains(
        client.get(page), f'<li><a class="govuk-link" href="{link}">R01 Recommendation 1</a> (The second plan)'
    )
    client.force_login(user("Obi Observer"))
    assertContains(client.get(page), "<li>R01 (The second plan)</li>")
    assertNotContains(client.get(page), link)
