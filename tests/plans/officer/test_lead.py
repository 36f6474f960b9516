from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from plans import reporting
from plans.models import MonthlyUpdate
from plans.officer import sign_offs
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db
QUEUE = "/my/sign-offs/"
TOGETHER = "/my/sign-offs/together/"
NEW_DATE = {"proposed_due_on": date(2012, 3, 31), "proposed_due_reason": "The school opens late."}


@pytest.fixture
def month():
    return factories.month(factories.plan(4))


@pytest.fixture
def lead(client):
    """The client, signed in as the accountable lead."""
    client.force_login(user("Liam Lead"))
    return client


def update(month, reference="R01"):
    return MonthlyUpdate.objects.select_related("month").get(month=month, reference=reference)


def review(reference="R01", number=5):
    return f"/plans/thornbury/2011-{number:02}/{reference}/review/"


def decide(client, row, decision="sign_off", **data):
    return client.post(review(row.reference), {"version": row.version, "decision": decision} | data)


def together(client, *rows):
    """Post the page on which these rows are all ticked."""
    query = "&".join(f"update={row.pk}" for row in rows)
    data = {f"{row.pk}-version": row.version for row in rows} | {f"{row.pk}-is_chosen": "on" for row in rows}
    return client.post(f"{TOGETHER}?{query}", data, follow=True)


def messages(response):
    return [str(message) for message in response.context["messages"]]


def test_my_sign_offs_is_for_who_is_accountable_and_nobody_else(client, month):
    for name in ("Ada Officer", "Olga Office", "Cass Chair", "Obi Observer", "Nina Nobody"):
        client.force_login(user(name))
        assert client.get(QUEUE).status_code == 404
    for name in ("Liam Lead", "Dina Deputy"):
        client.force_login(user(name))
        assert client.get(QUEUE).status_code == 200


def test_update_review_is_for_who_is_accountable_and_nobody_else(client, month):
    row = factories.submitted(update(month))
    for name in ("Ada Officer", "Olga Office", "Cass Chair", "Obi Observer"):
        client.force_login(user(name))
        assert client.get(review()).status_code == 404
        assert decide(client, row).status_code == 404
        assert client.get(f"{TOGETHER}?update={row.pk}").status_code == 404
    assert update(month).status == "submitted"


@pytest.mark.parametrize(
    "path",
    [
        "/my/sign-offs/together/?update=abc",
        "/my/sign-offs/together/?update=99999999999",
        f"/my/sign-offs/together/?update={'9' * 5000}",
    ],
)
def test_sign_offs_together_ignores_a_strange_choice(lead, month, path):
    assertContains(lead.get(path), "My sign-offs")


@pytest.mark.parametrize("path", ["/plans/thornbury/2011-05/R99/review/", "/plans/thornbury/2011-13/R01/review/"])
def test_update_review_of_what_is_not_there_is_not_found(lead, month, path):
    assert lead.get(path).status_code == 404


def test_my_sign_offs_shows_what_waits_with_what_the_reviewer_must_know(lead, month):
    factories.submitted(update(month), **NEW_DATE)
    page = lead.get(QUEUE)
    assertContains(page, "Sign-off was due by 24 May 2011.")
    assertContains(page, "Submitted by Ada Officer on 1 May 2011")
    assertContains(page, "31 March 2012, instead of 31 December 2011.")
    assertContains(page, "The school opens late.")


def test_my_sign_offs_never_shows_the_text_of_a_draft(lead, month):
    reporting.save_draft(update=update(month), version=0, by=user("Ada Officer"), at=AT, progress="Not ready yet.")
    returned = factories.submitted(update(month, "R02"), progress="Sent back.")
    reporting.return_for_changes(update=returned, version=1, comment="Why?", by=user("Liam Lead"), at=AT)
    for path in (QUEUE, review(), review("R02")):
        page = lead.get(path)
        assertNotContains(page, "Not ready yet.")
        assertNotContains(page, "Sent back.")


