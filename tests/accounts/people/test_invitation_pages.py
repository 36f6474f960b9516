"""The pages on which people are invited, and on which they choose their password."""

import re
import socket

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects, assertTemplateUsed

from accounts.models import Event, Invitation, User
from accounts.outbox import delivery
from accounts.people import invitations
from accounts.signing_in import attempts
from tests.factories import second_factor, user

PASSWORD = "four quite random words"
CONSOLE = "django.core.mail.backends.console.EmailBackend"
NIA = {"name": "Nia Newcomer", "email": "Nia.Newcomer@Thornbury.example"}
ADD, LIST = reverse("admin:accounts_user_add"), reverse("admin:accounts_user_invite_list")


@pytest.fixture
def office(db, client, settings):
    """An administrator's browser, on a site without a mail server."""
    settings.EMAIL_BACKEND, settings.DEMONSTRATION = CONSOLE, True
    client.force_login(user("Abe Administrator", is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def visitor():
    """The browser of somebody else."""
    return Client()


def links(response):
    return re.findall(r"http://testserver(/accounts/invitation/[^<\s]+/)", response.content.decode())


def choose(browser, link, word=PASSWORD):
    return browser.post(link, {"new_password1": word, "new_password2": word})


def deliver():
    """Send what waits, at the moment of the last invitation; return how many letters went out."""
    return delivery.deliver(at=max(Invitation.objects.values_list("sent_at", flat=True)))


def page_of_person():
    return reverse("admin:accounts_user_change", args=[person().pk])


def person():
    return User.objects.get(email="nia.newcomer@thornbury.example")


def test_without_a_mail_server_the_link_is_shown_once_to_whoever_invites(office, visitor):
    shown = office.post(ADD, NIA)
    (link,) = links(shown)
    assertContains(shown, "it is not shown again")
    assert "no-store" in shown["Cache-Control"]
    assertNotContains(office.get(reverse("admin:accounts_user_change", args=[person().pk])), link)
    assertContains(visitor.get(link), "This is the account of Nia Newcomer.")
    assertRedirects(choose(visitor, link), reverse("home"))
    assertContains(visitor.get(reverse("home")), "Nia Newcomer")
    assert choose(visitor, link).status_code == 410


def test_with_a_mail_server_the_link_goes_to_the_person_alone(office, settings, visitor):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    shown = office.post(ADD, NIA)
    assert links(shown) == []
    assertContains(shown, "An e-mail with the link is on its way")
    assertContains(office.get(page_of_person()), "E-mail with the link: Waiting to be sent.")
    assert deliver() == 1
    assertContains(office.get(page_of_person()), "E-mail with the link: 9 December 2011, 9:00am.")
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (
        ["nia.newcomer@thornbury.example"],
        "Choose your password for the improvement plan tracker",
    )
    (link,) = re.findall(rf"{settings.SITE_ADDRESS}(/\S+)", letter.body)
    ((html, _),) = letter.alternatives
    assert f'<a href="{settings.SITE_ADDRESS}{link}">Choose your password</a>' in html
    assertRedirects(choose(visitor, link), reverse("home"))


def test_a_mail_server_that_is_away_delays_no_page_and_says_so_beside_the_person(office, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = taken.getsockname()
        assert links(office.post(ADD, NIA)) == []
        assert caplog.text == ""
        assert deliver() == 0
    assertContains(office.get(page_of_person()), "E-mail with the link: Not sent yet. The mail server did not take it.")


def test_a_link_to_pass_on_replaces_the_one_that_waits_to_be_e_mailed(office, settings, visitor):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    office.post(ADD, NIA)
    again = reverse("admin:accounts_user_invite", args=[person().pk])
    assertContains(office.get(again), "Make a link to pass on")
    (link,) = links(office.post(again, {"pass_on": "Make a link to pass on"}))
    assert (deliver(), mail.outbox) == (0, [])
    assertContains(office.get(page_of_person()), "The link was not e-mailed, to be passed on.")
    assertRedirects(choose(visitor, link), reverse("home"))


def test_without_a_mail_server_there_is_no_other_link_to_pass_on(office):
    office.post(ADD, NIA)
    assertNotContains(office.get(reverse("admin:accounts_user_invite", args=[person().pk])), "Make a link to pass on")


def test_a_list_is_invited_and_what_is_wrong_is_said_by_line_with_nothing_lost(office):
    typed = "Nia Newcomer, nia.newcomer@thornbury.example\nBo Lyle <bo.lyle>\nCy Moss cy@thornbury.example"
    page = office.post(LIST, {"people": typed})
    assertContains(page, "Line 2: “Bo Lyle &lt;bo.lyle&gt;” needs one name and one e-mail address")
    assertContains(page, "Bo Lyle &lt;bo.lyle&gt;\nCy Moss")
    assert Invitation.objects.count() == 0
    assert len(links(office.post(LIST, {"people": typed.replace("<bo.lyle>", "<bo@thornbury.example>")}))) == 3


def test_too_long_a_list_is_refused_with_its_length(office):
    page = office.post(LIST, {"people": "\n".join(f"P {n}, p{n}@thornbury.example" for n in range(201))})
    assertContains(page, "Paste up to 200 people at a time. This list has 201.")


def test_nobody_types_a_password_for_somebody_else(office):
    officer = user("Ada Officer")
    pages = [ADD, LIST, reverse("admin:accounts_user_change", args=[officer.pk])]
    for page in pages:
        assertNotContains(office.get(page), 'type="password"')
    assertContains(office.get(pages[2]), "I have forgotten my password")
    assert office.get(f"/admin/accounts/user/{officer.pk}/password/").status_code in (302, 404)
    office.post(f"/admin/accounts/user/{officer.pk}/password/", {"password1": PASSWORD, "password2": PASSWORD})
    officer.refresh_from_db()
    assert not officer.check_password(PASSWORD)


def test_a_new_link_is_sent_from_the_persons_page_and_the_old_one_is_dead(office, visitor):
    (first,) = links(office.post(ADD, NIA))
    page = office.get(reverse("admin:accounts_user_change", args=[person().pk]))
    again = reverse("admin:accounts_user_invite", args=[person().pk])
    assertContains(page, again)
    (second,) = links(office.post(again))
    assert visitor.get(first).status_code == 410
    assert visitor.get(second).status_code == 200


def test_an_invitation_is_withdrawn_from_the_persons_page(office, visitor):
    (link,) = links(office.post(ADD, NIA))
    page = office.post(reverse("admin:accounts_user_withdraw", args=[person().pk]), follow=True)
    assertContains(page, "The invitation of Nia Newcomer was withdrawn.")
    assertContains(page, "Invitation withdrawn.")
    assert visitor.get(link).status_code == 410
    assert choose(visitor, link).status_code == 410
    assert not person().has_usable_password()


def test_several_people_without_a_password_are_invited_from_the_list(office):
    made = [User.objects.create_user(f"p{n}@thornbury.example", name=f"P {n}") for n in range(3)]
    left = User.objects.create_user("p9@thornbury.example", name="P 9", is_active=False)
    chosen = [one.pk for one in [*made, left, user("Ada Officer")]]
    asked = {"action": "send_links", "_selected_action": chosen}
    page = office.post(reverse("admin:accounts_user_changelist"), asked, follow=True)
    assertContains(page, "Send 3 invitations")
    assertNotContains(page, "Ada Officer,")
    people = {"person": [str(pk) for pk in chosen]}
    assert len(links(office.post(reverse("admin:accounts_user_invite_several"), people))) == 3
    assert Event.objects.filter(what="user.invited_again").count() == 3
    assert not User.objects.get(name="P 9").is_active


def test_where_nobody_is_chosen_everyone_is_invited_whom_no_link_reaches(office):
    several = reverse("admin:accounts_user_invite_several")
    assertContains(office.get(several), "Nobody needs an invitation.")
    User.objects.create_user("p1@thornbury.example", name="P 1")
    office.post(ADD, NIA)
    assertContains(office.get(several), "Send 1 invitation")
    Invitation.objects.update(sent_at="2011-01-01T00:00Z", expires_at="2011-01-15T00:00Z")
    assertContains(office.get(several), "Send 2 invitations")
    assert len(links(office.post(several))) == 2


@pytest.mark.parametrize("sent", ["x", "-1", "9" * 30, "²", "0"])
def test_what_is_no_person_is_passed_over(office, sent):
    User.objects.create_user("p1@thornbury.example", name="P 1")
    page = office.get(reverse("admin:accounts_user_invite_several"), {"person": sent})
    assert page.status_code == 200


def test_a_refused_link_or_withdrawal_says_why(office):
    officer = user("Ada Officer")
    for page, why in (("invite", "has a password already"), ("withdraw", "has no invitation that could be withdrawn")):
        shown = office.post(reverse(f"admin:accounts_user_{page}", args=[officer.pk]), follow=True)
        assertContains(shown, f"Ada Officer {why}")


def test_whoever_keeps_no_accounts_of_staff_sends_none_of_them_a_link(office, db):
    staff = User.objects.create_user("sam.staff@thornbury.example", name="Sam Staff", is_staff=True)
    keeper = user("Kit Keeper", is_staff=True)
    keeper.groups.add(Group.objects.get(name="Plan and people"))
    office.force_login(keeper)
    assert office.post(reverse("admin:accounts_user_invite", args=[staff.pk])).status_code == 403
    assert Invitation.objects.count() == 0


def test_who_is_signed_in_as_another_is_asked_to_sign_out_first(office, visitor):
    (link,) = links(office.post(ADD, NIA))
    assertContains(office.get(link), "This invitation is for Nia Newcomer, and you are signed in as Abe Administrator.")
    assertTemplateUsed(choose(office, link), "account/invitation_of_another.html")
    assert not person().has_usable_password()
    assertRedirects(office.post(reverse("account_logout"), {"next": link}), link)


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("", "", "Enter your password."),
        ("short", "short", "at least 12 characters"),
        (PASSWORD, "four other random words", "match"),
        ("a" * 257, "a" * 257, "must be 256 characters or fewer"),
        ("nia.newcomer@thornbury", "nia.newcomer@thornbury", "too similar"),
    ],
)
def test_a_password_that_will_not_do_is_refused_beside_its_field(office, visitor, first, second, said):
    (link,) = links(office.post(ADD, NIA))
    page = visitor.post(link, {"new_password1": first, "new_password2": second})
    assertContains(page, said)
    assertContains(page, "There is a problem")
    assert not person().has_usable_password()


def test_links_that_are_none_are_counted_by_address(office, visitor):
    most = int(attempts.LIMITS["link"].partition("/")[0])
    answers = [visitor.get(f"/accounts/invitation/{number}/").status_code for number in range(most + 1)]
    assert answers == [410] * most + [429]
    (link,) = links(office.post(ADD, NIA))
    assert visitor.get(link).status_code == 200


def test_a_letter_for_a_forgotten_password_does_not_go_round_an_invitation(office, settings, visitor):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    office.post(ADD, NIA)
    mail.outbox.clear()
    visitor.post(reverse("account_reset_password"), {"email": person().email})
    assert mail.outbox == []
    invitations.withdraw(person=person(), by=user(), at=person().date_joined)
    visitor.post(reverse("account_reset_password"), {"email": person().email})
    assert mail.outbox == []


def test_an_invited_administrator_sets_a_second_factor_up_before_anything_else(office, settings, visitor):
    (link,) = links(office.post(ADD, NIA))
    settings.DEMONSTRATION = False
    User.objects.filter(pk=person().pk).update(is_staff=True, is_superuser=True)
    assertRedirects(choose(visitor, link), reverse("home"), fetch_redirect_response=False)
    assertRedirects(
        visitor.get("/admin/"), f"{reverse('mfa_activate_totp')}?next=/admin/", fetch_redirect_response=False
    )


def test_a_second_factor_that_is_there_is_asked_for_after_the_link(office, settings, visitor):
    (link,) = links(office.post(ADD, NIA))
    settings.DEMONSTRATION = False
    second_factor(person())
    assertRedirects(choose(visitor, link), reverse("mfa_authenticate"))
    assert visitor.get(reverse("home")).status_code == 302


def test_with_the_councils_identity_provider_no_invitation_is_needed(office, provider, settings):
    settings.DEMONSTRATION = True
    shown = office.post(ADD, NIA)
    assertContains(shown, "Signs in with your Microsoft account: no invitation is needed")
    assert (links(shown), Invitation.objects.count()) == ([], 0)
    assert len(links(office.post(ADD, {"name": "Ines Independent", "email": "ines@elsewhere.example"}))) == 1
    page = office.post(ADD, NIA)
    assertContains(page, "nia.newcomer@thornbury.example already has an account")


def test_no_page_offers_a_window_that_adds_a_person(office):
    assertNotContains(office.get(reverse("admin:plans_plan_add")), "add_id_programme_office")


def test_a_password_that_was_set_on_the_server_can_be_reset_though_the_invitation_is_open(office, settings, visitor):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    office.post(ADD, NIA)
    mail.outbox.clear()
    invited = person()
    invited.set_password("four quite random words")
    invited.save()
    visitor.post(reverse("account_reset_password"), {"email": invited.email})
    assert [letter.to for letter in mail.outbox] == [[invited.email]]
