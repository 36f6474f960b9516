"""Every page in each of its states has no flaw that axe finds and scrolls in one direction only, wide and narrow.

Each is opened by the first role that is let in. What a page looks like does not depend on the database, and
`tests/test_access.py` opens every one on PostgreSQL too, so that a browser does it on SQLite alone.
"""

import pytest
from django.template.loader import render_to_string

from tests import factories, long_words, once, spoilt, states
from tests.addresses import APRIL, MAY, PEOPLE, TABLE, WRITES, address, names
from tests.browser import (
    AXE_LAYOUT,
    AXE_TAGS,
    axe,
    broken_words,
    labels_of_nothing,
    not_at_its_end,
    shown_first,
    sideways,
    stray_spaces,
    without_typeface,
)
from tests.factories import user

pytestmark = [pytest.mark.browser, once.LOOKS]

PAGES = [row for row in TABLE if row[0] not in states.NO_PAGE and row[2]]
NAMES = sorted({name for name, *_ in PAGES})
# As many pages each, whatever they show, so that pytest-xdist's workers are done at the same time.
PARTS = 4


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_accessible_and_fits_in_every_state(transactional_db, site, part):
    pks, flaws = long_words.build(), {}
    for name in NAMES[part::PARTS]:
        seen = set()
        for args, allowed, asked in _addresses(name):
            page = site.read(address(name, args, pks) + asked.format(**pks), by=_reader(name, allowed))
            for state, found in _states(page, name):
                seen.add(state)
                flaws |= {(name, args, asked, state): found} if found else {}
        if name in WRITES - states.ASK_NOTHING - states.LEFT_OPEN - set(states.ELSEWHERE) and seen == {"usual"}:
            flaws[name] = "is never found with errors"
    assert flaws == {}


def _addresses(name):
    rows = [row[1:] for row in PAGES if row[0] == name]
    return [(*row, asked) for row in rows for asked in {"", states.ASKED.get(name, "")}]


def _reader(name, allowed):
    if "anonymous" in allowed:
        return None
    first = ["officer"] if name in states.OF_AN_OFFICER else ["office"]
    return user(PEOPLE[next(role for role in [*first, *PEOPLE] if role in allowed)])


def _states(page, name):
    """Go on from the page as it was opened to its errors and its conflict; nothing that is sent is taken."""
    opened, offered = page.url, spoilt.states(page) if name in WRITES else []
    yield "usual", _flaws(page)
    if "error" in offered and name not in states.LEFT_OPEN:
        yield "error", spoilt.send_wrongly(page) + _flaws(page, whole=(1280,))
    if "conflict" in offered and name not in states.UNWRITTEN:
        page.goto(opened)
        yield "conflict", spoilt.send_outdated(page) + _flaws(page, whole=(1280,))


def _flaws(page, without=(), whole=(1280, 320)):
    """Return what is wrong with its text, and then with the page wide, narrow and upright.

    Axe looks at all of it in the widths `whole`, and, unless that is one, where something is shown for the first time.
    In the others it asks what another width can change: the room around what is pressed, and whether a key reaches what
    scrolls. An error or a conflict shows nothing narrow that it does not show wide, so that one width is enough there.
    """
    found = [f"a space before {text}" for text in stray_spaces(page)]
    found += [f"no typeface for “{text}”" for text in without_typeface(page)]
    for width in (1280, 320, 768):
        page.set_viewport_size({"width": width, "height": 900})
        is_new = shown_first(page) and len(whole) > 1
        found += axe(page, without, AXE_TAGS if is_new or width in whole else AXE_LAYOUT)
        found += ["scrolls sideways"] if sideways(page) else []
        found += [f"“{word}” is broken" for word in broken_words(page)]
        found += [f"{region} starts at its oldest month" for region in not_at_its_end(page)]
        found += [f"nothing stands after “{label}”" for label in labels_of_nothing(page)]
    return found


def _flaws_of(site, rows, without=()):
    read = ((name, args, site.read(address(name, args, {}), by=_reader(name, allowed))) for name, args, allowed in rows)
    return {(name, args): found for name, args, page in read if (found := _flaws(page, without))}


BROKEN = [f"{name}.html" for name in ("400", "403", "403_csrf", "429", "500", "503")]
BROKEN += [f"kept/{name}.html" for name in ("expired", "not_found", "signed_out")]
# Of 150 rows that are alike axe looks at eight; whether they fit is asked of all.
REPEATED = ("tbody > tr:nth-child(n+9)", "ul > li:nth-child(n+9)", "ol > li:nth-child(n+9)")
SUMMARIES = [row for row in PAGES if row[0] in states.SUMS_UP]


def test_every_page_that_sums_up_does_so_when_there_is_nothing(transactional_db, site):
    """First of a plan of which nothing is known but its people, then of one of which nothing was reported."""
    plan = factories.plan(0)
    plan.notice = factories.NoticeFactory(slug="thornbury")
    plan.save()
    timeless = [row for row in SUMMARIES if len(row[1]) < 2]
    assert _flaws_of(site, timeless) == {}
    factories.recommendation(plan, 1)
    factories.published(factories.month(plan, APRIL.month))
    factories.month(plan, MAY.month)
    assert _flaws_of(site, [row for row in SUMMARIES if row not in timeless]) == {}
    assert _flaws_of(site, [row for row in timeless if row[0].startswith("plans:")]) == {}


def test_every_page_that_sums_up_does_so_when_it_is_full(transactional_db, site):
    states.build_full()
    assert _flaws_of(site, SUMMARIES, without=REPEATED) == {}


def test_what_is_not_found_is_accessible_and_fits(transactional_db, site):
    """In each width whole, for the sake of the frame, which is the same around every page."""
    assert _flaws(site.read("/plans/nowhere/", by=user()), whole=(1280, 768, 320)) == []


def test_the_sources_of_the_demonstration_are_accessible_and_fit(transactional_db, site):
    """Everywhere else they are not found, so their address has no reader in the table."""
    assert _flaws(site.read("/sources/", by=user())) == []


def test_every_page_of_something_broken_is_accessible_and_fits(transactional_db, site):
    """They stand on no row: here the browser gets them as they are answered where the database is away."""
    given = {"action": "/", "texts": [(0, "progress", "Two teams.\nA third.")], "has_files": True, "sign_in": "/"}
    page, flaws = site.read("/accessibility/"), {}
    for name in BROKEN:
        html = render_to_string(name, given)
        page.route("**/broken", lambda route, _, html=html: route.fulfill(body=html, content_type="text/html"))
        page.goto("/broken")
        flaws |= {name: found} if (found := _flaws(page)) else {}
        page.unroute("**/broken")
    assert flaws == {}


def test_every_page_names_its_states():
    assert names() - states.named() == set()
    assert states.named() - names() == set()
