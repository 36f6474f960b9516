"""A month's work of an officer, an accountable lead and the programme office, each counted from signing in.

With a mouse and JavaScript, without JavaScript on a phone, and by keyboard alone. Every journey prints what it cost.
"""

from datetime import date

import pytest

from plans.models import ReportingMonth
from tests import factories, once
from tests.browser import flaws
from tests.walks import Walk

pytestmark = [pytest.mark.browser, once.LOOKS]

WAYS = {
    "with JavaScript": ({}, False),
    "without JavaScript on a phone": ({"javascript": False, "width": 390}, False),
    "by keyboard": ({}, True),
}
EVERY_WAY = pytest.mark.parametrize("way", WAYS)
SIX = [f"R0{number}" for number in range(1, 7)]
REASON = "The new manager starts in January."


@pytest.fixture
def december(transactional_db):
    """The open December of a plan with six recommendations, all of which were received in November."""
    plan = factories.plan(6)
    november = factories.month(plan, 11)
    for update in november.updates.all():
        factories.signed_off(update)
    factories.published(november)
    return factories.month(plan, 12)


@pytest.fixture
def told(capsys, request):
    """Print what a walk cost, beside the name of its test."""

    def tell(walk):
        with capsys.disabled():
            print(f"\n{request.node.name}: {walk.cost}")  # noqa: T201

    return tell


def sign_in(site, name, way):
    """Return the walk of whoever has just signed in; the first page and the first click are those of signing in."""
    seen, by_keyboard = WAYS[way]
    walk = Walk(site.open("/", **seen), by_keyboard=by_keyboard)
    walk.page.fill("[name=login]", factories.user(name).email)
    walk.page.fill("[name=password]", "three random words")
    walk.page.click("main button")
    walk.page.wait_for_load_state()
    walk.clicks, walk.pages, walk.typed = 1, 1, 0
    return walk


def statuses(month):
    return list(month.updates.order_by("reference").values_list("status", flat=True))


@EVERY_WAY
def test_six_unchanged_updates_take_three_pages_and_nine_clicks(site, december, way, told):
    walk = sign_in(site, "Ada Officer", way)
    assert walk.path == "/my/updates/"
    walk.follow("a[href='/my/updates/unchanged/']")
    assert flaws(walk.page, WAYS[way][0].get("javascript", True)) == []
    for update in december.updates.order_by("reference"):
        walk.tick(f"[name=u{update.pk}-is_chosen]")
        walk.type(f"[name=u{update.pk}-reason]", REASON)
    walk.follow("main form button")
    assert f"Submitted unchanged: {', '.join(SIX)}." in walk.text()
    assert statuses(december) == ["submitted"] * 6
    told(walk)
    assert (walk.pages <= 3, walk.clicks <= 9) == (True, True), walk.cost


@EVERY_WAY
def test_of_six_unchanged_updates_one_that_is_refused_stays_with_its_reason(site, december, way):
    walk = sign_in(site, "Ada Officer", way)
    walk.follow("a[href='/my/updates/unchanged/']")
    one, two, *_ = december.updates.order_by("reference")
    walk.tick(f"[name=u{one.pk}-is_chosen]")
    walk.tick(f"[name=u{two.pk}-is_chosen]")
    walk.type(f"[name=u{two.pk}-reason]", REASON)
    walk.follow("main form button")
    assert "R01: Say why nothing has changed." in walk.page.inner_text(".govuk-error-summary")
    assert walk.page.title().startswith("Error: ")
    assert flaws(walk.page, WAYS[way][0].get("javascript", True)) == []
    walk.type(f"[name=u{one.pk}-reason]", REASON)
    walk.follow("main form button")
    assert statuses(december) == ["submitted"] * 2 + ["awaited"] * 4


@EVERY_WAY
def test_six_new_updates_follow_each_other_without_a_list(site, december, way, told):
    walk = sign_in(site, "Ada Officer", way)
    walk.follow("a[href$='/2011-12/R01/']")
    for number, reference in enumerate(SIX, start=1):
        assert f"Update {number} of 6." in walk.text()
        assert walk.path.endswith(f"/{reference}/")
        walk.tick("[name=rating][value=green]")
        walk.tick("[name=direction][value=steady]")
        walk.type("[name=progress]", f"Ward {number} was visited.")
        walk.type("[name=impact]", "Families are seen sooner.")
        walk.type("[name=next_steps]", "Visit the next ward.")
        walk.follow("button[name=next][value=submit]")
    assert "R06 has been submitted." in walk.text()
    assert statuses(december) == ["submitted"] * 6
    told(walk)
    assert (walk.pages, walk.clicks) == (8, 20), walk.cost


@EVERY_WAY
def test_a_lead_signs_five_updates_off_and_returns_one(site, december, way, told):
    for update in december.updates.all():
        factories.submitted(update, progress=f"Three teams were trained in {update.reference}.")
    walk = sign_in(site, "Liam Lead", way)
    walk.follow("a[href$='/R01/review/']")
    for number, reference in enumerate(SIX, start=1):
        assert walk.path.endswith(f"/{reference}/review/")
        assert f"1 of {7 - number} waiting for your sign-off" in walk.text()
        if reference == "R02":
            walk.type("[name=comment]", "Say which teams.")
            walk.follow("button[value=return]")
        else:
            walk.follow("button[value=sign_off]")
    assert "You have nothing to sign off yet." in walk.text()
    assert statuses(december) == ["signed_off", "returned", *["signed_off"] * 4]
    told(walk)
    assert (walk.pages, walk.clicks) == (8, 8), walk.cost


@EVERY_WAY
def test_the_office_chases_writes_publishes_and_opens_the_next_month(site, december, way, told):
    for update in list(december.updates.all())[1:]:
        factories.signed_off(update, progress=f"Three teams were trained in {update.reference}.")
    walk = sign_in(site, "Olga Office", way)
    walk.follow("main a[href$='/2011-12/chase/']")
    walk.type("[name=note]", "One update is still missing.")
    walk.follow("main form button")
    walk.follow("main a[href$='/commentary/']")
    walk.type("[name=text]", "Training is on course.")
    walk.follow("main form button")
    walk.follow("main a[href$='/publish/']")
    walk.tick("[name=is_checked]")
    walk.follow("main form button")
    walk.go_home()
    walk.follow("a[href$='/open/']")
    walk.follow("main form button")
    walk.tick("[name=is_confirmed]")
    walk.follow("main form button")
    assert ReportingMonth.objects.get(published_at=None).month == date(2012, 1, 1)
    december.refresh_from_db()
    assert (december.is_published, december.commentary) == (True, "Training is on course.")
    told(walk)
    assert (walk.pages, walk.clicks) == (11, 13), walk.cost
