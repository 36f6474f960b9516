"""A question in a browser, from the dashboard to what came of it: with and without JavaScript."""

from datetime import date

import pytest

from boards.models import Advice, BoardAction, Challenge
from notices.models import Target
from tests import factories
from tests.browser import EVERYWHERE, flaws, sideways
from tests.factories import answered, post, user

pytestmark = pytest.mark.browser

TABLET = 768
LARGE_ENOUGH = 44


@pytest.fixture
def plan(transactional_db):
    """A plan with a Notice, a published month and a meeting that was held."""
    plan = factories.plan(2)
    plan.notice = factories.notice()
    plan.save()
    Target.objects.update(owner_post=post())
    month = factories.month(plan, 4)
    factories.signed_off(month.updates.get(reference="R01"), decision_sought="Fund two posts.")
    factories.published(month)
    factories.held(plan, date(2011, 4, 18))
    return plan


@EVERYWHERE
def test_a_question_is_asked_answered_and_concluded(site, plan, width, javascript):
    member, officer, chair = (
        site.open("/", by=user(name), width=width, javascript=javascript)
        for name in ("Mo Member", "Ada Officer", "Cass Chair")
    )

    def fine(page):
        assert flaws(page, javascript) == []

    # Asked from the dashboard.
    fine(member)
    member.click("text=Open the dashboard for April 2011")
    member.get_by_role("link", name="Ask a question about R01").first.click()
    member.wait_for_selector("text=April 2011: Amber")
    fine(member)
    member.click("text=Ask the question")
    member.wait_for_selector(".govuk-error-summary >> text=Enter the question.")
    fine(member)
    member.get_by_label("Question").fill("How do you know?")
    member.click("text=Ask the question")
    member.wait_for_selector("h1:has-text('Question 1')")
    fine(member)

    # Answered from what the officer owes.
    officer.goto("/my/updates/")
    fine(officer)
    officer.get_by_role("link", name="Answer question 1 about R01").click()
    officer.get_by_label("Answer").fill("From the audits of April.")
    fine(officer)
    officer.click("text=Save the answer")
    officer.wait_for_selector("text=Answered by Ada Officer")
    fine(officer)

    # Concluded by the chair, with an action.
    chair.goto("/")
    fine(chair)
    chair.click("text=Read the answer to question 1")
    chair.get_by_label("An action was agreed").check()
    chair.get_by_label("What needs to be done?").fill("Audit again in June.")
    chair.get_by_label("Which meeting agreed it?").select_option(label="18 April 2011")
    fine(chair)
    chair.click("text=Save the conclusion")
    chair.wait_for_selector("text=Conclusion: An action was agreed.")
    fine(chair)
    assert BoardAction.objects.get().wording == "Audit again in June."

    # It stays in the story and in the log, and comes back to the member.
    member.goto("/")
    member.wait_for_selector("text=From the audits of April.")
    fine(member)
    officer.goto("/plans/thornbury/recommendations/R01/")
    officer.wait_for_selector("text=Audit again in June.")
    fine(officer)
    officer.goto("/boards/thornbury/challenges/")
    if width == 320:
        officer.click("text=Filter the list")
    officer.locator("summary", has_text="State").click()
    officer.get_by_role("group", name="State").get_by_label("Concluded").check()
    officer.click("text=Apply filters")
    officer.wait_for_selector("text=Remove the filter State: Concluded")
    fine(officer)


@EVERYWHERE
def test_a_target_is_asked_about_and_another_post_answers(site, plan, width, javascript):
    member = site.open("/notices/thornbury/targets/N01/", by=user("Mo Member"), width=width, javascript=javascript)
    member.click("text=Ask a question")
    member.get_by_label("Question").fill("By when?")
    member.click("text=Ask the question")
    office = site.open("/boards/thornbury/challenges/1/", by=user("Olga Office"), width=width, javascript=javascript)
    office.click("text=Choose who answers")
    office.get_by_label("Who will answer?").select_option(label="Director of Children")
    assert flaws(office, javascript) == []
    office.click("text=Assign the question")
    office.get_by_role("button", name="Answer", exact=True).click()
    office.wait_for_selector("text=You are answering for the Director of Children (Liam Lead). The record will say so.")
    office.get_by_label("Answer").fill("By the summer.")
    office.click("text=Save the answer")
    office.wait_for_selector("text=Answered by Olga Office for the Director of Children (Liam Lead)")
    member.goto("/notices/thornbury/targets/N01/")
    member.wait_for_selector("text=By the summer.")
    assert flaws(member, javascript) == []


@EVERYWHERE
def test_two_who_answer_at_once_see_both_texts(site, plan, width, javascript):
    row = factories.challenge(plan)
    address = "/boards/thornbury/challenges/1/answer/"
    page = site.open(address, by=user("Ada Officer"), width=width, javascript=javascript)
    answered(row, "Theirs.", by=user("Dev Deputy"))
    page.get_by_label("Answer").fill("Mine.")
    page.click("text=Save the answer")
    page.wait_for_selector("text=Theirs.")
    assert page.get_by_label("Answer").input_value() == "Mine."
    assert flaws(page, javascript) == []
    page.get_by_label("Answer").fill("Theirs. Mine.")
    page.click("text=Save the answer")
    page.wait_for_selector("text=Answered by Ada Officer")
    assert Challenge.objects.get().answer == "Theirs. Mine."


@EVERYWHERE
def test_advice_is_recorded_with_its_response_and_what_became_of_it(site, plan, width, javascript):
    page = site.open("/boards/thornbury/advice/", by=user("Olga Office"), width=width, javascript=javascript)
    page.click("text=Record advice")
    page.get_by_label("Advice").fill("Appoint a permanent director.")
    assert flaws(page, javascript) == []
    page.click("text=Record the advice")
    page.click("text=Record the response")
    page.get_by_label("Response").fill("The post is advertised.")
    page.click("main button")
    page.click("text=Record the conclusion")
    page.get_by_label("Conclusion").fill("A director was appointed.")
    assert flaws(page, javascript) == []
    page.click("main button")
    page.wait_for_selector("text=A director was appointed.")
    assert flaws(page, javascript) == []
    assert Advice.objects.get().response == "The post is advertised."


def test_everything_of_the_home_is_large_enough_to_touch(site, plan):
    factories.announced(factories.meeting(plan, date(2099, 5, 9)))
    answered(factories.challenge(plan))
    page = site.open("/boards/thornbury/home/", by=user("Cass Chair"), width=TABLET)
    small = page.locator("main :is(a, button):visible").evaluate_all(
        "(found, least) => found.map(one => [one.innerText, one.getBoundingClientRect()])"
        ".filter(([_, box]) => box.height < least || box.width < least).map(([text]) => text)",
        LARGE_ENOUGH,
    )
    assert (small, sideways(page)) == ([], 0)
