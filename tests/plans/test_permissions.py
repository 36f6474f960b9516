"""Who may do what, as a table: one row a predicate and state, one column a person."""

from datetime import date, timedelta

import pytest

from accounts import posts
from accounts.models import Post
from boards.models import Seat
from plans import permissions, reporting
from plans.answers import ANSWERS
from plans.models import MonthlyUpdate
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db

ON = AT.date()
PEOPLE = {
    "officer": "Ada Officer",
    "deputy": "Dev Deputy",
    "other": "Oz Other",
    "lead": "Liam Lead",
    "lead's deputy": "Dina Deputy",
    "office": "Olga Office",
    "chair": "Cass Chair",
    "member": "Mo Member",
    "observer": "Obi Observer",
    "stranger": "Stan Stranger",
}
REPORTERS = {"officer", "deputy", "office"}
REVIEWERS = {"lead", "lead's deputy"}
BOARD = {"chair", "member", "observer"}
ALL = REPORTERS | REVIEWERS | BOARD | {"other"}


def returned(update):
    row = factories.submitted(update)
    reporting.return_for_changes(update=row, version=1, comment="Why?", by=user("Liam Lead"), at=AT)


def entered_by_the_lead(update):
    factories.submitted(update, by=user("Liam Lead"))


def _left(update, by):
    reporting.save_draft(update=update, version=0, by=by, at=AT, progress="Begun.")
    factories.published(update.month)


STATES = {
    "awaited": lambda update: None,
    "draft": lambda update: reporting.save_draft(update=update, version=0, by=user(), at=AT, progress="Begun."),
    "submitted": factories.submitted,
    "entered by the lead": entered_by_the_lead,
    "returned": returned,
    "signed off": factories.signed_off,
    "published": lambda update: factories.published(update.month),
    "left draft": lambda update: _left(update, user()),
    "left draft of the office": lambda update: _left(update, user("Olga Office")),
}


@pytest.fixture
@factories.once
def update():
    plan = factories.plan()
    other = factories.post("Head of Training", user("Oz Other"))
    factories.recommendation(plan, 2, other)
    return factories.month(plan).updates.get(reference="R01")


def allowed(predicate, thing):
    return {role for role, name in PEOPLE.items() if predicate(user(name), thing, on=ON)}


def listed(update):
    updates = {role: permissions.visible_updates(user(name), on=ON) for role, name in PEOPLE.items()}
    return {role for role, found in updates.items() if found.filter(pk=update.pk).exists()}


def fresh(update):
    return MonthlyUpdate.objects.select_related("month__plan", "recommendation").get(pk=update.pk)


