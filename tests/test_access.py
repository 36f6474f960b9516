"""Every address by every role and method. An address without a row in `tests/addresses.py` fails the build."""

import logging
from copy import deepcopy

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.test.client import MULTIPART_CONTENT
from django.urls import path, reverse

from accounts.models import User
from improvement import urls
from plans import permissions
from plans.models import Plan
from tests import admin_addresses, bodies, once
from tests.addresses import (
    MAY,
    NOT_HERE,
    OUTSIDERS,
    PEOPLE,
    PLAN,
    POST_ONLY,
    READ_ONLY,
    TABLE,
    WRITES,
    address,
    names,
    show_second_factor,
    sign_in,
)
from tests.factories import user
from tests.hostile import visitors

pytestmark = pytest.mark.django_db

SAFE = ["GET", "HEAD"]
OTHER_METHODS = ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"]
EVERY_ROLE = [*PEOPLE, *OUTSIDERS]
# Who may what is decided by predicates that ask either database the same. On PostgreSQL those ask again who between
# them open every page, and who is let in nowhere.
ON_POSTGRESQL = ["office", "officer", "lead", "chair", "administrator", "anonymous"]
ROLES_HERE = EVERY_ROLE if once.ON_SQLITE else ON_POSTGRESQL
IN, NOT_FOUND, NO_SUCH_METHOD = "let in", "404", "405"
SIGN_IN, SET_UP = "to the sign-in page", "to the page that sets a second factor up"


def _new_page(request):
    Plan.objects.update(title="Another title")
    return HttpResponse()


urlpatterns = [*urls.urlpatterns, path("new/", _new_page, name="new_page")]
OURS = ("accounts", "mfa", "notices", "plans", "boards")
TABLES = {
    model._meta.db_table: "*"
    for label in OURS
    for model in apps.get_app_config(label).get_models(include_auto_created=True)
} | {
    User._meta.db_table: "id, email, name, password, is_staff, is_superuser"
}  # not who has signed in last, or is closed
READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")
# What somebody may not post: of the rest nobody is refused anything, or there is nothing to be written.
TAKING = [
    row
    for row in TABLE
    if row[0] in (WRITES | POST_ONLY) - NOT_HERE - bodies.NO_RECORD - bodies.OF_ONESELF and "anonymous" not in row[2]
]


@pytest.fixture
def pks(thornbury, settings, caplog):
    caplog.set_level(logging.ERROR, "django.request")  # thousands of refusals are not worth a line each
    settings.DEMONSTRATION = False  # administrators are asked for a second factor
    settings.ROOT_URLCONF = "tests.plain_refusals"
    return thornbury


def ask(client, method, path):
    """Return how the address answers, in a word; what it wrote is undone, signing out included."""
    cookies = deepcopy(client.cookies)
    answer, is_written = written(lambda: answer_to(client, method, path))
    client.cookies = cookies
    return "written by looking" if is_written and method in SAFE else answer


def answer_to(client, method, path):
    response = client.generic(method, path)
    if response.streaming:
        response.getvalue()  # reads a download to its end, which closes its file
    led_to = response.headers.get("Location", "")
    if led_to.startswith(reverse("account_login") + "?"):
        return SIGN_IN
    if led_to.startswith(reverse("mfa_activate_totp") + "?"):
        return SET_UP
    return {200: IN, 302: IN, 409: IN, 404: NOT_FOUND, 405: NO_SUCH_METHOD}.get(
        response.status_code, response.status_code
    )


def expected(role, method, name, args, allowed):
    """Return what the table says: the row, and the rules at its top."""
    is_open = "anonymous" in allowed or name in NOT_HERE
    takes = (name not in POST_ONLY and method in SAFE) or (method == "POST" and name in WRITES | POST_ONLY)
    if method in OTHER_METHODS:
        return NO_SUCH_METHOD
    if role in OUTSIDERS and not is_open:
        return IN if name in WAYS_IN.get(role, ()) and takes else BARRED[role]
    if not takes:
        return NO_SUCH_METHOD
    is_in = role in allowed or (role in OUTSIDERS and "anonymous" in allowed)
    return IN if is_in and not (method == "POST" and role in READ_ONLY.get((name, args), ())) else NOT_FOUND


