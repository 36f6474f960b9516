"""The facts for and against the ratings of a month, and where they are shown."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notices.targets import progress
from plans import reporting
from plans.models import Action, Evidence, MonthlyUpdate, ReportingMonth
from plans.months import rating_evidence
from plans.rating_evidence import Match
from plans.ratings import Rating
from plans.reporting import evidence
from tests import factories
from tests.boards.reading import read, text
from tests.factories import AT, later, user

NOW = later(days=60)


@pytest.fixture
@factories.once
def plan(db):
    plan = factories.plan(3)
    plan.notice = factories.notice()
    plan.save()
    return plan


def first(plan):
    return plan.recommendations.get(reference="R01")


def sentences(month, reference="R01", now=NOW):
    (row,) = month.updates.filter(reference=reference)
    return [fact.sentence for fact in judged(month, [row], now=now)[row.pk].facts]


def judged(month, rows, now=NOW, **given):
    return rating_evidence.gather(month, now=now, **given).judge(rows)


def published(plan, **answers):
    month = factories.month(plan)
    factories.signed_off(month.updates.get(reference="R01"), **answers)
    return factories.published(month)


NOTHING = ["No figures are given as evidence."]


def test_what_no_fact_speaks_of_has_no_figures(plan):
    month = published(plan, rating="green")
    assert sentences(month) == NOTHING
    assert sentences(month, "R02") == []


def test_a_target_that_it_answers_is_judged_as_of_the_day_of_publication(plan):
    target = plan.notice.targets.get()
    first(plan).targets.add(target)
    factories.result(target.indicators.get(), "78.5")
    assert sentences(published(plan, rating="amber")) == [
        "Target N01 is missed, 1.5 percentage points short of it.",
        *NOTHING,
    ]


def test_a_value_that_was_known_after_publication_reaches_no_published_month(plan):
    target = plan.notice.targets.get()
    first(plan).targets.add(target)
    month = published(plan, rating="green")
    factories.result(target.indicators.get(), "78.5", source_on=date(2011, 6, 20), at=NOW)
    assert sentences(month) == ["Target N01: no data.", *NOTHING]
    assert sentences(factories.month(plan, 6, at=later(days=61)), now=later(days=61)) == [
        "Target N01 is missed, 1.5 percentage points short of it."
    ]


def test_a_target_of_which_two_measures_say_two_things_is_undecided_without_a_gap(plan):
    target = factories.target(plan.notice, 2, kind="measured")
    for value in ("78.5", "90"):
        indicator = factories.IndicatorFactory(target=target)
        factories.milestone(indicator)
        factories.result(indicator, value)
    first(plan).targets.add(target)
    assert sentences(published(plan, rating="amber")) == ["Target N02 is undecided.", *NOTHING]


def test_a_target_that_only_the_council_measures_says_nothing(plan):
    target = factories.target(plan.notice, 2, kind="measured")
    factories.milestone(factories.IndicatorFactory(target=target, is_own=True))
    first(plan).targets.add(target)
    assert sentences(published(plan, rating="amber")) == NOTHING


def test_actions_are_overdue_after_their_day_until_they_are_done(plan):
    for due_on, done_on in (("2011-04-30", None), ("2011-05-01", None), ("2011-04-01", "2011-04-02")):
        Action.objects.create(recommendation=first(plan), title="Train.", due_on=due_on, done_on=done_on)
    Action.objects.create(recommendation=first(plan), title="Train.", due_on="2011-04-01", done_on="2011-05-09")
    assert sentences(published(plan, rating="green")) == ["2 actions are overdue.", *NOTHING]


def test_a_text_is_repeated_by_choice_or_as_it_was_found(plan):
    published(plan, rating="amber")
    month = factories.month(plan, 6)
    row = month.updates.get(reference="R01")
    row = reporting.repeat_last(update=row, version=row.version, reason="Nothing is new.", by=user(), at=AT)
    reporting.submit(update=row, version=row.version, by=user(), at=AT)
    assert sentences(month) == ["The text repeats an earlier update.", *NOTHING]


def test_a_text_that_was_found_to_be_the_same_is_repeated(plan):
    published(plan, rating="amber", progress="One team was trained.")
    month = factories.month(plan, 6)
    answers = {"progress": "One team was trained.", "override_reasons": {"same-text": "It is so."}}
    factories.submitted(month.updates.get(reference="R01"), rating="amber", **answers)
    assert sentences(month) == ["The text repeats an earlier update.", *NOTHING]


def test_figures_are_evidence_that_says_so(plan):
    month = factories.month(plan)
    for reference, kind in (("R01", Evidence.Kind.QUANTITATIVE), ("R02", Evidence.Kind.QUALITATIVE)):
        row = factories.submitted(month.updates.get(reference=reference), rating="green")
        given = {"kind": kind, "title": "Rates", "url": "https://example.org/", "added_at": AT, "added_by": user()}
        Evidence.objects.create(update=row, **given)
    assert sentences(month) == ["Figures are given as evidence."]
    assert sentences(month, "R02") == NOTHING


def test_neither_figures_nor_actions_of_another_month_or_recommendation_count(plan):
    april = factories.month(plan, 4)
    for reference in ("R01", "R02"):
        row = factories.submitted(april.updates.get(reference=reference), rating="green")
        given = {"kind": "quantitative", "title": "Rates", "url": "https://example.org/", "added_at": AT}
        Evidence.objects.create(update=row, **given, added_by=user())
    factories.published(april)
    month = factories.month(plan)
    row = factories.submitted(month.updates.get(reference="R01"), rating="green", progress="News.")
    second = plan.recommendations.get(reference="R02")
    Action.objects.create(recommendation=second, title="Train.", due_on="2011-04-01")
    assert sentences(month) == NOTHING
    assert sentences(april) == ["Figures are given as evidence."]
    assert rating_evidence.of_one(row, now=NOW) == judged(month, [row])[row.pk]


def concluded(plan, outcome="view", at=AT, **asked):
    row = factories.challenge(plan, recommendation=first(plan), at=at, **asked)
    return factories.concluded(factories.answered(row, at=at), outcome, at=at, text="It is not on track.")


DIFFERS = "The Board’s view differs."


def test_a_view_of_the_board_counts_for_the_rating_that_it_is_about(plan):
    published(plan, rating="green")
    concluded(plan, at=later(days=10))
    following = factories.month(plan, 6, at=later(days=20))
    factories.signed_off(
        following.updates.get(reference="R01"), rating="green", progress="Nobody came.", at=later(days=20)
    )
    assert sentences(factories.published(following, at=later(days=30))) == [DIFFERS, *NOTHING]
    last = factories.month(plan, 7, at=later(days=61))
    factories.signed_off(last.updates.get(reference="R01"), rating="amber", progress="News.", at=later(days=61))
    assert sentences(factories.published(last, at=later(days=62))) == NOTHING


def test_the_last_view_counts_from_the_first_day_of_the_rating_on(plan):
    for at in (later(days=-12), AT):
        concluded(plan, at=at, question=f"How was it on {at:%-d %B}?")
    month = published(plan, rating="green")
    assert month.updates.get(reference="R01").rated_since == AT.date()
    assert sentences(month) == [DIFFERS, *NOTHING]


def test_a_question_of_which_something_else_came_tells_no_view(plan):
    concluded(plan, "date")
    assert sentences(published(plan, rating="green")) == NOTHING


def test_a_view_that_was_recorded_after_publication_reaches_no_published_month(plan):
    month = published(plan, rating="green")
    concluded(plan, at=later(days=10))
    assert sentences(month) == NOTHING


def test_the_fingerprint_of_what_is_gathered_changes_with_it(plan):
    month = published(plan, rating="green")

    def fingerprint():
        return rating_evidence.fingerprint(month, now=NOW, notice=plan.notice)

    found = [fingerprint(), fingerprint()]
    assert found[0] == found[1]
    factories.result(plan.notice.targets.get().indicators.get(), "78.5")
    found.append(fingerprint())
    first(plan).targets.add(plan.notice.targets.get())
    found.append(fingerprint())
    Action.objects.create(recommendation=first(plan), title="Train.", due_on="2011-04-30")
    found.append(fingerprint())
    concluded(plan)
    found.append(fingerprint())
    plan.notice.targets.update(wording="In other words.")
    found.append(fingerprint())
    plan.notice.targets.get().indicators.get().milestones.update(threshold=12)
    found.append(fingerprint())
    assert len(set(found)) == 7


def test_the_fingerprint_of_a_plan_without_a_notice_changes_with_the_targets_that_are_answered(plan):
    target = plan.notice.targets.get()
    first(plan).targets.add(target)
    month = published(plan, rating="green")
    found = [rating_evidence.fingerprint(month, now=NOW)]
    factories.result(target.indicators.get(), "78.5")
    found.append(rating_evidence.fingerprint(month, now=NOW))
    target.indicators.get().milestones.update(threshold=12)
    found.append(rating_evidence.fingerprint(month, now=NOW))
    assert (len(set(found)), rating_evidence.fingerprint(month, now=NOW)) == (3, found[-1])


def test_a_view_that_is_restricted_is_told_to_nobody(plan):
    published(plan, rating="green")
    view = concluded(plan, at=later(days=10))
    type(view).objects.filter(pk=view.pk).update(restricted_because="names a child")
    following = factories.month(plan, 6, at=later(days=20))
    factories.signed_off(
        following.updates.get(reference="R01"), rating="green", progress="Nobody came.", at=later(days=20)
    )
    assert sentences(factories.published(following, at=later(days=30))) == NOTHING


def test_the_draft_of_a_published_month_is_judged_by_nobody(plan):
    month = factories.month(plan)
    row = month.updates.get(reference="R01")
    row = reporting.save_draft(update=row, version=0, rating="red", by=user(), at=AT)
    assert sentences(month) == NOTHING
    evidence.add(update=row, kind="quantitative", title="Rates", url="https://example.org/", by=user(), at=AT)
    reporting.save_draft(update=row, version=row.version, unchanged_reason="Nothing is new.", by=user(), at=AT)
    assert sentences(month) == ["The text repeats an earlier update.", "Figures are given as evidence."]
    assert sentences(factories.published(month)) == []


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_three_queries_for_any_number_of_rows(plan, number):
    for recommendation in plan.recommendations.all():
        recommendation.targets.add(plan.notice.targets.get())
    month = factories.month(plan)
    rows = list(month.updates.all()[:number])
    with CaptureQueriesContext(connection) as alone:
        found = judged(month, rows)
    with CaptureQueriesContext(connection) as whole:
        assert judged(month, rows, notice=plan.notice) == found
    assert (len(alone), len(whole)) == (3, 3)


# Where it is shown.


def test_a_recommendation_shows_the_facts_beside_the_reason_of_its_officer(plan, client):
    first(plan).targets.add(plan.notice.targets.get())
    factories.result(plan.notice.targets.get().indicators.get(), "78.5")
    path = f"/plans/thornbury/recommendations/{first(plan).reference}/"
    assert "Rating and evidence" not in text(read(client, path, "Mo Member"))
    published(plan, rating="green", override_reasons={"green-with-target-missed": "It was met in April."})
    assert (
        "Rating and evidence, May 2011 Green Rated better than the evidence Points towards Red "
        "Target N01 is missed, 1.5 percentage points short of it. No figures are given as evidence. "
        "The officer’s reason It was met in April. Updates month by month"
    ) in text(read(client, path, "Mo Member"))


def test_the_check_of_an_update_says_what_readers_will_see_beside_the_rating(plan, client):
    month = factories.month(plan)
    row = month.updates.get(reference="R01")
    path = f"/plans/thornbury/2011-05/{row.reference}/check/"
    assert "Your rating and the evidence" not in text(read(client, path, "Ada Officer"))
    reporting.save_draft(update=row, version=0, rating="green", by=user(), at=AT)
    assert (
        "Your rating and the evidence: in line with the evidence Readers will see these facts beside your rating. "
        "They change nothing. Points towards Red No figures are given as evidence."
    ) in text(read(client, path, "Ada Officer"))


# Leeds.


def test_targets_with_milestones_have_the_verdicts_of_the_page_of_the_notice(leeds):
    for day in (date(2010, 11, 22), date(2011, 12, 9)):
        whole = {row.target: row for row in progress.of_notice(leeds.notice, as_of=day) if row.steps}
        found = {row.target: row for row in progress.with_milestones(notice=leeds.notice, as_of=day)}
        assert list(found) == list(whole)
        assert [row.verdict_words for row in found.values()] == [row.verdict_words for row in whole.values()]
        assert [row.deciding_step for row in found.values()] == [row.deciding_step for row in whole.values()]


def test_nine_green_recommendations_of_november_2011_are_past_their_date(leeds):
    month = ReportingMonth.objects.get(plan=leeds, month=date(2011, 11, 1))
    rows = list(MonthlyUpdate.objects.filter(month=month, rating=Rating.GREEN).select_related("month"))
    found = judged(month, rows, now=AT)
    kinder = {row.reference: found[row.pk].facts for row in rows if found[row.pk].match is Match.BETTER}
    past = {name for name, facts in kinder.items() if any("has passed" in fact.sentence for fact in facts)}
    assert past == {"R01", "R02", "R04", "R11", "R13", "R15", "R20", "R25", "R26"}
    assert {*kinder} - past == {"R40"}