PUBLISHED = ["published", "left draft", "left draft of the office"]
OPEN = ["awaited", "draft", "submitted", "entered by the lead", "returned", "signed off"]
TABLE = {
    permissions.can_see_update: dict.fromkeys(OPEN, REPORTERS | REVIEWERS) | dict.fromkeys(PUBLISHED, ALL),
    permissions.can_report: dict.fromkeys(OPEN, REPORTERS),
    permissions.can_submit: dict.fromkeys(["awaited", "draft", "returned"], REPORTERS),
    permissions.can_take_back: dict.fromkeys(["submitted", "entered by the lead"], REPORTERS),
    permissions.can_see_evidence: dict.fromkeys(["awaited", "draft", "returned"], REPORTERS)
    | dict.fromkeys(["submitted", "entered by the lead", "signed off"], REPORTERS | REVIEWERS)
    | {"left draft": {"officer", "deputy"}, "left draft of the office": {"officer", "deputy", "office"}},
    permissions.is_reviewer_only: dict.fromkeys(OPEN, REVIEWERS),
    permissions.can_review: dict.fromkeys(OPEN, REVIEWERS),
    permissions.can_sign_off: {"submitted": REVIEWERS, "entered by the lead": {"lead's deputy"}},
    permissions.can_return: dict.fromkeys(["submitted", "entered by the lead", "signed off"], REVIEWERS),
    permissions.can_correct: {state: {"office"} for state in PUBLISHED},
    permissions.can_redact: {state: {"office"} for state in OPEN + PUBLISHED},
    permissions.can_agree_rating: dict.fromkeys(PUBLISHED, REVIEWERS),
    permissions.can_read_draft: {
        "left draft": {"officer", "deputy"},
        "left draft of the office": {"officer", "deputy", "office"},
    },
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("predicate", TABLE)
def test_who_may_do_what_with_an_update(update, predicate, state):
    STATES[state](update)
    assert allowed(predicate, fresh(update)) == TABLE[predicate].get(state, set())


def test_everyone_with_a_role_sees_the_plan_and_nobody_else(update):
    assert allowed(permissions.can_see_plan, update.month.plan) == ALL


def test_an_open_month_is_the_office_s_and_a_published_one_everybody_s(update):
    assert allowed(permissions.can_see_month, update.month) == {"office"}
    assert allowed(permissions.can_see_month, factories.published(update.month)) == ALL


def test_an_area_update_is_written_by_its_post_or_the_office_until_publication(update):
    factories.area(update.month.plan)
    reporting.refresh_scope(month=update.month, by=user("Olga Office"), at=AT)
    row = update.month.area_updates.get()
    assert allowed(permissions.can_write_area_update, row) == REPORTERS
    factories.published(update.month)
    row.month.refresh_from_db()
    assert allowed(permissions.can_write_area_update, row) == set()


def test_a_plan_is_listed_for_those_who_see_it(update):
    plans = type(update.month.plan).objects.all()
    seen = {role for role, name in PEOPLE.items() if permissions.visible_plans(user(name), plans, on=ON).exists()}
    assert seen == ALL


def test_after_a_handover_the_present_holder_acts(update):
    post = Post.objects.get(title="Head of Safeguarding")
    posts.hand_over(
        post=post, holder=user("Nia Newcomer"), deputy=None, on=date(2011, 4, 1), by=user("Olga Office"), at=AT
    )
    assert permissions.can_submit(user("Nia Newcomer"), update, on=ON)
    assert not permissions.can_submit(user("Ada Officer"), update, on=ON)
    assert not permissions.can_see_update(user("Ada Officer"), update, on=ON)


def test_a_seat_counts_from_its_first_day_to_its_last(update):
    plan = update.month.plan
    Seat.objects.filter(user=user("Mo Member")).update(from_on=date(2011, 4, 30), to_on=date(2011, 5, 1))
    days = [date(2011, 4, 29), date(2011, 4, 30), date(2011, 5, 1), date(2011, 5, 2)]
    assert [permissions.can_see_plan(user("Mo Member"), plan, on=day) for day in days] == [False, True, True, False]


def test_a_deactivated_person_may_do_nothing(update):
    officer = user("Ada Officer")
    officer.is_active = False
    assert not permissions.can_see_plan(officer, update.month.plan, on=ON)
    assert not permissions.can_submit(officer, update, on=ON)


def test_evidence_of_a_published_update_that_was_received_is_everybody_s(update):
    factories.signed_off(update)
    factories.published(update.month)
    assert allowed(permissions.can_see_evidence, fresh(update)) == ALL


def test_who_reports_and_signs_off_both_is_no_mere_reviewer(update):
    for person in ("Liam Lead", "Olga Office"):
        update.accountable_post = factories.post(f"Both of {person}", user(person))
        expected = {"lead": False, "office": False} if person == "Olga Office" else {"lead": True, "office": False}
        found = {role: permissions.is_reviewer_only(user(PEOPLE[role]), update, on=ON) for role in expected}
        assert found == expected


def test_the_post_of_today_and_the_one_of_the_month_both_report(update):
    """A recommendation that is handed to another post while its month is open."""
    update.recommendation.lead_post = Post.objects.get(title="Head of Training")
    update.recommendation.save()
    both = {"officer", "deputy", "other"}
    assert allowed(permissions.leads, fresh(update)) == both
    assert allowed(permissions.can_see_update, fresh(update)) == both | REVIEWERS | {"office"}
    factories.submitted(update)
    assert listed(update) == both | REVIEWERS | {"office"}
    factories.published(update.month)
    assert listed(update) == allowed(permissions.can_see_update, fresh(update)) == ALL - {"officer", "deputy"}


def test_what_was_carried_on_as_complete_can_be_reopened(update):
    update.status = "carried"
    assert allowed(permissions.can_take_back, update) == REPORTERS


def test_who_left_the_plan_reads_no_draft_of_theirs(update):
    _left(update, user("Olga Office"))
    update.month.plan.programme_office.clear()
    assert allowed(permissions.can_read_draft, fresh(update)) == {"officer", "deputy"}


def test_the_chair_and_a_member_ask_and_nobody_else(update):
    assert allowed(permissions.asks_about, update.month.plan) == {"chair", "member"}


def test_every_month_is_the_office_s_and_a_published_one_everybody_s_the_latest_first(update):
    plan = update.month.plan
    factories.published(update.month)
    june = factories.month(plan, 6)
    for name, months in (("Olga Office", [june, update.month]), ("Ada Officer", [update.month])):
        assert permissions.visible_months(user(name), plan, on=ON) == months
    factories.published(june)
    assert permissions.visible_months(user("Ada Officer"), plan, on=ON) == [june, update.month]


def held(name, on=ON):
    """Return what the person holds on the day, by field, without what they hold nothing of."""
    return {field: set(pks) for field, pks in vars(permissions.roles(user(name), on=on)).items() if pks}


def test_what_each_person_holds_is_their_own_posts_plans_and_questions(update):
    plan = update.month.plan
    health = factories.post("Head of Health", user("Hal Health"))
    factories.AreaOfFocusFactory(plan=plan, leading_post=health)
    elsewhere = factories.RecommendationFactory(plan__slug="other", lead_post__title="Head of Elsewhere")
    factories.post("Head of Elsewhere", user("Eli Elsewhere"))
    asked = factories.challenge(plan, recommendation=update.recommendation)
    own, here = {update.lead_post_id}, {plan.pk}
    everybody = {
        "Ada Officer": {"posts": own, "asked": own, "reports_in": here},
        "Dev Deputy": {"posts": own, "asked": own, "reports_in": here},
        "Hal Health": {"posts": {health.pk}, "reports_in": here},
        "Liam Lead": {"posts": {update.accountable_post_id}, "accounts_in": here | {elsewhere.plan_id}},
        "Olga Office": {"office_of": here},
        "Cass Chair": {"seats_on": here, "asks_on": here},
        "Obi Observer": {"seats_on": here},
        "Eli Elsewhere": {"posts": {elsewhere.lead_post_id}, "reports_in": {elsewhere.plan_id}},
        "Stan Stranger": {},
    }
    assert {name: held(name) for name in everybody} == everybody
    factories.answered(asked)
    assert held("Ada Officer") == {"posts": own, "reports_in": here}


def test_a_post_counts_from_its_first_day_to_its_last(update):
    tenures = user("Ada Officer").tenures
    tenures.update(from_on=date(2011, 4, 30), to_on=date(2011, 5, 1))
    days = [date(2011, 4, 29), date(2011, 4, 30), date(2011, 5, 1), date(2011, 5, 2)]
    assert ["posts" in held("Ada Officer", day) for day in days] == [False, True, True, False]


def test_a_seat_of_which_no_day_is_known_counts_on_every_day(update):
    user("Mo Member").seats.update(from_on=None, to_on=None)
    here = {update.month.plan_id}
    assert held("Mo Member", date(1990, 1, 1)) == {"seats_on": here, "asks_on": here}


def test_roles_are_of_the_day_that_is_asked_for(update):
    officer, plan = user("Ada Officer"), update.month.plan
    before = factories.SINCE - timedelta(days=1)
    found = [permissions.can_see_plan(officer, plan, on=day) for day in (before, factories.SINCE, before)]
    assert found == [False, True, False]


def test_an_administrator_reads_no_answer_of_a_draft():
    assert {
        *ANSWERS,
        "contradictions",
        "override_reasons",
        "returned",
    } == permissions.DRAFTED_IN_AN_UPDATE