BARRED = {"anonymous": SIGN_IN, "deactivated": SIGN_IN, "administrator without a second factor": SET_UP}
# What stays open to who is barred elsewhere.
WAYS_IN = {"administrator without a second factor": {"mfa_activate_totp", "account_reauthenticate"}}


def differences(client, role, pks, methods=("GET", "POST"), rows=TABLE):
    """Return what answers otherwise than the table says, and how."""
    sign_in(client, role)
    found = {}
    for name, args, allowed in rows:
        for method in methods:
            answer = ask(client, method, address(name, args, pks))
            if answer != expected(role, method, name, args, allowed):
                found[name, args, method] = answer
    return found


def test_between_them_the_roles_that_ask_postgresql_open_every_page():
    asking = {*ON_POSTGRESQL} - {*OUTSIDERS}
    assert [row for row in TABLE if row[2] and not row[2] & asking] == []


@pytest.mark.parametrize("role", ROLES_HERE)
def test_every_address_answers_every_role_as_the_table_says(client, pks, role):
    assert differences(client, role, pks) == {}


@once.ANSWERED_BEFORE
@pytest.mark.parametrize("role", ["anonymous", "office"])
def test_every_address_answers_every_method_as_the_table_says(client, pks, role):
    """Besides GET and POST, which every role asks for."""
    assert differences(client, role, pks, ["HEAD", *OTHER_METHODS]) == {}


def test_a_predicate_that_lets_anybody_in_is_noticed(client, pks, monkeypatch):
    monkeypatch.setattr(permissions, "is_office", lambda *args, **kwargs: True)
    row = next(row for row in TABLE if row[:2] == ("plans:month_publish", (*PLAN, MAY)))
    assert differences(client, "stranger", pks, rows=[row])[(*row[:2], "GET")] == IN


def test_a_page_that_writes_when_it_is_looked_at_is_noticed(client, pks, settings):
    settings.ROOT_URLCONF = __name__
    sign_in(client, "office")
    assert (ask(client, "GET", "/new/"), ask(client, "POST", "/new/")) == ("written by looking", IN)


@once.ANSWERED_BEFORE
def test_the_administration_is_shut_to_everybody_else(client, pks):
    for name in filter(None, (PEOPLE | OUTSIDERS).values()):
        user(name)  # who is known from here on
    pages, found, before = admin_addresses.rows(), {}, everything()
    for role in EVERY_ROLE:
        sign_in(client, role)
        for name, page, _ in pages if role != "administrator" else ():
            for method in ("GET", "POST"):
                if (answer := answer_to(client, method, page)) != BARRED.get(role, NOT_FOUND):
                    found[role, name, method] = answer
    assert found == {}
    assert everything() == before


def test_the_administration_is_open_to_an_administrator_who_has_shown_a_second_factor(client, pks):
    sign_in(client, "administrator")
    pages = admin_addresses.rows()
    found = {name: (client.get(page).status_code, statuses) for name, page, statuses in pages}
    assert {name: status for name, (status, statuses) in found.items() if status not in statuses} == {}
    refused = {ask(client, method, page) for _, page, _ in pages for method in OTHER_METHODS}
    assert refused == {NO_SUCH_METHOD}


