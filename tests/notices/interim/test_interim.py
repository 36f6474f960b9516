"""The way of a report to the department, as its verbs let it go."""

from datetime import date, timedelta

import pytest

from accounts.models import Event
from improvement.records.refusals import Conflict, Refused
from improvement.texts import days
from notices import interim
from notices.models import InterimReport, ReportState, Result
from notices.targets import results
from tests import factories
from tests.factories import AT, user

pytestmark = pytest.mark.django_db
APRIL, MAY = date(2011, 4, 30), date(2011, 5, 31)


@pytest.fixture
def notice():
    """A Notice of three targets, the first with a provisional value that meets its milestone."""
    made = factories.notice()
    factories.target(made, 2)
    factories.target(made, 3)
    factories.result(made.targets.get(reference="N01").indicators.get())
    return made


@pytest.fixture
def office(db):
    return user("Olga Office")


def entry(report, reference="N01"):
    return report.entries.select_related("target").get(reference=reference)


def write(report, reference="N01", version=None, by=None, **answers):
    row = entry(report, reference)
    version = row.version if version is None else version
    return interim.write_entry(
        report=report, target=row.target, version=version, by=by or user("Olga Office"), at=AT, **answers
    )


def start(notice, on=APRIL, title="A report", at=AT):
    return interim.start(notice=notice, reported_on=on, title=title, by=user("Olga Office"), at=at)


def test_start_makes_an_entry_for_every_target_in_the_notices_order(notice):
    report = start(notice)
    assert [row.reference for row in report.entries.all()] == ["N01", "N02", "N03"]
    assert (report.state, report.previous_on, report.notice_title) == ("draft", None, "Thornbury Improvement Notice")
    assert Event.objects.get(what="report.started").on_id == report.pk


def test_start_carries_over_what_was_last_issued_and_recalls_it(notice):
    issued = factories.issued_report(notice, APRIL)
    report = start(notice, MAY)
    assert (report.previous_on, report.purpose, report.conclusion) == (APRIL, "To report.", "It is better.")
    row = entry(report)
    assert (row.status, row.narrative, row.written_at) == ("well-on-the-way", "Matter N01 was seen to.", None)
    assert row.recap == "In April 2011 it was reported (well on the way): Matter N01 was seen to."
    assert interim.last_said(report, row.target) == entry(issued)


def test_start_recalls_the_first_paragraph_only_and_a_reason_where_nothing_was_reported(notice, office):
    report = factories.report(notice, APRIL)
    write(report, narrative="First.\n\nSecond.", status="not-stated")
    write(report, "N02", narrative="", note="Nothing was asked.")
    report = interim.table(report=report, by=office, at=AT)
    report = interim.agree(report=report, version=report.version, by=office, at=AT)
    interim.issue(report=report, version=report.version, by=office, at=AT)
    report = start(notice, MAY)
    assert entry(report).recap == "In April 2011 it was reported: First."
    assert entry(report, "N02").recap == "April 2011: Nothing was asked."


def test_start_of_the_same_report_twice_by_the_same_person_begins_one(notice):
    assert start(notice) == start(notice)
    assert Event.objects.filter(what="report.started").count() == 1


def test_start_is_refused_while_another_report_is_in_hand(notice):
    start(notice)
    with pytest.raises(Refused, match=r"The report of 30 April 2011 is still in progress\."):
        start(notice, MAY)


def test_start_of_the_same_report_by_another_person_finds_it_in_hand(notice):
    start(notice)
    for given in ({"by": user("Ada Officer")}, {"title": "Another"}):
        facts = {"reported_on": APRIL, "title": "A report", "by": user("Olga Office")} | given
        with pytest.raises(Refused, match="is still in progress"):
            interim.start(notice=notice, **facts, at=AT)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_no_step_is_of_a_day_that_no_calendar_holds(notice, office, day):
    with pytest.raises(Refused) as refusal:
        start(notice, day)
    assert (str(refusal.value), refusal.value.field) == (days.OUTSIDE, "reported_on")
    report = factories.report(notice)
    with pytest.raises(Refused) as refusal:
        interim.table(report=report, tabled_on=day, by=office, at=AT)
    assert (str(refusal.value), refusal.value.field) == (days.OUTSIDE, "tabled_on")
    report = interim.table(report=report, by=office, at=AT)
    with pytest.raises(Refused) as refusal:
        interim.agree(report=report, version=report.version, agreed_on=day, by=office, at=AT)
    assert (str(refusal.value), refusal.value.field) == (days.OUTSIDE, "agreed_on")


