"""An invitation is a row of the outbox; its link is worked out as it is sent, and is in no row of the database."""

from contextlib import suppress

import pytest
from django.core import mail, serializers

from accounts import outbox
from accounts.audit import trail
from accounts.models import Event, Invitation, Kind, Letter, Message, User
from accounts.outbox import choices, delivery
from accounts.people import invitations, links, sending
from tests import factories
from tests.accounts.outbox.test_delivery import delivered_in_a_thousand_kills, server
from tests.factories import AT, invited, later, user

__all__ = ["server"]
pytestmark = pytest.mark.django_db
PASSWORD = "four quite random words"


def sent():
    return [(letter.to, letter.subject) for letter in mail.outbox]


def link_of(one, site):
    return f"{site}/accounts/invitation/{one.token}/"


def test_an_invitation_waits_in_the_outbox_and_its_link_is_in_the_letter_alone(settings):
    one = invited()
    told = Message.objects.get()
    assert (told.user, told.kind, told.text, told.made_at) == (one.person, Kind.INVITATION, "", AT)
    assert (one.is_mailed, mail.outbox) == (True, [])
    assert delivery.deliver(at=AT) == 1
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([one.person.email], sending.SUBJECT)
    assert link_of(one, settings.SITE_ADDRESS) in letter.body
    assert link_of(one, settings.SITE_ADDRESS) in letter.alternatives[0][0]
    assert invitations.accept(token=one.token, password=PASSWORD, at=AT) == one.person


def test_no_row_of_the_database_holds_the_link_or_what_leads_to_it_without_the_key(settings):
    one = invited()
    rows = [*User.objects.all(), *Invitation.objects.all(), *Message.objects.all(), *one.person.events.all()]
    assert one.token not in serializers.serialize("json", rows)
    invitation = Invitation.objects.get()
    assert links.token_of(invitation) == one.token
    settings.SECRET_KEY = "another key than the one that made it"
    with pytest.raises(LookupError):
        links.token_of(invitation)
    settings.SECRET_KEY_FALLBACKS = ["one more", "not-the-secret"]
    with pytest.raises(LookupError):
        links.token_of(invitation)


def test_a_new_secret_key_keeps_the_links_of_the_former_one(settings):
    one = invited()
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new key of this site"
    delivery.deliver(at=AT)
    assert link_of(one, settings.SITE_ADDRESS) in mail.outbox[0].body
    assert invitations.find(one.token, at=AT).user == one.person


def test_with_another_secret_key_the_letter_is_not_written_and_that_is_said(settings, caplog):
    one = invited()
    settings.SECRET_KEY = "another key than the one that made it"
    assert delivery.deliver(at=AT) == 0
    assert Letter.objects.get().error == "It could not be written."
    again = invitations.resend(person=one.person, by=user("Olga Office"), at=later(minutes=5))
    assert delivery.deliver(at=later(minutes=5)) == 1
    assert link_of(again, settings.SITE_ADDRESS) in mail.outbox[0].body


def test_once_it_is_sent_nothing_leads_to_the_link():
    one = invited()
    delivery.deliver(at=AT)
    with pytest.raises(LookupError):
        links.token_of(Invitation.objects.get())
    assert invitations.find(one.token, at=AT).user == one.person


def test_two_invitations_have_two_links():
    tokens = {invited(name).token for name in ("Bo Lyle", "Cy Moss")}
    tokens.add(invitations.resend(person=user("Bo Lyle"), by=user("Olga Office"), at=later(days=1)).token)
    assert len(tokens) == 3


def test_a_link_sent_again_before_the_first_went_out_is_one_letter(settings):
    one = invited()
    again = invitations.resend(person=one.person, by=user("Olga Office"), at=later(minutes=1))
    assert delivery.deliver(at=later(minutes=1)) == 1
    assert link_of(again, settings.SITE_ADDRESS) in mail.outbox[0].body
    first = Letter.objects.get(given_up=True)
    assert (first.sent_at, first.error) == (None, "It was replaced by another invitation, or the address changed.")


@pytest.mark.parametrize("is_gathered", [False, True])
def test_an_invitation_that_was_withdrawn_is_not_sent(is_gathered):
    one = invited()
    if is_gathered:
        delivery.gather(at=AT)
    invitations.withdraw(person=one.person, by=user("Olga Office"), at=AT)
    assert (delivery.deliver(at=AT), mail.outbox) == (0, [])


