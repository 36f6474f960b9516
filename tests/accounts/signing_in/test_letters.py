"""A letter that a stranger asks for is sent after the answer, so that no answer tells whether there is an account."""

import re
import socket
import threading

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.signing_in import letters
from accounts.signing_in.forms import ResetPasswordForm
from tests.factories import user

ADDRESS = reverse("account_reset_password")
SAVEPOINT = re.compile(r'"s\d+_x\d+"')


class SlowMailServer(threading.Thread):
    """Says nothing to whoever connects until it may; then takes the letter."""

    def __init__(self):
        super().__init__(daemon=True)
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.may_speak = threading.Event()
        self.said = []

    def run(self):
        conversation, _ = self.socket.accept()
        self.may_speak.wait(60)
        with conversation, conversation.makefile("rwb") as lines:
            self._say(lines, "220 slow.example")
            is_letter = False
            for line in lines:
                text = line.decode().strip()
                self.said.append(text)
                is_letter = is_letter and text != "."
                if text.lower() == "data":
                    is_letter = True
                    self._say(lines, "354 Go on")
                elif not is_letter:
                    self._say(lines, self.answer(text))

    def answer(self, text):
        return "221 Bye" if text == "quit" else "250 Well"

    def _say(self, lines, text):
        lines.write(f"{text}\r\n".encode())
        lines.flush()


@pytest.fixture
def server(settings):
    made = SlowMailServer()
    made.start()
    settings.LETTERS_IN_A_THREAD = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = made.socket.getsockname()
    yield made
    made.may_speak.set()
    letters.all_sent()
    made.socket.close()


def asked_for(email):
    """Return what a stranger gets who asks for a new password, and what was asked of the database for it."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = Client().post(ADDRESS, {"email": email})
    return response.status_code, response.url, [SAVEPOINT.sub("", query["sql"].split("'")[0]) for query in queries]


def test_an_answer_is_complete_before_the_mail_server_says_a_word(transactional_db, server):
    officer = user("Ada Officer")
    for email in (officer.email, "nobody@thornbury.example"):
        status, led_to, _ = asked_for(email)
        assert (status, led_to, server.said) == (302, reverse("account_reset_password_done"), [])
    server.may_speak.set()
    letters.all_sent()
    assert f"rcpt TO:<{officer.email}>" in server.said
    assert any("/accounts/password/reset/" in line for line in server.said)


def test_a_known_and_an_unknown_address_are_answered_by_the_same_work(db, monkeypatch):
    kept = []
    monkeypatch.setattr(letters, "after_the_answer", kept.append)
    officer = user("Ada Officer")
    known, unknown = asked_for(officer.email), asked_for("nobody@thornbury.example")
    assert known == unknown
    assert mail.outbox == []
    for send in kept:
        send()
    assert [letter.to for letter in mail.outbox] == [[officer.email]]


def test_work_before_the_answer_is_noticed(db, monkeypatch):
    monkeypatch.setattr(ResetPasswordForm, "save", lambda self, request: super(ResetPasswordForm, self).save(request))
    monkeypatch.setattr(ResetPasswordForm, "clean_email", super(ResetPasswordForm, ResetPasswordForm).clean_email)
    officer = user("Ada Officer")
    assert asked_for(officer.email) != asked_for("nobody@thornbury.example")


def test_a_letter_that_cannot_be_written_is_logged_and_the_next_one_sent(transactional_db, settings, caplog, client):
    settings.LETTERS_IN_A_THREAD = True
    letters.after_the_answer(lambda: 1 / 0)
    client.post(ADDRESS, {"email": user("Ada Officer").email})
    letters.all_sent()
    assert [record.message for record in caplog.records] == ["A letter could not be written."]
    assert len(mail.outbox) == 1
