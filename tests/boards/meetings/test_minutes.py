"""The minutes as a document: a draft, sent to the chair, agreed; with guests, declarations and a decision sheet."""

from datetime import date, time

import pytest
from django.urls import reverse

from accounts.models import Event, Message
from boards import access, actions, meetings, permissions
from boards.meetings import minutes_document, proceedings
from boards.meetings.agenda import is_closing
from boards.meetings.planning import STANDARD
from boards.models import BoardAction, Meeting
from boards.permissions import Readership
from improvement.documents import pdf, write_word
from improvement.records.refusals import Refused
from tests import factories
from tests.boards.packs.packing import pdf_of, pdf_text, word_text
from tests.boards.reading import text
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db

APRIL, MAY = date(2011, 4, 11), date(2011, 5, 9)


def office():
    return {"by": user("Olga Office"), "at": AT}


def at(name, *args):
    return reverse(f"boards:{name}", args=["thornbury", APRIL, *args])


def read(client, name, *args, by="Olga Office"):
    client.force_login(user(by))
    return client.get(at(name, *args))


def again(meeting):
    return Meeting.objects.whole().get(pk=meeting.pk)


def told(meeting, readership=Readership.OFFICE, **more):
    return proceedings.build(again(meeting), readership, now=later(days=300), **more)


# Sent to the chair.


def test_send_minutes_lets_the_chair_alone_read_the_draft_and_says_so(client, held):
    factories.minuted(held)
    assert read(client, "minutes_download", "pdf", by="Cass Chair").status_code == 404
    row = factories.with_chair(held)
    assert (row.minutes_sent_at, row.is_with_chair) == (AT, True)
    readers = {name: read(client, "minutes_download", "pdf", by=name).status_code for name in READERS}
    assert readers == {"Olga Office": 200, "Cass Chair": 200, "Mo Member": 404, "Obi Observer": 404, "Ada Officer": 404}
    assert "It was discussed." in text(read(client, "meeting_detail", by="Cass Chair"))
    assert "It was discussed." not in text(read(client, "meeting_detail", by="Mo Member"))
    subjects = Message.objects.filter(user=user("Cass Chair")).values_list("subject", flat=True)
    assert "The draft minutes are ready for you to check, meeting of 11 April 2011" in subjects
    assert not Message.objects.filter(user=user("Mo Member"), subject__contains="draft minutes").exists()


READERS = ["Olga Office", "Cass Chair", "Mo Member", "Obi Observer", "Ada Officer"]


def test_send_minutes_twice_sends_them_once(held):
    factories.minuted(held)
    factories.with_chair(held)
    assert factories.with_chair(held).minutes_sent_at == AT
    assert Event.objects.filter(what="meeting.minutes_sent").count() == 1


def test_send_minutes_refuses_where_nothing_is_minuted(held):
    with pytest.raises(Refused, match="no minutes to send"):
        factories.with_chair(held)


def moved(held, **changed):
    """Change when or where the meeting was, or the note beside it."""
    details = {"held_on": APRIL, "starts_at": None, "place": "", "note": ""} | changed
    return meetings.change_details(meeting=held, version=again(held).version, **details, **office())


