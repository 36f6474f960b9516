"""The pages of the meetings: who reads what of one as it grows, and what the programme office fills in.

The clock of these pages stands at 9 December 2011.
"""

import re
from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from boards import actions, meetings, papers
from boards.locking import AGREED
from boards.models import Meeting, Paper
from tests import factories
from tests.boards.reading import main, text
from tests.factories import AT, user

pytestmark = pytest.mark.django_db

APRIL, MAY, DECEMBER = date(2011, 4, 11), date(2011, 5, 9), date(2011, 12, 19)
READERS = ["Cass Chair", "Obi Observer", "Ada Officer"]


def at(name, *args):
    return reverse(f"boards:{name}", args=["thornbury", *args])


def read(client, path, name="Olga Office"):
    client.force_login(user(name))
    return client.get(path)


def send(client, name, *args, **answers):
    client.force_login(user("Olga Office"))
    return client.post(at(name, *args), answers)


def errors(response):
    return response.context["form"].errors


# The list.


def test_meeting_list_has_those_to_come_and_those_that_were(client, plan, held):
    factories.meeting(plan, DECEMBER, place="Civic Hall")
    factories.agreed(_minuted(held), factories.held(plan, date(2011, 4, 25)))
    shown = text(read(client, at("meeting_list"), "Mo Member"))
    assert "Future meetings Meeting Month State Monday 19 December 2011 Civic Hall" in shown
    assert re.findall(r"\w+day \d+ \w+ 2011", shown) == [
        "Monday 19 December 2011",
        "Monday 25 April 2011",
        "Monday 11 April 2011",
    ]
    assert ("Planned" in shown, "Held" in shown, "Minutes agreed" in shown) == (True, True, True)
    assert "Plan a meeting" not in shown
    assert "Plan a meeting" in text(read(client, at("meeting_list")))


def test_meeting_list_without_a_meeting_says_so(client, plan):
    assert "No meetings are planned." in text(read(client, at("meeting_list")))


@pytest.mark.parametrize("rows", [1, 3])
def test_meeting_list_takes_as_many_queries_for_three_as_for_one(client, plan, rows, django_assert_num_queries):
    for number in range(rows):
        factories.meeting(plan, date(2011, 12, 19 + number))
    client.force_login(user("Cass Chair"))
    with django_assert_num_queries(6):
        client.get(at("meeting_list"))


# The meeting as it grows.


@pytest.mark.parametrize("name", READERS)
def test_a_planned_meeting_says_no_more_than_that_to_anybody_but_the_office(client, plan, name):
    meeting = factories.meeting(plan, DECEMBER, note="Prepare the room.")
    factories.paper(meeting)
    shown = text(read(client, at("meeting_detail", DECEMBER), name))
    assert "Planned" in shown
    assert "The agenda has not been published yet." in shown
    for hidden in ("Item of 19 December", "Quality of practice", "Prepare the room.", "Action"):
        assert hidden not in shown
    office = text(read(client, at("meeting_detail", DECEMBER)))
    assert ("Item of 19 December" in office, "Quality of practice" in office) == (True, True)


@pytest.mark.parametrize("name", READERS)
def test_a_published_agenda_is_read_with_its_month_and_papers(client, plan, name):
    meeting = factories.meeting(plan, DECEMBER)
    month = factories.published(factories.month(plan, 4))
    meetings.receive_month(meeting=meeting, month=month, by=user("Olga Office"), at=AT)
    paper = factories.paper(meeting, item=meeting.items.last())
    factories.announced(meeting, papers=[paper])
    response = read(client, at("meeting_detail", DECEMBER), name)
    shown = text(response)
    assert "1. Item of 19 December Quality of practice Quality of practice.txt, 19" in shown
    assert f'href="{at("dashboard", date(2011, 4, 1))}">Dashboard for April 2011' in main(response)
    assert "No update received" in shown
    assert "Prepare and record" not in shown


