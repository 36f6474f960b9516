"""What the programme office's pages do with a plan and its months."""

import html
import re
from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Event
from boards.models import Board
from plans import reporting, revisions
from plans.models import Recommendation, ReportingMonth
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db

NOBODY_ELSE = ("Ada Officer", "Liam Lead", "Cass Chair", "Mo Member", "Obi Observer", "Stray Stranger")
DAYS = {"due_on": 20, "sign_off_due_on": 24, "data_as_at": 15}
JUNE = {"month": "2011-06"} | {
    f"{name}_{place}": part for name, day in DAYS.items() for place, part in enumerate((str(day), "6", "2011"))
}


def address(name, number=None, **query):
    place = {"plan": "thornbury"} | ({"month": date(2011, number, 1)} if number else {})
    return reverse(f"plans:{name}", kwargs=place, query=query or None)


def text(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def plan():
    return factories.plan(3)


@pytest.fixture
def month(plan):
    return factories.month(plan)


@pytest.fixture
def office(client):
    client.force_login(user("Olga Office"))
    return client


@pytest.mark.parametrize("is_published", [False, True])
def test_the_offices_pages_are_a_404_to_everyone_else(client, month, is_published):
    if is_published:
        factories.published(month)
    writing = [address("month_open"), address("month_refresh", 5), address("month_publish", 5)]
    for person in NOBODY_ELSE:
        client.force_login(user(person))
        assert client.get(address("month_detail", 5)).status_code == 404
        for place in writing:
            assert client.get(place).status_code == 404
            assert client.post(place, {"is_checked": "on", "seen": "x"} | JUNE).status_code == 404
    assert set(Event.objects.filter(what__startswith="month.").values_list("by__name", flat=True)) == {"Olga Office"}


def test_plan_detail_shows_the_plan_to_everyone_who_sees_it(client, plan, month):
    plan.notice = factories.NoticeFactory(title="Thornbury Notice", ends_on=date(2011, 11, 30))
    plan.save()
    factories.area(plan)
    factories.published(month)
    for person in NOBODY_ELSE[:-1]:
        client.force_login(user(person))
        page = text(client.get(address("plan_detail")))
        for words in (
            "Thornbury Council",
            "It answers the Thornbury Notice.",
            "Its term ended on 30 November 2011. It is awaiting a decision.",
            "1.1 Outcome 1",
            "Liam Lead; deputy: Dina Deputy",
            "A. Area A",
            reverse("boards:dashboard", args=["thornbury", date(2011, 5, 1)]),
            "All 3 recommendations",
        ):
            assert words in page
        assert "Programme office" not in page
        assert address("month_detail", 5) not in page


def test_plan_detail_is_a_404_to_a_stranger(client, plan):
    client.force_login(user("Stray Stranger"))
    assert client.get(address("plan_detail")).status_code == 404


def test_plan_detail_says_nothing_of_an_open_month_to_readers(client, month):
    client.force_login(user("Cass Chair"))
    assert "May 2011" not in text(client.get(address("plan_detail")))


def test_plan_detail_leads_the_office_to_the_open_month_or_to_opening_one(office, month):
    assert "Month console for May 2011" in text(office.get(address("plan_detail")))
    factories.published(month)
    assert address("month_open") in text(office.get(address("plan_detail")))


def test_plan_detail_offers_the_administration_to_staff_only(office, plan):
    link = reverse("admin:plans_plan_change", args=[plan.pk])
    assert link not in text(office.get(address("plan_detail")))
    person = user("Olga Office")
    person.is_staff = True
    person.save()
    assert link in text(office.get(address("plan_detail")))


def test_plan_detail_works_without_a_board_and_without_themes(client):
    plan = factories.plan(0, themes=0)
    Board.objects.get().seats.all().delete()
    Board.objects.get().delete()
    client.force_login(user("Olga Office"))
    page = text(client.get(address("plan_detail")))
    assert "The plan has no themes yet." in page
    assert "No month has been published yet." in page
    assert plan.title in page


def test_month_open_offers_the_next_month_with_the_last_ones_days_moved_on(office, month):
    factories.published(month)
    page = text(office.get(address("month_open")))
    assert '<option value="2011-06" selected>June 2011</option>' in page
    assert "The suggested dates follow those of May 2011." in page
    assert 'name="due_on_0" type="text" inputmode="numeric" value="20"' in page
    assert 'name="sign_off_due_on_0" type="text" inputmode="numeric" value="24"' in page


def test_month_open_shows_the_exact_scope_before_it_opens(office, plan, month):
    factories.area(plan)
    revisions.close(
        recommendation=plan.recommendations.get(reference="R02"),
        closure="withdrawn",
        reason="Done.",
        by=user("Olga Office"),
        at=AT,
    )
    factories.published(month)
    factories.recommendation(plan, 4, lead=factories.post("District Commander"))
    page = text(office.get(address("month_open", **JUNE)))
    for words in (
        "June 2011 asks for 3 updates",
        "Monday 20 June 2011",
        "R04 Recommendation 4 is new",
        "R02 Recommendation 2 is no longer in the plan",
        "District Commander, Thornbury Council",
        "A. Area A, written by the Head of Safeguarding",
    ):
        assert words in page
    assert ReportingMonth.objects.filter(month=date(2011, 6, 1)).count() == 0


def test_month_open_keeps_what_was_chosen_when_it_is_changed(office, month):
    factories.published(month)
    page = text(office.get(address("month_open", change="yes", **JUNE | {"due_on_0": "17"})))
    assert 'name="due_on_0" type="text" inputmode="numeric" value="17"' in page


def test_month_open_opens_the_month(office, month, settings):
    settings.DEMONSTRATION_NOW = factories.later(days=2)
    factories.published(month)
    response = office.post(address("month_open", **JUNE), follow=True)
    assert response.redirect_chain == [(address("month_detail", 6), 302)]
    assert "June 2011 is open, with 3 recommendations." in text(response)
    opened = ReportingMonth.objects.get(month=date(2011, 6, 1))
    assert (opened.due_on, opened.sign_off_due_on, opened.data_as_at, opened.opened_by) == (
        date(2011, 6, 20),
        date(2011, 6, 24),
        date(2011, 6, 15),
        user("Olga Office"),
    )


UNUSUAL = (
    "May 2011 was published today.",
    "The last month is May 2011. The record would have a gap: June 2011.",
    "Updates would be due by 30 April 2011, no later than those of May 2011.",
    "Updates would be due on 30 April 2011, which has passed.",
    "Updates would be due at a weekend, on Saturday 30 April 2011.",
    "The data would be as at 15 June 2011, after the updates are due.",
)


def test_month_open_warns_of_what_is_unusual_and_asks_for_its_confirmation(office, month, settings):
    settings.DEMONSTRATION_NOW = factories.later(hours=2)
    factories.published(month, at=factories.later(hours=1))
    chosen = JUNE | {"month": "2011-07", "due_on_0": "30", "due_on_1": "4"}
    place = address("month_open", **chosen)
    for page in (text(office.get(place)), text(office.post(place)), text(office.post(place, {"is_confirmed": "on"}))):
        for sentence in UNUSUAL:
            assert sentence in page
    assert "Confirm that you have read the warnings" in page
    assert ReportingMonth.objects.count() == 1
    office.post(place, {"is_confirmed": "on", "warned": " ".join(UNUSUAL)})
    assert ReportingMonth.objects.get(month=date(2011, 7, 1)).due_on == date(2011, 4, 30)


def test_month_open_asks_for_no_confirmation_where_nothing_is_unusual(office, month, settings):
    settings.DEMONSTRATION_NOW = factories.later(days=2)
    factories.published(month)
    assert "is_confirmed" not in text(office.get(address("month_open", **JUNE)))


NEW_DATES = {
    "due_on_0": "27",
    "due_on_1": "5",
    "due_on_2": "2011",
    "sign_off_due_on_0": "31",
    "sign_off_due_on_1": "5",
    "sign_off_due_on_2": "2011",
    "data_as_at_0": "15",
    "data_as_at_1": "5",
    "data_as_at_2": "2011",
    "reason": "The Board meets later.",
    "seen": "0",
}


def test_month_dates_changes_the_dates_and_keeps_the_earlier_ones_in_sight(office, month, settings):
    settings.DEMONSTRATION_NOW = factories.later(days=2)
    assert address("month_dates", 5) in text(office.get(address("month_detail", 5)))
    response = office.post(address("month_dates", 5), NEW_DATES, follow=True)
    assert response.redirect_chain == [(address("month_detail", 5), 302)]
    said = "Updates due: 20 May 2011, changed to 27 May 2011 by Olga Office on 3 May 2011."
    assert said in text(response)
    factories.published(month)
    places = (address("month_detail", 5), reverse("boards:dashboard", args=["thornbury", date(2011, 5, 1)]))
    for place in places:
        assert said in text(office.get(place))
        assert "The Board meets later." in text(office.get(place))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reason": ""}, "Enter a reason for changing the dates."),
        ({"due_on_0": "99"}, "99 5 2011 is not a date"),
        ({"sign_off_due_on_0": "26"}, "Sign-off cannot be due before the updates are."),
        ({"due_on_0": "20", "sign_off_due_on_0": "24"}, "Change at least one of the dates."),
        ({"due_on_0": "28"}, "Updates would be due at a weekend, on Saturday 28 May 2011."),
        ({"due_on_0": "2"}, "Updates would be due on 2 May 2011, which has passed."),
        ({"seen": "7"}, "Someone else changed this while you were working on it."),
        ({"seen": ""}, "This page is out of date."),
    ],
)
def test_month_dates_says_what_is_wrong_and_keeps_what_was_typed(office, month, settings, changed, sentence):
    settings.DEMONSTRATION_NOW = factories.later(days=2)
    page = text(office.post(address("month_dates", 5), NEW_DATES | changed))
    assert sentence in page
    assert "changed" in changed or changed.get("reason") == "" or "The Board meets later." in page
    month.refresh_from_db()
    assert month.due_on == date(2011, 5, 20)


