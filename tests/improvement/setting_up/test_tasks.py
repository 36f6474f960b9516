"""The tasks of setting up: where an administrator begins, and what has become incomplete since."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Post, User
from accounts.outbox import delivery
from boards.meetings import succession
from boards.models import Seat
from improvement.groups import PLAN
from improvement.setting_up.tasks import tasks
from notices.models import Inspection, Target
from plans import refresh
from plans.models import Outcome, Plan, Recommendation
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db
ON = date(2011, 12, 9)
NAMES = [
    "Council",
    "People",
    "Posts and who holds them",
    "Notice",
    "Inspections",
    "Plan",
    "Board",
    "First month",
]


@pytest.fixture
def administrator():
    return user("Abe Administrator", is_staff=True, is_superuser=True)


@pytest.fixture
def council(settings):
    settings.ORGANISATION, settings.ACCESSIBILITY_EMAIL = "Thornbury Council", "access@thornbury.example"


def found(person):
    return {task.name: task for task in tasks(person, on=ON)}


def statuses(person):
    return {name: task.status.value for name, task in found(person).items()}


def said(person, name):
    """Return what is incomplete about a task, in sentences."""
    kinds = found(person)[name].incomplete
    return [f"{'; '.join(thing.name for thing in kind.things)} {kind.sentence}" for kind in kinds]


@pytest.fixture
def whole(council, administrator):
    """A plan of which nothing is lacking, with its first month published."""
    plan = factories.plan(2)
    plan.notice = factories.notice()
    plan.save()
    inspection = factories.inspection()
    inspection.notices.add(plan.notice)
    factories.finding(inspection, 1)
    Target.objects.update(owner_post=Post.objects.first())
    for recommendation in plan.recommendations.all():
        recommendation.targets.add(plan.notice.targets.get())
    factories.published(factories.month(plan))
    return plan


def test_an_empty_site_has_every_task_before_it_and_each_leads_to_where_it_is_done(administrator):
    assert list(found(administrator)) == NAMES
    assert statuses(administrator) == dict.fromkeys(NAMES, "not-started")
    assert [task.address for task in found(administrator).values()] == [
        reverse(name)
        for name in (
            "accessibility_statement",
            "admin:accounts_user_invite_list",
            "admin:accounts_post_add",
            "admin:notices_notice_load",
            "admin:notices_inspection_add",
            "admin:plans_plan_load",
            "admin:boards_board_add",
            "admin:plans_plan_changelist",
        )
    ]


def test_the_first_administrator_lands_on_them_and_finds_them_again(client, administrator):
    client.force_login(administrator)
    assertRedirects(client.get(reverse("home")), reverse("set_up"))
    page = client.get(reverse("set_up"))
    assertContains(page, "govuk-task-list__item", count=2 * 8)
    assertContains(page, "Not started", count=8)
    assertContains(client.get(reverse("admin:index")), reverse("set_up"))


def test_once_a_month_is_published_an_administrator_begins_with_the_administration(client, whole, administrator):
    client.force_login(administrator)
    assertRedirects(client.get(reverse("home")), reverse("admin:index"))
    assertContains(client.get(reverse("admin:index")), reverse("set_up"))
    assertContains(client.get(reverse("set_up")), "Setting up")


def test_nobody_else_sees_them(client, whole):
    client.force_login(user("Olga Office"))
    assert client.get(reverse("set_up")).status_code == 404
    assertNotContains(client.get(reverse("plans:plan_detail", args=["thornbury"])), reverse("set_up"))


def test_a_site_of_which_nothing_is_lacking_is_done(whole, administrator):
    assert {name: said(administrator, name) for name in NAMES} == {name: [] for name in NAMES}
    assert statuses(administrator) == dict.fromkeys(NAMES, "done")


@pytest.mark.parametrize(
    ("named", "status", "hint"),
    [
        (
            ("", ""),
            "not-started",
            "Ask the people who run the server to set ORGANISATION and ACCESSIBILITY_EMAIL, which the accessibility "
            "statement needs.",
        ),
        (
            ("Thornbury Council", ""),
            "in-progress",
            "The accessibility statement names Thornbury Council. Ask the people who run the server to set "
            "ACCESSIBILITY_EMAIL, which the accessibility statement needs.",
        ),
        (
            ("Thornbury Council", "access@thornbury.example"),
            "done",
            "The accessibility statement names Thornbury Council and access@thornbury.example. To change that, ask the "
            "people who run the server: its settings ORGANISATION and ACCESSIBILITY_EMAIL say so.",
        ),
    ],
)
def test_the_council_is_shown_with_the_settings_of_the_server_that_name_it(
    settings, administrator, named, status, hint
):
    settings.ORGANISATION, settings.ACCESSIBILITY_EMAIL = named
    task = found(administrator)["Council"]
    assert (task.status.value, task.hint) == (status, hint)


def test_who_has_not_chosen_a_password_is_named(whole, administrator):
    at = factories.later(days=220)
    factories.invited("Nia Newcomer", at=at)
    delivery.deliver(at=at)
    assert said(administrator, "People") == ["Nia Newcomer has not chosen a password yet"]
    factories.invited("Bo Lyle", at=at)
    delivery.deliver(at=at)
    assert said(administrator, "People") == ["Bo Lyle; Nia Newcomer have not chosen a password yet"]
    assert statuses(administrator)["People"] == "in-progress"


def test_who_has_no_invitation_that_works_is_named_and_the_task_leads_to_where_all_are_invited(whole, administrator):
    User.objects.create_user("bo.lyle@thornbury.example", name="Bo Lyle")
    factories.invited("Nia Newcomer")  # in May
    task = found(administrator)["People"]
    assert said(administrator, "People") == ["Bo Lyle; Nia Newcomer have no invitation that works"]
    assert (task.status, task.address) == ("in-progress", reverse("admin:accounts_user_invite_several"))


def test_a_post_without_a_holder_is_named_and_one_whose_holder_has_left_too(whole, administrator):
    factories.post("Head of Training")
    User.objects.filter(name="Ada Officer").update(is_active=False)
    User.objects.filter(name="Dev Deputy").update(is_active=False)
    assert said(administrator, "Posts and who holds them") == [
        "Head of Safeguarding has a holder who has left",
        "Head of Training has no holder",
    ]
    (_, never) = found(administrator)["Posts and who holds them"].incomplete
    assert never.things[0].address == reverse(
        "admin:accounts_post_hand_over", args=[Post.objects.get(title="Head of Training").pk]
    )


def test_an_invitation_that_nobody_e_mails_is_told_of_the_day_after(whole, administrator):
    """So that who runs the server sees that nothing delivers e-mails."""
    at = factories.later(days=220)
    factories.invited("Nia Newcomer", at=at)
    sentence = "has an invitation that has not been e-mailed"

    def told(after):
        days = tasks(administrator, on=at.date() + timedelta(days=after))
        return [kind.sentence for task in days for kind in task.incomplete].count(sentence)

    assert [told(0), told(1), told(13), told(15)] == [0, 1, 1, 0]
    delivery.deliver(at=at)
    assert told(1) == 0


def test_a_lead_who_has_left_is_told_of_at_the_plan(whole, administrator):
    User.objects.filter(name__in=["Ada Officer", "Dev Deputy"]).update(is_active=False)
    assert said(administrator, "Plan") == ["R01 Recommendation 1; R02 Recommendation 2 are led by people who have left"]


def test_a_lead_without_an_account_is_no_gap_of_the_plan(whole, administrator):
    recommendation = Recommendation.objects.get(reference="R02")
    recommendation.lead_post = factories.post("Designated Nurse")
    recommendation.save()
    assert said(administrator, "Plan") == []


def test_an_outcome_without_recommendations_is_named_even_where_they_are_closed(whole, administrator):
    Recommendation.objects.update(closed_on=ON, closure="completed", closure_reason="Done.")
    assert said(administrator, "Plan") == ["1.1 Outcome 1 has no recommendations"]


def test_a_recommendation_that_answers_nothing_is_named(whole, administrator):
    Recommendation.objects.get(reference="R02").targets.clear()
    assert said(administrator, "Plan") == ["R02 Recommendation 2 answers no target and no finding"]


def test_a_plan_without_an_office_or_themes_is_named(whole, administrator):
    Plan.objects.create(slug="second", title="A second plan", council="Thornbury Council")
    assert said(administrator, "Plan") == [
        "A second plan has nobody in its programme office",
        "A second plan has no themes",
    ]


def test_a_notice_without_targets_and_a_target_without_a_post_are_named(whole, administrator):
    factories.NoticeFactory(slug="second", title="A second notice")
    Target.objects.update(owner_post=None)
    assert said(administrator, "Notice") == [
        "A second notice has no targets",
        "N01 has no post that is responsible for it",
    ]


def test_an_inspection_without_findings_is_named(whole, administrator):
    Inspection.objects.create(slug="second", title="A visit", kind="annual", council="Thornbury", ordered_on=ON)
    assert said(administrator, "Inspections") == ["A visit has no findings or judgements"]


def test_a_board_without_a_chair_is_named(whole, administrator):
    Seat.objects.filter(role=Seat.Role.CHAIR).update(to_on=date(2011, 12, 8))
    assert said(administrator, "Board") == ["Thornbury Improvement Board has no independent chair"]


def test_a_seat_whose_account_is_deactivated_is_named(whole, administrator):
    User.objects.filter(name="Mo Member").update(is_active=False)
    assert said(administrator, "Board") == ["Mo Member has a seat and an account that is deactivated"]


def test_of_many_that_lack_the_same_five_are_named_and_the_others_counted(client, whole, administrator):
    for number in range(7):
        Outcome.objects.create(
            theme=whole.themes.get(), number=number + 2, title="T", accountable_post=Post.objects.first()
        )
    (kind,) = found(administrator)["Plan"].incomplete
    assert (kind.count, len(kind.things), kind.more) == (7, 5, 2)
    client.force_login(administrator)
    assertContains(client.get(reverse("set_up")), "and 2 more have no recommendations.")


def test_an_open_month_is_in_progress_and_the_office_is_led_to_it(council, administrator):
    plan = factories.plan()
    assert statuses(administrator)["First month"] == "not-started"
    assert found(administrator)["First month"].address == reverse("admin:plans_plan_changelist")
    plan.programme_office.add(administrator)
    assert found(administrator)["First month"].address == reverse("plans:month_open", args=["thornbury"])
    factories.month(plan)
    task = found(administrator)["First month"]
    assert (task.status, task.address) == ("in-progress", reverse("plans:plan_detail", args=["thornbury"]))


def test_who_may_not_do_a_task_is_shown_it_without_a_link(whole):
    keeper = user("Kit Keeper", is_staff=True)
    keeper.groups.add(Group.objects.get(name=PLAN))
    assert (found(keeper)["Notice"].address, found(keeper)["Plan"].address) == (
        "",
        reverse("admin:plans_plan_changelist"),
    )


def test_it_takes_as_many_queries_for_three_of_each_as_for_one(administrator, django_assert_num_queries):
    plan = factories.plan(1)
    factories.notice()
    factories.inspection()
    with django_assert_num_queries(21):
        tasks(administrator, on=ON)
    for number in range(2, 4):
        factories.recommendation(plan, number, factories.post(f"Post {number}"))
        factories.NoticeFactory(slug=f"n{number}")
        Plan.objects.create(slug=f"p{number}", title=f"Plan {number}", council="Thornbury Council")
    with django_assert_num_queries(21):
        tasks(administrator, on=ON)


def test_a_plan_that_took_over_needs_a_board_and_the_old_one_nothing(administrator):
    plan = factories.plan(1)
    refresh.succeed(plan=plan, title="The second plan", slug="second", by=user("Olga Office"), at=AT)
    assert said(administrator, "Board") == ["The second plan has no Board"]
    assert said(administrator, "Plan") == ["R01 Recommendation 1 answers no target and no finding"]
    succession.carry_over(board=plan.board, name="The second Board", slug="second", by=user("Olga Office"), at=AT)
    assert said(administrator, "Board") == []