@pytest.mark.parametrize("name", READERS)
def test_minutes_are_read_once_a_later_meeting_is_to_agree_them(client, plan, held, name):
    _minuted(held)
    path = at("meeting_detail", APRIL)

    def told():
        shown = text(read(client, path, name))
        return ("It was discussed." in shown, "not been agreed yet" in shown, "Minutes agreed at the" in shown)

    assert told() == (False, False, False)
    assert "The minutes are a draft" in text(read(client, path))
    may = factories.meeting(plan, date(2011, 4, 25))
    assert told() == (False, False, False)
    factories.announced(may)
    assert told() == (True, True, False)
    factories.agreed(held, may)
    assert told() == (True, False, True)


def test_a_meeting_shows_attendance_decisions_and_actions(client, plan, held):
    seats = dict.fromkeys(plan.board.seats.filter(role="chair"), ("present", ""))
    seats |= dict.fromkeys(plan.board.seats.filter(role="member"), ("deputy", "Dan Deputy"))
    meetings.record_attendance(meeting=held, version=1, seats=seats, by=user("Olga Office"), at=AT)
    factories.decision(held, "Go on.", recommendation=plan.recommendations.get())
    earlier = factories.held(plan, date(2011, 3, 14))
    carried, raised = factories.action(earlier, "Carried."), factories.action(held, "Raised.")
    actions.note_progress(action=carried, meeting=held, text="Half done.", by=user("Olga Office"), at=AT)
    shown = text(read(client, at("meeting_detail", APRIL), "Obi Observer"))
    assert "Present Cass Chair Sent a deputy Mo Member: Dan Deputy came Not recorded Obi Observer" in shown
    assert "Decision 1 Go on. About R01 Recommendation 1 ." in shown
    assert f"{raised.number}. Raised." in shown.split("Carried into this meeting")[0]
    assert "Half done." in shown.split("Carried into this meeting")[1]
    assert "Last meeting : 14 March 2011" in shown


@pytest.mark.parametrize("rows", [1, 3])
def test_a_meeting_takes_as_many_queries_for_three_of_everything_as_for_one(
    client, plan, held, rows, django_assert_num_queries
):
    earlier = factories.held(plan, date(2011, 3, 14))
    month = factories.published(factories.month(plan, 4))
    meetings.receive_month(meeting=held, month=month, by=user("Olga Office"), at=AT)
    held.refresh_from_db()
    seats = dict.fromkeys(plan.board.seats.all()[:rows], ("present", ""))
    meetings.record_attendance(meeting=held, version=held.version, seats=seats, by=user("Olga Office"), at=AT)
    for number in range(rows):
        item = meetings.add_item(meeting=held, title=f"Item {number}", by=user("Olga Office"), at=AT)
        factories.tabled(factories.paper(held, f"Paper {number}", item=item))
        factories.decision(held, f"Decision {number}.", item=item, recommendation=plan.recommendations.get())
        factories.action(held, f"Raised {number}.")
        factories.challenge(plan, f"Question {number}?", meeting=held)
        factories.guest(held, f"Guest {number}", item=item)
        factories.declaration(held, f"Interest {number}.", item=item)
        action = factories.action(earlier, f"Carried {number}.", recommendation=plan.recommendations.get())
        actions.note_progress(action=action, meeting=held, text="Half done.", by=user("Olga Office"), at=AT)
    client.force_login(user("Cass Chair"))
    with django_assert_num_queries(21):
        client.get(at("meeting_detail", APRIL))


@pytest.mark.parametrize("day", ["2011-02-30", "2011-4-11", "2010-01-01"])
def test_a_day_without_a_meeting_is_not_found(client, held, day):
    assert read(client, f"/boards/thornbury/meetings/{day}/").status_code == 404


# What the office fills in.


def test_the_office_plans_a_meeting(client, plan, held):
    day = {"held_on_0": "19", "held_on_1": "12", "held_on_2": "2011", "starts_at": "2.30 pm", "place": "Civic Hall"}
    assert send(client, "meeting_plan", **day).url == at("meeting_prepare", DECEMBER)
    meeting = Meeting.objects.get(held_on=DECEMBER)
    assert (f"{meeting.starts_at:%H:%M}", meeting.place, meeting.items.count()) == ("14:30", "Civic Hall", 2)
    again = send(client, "meeting_plan", **day | {"place": "Elsewhere"})
    assert errors(again) == {"held_on": ["The Board already has a meeting on that day."]}
    late = send(client, "meeting_plan", **day | {"starts_at": "half past two"})
    assert errors(late) == {"starts_at": ["Enter a time, such as 14:30."]}


