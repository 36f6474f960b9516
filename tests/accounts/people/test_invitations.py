"""People are invited, choose a password of their own, and nobody gets round it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Event, Invitation, User
from accounts.people import invitations, pasted
from accounts.people.invitations import NO_LONGER, InvitationRefused, ListRefused
from tests.factories import AT, invited, later, user
from tests.races import race

pytestmark = pytest.mark.django_db
PASSWORD = "four quite random words"


def refusal(verb, **what):
    with pytest.raises(InvitationRefused) as refused:
        verb(**what)
    return str(refused.value)


def accept(one, at=AT):
    return invitations.accept(token=one.token, password=PASSWORD, at=at)


def test_who_is_invited_chooses_a_password_once():
    one = invited("Nia Newcomer")
    assert (one.person.name, one.person.email, one.person.has_usable_password()) == (
        "Nia Newcomer",
        "nia.newcomer@thornbury.example",
        False,
    )
    assert accept(one) == one.person
    assert User.objects.get(pk=one.person.pk).check_password(PASSWORD)
    assert refusal(accept, one=one) == NO_LONGER
    assert list(Event.objects.order_by("pk").values_list("what", "by__name", "on_text")) == [
        ("user.invited", "Olga Office", "Nia Newcomer"),
        ("user.invitation_accepted", "Nia Newcomer", "Nia Newcomer"),
    ]


def test_the_token_is_nowhere_in_the_database():
    one = invited()
    texts = str([list(model.objects.values()) for model in (User, Invitation, Event)])
    assert (len(one.token), one.token in texts) == (43, False)


def test_a_password_never_stands_in_an_event():
    person = accept(invited())
    details = str(list(Event.objects.values_list("detail", flat=True)))
    assert (PASSWORD in details, person.password in details) == (False, False)


def test_a_link_works_for_two_weeks():
    one = invited()
    assert refusal(accept, one=one, at=later(days=14)) == NO_LONGER
    assert accept(one, at=later(days=14, seconds=-1)) == one.person


@pytest.mark.parametrize("token", ["", "x", "0" * 43, "é" * 43])
def test_a_forged_token_opens_nothing(token):
    invited()
    assert refusal(invitations.find, token=token, at=AT) == NO_LONGER


def test_a_new_link_replaces_the_one_before_and_the_time_starts_again():
    first = invited()
    second = invitations.resend(person=first.person, by=user("Olga Office"), at=later(days=10))
    assert refusal(accept, one=first, at=later(days=10)) == NO_LONGER
    assert accept(second, at=later(days=20)) == first.person
    assert Invitation.objects.count() == 1


def test_a_withdrawn_invitation_lets_nobody_in_until_the_person_is_invited_again():
    one = invited()
    invitations.withdraw(person=one.person, by=user("Olga Office"), at=AT)
    assert refusal(accept, one=one) == NO_LONGER
    assert not User.objects.get(pk=one.person.pk).is_active
    again = invited(at=later(days=1))
    assert accept(again, at=later(days=1)) == one.person
    assert User.objects.get(pk=one.person.pk).is_active


def test_the_invitation_of_a_deactivated_person_lets_nobody_in():
    one = invited()
    User.objects.filter(pk=one.person.pk).update(is_active=False)
    assert refusal(accept, one=one) == NO_LONGER


def test_who_has_an_account_or_an_invitation_is_not_invited_again():
    user("Ada Officer")
    assert refusal(invited, name="Ada Officer") == (
        "ada.officer@thornbury.example already has an account, in the name of Ada Officer."
    )
    invited("Nia Newcomer")
    assert refusal(invited, name="Nia", email="NIA.newcomer@thornbury.example") == (
        "nia.newcomer@thornbury.example has already been invited. Send a new link from the page of Nia Newcomer."
    )


def test_who_has_a_password_needs_no_new_link_and_has_nothing_to_withdraw():
    officer, by = user("Ada Officer"), user("Olga Office")
    assert refusal(invitations.resend, person=officer, by=by, at=AT) == (
        "Ada Officer has a password already, so needs no invitation."
    )
    assert refusal(invitations.withdraw, person=officer, by=by, at=AT) == (
        "Ada Officer has no invitation that could be withdrawn."
    )


def test_an_account_without_a_password_is_invited_where_it_stands():
    invited("Bo Lyle")  # whose invitation says nothing of hers
    made = User.objects.create_user("nia.newcomer@thornbury.example", name="Nia Newcomer")
    assert accept(invited(name="Another spelling", email=made.email)).name == "Nia Newcomer"


def test_a_list_is_invited_whole_or_not_at_all():
    user("Ada Officer")
    lines = pasted.read("Nia, nia@thornbury.example\nnobody\nAda, ada.officer@thornbury.example")
    with pytest.raises(ListRefused) as refused:
        invitations.invite_all(people=lines, by=user("Olga Office"), at=AT)
    assert [sentence[:15] for sentence in refused.value.sentences] == ["Line 2: “nobody", "Line 3: ada.off"]
    assert (Invitation.objects.count(), User.objects.filter(name="Nia").exists()) == (0, False)
    made = invitations.invite_all(people=lines[:1], by=user("Olga Office"), at=AT)
    assert [one.person.name for one in made] == ["Nia"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"expires_at": AT},
        {"accepted_at": later(days=15)},
        {"accepted_at": AT - timedelta(seconds=1)},
        {"withdrawn_at": AT},
    ],
)
def test_the_database_refuses_what_no_invitation_can_be(wrong):
    invited()
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.update(**wrong)


def test_the_database_refuses_an_invitation_both_accepted_and_withdrawn():
    accept(invited())
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.update(withdrawn_at=AT, withdrawn_by=user("Olga Office"))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_open_the_link_at_once_one_chooses_the_password():
    one = invited()

    def choose(number):
        return invitations.accept(token=one.token, password=f"{PASSWORD} {number}", at=AT).pk

    results = race(choose, 5)
    assert sorted(map(str, results)) == sorted([str(one.person.pk), *[NO_LONGER] * 4])
    assert Event.objects.filter(what="user.invitation_accepted").count() == 1


def clerk():
    return user("Clem Clerk", is_staff=True)


@pytest.mark.parametrize("rights", [{"is_staff": True}, {"is_superuser": True}])
def test_only_full_permissions_invite_someone_who_uses_the_administration(rights):
    root = User.objects.create_user("root@thornbury.example", name="Ruth Root", **rights)
    for write in (
        lambda: invitations.invite(name="Ruth", email=root.email, by=clerk(), at=AT),
        lambda: invitations.resend(person=root, by=clerk(), at=AT),
        lambda: invitations.withdraw(person=root, by=clerk(), at=AT),
    ):
        with pytest.raises(InvitationRefused, match="Only someone with full permissions"):
            write()
    boss = user("Bo Boss", is_staff=True, is_superuser=True)
    assert invitations.invite(name="Ruth", email=root.email, by=boss, at=AT).token


def test_an_account_that_was_deactivated_is_not_opened_by_an_invitation():
    invitations.withdraw(person=invited("Bo Lyle").person, by=user("Olga Office"), at=AT)  # which opens his alone
    gone = User.objects.create_user("gone@thornbury.example", name="Gone", is_active=False)
    for write in (
        lambda: invitations.invite(name="Other", email=gone.email, by=user("Olga Office"), at=AT),
        lambda: invitations.resend(person=gone, by=user("Olga Office"), at=AT),
    ):
        with pytest.raises(InvitationRefused, match="is deactivated"):
            write()
    gone.refresh_from_db()
    assert gone.is_active is False


def test_a_link_that_was_sent_to_another_address_works_no_more():
    one = invited()
    User.objects.filter(pk=one.person.pk).update(email="right@thornbury.example")
    with pytest.raises(InvitationRefused, match="no longer works"):
        invitations.find(one.token, at=AT)
