"""What stands in a pack, in which order and for whom."""

from datetime import date, timedelta

import pytest

from boards import actions, dashboard, meetings
from boards.models import PackFile
from boards.packs import contents, pack_document, pack_files, pack_workbook
from boards.papers import add
from improvement.documents.blocks import Bullets, Facts, Heading, Rating, Table
from notices.targets import results
from plans import reporting
from tests import factories
from tests.boards.packs.packing import (
    ACCESS,
    BOARD,
    HELD,
    OBSERVERS,
    PUBLIC,
    a_meeting,
    a_plan,
    blocks,
    built,
    cells,
    facts,
    pdf_text,
    table,
    titles,
    word_of,
)
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db

IN_ORDER = [
    "Cover sheet",
    "Agenda",
    "Minutes of the last meeting",
    "Action log",
    "Three-minute summary",
    "Rating definitions",
    "Exceptions",
    "By theme",
    "All recommendations",
    "Notice targets",
    "Challenge log",
]


@pytest.fixture
@factories.once
def plan():
    return a_plan()


@pytest.fixture
def meeting(plan):
    return a_meeting(plan)


def of_month(plan, month):
    meeting = factories.announced(factories.received(factories.meeting(plan, HELD), month))
    meeting.month.plan.board = meeting.board
    return meeting


def items(pack_of_it):
    return [(entry.number, entry.item.title) for entry in pack_of_it.items]


def papers(pack_of_it):
    return [paper.title for paper in pack_of_it.papers]


def test_a_pack_holds_everything_in_the_order_in_which_it_is_read(meeting):
    assert titles(built(meeting)) == [*IN_ORDER, "Papers"]
    assert titles(built(meeting, OBSERVERS)) == [*IN_ORDER, "Papers"]


def test_a_pack_without_files_has_no_section_for_them(plan):
    assert titles(built(a_meeting(plan, papers={}))) == IN_ORDER


def test_the_files_stand_in_the_order_of_the_agenda(plan):
    meeting = a_meeting(plan, papers={"Second": {}, "Third": {}}, is_announced=False)
    factories.paper(meeting, "Of no item")
    factories.paper(meeting, "First", item=meeting.items.first())
    assert [(one.item, one.paper.title) for one in built(meeting).enclosures] == [
        (1, "First"),
        (2, "Second"),
        (3, "Third"),
        (None, "Of no item"),
    ]


# For whom.


@pytest.mark.parametrize(
    ("audience", "at", "titles"),
    [
        (BOARD, AT, ["Open", "Restricted", "Closed"]),
        (OBSERVERS, AT, ["Open", "Restricted"]),
        (PUBLIC, AT, ["Open"]),
        (BOARD, later(days=3), ["Open", "Restricted", "Closed", "Embargoed"]),
        (OBSERVERS, later(days=3), ["Open", "Restricted", "Embargoed"]),
        (PUBLIC, later(days=3), ["Open", "Embargoed"]),
    ],
)
def test_each_audience_finds_the_papers_that_it_reads_at_the_moment(meeting, audience, at, titles):
    found = built(meeting, audience, at)
    assert (papers(found), [one.paper.title for one in found.enclosures]) == (titles, titles)


@pytest.mark.parametrize("audience", [BOARD, OBSERVERS, PUBLIC])
def test_an_item_that_carries_what_is_not_read_keeps_its_number(meeting, audience):
    every = ["Item of 16 May", *(f"Item {title}" for title in ACCESS)]
    assert items(built(meeting, audience)) == list(enumerate(every, 1))


@pytest.mark.parametrize("audience", [OBSERVERS, PUBLIC])
def test_nothing_of_a_paper_that_is_not_read_stands_anywhere_in_the_document(plan, audience):
    meeting = a_meeting(plan, papers={"Open": {}})
    item = meeting.items.first()
    factories.tabled(factories.paper(meeting, "Secret", item=item, public_title="A paper", **ACCESS["Closed"]))
    found = built(meeting, audience)
    document = pack_document.build(found, pack_document.sections(found))
    assert "Secret" not in repr(document)
    everything = built(meeting)
    assert "Secret" in repr(pack_document.build(everything, pack_document.sections(everything)))


