"""`manage.py verify` holds rows and events against each other: a forged row is found, and so is a forged event."""

from datetime import timedelta

import pytest

from accounts.audit import matching
from accounts.models import Event
from accounts.people import audit as people
from accounts.removal import audit as removals
from boards import audit as boards
from improvement.records import triggers
from notices import audit as notices
from plans import audit as plans
from plans import reporting
from plans.models import Correction, ReviewComment
from tests import factories
from tests.factories import AT, later, user
from tests.office import Office
from tests.writes import WRITES

pytestmark = pytest.mark.django_db
TOLD = {
    "accounts": people.TOLD + removals.TOLD,
    "notices": notices.TOLD,
    "plans": plans.TOLD,
    "boards": boards.TOLD,
}
# What leaves no row that says who wrote it and when: a draft, a plan's own texts, or what is undone by it.
UNMATCHED = {
    "access.restrict",
    "actions.close",
    "actions.finish",
    "actions.raise_action",
    "actions.reopen",
    "advice.conclude",
    "advice.respond",
    "calendar_feeds.stop",
    "challenges.assign",
    "chasing.chase",
    "choices.choose",
    "damage.found",
    "evidence.add",
    "evidence.remove",
    "interim.discard",
    "interim.take_back",
    "interim.write_cover",
    "interim.write_entry",
    "meetings.add_item",
    "meetings.change_details",
    "meetings.change_item",
    "meetings.move_item",
    "meetings.plan_meeting",
    "meetings.receive_month",
    "meetings.record_attendance",
    "meetings.remove_decision",
    "meetings.remove_declaration",
    "meetings.remove_guest",
    "meetings.remove_item",
    "meetings.write_minute",
    "packs.order",
    "papers.add",
    "papers.change",
    "papers.remove",
    "posts.hand_over",
    *("refresh.add_alone", "refresh.give_to", "succession.carry_over"),
    *("refresh.add", "refresh.change", "refresh.change_area", "refresh.discard", "refresh.draft", "refresh.start"),
    "refresh.take_back",
    "reporting.carry_draft",
    "reporting.discard_month",
    "reporting.refresh_scope",
    "reporting.repeat_last",
    "reporting.save_draft",
    "reporting.take_back",
    "reporting.write_area_update",
    "reporting.write_commentary",
    "reports.add_section",
    "reports.remove_section",
    "reports.write_heading",
    "reports.write_section",
    "results.confirm",
    "results.judge",
    "results.record",
    "revisions.close",
    "revisions.reopen",
    "second_factor.remove",
    *("watching.follow", "watching.remove", "watching.rename", "watching.save"),
}
# Of a decision that was taken back, or a link that was replaced, the event stays: alone it is no sign of a forgery.
MAY_LACK = {"meetings.record_decision", "invitations.invite", "invitations.withdraw"}
MAY_LACK |= {"meetings.add_declaration", "meetings.add_guest", "meetings.send_minutes"}


def problems(*apps):
    return [problem for app in apps or TOLD for problem in matching.problems(TOLD[app])]


@pytest.fixture
def published():
    return Office().published


def forged(model, **fields):
    triggers.drop()
    made = model.objects.create(**fields)
    triggers.install()
    return made


def correction(row, **fields):
    return {
        "update": row,
        "field": "progress",
        "before": row.progress,
        "after": "Nothing.",
        "reason": "A slip.",
        "by": user("Olga Office"),
        "by_name": "Olga Office",
        "at": AT,
    } | fields


def corrected(row):
    reporting.correct(update=row, reason="A slip.", progress="Three.", by=user("Olga Office"), at=later(days=1))
    return Correction.objects.get()


def test_a_forged_correction_is_found(published):
    forged(Correction, **correction(published, by=user("Cass Chair"), by_name="Cass Chair"))
    assert problems() == ["thornbury 2011-05 R01, progress: a correction of it is not in the audit trail."]


@pytest.mark.parametrize("change", [{"at": AT}, {"after": "Four."}, {"before": "One."}, {"field": "impact"}])
def test_a_correction_that_was_altered_is_found(published, change):
    row = corrected(published)
    triggers.drop()
    Correction.objects.filter(pk=row.pk).update(**change)
    triggers.install()
    where = "thornbury 2011-05 R01, " + change.get("field", "progress")
    assert problems() == [f"{where}: a correction of it is different in the audit trail."]


def test_a_correction_under_another_name_is_found(published):
    row = corrected(published)
    triggers.drop()
    Correction.objects.filter(pk=row.pk).update(by=user("Cass Chair"))
    triggers.install()
    assert problems() == ["thornbury 2011-05 R01, progress: a correction of it is different in the audit trail."]


def test_a_correction_from_before_its_event_held_its_text_is_accepted(published):
    corrected(published)
    event = Event.objects.get(what="update.corrected")
    triggers.drop()
    Event.objects.filter(pk=event.pk).update(detail={name: event.detail[name] for name in ("fields", "reason")})
    triggers.install()
    assert problems() == []


def test_a_second_publication_is_found(published):
    event = Event.objects.get(what="month.published")
    Event.objects.create(
        by=user("Cass Chair"), at=AT, what=event.what, on_type=event.on_type, on_id=event.on_id, detail=event.detail
    )
    assert problems() == [
        ": the audit trail has “Month published” by Cass Chair on 1 May 2011, 9:00am, but the record does not."
    ]


def test_a_forged_comment_is_found():
    row = Office().submitted
    forged(ReviewComment, update=row, by=user("Liam Lead"), by_name="Liam Lead", at=AT, text="Good.")
    assert problems() == ["thornbury 2011-05 R01: a comment on it is not in the audit trail."]


