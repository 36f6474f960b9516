"""The reports of Leeds to the department, against what their sources print."""

from datetime import date

import pytest
from django.core.management import call_command

from improvement.documents import pdf
from notices import verification
from notices.interim import interim_document, reported, values
from notices.models import SECTIONS, InterimEntry, InterimReport, ProgressReview, Target
from tests import factories

pytestmark = pytest.mark.django_db
NOVEMBER = date(2011, 11, 11)


def entries(on):
    return {row.reference: row for row in InterimEntry.objects.filter(report__reported_on=on)}


def test_four_reports_are_issued_in_order_each_from_the_one_before(leeds):
    reports = InterimReport.objects.order_by("reported_on")
    assert list(reports.values_list("reported_on", "previous_on", "state")) == [
        (date(2010, 5, 31), None, "issued"),
        (date(2010, 10, 31), date(2010, 5, 31), "issued"),
        (date(2011, 5, 9), date(2010, 10, 31), "issued"),
        (NOVEMBER, date(2011, 5, 9), "issued"),
    ]
    assert list(verification.problems()) == []


def test_every_report_covers_every_target_word_for_word_in_the_notices_order(leeds):
    wordings = list(Target.objects.order_by("position").values_list("reference", "wording"))
    for report in InterimReport.objects.all():
        assert list(report.entries.values_list("reference", "wording")) == wordings
    assert len(wordings) == 23


def test_exactly_the_verdicts_named_stand_beside(leeds):
    rows = entries(NOVEMBER)
    assert {reference: row.verdict_words for reference, row in rows.items() if row.steps} == {
        "N01": "Met",
        "N02": "Met",
        "N03": "Missed, provisional",
        "N04": "Missed",
        "N05": "No data",
        "N06": "Undecided: no verdict stated",
        "N07": "Missed",
    }
    assert {row.verdict_words for row in rows.values() if not row.steps} == {"No milestone"}
    for reference in ("N01", "N02"):
        assert [step["words"] for step in rows[reference].steps] == ["No data", "No data", "Met"]
        assert [step["is_discrepant"] for step in rows[reference].steps] == [False, False, True]


def test_the_report_of_november_takes_22_pages_and_has_the_schools_in_one_table_by_year(leeds):
    report = InterimReport.objects.get(reported_on=NOVEMBER)
    document = interim_document.build(reported.build(report))
    assert pdf.pages(pdf.write(document)) <= 22
    entry = entries(NOVEMBER)["N03"]
    _, schools = values.build(entry.values, entry.steps).grids
    years = ("academic year 2008/09", "academic year 2009/10", "academic year 2010/11")
    assert schools.headers == ("School or group", *years)
    of_schools = [value for value in entry.values if value["subgroup"]]
    assert len(schools.rows) == len({value["subgroup"] for value in of_schools}) == 14
    assert sum(cell != values.NO_VALUE for _, *cells in schools.rows for cell in cells) == len(of_schools) == 31


def test_every_value_and_every_remark_of_november_is_told_once(leeds):
    for row in entries(NOVEMBER).values():
        told = values.build(row.values, row.steps)
        cells = [cell for grid in told.grids for _, *cells in grid.rows for cell in "\n".join(cells).split("\n")]
        for value in row.values:
            assert any(cell.startswith(value["value"]) for cell in cells), value
        notes = "\n".join(told.notes)
        for remarked in (*row.values, *row.steps):
            for sentence in values._SENTENCES.split(remarked["remarks"]):
                assert notes.count(sentence) >= (sentence != ""), sentence
        lines = [note.partition(": ")[2] for note in told.notes]
        assert len(lines) == len(set(lines))


def test_statuses_are_those_that_paragraph_3_states_by_name(leeds):
    stated = {reference: row.status for reference, row in entries(NOVEMBER).items() if row.status != "not-stated"}
    assert stated == {"N01": "achieved", "N02": "achieved", "N07": "not-met"}