def test_the_last_minutes_leave_out_the_item_that_is_not_read(plan):
    last = factories.meeting(plan, date(2011, 4, 18))
    access = {"restricted_because": "Names a person.", "excludes_observers": True}
    secret = meetings.add_item(meeting=last, title="Secret item", **access, by=user("Olga Office"), at=AT)
    last = factories.announced(last)
    for item in last.items.all():
        meetings.write_minute(
            item=item, version=item.version, minute=f"On {item.title}.", by=user("Olga Office"), at=AT
        )
    factories.decision(last, "Go on.", item=secret)
    factories.decision(last, "Meet.")
    meeting = a_meeting(plan, papers={})
    shown = {audience: built(meeting, audience).minutes for audience in (BOARD, OBSERVERS)}
    assert [entry.minute for entry in shown[BOARD].items] == ["On Item of 18 April.", "On Secret item."]
    assert [entry.minute for entry in shown[OBSERVERS].items] == ["On Item of 18 April.", ""]
    assert [[one.wording for one in told.decisions] for told in shown.values()] == [["Go on.", "Meet."], ["Meet."]]


def test_the_last_minutes_name_guests_and_declarations_as_far_as_they_were_recorded_and_are_read(plan):
    last = factories.meeting(plan, date(2011, 4, 18))
    access = {"restricted_because": "Names a person.", "excludes_observers": True}
    secret = meetings.add_item(meeting=last, title="Secret item", **access, by=user("Olga Office"), at=AT)
    last = factories.announced(last)
    meeting = a_meeting(plan, papers={})
    assert "Declarations of interest" not in repr(blocks(built(meeting), "minutes"))
    by = {"meeting": last, "by": user("Olga Office"), "at": AT}
    meetings.add_guest(name="Gail Guest", organisation="The college", **by)
    meetings.add_guest(name="Sid Secret", item=secret, **by)
    meetings.add_declaration(name="Mo Member", interest="A governor of the school", done="Stayed", **by)
    meetings.add_declaration(name="Cass Chair", interest="A relative works there", item=secret, **by)
    open_to_all = ["Mo Member", "A governor of the school", "", "Stayed"]
    closed = ["Cass Chair", "A relative works there", "2", ""]
    expected = {
        BOARD: ("Gail Guest, The college\nSid Secret (item 2)", [open_to_all, closed]),
        OBSERVERS: ("Gail Guest, The college", [open_to_all]),
        PUBLIC: ("Gail Guest, The college", [open_to_all]),
    }
    for audience, (guests, declared) in expected.items():
        found = built(meeting, audience)
        assert ("Guests", guests) in next(one for one in blocks(found, "minutes") if isinstance(one, Facts)).rows
        assert table(found, "minutes", "Declarations of interest") == declared
        sheets = pack_workbook._minutes(found)
        assert [[str(cell or "") for cell in row] for row in sheets["Declarations of interest"][1]] == declared
        assert len(sheets["Guests"][1]) == len(guests.splitlines())


def test_a_preview_counts_every_draft_as_tabled_and_says_so(plan):
    preview = built(a_meeting(plan, is_announced=False))
    assert (preview.is_preview, papers(preview)) == (True, ["Open", "Restricted", "Closed"])
    document = pack_document.build(preview, pack_document.sections(preview))
    assert document.lines[-1] == (
        "Preview of 1 May 2011: the agenda has not been published, and every draft counts as tabled."
    )


def test_once_the_agenda_is_published_a_draft_is_in_nobodys_pack(meeting):
    factories.paper(meeting, "Draft")
    assert {"Draft" in papers(found) for found in contents.build(meeting, at=AT).values()} == {False}


# As of when.


def test_a_pack_that_is_made_late_tells_what_was_known_on_the_day_of_the_meeting(plan, meeting):
    question = factories.challenge(plan)
    before = repr(pack_document.sections(built(meeting, at=later(days=15))))
    factories.answered(question, at=later(days=20))
    indicator = plan.notice.targets.get().indicators.get()
    facts = {"period_start": date(2011, 3, 1), "period_end": date(2011, 3, 31), "basis": "month", "value": 90}
    source = {"source": "Return", "source_on": HELD + timedelta(days=1)}
    results.record(indicator=indicator, by=user("Olga Office"), at=later(days=20), **facts, **source)
    action = factories.action(meeting, at=later(days=20))
    actions.note_progress(action=action, meeting=meeting, text="Late.", by=user("Olga Office"), at=later(days=20))
    factories.challenge(plan, at=later(days=20))
    assert repr(pack_document.sections(built(meeting, at=later(days=200)))) == before


# What it says.


