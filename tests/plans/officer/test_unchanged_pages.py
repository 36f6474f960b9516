"""Several updates with nothing new, submitted on one page."""

from datetime import date

import pytest

from plans import reporting
from plans.models import ReportingMonth
from plans.officer import unchanged
from tests import factories
from tests.plans.officer.pages import drafted, signed_in, text

PAGE = "/my/updates/unchanged/"


def reported_and_open(plan, **answers):
    """Return the plan's open December, after a November in which everything was received."""
    november = factories.month(plan, 11)
    for update in november.updates.all():
        factories.signed_off(update, **answers)
    factories.published(november)
    return factories.month(plan, 12)


@pytest.fixture
def december(plan):
    return reported_and_open(plan)


def posted(rows, **reasons):
    """Return what the page posts of `rows`, of which those in `reasons`, by reference, are selected."""
    told = {f"u{row.pk}-version": row.version for row in rows}
    for row in rows:
        if reason := reasons.get(row.reference):
            told |= {f"u{row.pk}-is_chosen": "on", f"u{row.pk}-reason": reason}
    return told


def rows_of(month):
    return list(month.updates.order_by("reference"))


def statuses(month):
    return list(month.updates.order_by("reference").values_list("status", flat=True))


def shown(response):
    return [item.update.reference for item, *_ in response.context["items"]]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("answers", "queries"), [({}, 8), ({"rating": "green"}, 9)])
def test_updates_unchanged_takes_as_many_queries_for_one_as_for_three(
    client, db, number, answers, queries, django_assert_num_queries
):
    reported_and_open(factories.plan(number), **answers)
    signed_in(client)
    with django_assert_num_queries(queries):
        response = client.get(PAGE)
    assert len(shown(response)) == number


def test_updates_unchanged_shows_what_was_received_last_and_when(ada, december):
    page = text(ada.get(PAGE))
    assert "Two teams were trained." in page
    assert "November 2011. Submitted by Ada Officer on 1 May 2011" in page
    assert page.count("Why has nothing changed?") == 3


def test_updates_unchanged_submits_each_that_is_selected(ada, december):
    rows = rows_of(december)
    response = ada.post(PAGE, posted(rows, R01="Still vacant.", R03="On hold."))
    assert response.url == "/my/updates/"
    assert "Submitted unchanged: R01, R03." in text(ada.get(response.url))
    assert statuses(december) == ["submitted", "awaited", "submitted"]
    reasons = december.updates.order_by("reference").values_list("unchanged_reason", flat=True)
    assert list(reasons) == ["Still vacant.", "", "On hold."]


def test_updates_unchanged_keeps_what_is_refused_beside_its_row_and_submits_the_rest(ada, december):
    rows = rows_of(december)
    told = posted(rows, R01="Still vacant.", R02="x") | {
        f"u{rows[1].pk}-reason": " ",
        f"u{rows[2].pk}-reason": "Typed.",
    }
    response = ada.post(PAGE, told)
    assert "Submitted unchanged: R01." in text(response)
    assert shown(response) == ["R02", "R03"]
    assert response.context["error_links"] == [
        ("R02: Say why nothing has changed.", f"id_u{rows[1].pk}-reason"),
        ("R03: Select this update to submit it, or clear its reason.", f"id_u{rows[2].pk}-is_chosen"),
    ]
    assert "Typed.</textarea>" in text(response)
    assert statuses(december) == ["submitted", "awaited", "awaited"]


def test_updates_unchanged_keeps_every_reason_where_another_is_refused(ada, december):
    """R02 was begun by somebody else meanwhile: its reason is still on the page, and so is that of R03."""
    rows = rows_of(december)
    drafted(rows[1], "Dev Deputy", progress="Dev's text.")
    told = posted(rows, R01="Still vacant.", R02="Nothing to add.") | {f"u{rows[2].pk}-reason": "Not selected."}
    response = ada.post(PAGE, told)
    assert "Someone has started this update." in text(response)
    assert "Nothing to add.</textarea>" in text(response)
    assert "Not selected.</textarea>" in text(response)
    assert statuses(december) == ["submitted", "draft", "awaited"]
    assert december.updates.get(reference="R02").progress == "Dev's text."


def test_updates_unchanged_says_beside_each_row_what_its_reason_must_explain(ada, plan):
    december = reported_and_open(plan, direction="improving")
    page = text(ada.get(PAGE))
    asked = "Your reason must explain this too: You chose “Improving”, but the progress says nothing"
    assert page.count(asked) == 3
    assert ada.post(PAGE, posted(rows_of(december), R01="Waits are shorter.")).url == "/my/updates/"
    assert [item["reason"] for item in december.updates.get(reference="R01").contradictions] == ["Waits are shorter."]


def test_updates_unchanged_asks_again_where_a_reason_is_confirmed_that_was_never_given(ada, plan):
    row, *_ = rows_of(reported_and_open(plan, direction="improving"))
    told = posted([row], R01="Waits are shorter.") | {f"u{row.pk}-improving-with-nothing-new-holds": "on"}
    response = ada.post(PAGE, told)
    assert [target for _, target in response.context["error_links"]] == [f"id_u{row.pk}-reason"]
    assert "Explain this: You chose “Improving”" in text(response)