def everything(tables=TABLES):
    """Return every row of what is ours, so that any write shows; but who has signed in last, and who is closed."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT {TABLES[table]} FROM {connection.ops.quote_name(table)}")
            found[table] = {*cursor.fetchall()}
    return found


class Watch:
    """The tables of ours that a statement names which does more than read, by triggers or by itself."""

    def __init__(self):
        self.tables = set()

    def __call__(self, execute, sql, *given):
        if not sql.lstrip().upper().startswith(READS):
            self.tables |= {table for table in TABLES if table in sql}
        return execute(sql, *given)


def written(send):
    """Return (what is answered, whether anything of ours is another then), and undo it.

    Rows are compared only of tables that were written to: of nearly all that is asked, none.
    """
    watch = Watch()
    with transaction.atomic():
        with connection.execute_wrapper(watch):
            answer = send()
        after = everything(watch.tables)
        transaction.set_rollback(True)
    return answer, everything(watch.tables) != after


def refusals(answer):
    """Return why a form was not taken, as its page says."""
    form = answer.context and answer.context.get("form")
    return answer.status_code, form and form.errors.as_data()


def fault_of(row, clients, pks):
    """Return what is wrong where everybody posts what one who may would, who does so last; nothing, if all is well."""
    name, args, _ = row
    lender = bodies.NOT_NOW.get((name, args), args)
    may = next(each for each in TABLE if each[:2] == (name, lender))[2] - READ_ONLY.get((name, lender), set())
    journey = bodies.journey(name, lender)
    if journey.after:
        journey.after()
    writer = clients[journey.by or visitors.reader(may)]
    query, body = bodies.body(writer, name, lender, pks)

    def post(client, there):
        return client.generic("POST", address(name, there, pks) + query, body, MULTIPART_CONTENT)

    others = [role for role in ROLES_HERE if role not in may or lender != args]
    _, is_written = written(lambda: [post(clients[role], args) for role in others])
    if is_written:
        return "written by somebody who may not"
    answer, is_written = written(lambda: post(writer, lender))
    return "" if is_written else f"written by nobody: {refusals(answer)}"


def faults(rows, pks):
    """Return what is wrong with which of the rows; what their posts wrote is undone, signing out included."""
    clients, found = visitors.Clients(), {}
    cookies = {role: deepcopy(clients[role].cookies) for role in ROLES_HERE}
    for row in rows:
        with transaction.atomic():
            if fault := fault_of(row, clients, pks):
                found[row[:2]] = fault
            transaction.set_rollback(True)
        for role, kept in cookies.items():
            clients[role].cookies = deepcopy(kept)
    return found


def test_nobody_writes_what_is_not_theirs(pks):
    assert faults(TAKING, pks) == {}


def test_a_form_that_anybody_may_post_is_noticed(pks, monkeypatch):
    monkeypatch.setattr(permissions, "is_office", lambda *args, **kwargs: True)
    row = next(row for row in TAKING if row[0] == "plans:commentary_edit")
    assert faults([row], pks) == {row[:2]: "written by somebody who may not"}


def test_a_form_whose_body_nobody_could_post_is_noticed(pks, monkeypatch):
    monkeypatch.delitem(bodies.JOURNEYS, "boards:minute_edit")
    row = next(row for row in TAKING if row[0] == "boards:minute_edit")
    assert faults([row], pks) == {row[:2]: "written by nobody: (302, None)"}


def test_a_second_factor_that_was_not_shown_in_this_session_is_asked_for(client, pks):
    """Whoever knows the password and held a session from before the app was set up is not let in by it."""
    administrator = user(PEOPLE["administrator"])
    client.force_login(administrator)
    for name in ("home", "admin:index", "admin:login", "mfa_deactivate_totp", "mfa_view_recovery_codes"):
        assert client.get(reverse(name)).url == f"/accounts/confirm/code/?next={reverse(name)}", name
    show_second_factor(client, administrator)
    assert client.get(reverse("admin:index")).status_code == 200


def test_every_address_has_its_row():
    assert names() == {name for name, *_ in TABLE}


def test_an_address_without_a_row_is_noticed(settings):
    settings.ROOT_URLCONF = __name__
    assert names() - {name for name, *_ in TABLE} == {"new_page"}


def test_every_page_of_the_administration_has_its_row():
    of_models = {
        f"{model}_{page}" for model, pages in admin_addresses.MODELS.items() for page in pages | {"add", "delete"}
    }
    assert admin_addresses.names() == of_models | set(admin_addresses.OTHERS)