def test_month_dates_takes_a_confirmed_weekend(office, month, settings):
    settings.DEMONSTRATION_NOW = factories.later(days=2)
    saturday = NEW_DATES | {"due_on_0": "28"}
    form = office.post(address("month_dates", 5), saturday).context["form"]
    given = saturday | {"is_confirmed": "on", "warned": form["warned"].value()}
    assert office.post(address("month_dates", 5), given).status_code == 302
    month.refresh_from_db()
    assert month.due_on == date(2011, 5, 28)


def test_month_dates_of_a_published_month_says_so_and_gives_back_what_was_typed(office, month, settings):
    settings.DEMONSTRATION_NOW = factories.later(days=2)
    factories.published(month)
    assert office.get(address("month_dates", 5)).url == address("month_detail", 5)
    page = text(office.post(address("month_dates", 5), NEW_DATES))
    assert "May 2011 has been published" in page
    assert "The Board meets later." in page


def test_month_discard_says_what_would_be_lost_and_whose_it_is(office, month):
    reporting.save_draft(update=month.updates.first(), version=0, by=user(), at=AT, progress="Begun.")
    reporting.write_commentary(month=month, version=0, text="Well.", by=user("Olga Office"), at=AT)
    page = office.get(address("month_discard", 5))
    for words in ("R01 Recommendation 1: Ada Officer, last saved on 1 May 2011, 9:00am", "The overall commentary"):
        assert words in text(page)
    assert "Begun." not in text(page)
    seen = page.context["loss"].seen
    assert "Say why you are discarding the month." in text(office.post(address("month_discard", 5), {"seen": seen}))
    stale = office.post(address("month_discard", 5), {"seen": "x", "reason": "The wrong month."})
    assert "May 2011 has changed since you opened this page." in text(stale)
    assert ReportingMonth.objects.exists()
    response = office.post(address("month_discard", 5), {"seen": seen, "reason": "The wrong month."}, follow=True)
    assert response.redirect_chain == [(address("plan_detail"), 302)]
    assert "May 2011 has been discarded. You can open it again." in text(response)
    assert not ReportingMonth.objects.exists()
    assert "Month discarded" in text(office.get(address("trail_list")))