@pytest.mark.parametrize("on", [APRIL, APRIL - timedelta(days=1)])
def test_start_is_refused_for_a_day_that_is_not_after_the_last_report(notice, on):
    factories.issued_report(notice, APRIL)
    with pytest.raises(Refused, match="Choose a day after 30 April 2011") as refusal:
        start(notice, on)
    assert refusal.value.field == "reported_on"


def test_start_and_cover_need_a_title(notice, office):
    with pytest.raises(Refused, match="title"):
        start(notice, title=" ")
    report = start(notice)
    with pytest.raises(Refused, match="title"):
        interim.write_cover(report=report, version=0, title=" ", by=office, at=AT)


def test_write_entry_keeps_what_is_not_said_and_counts_the_version(notice):
    report = start(notice)
    write(report, status="achieved", narrative="Done.")
    row = write(report, note="No more.")
    assert (row.status, row.narrative, row.note, row.version) == ("achieved", "Done.", "No more.", 2)


def test_write_entry_twice_changes_nothing_the_second_time(notice):
    report = start(notice)
    assert write(report, version=0, narrative="Done.").version == 1
    assert write(report, version=0, narrative="Done.").version == 1
    assert Event.objects.filter(what="report.entry_written").count() == 1


def test_the_same_words_of_another_person_are_theirs(notice):
    report = start(notice)
    write(report, narrative="Done.")
    row = write(report, narrative="Done.", by=user("Ada Officer"))
    assert (row.written_by, row.version) == (user("Ada Officer"), 2)


def test_write_entry_is_about_a_target_of_the_reports_own_notice(notice, office):
    target = factories.notice("other").targets.get()
    with pytest.raises(Refused, match="Choose a target of the report’s Notice"):
        interim.write_entry(report=start(notice), target=target, version=0, narrative="Done.", by=office, at=AT)


def test_write_entry_with_a_stale_version_is_a_conflict_and_loses_nothing(notice):
    report = start(notice)
    write(report, version=0, narrative="Theirs.", by=user("Ada Officer"))
    with pytest.raises(Conflict) as conflict:
        write(report, version=0, narrative="Mine.")
    assert conflict.value.current.narrative == "Theirs."
    assert entry(report).narrative == "Theirs."


def test_write_cover_with_a_stale_version_is_a_conflict(notice, office):
    report = start(notice)
    interim.write_cover(report=report, version=0, purpose="Theirs.", by=office, at=AT)
    with pytest.raises(Conflict) as conflict:
        interim.write_cover(report=report, version=0, purpose="Mine.", by=office, at=AT)
    assert conflict.value.current.purpose == "Theirs."


def test_what_is_no_part_of_a_report_is_an_error_in_the_code(notice, office):
    report = start(notice)
    with pytest.raises(TypeError, match="verdict"):
        write(report, verdict="met")
    with pytest.raises(TypeError, match="state"):
        interim.write_cover(report=report, version=0, state="issued", by=office, at=AT)


def test_a_target_that_the_notice_got_since_can_be_written_of(notice, office):
    report = factories.report(notice)
    target = factories.target(notice, 4)
    assert [row.reference for row in interim.drafted(report)] == ["N01", "N02", "N03", "N04"]
    with pytest.raises(Refused, match=r"why there is nothing to report, on N04\."):
        interim.table(report=report, by=office, at=AT)
    interim.write_entry(report=report, target=target, version=0, narrative="New.", by=office, at=AT)
    assert interim.table(report=report, by=office, at=AT).entries.count() == 4


