"""What a search shows is what its reader may see, of each kind, in its results, its numbers and what it quotes."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from boards import access, actions
from boards import permissions as board_permissions
from boards.challenges import advice
from boards.meetings import proceedings
from boards.models import Advice, AgendaItem, BoardAction, Challenge
from improvement.searching import asking
from notices import permissions as notice_permissions
from notices.models import Target
from plans import permissions, reporting
from plans.models import MonthlyUpdate, Recommendation
from tests import factories
from tests.addresses import PEOPLE
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db

WORD = "zebra"
ON = AT.date()
EVERYBODY = ("Ada Officer", "Liam Lead", "Olga Office", "Cass Chair", "Mo Member", "Obi Observer", "Stan Stranger")
SEEING = set(EVERYBODY) - {"Stan Stranger"}


@pytest.fixture
def plan():
    plan = factories.plan(2)
    plan.notice = factories.notice()
    plan.save()
    return plan


def hits(name, asked=WORD, at=AT):
    """Return how many of each kind the person of that name is told of, and shown."""
    groups = asking.search(asked, asking.Who(user(name), ON, at))
    assert all(group.count == len(group.hits) for group in groups)
    return {group.kind.name: group.count for group in groups}


def finders(kind, at=AT):
    return {name for name in EVERYBODY if hits(name, at=at).get(kind)}


def told(client, name, asked=WORD, **more):
    client.force_login(user(name))
    return client.get("/search/", {"q": asked} | more).content.decode()


# One test for each kind: who may see it finds it, and who may not does not. The negative control is the one who does.


def test_a_recommendation_is_found_by_those_who_see_its_plan(plan):
    Recommendation.objects.filter(reference="R01").update(wording=f"Count every {WORD}.")
    assert finders("recommendation") == SEEING


def test_a_published_update_is_found_by_those_who_see_its_plan(plan):
    month = factories.month(plan)
    factories.signed_off(month.updates.get(reference="R01"), progress=f"A {WORD} was seen.")
    factories.published(month)
    assert finders("update") == SEEING


def test_an_update_of_an_open_month_is_found_by_its_posts_and_the_office(plan):
    other = factories.post("Head of Training", user("Oz Other"))
    Recommendation.objects.filter(reference="R02").update(lead_post=other)
    month = factories.month(plan)
    factories.submitted(month.updates.get(reference="R01"), progress=f"A {WORD} was seen.")
    assert finders("update") == {"Ada Officer", "Liam Lead", "Olga Office"}
    assert hits("Oz Other") == {}


def test_a_draft_is_found_by_nobody_before_its_month_is_published_or_after(plan):
    month = factories.month(plan)
    row = month.updates.get(reference="R01")
    reporting.save_draft(update=row, version=0, by=user(), at=AT, progress=f"A {WORD} was seen.")
    assert finders("update") == set()
    factories.published(month)
    assert finders("update") == set()


def test_a_returned_update_is_found_by_nobody(plan):
    row = factories.submitted(factories.month(plan).updates.get(reference="R01"), progress=f"A {WORD} was seen.")
    assert finders("update") == {"Ada Officer", "Liam Lead", "Olga Office"}
    reporting.return_for_changes(update=row, version=row.version, comment="Why?", by=user("Liam Lead"), at=AT)
    assert finders("update") == set()


def test_a_finding_is_found_by_those_who_see_the_notice_it_is_read_beside(plan):
    inspection = factories.inspection()
    factories.finding(inspection, 1, wording=f"Count every {WORD}.")
    assert finders("finding") == set()  # it stands beside no Notice, and no plan answers it
    inspection.notices.add(plan.notice)
    assert finders("finding") == SEEING


def test_a_finding_that_a_plan_answers_is_found_by_those_who_see_the_plan(plan):
    finding = factories.finding(factories.inspection(), 1, wording=f"Count every {WORD}.")
    finding.recommendations.add(plan.recommendations.first())
    assert finders("finding") == SEEING


def test_a_target_is_found_by_those_who_see_its_notice_and_by_its_owner(plan):
    Target.objects.update(wording=f"Count every {WORD}.", owner_post=factories.post("Head of Zoos", user("Zoe Zoo")))
    assert (finders("target"), hits("Zoe Zoo")) == (SEEING, {"target": 1})


def test_a_result_is_found_by_those_who_see_its_notice(plan):
    factories.result(plan.notice.targets.get().indicators.get(), note=f"Counted every {WORD}.")
    assert finders("result") == SEEING


@pytest.mark.parametrize(
    ("name", "title"),
    [("Referrals seen", "Referrals seen: 80.5%"), ("Seen in time", "Referrals Seen in time: 80.5%")],
)
def test_a_result_is_headed_by_what_is_measured_and_by_that_once(client, plan, name, title):
    plan.notice.targets.get().indicators.update(reference="Referrals", name=name)
    factories.result(plan.notice.targets.get().indicators.get(), note=f"Counted every {WORD}.")
    assert re.search(rf">\s*{re.escape(title)}\s*<", told(client, "Olga Office"))


SEATED = {"Olga Office", "Cass Chair", "Mo Member"}
RESTRICTED, CLOSED = {"restricted_because": "Names a post."}, {"restricted_because": "No.", "excludes_observers": True}


@pytest.mark.parametrize(("given", "seeing"), [({}, SEEING), (RESTRICTED, SEATED | {"Obi Observer"}), (CLOSED, SEATED)])
def test_a_decision_is_found_by_those_who_read_its_item(plan, given, seeing):
    meeting = factories.held(plan)
    item = meeting.items.last()
    access.restrict(
        thing=item,
        version=item.version,
        by=user("Olga Office"),
        at=AT,
        public_title="",
        **{"restricted_because": ""} | given,
    )
    factories.decision(meeting, f"Count every {WORD}.", item=meeting.items.get(pk=item.pk))
    assert finders("decision") == seeing


@pytest.mark.parametrize(
    ("given", "seeing"),
    [({}, SEEING), (RESTRICTED, SEATED | {"Obi Observer", "Ada Officer"}), (CLOSED, SEATED | {"Ada Officer"})],
)
def test_a_question_is_found_by_those_who_read_it_and_by_who_answers_it(plan, given, seeing):
    row = factories.challenge(plan, f"Where is the {WORD}?")
    access.restrict(thing=row, version=row.version, by=user("Olga Office"), at=AT, **{"restricted_because": ""} | given)
    assert finders("question") == seeing


@pytest.mark.parametrize(
    ("given", "seeing"),
    [
        ({}, SEEING),
        (RESTRICTED, SEATED | {"Obi Observer"}),
        (CLOSED, SEATED),
        ({"embargoed_until": later(days=2)}, {"Olga Office"}),
    ],
)
def test_a_paper_is_found_by_those_who_read_it_once_it_is_tabled(plan, given, seeing):
    paper = factories.paper(factories.held(plan), f"The {WORD}", **given)
    assert finders("paper") == {"Olga Office"}
    factories.tabled(paper)
    assert finders("paper") == seeing


def test_a_paper_is_found_once_its_embargo_is_over(plan):
    factories.tabled(factories.paper(factories.held(plan), f"The {WORD}", embargoed_until=later(days=2)))
    assert (finders("paper"), finders("paper", at=later(days=3))) == ({"Olga Office"}, SEEING)


def test_a_paper_of_a_meeting_whose_agenda_is_not_published_is_found_by_the_office(plan):
    meeting = factories.meeting(plan)
    paper = factories.paper(meeting, f"The {WORD}")
    assert finders("paper") == {"Olga Office"}
    factories.announced(meeting, papers=[paper])
    assert finders("paper") == SEEING


def restricted(thing, given):
    """Return the item, action or advice with its access as `given`."""
    named = {"public_title": ""} if hasattr(thing, "public_title") else {}
    what = {"restricted_because": ""} | named | given
    return access.restrict(thing=thing, version=thing.version, by=user("Olga Office"), at=AT, **what)


ACCESS = pytest.mark.parametrize(
    ("given", "seeing"), [({}, SEEING), (RESTRICTED, SEATED | {"Obi Observer"}), (CLOSED, SEATED)]
)


def test_a_correction_is_found_by_those_who_see_its_plan(plan):
    month = factories.month(plan)
    factories.signed_off(month.updates.get(reference="R01"))
    row = factories.published(month).updates.get(reference="R01")
    by = {"by": user("Olga Office"), "at": AT}
    (made,) = reporting.correct(update=row, reason="A slip.", progress=f"A {WORD} was seen.", **by)
    assert finders("correction") == SEEING
    assert hits("Olga Office", "slip") == {"correction": 1}
    assert (hits("Mo Member", "Two teams were trained"), made.before) == (
        {"update": 1, "correction": 1},
        "Two teams were trained.",
    )


def test_a_corrected_rating_that_waits_is_found_by_nobody(plan):
    month = factories.month(plan)
    factories.signed_off(month.updates.get(reference="R01"))
    row = factories.published(month).updates.get(reference="R01")
    by = {"by": user("Olga Office"), "at": AT}
    reporting.correct(update=row, reason=f"A {WORD} was misread.", rating="green", **by)
    assert finders("correction") == set()
    reporting.agree_rating(proposal=reporting.waiting(row).get(), by=user("Liam Lead"), at=AT)
    assert finders("correction") == SEEING


@ACCESS
def test_minutes_are_found_by_those_who_read_their_item_once_they_are_tabled(plan, given, seeing):
    meeting = factories.held(plan)
    restricted(factories.minuted(meeting, f"The {WORD} was discussed."), given)
    assert finders("minute") == {"Olga Office"}
    factories.with_chair(meeting)
    assert finders("minute") == {"Olga Office", "Cass Chair"}
    factories.announced(factories.meeting(plan))
    assert finders("minute") == seeing


@ACCESS
def test_agreed_minutes_are_found_by_those_who_read_their_item(plan, given, seeing):
    later_on = factories.held(plan, later(days=-1).date())
    meeting = factories.held(plan)
    restricted(factories.minuted(meeting, f"The {WORD} was discussed."), given)
    meeting.refresh_from_db()
    factories.agreed(meeting, later_on)
    assert finders("minute") == seeing


def test_an_item_without_a_minute_is_found_by_nobody_and_one_with_a_minute_by_its_title_too(plan):
    meeting = factories.held(plan)
    item = meeting.items.last()
    assert hits("Olga Office", f'"{item.title}"').get("minute") is None
    factories.minuted(meeting)
    assert hits("Olga Office", f'"{item.title}"')["minute"] == 1


@ACCESS
def test_a_board_action_is_found_by_those_who_read_it(plan, given, seeing):
    restricted(factories.action(factories.held(plan), f"Count every {WORD}."), given)
    assert finders("action") == seeing


@ACCESS
def test_a_board_action_is_found_by_those_who_read_its_item(plan, given, seeing):
    meeting = factories.held(plan)
    item = restricted(meeting.items.last(), given)
    row = factories.action(meeting, f"Count every {WORD}.", item=item)
    actions.note_progress(action=row, meeting=meeting, text=f"Half of the {WORD}s.", by=user("Olga Office"), at=AT)
    assert (finders("action"), finders("progress")) == (seeing, seeing)


@ACCESS
def test_the_progress_and_the_outcome_of_an_action_are_found_by_those_who_read_the_action(plan, given, seeing):
    meeting = factories.held(plan)
    row = restricted(factories.action(meeting), given)
    by = {"by": user("Olga Office"), "at": AT}
    actions.note_progress(action=row, meeting=meeting, text=f"Half of the {WORD}s.", **by)
    assert (finders("action"), finders("progress")) == (set(), seeing)
    row.refresh_from_db()
    actions.close(action=row, meeting=meeting, outcome=f"Every {WORD} was counted.", version=row.version, **by)
    assert finders("action") == seeing


@ACCESS
def test_advice_and_its_response_are_found_by_those_who_read_it(plan, given, seeing):
    row = restricted(factories.advice(plan.board, f"Count every {WORD}."), given)
    assert finders("advice") == seeing
    by = {"by": user("Olga Office"), "at": AT}
    row = advice.respond(advice=row, response="A giraffe was counted.", version=row.version, **by)
    advice.conclude(advice=row, result="An okapi was counted.", version=row.version, **by)
    for asked in ("giraffe", "okapi"):
        assert {name for name in EVERYBODY if hits(name, asked)} == seeing


# The sets that a search asks for hold just what the pages let each person see, one by one.


def reads(user, row):
    """Whether the page of the Board's action or advice lets the person read it."""
    board = row.board
    is_seen = board_permissions.can_see_board(user, board, on=ON)
    return is_seen and board_permissions.is_read(row, board_permissions.readership(user, board, on=ON))