def test_the_report_of_november_stands_whole_in_its_own_words(leeds):
    report, rows = InterimReport.objects.get(reported_on=NOVEMBER), entries(NOVEMBER)
    assert all(getattr(report, section) for section in SECTIONS)
    assert all(row.narrative for row in rows.values())
    words = sum(len(row.narrative.split()) for row in rows.values())
    assert words == 6486
    for reference, said in (
        ("N01", "The August performance (80.5%) is higher than the same period 12 months ago (78.3%)"),
        ("N03", "there is the potential for between 1 and 3 Leeds secondary schools"),
        ("N08", "ICPC's held within 15 days for August was 68.9%."),
        ("N21", "The average caseload figure as at 7th September 2011 is 21."),
        ("N23", "The most recent update was considered on 2 November."),
    ):
        assert said in rows[reference].narrative
    assert report.recommendations.startswith("8. DfE colleagues are asked to consider the papers this report,")


def test_slips_are_recorded_and_flagged_and_not_repaired(leeds):
    report, rows = InterimReport.objects.get(reported_on=NOVEMBER), entries(NOVEMBER)
    for reference in ("N01", "N02"):
        assert "cumulative target from March 2010 to October 2010" in rows[reference].narrative
        assert "“March 2010 to October 2010”" in rows[reference].note
    assert "33%, 33%, 32%, 30%, 29%, 27%, 24%, 16%, 15%, 12%\n" in rows["N03"].narrative
    assert "eleven names and ten values" in rows["N03"].note
    assert "“2010/11”" in rows["N07"].note
    assert ("infroamtion" in report.recommendations, "“infroamtion”" in report.note) == (True, True)
    october = InterimReport.objects.get(reported_on=date(2010, 10, 31))
    assert "“at its November meeting”" in october.note


def test_november_recalls_what_was_reported_in_may_as_far_as_the_sources_say(leeds):
    may, november = entries(date(2011, 5, 9)), entries(NOVEMBER)
    told = [reference for reference, row in may.items() if row.narrative]
    assert told == ["N01", "N02", "N05", "N08", "N09", "N10", "N11", "N14"]
    for reference, row in november.items():
        if reference in told:
            assert row.recap == f"In May 2011 it was reported: {may[reference].narrative}"
        else:
            assert row.recap == "May 2011: What was reported on this target is not in the sources."
    assert all(row.source and row.note for row in may.values() if row.narrative)
    assert {row.status for row in may.values()} == {"not-stated"}


@pytest.mark.parametrize("on", [date(2010, 5, 31), date(2010, 10, 31)])
def test_what_the_sources_do_not_give_of_2010_is_said_to_be_missing(leeds, on):
    assert {(row.narrative, row.status) for row in entries(on).values()} == {("", "not-stated")}
    assert {row.note for row in entries(on).values()} == {"What was reported on this target is not in the sources."}
    report = InterimReport.objects.get(reported_on=on)
    assert report.note.startswith("The report itself is not in the sources")
    assert "Illustrative" in report.note


def test_a_progress_review_meeting_follows_each_as_far_as_the_sources_say(leeds):
    rows = ProgressReview.objects.order_by("report__reported_on")
    assert list(rows.values_list("report__reported_on", "held_on", "source")) == [
        (date(2010, 5, 31), None, "[002] 2"),
        (date(2010, 10, 31), None, "[002] 2"),
        (date(2011, 5, 9), date(2011, 5, 20), "[002] heading 23"),
    ]


def test_no_report_shows_a_value_that_was_known_later(leeds):
    assert {len(row.values) for row in entries(date(2010, 10, 31)).values()} == {0}
    known = {reference for reference, row in entries(date(2011, 5, 9)).items() if row.values}
    assert known == {"N01", "N02", "N07"}


def test_loading_again_adds_no_report_and_leaves_one_that_is_being_written(leeds):
    notice = InterimReport.objects.first().notice
    factories.report(notice, date(2011, 12, 9))
    before = list(InterimReport.objects.order_by("pk").values()), list(InterimEntry.objects.order_by("pk").values())
    call_command("load_demonstration", verbosity=0)
    assert before == (
        list(InterimReport.objects.order_by("pk").values()),
        list(InterimEntry.objects.order_by("pk").values()),
    )