def test_one_that_was_withdrawn_and_made_anew_is_sent_once(settings):
    one = invited()
    invitations.withdraw(person=one.person, by=user("Olga Office"), at=AT)
    again = invited(at=later(minutes=1))
    assert delivery.deliver(at=later(minutes=1)) == 1
    assert link_of(again, settings.SITE_ADDRESS) in mail.outbox[0].body


def test_one_that_was_accepted_by_a_link_passed_on_is_not_sent():
    one = invited()
    delivery.gather(at=AT)
    invitations.accept(token=one.token, password=PASSWORD, at=AT)
    assert delivery.send(at=AT) == 0
    assert Letter.objects.get().error == "The invitation is no longer open."


def test_one_whose_address_changed_is_not_sent():
    one = invited()
    one.person.email = "somebody.else@thornbury.example"
    one.person.save()
    assert (delivery.deliver(at=AT), mail.outbox) == (0, [])


def test_a_link_to_pass_on_is_no_letter():
    one = invited()
    delivery.deliver(at=AT)
    again = invitations.resend(person=one.person, by=user("Olga Office"), at=later(days=1), is_passed_on=True)
    assert (again.is_mailed, delivery.deliver(at=later(days=1))) == (False, 0)
    assert sending.message_of(Invitation.objects.get()) is None
    assert invitations.find(again.token, at=later(days=1)).user == one.person


def test_the_trail_says_that_somebody_was_shown_the_link():
    """Whoever passes it on could choose the password themselves."""
    one = invited()
    invitations.resend(person=one.person, by=user("Olga Office"), at=later(days=1), is_passed_on=True)
    again, first = Event.objects.filter(what__startswith="user.invited").order_by("-at")
    assert ("shown to be passed on: yes" in trail.details(again), "passed on" in trail.details(first)) == (True, False)


def test_of_a_link_that_is_passed_on_nothing_but_its_hash_is_kept(settings):
    one = invited()
    invitations.resend(person=one.person, by=user("Olga Office"), at=later(days=1), is_passed_on=True)
    assert Invitation.objects.get().nonce == ""
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    invited("Bo Lyle")
    assert not Invitation.objects.exclude(nonce="").exists()


def test_of_a_link_that_is_not_sent_as_its_account_was_deactivated_nothing_but_its_hash_is_kept():
    one = invited()
    User.objects.filter(pk=one.person.pk).update(is_active=False)
    assert (delivery.deliver(at=AT), Message.objects.count()) == (0, 0)
    assert Invitation.objects.get().nonce == ""


def test_one_that_expired_before_it_was_delivered_is_not_sent():
    invited()
    at = later(days=invitations.VALID_FOR.days)
    assert (delivery.deliver(at=at), mail.outbox) == (0, [])
    assert (Letter.objects.get().error, Letter.objects.get().given_up) == ("The invitation has expired.", True)
    assert Invitation.objects.get().nonce == ""


@pytest.mark.parametrize("name", ["console", "dummy", "filebased"])
def test_where_no_e_mail_goes_out_nothing_waits(settings, name):
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{name}.EmailBackend"
    assert not invited().is_mailed
    assert not Message.objects.exists()


def test_what_else_a_person_is_told_comes_in_another_letter():
    one = invited()
    outbox.tell([one.person], kind=Kind.NOTE, subject="A note", path="/", on=factories.plan(), at=AT)
    assert delivery.deliver(at=AT) == 2
    assert sorted(sent()) == [([one.person.email], "A note"), ([one.person.email], sending.SUBJECT)]


def test_nobody_chooses_to_get_no_invitation():
    assert Kind.INVITATION not in choices.CHOSEN


def test_an_invitation_undone_is_sent_to_nobody():
    with suppress(invitations.ListRefused):
        invitations.invite_all(
            people=[invitations.Line(1, "Bo", "bo@thornbury.example", ""), invitations.Line(2, "", "", "No name.")],
            by=user("Olga Office"),
            at=AT,
        )
    assert not Message.objects.exists()


def test_in_a_thousand_kills_each_gets_one_link_that_works_under_one_name(server):
    people = [invited(f"Person {number}") for number in range(50)]
    by_name = delivered_in_a_thousand_kills(server)
    assert len(by_name) == len(people)
    # Handed over again it is the same letter, with the same link.
    assert set(by_name.items()) == set(server.taken)
    for one in people:
        (body,) = [body for body in by_name.values() if one.token in body]
        assert body.startswith(f"Dear {one.person.name}\n")
        assert invitations.find(one.token, at=AT).user == one.person
    assert not Invitation.objects.exclude(nonce="").exists()