def test_what_was_returned_and_handed_in_again_is_honest():
    here = Office()
    row = factories.signed_off(here.update)
    for days in (1, 2):
        row = reporting.return_for_changes(
            update=row, version=row.version, comment="Why?", by=user("Liam Lead"), at=later(days=days)
        )
        assert problems() == []
        row = factories.signed_off(row, at=later(days=days, hours=1), progress=f"{days + 2} teams were trained.")
        assert problems() == []


def test_what_was_removed_from_a_correction_is_no_forgery(published):
    row = corrected(published)
    published.refresh_from_db()
    for field in ("progress", f"correction-{row.pk}"):
        reporting.redact(update=published, field=field, reason="names a child", by=user("Olga Office"), at=AT)
    assert problems() == []
    detail = str(list(Event.objects.values_list("detail", flat=True)))
    assert "Three." not in detail
    assert "A slip." not in detail


def test_a_proposed_rating_is_withdrawn_by_itself_or_by_another_in_its_place(published):
    by = {"by": user("Olga Office"), "at": later(days=1)}
    for number, rating in enumerate(("red", "green"), 1):
        reporting.correct(update=published, rating=rating, reason=f"Misread {number}.", **by)
    assert problems() == []
    reporting.withdraw_rating(proposal=published.proposed_ratings.get(decision=""), **by)
    assert problems() == []
    triggers.drop()
    Event.objects.filter(what="update.rating_withdrawn").delete()
    assert problems() == ["thornbury 2011-05 R01: a withdrawn rating of it is not in the audit trail."]


def test_a_proposed_rating_that_was_withdrawn_in_the_database_alone_is_found_and_so_is_one_that_waits_again(published):
    by = {"by": user("Olga Office"), "at": later(days=1)}
    reporting.correct(update=published, rating="red", reason="Misread.", **by)
    triggers.drop()
    told = {"decided_by": by["by"], "decided_at": by["at"], "decided_name": "Olga Office"}
    published.proposed_ratings.update(decision="withdrawn", **told)
    assert problems() == ["thornbury 2011-05 R01: a withdrawn rating of it is not in the audit trail."]
    published.proposed_ratings.update(decision="", decided_by=None, decided_at=None, decided_name="")
    reporting.withdraw_rating(proposal=published.proposed_ratings.get(), **by)
    published.proposed_ratings.update(decision="", decided_by=None, decided_at=None, decided_name="")
    [problem] = problems()
    assert "the audit trail has “Update rating withdrawn” by Olga Office" in problem


def written(name):
    """Make the write of that name and return its event; what came before it is honest."""
    write = WRITES[name](Office())
    last = Event.objects.order_by("-pk").first()
    write()
    assert problems() == []
    return Event.objects.get(pk__gt=last.pk if last else 0)


def test_every_write_that_is_not_matched_is_named():
    assert set(WRITES) >= UNMATCHED


@pytest.mark.parametrize("name", sorted(set(WRITES) - UNMATCHED))
def test_a_write_without_its_event_or_with_another_is_found(name):
    """What is done to the event shows where its app is asked, or the removals, and nobody else is asked again."""
    event = written(name)
    apps = {event.on_type.partition(".")[0], "accounts"}
    triggers.drop()
    rows = Event.objects.filter(pk=event.pk)
    for change in ({"by": user("Cass Chair" if event.by.name != "Cass Chair" else "Mo Member")}, {"at": later(days=9)}):
        before = Event.objects.values(*change).get(pk=event.pk)
        rows.update(**change)
        assert problems(*apps), change
        rows.update(**before)
    assert problems(*apps) == []
    event.delete()
    assert problems(*apps)
    event.save()
    if name not in MAY_LACK:
        event.pk = None
        event.at += timedelta(days=9)
        event.save(force_insert=True)
        assert problems(*apps)


def event(what, thing, at=AT):
    return Event.objects.create(
        by=user("Olga Office"), at=at, what=what, on_type=thing._meta.label_lower, on_id=thing.pk, on_text=str(thing)
    )


def holding(*verbs, **how):
    return [one.event for one in matching.heard(*verbs, **how)()]


def test_an_event_holds_until_it_is_undone_on_the_same_thing():
    plan = factories.plan(2)
    first, second = plan.recommendations.all()
    lasting = event("thing.done", second)
    event("thing.done", first)
    event("thing.undone", first)
    again = event("thing.done", first)
    assert set(holding("thing.done", undone_by=("thing.undone",))) == {lasting, again}
    assert len(holding("thing.done")) == 3


def test_an_event_on_another_kind_of_thing_is_not_heard():
    plan = factories.plan()
    of_plan, of_row = event("thing.done", plan), event("thing.done", plan.recommendations.get())
    assert holding("thing.done", on=type(plan)) == [of_plan]
    assert holding("thing.done") == [of_plan, of_row]


@pytest.mark.parametrize("may_lack", [True, False])
def test_an_event_whose_row_was_taken_back_is_no_forgery_where_it_may_lack_one(may_lack):
    plan = factories.plan()
    event("thing.done", plan)
    told = matching.Told("a thing", lambda: iter(()), matching.heard("thing.done", may_lack=may_lack))
    assert len(list(matching.problems((told,)))) == (0 if may_lack else 1)


@pytest.mark.parametrize(
    ("told", "agrees"),
    [
        ({"text": "Done."}, True),
        ({"text": "Another."}, False),
        ({"text": "[removed: names a child]"}, True),
        ({"text": 7}, False),
        ({}, True),
    ],
)
def test_a_row_agrees_with_an_event_that_tells_no_other_text(told, agrees):
    assert matching._agree({"text": "Done."}, told) is agrees
