"""What a reader reaches of what belongs to an agenda item is one and the same, whichever way they go.

Of each kind of thing there is one for everybody (Alder), one for the Board and its observers (Birch) and one for the
Board alone (Cedar), once because it belongs to an item that is restricted and once, where it may be, by itself.
"""

import csv
import io
import re
from datetime import date

import pytest
from django.urls import reverse

from boards import access, actions, meetings, packs, permissions
from boards.forms.refusable import RefusableForm
from boards.models import AgendaItem, BoardAction, Challenge, PackFile
from boards.packs import kept_packs
from boards.reports import drafting
from improvement.records.refusals import Incomplete, Refused
from tests import factories
from tests.boards.packs.packing import HELD, a_meeting, a_plan, pdf_text, sheet_text, word_text
from tests.boards.reading import read, text
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db

BEFORE = date(2011, 4, 11)
REASON = "Personal information about staff."
KINDS = {
    "Alder": {},
    "Birch": {"restricted_because": REASON},
    "Cedar": {"restricted_because": REASON, "excludes_observers": True},
}
READERS = {
    "Olga Office": set(KINDS),
    "Cass Chair": set(KINDS),
    "Mo Member": set(KINDS),
    "Obi Observer": {"Alder", "Birch"},
    "Ada Officer": {"Alder"},
}
MARKED = re.compile(
    r"\b(Alder|Birch|Cedar)(title|minute|decision|action|note|lone|question|asked|advice|advised|guest|interest)\b"
)
TEXTS = {PackFile.Form.PDF: pdf_text, PackFile.Form.WORD: word_text, PackFile.Form.EXCEL: sheet_text}


@pytest.fixture
@factories.once
def plan():
    """A meeting of 11 April with an item of each kind and what belongs to it, before one whose pack is kept."""
    plan = a_plan()
    held = factories.held(plan, BEFORE)
    office = {"by": user("Olga Office"), "at": AT}
    about = plan.recommendations.get(reference="R01")
    for kind, kept in KINDS.items():
        title = {"title": f"{kind}title", "public_title": "An item"}
        item = meetings.add_item(meeting=held, **title, **kept, **office)
        item = meetings.write_minute(item=item, version=item.version, minute=f"{kind}minute", **office)
        factories.guest(held, f"{kind}guest", item=item)
        factories.declaration(held, f"{kind}interest", item=item)
        factories.decision(held, f"{kind}decision", item=item, recommendation=about)
        action = factories.action(held, f"{kind}action", item=item, recommendation=about)
        actions.note_progress(action=action, meeting=held, text=f"{kind}note", **office)
        factories.action(held, f"{kind}lone", recommendation=about, **kept)
        asked = factories.challenge(plan, f"{kind}question", meeting=held, item=item)
        factories.concluded(factories.answered(asked), "action", action=action)
        lone = factories.challenge(plan, f"{kind}asked", meeting=held)
        access.restrict(thing=lone, version=lone.version, item=None, **kept, **office)
        factories.advice(plan.board, f"{kind}advice", meeting=held, item=item)
        factories.advice(plan.board, f"{kind}advised", **kept)
    return plan


@pytest.fixture
def kept(plan):
    """The same with the next meeting, whose pack is kept."""
    packs.keep(meeting=a_meeting(plan, papers=None), by=user("Olga Office"), at=AT)
    return plan


def found_in(said):
    return {match.groups() for match in MARKED.finditer(said)}


def expected(name, *things):
    return {(kind, thing) for kind in READERS[name] for thing in things}


# Every page, and the things that it shows.
PAGES = {
    "meeting_detail": (
        "title",
        "minute",
        "decision",
        "action",
        "note",
        "lone",
        "question",
        "asked",
        "guest",
        "interest",
    ),
    "action_list": ("action", "note", "lone"),
    "challenge_list": ("question", "asked"),
    "advice_list": ("advice", "advised"),
}


def test_every_page_shows_a_reader_exactly_what_they_may_read(client, plan):
    a_meeting(plan, papers=None)  # from its agenda on the minutes are read
    for name in READERS:
        for page, things in PAGES.items():
            args = ["thornbury", BEFORE] if page == "meeting_detail" else ["thornbury"]
            shown = text(read(client, reverse(f"boards:{page}", args=args), name))
            assert found_in(shown) == expected(name, *things), page


