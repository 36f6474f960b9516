"""Every page, opened by the first role that is let in, has no flaw that axe finds and scrolls in one direction only."""

import pytest

from tests.addresses import PEOPLE, POST_ONLY, TABLE, address, build
from tests.browser import axe, sideways
from tests.factories import user

pytestmark = pytest.mark.browser

# No pages: words for a machine, downloads, and addresses that lead elsewhere.
LEFT_OUT = {
    "healthz",
    "readyz",
    "plans:evidence_download",
    "notices:interim_pdf",
    "notices:interim_docx",
    "boards:pack_download",
    "boards:paper_download",
    "boards:report_download",
    "account_reset_password_from_key",
}
PAGES = [row for row in TABLE if row[0] not in LEFT_OUT | POST_ONLY and row[2]]
# As many pages each, whatever they show, so that pytest-xdist's workers are done at the same time.
PARTS = 4


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_accessible_and_fits(transactional_db, site, part):
    pks, flaws = build(), {}
    for name, args, allowed in PAGES[part::PARTS]:
        page = site.read(address(name, args, pks), by=_reader(allowed))
        if found := _flaws(page):
            flaws[name, args] = found
    assert flaws == {}


def _reader(allowed):
    if "anonymous" in allowed:
        return None
    return user(PEOPLE[next(role for role in ["office", *PEOPLE] if role in allowed)])


def _flaws(page):
    """Return what is wrong with the page as it is read wide, and then made narrow."""
    found = axe(page)
    page.set_viewport_size({"width": 320, "height": 900})
    return [*found, *axe(page), *(["scrolls sideways"] if sideways(page) else [])]


def test_what_is_not_found_is_accessible_and_fits(transactional_db, site):
    assert _flaws(site.read("/plans/nowhere/", by=user())) == []