def test_my_sign_offs_says_who_can_sign_off_what_one_entered(lead, month):
    factories.submitted(update(month), by=user("Liam Lead"))
    assertContains(lead.get(QUEUE), "You entered this update, so you cannot sign it off. Dina Deputy can.")
    page = lead.get(review())
    assertContains(page, "You entered this update, so you cannot sign it off. Dina Deputy can.")
    assertNotContains(page, "Sign off and go to the next")


def test_my_sign_offs_without_an_open_month_says_what_will_stand_there(lead):
    factories.plan()
    assertContains(lead.get(QUEUE), "No month is open.")


def queries(client, path):
    """Return how many queries the page takes, once what is looked up only the first time is there."""
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_my_sign_offs_takes_the_same_queries_for_one_and_for_three(lead, month):
    factories.submitted(update(month))
    one = queries(lead, QUEUE)
    for reference in ("R02", "R03"):
        factories.submitted(update(month, reference))
    assert one == queries(lead, QUEUE) <= 8


def test_my_sign_offs_leads_from_page_to_page_and_stays_there_where_nothing_was_selected(lead, month, monkeypatch):
    monkeypatch.setattr(sign_offs, "PER_PAGE", 3)
    for reference in ("R01", "R02", "R03", "R04"):
        row = factories.submitted(update(month, reference))
    first, second = lead.get(QUEUE), lead.get(f"{QUEUE}?page=2")
    assertContains(first, 'href="/my/sign-offs/?page=2" rel="next"')
    assertNotContains(first, "R04 Recommendation 4")
    assertContains(second, '<input type="hidden" name="page" value="2">')
    again = lead.get(f"{TOGETHER}?page=2")
    assertContains(again, "Select at least one update to sign off.")
    assertContains(again, f'id="update-{row.pk}"')
    assertContains(again, 'href="/my/sign-offs/?page=1" rel="prev"')


def test_corrections_to_agree_stand_on_the_first_page_alone(lead, monkeypatch):
    monkeypatch.setattr(sign_offs, "PER_PAGE", 1)
    plan = factories.plan(2)
    may = factories.month(plan)
    factories.published(may)
    reporting.correct(update=update(may), reason="A slip.", by=user("Olga Office"), at=later(days=31), rating="green")
    factories.month(plan, 6, at=later(days=31))
    assertContains(lead.get(QUEUE), "Corrections to agree")
    assertNotContains(lead.get(f"{QUEUE}?page=2"), "Corrections to agree")


def test_sign_offs_together_takes_the_same_queries_for_one_and_for_three(lead, month):
    rows = [factories.submitted(update(month, reference)) for reference in ("R01", "R02", "R03")]
    one = queries(lead, f"{TOGETHER}?update={rows[0].pk}")
    assert one == queries(lead, f"{TOGETHER}?{'&'.join(f'update={row.pk}' for row in rows)}") <= 8


def test_update_review_says_word_by_word_what_changed_and_says_it_to_who_hears_it(lead):
    plan = factories.plan()
    first = factories.month(plan)
    factories.signed_off(update(first))
    factories.published(first)
    factories.submitted(update(factories.month(plan, 6, at=later(days=31))), progress="Three teams were trained.")
    page = lead.get(review(number=6))
    spoken = '<span class="govuk-visually-hidden">[{}: </span>{}<span class="govuk-visually-hidden">]</span>'
    assertContains(page, f'<del class="app-taken-out">{spoken.format("removed", "Two")}</del> teams were trained.')
    assertContains(page, f'<ins class="app-put-in">{spoken.format("added", "Three")}</ins> teams were trained.')
    assertContains(page, "Words taken out are")


def test_update_review_says_none_where_an_optional_answer_was_left_empty(lead):
    plan = factories.plan()
    first = factories.month(plan)
    factories.signed_off(update(first), decision_sought="Agree the posts.")
    factories.published(first)
    factories.submitted(update(factories.month(plan, 6, at=later(days=31))), progress="Three teams were trained.")
    page = lead.get(review(number=6))
    assertContains(page, "Agree the posts.")
    assertContains(page, '<span class="app-secondary">None</span>')
    assertNotContains(page, "Not asked")


