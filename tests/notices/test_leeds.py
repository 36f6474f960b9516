"""The Notice of Leeds, against the table of its targets and what [002] prints."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from notices.models import EndVerdict, Indicator, Notice, Result, Target
from notices.targets import progress, results
from notices.targets.milestones import Verdict

TODAY = date(2011, 12, 9)


@pytest.fixture
def standing(leeds):
    rows = progress.of_notice(Notice.objects.get(slug="leeds"), as_of=TODAY)
    return {row.target.reference: row for row in rows}


def test_every_milestone_has_exactly_its_verdict(standing):
    found = [
        (reference, step.milestone.indicator.reference, step.milestone.period, step.words)
        for reference, row in standing.items()
        for measure in row.measures
        if not measure.indicator.is_own
        for step in measure.steps
    ]
    assert found == [
        ("N01", "NI 59", "June 2010", "No data"),
        ("N01", "NI 59", "October 2010", "No data"),
        ("N01", "NI 59", "October 2010 to March 2011", "Met"),
        ("N02", "NI 60", "June 2010", "No data"),
        ("N02", "NI 60", "October 2010", "No data"),
        ("N02", "NI 60", "October 2010 to March 2011", "Met"),
        ("N03", "NI 78", "September 2010", "Undecided: no verdict stated"),
        ("N03", "NI 78", "academic year 2010/11", "Missed, provisional"),
        ("N04", "NI 79", "academic year 2009/10", "Missed"),
        ("N05", "NI 102 A", "academic year 2009/10", "No data"),
        ("N05", "NI 102 B", "academic year 2009/10", "No data"),
        ("N05", "NI 102 C", "academic year 2009/10", "No data"),
        ("N06", "NI 108", "academic year 2010/11", "Undecided: no verdict stated"),
        ("N07", "NI 117", "November 2010 to January 2011", "Missed"),
    ]


def test_every_target_has_the_verdict_of_its_last_milestone(standing):
    assert {reference: row.verdict_words for reference, row in standing.items() if row.steps} == {
        "N01": "Met",
        "N02": "Met",
        "N03": "Missed, provisional",
        "N04": "Missed",
        "N05": "No data",
        "N06": "Undecided: no verdict stated",
        "N07": "Missed",
    }
    assert {row.verdict for row in standing.values() if not row.steps} == {""}
    assert len(standing) == 23


def test_notice_and_target_pages_take_at_most_thirteen_queries(leeds, client):
    client.force_login(User.objects.get(email="programme-office@leeds.example"))
    references = Target.objects.values_list("reference", flat=True)
    for page in ["/notices/leeds/", *(f"/notices/leeds/targets/{reference}/" for reference in references)]:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(page).status_code == 200
        assert len(caught) <= 13, page  # one of them for the plans that the reader sees


def test_end_verdicts_are_those_that_the_source_states(leeds):
    stated = Target.objects.exclude(end_verdict=EndVerdict.NOT_STATED)
    assert list(stated.values_list("reference", "end_verdict")) == [
        ("N01", "achieved"),
        ("N02", "achieved"),
        ("N07", "not-met"),
    ]


@pytest.mark.parametrize(
    ("indicator", "printed"),
    [
        ("NI 59", "“March 2010 to October 2010”"),
        ("NI 60", "“March 2010 to October 2010”"),
        (
            "NI 117",
            "“2010/11” in the heading, “the January 2011 target” and “the November 10 – January 11 period” "
            "in the narrative",
        ),
    ],
)
def test_a_period_that_the_source_mislabels_is_kept_as_printed_and_flagged(leeds, indicator, printed):
    flagged = Result.objects.exclude(as_printed="").get(indicator__reference=indicator)
    assert flagged.as_printed == printed
    assert "Read as" in flagged.discrepancy


def test_eleven_schools_of_2009_stand_with_their_ten_values_flagged(leeds):
    rows = Result.objects.filter(indicator__reference__startswith="NI 78 S", period_end=date(2009, 8, 31))
    assert len(rows) == 11
    assert {row.as_printed for row in rows} == {"Eleven names and ten values: 33% 33% 32% 30% 29% 27% 24% 16% 15% 12%"}


def test_a_value_is_known_only_from_its_source_on(leeds):
    notice = Notice.objects.get(slug="leeds")
    rows = {row.target.reference: row for row in progress.of_notice(notice, as_of=date(2011, 5, 8))}
    assert rows["N01"].verdict is Verdict.NO_DATA
    rows = {row.target.reference: row for row in progress.of_notice(notice, as_of=date(2011, 10, 1))}
    assert (rows["N01"].verdict, rows["N04"].verdict, rows["N07"].verdict) == (
        Verdict.MET,
        Verdict.NO_DATA,
        Verdict.MISSED,
    )


def test_every_value_has_its_source_and_narrative_targets_carry_theirs(leeds):
    assert not Result.objects.filter(source="").exists()
    assert Result.objects.count() == 85
    narrative = Result.objects.filter(indicator__target__kind=Target.Kind.NARRATIVE)
    assert set(narrative.values_list("indicator__target__reference", "value")) >= {
        ("N08", Decimal("68.9")),
        ("N09", Decimal(70)),
        ("N12", Decimal(958)),
        ("N19", Decimal("90.9")),
        ("N21", Decimal(21)),
    }


def test_what_was_missed_contradicts_a_green_rating(leeds):
    missed = results.missed(Target.objects.values_list("pk", flat=True), TODAY)
    assert [target.reference for target in missed] == ["N03", "N04", "N07"]


def test_loading_again_adds_no_value_and_touches_none(leeds):
    Indicator.objects.filter(reference="Caseload").update(reference="Cases")
    before = list(Result.objects.order_by("pk").values_list())
    call_command("load_demonstration", verbosity=0)
    assert list(Result.objects.order_by("pk").values_list()) == before