def test_the_office_changes_the_details_and_sees_both_where_another_was_first(client, plan):
    factories.meeting(plan, DECEMBER)
    day = {"held_on_0": "19", "held_on_1": "12", "held_on_2": "2011", "version": 0}
    assert send(client, "meeting_edit", DECEMBER, place="Civic Hall", note="Upstairs.", **day).status_code == 302
    response = send(client, "meeting_edit", DECEMBER, place="Town Hall", **day)
    assert response.status_code == 409
    assert "Civic Hall" in text(response)
    assert 'value="Town Hall"' in main(response)
    assert send(client, "meeting_edit", DECEMBER, place="Town Hall", **day | {"version": 1}).status_code == 302


def test_the_office_chooses_the_month(client, plan, held):
    month = factories.published(factories.month(plan, 4))
    assert errors(send(client, "meeting_month", APRIL, month="")) == {"month": ["Select the month."]}
    assert send(client, "meeting_month", APRIL, month=month.pk).status_code == 302
    held.refresh_from_db()
    assert held.month == month


def test_the_office_adds_changes_moves_and_removes_items(client, plan):
    meeting = factories.meeting(plan, DECEMBER)
    send(client, "item_add", DECEMBER, title="Audits", purpose="To note")
    item = meeting.items.get(title="Audits")
    send(client, "item_move", DECEMBER, item.pk, position=1)
    send(client, "item_edit", DECEMBER, item.pk, title="Audits of files", is_standing="on", version=0)
    item.refresh_from_db()
    assert (item.position, item.title, item.purpose, item.is_standing) == (1, "Audits of files", "", True)
    assert errors(send(client, "item_add", DECEMBER, title="")) == {"title": ["Enter the item."]}
    send(client, "item_remove", DECEMBER, item.pk, is_confirmed="True")
    assert [row.title for row in meeting.items.all()] == ["Item of 19 December"]


def test_the_page_that_removes_an_item_says_why_it_cannot(client, plan):
    meeting = factories.meeting(plan, DECEMBER)
    item = meetings.add_item(
        meeting=meeting, title="Staffing", restricted_because="Staff.", by=user("Olga Office"), at=AT
    )
    factories.paper(meeting, "Absence", item=item)
    client.force_login(user("Olga Office"))
    page = client.get(reverse("boards:item_remove", args=["thornbury", DECEMBER, item.pk])).content.decode()
    assert "Restrict these papers as the item is" in page
    assert "Absence." in page
    assert "Remove the item" not in page
    assert "Restrict these papers" in str(errors(send(client, "item_remove", DECEMBER, item.pk, is_confirmed="True")))


@pytest.mark.parametrize("position", ["", "up", "-1", "²"])
def test_an_item_that_is_moved_nowhere_stays(client, plan, position):
    meeting = factories.meeting(plan, DECEMBER)
    meetings.add_item(meeting=meeting, title="Audits", by=user("Olga Office"), at=AT)
    assert send(client, "item_move", DECEMBER, meeting.items.last().pk, position=position).status_code == 302
    assert [item.title for item in meeting.items.all()] == ["Item of 19 December", "Audits"]


def test_the_office_publishes_the_agenda_with_the_papers_that_it_ticks(client, plan):
    meeting = factories.meeting(plan, DECEMBER)
    chosen, other = factories.paper(meeting, "Chosen"), factories.paper(meeting, "Other")
    papers.add(meeting=meeting, title="Dashboard", page="dashboard", by=user("Olga Office"), at=AT)
    response = read(client, at("agenda_publish", DECEMBER))
    assert "Dashboard. No month has been chosen for this meeting." in text(response)
    assert main(response).count("checked") == 2
    seen = response.context["form"]["seen"].value()
    meetings.add_item(meeting=meeting, title="Late", by=user("Olga Office"), at=AT)
    answers = {"seen": seen, "papers": [chosen.pk]}
    response = send(client, "agenda_publish", DECEMBER, **answers)
    assert "has changed since you checked it" in text(response)
    answers["seen"] = response.context["form"]["seen"].value()
    assert send(client, "agenda_publish", DECEMBER, **answers).url == at("meeting_detail", DECEMBER)
    assert [paper.tabled_at is None for paper in (Paper.objects.get(pk=chosen.pk), other)] == [False, True]
    assert send(client, "agenda_publish", DECEMBER, **answers).status_code == 302  # a second click


