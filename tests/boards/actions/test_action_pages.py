"""The pages and files of the action log. The clock of these pages stands at 9 December 2011."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from boards import actions, filters, guards, meetings, tables
from boards.models import BoardAction
from improvement.records import triggers
from tests import factories
from tests.boards.reading import main, text
from tests.factories import AT, user

pytestmark = pytest.mark.django_db

APRIL = date(2011, 4, 11)


@pytest.fixture
def plan():
    return factories.plan()


@pytest.fixture
def held(plan):
    return factories.held(plan, APRIL)


@pytest.fixture
def three(plan, held):
    """One action of each kind: overdue and reported on, open, closed."""
    overdue = factories.action(held, "Overdue.", recommendation=plan.recommendations.get())
    given = {"meeting": held, "by": user("Olga Office"), "at": AT}
    actions.note_progress(action=overdue, text="Half done.", due_on=date(2011, 6, 1), **given)
    factories.action(held, "=Open.", due_on=date(2012, 1, 31))
    actions.close(action=factories.action(held, "Closed."), version=0, outcome="All done.", **given)


def at(name, *args):
    return reverse(f"boards:{name}", args=["thornbury", *args])


def read(client, path, name="Obi Observer"):
    client.force_login(user(name))
    return client.get(path)


def send(client, name, *args, **answers):
    client.force_login(user("Olga Office"))
    return client.post(at(name, *args), answers)


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("", ["Overdue.", "=Open.", "Closed."]),
        ("?status=open", ["Overdue.", "=Open."]),
        ("?status=overdue", ["Overdue."]),
        ("?status=closed", ["Closed."]),
        ("?status=anything", ["Overdue.", "=Open.", "Closed."]),
    ],
)
def test_action_list_shows_the_set_that_the_address_asks_for(client, three, query, listed):
    response = read(client, at("action_list") + query)
    assert [entry.action.wording for entry in response.context["entries"]] == listed
    assert "Open (2) Overdue (1) Closed (1) All (3)" in text(response)


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("overdue", ["Overdue."]),
        ("HALF done", ["Overdue."]),
        ("half-done", []),
        ("R01 Recommendation", ["Overdue."]),
        ("the chair", ["Overdue.", "=Open.", "Closed."]),
        ("all done", ["Closed."]),
        ("31 january 2012", ["=Open."]),
    ],
)
def test_action_list_finds_the_words_of_the_log_and_of_its_pages(client, three, asked, listed):
    response = read(client, f"{at('action_list')}?q={asked}")
    assert [entry.action.wording for entry in response.context["entries"]] == listed


@pytest.mark.parametrize("asked", ["andre's cafe", "ANDRÉ’S CAFÉ", "andre’s"])
def test_action_list_is_searched_whatever_the_case_accents_and_apostrophes(client, plan, held, asked):
    factories.action(held, "Visit André’s café.")
    factories.action(held, "Visit the school.")
    response = read(client, f"{at('action_list')}?q={asked}")
    assert [entry.action.wording for entry in response.context["entries"]] == ["Visit André’s café."]


def test_action_list_counts_and_exports_what_was_searched_for(client, three):
    asked = f"{at('action_list')}?status=closed&q=done"
    response = read(client, asked)
    shown = main(response)
    assert "Open (1) Overdue (1) Closed (1) All (2)" in text(response)
    assert 'href="?q=done&amp;status=overdue"' in shown
    assert '<input type="hidden" name="status" value="closed"' in shown
    assert "Remove the filter Words: “done”" in text(response)
    lines = list(csv.reader(io.StringIO(read(client, f"{asked}&_export=csv").content.decode("utf-8-sig"))))
    assert lines[1:4] == [["As on 9 December 2011"], ["Closed: 1 of 3 actions"], ["Words: “done”"]]
    assert [line[1] for line in lines[6:]] == ["Closed."]


def test_action_list_comes_in_pages_which_the_files_do_not(client, three, monkeypatch):
    monkeypatch.setattr(filters, "PER_PAGE", 2)
    first, second = read(client, at("action_list")), read(client, at("action_list") + "?page=2")
    assert [[entry.action.wording for entry in page.context["entries"]] for page in (first, second)] == [
        ["Overdue.", "=Open."],
        ["Closed."],
    ]
    assert 'href="?page=2" rel="next"' in main(first)
    assert "All (3)" in text(second)
    assert 'href="?_export=csv"' in main(second)


def test_action_list_says_where_there_is_nothing(client, plan, held):
    assert "No actions have been raised yet." in text(read(client, at("action_list")))
    assert "There are no actions in this list." not in text(read(client, at("action_list")))
    factories.action(held)
    assert "No actions match your search." in text(read(client, at("action_list") + "?q=nowhere"))
    assert "There are no actions in this list." in text(read(client, at("action_list") + "?status=closed"))


@pytest.mark.parametrize("rows", [1, 3])
def test_action_list_takes_as_many_queries_for_three_as_for_one(client, plan, held, rows, django_assert_num_queries):
    for number in range(rows):
        action = factories.action(held, f"{number}.", recommendation=plan.recommendations.get())
        actions.note_progress(action=action, meeting=held, text="Begun.", by=user("Olga Office"), at=AT)
    client.force_login(user("Cass Chair"))
    with django_assert_num_queries(9):
        client.get(at("action_list"))


def test_the_files_hold_the_same_actions_and_no_formula(client, three):
    names = [column.heading for column in tables.ACTIONS]
    expected = [
        ["1", "Overdue.", "The chair", "R01 Recommendation 1", "2011-04-11", "2011-04-25", "2011-06-01", "Overdue"],
        ["2", "'=Open.", "The chair", "", "2011-04-11", "2012-01-31", "2012-01-31", "Open"],
    ]
    response = read(client, at("action_list") + "?status=open&_export=csv")
    assert response["Content-Disposition"] == 'attachment; filename="thornbury-actions-2011-12-09.csv"'
    lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert lines[:3] == [
        ["Thornbury Improvement Board: action log"],
        ["As on 9 December 2011"],
        ["Open: 2 of 3 actions"],
    ]
    assert lines[4] == names
    assert [line[:8] for line in lines[5:]] == expected
    assert lines[5][8] == "11 April 2011: Half done. (new date: 1 June 2011)"

    book = openpyxl.load_workbook(io.BytesIO(read(client, at("action_list") + "?_export=xlsx").content))
    rows = list(book.active.iter_rows(min_row=5, values_only=True))
    assert list(rows[0]) == names
    assert [row[1] for row in rows[1:]] == ["Overdue.", "=Open.", "Closed."]
    assert [cell.data_type for cell in book.active["B"][5:]] == ["s", "s", "s"]


def test_the_caveat_of_the_plan_stands_in_the_file(client, plan, three):
    plan.caveat = "Illustrative."
    plan.save()
    assert "Illustrative." in read(client, at("action_list") + "?_export=csv").content.decode()


def test_action_detail_tells_what_was_reported_and_the_slip(client, three):
    shown = text(read(client, at("action_detail", 1)))
    assert "Due 1 June 2011 (originally 25 April 2011)" in shown
    assert "Meeting of 11 April 2011 Half done. New due date: 1 June 2011" in shown
    assert "Report on this action" not in shown
    assert "Report on this action" in text(read(client, at("action_detail", 1), "Olga Office"))
    assert "Closing note All done." in text(read(client, at("action_detail", 3), "Olga Office"))
    assert read(client, at("action_detail", 4)).status_code == 404


def test_the_office_raises_an_action(client, plan, held):
    post = factories.post()
    due = {"due_on_0": "25", "due_on_1": "4", "due_on_2": "2011"}
    assert send(client, "action_raise", APRIL, wording="Ask.", owner_post=post.pk, **due).status_code == 302
    action = BoardAction.objects.get()
    assert (action.owner, action.due_on, action.raised_at) == ("Head of Safeguarding", date(2011, 4, 25), held)
    assert send(client, "action_raise", APRIL, wording="").context["form"].errors == {
        "wording": ["Enter what needs to be done."],
        "owner": ["Choose a post, or enter the seat or body, that will do it."],
    }


def test_the_office_reports_on_an_action_and_closes_it(client, held):
    factories.action(held)
    assert send(client, "action_note", 1, meeting=held.pk, text="Begun.").url == at("action_detail", 1)
    stale = send(client, "action_close", 1, meeting=held.pk, outcome="Done.", version=0)
    assert (stale.status_code, "Reported on 11 April 2011 Begun." in text(stale)) == (409, True)
    assert "Done.</textarea>" in main(stale)
    assert send(client, "action_close", 1, meeting=held.pk, outcome="Done.", version=1).status_code == 302
    assert read(client, at("action_close", 1), "Olga Office").url == at("action_detail", 1)
    late = send(client, "action_note", 1, meeting=held.pk, text="More.")
    assert "The action was closed at the meeting of 11 April 2011." in text(late)


def test_an_action_waits_for_a_meeting_whose_minutes_are_not_agreed(client, plan, held):
    factories.action(held)
    factories.minuted(held)
    after = factories.held(plan, date(2011, 4, 25))
    factories.agreed(held, after)
    form = read(client, at("action_note", 1), "Olga Office").context["form"]
    assert list(form.fields["meeting"].queryset) == [after]
    factories.minuted(after)
    last = factories.held(plan, date(2011, 4, 28))
    factories.agreed(after, last)
    factories.minuted(last)
    form = read(client, at("action_note", 1), "Olga Office").context["form"]
    assert list(form.fields["meeting"].queryset) == [last]


def test_an_action_that_no_meeting_can_hear_of_says_so(client, plan, held):
    factories.action(held)
    factories.minuted(held)
    held = factories.agreed(held, factories.held(plan, date(2011, 4, 25)))
    with triggers.lifted({guards.MEETINGS}):
        plan.board.meetings.filter(pk=held.minutes_agreed_in_id).update(held_on=date(2011, 12, 10))
    for name in ("action_note", "action_close"):
        assert "There is no meeting to report to" in text(read(client, at(name, 1), "Olga Office"))


def test_a_recommendations_story_tells_its_decisions_and_actions(client, plan, held):
    recommendation = plan.recommendations.get()
    factories.decision(held, "Go on.", recommendation=recommendation)
    factories.action(held, "Ask partners.", recommendation=recommendation)
    done = factories.action(held, "Ask again.", recommendation=recommendation)
    actions.close(action=done, version=0, meeting=held, outcome="Done.", by=user("Olga Office"), at=AT)
    response = read(client, reverse("plans:recommendation_detail", args=["thornbury", "R01"]), "Ada Officer")
    shown = text(response)
    assert "Decisions of the Board Go on. Meeting of 11 April 2011" in shown
    assert "Actions of the Board Ask partners. Open. The chair Ask again. Closed. The chair" in shown
    assert f'href="{at("meeting_detail", APRIL)}#decision-1"' in main(response)
    assert f'href="{at("action_detail", 1)}"' in main(response)


def test_neither_the_story_nor_the_meeting_tells_what_was_decided_under_an_item_that_one_does_not_read(
    client, plan, held
):
    recommendation = plan.recommendations.get()
    access = {"restricted_because": "Names a person.", "excludes_observers": True}
    item = meetings.add_item(meeting=held, title="Secret item", **access, by=user("Olga Office"), at=AT)
    factories.decision(held, "Move the post.", item=item, recommendation=recommendation)
    pages = [
        at("meeting_detail", APRIL),
        reverse("plans:recommendation_detail", args=["thornbury", "R01"]),
    ]
    who = ("Olga Office", "Mo Member", "Obi Observer", "Ada Officer")
    told = {name: ["Move the post." in text(read(client, page, name)) for page in pages] for name in who}
    assert told == {
        "Olga Office": [True, False],
        "Mo Member": [True, False],
        "Obi Observer": [False, False],
        "Ada Officer": [False, False],
    }
