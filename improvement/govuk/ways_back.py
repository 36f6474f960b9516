"""The way back from a page to the list, or the month's dashboard, that a person came from, as they had asked for it.

Its address, with the filters, the month, the order and the page, travels in the address of every page that is reached
from there: `middleware` puts it on each link, form and redirect that leads to a row or to a page below one. So no
template and no view knows of it but base.html, which draws the link back, and two windows do not mix up their lists.

It leads to one of `PLACES` and nowhere else, whatever an address says.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from urllib.parse import quote

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.encoding import iri_to_uri

PARAMETER = "from"
# Where in a page stands what its view keeps with the way back on its links: the bytes of `response.kept`.
KEPT = b"<!-- kept -->"
LONGEST = 2000  # letters; a list that is asked for at greater length has no way back

PLACES = {
    "plans:recommendation_list": "Back to the list of recommendations",
    "plans:month_watched": "Back to your watch list",
    "boards:action_list": "Back to the action log",
    "boards:challenge_list": "Back to the challenge log",
    "boards:compare": "Back to the two months",
    "boards:dashboard": "Back to the dashboard",
    "notices:notice_detail": "Back to the targets",
    "search": "Back to the search results",
}
# An address with one of these in it is that of a row, such as a recommendation, or of a page below it.
_KEYS_OF_ROWS = {"number", "reference"}
# A search leads to meetings and inspections as well.
_MORE_KEYS = {"search": {"held_on", "inspection"}}
_ATTRIBUTE = re.compile(r'="(/[^"]*)"')  # of any name: a pattern that begins as one text is found ten times as fast
_NAMES = ("href", "action")
_CRUMB = 'breadcrumbs__link" href'


@dataclass(frozen=True)
class WayBack:
    """A place, how it was asked for, and what the link to it says."""

    path: str
    query: str
    text: str

    @property
    def address(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path


def offered(request: HttpRequest) -> WayBack | None:
    """Return the way back that the address of `request` carries."""
    # Most addresses carry none; what else they ask for is the view's to read.
    if f"{PARAMETER}=" not in request.META.get("QUERY_STRING", ""):
        return None
    path, _, query = request.GET.get(PARAMETER, "")[: LONGEST + 1].partition("?")
    name, _ = _page(path)
    if name not in PLACES or len(path) + len(query) >= LONGEST:
        return None
    return WayBack(path, iri_to_uri(query), PLACES[name])


def onward(request: HttpRequest) -> WayBack | None:
    """Return the way back that the links of the page carry: to the page itself, or to where the person came from.

    A list that shows all its rows needs none: the pages of its rows lead back to it anyway.
    """
    name, keys = _page(request.path)
    if name not in PLACES:
        return offered(request)
    asked = request.GET.copy()
    for parameter in (PARAMETER, "_export"):
        asked.pop(parameter, None)
    query = asked.urlencode()
    if len(request.path) + len(query) >= LONGEST or not (query or "month" in keys):
        return None
    return WayBack(request.path, query, PLACES[name])


def middleware(get_response):
    """Let what leads on from a page carry the way back."""

    def carry(request):
        response = get_response(request)
        if response.streaming or not (way := onward(request)):
            return response
        if "Location" in response:
            response["Location"] = _followed(way, response["Location"], is_return=True)
        elif response.get("Content-Type", "").startswith("text/html"):
            page = carried(way, response.content)
            response.content = page.replace(KEPT, response.kept) if hasattr(response, "kept") else page
        return response

    return carry


def carried(way: WayBack, page: bytes) -> bytes:
    """Return the page, or a part of it, with the way back on its links."""
    return _ATTRIBUTE.sub(lambda found: _drawn(way, found), page.decode()).encode()


def _drawn(way, found):
    page, end = found.string, found.start()
    if not page.endswith(_NAMES, 0, end):
        return found[0]
    return _attribute(way, found[1], page.endswith(_CRUMB, 0, end))


@lru_cache(maxsize=10_000)
def _attribute(way, address, is_return):
    return f'="{escape(_followed(way, unescape(address), is_return=is_return))}"'


def _followed(way, address, *, is_return):
    """Return `address` with the way back, where it leads on from it, or the way back itself where it returns there."""
    rest, hash_sign, fragment = address.partition("#")
    path, _, query = rest.partition("?")
    if is_return and rest == way.path:
        return way.address
    if not (_KEYS_OF_ROWS | _MORE_KEYS.get(_page(way.path)[0], set())) & _page(path)[1]:
        return address
    carried = f"{PARAMETER}={quote(way.address, safe='/?=-')}"
    return f"{path}?{query}&{carried}{hash_sign}{fragment}" if query else f"{path}?{carried}{hash_sign}{fragment}"


@lru_cache(maxsize=10_000)
def _page(path):
    """Return the name of the page at `path` and the names of what its address holds."""
    try:
        found = resolve(path)
    except Resolver404:
        return "", frozenset()
    return found.view_name, frozenset(found.kwargs)
