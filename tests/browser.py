"""Chromium before the running site."""

import os
import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Locator

from accounts.models import User
from tests import once

# The headless shell is the same engine without the windows, which take a third of all processor time.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
IS_REQUIRED = os.environ.get("REQUIRE_BROWSER") == "1"
_MISSING = "Chromium is not installed: NO BROWSER TEST {}. (Debian: apt-get install chromium-headless-shell)"
WILL_BE_MISSING, MISSING = _MISSING.format("WILL RUN"), _MISSING.format("RAN")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# What axe finds otherwise on the same page when only its width changes.
AXE_LAYOUT = ["target-size", "scrollable-region-focusable"]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# In milliseconds. A month or an agenda is published in a second, but on a machine with much else to do it took 30.
PATIENCE = 120_000

# Whether a click on the element leads to another page: a link does, and a button that submits its form.
# Whoever expects a file, or that nothing comes of it, presses Enter instead.
LEADS_ON = """element => {
    const link = element.closest("a[href]"), button = element.closest("button");
    if (link && !link.protocol.startsWith("http")) return false;
    if (link) return new URL(link.href).pathname + new URL(link.href).search !== location.pathname + location.search;
    return Boolean(button && button.type === "submit" && button.form);
}"""

# A region holds months where two heads of its columns, or more, begin as a month does.
NOT_AT_ITS_END = """() => {
    const isMonth = /^(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)/;
    const months = region => [...region.querySelectorAll("thead th")].filter(head => isMonth.test(head.innerText));
    const isOfTime = region => region.matches(".app-chart:not(.app-chart--groups)");
    const isOfMonths = region => months(region).length > 1 || isOfTime(region);
    const end = element => element.getBoundingClientRect().right;
    return [...document.querySelectorAll(".app-table-scroll")]
        .filter(region => region.scrollWidth > region.clientWidth + 1 && isOfMonths(region))
        .filter(region => end(region.firstElementChild) - end(region) > 1)
        .map(region => region.getAttribute("aria-labelledby") || region.getAttribute("aria-label"));
}"""

# Of short texts only, or a page of 150 rows would take seconds.
BROKEN_WORDS = """() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), broken = [], range = new Range();
    while (texts.nextNode()) {
        const text = texts.currentNode;
        if (text.length > 60 || text.parentElement.closest("svg, script, option")) continue;
        for (const word of text.data.matchAll(/(?<=^|[\\s(“])[\\p{L}\\p{N}’]{2,14}(?=[\\s).,:;”…]|$)/gu)) {
            range.setStart(text, word.index);
            range.setEnd(text, word.index + word[0].length);
            if (new Set([...range.getClientRects()].map(line => line.top)).size > 1) broken.push(word[0]);
        }
    }
    return broken;
}"""

# The page remembers what it has shown.
SHOWN_FIRST = """() => {
    window.shownBefore ??= new WeakSet();
    const shown = [...document.querySelectorAll("main *")].filter(element => element.checkVisibility());
    return shown.filter(element => !window.shownBefore.has(element) && window.shownBefore.add(element)).length;
}"""

# What no rule of ours gives a typeface has the browser's own, and a stacked cell may have a label and nothing after it.
WITHOUT_TYPEFACE = """() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = new Set();
    while (texts.nextNode()) {
        const element = texts.currentNode.parentElement;
        if (!texts.currentNode.data.trim() || element.closest("script, option, .govuk-visually-hidden")) continue;
        if (!/Inter|monospace/.test(getComputedStyle(element).fontFamily)) found.add(texts.currentNode.data.trim());
    }
    return [...found];
}"""
LABELS_OF_NOTHING = """() =>
    [...document.querySelectorAll("td[data-label]")]
        .filter(cell => !cell.innerText.trim() && !cell.querySelector("svg, img"))
        .filter(cell => !["none", "normal"].includes(getComputedStyle(cell, "::before").content))
        .filter(cell => cell.checkVisibility())
        .map(cell => cell.dataset.label)"""

# Playwright goes on before the page that a click leads to has begun, so that what is asked next is asked of either one.
_click_and_go_on = Locator.click