@pytest.mark.parametrize(("form", "reading"), [("pdf", pdf_text), ("docx", word_text)])
def test_the_minutes_and_the_decision_sheet_say_to_a_reader_exactly_what_they_may_read(client, plan, form, reading):
    a_meeting(plan, papers=None)
    files = {
        "minutes_download": ("title", "minute", "decision", "action", "lone", "guest", "interest"),
        "decisions_download": ("decision", "action", "lone"),
    }
    for name in READERS:
        for file, things in files.items():
            response = read(client, reverse(f"boards:{file}", args=["thornbury", BEFORE, form]), name)
            assert found_in(reading(response.content)) == expected(name, *things), (name, file)


def test_every_address_opens_to_those_who_may_read_what_it_names(client, plan):
    for name in READERS:
        board = plan.board
        of_each = {"action_detail": board.actions, "challenge_detail": board.challenges, "advice_detail": board.advice}
        for page, rows in of_each.items():
            for row in rows.all():
                marks = found_in(getattr(row, "question", "") or row.wording)
                response = read(client, reverse(f"boards:{page}", args=["thornbury", row.number]), name)
                answers = page == "challenge_detail" and name == "Ada Officer"  # her post is to answer
                is_read = bool(marks & expected(name, *[thing for _, thing in marks])) or answers
                assert (response.status_code == 200) is is_read


def test_every_export_holds_what_its_page_shows(client, plan):
    for name in READERS:
        for page, things in {
            "action_list": PAGES["action_list"],
            "challenge_list": ("question", "asked", "action"),
        }.items():
            address = reverse(f"boards:{page}", args=["thornbury"])
            as_csv = read(client, f"{address}?_export=csv", name).content.decode()
            assert found_in(as_csv) == expected(name, *things)
            assert list(csv.reader(io.StringIO(as_csv)))
            assert found_in(sheet_text(read(client, f"{address}?_export=xlsx", name).content)) == expected(
                name, *things
            )


def test_the_pack_of_each_reader_holds_what_they_may_read(client, kept):
    for name in READERS:
        things = ("title", "minute", "decision", "action", "note", "lone", "guest", "interest")
        if name != "Ada Officer":
            things += ("question", "asked")  # the public finds them only where the office chose so
        for form, text_of in TEXTS.items():
            shown = text_of(
                read(client, reverse("boards:pack_download", args=["thornbury", HELD, form]), name).getvalue()
            )
            assert found_in(shown) == expected(name, *things), form


def test_the_story_of_a_recommendation_tells_what_the_public_may_read(client, plan):
    for name in READERS:
        shown = text(read(client, reverse("plans:recommendation_detail", args=["thornbury", "R01"]), name))
        told = ("decision", "action", "lone", "question", "asked")
        assert found_in(shown) == {("Alder", thing) for thing in told}


def test_no_number_counts_what_its_reader_may_not_read(client, plan):
    for name, kinds in READERS.items():
        log = read(client, reverse("boards:action_list", args=["thornbury"]), name).context["log"]
        assert {key: number for key, _, number in log.counts()}["all"] == 2 * len(kinds)
    draft = {section[0]: section[1] for section in drafting.of_kind("chair", plan.board, HELD).sections}
    assert "recorded 1 decision and asked 2 questions" in draft["The Board's work"]


def test_an_item_keeps_its_number_for_every_reader_and_says_why_it_is_withheld(client, plan):
    for name in READERS:
        shown = text(read(client, reverse("boards:meeting_detail", args=["thornbury", BEFORE]), name))
        assert shown.count(f"Withheld Restricted: {REASON}") == len(KINDS) - len(READERS[name])
        for item in plan.board.meetings.get(held_on=BEFORE).items.all():
            kind = item.title.removesuffix("title")
            is_read = kind not in KINDS or kind in READERS[name]
            assert f"{item.position}. {item.title if is_read else 'An item'}" in shown


def test_each_rule_of_one_row_is_that_of_the_query(plan):
    for readership in permissions.Readership:
        for rows in (AgendaItem.objects.all(), BoardAction.objects.all(), Challenge.objects.all()):
            read_of_them = set(permissions.readable(rows, readership))
            assert read_of_them == {row for row in rows if permissions.is_read(row, readership)}


def test_a_pack_is_withheld_once_an_action_that_it_names_is_restricted(kept):
    plan = kept
    meeting = plan.board.meetings.get(held_on=HELD)
    action = plan.board.actions.get(wording="Alderlone")
    closed = {"restricted_because": REASON, "excludes_observers": True}
    access.restrict(thing=action, version=action.version, item=None, **closed, by=user("Olga Office"), at=AT)
    handed_out = {
        one.pack.audience: one.is_handed_out
        for one in kept_packs.of_meeting(meeting, ["board", "observers", "public"], at=AT)
    }
    assert handed_out == {"board": True, "observers": False, "public": False}