def test_the_office_adds_a_file_says_who_reads_it_and_tables_it(client, held):
    file = SimpleUploadedFile("audit.txt", b"Ten cases.")
    embargo = {"embargoed_until_0": "9", "embargoed_until_1": "12", "embargoed_until_2": "2012", "embargo_time": "9:30"}
    answers = {"title": "Audit", "file": file, "restricted_because": "Names a post.", **embargo}
    assert send(client, "paper_add", APRIL, **answers).status_code == 302
    paper = held.papers.get()
    assert paper.embargoed_until.isoformat() == "2012-12-09T09:30:00+00:00"
    assert "Names a post." in text(read(client, at("meeting_prepare", APRIL)))
    changed = {"title": "Audit of files", "restricted_because": "", "version": 0}
    assert send(client, "paper_edit", APRIL, paper.pk, **changed).status_code == 302
    send(client, "paper_table", APRIL, paper.pk, is_confirmed="True")
    paper.refresh_from_db()
    assert (paper.title, paper.is_restricted, paper.embargoed_until) == ("Audit of files", False, None)
    assert paper.tabled_at is not None
    refused = send(client, "paper_remove", APRIL, paper.pk, is_confirmed="True")
    assert "You cannot remove a tabled paper." in text(refused)


def test_a_paper_says_beside_its_fields_what_does_not_fit(client, held):
    neither = send(client, "paper_add", APRIL, title="Audit", excludes_observers="on", embargo_time="9:30")
    assert errors(neither) == {"embargoed_until": ["Enter the date the embargo ends."]}
    neither = send(client, "paper_add", APRIL, title="Audit", excludes_observers="on")
    assert errors(neither) == {
        "restricted_because": ["Enter a reason why observers cannot read it."],
        "file": ["Choose a file or a page of this product, not both."],
    }


def test_a_tabled_paper_keeps_its_title_whatever_is_sent(client, held):
    paper = factories.tabled(factories.paper(held))
    sent = {"title": "Forged", "restricted_because": "Names a post.", "version": paper.version}
    assert send(client, "paper_edit", APRIL, paper.pk, **sent).status_code == 302
    paper.refresh_from_db()
    assert (paper.title, paper.restricted_because) == ("Quality of practice", "Names a post.")


def test_the_office_records_attendance(client, plan, held):
    chair, member, _ = plan.board.seats.order_by("pk")
    answers = {f"presence_{chair.pk}": "present", f"presence_{member.pk}": "deputy", "version": held.version}
    response = send(client, "attendance_edit", APRIL, **answers)
    assert errors(response) == {f"deputy_{member.pk}": ["Mo Member: enter the deputy who attended."]}
    answers[f"deputy_{member.pk}"] = "Dan Deputy"
    assert send(client, "attendance_edit", APRIL, **answers).status_code == 302
    assert held.attendance.count() == 2
    response = send(client, "attendance_edit", APRIL, **answers | {f"presence_{member.pk}": "absent"})
    assert response.status_code == 409
    assert "Mo Member, attendance Sent a deputy" in text(response)


def test_what_each_of_two_recorded_of_a_seat_of_its_own_is_kept(client, plan, held):
    chair, member, observer = plan.board.seats.order_by("pk")
    form = read(client, at("attendance_edit", APRIL)).context["form"]
    mine = {bound.name: bound.value() or "" for bound in form.visible_fields()} | {"version": held.version}
    marks = {"version_marks": form.marks}
    theirs = {f"presence_{chair.pk}": "present", f"presence_{member.pk}": "apologies"}
    assert send(client, "attendance_edit", APRIL, **mine | theirs).status_code == 302
    response = send(client, "attendance_edit", APRIL, **mine | marks | {f"presence_{observer.pk}": "absent"})
    said = str(*get_messages(response.wsgi_request))
    assert "“Cass Chair, attendance”, “Mo Member, attendance” are theirs." in said
    recorded = {line.name: line.presence for line in held.attendance.all()}
    assert recorded == {"Cass Chair": "present", "Mo Member": "apologies", "Obi Observer": "absent"}
    both = mine | marks | {f"presence_{chair.pk}": "apologies"}
    response = send(client, "attendance_edit", APRIL, **both)
    assert response.status_code == 409
    assert response.context["form"].stands == [("Cass Chair, attendance", "Present")]
    shown = response.context["form"]
    assert [shown[f"presence_{seat.pk}"].value() for seat in (chair, member, observer)] == [
        "apologies",
        "apologies",
        "absent",
    ]