def _click_and_wait(locator, **options):
    if locator.evaluate(LEADS_ON):
        with locator.page.expect_navigation():
            _click_and_go_on(locator, **options)
    else:
        _click_and_go_on(locator, **options)


Locator.click = _click_and_wait

# A journey is walked wide with JavaScript and narrow without; `test_every_page.py` opens every page narrow with it.
EVERYWHERE = pytest.mark.parametrize(("width", "javascript"), once.WINDOWS)


class Site:
    """The running site, to be opened in a browser as whoever one likes."""

    def __init__(self, url, browser):
        self.url = url
        self.complaints = []
        self._browser = browser
        self._contexts = []
        self._reading = {}

    def read(self, path, *, by=None):
        """Go on to `path` in the one wide page that `by` reads in: a third of the cost of another browser each time."""
        if by not in self._reading:
            self._reading[by] = self.open("/healthz", by=by)
        page = self._reading[by]
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(path)
        return page

    def open(self, path="/", *, by=None, width=1280, height=900, javascript=True, **seen):
        """Open `path` signed in as the user `by`, in a browser of its own, and return Playwright's page."""
        window = {"width": width, "height": height}
        context = self._browser.new_context(base_url=self.url, viewport=window, java_script_enabled=javascript, **seen)
        context.set_default_timeout(PATIENCE)
        self._contexts.append(context)
        if by is not None:
            context.add_cookies([{"url": self.url, "name": settings.SESSION_COOKIE_NAME, "value": _session(by)}])
        page = context.new_page()
        page.click = lambda selector, **options: page.locator(selector).first.click(**options)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._hear(page, message))
        page.goto(path)
        return page

    def close(self):
        for context in self._contexts:
            if context.pages:
                context.set_offline(True)  # or a page that saves when it is left does so after its database is gone
            context.close()

    def _hear(self, page, message):
        # Chromium also logs each page that is a 404 on purpose.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"{page.url}: {message.text}")


def _session(user):
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def axe(page, without=(), only=AXE_TAGS):
    """Return what axe-core finds wrong with the page, opened with JavaScript, one line for each element.

    What the selectors `without` find is passed over. It has to keep the rules `only`, or those with these tags.
    """
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE)
    context = {"include": [["html"]], "exclude": [[selector] for selector in without]}
    options = {"runOnly": only, "resultTypes": ["violations"], "preload": False}
    found = page.evaluate(
        "async ([context, options]) => (await axe.run(context, options)).violations", [context, options]
    )
    return [
        f"{violation['id']}: {violation['help']}: {node['target']} {node['html'][:200]}"
        for violation in found
        for node in violation["nodes"]
    ]


def shown_first(page):
    """Return how many elements the page shows below its frame that it did not show when this was asked before."""
    return page.evaluate(SHOWN_FIRST)


def sideways(page):
    """Return by how many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def not_at_its_end(page):
    """Return the names of the regions that scroll through months, or along a chart, and do not start at the newest."""
    return page.evaluate(NOT_AT_ITS_END)


def stray_spaces(page):
    """Return what stands before and after each space that no mark of punctuation has before it."""
    return re.findall(r"\S* [,;:.](?=\s)", page.inner_text("body"))


def without_typeface(page):
    """Return the texts that are in a typeface of the browser's own choice."""
    return page.evaluate(WITHOUT_TYPEFACE)


def labels_of_nothing(page):
    """Return the names of the columns that a narrow page says before a cell in which there is nothing."""
    return page.evaluate(LABELS_OF_NOTHING)


def broken_words(page):
    """Return the short words that stand on two lines, which only a word longer than its line has to."""
    return page.evaluate(BROKEN_WORDS)


def flaws(page, javascript=True):
    """Return everything that is wrong with how the page stands; axe is itself JavaScript."""
    page.wait_for_load_state()
    wide = ["wider than its window"] if sideways(page) else []
    return [*wide, *(axe(page) if javascript else [])]


def person(name):
    """Return the account of the demonstration that is named so."""
    return User.objects.get(email=f"{name}@leeds.example")
