"""A text that could identify someone is removed from the Board's record, frozen or not, and from every copy of it."""

from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts import guards
from accounts import verification as people
from accounts.models import Event, Removal
from accounts.removal import kinds, redactions
from boards import actions, challenges, meetings, papers, reports, verification
from boards.challenges import advice
from boards.models import (
    Advice,
    BoardAction,
    BoardActionNote,
    Challenge,
    Decision,
    Declaration,
    Guest,
    Meeting,
    Paper,
    Report,
    ReportSection,
)
from boards.reports import digests
from improvement import files
from improvement.records import triggers
from improvement.records.refusals import Refused
from tests import factories
from tests.boards.packs.packing import HELD, a_meeting, a_plan
from tests.boards.reading import read, text
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db

SECRET = "Josie Miller of Elm Road was seen twice."
GONE = "[removed: names a child]"
OFFICE = "Olga Office"


def office(at=AT):
    return {"by": user(OFFICE), "at": at}


def redact(thing, field, reason="names a child", at=None, **more):
    return redactions.redact(thing=thing, field=field, reason=reason, **office(at or later(days=40)), **more)


def redact_all(thing):
    while found := kinds.of(type(thing).objects.get(pk=thing.pk)):
        redact(thing, next(iter(found)))


def every_text():
    """Return every text that the tables hold, as one."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += cursor.fetchall()
    return repr(found)


@pytest.fixture
def plan():
    return factories.plan()


def a_challenge(plan):
    """A concluded question whose answer was written twice."""
    row = factories.challenge(plan, question=SECRET)
    row = factories.answered(row, answer=f"An answer that names Josie Miller. {SECRET}")
    row = factories.answered(row, answer="Josie's audit.")
    return factories.concluded(row, "view", text=SECRET)


def an_advice(plan):
    row = factories.advice(plan.board, wording=SECRET)
    for response in (f"Josie first. {SECRET}", "Josie then."):
        row = advice.respond(advice=row, response=response, version=row.version, **office())
    return advice.conclude(advice=row, result=SECRET, version=row.version, **office())


def an_action(plan):
    """An action that was reported on and closed, at a meeting whose minutes are agreed."""
    meeting = factories.held(plan)
    row = factories.action(meeting, wording=SECRET, owner="Josie's mother")
    actions.note_progress(action=row, meeting=meeting, text=SECRET, **office())
    row.refresh_from_db()
    row = actions.close(action=row, version=row.version, meeting=meeting, outcome=SECRET, **office())
    factories.minuted(meeting)
    factories.agreed(meeting, factories.held(plan, date(2011, 4, 25)))
    return row


def a_record(plan):
    """An agreed meeting with a text in every place, two of them of what was taken out of it again."""
    made = factories.meeting(plan, date(2011, 4, 11))
    meetings.remove_item(item=meetings.add_item(meeting=made, title="Josie Miller, item", **office()), **office())
    item = meetings.add_item(meeting=made, title=SECRET, **office())
    papers.remove(paper=factories.paper(made, "Josie Miller, draft"), **office())
    factories.paper(made, SECRET, item=item, restricted_because=SECRET)
    meeting = factories.announced(made, papers=made.papers.all())
    meetings.remove_decision(decision=factories.decision(meeting, "Josie Miller goes."), **office())
    factories.decision(meeting, SECRET)
    factories.guest(meeting, "Josie Miller", organisation="Josie Miller’s school")
    meetings.remove_guest(guest=factories.guest(meeting, "Josie Miller’s aunt"), **office())
    factories.declaration(meeting, SECRET, name="Josie Miller’s uncle", done=SECRET)
    meetings.remove_declaration(declaration=factories.declaration(meeting, f"Another. {SECRET}"), **office())
    factories.minuted(meeting, SECRET)
    return factories.agreed(meeting, factories.held(plan, date(2011, 4, 25)))


def a_report(plan):
    sections = [("Josie", SECRET), ("", "Much was done.")]
    row = reports.start(
        board=plan.board, kind="letter", dated_on=date(2011, 5, 1), title="Josie Miller", sections=sections, **office()
    )
    section = row.sections.get(position=1)
    reports.write_section(section=section, version=0, heading="Josie Miller", text=SECRET, **office())
    return reports.issue(report=row, **office())


MADE = {"challenge": a_challenge, "advice": an_advice, "action": an_action, "meeting": a_record, "report": a_report}


@pytest.mark.parametrize("name", MADE)
def test_redact_of_each_text_in_turn_leaves_no_copy_anywhere(plan, name):
    thing = MADE[name](plan)
    assert "Josie" in every_text()
    redact_all(thing)
    assert "Josie" not in every_text()
    assert [*people.problems(), *verification.problems(), *triggers.missing()] == []


@pytest.mark.parametrize("name", MADE)
def test_redact_leaves_one_event_and_says_who_when_and_why(plan, name):
    thing = MADE[name](plan)
    field = next(iter(kinds.of(thing)))
    label, before = kinds.of(thing)[field].label, Event.objects.count()
    removal = redact(thing, field)
    assert Event.objects.count() == before + 1
    event = Event.objects.first()
    assert (event.what, event.detail) == (f"{name}.redacted", {"field": field, "reason": "names a child"})
    assert (removal.label, removal.by_name, removal.at) == (label, OFFICE, later(days=40))


WRITES = {
    Challenge: ({"answer": GONE}, a_challenge),
    Advice: ({"response": GONE}, an_advice),
    BoardAction: ({"outcome": GONE}, an_action),
    BoardActionNote: ({"text": GONE}, an_action),
    Decision: ({"wording": GONE}, a_record),
    Guest: ({"name": GONE}, a_record),
    Declaration: ({"interest": GONE}, a_record),
    Paper: ({"title": GONE}, a_record),
    Report: ({"title": GONE}, a_report),
    ReportSection: ({"text": GONE}, a_report),
}


@pytest.mark.parametrize("model", WRITES, ids=lambda model: model.__name__)
def test_the_same_change_is_refused_without_a_removal_before_it_and_after_it(plan, model):
    changes, make = WRITES[model]
    thing = make(plan)
    for _ in range(2):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(**changes)
        redact(thing, next(iter(kinds.of(thing))))


def test_a_removal_is_for_good(plan):
    redact(a_challenge(plan), "question")
    for write in (
        lambda: Removal.objects.update(reason="another"),
        lambda: Removal.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError, match=guards.FOR_GOOD), transaction.atomic():
            write()


def test_redact_of_what_was_removed_counts_once(plan):
    row = a_challenge(plan)
    first = redact(row, "question")
    assert redact(row, "question") == first
    with pytest.raises(Refused, match="There is nothing to remove"):
        redact(row, "question", "another reason")


@pytest.mark.parametrize("field", ["number", "nothing", "", "before-0"])
def test_redact_refuses_what_is_no_text(plan, field):
    with pytest.raises(Refused, match="There is nothing to remove"):
        redact(a_challenge(plan), field)


def test_redact_refuses_when_something_changed_since_it_was_seen(plan):
    row = factories.answered(factories.challenge(plan), SECRET)
    seen = kinds.seen(kinds.of(row)["answer"].places)
    factories.answered(row, "Another.")
    with pytest.raises(Refused, match="This has changed since you opened the page"):
        redact(row, "answer", seen=seen)


def test_what_is_refused_leaves_the_guards_standing(plan):
    row = a_challenge(plan)
    with pytest.raises(Refused):
        redact(row, "nothing")
    assert triggers.missing() == []
    with pytest.raises(IntegrityError), transaction.atomic():
        Challenge.objects.update(question="x")


def test_redact_of_a_question_that_is_being_answered_shows_both_texts(plan):
    row = factories.challenge(plan, question=SECRET)
    redact(row, "question")
    with pytest.raises(Exception, match="Someone else changed this"):
        challenges.answer(challenge=row, answer="From audits.", version=row.version, by=user("Ada Officer"), at=AT)


def test_redact_of_a_paper_takes_its_file_with_its_title(plan, django_capture_on_commit_callbacks):
    meeting = a_record(plan)
    paper = Paper.objects.get(title=SECRET)
    before = paper.file.name
    with django_capture_on_commit_callbacks(execute=True):
        redact(meeting, f"paper-{paper.pk}")
    paper.refresh_from_db()
    assert (paper.title, paper.original_name, paper.size) == (GONE, f"{GONE}.txt", len(GONE) + 1)
    assert (default_storage.exists(before), list(files.problems())) == (False, [])


# An issued report.


def test_a_removal_from_an_issued_report_stands_beside_its_digest(plan):
    report = a_report(plan)
    digest = report.digest
    section = report.sections.get(position=1)
    first, second = redact(report, f"text-{section.pk}"), redact(report, "title")
    report.refresh_from_db()
    assert (report.digest, first.digest_before, second.digest_before) == (digest, digest, first.digest_after)
    assert second.digest_after == digests.digest(report) == kinds.standing_digest(report) != digest
    assert [*people.problems(), *verification.problems()] == []


def test_verify_names_what_no_removal_accounts_for(plan):
    report = a_report(plan)
    redact(report, "title")
    triggers.drop()
    Report.objects.update(title="Josie Miller")
    assert list(people.problems()) == ["Josie Miller, 1 May 2011: what was removed (Title) is there again."]
    assert [problem.endswith("the digest differs.") for problem in verification.problems()] == [True]
    with pytest.raises(Refused, match="has changed since it was issued"):
        redact(report, "author")


def test_verify_names_a_removal_that_does_not_follow_from_what_was_issued(plan):
    report = a_report(plan)
    redact(report, "title")
    triggers.drop()
    Removal.objects.update(digest_before="x")
    assert list(people.problems()) == [
        f"{Report.objects.get()}: what was removed (Title) does not match the text before."
    ]


def test_a_removal_from_a_draft_has_no_digest(plan):
    report = reports.start(
        board=plan.board, kind="letter", dated_on=date(2011, 5, 1), title=SECRET, sections=[("A", "B")], **office()
    )
    removal = redact(report, "title")
    assert (removal.digest_before, removal.digest_after) == ("", "")
    report.refresh_from_db()
    report = reports.issue(report=report, **office())
    assert list(verification.problems()) == []


# The pages.


PAGES = {
    "challenge": lambda row: ("challenge", [row.number]),
    "advice": lambda row: ("advice", [row.number]),
    "action": lambda row: ("action", [row.number]),
    "meeting": lambda row: ("meeting", [row.held_on]),
    "report": lambda row: ("report", [row.kind, row.dated_on]),
}


def addresses(name, row):
    kind, args = PAGES[name](row)
    return [reverse(f"boards:{kind}_{what}", args=[row_board(row).slug, *args]) for what in ("detail", "redact")]


def row_board(row):
    return row.board


@pytest.mark.parametrize("name", MADE)
def test_each_page_leads_the_office_to_its_removal_and_says_what_was_removed(client, plan, name):
    thing = MADE[name](plan)
    detail, page = addresses(name, thing)
    client.force_login(user(OFFICE))
    assert f'href="{page}"' in client.get(detail).content.decode()
    shown = client.get(page)
    field, one = next(iter(shown.context["texts"].items()))
    assert (f'href="?field={field}"' in shown.content.decode(), one.places[0].text in text(shown)) == (True, True)
    chosen = client.get(f"{page}?field={field}")
    assert "This text will be removed" in text(chosen)
    given = {"seen": chosen.context["form"]["seen"].value(), "reason": "names a child", "is_checked": "on"}
    after = text(client.post(f"{page}?field={field}", given, follow=True))
    assert "The text has been removed. Readers will see your reason in its place." in after
    assert f"by {OFFICE}: {one.label} (names a child)" in after
    assert f"by {OFFICE}: {one.label} (names a child)" in text(read(client, detail, "Cass Chair"))


def test_a_removal_asks_for_the_reason_and_that_it_was_read(client, plan):
    page = addresses("challenge", a_challenge(plan))[1]
    client.force_login(user(OFFICE))
    refused = client.post(f"{page}?field=question", {"reason": "", "seen": "x"})
    assert [words for words, _ in refused.context["form"].error_links] == [
        "Enter the reason.",
        "Confirm that you have read the text.",
    ]
    assert not Removal.objects.exists()


def test_a_removal_shown_before_a_change_is_refused_and_can_be_checked_again(client, plan):
    row = factories.answered(factories.challenge(plan), SECRET)
    page = f"{addresses('challenge', row)[1]}?field=answer"
    client.force_login(user(OFFICE))
    given = {"seen": client.get(page).context["form"]["seen"].value(), "reason": "names a child", "is_checked": "on"}
    factories.answered(row, "Another that names Josie.")
    refused = client.post(page, given)
    assert "This has changed since you opened the page." in text(refused)
    again = given | {"seen": refused.context["form"]["seen"].value()}
    assert "The text has been removed" in text(client.post(page, again, follow=True))


def test_a_meeting_that_is_gone_from_the_address_is_not_found(client, plan):
    Meeting.objects.all().delete()
    assert read(client, reverse("boards:meeting_redact", args=["thornbury", HELD]), OFFICE).status_code == 404


def test_a_short_text_takes_no_other_event_along():
    meeting = a_meeting(a_plan(), papers={}, is_announced=False)
    other = factories.meeting(meeting.board.plan, date(2011, 6, 20))
    given = {"held_on": HELD, "starts_at": None, "place": "June", "note": ""}
    meetings.change_details(meeting=meeting, version=meeting.version, **given, **office(AT))
    before = set(Event.objects.exclude(on_id=meeting.pk).values_list("on_text", flat=True))
    redact(Meeting.objects.get(pk=meeting.pk), "place")
    assert (
        {str(other)}
        <= before
        == set(
            Event.objects.exclude(on_id=meeting.pk).exclude(what="meeting.redacted").values_list("on_text", flat=True)
        )
    )
