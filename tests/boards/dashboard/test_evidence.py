"""What the dashboard says of the Notice and of ratings against the evidence, its filters, and how long its grid is."""

from datetime import date

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from boards import dashboard
from boards.dashboard import charts, evidence
from improvement.records import triggers
from plans import guards, reporting
from plans.models import Action, ReportingMonth
from tests import factories
from tests.boards.reading import address, main, read, text
from tests.factories import AT, later, user


@pytest.fixture
@factories.once
def plan(db):
    plan = factories.plan(4, themes=2)
    plan.notice = factories.notice()
    plan.save()
    factories.target(plan.notice, 2)
    return plan


def published(plan, number=5, **ratings):
    month = factories.month(plan, number)
    for row in month.updates.filter(reference__in=ratings):
        rating = ratings[row.reference]
        reasons = dict.fromkeys(("same-text", "green-with-target-missed"), "It was met in April.")
        factories.signed_off(row, rating=rating, progress=f"Done in {number}.", override_reasons=reasons)
    return factories.published(month)


def miss(plan):
    """Let the Notice's target be missed, which the first recommendation answers."""
    target = plan.notice.targets.get(position=1)
    plan.recommendations.get(reference="R01").targets.add(target)
    return factories.result(target.indicators.get(), "78.5")


def built(month):
    whole = ReportingMonth.objects.select_related("plan__notice", "plan__board").get(pk=month.pk)
    shown = dashboard.build(whole, now=AT)
    return evidence.build(shown.rows, evidence.gather(whole, now=AT), notice=whole.plan.notice)


# Is the plan on track?


def test_the_first_line_counts_what_is_on_track_past_its_date_and_missed(plan, client):
    miss(plan)
    with triggers.lifted({guards.RECOMMENDATIONS}):
        dates = dict.fromkeys(("due_on", "original_due_on"), date(2011, 4, 30))
        plan.recommendations.filter(reference="R02").update(**dates)
    month = factories.month(plan)
    reasons = {"green-past-its-date": "It is done.", "green-with-target-missed": "It was met in April."}
    for reference, rating in (("R01", "green"), ("R02", "green"), ("R03", "red")):
        factories.signed_off(month.updates.get(reference=reference), rating=rating, override_reasons=reasons)
    page = text(read(client, address(factories.published(month))))
    assert (
        "2 of 4 recommendations are rated on track, but 1 Green and past their date of these is past its date. "
        "0 are at risk and 1 not on track . 1 of the 1 targets with a milestone is missed. "
        "No decision is asked for. 2 ratings are better than the evidence."
    ) in page
    assert "No update was received for 1 of the 4 recommendations , so this page says nothing about" in page


def test_the_offices_own_sentence_stands_beside_the_first_line_with_the_commentary_after_it(plan, client):
    month = factories.month(plan)
    said = {"headline": "Recruiting holds us up.", "text": "Two posts were advertised twice."}
    reporting.write_commentary(month=month, version=0, **said, by=user("Olga Office"), at=AT)
    page = text(read(client, address(factories.published(month))))
    assert "The programme office says Recruiting holds us up. Two posts were advertised twice." in page


def test_without_a_sentence_of_its_own_the_commentary_stands_beside_the_first_line(plan, client):
    month = factories.month(plan)
    reporting.write_commentary(month=month, version=0, text="A slow month.", by=user("Olga Office"), at=AT)
    assert "The programme office says A slow month." in text(read(client, address(factories.published(month))))


def test_a_plan_without_a_notice_says_so(plan, client):
    plan.notice = None
    plan.save()
    page = text(read(client, address(published(plan, R01="green"))))
    assert "The plan answers no Notice." in page
    assert "with a milestone" not in page


# The Notice and the evidence.


def test_the_notice_counts_its_verdicts_and_lists_what_is_missed_with_its_gap(plan, client):
    miss(plan)
    page = text(read(client, address(published(plan, R01="amber"))))
    assert "The Notice 0 Met 1 Missed The government’s demands: 1 target with a milestone" in page
    assert "Targets missed 1 Target To reach Value Gap Trend N01" in page
    assert "78.5%" in page
    assert "1.5 percentage points short of it" in page