def reads_minute(user, item):
    """Whether the page of its meeting shows the person a minute under the item."""
    if not board_permissions.can_see_board(user, item.meeting.board, on=ON):
        return False
    is_chair = board_permissions.is_chair(user, item.meeting.board, on=ON)
    readership = board_permissions.readership(user, item.meeting.board, on=ON)
    built = proceedings.build(item.meeting, readership, now=AT, is_chair=is_chair)
    return any(shown.minute for shown in built.items if shown.item.pk == item.pk)


PREDICATES = [
    (BoardAction, board_permissions.visible_actions, reads),
    (Advice, board_permissions.visible_advice, reads),
    (AgendaItem, board_permissions.visible_minutes, reads_minute),
    (
        Recommendation,
        permissions.visible_recommendations,
        lambda user, row: permissions.can_see_plan(user, row.plan, on=ON),
    ),
    (
        MonthlyUpdate,
        permissions.visible_updates,
        lambda user, row: row.is_received and permissions.can_see_update(user, row, on=ON),
    ),
    (
        Target,
        notice_permissions.visible_targets,
        lambda user, row: notice_permissions.can_see_notice(user, row.notice, on=ON),
    ),
    (
        Challenge,
        board_permissions.visible_challenges,
        lambda user, row: board_permissions.can_see_challenge(user, row, on=ON),
    ),
]