def test_month_discard_says_why_it_cannot_be(office, month):
    factories.submitted(month.updates.first())
    assert "has submitted updates: R01" in text(office.get(address("month_discard", 5)))
    factories.published(month)
    assert office.get(address("month_discard", 5)).url == address("month_detail", 5)


def test_an_officer_who_saves_in_a_discarded_month_gets_the_text_back(client, month):
    reporting.discard_month(month=month, reason="The wrong month.", by=user("Olga Office"), at=AT)
    client.force_login(user())
    place = reverse("plans:update_edit", args=["thornbury", date(2011, 5, 1), "R01"])
    typed = {"version": "0", "progress": "Two teams were trained."}
    response = client.post(place, typed, headers={"origin": "http://testserver"})
    assert response.status_code == 404
    assert "Two teams were trained." in text(response)


def test_month_open_goes_to_the_open_month_where_there_is_one(office, month):
    for response in (office.get(address("month_open")), office.post(address("month_open", **JUNE))):
        assert (response.status_code, response.url) == (302, address("month_detail", 5))
    assert ReportingMonth.objects.count() == 1


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"month": "2011-05"}, "Select one of the options."),
        ({"month": "x\0"}, "Select one of the options."),
        ({"due_on_0": "31"}, "31 6 2011 is not a date. Enter one, such as"),
        ({"due_on_2": ""}, "enter a date that includes a year"),
        ({"sign_off_due_on_0": "19"}, "Sign-off cannot be due before the updates are."),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_month_open_says_beside_the_field_what_is_wrong(office, month, chosen, sentence, method):
    factories.published(month)
    response = getattr(office, method)(address("month_open", **JUNE | chosen))
    assert response.status_code == 200
    page = text(response)
    assert page.count(sentence) == 2
    assert "<title>Error: Open a month" in page
    assert ReportingMonth.objects.count() == 1


