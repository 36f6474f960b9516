"""Every address by every role. An address without a row in `tests/addresses.py` fails the build."""

import pytest
from django.urls import reverse

from accounts.models import Event
from plans.models import MonthlyUpdate
from tests.addresses import (
    MAY,
    OFFICE,
    PEOPLE,
    PLAN,
    PLANNED,
    POST_ONLY,
    REPORTERS,
    TABLE,
    address,
    build,
    names,
)
from tests.factories import user

pytestmark = pytest.mark.django_db

LET_IN = {200, 302}
REFUSED = {404, 405}


@pytest.fixture
def pks():
    return build()


def get(client, path):
    response = client.get(path)
    if response.streaming:
        response.getvalue()  # reads a download to its end, which closes its file
    return response


@pytest.mark.parametrize("role", [*PEOPLE, "anonymous"])
def test_every_address_lets_in_whom_the_table_names(client, pks, role):
    if role != "anonymous":
        client.force_login(user(PEOPLE[role]))
    let_in = []
    for name, args, _ in TABLE:
        response = get(client, address(name, args, pks))
        is_sign_in = response.status_code == 302 and response.url.startswith(reverse("account_login"))
        is_in = response.status_code in LET_IN and not (is_sign_in and role == "anonymous")
        assert is_in or response.status_code == 404 or (role == "anonymous" and is_sign_in), (
            name,
            response.status_code,
        )
        if is_in:
            let_in.append((name, args))
    assert let_in == [(name, args) for name, args, allowed in TABLE if role in allowed]


def test_a_deactivated_person_is_shut_out_at_once(client, pks):
    officer = user("Ada Officer")
    client.force_login(officer)
    assert client.get(reverse("plans:my_updates")).status_code == 200
    officer.is_active = False
    officer.save()
    assert client.get(reverse("plans:my_updates")).url.startswith(reverse("account_login"))


def test_no_get_writes(client, pks):
    """The programme office opens every page; nothing of any update changes, and nothing is recorded."""
    client.force_login(user("Olga Office"))
    before = list(MonthlyUpdate.objects.values()), Event.objects.count()
    for name, args, _ in TABLE:
        if name not in {"account_logout"}:
            get(client, address(name, args, pks))
    assert (list(MonthlyUpdate.objects.values()), Event.objects.count()) == before


@pytest.mark.parametrize("role", ["other officer", "lead", "chair", "observer", "administrator", "stranger"])
def test_nobody_writes_what_is_not_theirs(client, pks, role):
    client.force_login(user(PEOPLE[role]))
    before = list(MonthlyUpdate.objects.values()), Event.objects.count()
    post_only = [
        ("plans:update_take_back", (*PLAN, MAY, "R01"), REPORTERS),
        ("boards:item_move", (*PLANNED, "planned item"), OFFICE),
    ]
    for name, args, allowed in [*TABLE, *post_only]:
        if name.startswith(("plans:", "boards:")) and role not in allowed:
            response = client.post(address(name, args, pks), {"version": 0, "progress": "Mine now.", "position": 1})
            assert response.status_code in REFUSED, name
    assert (list(MonthlyUpdate.objects.values()), Event.objects.count()) == before


def test_every_address_has_its_row():
    assert names() - {name for name, *_ in TABLE} == POST_ONLY
