"""What staff may do in the administration who are no superusers: two groups, and nothing besides."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse

from accounts.models import Event
from improvement.groups import GROUPS, NOTICE, PLAN
from tests import admin_addresses, factories
from tests.addresses import show_second_factor
from tests.factories import user
from tests.test_admin import form_of

BOTH = (NOTICE, PLAN)
PEOPLE = {NOTICE: "Nora Notice", PLAN: "Pia People"}


def member(name, *groups, **fields):
    made = user(name, is_staff=True, **fields)
    made.groups.set(Group.objects.filter(name__in=groups))
    return made


@pytest.fixture
def superuser(db, client):
    client.force_login(user("Abe Administrator", is_staff=True, is_superuser=True))


def person_page(person):
    return reverse("admin:accounts_user_change", args=[person.pk])


def test_both_groups_are_there_and_come_back_as_they_were(db):
    assert set(Group.objects.values_list("name", flat=True)) == set(GROUPS) == set(BOTH)
    for group in Group.objects.all():
        assert group.permissions.count() > 20
    before = {group.name: set(group.permissions.all()) for group in Group.objects.all()}
    Group.objects.get(name=NOTICE).permissions.set(Permission.objects.all())
    Group.objects.get(name=PLAN).delete()
    call_command("migrate", interactive=False, verbosity=0)
    assert {group.name: set(group.permissions.all()) for group in Group.objects.all()} == before


def expected(group, name, statuses):
    """Return what a member of the group gets: what an administrator does of its own, and a look at some of the rest."""
    own, besides = GROUPS[group]
    if (group, name) in ELSEWHERE:
        return ELSEWHERE[group, name]
    app, _, rest = name.partition("_")
    if name in admin_addresses.OTHERS or app in own:
        return statuses
    model, _, page = rest.partition("_")
    needed = page if page in {"add", "delete"} else "view"
    if page in admin_addresses.LOADS | admin_addresses.OWN:
        return {404}  # a file is loaded by who may, and to others its pages are not there
    if f"{needed}_{model}" in besides.get(app, ()):
        return statuses
    return {403} | (statuses & {302, 404})  # nor is a row there of which there is none


ELSEWHERE = {
    (NOTICE, "app_list"): {404},  # that of the plan
    (NOTICE, "accounts_post_hand_over"): {302},
}


@pytest.mark.parametrize("group", BOTH)
def test_each_group_opens_what_is_its_own_in_the_administration(thornbury, client, settings, group):
    settings.DEMONSTRATION = False
    someone = member(PEOPLE[group], group)
    factories.second_factor(someone)
    client.force_login(someone)
    show_second_factor(client, someone)
    found = {}
    for name, page, statuses in admin_addresses.rows():
        wanted = expected(group, name, statuses)
        if (status := client.get(page).status_code) not in wanted:
            found[name] = status, wanted
    assert found == {}


@pytest.mark.parametrize("groups", [(), (NOTICE,), (PLAN,), BOTH])
def test_whoever_uses_the_administration_is_asked_for_a_second_factor(db, client, settings, groups):
    settings.DEMONSTRATION = False
    client.force_login(member("Nora Notice", *groups))
    assert client.get(reverse("admin:index")).url.startswith(reverse("mfa_activate_totp"))


def test_the_group_of_the_notice_loads_files_and_the_other_does_not(db, client):
    factories.notice()
    for name, groups, status in (("Nora Notice", [NOTICE], 200), ("Pia People", [PLAN], 404)):
        client.force_login(member(name, *groups))
        for model in ("notice", "result"):
            assert client.get(reverse(f"admin:notices_{model}_load")).status_code == status


def test_the_group_of_the_plan_hands_a_post_over_and_the_other_does_not(db, client):
    factories.plan()
    post = user("Ada Officer").held_posts.get()
    page = reverse("admin:accounts_post_hand_over", args=[post.pk])
    sent = {"holder": user("Nia Newcomer").pk, "deputy": "", "on": "2011-12-01"}
    client.force_login(member("Nora Notice", NOTICE))
    assert "Hand over" not in client.get(reverse("admin:accounts_post_changelist")).content.decode()
    client.post(page, sent)
    post.refresh_from_db()
    assert post.holder.name == "Ada Officer"
    client.force_login(member("Pia People", PLAN))
    client.post(page, sent)
    post.refresh_from_db()
    assert post.holder.name == "Nia Newcomer"


def test_the_group_of_the_plan_keeps_accounts_but_none_of_staff(db, client):
    pia, officer = member("Pia People", PLAN), user("Ada Officer")
    chief = user("Abe Administrator", is_staff=True, is_superuser=True)
    client.force_login(pia)
    fields = client.get(person_page(officer)).context["adminform"].form.fields
    assert {"name", "is_active"} <= fields.keys()
    assert {"is_staff", "is_superuser", "groups"} & fields.keys() == set()
    sent = form_of(client, person_page(officer)) | {
        "is_staff": "on",
        "is_superuser": "on",
        "groups": [1],
        "name": "Ada O",
    }
    client.post(person_page(officer), sent)
    officer.refresh_from_db()
    assert (officer.is_staff, officer.is_superuser, officer.groups.count()) == (False, False, 0)
    for staff in (chief, pia):
        assert "name" not in client.get(person_page(staff)).context["adminform"].form.fields
        link = reverse("admin:accounts_user_invite", args=[staff.pk])
        assert [client.get(link).status_code, client.post(link, {}).status_code] == [403, 403]
        deletion = reverse("admin:accounts_user_delete", args=[staff.pk])
        assert client.post(deletion, {"post": "yes"}).status_code == 403
    factories.second_factor(chief)
    chosen = {"action": "remove_second_factor", "_selected_action": [chief.pk]}
    page = client.post(reverse("admin:accounts_user_changelist"), chosen, follow=True)
    assert "None of the selected people had a second factor." in page.content.decode()
    assert chief.authenticator_set.exists()


def test_a_superuser_says_on_a_persons_page_what_they_may_do(superuser, client):
    officer = user("Ada Officer")
    page = person_page(officer)
    assert "Permissions in the administration" in client.get(page).content.decode()
    chosen = Group.objects.get(name=PLAN)
    sent = form_of(client, page) | {"groups": [chosen.pk]}
    for said, field in ((sent, "is_staff"), (sent | {"groups": [], "is_staff": "on"}, "groups")):
        answer = client.post(page, said)
        assert list(answer.context["adminform"].form.errors) == [field]
    assert client.post(page, sent | {"is_staff": "on"}).status_code == 302
    officer.refresh_from_db()
    assert (officer.is_staff, list(officer.groups.all())) == (True, [chosen])
    assert Event.objects.first().what == "user.changed"


def test_staff_in_no_group_are_told_that_they_may_do_nothing(db, client):
    client.force_login(member("Nora Notice"))
    page = client.get(reverse("admin:index")).content.decode()
    assert "You don’t have permission to view or edit anything." in page