def test_month_detail_shows_where_the_updates_stand_and_whom_to_chase(office, plan, month):
    rows = list(month.updates.all())
    factories.submitted(rows[0])
    page = text(office.get(address("month_detail", 5)))
    for words in (
        "Friday 20 May 2011",
        "e-mail Ada Officer; deputy: Dev Deputy",
        "mailto:ada.officer@thornbury.example?cc=dev.deputy%40thornbury.example&amp;subject=May%202011",
        "R02 Recommendation 2: not started",
        "e-mail Liam Lead; deputy: Dina Deputy",
        "R01 Recommendation 1: submitted",
        "Check and publish May 2011",
    ):
        assert words in page


@pytest.mark.parametrize("name", ["plan_detail", "month_detail", "month_publish"])
def test_every_number_leads_to_the_list_of_exactly_as_many_recommendations(office, name):
    plan = factories.plan(3, themes=2)
    Recommendation.objects.filter(reference="R02").update(lead_post=factories.post("District Commander"))
    month = factories.month(plan)
    factories.signed_off(month.updates.get(reference="R01"), rating="green")
    factories.submitted(month.updates.get(reference="R02"), by=user("Olga Office"), rating="red")
    response = office.get(address(name, None if name == "plan_detail" else 5))
    numbers = re.findall(r'href="([^"]*/recommendations/[^"]*)">(?:All )?(\d+)', response.content.decode())
    assert len(numbers) >= 3
    for link, number in numbers:
        assert len(office.get(html.unescape(link)).context["table"].rows) == int(number)


def test_month_detail_offers_to_enter_for_a_post_without_an_account(office, plan):
    Recommendation.objects.filter(reference="R02").update(lead_post=factories.post("District Commander"))
    factories.month(plan)
    page = text(office.get(address("month_detail", 5)))
    assert "No account: you enter for this post." in page
    link = reverse("plans:update_edit", args=["thornbury", date(2011, 5, 1), "R02"])
    assert f'<a class="govuk-link" href="{link}">Enter R02 Recommendation 2 for this post</a>' in page


def test_month_detail_of_a_published_month_says_by_whom_and_offers_corrections(office, month):
    factories.submitted(month.updates.first())
    factories.published(month)
    month.refresh_from_db()
    page = text(office.get(address("month_detail", 5)))
    for words in (
        "Published on 1 May 2011 at 9:00am by Olga Office",
        month.digest,
        reverse("boards:dashboard", args=["thornbury", date(2011, 5, 1)]),
        reverse("plans:update_correct", args=["thornbury", date(2011, 5, 1), "R01"]),
        "Not signed off",
        "Enter an update received after publication",
        address("month_open"),
    ):
        assert words in page
    assert "mailto:" not in page


def test_month_detail_offers_the_next_month_from_the_last_one_only(office, plan, month):
    factories.published(month)
    factories.month(plan, 6)
    assert address("month_open") not in text(office.get(address("month_detail", 5)))


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("is_published", [False, True])
def test_month_detail_takes_a_constant_number_of_queries(office, number, is_published, django_assert_max_num_queries):
    plan = factories.plan(number, themes=number)
    for letter in "ABC"[:number]:
        factories.area(plan, letter)
    month = factories.month(plan)
    factories.submitted(month.updates.first())
    if is_published:
        factories.published(month)
    with django_assert_max_num_queries(13):
        office.get(address("month_detail", 5))