def test_the_cover_sheet_counts_what_the_pack_holds(meeting):
    cover = built(meeting).cover
    assert cover.pk is None
    assert cover.executive_summary.split("\n\n")[1:] == [
        "2.0 Of 2 recommendations: 1 red, 1 amber, 0 green, 0 with no update received. 2, the majority, are steady.",
        "3.0 1 exception, including 1 red: R02 Recommendation 2.",
        "4.0 Of the 1 target of the Notice that have milestones: 1 no data.",
    ]
    assert cover.recommendations == (
        "That the Board\n(a) note the progress reported for April 2011;\n(b) consider the exceptions and the path to "
        "green of each."
    )


def test_the_agenda_names_each_enclosure_with_its_hash(meeting):
    found = built(meeting)
    assert [row[-1] for row in table(found, "agenda", "Items and their papers")] == [
        "",
        "Open (file)",
        "Restricted (file)",
        "Closed (file)",
        "Embargoed (To follow)",
    ]
    hashes = list(meeting.papers.filter(title__in=["Open", "Restricted", "Closed"]).values_list("sha256", flat=True))
    assert [row[-1] for row in table(found, "papers", "Files and their hashes")] == hashes


def test_the_agenda_says_what_stands_on_the_pages_alone(plan):
    meeting = a_meeting(plan, papers={}, is_announced=False)
    factories.tabled_report(plan.notice)
    assert [getattr(block, "text", "") for block in blocks(built(meeting), "agenda")][-1] == ""
    item = meeting.items.last()
    add(meeting=meeting, title="Report", page="interim", item=item, by=user("Olga Office"), at=AT)
    assert blocks(built(meeting), "agenda")[-1].text == "On the Board's pages only: Report (item 1)."


def test_the_change_log_of_a_revision_stands_in_the_pack_where_it_is_a_paper(plan):
    factories.drafted(plan)
    factories.refreshed(plan)
    meeting = a_meeting(plan, papers={}, is_announced=False)
    assert "Changes to the plan" not in titles(built(meeting))
    add(meeting=meeting, title="What changed", page="revision", by=user("Olga Office"), at=AT)
    found = built(meeting)
    assert titles(found) == [*IN_ORDER[:4], "Changes to the plan", *IN_ORDER[4:]]
    line = "What success looks like: Empty → Seen by everyone since the refresh of may."
    assert table(found, "changes", "Recommendations") == [["R02", "Recommendation 2", "Reworded", line, ""]]
    _, rows = pack_workbook._changes(found)["Changes to the plan"]
    words = ("What success looks like", "Empty", "Seen by everyone since the refresh of may.")
    assert rows == [("R02", "Recommendation 2", "Reworded", *words, "")]


@pytest.mark.parametrize(
    ("is_minuted", "first"), [(True, "agree the minutes of the last meeting"), (False, "note the progress reported")]
)
def test_the_cover_sheet_asks_for_the_minutes_where_there_are_any(plan, is_minuted, first):
    last = factories.held(plan)
    if is_minuted:
        factories.minuted(last)
    assert f"(a) {first}" in built(a_meeting(plan, papers={})).cover.recommendations


def test_exceptions_tell_the_path_to_green_word_for_word(meeting):
    found = built(meeting)
    expected = [["R02 Recommendation 2", "Red", "None yet", "Red", "31 Dec 2011", "Head of Safeguarding"]]
    assert table(found, "exceptions", "All exceptions") == expected
    assert facts(found, "exceptions", "R02 Recommendation 2") == {
        "Rating": "Red",
        "Last published": "None yet",
        "Direction": "Steady",
        "Due": "31 Dec 2011",
        "Status": "Signed off",
        "Reason included": "Red",
        "Led by": "Head of Safeguarding (Ada Officer)",
        "Cause": "Too few staff.",
        "What is needed": "More trainers.",
        "Who will do it": "Head of Training",
        "Back to Green by": "30 September 2012",
    }


def test_exceptions_put_a_correction_beside_what_it_corrects(plan, meeting):
    row = meeting.month.updates.get(reference="R02")
    reporting.correct(
        update=row,
        reason="A slip.",
        by=user("Olga Office"),
        at=AT,
        remedy="Ten more trainers.",
        rating="amber",
        agreed_by=user("Liam Lead"),
        agreed_on=AT.date(),
        agreed_how="by e-mail",
    )
    found = built(meeting)
    told = facts(found, "exceptions", "R02 Recommendation 2")
    assert told["What is needed"] == "More trainers."
    assert told["Corrected: What is needed"] == ("Ten more trainers.\nReason: A slip. (Olga Office, 1 May 2011).")
    assert told["Corrected: Rating"] == (
        "Amber\nReason: A slip. (Olga Office, 1 May 2011). "
        "Rating agreed by Liam Lead on 1 May 2011 (by e-mail), as recorded by Olga Office."
    )
    assert table(found, "exceptions", "All exceptions")[0][:2] == ["R02 Recommendation 2", "Red\ncorrected to Amber"]
    drawn = [cell for row in cells(found, "exceptions", "All exceptions") for cell in row if isinstance(cell, Rating)]
    assert drawn == [Rating("red", "Red", Rating("amber", "Amber"))]
    columns, rows = pack_workbook._exceptions(found)["Exceptions"]
    assert [columns[1].value(row) for row in rows] == ["Red, corrected to Amber"]
    assert [row[1:] for row in table(found, "summary", "Recommendations by rating")] == [
        ["1"],
        ["1"],
        ["0"],
        ["0"],
        ["2"],
    ]


