"""What the measured pages ask of the database and how large they are, on a plan of the bench's small size.

The limits are what the pages take today and a little room. A page that grows beyond it has to be made smaller, or its
limit changed by somebody who says why. No time is asserted; `make bench` measures those.
"""

import gzip
from dataclasses import astuple, dataclass

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.bench import data

OFFICE, OFFICER, LEAD = "Olga Office 1", "Ada Officer 1-1", "Liam Lead 1"


@dataclass(frozen=True)
class Size:
    """Queries, kilobytes of HTML, and kilobytes of it compressed."""

    queries: int
    raw: int
    gzipped: int

    def exceeds(self, limit):
        return any(found > most for found, most in zip(astuple(self), astuple(limit), strict=True))


# Asked for twice: the second time, what is kept of a published month is there.
LIMITS = {
    ("/boards/bench-1/2011-10/", OFFICE): Size(10, 150, 12),
    ("/boards/bench-1/2011-11/", OFFICE): Size(15, 180, 15),
    ("/plans/bench-1/recommendations/?rating=amber&sort=due_on", OFFICE): Size(8, 59, 6),
    ("/plans/bench-1/recommendations/R01/", OFFICE): Size(11, 79, 5),
    ("/plans/bench-1/2011-11/R01/", OFFICER): Size(9, 24, 5),
    ("/my/updates/", OFFICER): Size(8, 24, 3),
    ("/my/sign-offs/", LEAD): Size(7, 31, 3),  # which updates are on the page, and then those
    ("/plans/bench-1/2011-11/", OFFICE): Size(13, 46, 6),
    ("/plans/bench-1/coverage/", OFFICE): Size(19, 55, 5),
    ("/notices/bench/", OFFICE): Size(12, 27, 4),
}


@pytest.fixture
def bench(db):
    data.load(1, 44, 24)


def sizes(client, address, name):
    client.force_login(User.objects.get(name=name))
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address).content
    return Size(len(asked), round(len(page) / 1000), round(len(gzip.compress(page)) / 1000))


def test_no_measured_page_asks_for_more_or_grows(client, bench):
    found = {page: sizes(client, *page) for page in LIMITS}
    assert {page: size for page, size in found.items() if size.exceeds(LIMITS[page])} == {}