def test_month_refresh_shows_first_what_it_would_do_and_then_does_it(office, plan, month):
    factories.recommendation(plan, 4)
    assert "Refresh the scope" in text(office.get(address("month_detail", 5)))
    assert "R04 Recommendation 4" in text(office.get(address("month_refresh", 5)))
    assert month.updates.count() == 3
    response = office.post(address("month_refresh", 5), follow=True)
    assert "The scope is up to date: 1 added, 0 removed." in text(response)
    assert month.updates.count() == 4
    assert "The scope is up to date." in text(office.get(address("month_refresh", 5)))


def test_month_refresh_of_a_published_month_goes_to_its_console(office, plan, month):
    factories.published(month)
    factories.recommendation(plan, 4)
    for response in (office.get(address("month_refresh", 5)), office.post(address("month_refresh", 5))):
        assert (response.status_code, response.url) == (302, address("month_detail", 5))
    assert month.updates.count() == 3


def test_month_publish_shows_exactly_what_freezes(office, plan, month):
    factories.area(plan)
    reporting.refresh_scope(month=month, by=user("Olga Office"), at=AT)
    rows = list(month.updates.all())
    factories.signed_off(rows[0], rating="green")
    factories.submitted(rows[1])
    page = text(office.get(address("month_publish", 5)))
    for words in (
        "Counted with their rating, and marked as not signed off (1)",
        "Counted as no update received (1)",
        "R03 Recommendation 3",
        "There is no overall commentary.",
        "There is no update on A. Area A.",
        "Everyone with a seat on the Thornbury Improvement Board",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (11, None),
        (
            12,
            "Updates are due by Tuesday 20 December 2011, sign-off by Saturday 24 December 2011. "
            "These days have not passed.",
        ),
    ],
)
def test_month_publish_warns_of_a_deadline_that_has_not_passed(office, plan, number, sentence):
    factories.month(plan, number)
    page = text(office.get(address("month_publish", number)))
    assert ("not passed." in page) == bool(sentence)
    assert sentence is None or sentence in page


def test_month_publish_warns_of_the_day_of_sign_off_alone_once_updates_were_due(office, plan, settings):
    settings.DEMONSTRATION_NOW = factories.later(days=21)
    factories.month(plan, 5)
    page = text(office.get(address("month_publish", 5)))
    assert "Sign-off is due by Tuesday 24 May 2011. That day has not passed." in page


def publish(office, **changes):
    seen = reporting.freezing(ReportingMonth.objects.get())
    return office.post(address("month_publish", 5), {"seen": seen, "is_checked": "on"} | changes, follow=True)


def test_month_publish_publishes_and_goes_to_the_dashboard(office, month):
    response = publish(office)
    assert response.redirect_chain == [(reverse("boards:dashboard", args=["thornbury", date(2011, 5, 1)]), 302)]
    month.refresh_from_db()
    assert (month.is_published, month.published_by) == (True, user("Olga Office"))


def test_month_publish_goes_to_the_console_of_a_plan_without_a_board(office, month):
    Board.objects.get().seats.all().delete()
    Board.objects.get().delete()
    response = publish(office)
    assert response.redirect_chain == [(address("month_detail", 5), 302)]
    assert "May 2011 has been published." in text(response)


def test_month_publish_counts_a_double_click_once(office, month):
    publish(office)
    response = publish(office)
    assert response.redirect_chain == [(reverse("boards:dashboard", args=["thornbury", date(2011, 5, 1)]), 302)]
    assert Event.objects.filter(what="month.published").count() == 1


def test_month_publish_asks_for_the_confirmation(office, month):
    response = publish(office, is_checked="")
    assert text(response).count("Confirm that you have checked this page.") == 2
    month.refresh_from_db()
    assert not month.is_published


def test_month_publish_refuses_what_changed_meanwhile(office, month):
    seen = reporting.freezing(month)
    factories.submitted(month.updates.first())
    response = publish(office, seen=seen)
    assert response.redirect_chain == [(address("month_publish", 5), 302)]
    assert "May 2011 has changed since you checked it." in text(response)
    month.refresh_from_db()
    assert not month.is_published


def test_month_publish_of_a_published_month_goes_to_its_console(office, month):
    factories.published(month)
    response = office.get(address("month_publish", 5))
    assert (response.status_code, response.url) == (302, address("month_detail", 5))


@pytest.mark.parametrize("path", ["2011-13/", "0000-01/", "2011-07/", "2011-07/publish/", "2011-05/areas/%00/"])
def test_a_month_that_cannot_be_is_a_404(office, month, path):
    assert office.get(f"{address('plan_detail')}{path}").status_code == 404