def test_table_stamps_how_every_target_stood_on_the_day_of_the_report(notice):
    report = factories.tabled_report(notice)
    row = entry(report)
    assert (row.verdict, row.verdict_words) == ("met", "Met, provisional")
    (step,), (value,) = row.steps, row.values
    assert (step["value"], step["to_reach"], step["gap"]) == ("80.5%", "80%", "0.5 percentage points beyond it")
    assert (value["value"], value["is_provisional"], value["source"]) == ("80.5%", True, "Monthly return")
    assert (entry(report, "N02").verdict, entry(report, "N02").verdict_words) == ("", "No milestone")


def test_a_value_that_was_not_known_on_the_day_is_left_out(notice):
    report = factories.tabled_report(notice, date(2011, 4, 19))
    assert (entry(report).verdict_words, entry(report).values) == ("No data", [])


def test_table_wants_something_said_of_every_target_or_the_reason_why_not(notice, office):
    report = start(notice)
    write(report, narrative="Done.")
    write(report, "N02", note="Nothing to report yet.")
    write(report, "N03", narrative=" ", note="\n")
    with pytest.raises(Refused, match=r"Write a report, or say why there is nothing to report, on N03\."):
        interim.table(report=report, by=office, at=AT)
    assert InterimReport.objects.get().state == ReportState.DRAFT


def test_table_is_refused_where_the_report_has_changed_since_it_was_checked(notice, office):
    report = factories.report(notice)
    seen = interim.state_of(report)
    write(report, narrative="Once more.")
    with pytest.raises(Refused, match="changed since you checked it"):
        interim.table(report=report, seen=seen, by=office, at=AT)
    assert interim.table(report=report, seen=interim.state_of(report), by=office, at=AT).state == "tabled"


@pytest.mark.parametrize("make", [factories.tabled_report, factories.issued_report])
def test_what_is_tabled_or_issued_is_not_written(notice, office, make):
    report = make(notice)
    for refused in (
        lambda: write(report, narrative="Too late."),
        lambda: interim.write_cover(report=report, version=report.version, purpose="Too late.", by=office, at=AT),
        lambda: interim.discard(report=report, version=report.version, by=office, at=AT),
    ):
        with pytest.raises(interim.ReportSettled):
            refused()
    assert entry(report).narrative == "Matter N01 was seen to."


def test_take_back_makes_a_draft_again_that_is_stamped_anew(notice, office):
    report = factories.tabled_report(notice)
    report = interim.agree(report=report, version=report.version, by=office, at=AT)
    report = interim.take_back(report=report, version=report.version, by=office, at=AT)
    assert (report.state, report.tabled_on, report.agreed_at) == ("draft", None, None)
    results.confirm(result=Result.objects.get(), value="79.5", by=office, at=AT, source_on=APRIL)
    report = interim.table(report=report, by=office, at=AT)
    assert entry(report).verdict_words == "Missed"


def test_agree_wants_a_day_that_can_be(notice, office):
    report = factories.tabled_report(notice)
    for day, sentence in (
        (AT.date() + timedelta(days=1), "cannot be in the future"),
        (date(2011, 4, 1), "when it was tabled, or a later day"),
    ):
        with pytest.raises(Refused, match=sentence):
            interim.agree(report=report, version=report.version, agreed_on=day, by=office, at=AT)
    assert (
        interim.agree(report=report, version=report.version, agreed_on=AT.date(), by=office, at=AT).agreed_by == office
    )


def test_a_step_out_of_turn_is_refused(notice, office):
    report = factories.report(notice)
    given = {"report": report, "version": report.version, "by": office, "at": AT}
    for step in (interim.agree, interim.issue):
        with pytest.raises(Refused, match="The report is “Draft”"):
            step(**given)
    with pytest.raises(Refused, match="follows an issued report"):
        interim.record_review(report=report, said="Well done.", by=office, at=AT)


