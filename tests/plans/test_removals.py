"""A text that could identify someone is removed from a frozen record, and from every copy of it."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from accounts import verification as people
from accounts.audit import damage
from accounts.models import Event, Removal
from accounts.removal import kinds, redactions
from improvement.records import triggers
from plans import removals, reporting, revisions, verification
from plans.models import Correction, DueDateChange, Evidence, MonthlyUpdate, Recommendation, ReportingMonth
from plans.months import digests, narrative, sets
from plans.reporting import evidence
from tests import factories
from tests.factories import AT, a_file, later, user

pytestmark = pytest.mark.django_db
SECRET = "Josie Miller of Elm Road was seen twice."
GONE = "[removed: names a child]"


@pytest.fixture
@factories.once
def month():
    """A published month: R01 was returned, corrected and given a new date, always with the same words; R02 is plain."""
    month = factories.month(factories.plan(2))
    first, second = month.updates.order_by("reference")
    evidence.add(update=first, kind="qualitative", title=SECRET, file=a_file("Josie.csv"), by=user(), at=AT)
    evidence.add(update=first, kind="qualitative", title="Link", url="https://josie.example/", by=user(), at=AT)
    row = factories.submitted(first, progress=SECRET)
    row = reporting.return_for_changes(update=row, version=row.version, comment=SECRET, by=user("Liam Lead"), at=AT)
    factories.signed_off(
        row, progress=SECRET, proposed_due_on=date(2012, 3, 31), proposed_due_reason=f"{SECRET} Twice, in fact."
    )
    factories.signed_off(second)
    month = factories.published(month)
    reporting.correct(update=first, reason=SECRET, by=user("Olga Office"), at=AT, progress=f"{SECRET} No: three times.")
    return month


@pytest.fixture
def update(month):
    return month.updates.get(reference="R01")


def redact(update, field="progress", **more):
    given = {"reason": "names a child", "by": user("Olga Office"), "at": later(days=40)} | more
    return reporting.redact(update=update, field=field, **given)


def test_a_reason_in_a_revision_is_removed_with_its_copies(month):
    plan = month.plan
    factories.drafted(plan, reason=SECRET, wording=SECRET)
    factories.refreshed(plan)
    (name,) = [name for name in kinds.of(plan) if name.startswith("change-")]
    assert kinds.of(plan)[name].label == "R02, why it was changed in “Refresh of May”"
    redactions.redact(thing=plan, field=name, reason="names a child", by=user("Olga Office"), at=later(days=40))
    change = plan.refreshes.get().changes.get()
    assert (change.reason, change.proposed["wording"]) == (GONE, GONE)
    assert [line["after"] for line in change.log if line["label"] == "Recommendation"] == [GONE]


def problems():
    return [*verification.problems(), *people.problems()]


def every_text():
    """Return every text that the tables of the app, its histories and the audit trail hold, as one."""
    tables = [name for name in connection.introspection.table_names() if name.startswith(("plans_", "accounts_event"))]
    with connection.cursor() as cursor:
        found = []
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            found += cursor.fetchall()
    return repr(found)


def test_a_reason_that_is_only_drafted_is_removed_too():
    update = factories.month(factories.plan()).updates.get()
    given = {"version": 0, "by": user(), "at": AT}
    reporting.save_draft(update=update, reasons={"same-text": SECRET}, progress="Nothing.", **given)
    update.refresh_from_db()
    redact(update, "contradictions")
    update.refresh_from_db()
    assert update.override_reasons == {}
    assert SECRET not in every_text()


def test_reasons_too_short_to_be_pieces_are_removed_from_every_date_that_a_month_counts():
    plan = factories.plan()
    update = factories.month(plan).updates.get()
    by = user("Olga Office")
    for month, reason in ((6, "Josie ill"), (7, "Josie moved")):
        change = {"due_on": date(2012, month, 1), "reason": reason, "by": by, "at": AT}
        revisions.change_due_date(recommendation=update.recommendation, **change)
    update.refresh_from_db()
    found = kinds.of(update)["date_changes"].places
    assert [place.text for place in found] == ["Josie ill", "Josie moved"]
    redact(update, "date_changes")
    assert {row.reason for row in DueDateChange.objects.all()} == {GONE}
    assert "Josie" not in every_text()


def test_the_reason_of_a_withdrawn_date_is_removed():
    update = factories.month(factories.plan()).updates.get()
    dated = {"proposed_due_on": date(2012, 3, 31), "proposed_due_reason": "Josie ill"}
    row = factories.signed_off(update, **dated)
    row = reporting.return_for_changes(update=row, version=row.version, comment="No.", by=user("Liam Lead"), at=AT)
    row = factories.submitted(row, proposed_due_on=None, proposed_due_reason="")
    assert DueDateChange.objects.get().withdrawn_at
    assert [place.text for place in kinds.of(row)["date_changes"].places] == ["Josie ill"]
    redact(row, "date_changes")
    assert DueDateChange.objects.get().reason == GONE
    assert "Josie" not in every_text()


def test_a_text_that_is_left_only_in_what_was_returned_is_removed():
    row = factories.submitted(factories.month(factories.plan()).updates.get(), cause="Josie ill")
    row = reporting.return_for_changes(update=row, version=row.version, comment="No.", by=user("Liam Lead"), at=AT)
    reporting.save_draft(update=row, version=row.version, by=user(), at=AT, cause="")
    row.refresh_from_db()
    assert [place.text for place in kinds.of(row)["cause"].places] == ["Josie ill"]
    redact(row, "cause")
    row.refresh_from_db()
    assert (row.cause, row.returned["answers"]["cause"]) == ("", GONE)
    assert "Josie" not in every_text()


def test_a_reason_that_was_confirmed_in_a_later_month_is_named():
    plan = factories.plan()
    first = factories.month(plan).updates.get()
    factories.signed_off(first)
    factories.published(first.month)
    second = factories.month(plan, 6).updates.get()
    reasons = {"same-text": "Josie is ill", "improving-with-nothing-new": "Ada too"}
    said = [{"code": code, "sentence": "It is.", "reason": reason} for code, reason in reasons.items()]
    triggers.drop()
    MonthlyUpdate.objects.filter(pk=first.pk).update(contradictions=said)
    MonthlyUpdate.objects.filter(pk=second.pk).update(contradictions=[said[0] | {"confirmed": "May 2011"}])
    triggers.install()
    first.refresh_from_db()
    places = kinds.of(first)["contradictions"].places
    assert [place.text for place in places] == ["Josie is ill", "Ada too"]
    assert removals.elsewhere(first, places) == [second]


@pytest.mark.parametrize("is_taken_off", [True, False])
def test_redact_reaches_what_was_recorded_of_a_damaged_file(is_taken_off):
    update = factories.month(factories.plan()).updates.get()
    item, other = (
        evidence.add(update=update, kind="qualitative", title=title, file=a_file(name), by=user(), at=AT)
        for title, name in (("Josie", "Miller.csv"), ("Rates", "Rates.csv"))
    )
    for row in (item, other):
        damage.found(row=row, sha256="0" * 64, by=user(), at=AT)
    if is_taken_off:
        evidence.remove(evidence=item, by=user(), at=AT)
    for field in kinds.of(update):
        if field != f"evidence-{other.pk}":
            redact(update, field)
    told = Event.objects.filter(what="file.found_damaged").order_by("pk")
    assert [(event.on_text, event.detail["file"]) for event in told] == [(GONE, GONE), ("Rates", "Rates.csv")]
    assert "Josie" not in every_text()
    assert "Miller.csv" not in every_text()


def removed_in_turn(update):
    for field in list(kinds.of(update)):
        redact(update, field)


def test_each_text_is_named_in_words(update):
    labels = {name.partition("-")[0]: found.label for name, found in kinds.of(update).items()}
    assert labels == {
        "progress": "Progress this month",
        "impact": "Impact",
        "next_steps": "Next steps",
        "remedy": "What is needed",
        "remedy_owner": "Who will do it",
        "proposed_due_reason": "Reason for the new date",
        "correction": "The reason for a correction",
        "comment": "A review comment",
        "evidence": "A piece of evidence",
    }


def test_redact_replaces_the_text_and_stands_beside_the_digest_of_the_publication(month, update):
    before = month.digest
    removal = redact(update)
    update.refresh_from_db()
    month.refresh_from_db()
    assert update.progress == GONE
    assert (month.digest, removal.digest_before) == (before, before)
    assert removal.digest_after == digests.digest(month) == kinds.standing_digest(month) != before
    assert (removal.by_name, removal.at, removal.reason) == ("Olga Office", later(days=40), "names a child")


def test_redact_leaves_one_event(update):
    before = Event.objects.count()
    redact(update)
    assert Event.objects.count() == before + 1
    event = Event.objects.first()
    assert (event.what, event.detail) == ("update.redacted", {"field": "progress", "reason": "names a child"})


def test_redact_reaches_corrections_on_both_sides(update):
    redact(update)
    correction = Correction.objects.get()
    assert (correction.before, correction.after) == (GONE, GONE)


def test_redact_of_each_text_in_turn_leaves_no_copy_anywhere(month, update):
    assert "Josie" in every_text()
    removed_in_turn(update)
    assert "Josie" not in every_text()
    assert "josie" not in every_text()
    assert problems() == []


def test_redact_reaches_events_the_due_date_and_history(update):
    removed_in_turn(update)
    assert Event.objects.get(what="update.returned").detail == {"comment": GONE}
    texts = {"before": {"progress": GONE}, "after": {"progress": GONE}}
    told = {"fields": ["progress"], "reason": GONE}
    assert Event.objects.get(what="update.corrected").detail == told | texts
    assert DueDateChange.objects.get().reason == GONE
    assert GONE in Recommendation.history.values_list("history_change_reason", flat=True)


def test_redact_leaves_what_the_update_is_called_in_the_trail():
    update = factories.month(factories.plan()).updates.get()
    factories.submitted(update, remedy_owner="Recommendation")
    redact(update, "remedy_owner")
    told = Event.objects.filter(on_type="plans.monthlyupdate").values_list("on_text", flat=True)
    assert set(told) == {"R01 Recommendation 1, May 2011"}


def test_redact_of_reasons_leaves_the_sentences_that_they_answer():
    update = factories.month(factories.plan()).updates.get()
    sentence = "The progress says the same as last month."
    said = {"code": "same-text", "sentence": sentence, "reason": f"{sentence} Josie ill"}
    MonthlyUpdate.objects.update(contradictions=[said], override_reasons={"same-text": said["reason"]})
    update.refresh_from_db()
    redact(update, "contradictions")
    update.refresh_from_db()
    assert (update.contradictions, update.override_reasons) == ([said | {"reason": GONE}], {})


def test_redact_of_evidence_takes_its_title_its_name_and_its_file(
    month, update, evidence_folder, django_capture_on_commit_callbacks
):
    item = Evidence.objects.get(title=SECRET)
    with django_capture_on_commit_callbacks(execute=True):
        redact(update, f"evidence-{item.pk}")
    item.refresh_from_db()
    assert (item.title, item.original_name, item.size) == (GONE, f"{GONE}.txt", len(GONE) + 1)
    assert item.file.read().decode() == f"{GONE}\n"
    item.file.close()
    assert [path.read_text() for path in evidence_folder.rglob("*.*")] == [f"{GONE}\n"]


def test_redact_of_a_link_takes_it_too(update):
    item = Evidence.objects.get(title="Link")
    redact(update, f"evidence-{item.pk}")
    item.refresh_from_db()
    assert (item.title, item.url, item.original_name) == (GONE, "", f"{GONE}.txt")


def test_redact_leaves_counts_movement_and_stuck_as_they_were(month, update):
    june = factories.month(month.plan, 6)
    pairs = [("rating", "amber"), ("decision", "yes"), ("update", "unchanged"), ("moved", "any"), ("stuck", "yes")]
    factories.signed_off(
        june.updates.get(reference="R01"), progress=SECRET, unchanged_reason=SECRET, decision_sought=SECRET
    )
    june = factories.published(june)

    def stands():
        rows = sets.with_sets(june, pairs, now=AT)
        return [(row.reference, row.sets, row.movement, row.is_stuck, row.rating, row.status) for row in rows]

    before = stands()
    removed_in_turn(june.updates.get(reference="R01"))
    assert stands() == before
    assert SECRET not in repr(june.updates.values())


def test_redact_leaves_the_same_text_of_another_month_and_names_it(month, update):
    june = factories.month(month.plan, 6)
    other = factories.submitted(june.updates.get(reference="R01"), progress=SECRET, unchanged_reason="Still so.")
    assert removals.elsewhere(update, kinds.of(update)["progress"].places) == [other]
    redact(update)
    other.refresh_from_db()
    assert other.progress == SECRET


def test_redact_of_what_was_removed_counts_once(update):
    first = redact(update)
    assert redact(update) == first
    assert Removal.objects.count() == 1
    with pytest.raises(reporting.Refused, match="nothing to remove"):
        redact(update, reason="Another reason")


@pytest.mark.parametrize("field", ["rating", "direction", "green_by", "title", "comment-0", "impact-1", ""])
def test_redact_refuses_what_is_no_text(update, field):
    with pytest.raises(reporting.Refused, match="nothing to remove"):
        redact(update, field)


@pytest.mark.parametrize(("reason", "sentence"), [(" ", "Enter a reason"), ("x" * 121, "of 120 characters or fewer")])
def test_redact_needs_a_short_reason(update, reason, sentence):
    with pytest.raises(reporting.Refused, match=sentence):
        redact(update, reason=reason)


def test_redact_refuses_when_something_changed_since_it_was_seen(month, update):
    seen = kinds.seen(kinds.of(update)["progress"].places)
    reporting.correct(update=update, reason="Again.", by=user("Olga Office"), at=AT, progress="Somebody was seen.")
    with pytest.raises(reporting.Refused, match="changed since you opened"):
        redact(update, seen=seen)
    assert redact(update, seen=kinds.seen(kinds.of(update)["progress"].places))


def test_nothing_hides_behind_a_removal(month, update):
    triggers.drop()
    month.updates.filter(reference="R02").update(rating="green")
    triggers.install()
    with pytest.raises(reporting.Refused, match="has changed since it was published"):
        redact(update)


def test_redact_month_removes_its_texts():
    plan = factories.plan()
    factories.area(plan)
    month = factories.month(plan)
    reporting.write_commentary(month=month, version=0, headline=SECRET, text=SECRET, by=user("Olga Office"), at=AT)
    area = month.area_updates.get()
    reporting.write_area_update(area_update=area, version=0, text=SECRET, by=user(), at=AT)
    month = factories.published(month)
    for field in ("headline", "commentary", "area-A"):
        reporting.redact_month(month=month, field=field, reason="names a child", by=user("Olga Office"), at=AT)
    month.refresh_from_db()
    area.refresh_from_db()
    assert (month.headline, month.commentary, area.text) == (GONE, GONE, GONE)
    removed = list(narrative.removals([month.pk]))
    assert [row.digest_before for row in removed] == [month.digest, *(row.digest_after for row in removed[:-1])]
    assert problems() == []


def test_redact_in_an_open_month_shows_both_texts_to_whoever_writes_just_now():
    month = factories.month(factories.plan())
    row = factories.submitted(month.updates.get(), progress=SECRET)
    removal = redact(row)
    assert (removal.digest_before, removal.digest_after) == ("", "")
    with pytest.raises(reporting.Conflict) as caught:
        reporting.take_back(update=row, version=row.version, by=user(), at=AT)
    assert caught.value.current.progress == GONE


def test_what_was_removed_may_be_said_anew_in_a_correction(month, update):
    redact(update)
    reporting.correct(update=update, reason="Said anew.", by=user("Olga Office"), at=AT, progress="A child was seen.")
    correction = Correction.objects.last()
    assert (correction.before, correction.after) == (GONE, "A child was seen.")
    assert problems() == []


# The guards


def test_the_guards_stand_again_after_a_removal(month, update):
    redact(update)
    assert triggers.missing() == []
    for rows, change in (
        (MonthlyUpdate.objects.all(), {"progress": "x"}),
        (Correction.objects.all(), {"after": "x"}),
        (Event.objects.all(), {"what": "x"}),
        (Removal.objects.all(), {"reason": "x"}),
    ):
        with pytest.raises(IntegrityError, match=r"never change|never changed"), transaction.atomic():
            rows.update(**change)


def test_the_guards_stand_again_after_a_removal_that_failed(month, update):
    with pytest.raises(reporting.Refused):
        redact(update, "impact-1")
    assert triggers.missing() == []
    with pytest.raises(IntegrityError), transaction.atomic():
        MonthlyUpdate.objects.update(progress="x")


def test_without_lifting_the_guards_the_same_write_is_refused(month, update):
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        MonthlyUpdate.objects.filter(pk=update.pk).update(progress=GONE)


def test_what_was_removed_is_not_forgotten(update):
    redact(update)
    with pytest.raises(IntegrityError, match="never changed or forgotten"), transaction.atomic():
        Removal.objects.all()._raw_delete("default")
    triggers.drop()
    Removal.objects.all()._raw_delete("default")
    assert not Removal.objects.exists()


def test_what_something_was_removed_from_stays():
    month = factories.month(factories.plan())
    update = factories.submitted(month.updates.get(), progress=SECRET)
    reporting.write_commentary(month=month, version=0, text=SECRET, by=user("Olga Office"), at=AT)
    redact(update)
    reporting.redact_month(month=month, field="commentary", reason="names a child", by=user("Olga Office"), at=AT)
    for rows in (MonthlyUpdate.objects.all(), ReportingMonth.objects.all()):
        with pytest.raises(IntegrityError, match="never changed or forgotten"), transaction.atomic():
            rows._raw_delete("default")


# Verify


def test_verify_names_a_removal_that_does_not_follow(month, update):
    redact(update)
    triggers.drop()
    Removal.objects.update(digest_before="0" * 64)
    triggers.install()
    assert problems() == [
        "thornbury 2011-05 R01: what was removed (Progress this month) does not match the text before."
    ]


def test_verify_names_a_text_that_is_there_again(month, update):
    redact(update)
    triggers.drop()
    MonthlyUpdate.objects.filter(pk=update.pk).update(progress=SECRET)
    triggers.install()
    assert problems() == [
        "thornbury 2011-05: its rows have changed since it was published; the digest differs.",
        "thornbury 2011-05 R01: what was removed (Progress this month) is there again.",
    ]


def test_redact_of_evidence_that_was_taken_off_again_cleans_the_audit_trail(month):
    second = factories.month(month.plan, 6).updates.get(reference="R01")
    item = evidence.add(
        update=second, kind="qualitative", title="Josie Miller", url="https://a.example", by=user(), at=AT
    )
    evidence.remove(evidence=item, by=user(), at=AT)
    (field,) = [name for name in kinds.of(second) if name.startswith("event-")]
    redact(second, field)
    told = Event.objects.filter(on_type="plans.monthlyupdate", on_id=second.pk, what__startswith="evidence.")
    assert list(told.values_list("detail__title", flat=True)) == [GONE, GONE]
    assert kinds.of(second) == {}