def test_exceptions_name_every_reason_and_the_gravest_first():
    plan = factories.plan(5)
    plan.recommendations.filter(reference="R03").update(due_on=date(2011, 4, 1))
    april = factories.month(plan, 4)
    factories.signed_off(april.updates.get(reference="R01"), at=later(days=-5))
    factories.signed_off(april.updates.get(reference="R02"))
    factories.signed_off(april.updates.get(reference="R03"), rating="red", at=later(days=-13))
    factories.signed_off(april.updates.get(reference="R04"), rating="green", at=later(days=-13))
    factories.published(april)
    meeting = a_meeting(plan, papers={})
    assert [row[0:4:3] for row in table(built(meeting), "exceptions", "All exceptions")] == [
        ["R03 Recommendation 3", "Red; Overdue"],
        ["R01 Recommendation 1", "Update was late"],
        ["R02 Recommendation 2", "Update was late"],
        ["R05 Recommendation 5", "No update received"],
    ]


def test_what_was_not_received_tells_nothing_of_its_draft():
    plan = a_plan(3)
    meeting = a_meeting(plan, papers={})
    row = meeting.month.updates.get(reference="R03")
    assert row.rating == ""
    found = built(meeting)
    assert table(found, "exceptions", "All exceptions")[-1] == [
        "R03 Recommendation 3",
        "No update received",
        "None yet",
        "No update received",
        "31 Dec 2011",
        "Head of Safeguarding",
    ]


def test_a_recommendation_without_an_update_appears_once():
    found = built(a_meeting(a_plan(3), papers={}))
    headings = [block.text for block in blocks(found, "recommendations") if isinstance(block, Heading)]
    assert headings == ["All recommendations", "1. Theme 1", "R01 Recommendation 1", "R02 Recommendation 2"]
    assert blocks(found, "recommendations")[1].text == "No update received, see Exceptions: R03."
    assert [getattr(block, "text", "") for block in blocks(found, "exceptions")].count("R03 Recommendation 3") == 0


def test_what_there_is_nothing_of_is_said_in_a_sentence_and_no_empty_table(meeting):
    said = [
        "No ratings changed in the updates received.",
        "No recommendations are stuck or long at one rating.",
        "The Board is not asked for any decisions.",
        "No rating is better or worse than the evidence.",
    ]
    found = built(meeting)
    assert [block.text for block in blocks(found, "summary") if getattr(block, "text", "") in said] == said
    every = [block for section in pack_document.sections(found) for block in section.blocks]
    assert [block.caption for block in every if isinstance(block, Table) and not block.rows] == []


def test_the_pack_tells_which_ratings_the_evidence_contradicts_and_why(plan):
    first, second = plan.recommendations.order_by("reference_order")
    target = plan.notice.targets.get()
    factories.result(target.indicators.get(), "95")
    second.targets.add(target)
    first.actions.create(title="Train.", due_on=date(2011, 4, 1))
    may = factories.month(plan, 5)
    for row, rating in zip(may.updates.order_by("reference_order"), ("green", "red"), strict=True):
        factories.signed_off(row, rating=rating, progress=f"{rating} now.", cause="Too few staff.")
    found = built(of_month(plan, factories.published(may)))
    better = table(found, "summary", "Rated better than the evidence")
    worse = table(found, "summary", "Rated worse than the evidence")
    assert [row[0] for row in better] == ["R01 Recommendation 1"]
    assert [row[0] for row in worse] == ["R02 Recommendation 2"]
    assert better[0][2:] == ["1 action is overdue.", "None asked for"]
    sheets = pack_workbook._summary(found)
    counts = dict(sheets["Counts"][1])
    assert (counts["Rated better than the evidence"], counts["Rated worse than the evidence"]) == (1, 1)
    columns, rows = sheets["Rating and evidence"]
    assert [[column.value(row) for column in columns][2:4] for row in rows] == [
        ["Rated better than the evidence", better[0][2]],
        ["Rated worse than the evidence", worse[0][2]],
    ]
    counted = next(block for block in blocks(found, "summary") if isinstance(block, Bullets)).items[-1]
    assert counted == "1 rated better than the evidence, 1 rated worse than the evidence."