def test_ratings_better_and_worse_than_the_evidence_are_listed_with_their_reason(plan, client):
    miss(plan)
    met = factories.target(plan.notice, 3, kind="measured")
    indicator = met.indicators.create(reference="NI 60", name="Core", unit="%", better="higher", decides=True)
    factories.milestone(indicator)
    factories.result(indicator, "90.0")
    plan.recommendations.get(reference="R02").targets.add(met)
    month = published(plan, R01="green", R02="amber", R03="green")
    found = built(month)
    assert [row.reference for row in found.better] == ["R01"]
    assert [row.reference for row in found.worse] == ["R02"]
    page = text(read(client, address(month)))
    assert (
        "Rated better than the evidence: 1 Recommendation What decides The officer’s reason Green R01 Recommendation 1 "
        "Target N01 is missed, 1.5 percentage points short of it. It was met in April."
    ) in page
    assert "Rated worse than the evidence: 1" in page
    assert "R02 Recommendation 2 Target N03 is met, 10 percentage points beyond it. None" in page


def value_is_known(plan):
    miss(plan)


def action_is_overdue(plan):
    Action.objects.create(recommendation=plan.recommendations.first(), title="Train.", due_on=date(2011, 4, 1))


def board_differs(plan):
    asked = factories.answered(factories.challenge(plan))
    factories.concluded(asked, "view", text="It is not on track.")


@pytest.mark.parametrize("change", [value_is_known, action_is_overdue, board_differs])
def test_what_a_rating_is_compared_with_reaches_a_page_that_was_read_before(plan, client, change):
    month = published(plan, R01="green", R02="amber")
    assert "Rated better than the evidence: 0" in text(read(client, address(month)))
    change(plan)
    assert "Rated better than the evidence: 1" in text(read(client, address(month)))


# The filters.


def test_filters_limit_every_number_and_its_list_to_the_same_rows(plan, client):
    month = published(plan, R01="green", R02="amber", R03="red")
    shown = dashboard.build(month, now=AT, asked=(("theme", "1"),))
    assert (shown.total.value, [number.value for number in shown.ratings]) == (2, [1, 0, 1, 0])
    assert all("theme=1" in number.address for number in (shown.total, *shown.ratings))
    assert [row.reference for row in shown.grid] == ["R01", "R03"]
    page = text(read(client, f"{address(month)}?theme=1"))
    assert "Theme: 1. Theme 1. 2 recommendations match. The Notice is shown as a whole. Show all" in page
    assert "1 of 2 recommendations is rated on track" in page


@pytest.mark.parametrize("query", ["theme=9", "area=B", "area=a", "post=999999999", "post=x"])
def test_a_filter_that_the_month_does_not_hold_matches_nothing(plan, client, query):
    factories.area(plan)
    page = text(read(client, f"{address(published(plan, R01='green'))}?{query}"))
    assert "0 recommendations match." in page


@pytest.mark.parametrize("query", ["", "theme=", "area=%00", "nonsense=1", f"post={'9' * 21}"])
def test_what_is_no_filter_shows_the_whole_month(plan, client, query):
    month = published(plan, R01="green")
    assert text(read(client, f"{address(month)}?{query}")) == text(read(client, address(month)))


def test_a_filtered_page_is_not_kept_and_pushes_no_kept_page_out(plan, client):
    month = published(plan, R01="green")
    caches["pages"].clear()
    whole = main(read(client, address(month)))
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert main(read(client, f"{address(month)}?theme=1")) != whole
        assert any("plans_areaupdate" in query["sql"] for query in captured)
    assert len(caches["pages"]._cache) == 1


# The grid.


def test_the_grid_shows_the_last_months_with_a_link_to_all(plan, client, monkeypatch):
    monkeypatch.setattr("boards.views.dashboards.MONTHS", 2)
    for number in (4, 5, 6):
        month = published(plan, number, R01="green")
    page = main(read(client, address(month)))
    assert "The last 2 months are shown." in page
    assert '<a class="govuk-link govuk-link--no-visited-state app-no-print" href="?months=all#grid">' in page
    assert page.count("<i class=green>") == 2
    whole = main(read(client, f"{address(month)}?months=all"))
    assert whole.count("<i class=green>") == 3
    assert "months are shown" not in whole


def test_a_cell_of_the_grid_takes_sixty_bytes_at_most(plan, client):
    page = main(read(client, address(published(plan, R01="green", R02="amber", R03="red"))))
    cells = [cell for cell in page.replace("<td", "\n<td").split("\n") if cell.startswith("<td role=cell>")]
    assert len(cells) == 4
    assert max(len(cell) for cell in cells) <= 60


def test_a_bar_is_as_long_as_its_share_of_the_longest(plan):
    shown = dashboard.build(published(plan, R01="green", R02="amber", R03="red"), now=later(days=1))
    (first, second) = charts.bars(shown.themes)
    assert [(piece.key, piece.value, piece.width) for piece in first.pieces] == [("red", 1, 150.0), ("green", 1, 150.0)]
    assert (first.words, second.words) == ("1 Red, 1 Green", "1 Amber, 1 No update received")
    assert charts.bars([]) == []
