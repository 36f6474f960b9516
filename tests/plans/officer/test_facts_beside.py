"""The facts beside the form of an update, and the actions that are marked as done there."""

from datetime import date

import pytest

from accounts.models import Event
from plans.models import Action
from tests import factories
from tests.plans.officer.pages import FORM, address, signed_in, text

TODAY = date(2011, 12, 9)


@pytest.fixture
def action(update):
    return Action.objects.create(recommendation=update.recommendation, title="Train two teams.", timescale="Ongoing")


def pressed(client, button, **typed):
    return client.post(address(), {"version": 0, "next": button} | typed)


def test_the_form_shows_the_wording_the_facts_and_last_months_text(ada, plan, reported):
    recommendation = plan.recommendations.get(reference="R01")
    notice = factories.notice()
    recommendation.targets.add(notice.targets.get())
    recommendation.findings.add(factories.finding(factories.inspection(), 1))
    Action.objects.create(recommendation=recommendation, title="Train two teams.", due_on=date(2011, 3, 1))
    factories.challenge(plan, "How do you know?")
    factories.month(plan, 12)
    page = text(ada.get(address()))
    told = (
        "Improve matter 1 without delay.",
        "(last received for November 2011) for 2 months, since November 2011</strong>, counting this month.",
        "Increase timely assessments to 80%.",
        "No data",
        "Put matter 1 right.",
        "Train two teams.",
        "Overdue",
        "How do you know?",
        "Last published: November 2011",
        "Nothing was done.",
    )
    assert [words for words in told if words not in page] == []


def test_a_value_of_a_target_without_milestones_says_what_is_measured(ada, plan, update):
    """A narrative target has figures of several kinds, so that "68.9%" alone would tell nobody anything."""
    target = factories.target(factories.notice(), 2)
    factories.result(factories.IndicatorFactory(target=target, name="Conferences within 15 days"), value=68)
    update.recommendation.targets.add(target)
    assert "<p>Conferences within 15 days: " in text(ada.get(address()))


def test_an_action_is_marked_as_done_and_the_update_stays_as_it_is(ada, update, action):
    response = pressed(ada, f"done-{action.pk}")
    assert response.url == f"{address()}?facts=open#actions"
    action.refresh_from_db()
    update.refresh_from_db()
    assert (action.done_on, update.status) == (TODAY, "awaited")
    page = text(ada.get(response.url))
    assert "Mark as not done" in page
    assert '<details class="govuk-details app-beside__facts" open>' in page
    assert pressed(ada, f"open-{action.pk}").status_code == 302
    action.refresh_from_db()
    assert action.done_on is None


def test_what_was_carried_over_from_last_month_is_no_draft_before_somebody_types(ada, plan, reported):
    row = factories.month(plan, 12).updates.get(reference="R01")
    made = Action.objects.create(recommendation=row.recommendation, title="Train.", timescale="Ongoing")
    form = ada.get(address()).context["form"]
    shown = {name: form[name].value() for name in ("remedy", "remedy_owner")}
    shown |= {"green_by_0": "30", "green_by_1": "9", "green_by_2": "2012"}
    pressed(ada, f"done-{made.pk}", **shown)
    row.refresh_from_db()
    assert (row.status, row.recommendation.actions.get().done_on) == ("awaited", TODAY)


def test_what_was_typed_is_saved_with_it(ada, update, action):
    pressed(ada, f"done-{action.pk}", **FORM)
    action.refresh_from_db()
    update.refresh_from_db()
    assert (action.done_on, update.progress) == (TODAY, "Two teams were trained.")


def test_what_is_not_valid_is_shown_again_with_all_the_rest(ada, update, action):
    response = pressed(ada, f"done-{action.pk}", **FORM | {"green_by_1": "13"})
    assert response.status_code == 200
    page = text(response)
    assert 'value="13"' in page
    assert '<details class="govuk-details app-beside__facts" open>' in page
    assert "Mark as not done" in page
    update.refresh_from_db()
    assert update.progress == "Two teams were trained."


def test_what_both_changed_is_asked_about_and_the_action_is_done(client, update, action):
    theirs = signed_in(client, "Dev Deputy").post(address(), FORM | {"version": 0, "progress": "The deputy's."})
    assert theirs.status_code == 302
    response = pressed(signed_in(client), f"done-{action.pk}", **FORM | {"progress": "The holder wrote this."})
    assert (response.status_code, "The holder wrote this." in text(response)) == (409, True)
    action.refresh_from_db()
    assert action.done_on == TODAY


def day_page(action):
    return address("plans:update_action", pk=action.pk)


def days(on):
    return {f"done_on_{at}": str(part) for at, part in enumerate((on.day, on.month, on.year))}


