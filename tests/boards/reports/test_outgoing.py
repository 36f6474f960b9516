"""A report is drafted from what was published since the last one, edited by who may, issued, and then frozen."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Event
from boards import reports, verification
from boards.models import Circulation, Report, ReportSection
from boards.reports import digests, drafting
from improvement.records import triggers
from improvement.records.refusals import Conflict, Incomplete, Refused
from improvement.texts import days
from tests import factories
from tests.factories import AT, later, user
from tests.guarded import WAYS

pytestmark = pytest.mark.django_db
MAY = date(2011, 5, 1)


@pytest.fixture
@factories.once
def board():
    """A Board whose plan has two published months: in the second the first recommendation got better."""
    plan = factories.plan(2)
    for number, rating in ((3, "red"), (4, "amber")):
        month = factories.month(plan, number)
        factories.signed_off(month.updates.get(reference="R01"), rating=rating, progress=f"Step {number}.")
        factories.published(month)
    return plan.board


def start(board, kind="chair", dated_on=MAY, by="Cass Chair", **given):
    return factories.outgoing(board, kind, dated_on, by=user(by), **given)


def sections(report):
    return {section.heading: section.text for section in report.sections.all()}


def write(section, text="Mine.", version=None, by="Cass Chair"):
    version = section.version if version is None else version
    return reports.write_section(
        section=section, version=version, heading=section.heading, text=text, by=user(by), at=AT
    )


def test_the_chairs_report_states_what_was_published(board):
    report = start(board)
    assert (report.from_month, report.to_month) == (date(2011, 3, 1), date(2011, 4, 1))
    assert sections(report) == {
        "What this report covers": "March 2011 to April 2011, as published to the Board.",
        "Ratings, month by month": (
            "No update was received for:\n- March 2011: R02 Recommendation 2.\n- April 2011: R02 Recommendation 2."
        ),
        "Changed rating": (
            "From March 2011 to April 2011: 1 better, 0 worse, of 1 recommendation with an update received for both "
            "months.\n- R01 Recommendation 1: Red to Amber\n\n"
            "No update received for April 2011:\n- R02 Recommendation 2: not rated yet"
        ),
        "Red, and the path to green": "Nothing was rated Red in April 2011.",
        "The targets of the Notice": "The plan answers no Notice.",
        "The Board's work": (
            "The Board did not meet, recorded 0 decisions and asked 0 questions, of which 0 have been answered."
        ),
        "The chair's view": "",
    }


def test_a_red_recommendation_stands_with_its_path_to_green(board):
    month = factories.month(board.plan, 5)
    factories.submitted(month.updates.get(reference="R02"), rating="red")
    factories.published(month)
    red = "- R02 Recommendation 2: More trainers. Head of Training, by 30 September 2012."
    assert sections(start(board))["Red, and the path to green"] == red


def test_what_was_not_reported_is_named_and_a_total_that_fell_for_it_explained(board):
    """A month without updates is no month in which nothing got worse."""
    month = factories.month(board.plan, 5)
    factories.submitted(month.updates.get(reference="R01"), rating="red", progress="New.")
    factories.submitted(month.updates.get(reference="R02"), rating="red", progress="New.")
    factories.published(month)
    factories.published(factories.month(board.plan, 6), at=later(days=1))
    said = sections(start(board, dated_on=date(2011, 6, 1)))
    assert said["Changed rating"] == (
        "From March 2011 to June 2011: 0 better, 0 worse, of 0 recommendations with an update received for both "
        "months.\nNo rating changed.\n\n"
        "Red: 1 fewer than 1 in March 2011, no update received for 1 of those 1.\n\n"
        "No update received for June 2011:\n"
        "- R01 Recommendation 1: last rated Red, in May 2011\n"
        "- R02 Recommendation 2: last rated Red, in May 2011"
    )
    assert said["Red, and the path to green"] == (
        "Nothing was rated Red in June 2011.\n\n"
        "Red when last reported, without an update now:\n"
        "- R01 Recommendation 1: last rated Red, in May 2011\n"
        "- R02 Recommendation 2: last rated Red, in May 2011"
    )
    assert "- June 2011: R01 Recommendation 1; R02 Recommendation 2." in said["Ratings, month by month"]


def test_the_councils_update_stands_in_the_councils_own_form(board):
    report = start(board, "council", by="Olga Office")
    assert list(sections(report)) == [
        "Electoral wards affected",
        "Specific implications for",
        "Executive summary",
        "Recommendations",
        "1.0 Purpose of this report",
        "2.0 Background information",
        "3.0 Main issues",
        "4.0 Implications for council policy and governance",
        "5.0 Legal and resource implications",
        "6.0 Conclusions",
        "7.0 Recommendations",
        "Background papers",
    ]


def test_the_next_report_begins_where_the_last_one_ended(board):
    factories.issued(start(board), by=user("Cass Chair"))
    factories.published(factories.month(board.plan, 5))
    report = start(board, dated_on=date(2011, 6, 1))
    assert (report.from_month, report.to_month) == (MAY, MAY)


def test_no_report_is_drafted_while_nothing_new_is_published(board):
    factories.issued(start(board), by=user("Cass Chair"))
    factories.month(board.plan, 5)
    with pytest.raises(Refused, match="No month has been published since"):
        start(board, dated_on=date(2011, 6, 1))


def test_a_month_published_after_the_day_of_the_report_is_not_in_it(board):
    may = factories.month(board.plan, 5)
    factories.published(may, at=later(days=40))
    assert start(board, dated_on=MAY).to_month == date(2011, 4, 1)


def test_a_letter_begins_empty(board):
    report = start(board, "letter")
    assert (sections(report), report.from_month, report.caveat) == ({"": ""}, None, "")


def test_the_same_start_again_finds_the_draft(board):
    assert start(board) == start(board)
    assert Event.objects.filter(what="report.started").count() == 1


def test_two_reports_of_a_kind_never_share_a_day(board):
    start(board)
    with pytest.raises(Refused, match="already a report of that kind and date"):
        start(board, by="Olga Office")


def test_the_start_of_what_was_issued_is_refused_to_whoever_started_it_too(board):
    factories.issued(start(board), by=user("Cass Chair"))
    with pytest.raises(Refused, match="already a report of that kind and date") as refusal:
        start(board)
    assert refusal.value.field == "dated_on"


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_no_report_bears_a_day_that_no_calendar_holds(board, day):
    with pytest.raises(Refused) as refusal:
        start(board, dated_on=day)
    assert (str(refusal.value), refusal.value.field) == (days.OUTSIDE, "dated_on")


HEADING = {"title": "Report of the chair", "addressed_to": "The Executive Board", "author": "The chair"}


def head(report, version=0, by="Cass Chair", **said):
    return reports.write_heading(report=report, version=version, **HEADING | said, by=user(by), at=AT)


def test_a_heading_is_written_once_for_a_double_click(board):
    report = start(board)
    for _ in range(2):
        row = head(report, title=" Report of the chair ")
    assert {field: getattr(row, field) for field in HEADING} == HEADING
    assert (row.version, Event.objects.filter(what="report.headed").count()) == (1, 1)
    with pytest.raises(Conflict) as conflict:
        head(report, title="Another", by="Olga Office")
    assert conflict.value.current.title == "Report of the chair"


def test_a_heading_has_a_title_and_says_in_whose_name_it_goes_out(board):
    report = start(board)
    with pytest.raises(Incomplete) as refusal:
        head(report, title=" ", author="", addressed_to="")
    assert refusal.value.errors == dict.fromkeys(("title", "author"), "This cannot be empty.")
    assert head(report, addressed_to="").addressed_to == ""


def test_a_section_is_written_once_for_a_double_click(board):
    section = start(board).sections.get(position=7)
    write(section)
    write(section)
    assert ReportSection.objects.get(pk=section.pk).version == 1
    assert Event.objects.filter(what="report.written").count() == 1


def test_the_second_of_two_writers_is_told(board):
    section = start(board).sections.get(position=7)
    write(section, "The first.")
    with pytest.raises(Conflict) as conflict:
        write(section, "The second.", by="Olga Office")
    assert conflict.value.current.text == "The first."


def test_a_section_that_says_nothing_is_not_added(board):
    report = start(board)
    with pytest.raises(Incomplete):
        reports.add_section(report=report, heading=" ", text="", by=user("Cass Chair"), at=AT)


def test_a_section_is_added_at_the_end_once(board):
    report = start(board, "letter")
    said = {"report": report, "heading": " Next ", "text": "", "by": user("Cass Chair"), "at": AT}
    assert reports.add_section(**said) == reports.add_section(**said)
    assert reports.add_section(**said | {"text": "More."}).position == 3
    assert list(report.sections.values_list("position", "heading", "text")) == [
        (1, "", ""),
        (2, "Next", ""),
        (3, "Next", "More."),
    ]
    assert Event.objects.filter(what="report.written").count() == 2


def test_the_first_section_of_an_empty_report_is_number_one(board):
    report = start(board, "letter")
    reports.remove_section(section=report.sections.get(), version=0, by=user("Cass Chair"), at=AT)
    added = reports.add_section(report=report, heading="", text="Dear all.", by=user("Cass Chair"), at=AT)
    assert added.position == 1


def test_a_section_is_removed_once_and_not_by_who_did_not_see_it_change(board):
    section = start(board).sections.get(position=2)
    write(section, "Changed.")
    with pytest.raises(Conflict) as conflict:
        reports.remove_section(section=section, version=0, by=user("Olga Office"), at=AT)
    assert conflict.value.current.text == "Changed."
    for _ in range(2):
        reports.remove_section(section=section, version=1, by=user("Cass Chair"), at=AT)
    assert Event.objects.filter(what="report.shortened").count() == 1


def test_removing_a_section_closes_the_gap(board):
    report = start(board)
    reports.remove_section(section=report.sections.get(position=2), version=0, by=user("Cass Chair"), at=AT)
    assert [section.position for section in report.sections.all()] == [1, 2, 3, 4, 5, 6]


def test_what_changed_since_it_was_checked_is_not_issued(board):
    report = start(board)
    seen = digests.seen(report)
    write(report.sections.get(position=7))
    with pytest.raises(Refused, match="has changed since you checked it"):
        reports.issue(report=report, seen=seen, by=user("Cass Chair"), at=AT)


def test_a_report_that_says_nothing_is_not_issued(board):
    with pytest.raises(Refused, match="The report is empty"):
        factories.issued(start(board, "letter"))


@pytest.fixture
def issued(board):
    report = factories.issued(start(board), by=user("Cass Chair"))
    factories.sent(factories.body(board), report.dated_on, report=report)
    return report


def test_an_issued_report_is_issued_once(issued):
    assert factories.issued(issued).digest == issued.digest
    assert Event.objects.filter(what="report.issued").count() == 1


def test_an_issued_report_is_issued_by_nobody_else(issued):
    with pytest.raises(Refused) as refusal:
        factories.issued(issued, by=user("Olga Office"))
    assert str(refusal.value) == reports.ISSUED


def test_an_issued_report_is_not_written(issued):
    section = issued.sections.get(position=7)
    for refused in (
        lambda: write(section),
        lambda: head(issued, issued.version, title="Another"),
        lambda: reports.add_section(report=issued, heading="More", text="", by=user("Cass Chair"), at=AT),
        lambda: reports.remove_section(section=section, version=section.version, by=user("Cass Chair"), at=AT),
    ):
        with pytest.raises(Refused) as refusal:
            refused()
        assert str(refusal.value) == reports.ISSUED


def test_verify_names_a_report_whose_text_was_changed(issued):
    assert list(verification.problems()) == []
    triggers.drop()
    ReportSection.objects.filter(position=1).update(text="Better than it was.")
    triggers.install()
    assert list(verification.problems()) == [
        "thornbury chair 2011-05-01: its text has changed since it was issued; the digest differs."
    ]


CHANGES = {Report: {"title": "x"}, ReportSection: {"text": "x"}, Circulation: {"what": "x"}}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("model", CHANGES)
def test_what_went_out_is_refused_every_change(issued, model, way):
    before = list(model.objects.values())
    with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
        way(model.objects.all(), CHANGES[model])
    assert list(model.objects.values()) == before


@pytest.mark.parametrize("model", CHANGES)
def test_without_the_guards_the_same_write_succeeds(issued, model):
    triggers.drop()
    model.objects.update(**CHANGES[model])
    field, value = next(iter(CHANGES[model].items()))
    assert set(model.objects.values_list(field, flat=True)) == {value}


def test_nothing_is_added_to_an_issued_report(issued):
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        ReportSection.objects.create(report=issued, position=9, text="More.")


@pytest.mark.parametrize("number", [2, 4])
def test_drafting_takes_as_many_queries_for_two_months_as_for_four(board, number, django_assert_num_queries):
    plan = board.plan
    for month in range(5, 3 + number):
        factories.published(factories.month(plan, month))
    with django_assert_num_queries(12):
        drafting.of_kind("chair", board, MAY)


def test_a_section_is_removed_in_whatever_order_the_database_keeps_them(board):
    report = start(board)
    # PostgreSQL keeps a row that was changed after all others, and goes through them as it keeps them.
    for place in (3, 2):
        write(report.sections.get(position=place), f"Text {place}.")
    before = list(report.sections.values_list("heading", flat=True))
    first = report.sections.first()
    reports.remove_section(section=first, version=first.version, by=user("Cass Chair"), at=AT)
    assert list(report.sections.values_list("position", "heading")) == list(enumerate(before[1:], 1))


def page(client, report, name, who="Cass Chair", data=None, **args):
    client.force_login(user(who))
    address = reverse(f"boards:{name}", args=[report.board.slug, report.kind, report.dated_on, *args.values()])
    return client.post(address, data) if data is not None else client.get(address)


def test_a_conflict_shows_both_texts(client, board):
    report = start(board)
    write(report.sections.get(position=7), "The first.")
    data = {"heading": "The chair's view", "text": "The second.", "version": 0}
    response = page(client, report, "report_section", who="Olga Office", data=data, position=7)
    content = response.content.decode()
    assert response.status_code == 409
    assert ("The first." in content, "The second." in content, 'value="1"' in content) == (True, True, True)


@pytest.mark.parametrize(
    ("kind", "said"), [("letter", "until the chair issues it."), ("council", "until it is issued.")]
)
def test_a_draft_says_who_issues_it(client, board, kind, said):
    report = start(board, kind=kind, by="Olga Office")
    assert said in page(client, report, "report_detail", who="Olga Office").content.decode()


def test_an_empty_section_is_left_out_of_the_issued_page(client, issued):
    content = page(client, issued, "report_detail", who="Obi Observer").content.decode()
    assert ("Changed rating" in content, "The chair&#x27;s view" in content) == (True, False)


def test_the_downloads_are_the_same_every_time(client, issued):
    for form in ("pdf", "docx"):
        first, second = (page(client, issued, "report_download", form=form).content for _ in range(2))
        assert first == second