def test_a_pack_of_before_packs_named_their_actions_is_withheld_too(plan):
    meeting = factories.held(plan, date(2011, 4, 25))
    factories.kept_pack(meeting, "public")
    [one] = kept_packs.of_meeting(meeting, ["public"], at=AT)
    assert not one.is_handed_out


def test_access_may_change_once_the_minutes_are_agreed_and_the_words_may_not(plan):
    held = plan.board.meetings.get(held_on=BEFORE)
    later_one = factories.held(plan, date(2011, 4, 25))
    factories.agreed(held, later_one)
    item = held.items.get(title="Aldertitle")
    item = access.restrict(
        thing=item, version=item.version, restricted_because=REASON, by=user("Olga Office"), at=later(hours=1)
    )
    assert not permissions.is_read(item, permissions.Readership.PUBLIC)
    with pytest.raises(Refused):
        meetings.write_minute(item=item, version=item.version, minute="Other.", by=user("Olga Office"), at=AT)


def test_observers_are_not_excluded_without_a_reason(plan):
    action = plan.board.actions.first()
    with pytest.raises(Incomplete):
        access.restrict(
            thing=action, version=action.version, item=None, excludes_observers=True, by=user("Olga Office"), at=AT
        )


def test_an_action_that_comes_of_a_restricted_question_is_as_restricted(plan):
    held = plan.board.meetings.get(held_on=BEFORE)
    item = held.items.get(title="Cedartitle")
    asked = factories.answered(factories.challenge(plan, "Who is it?", meeting=held, item=item))
    done = factories.concluded(
        asked, "action", wording="Act on it.", meeting=held, owner_post=plan.recommendations.first().lead_post
    )
    assert (done.action.item, done.action.excludes_observers) == (item, True)


def test_a_standing_item_stays_restricted_on_the_next_agenda(plan):
    held = a_meeting(plan, papers=None)
    kept = {"restricted_because": REASON, "excludes_observers": True, "public_title": "An item"}
    meetings.add_item(meeting=held, title="Staffing", is_standing=True, **kept, by=user("Olga Office"), at=AT)
    carried = factories.meeting(plan, date(2011, 6, 13)).items.get(title="Staffing")
    assert {name: getattr(carried, name) for name in kept} == kept


@pytest.mark.parametrize("page", ["action_access", "challenge_access", "advice_access", "item_access"])
def test_the_office_says_who_reads_it_and_sees_it_saved(client, plan, page):
    client.force_login(user("Olga Office"))
    item = plan.board.meetings.get(held_on=BEFORE).items.get(title="Aldertitle")
    args = ["thornbury", BEFORE, item.pk] if page == "item_access" else ["thornbury", 1]
    address = reverse(f"boards:{page}", args=args)
    form = client.get(address).context["form"]
    assert isinstance(form, RefusableForm)
    said = {"version": form.initial["version"], "excludes_observers": "on", "restricted_because": ""}
    assert "Enter a reason for the restriction" in client.post(address, said).content.decode()
    answer = client.post(address, said | {"restricted_because": REASON}, follow=True)
    assert "who can read it has been saved" in answer.content.decode()
    assert f"Reason: {REASON}" in answer.content.decode()


def test_nothing_belongs_to_an_item_of_an_agenda_that_is_not_published(client):
    plan = factories.plan()
    draft = factories.meeting(plan, BEFORE)
    item = draft.items.get()
    office = {"by": user("Olga Office"), "at": AT}
    asked = factories.challenge(plan, meeting=draft)
    advised = factories.advice(plan.board, meeting=draft)
    client.force_login(user("Olga Office"))
    for page, thing in (("challenge_access", asked), ("advice_access", advised)):
        with pytest.raises(Refused, match="has not been published yet"):
            access.restrict(thing=thing, version=thing.version, item=item, **office)
        address = reverse(f"boards:{page}", args=["thornbury", thing.number])
        assert item.title not in client.get(address).content.decode()
        client.post(address, {"version": thing.version, "item": item.pk})
    for ask in (
        lambda: factories.challenge(plan, "Why?", meeting=draft, item=item),
        lambda: factories.advice(plan.board, "Do it.", meeting=draft, item=item),
    ):
        with pytest.raises(Refused, match="has not been published yet"):
            ask()
    assert not item.challenges.exists()
    assert not item.advice.exists()
    factories.announced(draft)
    assert item.title in client.get(address).content.decode()
