"""Every page, opened by the first role that is let in, has no flaw that axe finds and scrolls in one direction only."""

import pytest

from tests.addresses import PEOPLE, TABLE, address, build
from tests.browser import axe, sideways
from tests.factories import user

pytestmark = pytest.mark.browser

# No pages: words for a machine, a download, and addresses that lead elsewhere.
LEFT_OUT = {
    "healthz",
    "readyz",
    "plans:evidence_download",
    "notices:interim_pdf",
    "notices:interim_docx",
    "account_set_password",
    "account_reset_password_from_key",
}
PAGES = [row for row in TABLE if row[0] not in LEFT_OUT]


@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_is_accessible_and_fits(transactional_db, site, width):
    pks, flaws = build(), {}
    for name, args, allowed in PAGES:
        role = next(role for role in ["office", *PEOPLE, "anonymous"] if role in allowed)
        by = None if "anonymous" in allowed else user(PEOPLE[role])
        page = site.open(address(name, args, pks), by=by, width=width)
        if found := [*axe(page), *(["scrolls sideways"] if sideways(page) else [])]:
            flaws[name, args, role] = found
        page.context.close()
    assert flaws == {}


@pytest.mark.parametrize("width", [1280, 320])
def test_what_is_not_found_is_accessible_and_fits(transactional_db, site, width):
    page = site.open("/plans/nowhere/", by=user(), width=width)
    assert (axe(page), sideways(page)) == ([], 0)