def test_each_step_twice_by_the_same_person_happens_once(notice, office):
    report = factories.report(notice)
    for _ in range(2):
        tabled = interim.table(report=report, tabled_on=AT.date(), by=office, at=AT)
    for _ in range(2):
        agreed = interim.agree(report=report, version=tabled.version, agreed_on=AT.date(), by=office, at=AT)
    for _ in range(2):
        issued = interim.issue(report=report, version=agreed.version, by=office, at=AT)
    for _ in range(2):
        interim.record_review(report=report, said="Well done.", held_on=AT.date(), by=office, at=AT)
    assert issued.is_issued
    happened = Event.objects.filter(what__startswith="report.").exclude(what="report.entry_written")
    assert list(happened.order_by("pk").values_list("what", flat=True)) == [
        "report.started",
        "report.cover_written",
        "report.tabled",
        "report.agreed",
        "report.issued",
        "report.reviewed",
    ]


def test_a_step_by_another_person_or_of_another_day_is_another_step(notice, office):
    report, other = factories.tabled_report(notice), user("Ada Officer")
    for given in ({"by": other, "tabled_on": report.tabled_on}, {"by": office, "tabled_on": APRIL}):
        with pytest.raises(interim.ReportSettled, match="Take it back before you change it"):
            interim.table(report=report, **given, at=AT)
    report = interim.agree(report=report, version=report.version, agreed_on=AT.date(), by=office, at=AT)
    with pytest.raises(interim.ReportSettled, match="Take it back before you change it"):
        interim.table(report=report, tabled_on=report.tabled_on, by=office, at=AT)
    for given in ({"by": other, "agreed_on": AT.date()}, {"by": office, "agreed_on": None}):
        with pytest.raises(Refused, match="The report is “Agreed by the Board”"):
            interim.agree(report=report, version=report.version, **given, at=AT)
    report = interim.issue(report=report, version=report.version, by=office, at=AT)
    for step in (interim.issue, interim.take_back, interim.agree):
        with pytest.raises(interim.ReportSettled, match="The report has been issued"):
            step(report=report, version=report.version, by=other, at=AT)


def test_take_back_of_a_draft_changes_nothing(notice, office):
    report = start(notice)
    assert interim.take_back(report=report, version=9, by=office, at=AT).version == 0
    assert not Event.objects.filter(what="report.taken_back").exists()


def test_what_was_said_at_a_review_is_kept_for_each_who_recorded_it_and_each_day(notice, office):
    report = factories.issued_report(notice)
    facts = {"report": report, "said": "Well done.", "held_on": APRIL, "by": office, "at": AT}
    first = interim.record_review(**facts)
    assert interim.record_review(**facts | {"said": " Well done.\n", "source": " "}) == first
    for other in ({"by": user("Ada Officer")}, {"held_on": AT.date()}, {"said": "More."}, {"source": "A letter"}):
        assert interim.record_review(**facts | other) != first
    assert report.reviews.count() == 5


def test_a_step_with_a_stale_version_is_a_conflict(notice, office):
    report = factories.tabled_report(notice)
    for step in (interim.agree, interim.take_back):
        with pytest.raises(Conflict):
            step(report=report, version=report.version - 1, by=office, at=AT)


def test_record_review_wants_words_and_a_day_after_the_report(notice, office):
    report = factories.issued_report(notice)
    with pytest.raises(Refused, match="Enter what was said"):
        interim.record_review(report=report, said=" ", by=office, at=AT)
    for day in (APRIL - timedelta(days=1), AT.date() + timedelta(days=1)):
        with pytest.raises(Refused, match="to today"):
            interim.record_review(report=report, said="Well done.", held_on=day, by=office, at=AT)
    review = interim.record_review(report=report, said="Well done.", by=office, at=AT)
    assert (review.held_on, review.recorded_name) == (None, "Olga Office")


def test_discard_throws_a_draft_away_and_keeps_its_events(notice, office):
    report = start(notice)
    with pytest.raises(Conflict):
        interim.discard(report=report, version=report.version + 1, by=office, at=AT)
    interim.discard(report=report, version=report.version, by=office, at=AT)
    assert not InterimReport.objects.exists()
    assert Event.objects.filter(what="report.discarded").count() == 1
    assert start(notice).state == "draft"


def test_what_the_plans_of_the_notice_say_of_themselves_is_stamped_once_each(notice, office):
    plan = factories.plan()
    plan.notice, plan.caveat = notice, "Illustrative."
    plan.save()
    report = factories.tabled_report(notice)
    assert report.caveat == "Illustrative."
