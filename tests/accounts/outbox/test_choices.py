"""Everybody is offered the e-mails that fit what they do, and what is not offered stays as it was."""

import pytest

from accounts.models import Event, How, Kind, MailChoice
from accounts.outbox import choices
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db

OF_AN_OFFICER = ["MONTH_OPENED", "DATES_CHANGED", "REMINDER", "RETURNED", "QUESTION", "PUBLISHED"]


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("Ada Officer", OF_AN_OFFICER),
        ("Dev Deputy", OF_AN_OFFICER),
        ("Liam Lead", ["DATES_CHANGED", "SIGN_OFF", "QUESTION", "PUBLISHED"]),
        ("Olga Office", ["PUBLISHED"]),
        ("Ari Area", ["MONTH_OPENED", "DATES_CHANGED", "REMINDER", "QUESTION", "PUBLISHED"]),
        ("Mo Member", ["ANSWER", "PUBLISHED"]),
        ("Obi Observer", ["PUBLISHED"]),
        ("Stan Stranger", []),
    ],
)
def test_what_is_offered_follows_from_what_a_person_does(name, kinds):
    factories.area(factories.plan(), leading_post=factories.post("Head of Areas", user("Ari Area")))
    assert [kind.name for kind in choices.offered(user(name), on=AT.date())] == kinds


def test_what_is_not_offered_stays_as_it_was(client):
    factories.plan()
    MailChoice.objects.create(user=user("Obi Observer"), kind=Kind.SIGN_OFF, how=How.NEVER)
    client.force_login(user("Obi Observer"))
    page = client.get("/accounts/e-mail/").content.decode()
    assert ('name="published"' in page, 'name="sign_off"' in page) == (True, False)
    client.post("/accounts/e-mail/", {"published": "now", "sign_off": "now"})
    wanted = choices.of(user("Obi Observer"))
    assert (wanted[Kind.PUBLISHED], wanted[Kind.SIGN_OFF], wanted[Kind.ANSWER]) == (How.NOW, How.NEVER, How.NOW)


def test_who_has_no_part_in_anything_has_nothing_to_choose(client):
    client.force_login(user("Stan Stranger"))
    page = client.get("/accounts/e-mail/").content.decode()
    assert ("There is nothing to choose yet" in page, ">Save</button>" in page) == (True, False)


def chosen(name="Ada Officer", **how):
    choices.choose(by=user(name), at=AT, **how)
    return [event.detail["chosen"] for event in Event.objects.filter(what="user.mail_chosen").order_by("pk")]


def test_what_is_chosen_is_ones_own_and_leaves_the_other_kinds_as_they_were():
    assert chosen(published="never", reminder="now") == [{"published": "never", "reminder": "now"}]
    assert choices.of(user("Ada Officer")) == choices.USUAL | {Kind.PUBLISHED: How.NEVER}
    assert choices.of(user("Dev Deputy")) == choices.USUAL
    both = choices.of_all([user("Ada Officer").pk, user("Dev Deputy").pk])
    assert [both[user(name).pk][Kind.PUBLISHED] for name in ("Ada Officer", "Dev Deputy")] == [How.NEVER, How.DAILY]


def test_the_same_choice_again_and_what_is_usual_write_nothing():
    assert chosen(published="daily", sign_off="daily") == []
    assert not MailChoice.objects.exists()
    chosen(published="never")
    assert chosen(published="never") == [{"published": "never"}]
    assert chosen(published="daily") == [{"published": "never"}, {"published": "daily"}]
    assert choices.of(user("Ada Officer")) == choices.USUAL


def test_a_note_of_a_person_is_got_at_once_whatever_is_chosen():
    assert chosen(note="never") == []
    assert choices.of(user("Ada Officer"))[Kind.NOTE] == How.NOW