@pytest.mark.parametrize(("model", "visible", "may_see"), PREDICATES, ids=lambda each: getattr(each, "__name__", ""))
def test_what_is_found_is_what_may_be_seen(thornbury, model, visible, may_see):
    rows = list(model.objects.all())
    for name in PEOPLE.values():
        allowed = {row.pk for row in rows if may_see(user(name), row)}
        assert (name, set(visible(user(name), on=ON).values_list("pk", flat=True))) == (name, allowed)
    assert rows != []


def test_every_kind_is_found_in_the_small_plan(thornbury):
    everything = {kind: set() for kind in asking.kinds()}
    for asked in (
        "recommendation",
        "teams",
        "matter",
        "demand",
        "timely",
        "agreed",
        "why",
        "paper",
        "return",
        "discussed",
        "director",
    ):
        for kind, count in hits("Olga Office", asked).items():
            everything[kind].add(count)
    assert {kind for kind, counts in everything.items() if counts} >= set(everything) - {
        "finding",
        "correction",
        "progress",
    }
    assert all(hits("Stan Stranger", asked) == {} for asked in ("recommendation", "teams", "paper", "why"))


# The page.


def test_the_page_shows_what_was_found_marked_and_leads_back(plan, client):
    Recommendation.objects.filter(reference="R01").update(wording=f"Count every {WORD} <b>twice</b>.")
    page = told(client, "Ada Officer", "ZÉBRA")
    assert f"Count every <mark>{WORD}</mark> &lt;b&gt;twice&lt;/b&gt;." in page
    address = reverse("plans:recommendation_detail", args=["thornbury", "R01"])
    assert f'href="{address}?from=/search/?q=Z%25C3%2589BRA"' in page
    client.force_login(user("Ada Officer"))
    assert "Back to the search results" in client.get(f"{address}?from=/search/?q=Z%25C3%2589BRA").content.decode()