def test_what_each_of_two_changed_of_a_paper_in_a_field_of_its_own_is_kept(client, held):
    paper = factories.paper(held)
    form = read(client, at("paper_edit", APRIL, paper.pk)).context["form"]
    mine = {"title": paper.title, "version": 0, "version_marks": form.marks}
    embargo = {"embargoed_until_0": "9", "embargoed_until_1": "12", "embargoed_until_2": "2012", "embargo_time": "9:30"}
    theirs = {"restricted_because": "Names a post.", "excludes_observers": "on", **embargo}
    assert send(client, "paper_edit", APRIL, paper.pk, **mine | theirs).status_code == 302
    assert send(client, "paper_edit", APRIL, paper.pk, **mine | {"title": "Mine"}).status_code == 302
    paper.refresh_from_db()
    assert (paper.title, paper.restricted_because, paper.excludes_observers) == ("Mine", "Names a post.", True)
    assert paper.embargoed_until.isoformat() == "2012-12-09T09:30:00+00:00"
    response = send(client, "paper_edit", APRIL, paper.pk, **mine | {"restricted_because": "Names a person."})
    assert response.status_code == 409
    assert response.context["form"].stands == [("Reason for restriction", "Names a post.")]
    shown = response.context["form"]
    assert (shown["title"].value(), shown["restricted_because"].value()) == ("Mine", "Names a person.")
    assert shown["excludes_observers"].value()


def test_who_reads_an_item_is_brought_together_with_what_another_changed_of_it(client, held):
    item = held.items.get()
    form = read(client, at("item_access", APRIL, item.pk)).context["form"]
    mine = {"version": item.version, "version_marks": form.marks}
    assert send(client, "minute_edit", APRIL, item.pk, minute="First.", version=item.version).status_code == 302
    assert send(client, "item_access", APRIL, item.pk, **mine, restricted_because="Names a post.").status_code == 302
    assert send(client, "item_access", APRIL, item.pk, **mine, public_title="An item").status_code == 302
    item.refresh_from_db()
    assert (item.minute, item.restricted_because, item.public_title) == ("First.", "Names a post.", "An item")
    assert send(client, "item_access", APRIL, item.pk, **mine, public_title="Another").status_code == 409


def test_a_seat_that_was_given_up_since_keeps_its_attendance(client, plan, held):
    chair = plan.board.seats.get(role="chair")
    seats = {chair: ("present", "")}
    meetings.record_attendance(meeting=held, version=held.version, seats=seats, by=user("Olga Office"), at=AT)
    plan.board.seats.filter(role="chair").update(to_on=date(2011, 3, 31))
    assert "Cass Chair" in text(read(client, at("attendance_edit", APRIL)))


def test_what_each_of_two_wrote_of_an_item_in_a_field_of_its_own_is_kept(client, held):
    item = held.items.get()
    form = read(client, at("item_edit", APRIL, item.pk)).context["form"]
    mine = {"title": form["title"].value(), "purpose": form["purpose"].value(), "version": 0}
    marks = {"version_marks": form.marks}
    assert send(client, "item_edit", APRIL, item.pk, **mine | {"purpose": "To agree"}).status_code == 302
    assert send(client, "item_edit", APRIL, item.pk, **mine | marks | {"title": "Renamed"}).status_code == 302
    item.refresh_from_db()
    assert (item.title, item.purpose) == ("Renamed", "To agree")
    response = send(client, "item_edit", APRIL, item.pk, **mine | marks | {"title": "Mine"})
    assert [label for label, _ in response.context["form"].stands] == ["Item"]


