import smtplib
from contextlib import suppress
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

from accounts import outbox
from accounts.models import How, Kind, Letter, MailChoice, Message
from accounts.outbox import delivery
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The process ends at once: nothing that catches an Exception sees it."""


class Server(BaseEmailBackend):
    """A mail server that lasts: `ends` says before or after which of the letters the sender is killed or refused."""

    ends: dict[int, str] = {}
    faults: dict[int, Exception] = {}
    taken: list[tuple[str, str]] = []
    calls = 0

    def send_messages(self, messages):
        Server.calls += 1
        end = Server.ends.get(Server.calls)
        if Server.calls in Server.faults:
            raise Server.faults[Server.calls]
        if end == "refused":
            raise ConnectionRefusedError("away")
        if end == "before":
            raise Killed
        Server.taken += [(message.extra_headers["Message-ID"], message.body) for message in messages]
        if end == "after":
            raise Killed
        return len(messages)


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    Server.ends, Server.faults, Server.taken, Server.calls = {}, {}, [], 0
    return Server


@pytest.fixture
def plan():
    return factories.plan()


def tell(plan, subject="May is open", kind=Kind.MONTH_OPENED, at=AT, **told):
    outbox.tell([user("Ada Officer")], kind=kind, subject=subject, path="/my/updates/", on=plan, at=at, **told)


def sent():
    return [(letter.to, letter.subject) for letter in mail.outbox]


def test_a_message_becomes_a_letter_that_leads_to_its_page(plan):
    tell(plan, text="R01 Recommendation 1")
    assert delivery.deliver(at=AT) == 1
    letter = mail.outbox[0]
    assert (letter.to, letter.subject) == ([user().email], "May is open")
    assert letter.body == (
        "Dear Ada Officer\n\nMay is open\nR01 Recommendation 1\n"
        f"{settings.SITE_ADDRESS}/my/updates/\n\n"
        f"You can choose what you get by e-mail, and how often:\n{settings.SITE_ADDRESS}/accounts/e-mail/\n\n"
    )
    ((html, kind),) = letter.alternatives
    assert kind == "text/html"
    assert f'<a href="{settings.SITE_ADDRESS}/my/updates/">' in html


def test_nothing_is_sent_twice(plan):
    tell(plan)
    assert [delivery.deliver(at=AT), delivery.deliver(at=later(days=3))] == [1, 0]


def test_what_a_message_quotes_goes_once_it_is_sent(plan):
    tell(plan, text="Please say who was asked.")
    delivery.deliver(at=AT)
    assert Message.objects.values_list("text", flat=True).get() == ""


def test_messages_that_wait_together_are_one_letter(plan):
    for subject in ("First", "Second", "Third"):
        tell(plan, subject)
    delivery.deliver(at=AT)
    assert sent() == [([user().email], "First, and 2 more")]


def test_what_comes_once_a_day_is_gathered_into_one_letter_a_day(plan):
    hours = [later(hours=hour) for hour in (0, 1, 24)]
    for at in hours:
        tell(plan, f"Published at {at:%H} on {at:%d}", Kind.PUBLISHED, at=at)
        delivery.deliver(at=at)
    assert [letter.daily_on.day for letter in Letter.objects.order_by("pk")] == [AT.day, AT.day + 1]
    assert Letter.objects.order_by("pk").last().messages.count() == 2


@pytest.mark.parametrize(("hour", "letters"), [(0, 1), (6, 1), (7, 2), (23, 2)])
def test_what_comes_once_a_day_comes_after_seven_and_the_rest_at_once(plan, hour, letters):
    at = AT.replace(hour=hour, minute=1)
    tell(plan, "Published", Kind.PUBLISHED, at=at)
    tell(plan, "A note", Kind.NOTE, at=at)
    delivery.deliver(at=at)
    tell(plan, "Another note", Kind.NOTE, at=at)
    delivery.deliver(at=at)
    told = [[message.subject for message in letter.messages.order_by("pk")] for letter in Letter.objects.order_by("pk")]
    assert told == ([["A note"], ["Another note"]] if letters == 1 else [["Published", "A note"], ["Another note"]])


def test_nobody_is_told_what_they_do_not_want(plan):
    MailChoice.objects.create(user=user(), kind=Kind.MONTH_OPENED, how=How.NEVER)
    tell(plan)
    assert not Message.objects.exists()


def test_what_is_unwanted_by_the_time_of_delivery_goes(plan):
    tell(plan)
    MailChoice.objects.create(user=user(), kind=Kind.MONTH_OPENED, how=How.NEVER)
    delivery.deliver(at=AT)
    assert (mail.outbox, Message.objects.count()) == ([], 0)


def test_who_may_not_sign_in_is_told_nothing(plan):
    tell(plan)
    person = user()
    person.is_active = False
    person.save()
    tell(plan, "Another")
    assert Message.objects.count() == 1  # what was written before
    delivery.deliver(at=AT)
    assert (mail.outbox, Message.objects.count()) == ([], 0)


def test_what_is_said_once_is_written_once(plan):
    for _ in range(2):
        tell(plan, once="reminder-1")
    assert Message.objects.count() == 1


def test_a_server_that_is_away_is_asked_again_after_a_while(plan, server, caplog):
    tell(plan)
    server.ends = {1: "refused", 2: "refused"}
    moments = [AT + timedelta(minutes=minutes) for minutes in (0, 4, 5, 14, 15)]
    assert [delivery.deliver(at=at) for at in moments] == [0, 0, 0, 0, 1]
    assert server.calls == 3
    letter = Letter.objects.get()
    assert (letter.sent_at, letter.attempts, letter.error) == (moments[-1], 3, "")
    assert "could not be handed over" in caplog.text


def test_two_deliveries_at_once_do_not_send_the_same(plan, server):
    tell(plan)
    delivery.gather(at=AT)
    letter = Letter.objects.get()
    assert delivery._claimed(letter.pk, AT) == letter
    assert delivery.send(at=AT) == 0
    assert server.taken == []


def delivered_in_a_thousand_kills(server):
    """Deliver all that waits; return the bodies of the letters that the server took, by their names."""
    # Each call but every twentieth is the last of its process, in turn before and after the server took the letter.
    server.ends = {call: ("before", "after")[call % 2] for call in range(1, 1_001) if call % 20}
    at = AT
    while Letter.objects.filter(sent_at=None).exists() or Message.objects.filter(letter=None).exists():
        with suppress(Killed):
            delivery.deliver(at=at)
        at += delivery.CLAIM
    return dict(server.taken)


@pytest.mark.parametrize("end", ["before", "after"])
def test_a_letter_is_known_for_the_same_when_its_delivery_is_killed(plan, server, end):
    tell(plan)
    server.ends = {1: end}
    with pytest.raises(Killed):
        delivery.deliver(at=AT)
    assert delivery.deliver(at=later(minutes=9)) == 0
    assert delivery.deliver(at=later(minutes=10)) == 1
    assert {name for name, _ in server.taken} == {delivery.message_id(Letter.objects.get())}


def test_in_a_thousand_kills_nothing_is_lost_and_nothing_has_two_names(server):
    plan = factories.plan()
    people = [user(f"Person {number}") for number in range(50)]
    for number in range(4):
        outbox.tell(people, kind=Kind.NOTE, subject=f"Note {number}", path="/", on=plan, at=AT)
    by_name = delivered_in_a_thousand_kills(server)
    assert len(by_name) == len(people)
    assert sorted(body.split("\n")[0] for body in by_name.values()) == sorted(f"Dear {each.name}" for each in people)
    assert all(f"Note {number}\n" in body for body in by_name.values() for number in range(4))


def test_a_subject_is_one_line(plan):
    tell(plan, "May\r\nBcc: all@thornbury.example")
    assert delivery.deliver(at=AT) == 1
    assert mail.outbox[0].subject == "May Bcc: all@thornbury.example"


def test_a_letter_that_cannot_be_written_keeps_none_of_the_others(plan, caplog):
    tell(plan)
    delivery.gather(at=AT)
    Letter.objects.update(subject="two\nlines")
    outbox.tell([user("Liam Lead")], kind=Kind.NOTE, subject="Fine", path="/", on=plan, at=later(minutes=1))
    assert delivery.deliver(at=later(minutes=1)) == 1
    assert sent() == [([user("Liam Lead").email], "Fine")]
    bad = Letter.objects.get(user=user())
    assert (bad.error, bad.attempts) == ("It could not be written.", 1)


def test_a_server_that_is_away_ends_the_turn(plan, server, caplog):
    outbox.tell([user(), user("Liam Lead")], kind=Kind.NOTE, subject="A note", path="/", on=plan, at=AT)
    server.ends = {1: "refused"}
    assert [delivery.deliver(at=AT), server.calls] == [0, 1]
    assert sorted(Letter.objects.values_list("attempts", flat=True)) == [0, 1]


def test_a_letter_that_is_not_taken_is_given_up_after_two_weeks(plan, server, caplog):
    tell(plan, text="Please say who was asked.")
    server.ends = dict.fromkeys(range(1, 1_000), "refused")
    for day in range(16):
        delivery.deliver(at=later(days=day))
    letter = Letter.objects.get()
    assert (letter.given_up, letter.sent_at, letter.error) == (
        True,
        None,
        "The mail server did not take it in two weeks.",
    )
    assert (Message.objects.get().text, delivery.deliver(at=later(days=30)), server.calls) == ("", 0, 15)


def test_a_person_who_was_deactivated_since_gets_no_letter(plan):
    tell(plan, text="Please say who was asked.")
    delivery.gather(at=AT)
    person = user()
    person.is_active = False
    person.save()
    assert delivery.send(at=AT) == 0
    assert (mail.outbox, Letter.objects.get().given_up, Message.objects.get().text) == ([], True, "")


def test_a_reminder_of_another_day_is_none(plan):
    for kind in (Kind.REMINDER, Kind.NOTE):
        tell(plan, f"A {kind}", kind)
    delivery.deliver(at=later(days=3))
    assert sent() == [([user().email], "A note")]


def test_a_reminder_is_worth_sending_until_the_day_after(plan):
    for days, is_sent in ((1, True), (2, False)):
        mail.outbox.clear()
        tell(plan, f"Due, {days}", Kind.REMINDER)
        delivery.deliver(at=later(days=days))
        assert sent() == ([([user().email], f"Due, {days}")] if is_sent else [])
    assert Message.objects.count() == 1  # of the one that was sent


def test_what_comes_at_once_joins_the_letter_of_the_day_and_is_none_itself(plan):
    tell(plan, "At once")
    delivery.deliver(at=AT)
    for kind in (Kind.NOTE, Kind.PUBLISHED):
        tell(plan, f"A {kind}", kind)
    delivery.deliver(at=later(hours=1))
    tell(plan, "Another", Kind.PUBLISHED)
    tell(plan, "At once again")
    delivery.deliver(at=later(hours=2))
    letters = [(letter.daily_on, letter.messages.count()) for letter in Letter.objects.order_by("pk")]
    assert letters == [(None, 1), (AT.date(), 2), (None, 1)]


def test_the_letter_of_the_day_is_each_persons_own(plan):
    for name in ("Ada Officer", "Liam Lead"):
        outbox.tell([user(name)], kind=Kind.PUBLISHED, subject="Published", path="/", on=plan, at=AT)
        assert delivery.deliver(at=AT) == 1
    assert sorted(to for to, _ in sent()) == sorted([user(name).email] for name in ("Ada Officer", "Liam Lead"))


@pytest.mark.parametrize(
    ("fault", "others"),
    [(smtplib.SMTPRecipientsRefused({}), 1), (smtplib.SMTPServerDisconnected("away"), 0)],
    ids=["address", "server"],
)
def test_an_address_that_is_refused_keeps_nobody_elses_letter_and_a_server_that_is_away_does(
    plan, server, caplog, fault, others
):
    outbox.tell([user(), user("Liam Lead")], kind=Kind.NOTE, subject="A note", path="/", on=plan, at=AT)
    server.faults = {1: fault}
    assert (delivery.deliver(at=AT), server.calls) == (others, 1 + others)
    assert Letter.objects.exclude(error="").get().error == "The mail server did not take it."


def test_each_attempt_waits_twice_as_long_as_the_one_before_and_never_more_than_six_hours():
    waits = [delivery._wait(attempts).total_seconds() / 60 for attempts in (1, 2, 3, 7, 8, 1_000)]
    assert waits == [5, 10, 20, 320, 360, 360]


def test_a_turn_sends_the_oldest_letters_and_leaves_the_rest_to_the_next(plan, monkeypatch):
    monkeypatch.setattr(delivery, "A_TURN", 2)
    for number in (2, 0, 1):
        person = user(f"Person {number}")
        outbox.tell([person], kind=Kind.NOTE, subject=f"Note {number}", path="/", on=plan, at=later(hours=number))
        delivery.gather(at=later(hours=number))
    assert [delivery.send(at=later(hours=3)), delivery.send(at=later(hours=3))] == [2, 1]
    assert [subject for _, subject in sent()] == ["Note 0", "Note 1", "Note 2"]


def test_a_subject_has_two_hundred_characters_at_most(plan):
    for end in "ab":
        tell(plan, "x" * 199 + end + "more")
    delivery.gather(at=AT)
    assert {message.subject for message in Message.objects.all()} == {"x" * 199 + "a", "x" * 199 + "b"}
    assert Letter.objects.get().subject == "x" * 199 + "a"


def test_a_letter_of_one_message_is_called_as_it_is(plan):
    tell(plan, "Only this")
    delivery.gather(at=AT)
    assert Letter.objects.get().subject == "Only this"


@pytest.mark.parametrize(("days", "is_given_up"), [(13, False), (14, True)])
def test_the_fourteenth_day_is_the_last(plan, server, caplog, days, is_given_up):
    tell(plan)
    delivery.gather(at=AT)
    server.ends = {1: "refused"}
    delivery.send(at=later(days=days))
    assert Letter.objects.get().given_up is is_given_up