CHANGES = {
    "a minute": lambda held: factories.minuted(held, "Otherwise."),
    "a decision": factories.decision,
    "a decision that is taken back": lambda held: meetings.remove_decision(decision=held.decisions.get(), **office()),
    "an action": factories.action,
    "a guest": factories.guest,
    "a declaration": factories.declaration,
    "an item": lambda held: meetings.add_item(meeting=held, title="Late", **office()),
    "the title of an item": lambda held: meetings.change_item(
        item=held.items.get(),
        version=held.items.get().version,
        title="Otherwise",
        purpose="",
        presented_by="",
        is_standing=False,
        **office(),
    ),
    "the place": lambda held: moved(held, place="Civic Hall"),
    "the time": lambda held: moved(held, starts_at=time(14, 30)),
    "attendance": lambda held: meetings.record_attendance(
        meeting=held,
        version=again(held).version,
        seats={held.board.seats.get(role="chair"): ("present", "")},
        **office(),
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_changes_what_the_minutes_say_makes_them_a_draft_again(held, what):
    factories.minuted(held)
    if what == "a decision that is taken back":
        factories.decision(held)
    factories.with_chair(held)
    CHANGES[what](held)
    assert again(held).is_with_chair is False
    assert factories.with_chair(held).is_with_chair is True


def test_the_note_beside_the_meeting_leaves_the_minutes_with_the_chair(held):
    factories.minuted(held)
    factories.with_chair(held)
    moved(held, note="The lift is out of order.")
    assert again(held).is_with_chair is True


def test_who_reads_an_item_leaves_the_minutes_with_the_chair(held):
    item = factories.minuted(held)
    factories.with_chair(held)
    access.restrict(thing=item, version=item.version, restricted_because="Staff.", public_title="", **office())
    assert again(held).is_with_chair is True


@pytest.mark.parametrize(
    ("readership", "agreed", "tabled", "sent", "chair", "expected"),
    [
        (Readership.OFFICE, False, False, False, False, True),
        (Readership.BOARD, False, False, False, False, False),
        (Readership.BOARD, False, False, True, False, False),
        (Readership.BOARD, False, False, False, True, False),
        (Readership.BOARD, False, False, True, True, True),
        (Readership.BOARD, False, True, False, False, True),
        (Readership.PUBLIC, True, False, False, False, True),
        (Readership.OBSERVERS, False, False, True, False, False),
    ],
)
def test_can_read_minutes(readership, agreed, tabled, sent, chair, expected):
    meeting = Meeting(minutes_agreed_at=AT if agreed else None, minutes_sent_at=AT if sent else None)
    found = permissions.can_read_minutes(readership, meeting, is_tabled=tabled, is_chair=chair)
    assert found is expected


# The documents.


def filled(held):
    """Record something of every kind, under an item that everybody reads and under one that is restricted."""
    chair, member, _ = held.board.seats.order_by("pk")
    seats = {chair: ("present", ""), member: ("deputy", "Dan Deputy")}
    meetings.record_attendance(meeting=held, version=again(held).version, seats=seats, **office())
    closed = {"restricted_because": "About staff.", "public_title": "A staffing matter"}
    secret = meetings.add_item(meeting=held, title="Dismissal of the head", **closed, **office())
    items = {"open": held.items.first(), "secret": secret}
    for word, item in items.items():
        meetings.write_minute(item=item, version=item.version, minute=f"The {word} minute.\n\n- One\n- Two", **office())
        factories.decision(held, f"The {word} decision.", item=item)
        factories.action(held, f"The {word} action.", item=item, due_on=date(2011, 6, 1))
        factories.guest(held, f"The {word} guest", item=item)
        factories.declaration(held, f"The {word} interest.", item=item, done="Left the room.")
    factories.guest(held, organisation="Head of Audit")
    return held


SAID = ("minute", "decision", "action", "guest", "interest")


@pytest.mark.parametrize("written", [(pdf.write, pdf_text), (write_word, word_text)], ids=["pdf", "word"])
def test_the_minutes_say_all_of_it_to_the_board_and_nothing_restricted_to_the_public(plan, held, written):
    write, reading = written
    filled(held)
    factories.agreed(held, factories.held(plan, date(2011, 4, 25)))
    to_board = reading(write(minutes_document.minutes(told(held, Readership.BOARD))))
    to_public = reading(write(minutes_document.minutes(told(held, Readership.PUBLIC))))
    for thing in SAID:
        assert f"The open {thing}" in to_board
        assert f"The secret {thing}" in to_board
        assert f"The open {thing}" in to_public
    for words in ("secret", "Dismissal"):
        assert words not in to_public
    for words in ("Agreed at the meeting of 25 April 2011.", "Dan Deputy", "Gita Guest, Head of Audit", "1 June 2011"):
        assert words in to_public
    assert "A staffing matter" in to_public
    assert "Withheld. Restricted: About staff." in to_public


@pytest.mark.parametrize("written", [(pdf.write, pdf_text), (write_word, word_text)], ids=["pdf", "word"])
def test_a_table_that_was_pasted_into_a_minute_is_in_the_minutes(held, written):
    write, reading = written
    factories.minuted(held, "As reported:\n\n| Month | In time |\n| May | 81% |")
    document = reading(write(minutes_document.minutes(told(held))))
    for words in ("As reported:", "In time", "81%"):
        assert words in document


def test_a_table_that_was_pasted_into_a_minute_is_a_table_on_every_page(client, plan, held):
    factories.minuted(held, "As reported:\n\n| Month | In time |\n| May | 81% |")
    pages = [read(client, name).content.decode() for name in ("meeting_prepare", "meeting_detail")]
    factories.agreed(held, factories.held(plan, date(2011, 4, 25)))
    factories.opened_to_all(plan.board)
    pages.append(client.get(at("public_meeting")).content.decode())
    assert ['<td class="govuk-table__cell">81%</td>' in page for page in pages] == [True] * 3


@pytest.mark.parametrize("written", [(pdf.write, pdf_text), (write_word, word_text)], ids=["pdf", "word"])
def test_the_decision_sheet_holds_decisions_and_actions_and_no_minute(held, written):
    write, reading = written
    filled(held)
    to_public = reading(write(minutes_document.decision_sheet(told(held, Readership.PUBLIC))))
    assert "The open decision." in to_public
    assert "The open action." in to_public
    assert "secret" not in to_public
    assert "minute" not in to_public
    assert "Decisions and actions under these items are withheld: 2." in to_public


def test_agreed_minutes_come_out_the_same_for_good(plan, held):
    filled(held)
    after = factories.held(plan, date(2011, 4, 25))
    factories.agreed(held, after)
    before = pdf.write(minutes_document.minutes(told(held)))
    action = BoardAction.objects.first()
    given = {"meeting": after, **office()}
    actions.note_progress(action=action, text="Half done.", due_on=date(2011, 7, 1), **given)
    action.refresh_from_db()
    actions.close(action=action, version=action.version, outcome="Done.", **given)
    plan.board.name = "Renamed"
    plan.board.save()
    plan.caveat = "Reworded."
    plan.save()
    factories.announced(factories.meeting(plan, date(2011, 4, 18)))
    assert pdf.write(minutes_document.minutes(told(held))) == before


def test_the_minutes_say_how_far_they_are(plan, held):
    factories.minuted(held)
    assert minutes_document.state(told(held)) == "Draft. Not agreed yet."
    factories.with_chair(held)
    assert minutes_document.state(told(held)) == "Draft, sent to the chair. Not agreed yet."
    after = factories.held(plan, date(2011, 4, 25))
    assert minutes_document.state(told(held)) == "Draft. Not agreed yet."
    factories.agreed(held, after)
    assert minutes_document.state(told(held)) == "Agreed at the meeting of 25 April 2011."


def test_the_minutes_of_an_ordinary_meeting_are_two_pages(held):
    filled(held)
    assert len(pdf_of(pdf.write(minutes_document.minutes(told(held)))).pages) <= 2


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_files_are_handed_out_and_not_there_before_there_is_anything(client, held, form):
    for name in ("minutes_download", "decisions_download"):
        assert read(client, name, form).status_code == 404
    filled(held)
    for name, what in (("minutes_download", "minutes"), ("decisions_download", "decisions")):
        response = read(client, name, form)
        assert response["Content-Disposition"] == f'attachment; filename="thornbury-2011-04-11-{what}.{form}"'


# The office's pages.


def test_the_office_records_a_guest_and_a_declaration_and_removes_them(client, held):
    client.force_login(user("Olga Office"))
    item = held.items.get()
    client.post(at("guest_add"), {"name": "Gita Guest", "organisation": "Head of Audit", "item": item.pk})
    client.post(at("declaration_add"), {"name": "Mo Member", "interest": "A trustee.", "done": "Stayed."})
    page = text(read(client, "meeting_prepare"))
    assert "Gita Guest, Head of Audit (item 1)" in page
    assert "A trustee. Stayed." in page
    errors = client.post(at("guest_add"), {"name": ""}).context["form"].errors
    assert errors == {"name": ["Enter the name."]}
    for name, row in (("guest_remove", held.guests.get()), ("declaration_remove", held.declarations.get())):
        client.post(at(name, row.pk), {"is_confirmed": "True"})
    assert (held.guests.count(), held.declarations.count()) == (0, 0)


def test_the_office_sends_the_draft_and_is_told_to_whom(client, held):
    factories.minuted(held)
    assert "The chair will be notified by e-mail: Cass Chair." in text(read(client, "minutes_send"))
    response = client.post(at("minutes_send"), {"is_confirmed": "True"}, follow=True)
    assert "The chair can now read the draft minutes." in text(response)
    assert "You sent the draft to the chair on" in text(response)


def test_the_page_says_where_the_chair_has_no_account(client, plan, held):
    factories.minuted(held)
    plan.board.seats.filter(role="chair").update(user=None)
    assert "The chair has no account, so nobody will be notified." in text(read(client, "minutes_send"))


# The agenda.


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Date of the next meeting", True),
        ("Date of next meeting", True),
        ("Dates of the next meetings", True),
        ("Next meeting", True),
        ("DATE OF NEXT MEETING", True),
        ("Report to the next meeting", False),
        ("Date of the inspection", False),
        ("Any other business", False),
    ],
)
def test_is_closing(title, expected):
    assert is_closing(title) is expected


