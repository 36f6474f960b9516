"""One new recommendation, or another lead for one: without a draft, with its reason, once."""

from datetime import date

import pytest

from accounts.models import Event
from improvement.records.refusals import Incomplete
from plans import refresh, reporting, revisions
from plans.models import Revision
from plans.refresh import change_log, singly
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return factories.plan(2)


def office(name="Olga Office"):
    return {"by": user(name), "at": AT}


def add(plan, reference="R09", name="Olga Office", **said):
    first = plan.recommendations.get(reference="R01")
    facts = dict.fromkeys(("success", "lead_wording", "timescale", "source", "note"), "")
    facts |= {"title": "Listen", "wording": "Listen to every child.", "due_on": date(2012, 3, 31)}
    facts |= {"outcome": first.outcome, "lead_post": first.lead_post, "areas": (), "targets": (), "findings": ()}
    facts |= {"reason": "The Board asked."} | said
    return refresh.add_alone(plan=plan, reference=reference, **facts, **office(name))


def give(plan, title="Head of Training", name="Olga Office", **said):
    row = plan.recommendations.get(reference="R01")
    given = {"lead_post": factories.post(title), "lead_wording": "", "reason": "She runs it."} | said
    return refresh.give_to(recommendation=row, **given, **office(name))


def revision_of(plan, title="Refresh of May"):
    return Revision.objects.create(plan=plan, title=title, agreed_on=AT.date())


def events(what):
    return [event.detail for event in Event.objects.filter(what=what).order_by("pk")]


def refusal(call, *args, **said):
    with pytest.raises(revisions.RevisionRefused) as refused:
        call(*args, **said)
    return str(refused.value), refused.value.field


def test_add_alone_adds_what_is_said_without_the_spaces_around_it(plan):
    area = factories.area(plan)
    row = add(plan, " R09 ", title=" Listen ", reason=" The Board asked. ", areas=[area])
    row.refresh_from_db()
    assert (row.reference, row.title, row.opened_on) == ("R09", "Listen", AT.date())
    assert (row.due_on, row.original_due_on, list(row.areas.all())) == (date(2012, 3, 31), date(2012, 3, 31), [area])
    assert events(singly.ADDED) == [{"reason": "The Board asked."}]


def test_add_alone_says_everything_that_is_wrong_and_adds_nothing(plan):
    with pytest.raises(Incomplete) as incomplete:
        add(plan, "r02", reason=" ", title="")
    assert incomplete.value.errors == {
        "reference": "The plan already has a recommendation r02. Enter another reference.",
        "title": "Enter a short title.",
        "reason": singly.WHY_ADDED,
    }
    assert plan.recommendations.count() == 2


def test_add_alone_again_adds_nothing_only_for_the_same_person_who_says_the_same(plan):
    row = add(plan)
    assert add(plan) == row
    for said in ({"name": "Oona Office"}, {"reason": "Another."}, {"wording": "Something else."}):
        with pytest.raises(Incomplete) as incomplete:
            add(plan, **said)
        assert incomplete.value.errors.keys() == {"reference"}
    factories.post("Head of Training")
    refresh.give_to(
        recommendation=row,
        lead_post=factories.post("Head of Training"),
        lead_wording="",
        reason="The Board asked.",
        **office(),
    )
    with pytest.raises(Incomplete):
        add(plan, lead_post=factories.post("Head of Training"))
    assert (plan.recommendations.count(), len(events(singly.ADDED))) == (3, 1)


def test_neither_is_of_a_revision_of_another_plan(plan):
    other = revision_of(factories.plan(1, slug="other"))
    for write in (add, give):
        assert refusal(write, plan, revision=other) == (revisions.OF_ANOTHER_PLAN, "revision")
    assert (plan.recommendations.count(), events(singly.ADDED), events(singly.GIVEN)) == (2, [], [])