def test_update_review_marks_no_words_where_nothing_was_published_before(lead, month):
    factories.submitted(update(month))
    assertNotContains(lead.get(review()), "Words taken out are")


def test_update_review_shows_the_facts_of_an_open_month_and_of_no_published_one(lead, month):
    """What is known today says nothing of a month that was published."""
    target = factories.notice().targets.get()
    month.plan.recommendations.get(reference="R01").targets.add(target)
    factories.signed_off(update(month))
    page = lead.get(review())
    assert [fact.target for fact in page.context["facts"].targets] == [target]
    assertContains(page, "Facts for this rating")
    assertNotContains(page, "Mark as done")
    factories.published(month)
    page = lead.get(review())
    assert page.context["facts"] is None
    assertContains(page, "Improve matter 1 without delay.")


def test_update_review_leads_on_and_back_through_what_waits(lead, month):
    for reference in ("R01", "R02", "R03"):
        factories.submitted(update(month, reference))
    page = lead.get(review("R02"))
    assertContains(page, "2 of 3 waiting for your sign-off")
    for reference, way in (("R01", "prev"), ("R03", "next")):
        assertContains(page, f'rel="{way}" href="{review(reference)}"')
    assertContains(page, 'href="#decision"')
    page = lead.get(review("R04"))
    assertContains(page, "3 waiting for your sign-off")
    assertNotContains(page, 'href="#decision"')


@pytest.mark.parametrize("number", [1, 3])
def test_update_review_takes_as_many_queries_however_many_wait(lead, number, django_assert_num_queries):
    month = factories.month(factories.plan(number))
    for row in month.updates.all():
        factories.submitted(row)
    with django_assert_num_queries(10):
        lead.get(review())


def test_update_review_shows_last_month_beside_this_month(lead):
    plan = factories.plan()
    first = factories.month(plan)
    factories.signed_off(update(first), progress="One team.")
    factories.published(first)
    factories.submitted(
        update(factories.month(plan, 6, at=later(days=31))),
        rating="red",
        direction="improving",
        progress="Two teams.",
        override_reasons={"improving-while-worse": "Staff came back."},
    )
    page = lead.get(review(number=6))
    assertContains(page, "May 2011 beside June 2011")
    assertContains(page, "One team.")
    assertContains(page, "Two teams.")
    assertContains(page, "its rating got worse: Amber to Red.")
    assertContains(page, "Staff came back.")


def test_update_review_signs_off_and_goes_to_the_next(lead, month):
    row = factories.submitted(update(month))
    factories.submitted(update(month, "R03"))
    response = decide(lead, row)
    assertRedirects(response, review("R03"))
    signed = update(month)
    assert (signed.status, signed.signed_off_name, signed.signed_off_for) == ("signed_off", "Liam Lead", "")


def test_update_review_goes_back_to_the_queue_after_the_last(lead, month):
    version = factories.submitted(update(month)).version
    response = lead.post(review(), {"version": version, "decision": "sign_off"}, follow=True)
    assertRedirects(response, QUEUE)
    assert messages(response) == ["R01 is signed off."]


def test_update_review_of_a_deputy_is_recorded_as_done_for_the_holder(client, month):
    client.force_login(user("Dina Deputy"))
    row = factories.submitted(update(month))
    assertContains(client.get(review()), "You are acting for the Director of Children (Liam Lead).")
    decide(client, row)
    assert update(month).signed_off_for == "Director of Children (Liam Lead)"


def test_update_review_agrees_the_proposed_date_and_the_next_month_begins_with_it(lead, month):
    row = factories.submitted(update(month), **NEW_DATE)
    assertContains(lead.get(review()), "If you sign it off, you agree the new date, <strong>31 March 2012</strong>.")
    response = lead.post(review(), {"version": row.version, "decision": "sign_off"}, follow=True)
    assert messages(response) == ["R01 is signed off. Its due date is now 31 March 2012."]
    factories.published(month)
    following = update(factories.month(month.plan, 6, at=later(days=31)))
    assert (following.original_due_on, following.due_on) == (date(2011, 12, 31), date(2012, 3, 31))


