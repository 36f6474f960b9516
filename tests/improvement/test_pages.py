"""The base page and the pages that are shown when something is wrong."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertInHTML, assertNotContains

from accounts.models import User
from tests import factories


@pytest.fixture
def officer(client, db):
    user = factories.user("Ada Officer")
    client.force_login(user)
    return user


def test_the_pages_of_errors_need_neither_person_nor_database():
    for name in ("400.html", "403_csrf.html", "500.html"):
        html = render_to_string(name)
        assert "<h1" in html
        assert "home page" in html


def test_a_page_that_is_not_there_says_so_to_anybody(client, db):
    page = client.get("/no-such-page/")
    assertContains(page, "Page not found", status_code=404)
    assertNotContains(page, "Sign out", status_code=404)


def test_a_form_that_is_too_old_says_that_nothing_was_saved(db):
    page = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "a"})
    assertContains(page, "This page has expired", status_code=403)


def test_the_clock_of_the_demonstration_is_stated(client, officer, settings):
    settings.DEMONSTRATION = True
    settings.DEMONSTRATION_NOW = datetime(2011, 12, 9, 9, 0, tzinfo=ZoneInfo("Europe/London"))
    assertContains(client.get(reverse("account_logout")), "The date is fixed at 9 December 2011, 9:00am.")
    settings.DEMONSTRATION = False
    assertNotContains(client.get(reverse("account_logout")), "The date is fixed")


def test_the_demonstration_lists_its_sources_for_whoever_is_signed_in(client, officer, settings):
    settings.DEMONSTRATION = True
    page = client.get(reverse("source_list"))
    assertContains(page, f'href="{reverse("source_list")}"')
    assert [source["number"] for source in page.context["sources"]] == ["000", "001", "002", "003", "004"]
    settings.DEMONSTRATION = False
    assert client.get(reverse("source_list")).status_code == 404
    client.logout()
    settings.DEMONSTRATION = True
    assert client.get(reverse("source_list")).status_code == 302


def test_the_accessibility_statement_names_who_runs_the_site_and_how_to_reach_them(client, db, settings):
    settings.DEMONSTRATION = False
    settings.ORGANISATION = "Thornbury Council"
    settings.ACCESSIBILITY_EMAIL, settings.ACCESSIBILITY_PHONE = "access@thornbury.example", "01632 960000"
    page = client.get(reverse("accessibility_statement"))
    assertContains(page, "This website is run by Thornbury Council.")
    assertContains(page, 'href="mailto:access@thornbury.example"')
    assertContains(page, "call 01632 960000")
    assertNotContains(page, "This is a demonstration")


def test_the_accessibility_statement_of_the_demonstration_says_that_nobody_answers_for_it(client, db):
    page = client.get(reverse("accessibility_statement"))
    assertContains(page, "This is a demonstration. It is not run by a public body.")
    assertContains(page, "ask your programme office")


# The headings that the model statement asks for, in its order.
STATED = [
    "How accessible this website is",
    "Feedback and contact information",
    "Reporting accessibility problems with this website",
    "Enforcement procedure",
    "Technical information about this website’s accessibility",
    "Compliance status",
    "Non-accessible content",
    "Non-compliance with the accessibility regulations",
    "Disproportionate burden",
    "Content that’s not within the scope of the accessibility regulations",
    "What we’re doing to improve accessibility",
    "Preparation of this accessibility statement",
]


def test_the_accessibility_statement_has_the_form_that_the_regulations_require(client, db):
    html = client.get(reverse("accessibility_statement")).content.decode()
    assert re.findall(r"<h[23][^>]*>([^<]+)</h[23]>", html) == STATED


def test_every_page_leads_to_the_accessibility_statement(client, db):
    address = reverse("accessibility_statement")
    for page in (client.get(reverse("account_login")), client.get("/no-such-page/")):
        assert f'href="{address}"' in page.content.decode()


def test_a_page_holds_no_inline_script_or_style(client, officer):
    html = client.get(reverse("account_logout")).content.decode()
    assert "<h1" in html
    assert "<style" not in html
    assert "style=" not in html
    assert html.count("<script") == html.count("<script src=") + html.count("<script defer src=")


def test_the_administration_is_offered_to_staff_only(client, officer):
    assertNotContains(client.get(reverse("account_logout")), "Administration")
    User.objects.update(is_staff=True)
    assertContains(client.get(reverse("account_logout")), 'href="/admin/"')


@pytest.mark.parametrize("rating", ["red", "amber", "green", "complete"])
def test_a_rating_is_a_word_and_a_shape(rating):
    html = render_to_string("_rating.html", {"rating": rating, "label": rating.capitalize()})
    assertInHTML(f"<span>{rating.capitalize()}</span>", html)
    assert f'<use href="#rating-{rating}"/>' in html
    shapes = render_to_string("_rating_shapes.html")
    assert f'<symbol id="rating-{rating}"' in shapes
    assert f">{rating[0].upper()}</text>" in shapes


def test_no_rating_is_said_in_words():
    html = render_to_string("_rating.html", {"rating": "", "label": ""})
    assertInHTML("<span>No update received</span>", html)
    assert '<use href="#rating-none"/>' in html


def test_a_compact_rating_keeps_its_word_for_screen_readers():
    html = render_to_string("_rating.html", {"rating": "red", "label": "Red", "compact": True})
    assertInHTML('<span class="govuk-visually-hidden">Red</span>', html)


@pytest.mark.parametrize("status", ["awaited", "draft", "submitted", "returned", "signed_off", "carried"])
def test_every_status_of_an_update_has_its_tag(status):
    assert 'class="govuk-tag' in render_to_string("_status.html", {"status": status})


def test_a_caveat_is_drawn_where_there_is_one():
    assert render_to_string("_caveat.html", {"text": ""}).strip() == ""
    assertInHTML('<p class="app-caveat">Invented.</p>', render_to_string("_caveat.html", {"text": "Invented."}))


def test_a_visitor_and_the_administration_are_told_what_is_illustrative(client, db, settings):
    plan = factories.plan(1)
    plan.caveat = "Illustrative, all of it."
    plan.save()
    settings.DEMONSTRATION = False
    assertNotContains(client.get(reverse("account_login")), plan.caveat)
    settings.DEMONSTRATION = True
    assertContains(client.get(reverse("account_login")), plan.caveat)
    client.force_login(User.objects.create(email="root@council.example", is_staff=True, is_superuser=True))
    assertContains(client.get(reverse("admin:index")), plan.caveat)


def test_a_page_that_holds_nothing_yet_says_what_is_illustrative(client, db):
    plan = factories.plan(1)
    plan.caveat = "Illustrative, all of it."
    plan.save()
    client.force_login(plan.recommendations.get().lead_post.holder)
    for name in ("plans:my_updates", "plans:updates_check"):
        assertContains(client.get(reverse(name)), plan.caveat, count=1)


def test_a_corrected_rating_has_its_letter_and_shape_wherever_it_stands():
    """Where it is said by a word alone, that is for screen readers, beside a sign: in the grid, `i + b` is unseen."""
    bare = re.compile(r"corrected to \{\{|Corrected since[^<]*\{\{ *\w+\.corrected_word *\}\}")
    found = {
        file.name: line.strip()
        for file in settings.BASE_DIR.glob("templates/**/*.html")
        for line in file.read_text().splitlines()
        if bare.search(line.replace("</i>{% if cell.corrected %}<b>, corrected to {{ cell.corrected }}</b>", ""))
    }
    assert found == {}
