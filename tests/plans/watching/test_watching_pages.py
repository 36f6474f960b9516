"""A person saves what the list shows, finds it again, follows it, and reads what changed; nobody else sees it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans import watching
from plans.models import SavedFilter
from tests import factories
from tests.factories import AT, later, user
from tests.hostile.inputs import texts
from tests.hostile.surfaces import TYPED

pytestmark = pytest.mark.django_db
LIST = "/plans/thornbury/recommendations/"
SAVE = "/plans/thornbury/save-filters/"
MINE = "/my/filters/"
APRIL, MAY = "/plans/thornbury/2011-04/watch-list/", "/plans/thornbury/2011-05/watch-list/"


@pytest.fixture
def plan():
    """April and May are published: R01 went from amber to green, R02 stayed amber."""
    plan = factories.plan(2, themes=2)
    for number, rating in ((4, "amber"), (5, "green")):
        month = factories.month(plan, number)
        factories.signed_off(month.updates.get(reference="R01"), rating=rating, progress=f"Done in {number}.")
        factories.signed_off(month.updates.get(reference="R02"), progress=f"Begun in {number}.")
        factories.published(month)
    return plan


@pytest.fixture
def ada(client, plan):
    client.force_login(user())
    return client


def save(plan, name="Mine", by=None, is_followed=False, **asked):
    asked = asked or {"rating": ["amber"]}
    month = plan.months.earliest("month")
    given = {"plan": plan, "month": month, "name": name, "asked": asked, "is_followed": is_followed}
    return watching.save(**given, by=by or user(), at=AT)


def page(client, address):
    return client.get(address).content.decode()


def text(html):
    return " ".join(re.sub("<[^>]+>", " ", html).split())


def test_the_list_leads_to_saving_what_it_shows_and_the_filters_are_found_on_it(ada):
    shown = page(ada, f"{LIST}?rating=amber&theme=2&sort=title&page=1")
    address = f"{SAVE}?rating=amber&amp;theme=2"
    assert f'href="{address}">Save these filters</a>' in shown
    asked = page(ada, address.replace("&amp;", "&"))
    assert "Rating: Amber; Theme: 2 Theme 2" in asked
    response = ada.post(f"{SAVE}?rating=amber&theme=2", {"name": "My theme"}, follow=True)
    assert response.redirect_chain == [(f"{LIST}?rating=amber&theme=2", 302)]
    shown = response.content.decode()
    assert "These filters are saved as “My theme”." in shown
    assert f'href="{LIST}?rating=amber&amp;theme=2" aria-current="true">My theme</a>' in shown
    assert f'href="{LIST}?rating=amber&amp;theme=2">My theme</a>' in page(ada, LIST)


def test_the_list_without_filters_offers_nothing_to_save_and_shows_no_saved_filters(ada):
    shown = page(ada, LIST)
    assert ("Save these filters" in shown, "Your saved filters" in shown) == (False, False)


def test_what_is_kept_of_the_list_for_all_readers_shows_nobodys_filters(ada, client, plan):
    save(plan, "Only Ada’s")
    address = f"{LIST}?rating=amber"
    assert "Only Ada’s" in page(ada, address)
    client.force_login(user("Cass Chair"))
    for _ in range(2):
        assert "Only Ada’s" not in page(client, address)


def test_saved_filters_keep_to_the_month_that_the_list_is_asked_for(ada, plan):
    save(plan)
    assert f'href="{LIST}?rating=amber"' in page(ada, LIST)
    assert f'href="{LIST}?month=2011-04&amp;rating=amber"' in page(ada, f"{LIST}?month=2011-04")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Enter a name."),
        ("MINE", "You already have a saved filter of that name. Enter another name."),
        ("x" * 61, "“Name” must be 60 characters or fewer. You have entered 61."),
    ],
)
def test_what_is_wrong_with_a_name_is_said_beside_it(ada, plan, name, said):
    save(plan)
    shown = ada.post(f"{SAVE}?rating=red", {"name": name}).content.decode()
    assert shown.count(said) == 2  # in the summary and beside the field
    assert f'value="{name}"' in shown or not name
    assert SavedFilter.objects.count() == 1


def test_nothing_can_be_saved_where_no_filter_is_selected(ada):
    assert "No filters are selected" in page(ada, SAVE)
    shown = ada.post(SAVE, {"name": "All"}).content.decode()
    assert "Select at least one filter in the list first, then save it." in shown
    assert SavedFilter.objects.count() == 0


def test_a_filter_is_followed_as_it_is_saved(ada):
    ada.post(f"{SAVE}?rating=red", {"name": "Reds", "is_followed": "on"})
    assert SavedFilter.objects.get().is_followed


def test_the_page_of_saved_filters_shows_ones_own_in_words_by_plan(ada, plan):
    save(plan, "Zebra", rating=["red"], stuck=["yes"])
    save(plan, "alpha", q=["two teams"])
    save(plan, "Olga’s", by=user("Olga Office"))
    shown = page(ada, MINE)
    names = re.findall(r"<h3[^>]*><a[^>]*>([^<]*)</a>", shown)
    assert (names, "Rating: Red; Stuck" in shown, "Words: “two teams”" in shown) == (["alpha", "Zebra"], True, True)
    assert f'href="{LIST}?q=two+teams"' in shown
    assert "What changed in your watch list" not in shown


def test_without_any_the_page_says_how_to_save_one(ada):
    assert "You have not saved any filters yet." in page(ada, MINE)
    assert f'href="{MINE}"' in page(ada, reverse("mail_choices"))


def test_a_filter_is_followed_and_no_longer_by_a_button(ada, plan):
    row = save(plan)
    assert '<button class="app-link-button" name="do" value="follow">Follow<' in page(ada, MINE)
    shown = ada.post(f"{MINE}{row.pk}/follow/", {"do": "follow"}, follow=True).content.decode()
    assert "When a month is published, the e-mail says what changed in “Mine”." in shown
    assert f'href="{MAY}">What changed in your watch list in May 2011</a>' in shown
    assert 'value="stop">Stop following<' in shown
    shown = ada.post(f"{MINE}{row.pk}/follow/", {"do": "stop"}, follow=True).content.decode()
    assert "You no longer follow “Mine”." in shown
    assert not SavedFilter.objects.get().is_followed


def test_a_filter_is_renamed_and_removed(ada, plan):
    row = save(plan)
    assert 'value="Mine"' in page(ada, f"{MINE}{row.pk}/rename/")
    response = ada.post(f"{MINE}{row.pk}/rename/", {"name": "Yours", "version": 0}, follow=True)
    assert "The filter is now called “Yours”." in response.content.decode()
    assert "Remove “Yours”?" in page(ada, f"{MINE}{row.pk}/remove/")
    assert SavedFilter.objects.count() == 1
    assert "“Yours” has been removed." in ada.post(f"{MINE}{row.pk}/remove/", follow=True).content.decode()
    assert SavedFilter.objects.count() == 0


def test_a_name_that_another_window_changed_is_said_so(ada, plan):
    row = save(plan)
    watching.rename(saved=row, name="First", version=0, by=user(), at=AT)
    response = ada.post(f"{MINE}{row.pk}/rename/", {"name": "Second", "version": 0})
    assert "Someone else changed this while you were working on it." in response.content.decode()
    assert 'name="version" value="1"' in response.content.decode()


def test_whatever_is_typed_as_a_name_is_kept_or_refused_and_shown_on_each_page(ada, plan):
    row = save(plan, is_followed=True)
    kept = 0
    for text in texts(*TYPED)[::4]:
        row.refresh_from_db()
        status = ada.post(f"{MINE}{row.pk}/rename/", {"name": text, "version": row.version}).status_code
        assert (text, status) in {(text, 200), (text, 302)}
        kept += status == 302
    assert kept > 20
    assert [ada.get(address).status_code for address in (MINE, MAY, LIST)] == [200, 200, 200]


@pytest.mark.parametrize("what", ["rename", "remove", "follow"])
def test_nobody_comes_to_somebody_elses_filter_nor_to_one_of_a_plan_that_they_no_longer_see(client, plan, what):
    row = save(plan, by=user("Mo Member"))
    for name in ("Ada Officer", "Olga Office", "Stan Stranger"):
        client.force_login(user(name))
        assert client.post(f"{MINE}{row.pk}/{what}/", {"name": "x", "version": 0, "do": "follow"}).status_code == 404
    client.force_login(user("Mo Member"))
    assert client.get(f"{MINE}{row.pk}/{what}/").status_code == (405 if what == "follow" else 200)
    plan.board.seats.filter(user=user("Mo Member")).update(to_on=later(days=-1).date())
    assert client.post(f"{MINE}{row.pk}/{what}/", {"name": "x", "version": 0, "do": "follow"}).status_code == 404
    assert "Mine" not in page(client, MINE)
    assert (SavedFilter.objects.get().name, SavedFilter.objects.get().is_followed) == ("Mine", False)


def test_nobody_saves_filters_of_a_plan_that_they_do_not_see_or_of_a_month_that_is_not_theirs(client, plan):
    factories.month(plan, 6)
    client.force_login(user("Stan Stranger"))
    assert client.post(f"{SAVE}?rating=red", {"name": "x"}).status_code == 404
    client.force_login(user("Cass Chair"))
    assert client.post(f"{SAVE}?rating=red&month=2011-06", {"name": "x"}).status_code == 404
    client.force_login(user("Olga Office"))
    assert client.post(f"{SAVE}?rating=red&month=2011-06", {"name": "x"}).status_code == 302


def test_the_watch_list_says_what_changed_and_no_rating_but_in_the_filters_own_words(ada, plan):
    save(plan, "At risk", is_followed=True)
    save(plan, "Not followed", stuck=["yes"])
    shown = page(ada, MAY)
    told = text(shown)
    assert "At risk Rating: Amber. 1 recommendation of “At risk” in May 2011." in told
    assert "R01 Recommendation 1 Left the list Rating changed New update received" in told
    assert "New update received, nothing else changed: 1 recommendation R02 Recommendation 2" in told
    assert "Not followed" not in told
    assert "#rating-" not in shown
    assert f'href="{LIST}?month=2011-05&amp;rating=amber"' in shown
    assert f'href="{LIST}R02/?from={MAY}#month-2011-05"' in shown
    first = text(page(ada, APRIL))
    assert "No earlier month has been published, so there is nothing to compare." in first
    assert "On the list: 2 recommendations" in first


def test_the_watch_list_of_who_follows_nothing_says_how_to(ada):
    assert "You do not follow any filters of this plan." in page(ada, MAY)


def test_an_open_month_and_one_that_is_not_there_have_no_watch_list(client, plan):
    factories.month(plan, 6)
    client.force_login(user("Olga Office"))
    assert client.get("/plans/thornbury/2011-06/watch-list/").status_code == 404
    assert client.get("/plans/thornbury/2011-01/watch-list/").status_code == 404
    assert client.get(MAY).status_code == 200


def test_a_recommendation_that_was_opened_from_the_watch_list_leads_back(ada, plan):
    save(plan, is_followed=True)
    assert "Back to your watch list" in page(ada, f"{LIST}R02/?from={MAY}")


def test_what_no_longer_exists_is_said_on_each_page(ada, plan):
    theme = factories.ThemeFactory(plan=plan, number=8)
    row = save(plan, is_followed=True)
    row.query = {"rating": ["amber"], "theme": [theme.pk]}
    row.save()
    theme.delete()
    for address in (MINE, MAY):
        assert "no longer in the plan, so it was left out: “Theme”." in page(ada, address)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("address", "expected"), [(LIST, 14), (MINE, 12), (MAY, 18)])
def test_a_page_asks_as_often_however_many_filters_are_saved(ada, plan, number, address, expected):
    for each in range(number):
        save(plan, f"Filter {each}", is_followed=True, theme=[str(1 + each % 2)], rating=["red", "amber"][each % 2 :])
    page(ada, address)
    with CaptureQueriesContext(connection) as asked:
        page(ada, address)
    assert len(asked) == expected


@pytest.mark.parametrize("number", [1, 3])
def test_the_saved_filters_take_as_many_queries_however_many_plans_they_are_of(ada, plan, number):
    plans = [plan, *(factories.plan(slug=slug) for slug in ("aldham", "marlow")[: number - 1])]
    for each in plans[1:]:
        factories.published(factories.month(each))
    for each in plans:
        save(each, f"Amber of {each.slug}", is_followed=True)
    with CaptureQueriesContext(connection) as asked:
        told = page(ada, MINE)
    assert len(asked) == 12
    assert [told.count(f"Amber of {each.slug}</a>") for each in plans] == [1] * number
    assert [f'href="{watched(each)}"' in told for each in plans] == [True] * number


def watched(plan):
    return reverse("plans:month_watched", args=[plan.slug, plan.months.latest("month").month])


def test_the_choices_of_e_mail_say_that_the_month_brings_the_watch_list(ada):
    assert "what changed in your watch list" in text(page(ada, reverse("mail_choices")))
