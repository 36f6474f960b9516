"""Whatever may be typed, in every control of every form, the administration's included."""

import re

import pytest
from django.db import connection
from django.forms import BaseForm
from django.urls import reverse

from accounts import admin
from accounts.models import Event, Post, User
from tests import admin_addresses, once
from tests.addresses import HELD, POST_ONLY, READ_ONLY, TABLE, WRITES, address
from tests.factories import user
from tests.hostile import surfaces
from tests.hostile.asking import ask, asker, encoded, kept, multipart
from tests.hostile.forms import FILE, filled, forms
from tests.hostile.inputs import dealt, lines
from tests.hostile.surfaces import PARTS, TYPED
from tests.hostile.visitors import reader

HANDS = 1  # how often all controls of a form get another input at once
ALONE = 1  # how many inputs a control gets while all others, or all but a few far from it, are as they should be
FEW = 4
# What is posted where a page shows no form of its own, or shows it on another page.
ACCOUNT = dict.fromkeys(("login", "email", "password", "oldpassword", "password1", "password2", "code"), "Said.")
ELSEWHERE = {"version": "0", "position": "1", "seen": "", "reason": "Said.", "update": "1"}
# The packs of `build` hold no data from which another could be made.
NOT_REAL = ("boards:pack_detail", HELD)
# Without it the page asks which of its texts is meant.
QUERY = {"plans:month_redact": "?field=commentary", "plans:update_redact": "?field=progress"}


class Form:
    """A form that may be posted to: where, by whom, and what it holds as somebody fills it in."""

    def __init__(self, path, client, controls):
        self.path, self.client = path, client
        self.has_files = any(kind == "file" for kind, _ in controls.values())
        self.values = filled(controls)
        self.typed = [name for name, (kind, _) in controls.items() if kind not in {"file", "button"}]

    def ask(self, values):
        return ask(self.client, "POST", self.path, **self.body(self.values | values))

    def send(self):
        """Send what somebody fills in, for good."""
        return kept(self.client, "POST", self.path, **self.body(self.values))

    def body(self, values):
        return multipart(values.items(), "file", *FILE) if self.has_files else {"body": encoded(values.items())}


_shown = {}  # by the address of a page; the same for every test, so each is asked once


def of_page(path, client, query=""):
    """Return the forms of a page that are posted to itself."""
    page = path + query
    if page not in _shown:
        _shown[page] = [form for to, form in forms(client.get(page).content.decode()) if to in {"", path, page}]
    return [Form(path, client, controls) for controls in _shown[page] if controls]


def unseen(path, client):
    """Return the controls of a form that the page does not show now: those that it complains of, or likely ones."""
    response, _ = ask(client, "POST", path)
    form = response.context and response.context.get("form")
    names = [bound.html_name for bound in form] if form else []
    return {name: ("text", value) for name, value in (dict.fromkeys(names, "Said.") or ACCOUNT | ELSEWHERE).items()}


def in_parts(value, number):
    """Return what a control of several gets of a day that is typed in parts."""
    parts = value.split(b" ")
    return parts[number] if len(parts) == 3 else value


