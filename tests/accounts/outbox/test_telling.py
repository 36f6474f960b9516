"""What every list of e-mails says of a message: when it was sent, or why it has not been."""

import pytest

from accounts import outbox
from accounts.models import Letter, Message
from tests.factories import AT


@pytest.mark.parametrize(
    ("letter", "words"),
    [
        (None, "Waiting to be sent"),
        (Letter(sent_at=AT), "1 May 2011, 9:00am"),
        (Letter(), "Not sent yet."),
        (Letter(error="The mail server did not take it."), "Not sent yet. The mail server did not take it."),
        (Letter(given_up=True, error="The account was deactivated."), "Not sent. The account was deactivated."),
    ],
)
def test_sent_words(letter, words):
    assert outbox.sent_words(Message(letter=letter)) == words