def test_an_action_is_marked_as_done_on_another_day_and_what_was_typed_is_there(ada, update, action):
    response = pressed(ada, f"day-{action.pk}", **FORM)
    assert response.url == day_page(action)
    page = text(ada.get(response.url))
    assert ("Train two teams." in page, 'value="9"' in page, 'value="2011"' in page) == (True, True, True)
    back = ada.post(response.url, days(date(2011, 12, 2)))
    assert back.url == f"{address()}?facts=open#actions"
    action.refresh_from_db()
    assert action.done_on == date(2011, 12, 2)
    page = text(ada.get(back.url))
    assert ("on 2 December 2011" in page, "Two teams were trained." in page) == (True, True)


def test_where_something_typed_is_not_valid_the_form_comes_before_the_day(ada, update, action):
    response = pressed(ada, f"day-{action.pk}", **FORM | {"green_by_1": "13"})
    assert (response.status_code, 'value="13"' in text(response)) == (200, True)
    action.refresh_from_db()
    assert action.done_on is None


@pytest.mark.parametrize(
    ("on", "why"),
    [
        (date(2011, 12, 10), "Enter today’s date or an earlier one."),
        (date(2010, 12, 31), "Enter 1 January 2011, when it joined the plan, or a later date."),
    ],
)
def test_a_day_to_come_and_one_before_the_plan_are_refused_beside_the_field(ada, update, action, on, why):
    update.recommendation.opened_on = date(2011, 1, 1)
    update.recommendation.save()
    page = text(ada.post(day_page(action), days(on)))
    assert (why in page, f'value="{on.year}"' in page) == (True, True)
    action.refresh_from_db()
    assert action.done_on is None


@pytest.mark.parametrize("on", [date(2011, 12, 9), date(2011, 1, 1)])
def test_the_first_and_the_last_day_that_it_can_be_are_taken(ada, update, action, on):
    update.recommendation.opened_on = date(2011, 1, 1)
    update.recommendation.save()
    assert ada.post(day_page(action), days(on)).status_code == 302
    action.refresh_from_db()
    assert action.done_on == on


def test_a_day_is_typed_as_any_date_and_one_is_needed(ada, update, action):
    assert "Enter the day on which it was done." in text(ada.post(day_page(action), {"done_on_0": ""}))
    assert ada.post(day_page(action), {"done_on_0": "2 Dec 11"}).status_code == 302
    action.refresh_from_db()
    assert action.done_on == date(2011, 12, 2)


def test_a_day_before_the_month_that_was_typed_wrongly_is_taken_back(ada, update, action):
    """It was marked in this month, so that no month has reported it."""
    ada.post(day_page(action), days(date(2011, 4, 30)))
    assert "Mark as not done" in text(ada.get(address()))
    assert pressed(ada, f"open-{action.pk}").status_code == 302
    action.refresh_from_db()
    assert action.done_on is None


def test_the_page_of_an_action_that_is_done_leads_back(ada, update, action):
    pressed(ada, f"done-{action.pk}")
    page = ada.post(day_page(action), days(date(2011, 12, 2)), follow=True)
    assert "The action was done on 9 December 2011." in text(page)
    action.refresh_from_db()
    assert action.done_on == TODAY


def test_the_day_is_asked_of_nobody_else_and_of_no_other_recommendations_action(client, plan, update, action):
    assert signed_in(client, "Liam Lead").get(day_page(action)).status_code == 404
    other = Action.objects.create(
        recommendation=plan.recommendations.get(reference="R02"), title="Other.", timescale="Ongoing"
    )
    assert signed_in(client).get(day_page(other)).status_code == 404
    factories.submitted(update)
    assert client.post(day_page(action), days(TODAY)).status_code == 404


@pytest.mark.parametrize(
    "button",
    ["day-{other}", "day-0", "done-{other}", "done-0", "done-", "done-x", "open-999999999999999999", "drop-{own}"],
)
def test_no_other_action_is_marked(ada, plan, update, action, button):
    other = Action.objects.create(
        recommendation=plan.recommendations.get(reference="R02"), title="Other.", timescale="Ongoing"
    )
    assert pressed(ada, button.format(other=other.pk, own=action.pk)).status_code == 302
    assert not Action.objects.exclude(done_on=None).exists()


def test_nobody_marks_an_action_of_an_update_that_was_handed_in_or_is_not_theirs(client, update, action):
    row = factories.submitted(update)
    assert pressed(signed_in(client), f"done-{action.pk}", version=row.version).status_code == 302
    assert pressed(signed_in(client, "Liam Lead"), f"done-{action.pk}").status_code == 404
    assert pressed(signed_in(client, "Mo Member"), f"done-{action.pk}").status_code == 404
    assert not Event.objects.filter(what="recommendation.action_done").exists()
    action.refresh_from_db()
    assert action.done_on is None


def test_what_was_done_before_the_month_cannot_be_reopened_there(ada, update, action):
    action.done_on = date(2011, 4, 30)
    action.save()
    assert "Mark as not done" not in text(ada.get(address()))
    page = ada.post(address(), {"version": 0, "next": f"open-{action.pk}"}, follow=True)
    assert "before the month was opened" in text(page)