def test_the_office_minutes_and_sees_both_texts_where_another_was_first(client, held):
    item = held.items.get()
    assert send(client, "minute_edit", APRIL, item.pk, minute="First.", version=0).status_code == 302
    response = send(client, "minute_edit", APRIL, item.pk, minute="Second.", version=0)
    assert response.status_code == 409
    assert ("First." in text(response), "Second.</textarea>" in main(response)) == (True, True)
    assert send(client, "minute_edit", APRIL, item.pk, minute="Both.", version=1).status_code == 302


def test_a_minute_that_looks_as_if_it_identified_a_child_is_asked_about_and_kept_in_a_conflict(client, held):
    item = held.items.get()
    answers = {"minute": "At LS7 4BQ.", "version": 0}
    asked = send(client, "minute_edit", APRIL, item.pk, **answers)
    assert "looks like a postcode" in text(asked)
    send(client, "minute_edit", APRIL, item.pk, minute="Theirs.", version=0)
    tick = asked.context["form"]["no_child"].subwidgets[0].data["attrs"]["value"]
    response = send(client, "minute_edit", APRIL, item.pk, **answers, no_child=tick)
    assert (response.status_code, "Theirs." in text(response)) == (409, True)
    assert "At LS7 4BQ.</textarea>" in main(response)


def test_the_office_records_and_removes_a_decision(client, plan, held):
    recommendation = plan.recommendations.get()
    answers = {"wording": "Go on.", "item": held.items.get().pk, "recommendation": recommendation.pk}
    assert send(client, "decision_add", APRIL, **answers).status_code == 302
    assert held.decisions.get().recommendation == recommendation
    assert errors(send(client, "decision_add", APRIL, wording="")) == {"wording": ["Enter the decision."]}
    send(client, "decision_remove", APRIL, 1, is_confirmed="True")
    assert held.decisions.count() == 0


def test_the_office_records_that_the_minutes_were_agreed(client, plan, held):
    assert "No later meeting has been held yet." in text(read(client, at("minutes_agree", APRIL)))
    _minuted(held)
    after = factories.held(plan, date(2011, 4, 25))
    form = read(client, at("minutes_agree", APRIL)).context["form"]
    factories.decision(held)
    answers = {"seen": form["seen"].value(), "agreed_in": after.pk}
    response = send(client, "minutes_agree", APRIL, **answers)
    assert "have changed since you checked them" in text(response)
    answers["seen"] = response.context["form"]["seen"].value()
    assert send(client, "minutes_agree", APRIL, **answers).url == at("meeting_detail", APRIL)
    held.refresh_from_db()
    assert held.minutes_agreed_in == after
    assert send(client, "minutes_agree", APRIL, **answers).status_code == 302  # a second click


def test_of_an_agreed_meeting_no_form_is_shown_and_what_comes_too_late_is_given_back(client, plan, held):
    item = _minuted(held).items.get()
    factories.agreed(held, factories.held(plan, date(2011, 4, 25)))
    for name, *args in (
        ("meeting_prepare",),
        ("meeting_edit",),
        ("item_add",),
        ("minute_edit", item.pk),
        ("attendance_edit",),
        ("minutes_agree",),
    ):
        assert read(client, at(name, APRIL, *args)).url == at("meeting_detail", APRIL)
    response = send(client, "minute_edit", APRIL, item.pk, minute="Too late.", version=item.version)
    assert (errors(response), "Too late." in text(response)) == ({"__all__": [AGREED]}, True)


def test_what_is_typed_is_never_markup(client, plan, held):
    script = "<script>alert(1)</script>"
    meetings.add_item(meeting=held, title=script, by=user("Olga Office"), at=AT)
    factories.decision(held, script)
    factories.action(held, script)
    factories.tabled(factories.paper(held, script.replace("/", ""), restricted_because=script))
    for path in (at("meeting_detail", APRIL), at("meeting_prepare", APRIL), at("action_list"), at("action_detail", 1)):
        assert "<script>alert" not in read(client, path).content.decode()


def _minuted(meeting):
    factories.minuted(meeting)
    return meeting