def test_a_new_item_goes_before_the_date_of_the_next_meeting_until_the_agenda_is_published(plan):
    meeting = meetings.plan_meeting(board=plan.board, held_on=MAY, **office())
    for title in ("Monthly report", "Date of the next meeting", "Audits"):
        meetings.add_item(meeting=meeting, title=title, **office())
    factories.announced(meeting)
    item = meetings.add_item(meeting=meeting, title="Late", **office())
    assert item.position == 4
    assert list(meeting.items.values_list("position", "title")) == [
        (1, "Monthly report"),
        (2, "Audits"),
        (3, "Date of the next meeting"),
        (4, "Late"),
    ]


def test_the_office_begins_a_first_meeting_with_a_standard_agenda_and_no_later_one(client, plan):
    client.force_login(user("Olga Office"))
    for month in ("1", "2"):
        day = {"held_on_0": "19", "held_on_1": month, "held_on_2": "2012"}
        client.post(reverse("boards:meeting_plan", args=["thornbury"]), day)
    first, second = plan.board.meetings.order_by("held_on")
    assert [(item.title, item.purpose) for item in first.items.all()] == [words[:2] for words in STANDARD]
    assert [(paper.page, paper.item.position, paper.title) for paper in first.papers.all()] == [
        ("dashboard", 4, "The dashboard of the month")
    ]
    assert [item.title for item in second.items.all()] == [
        "Minutes of the last meeting",
        "Action log",
        *(title for title, _, _, is_standing in STANDARD if is_standing),
    ]