def test_a_table_that_was_pasted_into_a_text_is_a_table_in_the_pack(plan):
    month = factories.month(plan, 5)
    pasted = "Caseloads:\n| Team | Cases |\n| North | 17 |\nThey fell."
    factories.signed_off(month.updates.get(reference="R01"), progress=pasted)
    reporting.write_commentary(month=month, version=0, text=pasted, by=user("Olga Office"), at=AT)
    making = pack_files.whole(built(of_month(plan, factories.published(month))))
    said = pdf_text(pack_files.written(making, PackFile.Form.PDF))
    assert said.count("Caseloads: Team Cases North 17 They fell.") == 2
    assert "| Team" not in said
    word = word_of(pack_files.written(making, PackFile.Form.WORD))
    xml = word.element.xml
    assert ("| Team" in xml, xml.count(">Team<")) == (False, 2)


def test_the_action_log_tells_how_actions_stood_before_the_meeting(plan):
    last = factories.held(plan, date(2011, 4, 18))
    action = factories.action(last, "Ask partners.", due_on=date(2011, 5, 2))
    actions.note_progress(action=action, meeting=last, text="Asked.", by=user("Olga Office"), at=AT)
    meeting = a_meeting(plan, papers={})
    headed = "Actions open before the meeting"
    expected = ["1", "Ask partners.", "The chair", "2 May 2011", "Open", "18 Apr 2011: Asked."]
    assert table(built(meeting), "actions", headed) == [expected]
    assert table(built(meeting, at=later(days=15)), "actions", headed)[0][4] == "Overdue"


def test_the_challenge_log_tells_question_and_answer(plan, meeting):
    factories.answered(factories.challenge(plan, "Why so late?"), "Staff left.")
    assert table(built(meeting), "challenges", "Questions, newest first") == [
        ["1", "R01\nWhy so late?", "Mo Member\n1 May 2011", "Staff left.\n(Ada Officer, 1 May 2011)", "Not concluded"]
    ]


def test_notice_targets_mark_what_is_provisional_and_what_does_not_reconcile(plan, meeting):
    indicator = plan.notice.targets.get().indicators.get()
    factories.result(indicator, as_printed="“March”", discrepancy="The heading says April. Read as March.")
    found = built(meeting)
    assert [row[0::2] for row in table(found, "targets", "Targets in the Notice's order")] == [
        ["N01", "None left", "Met, provisional\nMarch 2011"]
    ]
    assert table(found, "targets", "Discrepancies, as printed in the sources") == [
        [
            "NI 59",
            "80.5%, provisional, March 2011",
            "Printed: “March”. The heading says April. Read as March.",
            "Monthly return",
        ]
    ]


def test_the_numbers_of_the_themes_are_those_of_the_dashboard(meeting):
    found, shown = built(meeting), dashboard.build(meeting.month, now=AT)
    assert [row[1:] for row in table(found, "themes", "Ratings by theme")] == [
        *([*(str(number.value) for number in theme.ratings), str(theme.total.value)] for theme in shown.themes),
        [*(str(number.value) for number in shown.ratings), str(shown.total.value)],
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_pack_takes_as_many_queries_for_three_of_everything_as_for_one(rows, django_assert_num_queries):
    plan = a_plan(1 + rows)
    last = factories.held(plan, date(2011, 4, 18))
    for number in range(rows):
        item = meetings.add_item(meeting=last, title=f"Last {number}", by=user("Olga Office"), at=AT)
        factories.decision(last, f"Decision {number}.", item=item)
        action = factories.action(last, f"Action {number}.")
        actions.note_progress(action=action, meeting=last, text="Asked.", by=user("Olga Office"), at=AT)
        factories.target(plan.notice, 2 + number)
        factories.challenge(plan, f"Question {number}?")
    meeting = a_meeting(plan, papers={f"Paper {number}": {} for number in range(rows)})
    with django_assert_num_queries(49):
        for audience, found in contents.build(meeting, at=AT).items():
            assert audience == found.audience
            pack_document.build(found, pack_document.sections(found))
