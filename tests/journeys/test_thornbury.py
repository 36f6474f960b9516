"""Thornbury, an invented council of 2026, from an empty site to its first published month and a kept pack."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from boards import packs
from boards.models import PackFile
from fixtures.thornbury import write
from plans.models import ReportingMonth
from tests import codes
from tests.browser import flaws

pytestmark = pytest.mark.browser
PASSWORD = "four quite random words"
NADIA = "nadia.frost@thornbury.example"
GOAL = 60
LONDON = ZoneInfo("Europe/London")


def moment(day, month, hour=9):
    return datetime(2026, month, day, hour, tzinfo=LONDON)


class Walk:
    """Somebody's browser, in which every click and every page is counted; what is typed is not."""

    clicks = 0
    pages = 0

    def __init__(self, page):
        self.page = page
        page.on("framenavigated", lambda frame: self._count_page(frame))

    def click(self, selector):
        Walk.clicks += 1
        self.page.click(selector)
        self.page.wait_for_load_state()

    def check(self, selector):
        Walk.clicks += 1
        self.page.locator(selector).first.check()

    def choose(self, selector, label):
        Walk.clicks += 1
        self.page.select_option(selector, label=label)

    def choose_file(self, kind):
        Walk.clicks += 1
        self.page.set_input_files("[name=file]", write.HERE / f"{kind}.xlsx")

    def fill(self, **texts):
        for name, text in texts.items():
            self.page.fill(f"[name={name}]", str(text))

    def day(self, name, day, month):
        self.fill(**{f"{name}_0": day, f"{name}_1": month, f"{name}_2": 2026})

    def text(self):
        return self.page.inner_text("main")

    def task(self, name):
        self.click(f".govuk-task-list__link:text-is('{name}')")

    def statuses(self):
        rows = self.page.locator(".govuk-task-list__item").all()
        names = (".govuk-task-list__link", ".govuk-task-list__status")
        return dict([row.locator(name).inner_text() for name in names] for row in rows)

    def _count_page(self, frame):
        Walk.pages += frame == self.page.main_frame and frame.url != "about:blank"


@pytest.fixture
def empty(transactional_db, settings, monkeypatch):
    """An empty site without a mail server, with the first administrator made as README says."""
    settings.DEMONSTRATION = False
    settings.DEMONSTRATION_NOW = moment(12, 10)
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    settings.ORGANISATION, settings.ACCESSIBILITY_EMAIL = "Thornbury Council", "access@thornbury.example"
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", interactive=False, email=NADIA, name="Nadia Frost", verbosity=0)
    Walk.clicks = Walk.pages = 0
    return settings


def load(walk, kind):
    walk.choose_file(kind)
    walk.click("text=Check the file")
    assert walk.page.locator(".errornote").count() == 0
    walk.click("[value^='Load ']")
    assert "has been loaded" in walk.text()


def invited(site, walk, name):
    """Return the browser of the person, who has followed the link and chosen a password."""
    link = walk.page.locator(f"tr:has-text('{name}') code").inner_text()
    theirs = Walk(site.open(link))
    theirs.fill(new_password1=PASSWORD, new_password2=PASSWORD)
    theirs.click("main button")
    return theirs


def test_thornbury_gets_from_nothing_to_a_published_month_and_a_kept_pack(site, empty, capsys):
    walk = Walk(site.open("/"))
    page = walk.page
    walk.fill(login=NADIA, password=PASSWORD)
    walk.click("main button")
    walk.fill(code=codes.code(re.search(r"\b[A-Z2-7]{32}\b", page.content())[0]))
    walk.click("main form button:has-text('Set up')")
    walk.click("text=Continue")
    assert page.url.endswith("/set-up/")
    assert set(walk.statuses().values()) == {"Done", "Not started"}

    for task, kind in (("Notice", "notice"), ("Plan", "plan")):
        walk.task(task)
        load(walk, kind)
        walk.click("#user-tools >> text=Setting up")
    walk.task("Notice")
    walk.click("#nav-sidebar >> text=Results")
    walk.click("text=Load from a file")
    load(walk, "results")
    walk.click("#user-tools >> text=Setting up")
    assert flaws(page) == []
    left = {name: status for name, status in walk.statuses().items() if status != "Done"}
    assert left == {"People": "In progress", "First month": "Not started"}

    walk.task("People")
    walk.click("[value='Send 16 invitations']")
    imran, tom = (invited(site, walk, name) for name in ("Imran Dacre", "Tom Beck"))

    # The month of the first meeting, on 26 October.
    walk.click("#user-tools >> text=Setting up")
    walk.task("First month")
    walk.day("due_on", 16, 10)
    walk.day("sign_off_due_on", 20, 10)
    walk.click("main button")
    walk.click("main form button")
    assert "October 2026 is open, with 30 recommendations." in walk.text()

    # A lead officer reports on one recommendation, and the accountable lead signs it off.
    empty.DEMONSTRATION_NOW = moment(15, 10)
    imran.page.goto("/")
    assert "8 to submit by 16 October 2026." in imran.text()
    imran.click("a:has-text('R09')")
    imran.check("[name=rating][value=amber]")
    imran.check("[name=direction][value=improving]")
    imran.fill(
        progress="A duty manager now decides on contacts from 8am to 6pm.",
        impact="79% of contacts were decided within a working day in September, up from 68% in July.",
        next_steps="Extend the rota to weekends in November.",
        cause="Decisions on Fridays wait until Monday.",
        remedy="A weekend rota, and a second duty manager on Mondays.",
        remedy_owner="Head of Service, Front Door and Assessment",
    )
    imran.day("green_by", 31, 12)
    imran.click("text=Continue to check")
    imran.click("text=Submit and go to the next")
    assert "R09 has been submitted. The next one is R10." in imran.text()
    empty.DEMONSTRATION_NOW = moment(19, 10)
    tom.page.goto("/")
    tom.check("[name=update]")
    tom.click("text=Read selected updates")
    tom.click("main form button")
    assert "Signed off: R09." in tom.text()

    # The month is published, with what has not come in marked so.
    empty.DEMONSTRATION_NOW = moment(20, 10)
    page.goto("/")
    walk.click("header >> text=Programme office")
    walk.click("text=Check and publish October 2026")
    walk.check("[name=is_checked]")
    walk.click("main form button")
    assert ReportingMonth.objects.get().is_published

    # The first meeting is planned, and publishing its agenda keeps the pack.
    walk.click("header a:text-is('Board')")
    walk.click("text=Meetings")
    walk.click("text=Plan a meeting")
    walk.day("held_on", 26, 10)
    walk.fill(starts_at="14:00")
    walk.click("main button")
    walk.click("text=Add an item")
    walk.fill(title="Progress of the plan")
    walk.click("main button")
    walk.click("text=Choose the month for this meeting")
    walk.choose("[name=month]", "October 2026")
    walk.click("main button")
    walk.click("text=Check and publish the agenda")
    walk.click("main button:has-text('Publish the agenda')")
    assert "The agenda has been published. The pack is being made" in walk.text()
    assert packs.make_due(at=moment(20, 10)) == 1
    kept = PackFile.objects.filter(form="pdf").order_by("pack__audience").values_list("pack__audience", flat=True)
    assert list(kept) == ["board", "observers", "public"]
    with capsys.disabled():
        print(f"\nThornbury: {Walk.clicks} clicks and {Walk.pages} pages to a published month and a kept pack.")  # noqa: T201
    assert Walk.clicks <= GOAL

    # Nothing that is left to do is hidden.
    page.goto("/set-up/")
    assert {name: status for name, status in walk.statuses().items() if status != "Done"} == {"People": "In progress"}