def test_give_to_gives_it_to_another_post_and_tells_what_stood_before(plan):
    row = give(plan, lead_wording=" Head of Training and others ", reason=" She runs it. ")
    row.refresh_from_db()
    assert (row.lead_post, row.lead_wording) == (factories.post("Head of Training"), "Head of Training and others")
    told = {
        "of": "",
        "field": "lead_wording",
        "label": "Lead as printed",
        "before": "",
        "after": "Head of Training and others",
    }
    assert events(singly.GIVEN) == [
        {"reason": "She runs it.", "before": "Head of Safeguarding", "after": "Head of Training", "texts": [told]}
    ]
    state = row.history.get(history_date=AT)
    assert (state.history_user, state.history_date, state.history_change_reason) == (
        user("Olga Office"),
        AT,
        "She runs it.",
    )


def test_give_to_cuts_a_long_reason_in_the_history_alone(plan):
    long = "a" * 99 + "bc"
    row = give(plan, reason=long)
    assert row.history.get(history_date=AT).history_change_reason == "a" * 99 + "b"
    assert events(singly.GIVEN)[0]["reason"] == long


def test_give_to_the_same_again_changes_nothing_only_for_the_same_person_and_reason(plan):
    already = ("Head of Training already leads it. Choose another post.", "lead_post")
    assert refusal(give, plan, "Head of Safeguarding")[1] == "lead_post"
    row = give(plan)
    assert give(plan) == row
    assert refusal(give, plan, reason="Another.") == refusal(give, plan, name="Oona Office") == already
    assert len(events(singly.GIVEN)) == 1
    assert give(plan, lead_wording="Head of Training and others").lead_wording == "Head of Training and others"
    assert "texts" in events(singly.GIVEN)[1]


def test_give_to_says_what_cannot_be(plan):
    assert refusal(give, plan, reason=" ") == (singly.WHY_ANOTHER_LEAD, "reason")
    row = plan.recommendations.get(reference="R01")
    revisions.close(recommendation=row, closure="completed", reason="Done.", **office())
    assert refusal(give, plan)[0] == "R01 was closed on 1 May 2011."


def test_either_takes_effect_with_the_next_month(plan):
    may = factories.month(plan)
    add(plan)
    give(plan)
    rows = {row.reference: row.lead_post.title for row in may.updates.all()}
    assert rows == dict.fromkeys(("R01", "R02"), "Head of Safeguarding")
    reporting.refresh_scope(month=may, **office())
    assert may.updates.filter(reference="R09").exists()
    factories.published(may)
    june = factories.month(plan, 6, at=later(days=31))
    assert june.updates.get(reference="R01").lead_post.title == "Head of Training"


def test_the_change_log_of_its_revision_tells_either_and_no_other(plan):
    revision = revision_of(plan)
    add(plan, revision=revision)
    give(plan, revision=revision, lead_wording="Head of Training and others")
    refresh.give_to(
        recommendation=plan.recommendations.get(reference="R02"),
        lead_post=factories.post(),
        lead_wording="Two heads",
        reason="Both run it.",
        revision=revision,
        **office(),
    )
    add(plan, "R10", revision=revision_of(plan, "Refresh of June"))
    add(plan, "R11")
    log = change_log.build(revision)
    assert [(entry.reference, entry.words, entry.reason, entry.title) for entry in log.recommendations] == [
        ("R09", "New", "The Board asked.", "Listen"),
        ("R01", "Given to another lead", "She runs it.", "Recommendation 1"),
        ("R02", "Given to another lead", "Both run it.", "Recommendation 2"),
    ]
    sides = [[(line["before"], line["after"]) for line in entry.lines] for entry in log.recommendations]
    assert sides == [
        [("", "Listen to every child.")],
        [("Head of Safeguarding", "Head of Training"), ("", "Head of Training and others")],
        [("", "Two heads")],
    ]
    assert events(singly.GIVEN)[0]["revision_id"] == revision.pk
    assert events(singly.GIVEN)[0]["revision"] == "Refresh of May"
