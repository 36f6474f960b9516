"""Every kind of page of the administration fits with long words in it, wide, upright and narrow.

What it looks like does not depend on the database. Its other pages are of the same kinds, with other fields.
"""

import pytest
from django.db import connection

from tests import admin_addresses, long_words
from tests.browser import broken_words, sideways
from tests.factories import user

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the layout knows no database"),
]

# A post has every kind of page but those of files; the others have the widest forms, lists and inlines.
PAGES = {
    "accounts_post_add",
    "accounts_post_change",
    "accounts_post_changelist",
    "accounts_post_delete",
    "accounts_post_hand_over",
    "accounts_post_history",
    "accounts_user_change",
    "index",
    "notices_notice_change",
    "notices_notice_changelist",
    "notices_notice_load",
    "plans_monthlyupdate_change",
    "plans_recommendation_change",
    "plans_recommendation_changelist",
    "plans_recommendation_history",
}


def test_every_kind_of_page_of_the_administration_fits_with_long_words(transactional_db, site):
    long_words.build()
    addresses = {name: address for name, address, _ in admin_addresses.rows() if name in PAGES}
    assert set(addresses) == PAGES
    found = {}
    for name, address in addresses.items():
        flaws = _flaws(site.read(address, by=user("Abe Administrator")))
        found |= {name: flaws} if flaws else {}
    assert found == {}
    # The history's own template has an attribute for style, of no use here, which the policy blocks.
    site.complaints[:] = [complaint for complaint in site.complaints if "/history/" not in complaint]


def _flaws(page):
    found = []
    for width in (1280, 768, 320):
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"scrolls sideways at {width}"] if sideways(page) else []
        found += [f"“{word}” is broken at {width}" for word in broken_words(page)]
    return found
