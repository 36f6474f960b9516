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
# The pages of an app are opened one after the other, the apps side by side.
APPS = sorted({name.rpartition(":")[0] for name, *_ in PAGES})


@pytest.mark.parametrize("app", APPS)
def test_every_page_is_accessible_and_fits(transactional_db, site, app):
    pks, flaws = build(), {}
    for name, args, allowed in PAGES:
        if name.rpartition(":")[0] == app and (found := _flaws(site, address(name, args, pks), _reader(allowed))):
            flaws[name, args] = found
    assert flaws == {}


def _reader(allowed):
    if "anonymous" in allowed:
        return None
    return user(PEOPLE[next(role for role in ["office", *PEOPLE] if role in allowed)])


def _flaws(site, path, by):
    """Return what is wrong with the page as it is opened wide, and then made narrow."""
    page = site.open(path, by=by)
    found = axe(page)
    page.set_viewport_size({"width": 320, "height": 900})
    found += [*axe(page), *(["scrolls sideways"] if sideways(page) else [])]
    page.context.close()
    return found


def test_what_is_not_found_is_accessible_and_fits(transactional_db, site):
    assert _flaws(site, "/plans/nowhere/", user()) == []
