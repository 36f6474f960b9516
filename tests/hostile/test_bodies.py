"""Bodies in the wrong kind, encoding, length or number, to every form."""

import pytest

from tests.addresses import DRAFT, HELD, MAY, PLAN, POST_ONLY, READ_ONLY, TABLE, WRITES, address
from tests.factories import user
from tests.hostile import surfaces
from tests.hostile.asking import asker, encoded, wrong
from tests.hostile.inputs import lines, tables
from tests.hostile.visitors import reader

# A form of each kind, which gets every body: plain, saved by a script, with a file, of an account, of the admin.
FORMS = {
    "account_login": (),
    "plans:update_edit": (*PLAN, MAY, "R02"),
    "boards:paper_add": HELD,
    "boards:report_section": (*("thornbury",), *DRAFT, 1),
    "admin:plans_plan_add": (),
}
OURS = {"HTTP_ORIGIN": "http://testserver"}
ALONE = 3  # how many of the bodies every other form gets
SENDERS = {
    "office": OURS,
    "anonymous": OURS,
    "administrator": OURS,
    "the office's script": OURS | {"HTTP_ACCEPT": "application/json"},
    "the office without a token": OURS,
}


@pytest.fixture
def senders(clients):
    unsafe = asker(enforce_csrf_checks=True)
    unsafe.force_login(user("Olga Office"))
    return {
        name: {"the office's script": clients["office"], "the office without a token": unsafe}.get(name)
        or clients[name]
        for name in SENDERS
    }


@pytest.mark.parametrize("name", FORMS)
def test_no_body_breaks_a_form(senders, pks, name):
    found, path = {}, address(name, FORMS[name], pks)
    for number, each in enumerate(tables("bodies")):
        for sender, client in senders.items():
            if fault := _wrong(client, path, each, **SENDERS[sender]):
                found[number, sender, each["type"]] = fault
    assert found == {}


def test_no_form_is_broken_by_a_body(clients, pks):
    found, bodies, start = {}, tables("bodies"), 0
    for name, args, allowed in surfaces.tried(TABLE):
        role = reader(allowed, READ_ONLY.get((name, args), ()))
        if name in WRITES | POST_ONLY and role:
            for number in range(start, start + ALONE):
                each = bodies[number % len(bodies)]
                if fault := _wrong(clients[role], address(name, args, pks), each):
                    found[name, args, each["type"]] = fault
            start += ALONE
    assert found == {}


@pytest.mark.parametrize("sender", ["anonymous", "the office without a token"])
def test_what_is_given_back_runs_nowhere(senders, pks, sender):
    """Whatever was typed, as a value and as the name of a field, in the page that gives it back to be sent again."""
    inputs = [one for one in lines("texts", "markup", "formulas") if len(one) < 10_000]
    path = address("plans:update_edit", (*PLAN, MAY, "R02"), pks)
    body = encoded([*((one, b"Two words.") for one in inputs), *((f"text{i}", one) for i, one in enumerate(inputs))])
    assert wrong(senders[sender], "POST", path, body=body, **OURS) == ""


def _wrong(client, path, each, **environ):
    return wrong(client, "POST", path, body=each["body"], kind=each["type"].decode("latin-1"), **environ)