def test_a_meeting_and_an_inspection_lead_back_too(plan, client):
    factories.decision(factories.held(plan), f"Count every {WORD}.")
    inspection = factories.inspection()
    inspection.notices.add(plan.notice)
    factories.finding(inspection, 1, wording=f"Count every {WORD}.")
    page = told(client, "Ada Officer")
    assert page.count(f"?from=/search/?q={WORD}") == 2


@pytest.mark.parametrize("asked", ["", "  ", "!?", '""', "\0", "%"])
def test_nothing_that_can_be_looked_for_finds_nothing(plan, client, asked):
    page = told(client, "Ada Officer", asked)
    assert '<section aria-labelledby="kind-' not in page


@pytest.mark.parametrize(
    "asked",
    ["'", '"', "a:b", "NEAR(", "words : x", "x AND y", "-x", "*", "x*", "(", "\\", "&|!", "k1", "a" * 500, "㌖" * 200],
)
def test_no_sign_breaks_the_search(plan, client, asked):
    assert "Nothing matches" in told(client, "Ada Officer", f"{asked} {WORD}")


def test_many_of_a_kind_are_shown_a_few_and_then_page_by_page(plan, client):
    for number in range(3, 48):
        factories.recommendation(plan, number, wording=f"Count every {WORD}.")
    page = told(client, "Ada Officer")
    assert (page.count('<li class="app-search__hit">'), "See all 45 recommendations" in page) == (5, True)
    last = told(client, "Ada Officer", kind="recommendation", page="3")
    assert (last.count('<li class="app-search__hit">'), "Page 3 of 3" in last) == (5, True)
    assert "Page 3 of 3" in told(client, "Ada Officer", kind="recommendation", page="99")
    assert "Page 1 of 3" in told(client, "Ada Officer", kind="recommendation", page="x")


def test_more_than_can_be_listed_is_said_so(plan, client, monkeypatch):
    monkeypatch.setattr(asking, "MOST", 6)
    for number in range(3, 10):
        factories.recommendation(plan, number, wording=f"Count every {WORD}.")
    assert "(more than 6)" in told(client, "Ada Officer")
    page = told(client, "Ada Officer", kind="recommendation")
    assert (page.count('<li class="app-search__hit">'), "Only the first 6 are listed" in page) == (6, True)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_often_whatever_it_finds(plan, client, rows):
    for number in range(3, 3 + rows):
        factories.recommendation(plan, number, wording=f"Count every {WORD}.")
    told(client, "Ada Officer")
    with CaptureQueriesContext(connection) as asked:
        told(client, "Ada Officer")
    # PostgreSQL is told in a transaction of its own how to read the index.
    assert len(asked) == (27 if connection.vendor == "postgresql" else 24)