def test_updates_unchanged_offers_the_reason_that_was_given_last_month(ada, plan):
    row = rows_of(reported_and_open(plan, green_by=date(2011, 4, 1), override_reasons={"green-by-passed": "Hiring."}))[
        0
    ]
    page = text(ada.get(PAGE))
    assert "The reason given for November 2011 still applies" in page
    assert "“Hiring.”</div>" in page
    told = posted([row], R01="Still vacant.") | {f"u{row.pk}-green-by-passed-holds": "on"}
    assert ada.post(PAGE, told).url == "/my/updates/"
    row.refresh_from_db()
    assert [(item["reason"], item["confirmed"]) for item in row.contradictions] == [("Hiring.", "November 2011")]


def test_updates_unchanged_leaves_out_what_was_begun_and_what_was_never_reported(ada, plan, december):
    drafted(december.updates.get(reference="R02"))
    factories.recommendation(plan, 4)
    reporting.refresh_scope(month=december, by=factories.user("Olga Office"), at=factories.AT)
    assert shown(ada.get(PAGE)) == ["R01", "R03"]


def test_updates_unchanged_says_which_answers_can_no_longer_be_submitted(ada, plan, december):
    """The plan had offered Amber in November, and does not any more."""
    ReportingMonth.objects.filter(pk=december.pk).update(wording={"green": "On track."})
    rows = rows_of(december)
    page = text(ada.get(PAGE))
    assert page.count("These answers cannot be submitted again: The plan does not offer this rating.") == 3
    assert "Why has nothing changed?" not in page
    response = ada.post(PAGE, posted(rows, R01="Still vacant."))
    assert "The plan does not offer this rating. Write a new update on its own page." in text(response)
    assert statuses(december) == ["awaited"] * 3


def test_updates_unchanged_asks_to_select_one(ada, december):
    response = ada.post(PAGE, posted(rows_of(december)))
    assert "Select at least one update to submit." in text(response)
    assert shown(response) == ["R01", "R02", "R03"]


def test_updates_unchanged_twice_is_as_once(ada, december):
    told = posted(rows_of(december), R01="Still vacant.")
    for _ in range(2):
        assert ada.post(PAGE, told).url == "/my/updates/"
    assert december.updates.get(reference="R01").version == 1


def test_updates_unchanged_says_that_the_month_was_published_and_keeps_the_reasons(ada, december):
    rows = rows_of(december)
    factories.published(december)
    response = ada.post(PAGE, posted(rows, R01="Still vacant."))
    assert "December 2011 has been published and can no longer be changed." in text(response)
    assert "Still vacant.</textarea>" in text(response)


def test_updates_unchanged_gives_back_what_was_typed_on_an_update_that_is_no_longer_there(ada, december):
    row = rows_of(december)[0]
    told = posted([row], R01="The post of the manager is still vacant.")
    reporting.discard_month(
        month=december, reason="The wrong month.", by=factories.user("Olga Office"), at=factories.AT
    )
    response = ada.post(PAGE, told, headers={"Origin": "http://testserver"})
    assert response.status_code == 404
    assert "The post of the manager is still vacant.</textarea>" in text(response)


@pytest.mark.parametrize("name", ["Liam Lead", "Oz Other", "Olga Office"])
def test_updates_unchanged_takes_nothing_from_whoever_does_not_lead_it(client, december, name):
    response = signed_in(client, name).post(PAGE, posted(rows_of(december), R01="Still vacant."))
    assert response.status_code == 404
    assert statuses(december) == ["awaited"] * 3


def test_updates_unchanged_tells_a_deputy_whom_they_act_for(client, december):
    client = signed_in(client, "Dev Deputy")
    assert text(client.get(PAGE)).count("You are acting for the Head of Safeguarding (Ada Officer)") == 3
    client.post(PAGE, posted(rows_of(december), R01="Still vacant."))
    assert december.updates.get(reference="R01").entered_for == "Head of Safeguarding (Ada Officer)"


def test_updates_unchanged_asks_of_each_that_it_names_no_child(ada, december):
    row = rows_of(december)[0]
    response = ada.post(PAGE, posted([row], R01="Child B, DOB 3/4/2005, is in care."))
    assert {target for _, target in response.context["error_links"]} == {f"id_u{row.pk}-reason"}
    assert statuses(december)[0] == "awaited"


def test_updates_unchanged_is_shown_in_pages(ada, december, monkeypatch):
    monkeypatch.setattr(unchanged, "PER_PAGE", 2)
    assert [shown(ada.get(f"{PAGE}?page={number}")) for number in (1, 2, 3, "x")] == [
        ["R01", "R02"],
        ["R03"],
        ["R03"],
        ["R01", "R02"],
    ]
    assert ada.post(f"{PAGE}?page=2", posted(rows_of(december)[2:], R03="On hold.")).url == "/my/updates/"
    assert statuses(december) == ["awaited", "awaited", "submitted"]


def test_my_updates_leads_to_the_page_of_unchanged_updates_where_there_are_any(ada, plan):
    first = factories.month(plan, 11)
    assert PAGE not in text(ada.get("/my/updates/"))
    factories.submitted(first.updates.get(reference="R01"))
    factories.published(first)
    december = factories.month(plan, 12)
    assert f'href="{PAGE}"' in text(ada.get("/my/updates/"))
    drafted(december.updates.get(reference="R01"))
    assert PAGE not in text(ada.get("/my/updates/"))


def test_updates_unchanged_says_what_would_be_there(ada, month):
    assert "You have no updates to submit unchanged." in text(ada.get(PAGE))