def faults(form, inputs):
    """Return what is wrong with the answers to the inputs: in all controls at once, then in each beside right ones.

    A few controls are tried together, none of them next to each other, as those are that a form compares. Whatever was
    let in by its field but not written, because of another, is sent again: with all such, or else alone.
    """
    found = {}
    for hand in dealt(inputs, form.typed, surfaces.hands(HANDS)):
        unwritten(form, hand, found)
    for hand in dealt(inputs[::-1], form.typed, ALONE):
        names = list(hand)
        apart = max(FEW, -(-len(names) // FEW))
        left = {}
        for at in range(min(apart, len(names))):
            left |= unwritten(form, {name: hand[name] for name in names[at::apart]}, found)
        if left and unwritten(form, left, found):
            for name in left:
                unwritten(form, {name: left[name]}, found)
    return found


def unwritten(form, hand, found):
    """Type the inputs and note what is wrong with the answer; of several, return those that others may have hidden."""
    typed = {name: in_parts(value, int(name[-1])) if _is_part(name) else value for name, value in hand.items()}
    response, fault = form.ask(typed)
    if fault:
        found[form.path, str(typed)[:200]] = fault
    elif response.status_code == 302:
        return {}
    refused = set() if fault else complained_of(response)
    left = {name: value for name, value in hand.items() if not {name, name.rpartition("_")[0]} & refused}
    return left if len(hand) > 1 else {}


def _is_part(name):
    return name[-2:] in {"_0", "_1", "_2"}


def complained_of(response):
    """Return the controls beside which the page says what is wrong."""
    shown = response.context or {}
    forms = [shown.get("form"), getattr(shown.get("adminform"), "form", None)]
    forms += [form for inline in shown.get("inline_admin_formsets") or () for form in inline.formset.forms]
    return {form.add_prefix(name) for form in forms if isinstance(form, BaseForm) for name in form.errors}


@pytest.fixture
def every_form(clients, pks):
    """Every form of the site, but of the administration."""
    return [*forms_of(WRITTEN, clients, pks), *of_page(reverse("mfa_authenticate"), between_password_and_code())]


WRITTEN = [row for row in TABLE if row[0] in WRITES | POST_ONLY and row[:2] != NOT_REAL]


def forms_of(rows, clients, pks):
    found = []
    for name, args, allowed in rows:
        role = reader(allowed, READ_ONLY.get((name, args), ()))
        if role is None:
            continue
        path, client = address(name, args, pks), clients[role]
        shown = [] if name in POST_ONLY else of_page(path, client, QUERY.get(name, ""))
        found += shown or [Form(path, client, unseen(path, client))]
    return found


def between_password_and_code():
    client, person = asker(), user("Abe Administrator")
    client.post(reverse("account_login"), {"login": person.email, "password": "three random words"})
    return client


def test_most_forms_are_taken_as_somebody_fills_them_in(every_form):
    """So that an input that is let in by its field is written too."""
    refused = [form.path for form in every_form if form.ask({})[0].status_code != 302]
    assert len(every_form) > 70
    assert len(refused) < len(every_form) / 2


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_that_is_typed_breaks_a_form(clients, pks, part):
    tried = forms_of(surfaces.tried(WRITTEN)[part::PARTS], clients, pks)
    assert faults_of(tried, part) == {}


def test_nothing_that_is_typed_breaks_the_form_of_a_second_factor(clients):
    assert faults_of(of_page(reverse("mfa_authenticate"), between_password_and_code())) == {}


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_that_is_typed_breaks_a_form_of_the_administration(clients, pks, part):
    tried = forms_of_the_administration(surfaces.pages_of_the_administration(), clients, part)
    assert len(tried) >= 10 or not surfaces.EVERYWHERE
    assert faults_of(tried, part) == {}


@once.TAKEN_BY_SQLITE
def test_a_byte_that_no_text_can_hold_breaks_no_form(every_form, clients):
    every = [*every_form, *forms_of_the_administration(admin_addresses.rows(), clients)]
    found, inputs = {}, surfaces.unholdable()
    for number, form in enumerate(every):
        _, fault = form.ask({name: inputs[(number + at) % len(inputs)] for at, name in enumerate(form.typed)})
        if fault:
            found[form.path] = fault
    assert found == {}


ENDS = ("_add", "_change", "_hand_over", "password_change")


def forms_of_the_administration(rows, clients, part=None):
    pages = [page for name, page, statuses in rows if statuses == {200} and name.endswith(ENDS)]
    pages = pages[part::PARTS] if part is not None else pages
    return [form for page in pages for form in of_page(page, clients["administrator"])]


def faults_of(forms, start=0):
    """Return what is wrong with the answers of the forms, of which each begins at another input."""
    found, inputs = {}, lines(*TYPED)
    for number, form in enumerate(forms):
        at = (7 * PARTS * number + 7 * start) % len(inputs)
        found |= faults(form, inputs[at:] + inputs[:at])
    return found


# Real transactions: a test that is rolled back is itself one, in which whatever the site forgot to open is not missed.


@pytest.fixture
def locks_are_demanded(thornbury_copy, monkeypatch):
    """Let SQLite, whose writers take turns, refuse a lock outside a transaction as PostgreSQL does."""
    if connection.vendor == "sqlite":
        monkeypatch.setattr(connection.features, "has_select_for_update", True)
        monkeypatch.setattr(connection.features, "has_select_for_update_of", True)
        monkeypatch.setattr(connection.ops, "for_update_sql", lambda **options: "")


# What ends something others are about, and what ends the session, comes after all else.
LAST = re.compile("discard|redact|remove|issue|publish|agree|close|conclude|take-back|delete")
SIGNS_OUT = re.compile("/accounts/|password")


def in_turn(form):
    return bool(SIGNS_OUT.search(form.path)), bool(LAST.search(form.path))


def in_the_administration(client):
    """Return those of its forms that change something by another page than that of a row."""
    someone = user("Ada Officer")
    deletions = [
        reverse(f"admin:{name}_delete", args=[row.pk])
        for name, row in ((row._meta.label_lower.replace(".", "_"), row) for row in admin_addresses.kept_rows())
    ]
    chosen = {"action": "remove_second_factor", "_selected_action": str(someone.pk)}
    found = [form(client, reverse("admin:accounts_user_changelist"), **chosen)]
    found += [form(client, page, post="yes") for page in deletions]
    invited = User.objects.get(name="Ines Invited")
    pages = [reverse(f"admin:accounts_user_{name}", args=[invited.pk]) for name in ("invite", "withdraw")]
    return [*found, *(form(client, page) for page in pages)]


def form(client, path, **values):
    return Form(path, client, {name: ("hidden", value) for name, value in values.items()})


def test_every_form_is_posted_in_transactions_of_its_own(locks_are_demanded, every_form, clients):
    administration = forms_of_the_administration(admin_addresses.rows(), clients)
    every = [*every_form, *administration, *in_the_administration(clients["administrator"])]
    answers = {each: each.send() for each in sorted(every, key=in_turn)}
    assert [(each.path, fault) for each, (_, fault) in answers.items() if fault] == []
    taken = [each for each, (response, _) in answers.items() if response.status_code == 302]
    assert len(taken) > len(every) / 3
    assert "user.invited_again" in set(Event.objects.values_list("what", flat=True))


def test_a_lock_outside_a_transaction_is_noticed(locks_are_demanded, clients, monkeypatch):
    hand_over = form(clients["administrator"], reverse("admin:accounts_post_hand_over", args=[Post.objects.first().pk]))
    assert hand_over.send()[1] == ""
    locking = lambda self, request, obj=None: bool(Post.objects.select_for_update().get(pk=obj.pk))  # noqa: E731
    monkeypatch.setattr(admin.PostAdmin, "has_change_permission", locking)
    assert "select_for_update cannot be used outside of a transaction" in hand_over.send()[1]
