"""The month of a lead officer with nine recommendations, and of the lead who signs them off, on a phone.

A tap is a press of a button, a link, a box or a field that is to be typed in. Every journey prints what it cost.
"""

import pytest

from tests import factories, once
from tests.browser import flaws
from tests.journeys.test_counted_journeys import statuses, told
from tests.walks import Walk

__all__ = ["told"]
pytestmark = [pytest.mark.browser, once.LOOKS]

PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
NEW, UNCHANGED = ["R01", "R03", "R05", "R08"], ["R02", "R04", "R06", "R07", "R09"]
WORDS = {
    "progress": "Two more teams were trained, and the ward has visited every family that waited.",
    "impact": "Families are seen in five days instead of nine. None has waited since the first of the month.",
    "next_steps": "The last team is trained in January, and the visits are checked in February.",
}
REASON = "The new manager starts in January."


# What a finger is to hit is 24 pixels high and wide, itself or with all that is its own around it.
TOO_SMALL = """() => {
    const size = element => element.getBoundingClientRect();
    const isSmall = element => size(element).height < 24 || size(element).width < 24;
    const targets = "a[href], button, summary, select, input:not([type=hidden]), textarea";
    const isAlone = element => element.parentElement.querySelectorAll(targets).length === 1;
    return [...document.querySelectorAll("header, nav, main")]
        .flatMap(part => [...part.querySelectorAll(targets)])
        .filter(element => element.checkVisibility() && !element.closest(".govuk-visually-hidden"))
        .filter(element => isSmall(element) && !(isAlone(element) && !isSmall(element.parentElement)))
        .map(element => element.innerText || element.name);
}"""
# What stays where it is while the page is scrolled, and could lie above a field.
STUCK = """() => [...document.querySelectorAll("body *")]
    .filter(element => ["sticky", "fixed"].includes(getComputedStyle(element).position))
    .filter(element => element.getBoundingClientRect().height > 0).map(element => element.className)"""
HEIGHT = "document.documentElement.scrollHeight"


class Phone(Walk):
    """A walk with a finger: a field is tapped before it is typed in, and each page is looked at."""

    def type(self, selector, text):
        self.clicks += 1
        super().type(selector, text)

    def look(self):
        """Return what would get in the way of a finger here."""
        return flaws(self.page) + self.page.evaluate(TOO_SMALL) + self.page.evaluate(STUCK)

    def top(self, selector):
        """Return how far down the page something begins."""
        return self.page.locator(selector).first.evaluate("field => field.getBoundingClientRect().top + scrollY")


@pytest.fixture
def december(transactional_db):
    """The open December of a plan with nine recommendations, all of which were received in November."""
    plan = factories.plan(9)
    november = factories.month(plan, 11)
    for update in november.updates.all():
        factories.signed_off(update)
    factories.published(november)
    return factories.month(plan, 12)


def sign_in(site, name):
    walk = Phone(site.open("/", **PHONE))
    walk.type("[name=login]", factories.user(name).email)
    walk.type("[name=password]", "three random words")
    walk.follow("main button")
    walk.pages, walk.typed = 2, 0  # the sign-in page is one too; the password is in the phone
    return walk


def test_a_month_of_nine_recommendations(site, december, told):
    walk = sign_in(site, "Ada Officer")
    assert walk.look() == []
    walk.follow("a[href='/my/updates/unchanged/']")
    assert walk.look() == []
    assert walk.top("[type=checkbox]") < PHONE["height"]
    for update in december.updates.filter(reference__in=UNCHANGED):
        walk.tick(f"[name=u{update.pk}-is_chosen]")
        walk.type(f"[name=u{update.pk}-reason]", REASON)
    walk.follow("main form button")
    walk.follow("a[href$='/2011-12/R01/']")
    for number, reference in enumerate(NEW):
        assert walk.path.endswith(f"/{reference}/")
        # Beneath the words that the one before was submitted it begins lower, and still on the first screen.
        assert walk.top("[name=rating]") < (PHONE["height"] - 100 if number else 600)
        walk.tick("[name=rating][value=green]")
        walk.tick("[name=direction][value=improving]")
        for name, words in WORDS.items():
            walk.type(f"[name={name}]", words)
        assert number or walk.look() == []
        walk.follow("button[name=next][value=submit]")
    assert "R08 has been submitted." in walk.text()
    assert statuses(december) == ["submitted"] * 9
    told(walk)
    assert (walk.pages, walk.clicks, walk.typed) == (9, 40, 1162), walk.cost


def test_an_error_leads_to_its_field_and_nothing_typed_is_lost(site, december):
    walk = sign_in(site, "Ada Officer")
    walk.follow("a[href$='/2011-12/R01/']")
    walk.tick("[name=rating][value=amber]")
    walk.type("[name=progress]", WORDS["progress"])
    walk.date("green_by", 31, 13, 2012)
    walk.follow(".govuk-button[name=next][value=submit]")
    assert walk.page.evaluate("scrollY") == 0
    walk.page.click(".govuk-error-summary a")
    assert walk.page.evaluate("document.activeElement.name") == "green_by_0"
    box = walk.page.locator("[name=green_by_0]").bounding_box()
    assert 0 < box["y"] < PHONE["height"] - box["height"]
    assert walk.page.input_value("[name=progress]") == WORDS["progress"]
    assert walk.look() == []


def test_the_path_to_green_makes_way_on_a_phone_unless_something_in_it_is_wrong(site, december):
    walk = sign_in(site, "Ada Officer")
    walk.follow("a[href$='/2011-12/R01/']")
    path, whole = walk.page.locator(".app-to-green"), walk.page.evaluate(HEIGHT)
    assert path.is_visible()
    walk.tick("[name=rating][value=green]")
    assert not path.is_visible()
    assert walk.page.evaluate(HEIGHT) < whole - PHONE["height"]
    walk.tick("[name=rating][value=amber]")
    walk.date("green_by", 31, 13, 2012)
    walk.tick("[name=rating][value=green]")
    walk.follow(".govuk-button[name=next][value=submit]")
    assert path.is_visible()
    wide = site.open("/my/updates/", by=factories.user("Ada Officer"))
    wide.click("a[href$='/2011-12/R03/']")
    wide.check("[name=rating][value=green]")
    assert wide.locator(".app-to-green").is_visible()
    widths = [wide.locator(f"[name={name}]").bounding_box()["width"] for name in ("progress", "remedy", "cause")]
    assert len(set(widths)) == 1, widths


def test_a_lead_signs_nine_updates_off_from_a_phone(site, december, told):
    for update in december.updates.all():
        factories.submitted(update, progress=f"Three teams were trained in {update.reference}.")
    walk = sign_in(site, "Liam Lead")
    assert walk.look() == []
    walk.follow("a[href$='/R01/review/']")
    for number in range(9):
        assert number or walk.look() == []
        walk.follow("button[value=sign_off]")
    assert "R09 is signed off." in walk.text()
    assert statuses(december) == ["signed_off"] * 9
    told(walk)
    assert (walk.pages, walk.clicks, walk.typed) == (12, 13, 0), walk.cost
