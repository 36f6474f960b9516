"""Hostile paths and query strings, on every address."""

import re

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict
from django.urls import get_script_prefix, resolve
from django.urls.converters import get_converters

from tests.addresses import POST_ONLY, TABLE, address
from tests.hostile import surfaces
from tests.hostile.asking import encoded, wrong
from tests.hostile.inputs import dealt, lines
from tests.hostile.surfaces import TYPED
from tests.hostile.visitors import reader

ROOTS = {
    "anonymous": ("/", "/accounts/password/reset/0-", "/static/"),
    "office": (
        "/plans/",
        "/plans/thornbury/",
        "/plans/thornbury/2011-05/",
        "/boards/thornbury/",
        "/notices/thornbury/",
    ),
    "administrator": ("/admin/", "/admin/plans/plan/"),
}
ARGUMENT = re.compile("<(?:([a-z_]+):)?([a-z_]+)>")
HANDS = 3  # how many inputs every argument, and every parameter, gets at least
PAGES = [row for row in TABLE if row[2] and row[0] not in POST_ONLY]


@pytest.mark.parametrize("role", ROOTS)
def test_no_path_breaks_the_site(clients, role):
    found = {}
    for root in ROOTS[role]:
        for path in lines("paths"):
            if fault := wrong(clients[role], "GET", root.encode() + path):
                found[root, path[:99]] = fault
    assert found == {}


def arguments(path):
    """Yield (path with a gap, what the gap takes) for every argument of an address."""
    match = resolve(path)
    known = get_converters()
    for gap in ARGUMENT.finditer(match.route):
        around = [
            ARGUMENT.sub(lambda one: known[one[1] or "str"].to_url(match.kwargs[one[2]]), part)
            for part in (match.route[: gap.start()], match.route[gap.end() :])
        ]
        yield "{}{}%b{}".format(get_script_prefix(), *around).encode(), re.compile(known[gap[1] or "str"].regex)


def test_no_argument_of_an_address_breaks_it(clients, pks, settings):
    settings.ROOT_URLCONF = "tests.plain_refusals"
    found, inputs = {}, lines("paths")
    places = {}
    for name, args, allowed in surfaces.tried(PAGES):
        if name != "account_reset_password_from_key":
            for path, takes in arguments(address(name, args, pks)):
                places.setdefault(path, (takes, reader(allowed)))
    start = 0
    for path, (takes, role) in places.items():
        fitting = [one for one in inputs if takes.fullmatch(one.decode("latin-1"))]
        for number in range(surfaces.hands(HANDS) or len(fitting) or 1):
            segment = fitting[(start + number) % len(fitting)] if fitting else b""
            if fault := wrong(clients[role], "GET", path % segment):
                found[path, segment[:99]] = fault
        start += HANDS
    assert found == {}


def test_no_number_of_a_row_breaks_the_administration(clients, settings):
    settings.ROOT_URLCONF = "tests.plain_refusals"
    found, places = {}, sorted({place for _, page, _ in surfaces.pages_of_the_administration() for place in gaps(page)})
    for hand in dealt(lines("paths"), places, surfaces.hands(HANDS)):
        for place, segment in hand.items():
            if fault := wrong(clients["administrator"], "GET", place % segment):
                found[place, segment[:99]] = fault
    assert found == {}


def gaps(page):
    """Yield the address with a gap in the place of each number in it."""
    parts = page.split("/")
    for place, part in enumerate(parts):
        if part.isdigit():
            yield "/".join([*parts[:place], "%b", *parts[place + 1 :]]).encode()


class Noted(QueryDict):
    """A query string that notes by which names it is read."""

    names = set()

    def __getitem__(self, name):
        self.names.add(name)
        return super().__getitem__(name)

    def get(self, name, default=None):
        self.names.add(name)
        return super().get(name, default)

    def getlist(self, name, default=None):
        self.names.add(name)
        return super().getlist(name, default)

    def __contains__(self, name):
        self.names.add(name)
        return super().__contains__(name)


_read = {}  # by the name and arguments of a page; the same for every test, so each is asked once


@pytest.fixture
def parameters(clients, pks, monkeypatch):
    """Return what each page reads of its query string: {(path, role): names}."""
    pages = surfaces.tried(PAGES)
    with monkeypatch.context() as patch:
        patch.setattr(WSGIRequest, "GET", _noted)
        for name, args, allowed in pages:
            if (name, args) not in _read:
                _read[name, args] = _names_read(address(name, args, pks), clients[reader(allowed)])
    return {(address(name, args, pks), reader(allowed)): _read[name, args] for name, args, allowed in pages}


def _names_read(path, client):
    names = {"x"}
    for _ in range(2):  # some is read only where something else is asked for
        Noted.names = set()
        wrong(client, "GET", path, query=encoded((each, "1") for each in sorted(names)))
        names |= Noted.names
    return sorted(names - {"x"})


class _Get:
    def __get__(self, request, kind=None):
        noted = request.__dict__.get("GET")
        if noted is None:
            noted = request.__dict__["GET"] = Noted(request.META["QUERY_STRING"].encode("latin-1"))
        return noted


_noted = _Get()


def test_the_parameters_of_a_page_are_found(parameters):
    read = {path: names for (path, _), names in parameters.items()}
    assert {"_export", "decision", "month", "page", "q", "sort"} < set(read["/plans/thornbury/recommendations/"])
    assert read["/boards/thornbury/2011-04/compare/"] == ["with"]
    assert read.get("/plans/thornbury/", []) == []


def test_no_query_string_breaks_a_page(clients, parameters):
    """A page gets each query string whose names it reads, or nobody; and all the others at once."""
    found, inputs = {}, lines("queries")
    known = {name for names in parameters.values() for name in names}
    for (path, role), names in parameters.items():
        own = [query for query in inputs if names and (named(query) & set(names) or not named(query) & known)]
        for query in [*own, b"&".join(one for one in inputs if one not in own and len(one) < 1000)]:
            if fault := wrong(clients[role], "GET", path, query=query):
                found[path, query[:99]] = fault
    assert found == {}


def named(query):
    """Return the names that a query string holds."""
    return {part.partition(b"=")[0].decode("latin-1") for part in query.split(b"&")}


def test_no_value_of_a_parameter_breaks_a_page(clients, parameters):
    found, inputs = {}, lines(*TYPED)
    for number, ((path, role), names) in enumerate(parameters.items()):
        for hand in dealt(inputs[number:] + inputs[:number], names, surfaces.hands(2 * HANDS)):
            if fault := wrong(clients[role], "GET", path, query=encoded(hand.items())):
                found[path, str(hand)[:99]] = fault
    assert found == {}


def test_no_query_string_breaks_the_administration(clients, pks):
    found, rows = {}, surfaces.pages_of_the_administration()
    pages = [(name, page) for name, page, statuses in rows if statuses == {200}]
    inputs = lines("admin_queries", "queries")
    for number, (name, page) in enumerate(pages):
        at = number * HANDS % len(inputs)
        hands = len(inputs) if name == "plans_plan_changelist" else HANDS if name.endswith("_changelist") else 1
        for query in (inputs + inputs)[at : at + hands]:
            if fault := wrong(clients["administrator"], "GET", page, query=query):
                found[page, query[:99]] = fault
    assert found == {}