def test_update_review_refuses_who_entered_it(lead, month):
    row = factories.submitted(update(month), by=user("Liam Lead"))
    assertContains(decide(lead, row), "You entered this update, so someone else must sign it off.")
    assert update(month).status == "submitted"


def test_update_review_returns_with_a_comment(lead, month):
    row = factories.submitted(update(month))
    response = lead.post(
        review(), {"version": row.version, "decision": "return", "comment": "How many teams?"}, follow=True
    )
    assert messages(response) == ["R01 has been returned with your comment."]
    returned = update(month)
    assert (returned.status, returned.comments.get().text) == ("returned", "How many teams?")
    assertContains(lead.get(review()), "How many teams?")


def test_update_review_of_a_published_month_shows_nothing_of_what_was_not_received(lead, month):
    row = factories.submitted(update(month))
    decide(lead, row, "return", comment="How many teams?")
    factories.published(month)
    page = lead.get(review())
    assertContains(page, "before May 2011 was published.")
    assertNotContains(page, "How many teams?")
    assertNotContains(page, "once they do")


def test_update_review_does_not_return_without_a_comment(lead, month):
    page = decide(lead, factories.submitted(update(month)), "return", comment=" ")
    assert page.context["form"].errors == {"comment": ["Say what should be changed."]}
    assert update(month).status == "submitted"


def test_update_review_does_not_sign_off_over_a_comment(lead, month):
    page = decide(lead, factories.submitted(update(month)), comment="How many teams?")
    assertContains(page, "You wrote a comment. Return the update with the comment, or clear the comment and sign off.")
    assertContains(page, "How many teams?</textarea>")
    assert update(month).status == "submitted"


def test_update_review_twice_is_as_once(lead, month):
    row = factories.submitted(update(month))
    decide(lead, row)
    assertRedirects(decide(lead, row), QUEUE)
    assert update(month).version == row.version + 1


@pytest.mark.parametrize("decision", ["sign_off", "return"])
def test_update_review_of_what_was_taken_back_meanwhile_loses_nothing(lead, month, decision):
    row = factories.submitted(update(month))
    reporting.take_back(update=row, version=row.version, by=user("Ada Officer"), at=AT)
    page = decide(lead, row, decision, **({"comment": "How many teams?"} if decision == "return" else {}))
    assertContains(page, "Someone else changed this while you were working on it.")
    assertContains(page, "The lead officer has not submitted this update.")
    assert decision == "sign_off" or "How many teams?</textarea>" in page.content.decode()


def test_update_review_after_a_conflict_goes_on_from_what_stands(lead, month):
    row = factories.submitted(update(month))
    back = reporting.take_back(update=row, version=row.version, by=user("Ada Officer"), at=AT)
    factories.submitted(back, progress="Four teams.")
    page = decide(lead, row, "return", comment="How many teams?")
    assertContains(page, "Four teams.")
    assert page.context["form"]["version"].value() == update(month).version


def test_update_review_of_a_month_that_was_published_meanwhile_loses_nothing(lead, month):
    row = factories.submitted(update(month))
    factories.published(month)
    page = decide(lead, row, "return", comment="How many teams?")
    assertContains(page, "May 2011 has been published and can no longer be changed.")
    assertContains(page, "How many teams?</textarea>")
    assertNotContains(page, "Return with this comment")


@pytest.mark.parametrize("data", [{}, {"version": "x", "decision": "sign_off"}, {"version": "0", "decision": "eat"}])
def test_update_review_of_a_broken_form_is_a_sentence(lead, month, data):
    factories.submitted(update(month))
    assertContains(lead.post(review(), data), "There is a problem")
    assert update(month).status == "submitted"


def test_sign_offs_together_needs_a_choice(lead, month):
    factories.submitted(update(month))
    assertContains(lead.get(TOGETHER), "Select at least one update to sign off.")


def test_sign_offs_together_shows_each_with_its_text(lead, month):
    first = factories.submitted(update(month), progress="R01!")
    second = factories.submitted(update(month, "R02"), progress="R02!")
    page = lead.get(f"{TOGETHER}?update={first.pk}&update={second.pk}")
    assertContains(page, "R01!")
    assertContains(page, "R02!")


