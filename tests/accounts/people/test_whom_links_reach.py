"""Whom no link reaches, who needs none, and what a link is worth once its account has changed."""

import pytest

from accounts.models import Event, User
from accounts.people import invitations
from accounts.people.invitations import NO_LONGER, InvitationRefused
from tests.factories import AT, invited, later, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def vouched(settings):
    """The council's identity provider lets everybody in who has an address of the council."""
    apps = [{"settings": {"email_domains": ["thornbury.example"]}}]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": apps}}


def without_password(name, **fields):
    domain = fields.pop("domain", "thornbury.example")
    return User.objects.create_user(f"{name.lower()}@{domain}", name=name, **fields)


def names(people):
    return sorted(people.values_list("name", flat=True))


def test_a_link_reaches_nobody_who_has_none_or_whose_link_expired_or_was_withdrawn():
    without_password("Nell")
    without_password("Dot", is_active=False)
    user("Ada Officer")
    invited("Open Invited")
    invited("Old Invited", at=later(days=-14))
    gone = invited("Gone Invited").person
    invitations.withdraw(person=gone, by=user("Olga Office"), at=AT)
    assert names(invitations.awaited()) == ["Nell", "Old Invited", "Open Invited"]
    assert names(invitations.uninvited(at=AT)) == ["Nell", "Old Invited"]
    User.objects.filter(pk=gone.pk).update(is_active=True)
    assert names(invitations.uninvited(at=AT)) == ["Gone Invited", "Nell", "Old Invited"]


def test_whoever_signs_in_with_the_council_waits_for_no_link(vouched):
    without_password("Nell")
    without_password("Ines", domain="elsewhere.example")
    without_password("Eve", domain="evilthornbury.example")
    assert names(invitations.awaited()) == ["Eve", "Ines"]
    assert [invitations.signs_in_elsewhere(f"x@{name}.example") for name in ("thornbury", "elsewhere")] == [True, False]


def test_whoever_signs_in_with_the_council_is_sent_no_link(vouched, settings):
    settings.OIDC_NAME = "your Microsoft account"
    with pytest.raises(InvitationRefused, match="signs in with your Microsoft account, so needs no invitation"):
        invitations.resend(person=without_password("Nell"), by=user("Olga Office"), at=AT)
    with pytest.raises(InvitationRefused, match="already has an account, in the name of Nell"):
        invited("Nell", email="nell@thornbury.example")
    assert invited("New Comer").token == ""
    (told,) = Event.objects.filter(on_text="New Comer")
    assert (told.what, told.by) == ("user.added", user("Olga Office"))


def test_whose_invitation_was_withdrawn_before_the_council_vouched_for_them_is_let_in_again(settings):
    gone = invited("Gone Invited").person
    invitations.withdraw(person=gone, by=user("Olga Office"), at=AT)
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"APPS": [{"settings": {"email_domains": ["thornbury.example"]}}]}
    }
    assert invited("Gone Invited").token == ""
    gone.refresh_from_db()
    assert gone.is_active


def test_an_invitation_that_was_accepted_is_not_withdrawn():
    one = invited()
    invitations.accept(token=one.token, password="four quite random words", at=AT)
    with pytest.raises(InvitationRefused, match="has no invitation that could be withdrawn"):
        invitations.withdraw(person=one.person, by=user("Olga Office"), at=AT)
    one.person.refresh_from_db()
    assert one.person.is_active


def test_a_link_is_worth_nothing_once_a_password_was_set_on_the_server():
    one = invited()
    one.person.set_password("four quite random words")
    one.person.save()
    with pytest.raises(InvitationRefused) as refusal:
        invitations.find(one.token, at=AT)
    assert str(refusal.value) == NO_LONGER


def test_an_expired_invitation_is_made_anew():
    old = invited(at=later(days=-14))
    new = invited()
    assert (new.person, new.token == old.token) == (old.person, False)
    assert invitations.find(new.token, at=AT).user == old.person