def test_sign_offs_together_draws_a_pasted_table_as_one(lead, month):
    row = factories.submitted(update(month), progress="As reported:\n\n| Month | In time |\n| May | 81% |")
    assertContains(lead.get(f"{TOGETHER}?update={row.pk}"), '<td class="govuk-table__cell">81%</td>')


def test_sign_offs_together_leaves_out_what_is_to_be_read_by_itself_or_was_entered_by_oneself(lead, month):
    plain = factories.submitted(update(month))
    dated = factories.submitted(update(month, "R02"), **NEW_DATE)
    own = factories.submitted(update(month, "R03"), by=user("Liam Lead"))
    page = lead.get(f"{TOGETHER}?update={plain.pk}&update={dated.pk}&update={own.pk}")
    assert [item.update.reference for item, _, _ in page.context["items"]] == ["R01"]


def test_sign_offs_together_signs_off_each_that_is_ticked(lead, month):
    first, second = (factories.submitted(update(month, reference)) for reference in ("R01", "R02"))
    data = {f"{row.pk}-version": row.version for row in (first, second)} | {f"{first.pk}-is_chosen": "on"}
    response = lead.post(f"{TOGETHER}?update={first.pk}&update={second.pk}", data, follow=True)
    assert messages(response) == ["Signed off: R01."]
    assert (update(month).status, update(month, "R02").status) == ("signed_off", "submitted")


def test_sign_offs_together_with_nothing_ticked_asks_again(lead, month):
    row = factories.submitted(update(month))
    page = lead.post(f"{TOGETHER}?update={row.pk}", {f"{row.pk}-version": row.version})
    assertContains(page, "Select at least one update to sign off.")
    assertContains(page, "Two teams were trained.")


def test_sign_offs_together_never_shows_a_draft(lead, month):
    row = reporting.save_draft(update=update(month), version=0, by=user("Ada Officer"), at=AT, progress="Unfinished.")
    query = f"{TOGETHER}?update={row.pk}"
    assertNotContains(lead.get(query), "Unfinished.")
    assertNotContains(lead.post(query, {f"{row.pk}-version": row.version}), "Unfinished.")


def test_sign_offs_together_refuses_what_is_to_be_read_by_itself(lead, month):
    response = together(lead, factories.submitted(update(month), **NEW_DATE))
    assert messages(response) == ["R01 is not signed off. Review it on its own."]
    assert update(month).status == "submitted"


def test_sign_offs_together_reports_what_changed_meanwhile_and_signs_off_the_rest(lead, month):
    first, second = (factories.submitted(update(month, reference)) for reference in ("R01", "R02"))
    reporting.take_back(update=second, version=second.version, by=user("Ada Officer"), at=AT)
    response = together(lead, first, second)
    assert messages(response) == [
        "R02 is not signed off. Someone else changed this while you were working on it. Your text is not lost.",
        "Signed off: R01.",
    ]


def test_sign_offs_together_twice_is_as_once(lead, month):
    rows = [factories.submitted(update(month, reference)) for reference in ("R01", "R02")]
    together(lead, *rows)
    assert messages(together(lead, *rows)) == ["Signed off: R01, R02."]
    assert [update(month, row.reference).version for row in rows] == [row.version + 1 for row in rows]


def test_the_pages_of_the_lead_change_nothing_when_they_are_only_read(lead, month):
    row = factories.submitted(update(month))
    for path in (QUEUE, review(), f"{TOGETHER}?update={row.pk}"):
        lead.get(path)
    assert update(month).version == row.version


def test_the_addresses_of_the_lead_are_as_the_design_says():
    assert reverse("plans:my_sign_offs") == QUEUE
    assert reverse("plans:update_review", args=["thornbury", date(2011, 5, 1), "R01"]) == review()


def test_the_update_itself_leads_its_reviewer_to_the_review(client, month):
    reporting.save_draft(update=update(month), version=0, by=user("Ada Officer"), at=AT, progress="Not ready yet.")
    client.force_login(user("Liam Lead"))
    assertRedirects(client.get("/plans/thornbury/2011-05/R01/"), review())
