"""What is told of one recommendation, and in how many queries."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from accounts.audit import trail
from accounts.models import Event
from plans import reporting, revisions
from plans.models import Action, MonthlyUpdate, Recommendation, ReportingMonth
from plans.recommendations import story
from plans.reporting import evidence
from tests import factories

NOON = datetime(2011, 7, 1, 12, tzinfo=ZoneInfo("Europe/London"))
ON = NOON.date()


@pytest.fixture
def plan(told_plan, db):
    return told_plan


def built(plan, reference="R01", at=NOON, may_see=lambda update: False, **asked):
    recommendation = Recommendation.objects.select_related("plan").get(plan=plan, reference=reference)
    return story.with_papers(story.build(recommendation, at=at, may_see=may_see, **asked))


def test_the_strip_holds_every_published_month_oldest_first(plan):
    strip = [(entry.month.address, entry.rating_label) for entry in built(plan).strip]
    assert strip == [("2011-03", "Amber"), ("2011-04", "Amber"), ("2011-05", "Green")]
    assert [entry.rating_label for entry in built(plan, "R06").strip] == ["Amber", "Amber", ""]


def test_the_open_month_is_told_only_to_those_who_may_see_it(plan):
    assert built(plan).open_update is None
    seen = built(plan, may_see=lambda update: update.reference == "R01").open_update
    assert (seen.reference, seen.month.address) == ("R01", "2011-06")


def test_an_entry_tells_rating_movement_and_answers(plan):
    entry = built(plan).entries[0]
    assert (entry.rating_label, entry.direction_label) == ("Green", "Improving")
    assert entry.movement == "better: Amber in April 2011"
    assert [(answer.field, answer.words) for answer in entry.told][:2] == [
        ("progress", "The audit is finished."),
        ("impact", "Families are seen sooner."),
    ]
    assert built(plan).entries[1].movement == ""


@pytest.mark.parametrize("reference", ["R04", "R05", "R06"])
def test_an_entry_that_was_not_received_tells_nothing(plan, reference):
    entry = built(plan, reference).entries[0]
    assert (entry.told, list(entry.evidence), list(entry.comments), entry.movement) == ([], [], [], "")
    assert (entry.update.progress, entry.update.rating, entry.update.submitted_name) == ("", "", "")


def test_what_came_after_publication_is_told_beside_the_row(plan):
    row = plan.months.get(month=date(2011, 5, 1)).updates.get(reference="R06")
    at = factories.later(days=45)
    reporting.correct(update=row, reason="It came late.", by=factories.user("Olga Office"), at=at, progress="Late.")
    (answer,) = built(plan, "R06").entries[0].told
    assert (answer.field, answer.words) == ("progress", "")
    assert [corrected.words for corrected in answer.corrected] == ["Late."]


def test_a_corrected_rating_stands_beside_the_one_it_corrects(plan):
    assert built(plan).entries[0].corrected_rating is None
    reporting.correct(
        update=plan.months.get(month=date(2011, 5, 1)).updates.get(reference="R01"),
        reason="The audit was miscounted.",
        by=factories.user("Olga Office"),
        at=factories.later(days=45),
        agreed_by=factories.user("Liam Lead"),
        agreed_on=date(2011, 6, 10),
        agreed_how="by e-mail",
        rating="red",
    )
    entry = built(plan).entries[0]
    assert (entry.rating_label, entry.corrected_rating.words) == ("Green", "Red")
    assert next(answer.field for answer in entry.told) == "rating"


def test_it_tells_what_it_answers_where_it_stands_and_what_it_follows(plan):
    one, two, nine = (plan.recommendations.get(reference=reference) for reference in ("R01", "R02", "R09"))
    notice = factories.NoticeFactory(title="The Notice", issuer="The Secretary of State")
    for reference in ("N10", "N02"):
        one.targets.add(factories.TargetFactory(notice=notice, reference=reference, wording=f"Wording {reference}"))
    inspection = factories.inspection("i", title="An inspection")
    one.findings.add(factories.FindingFactory(inspection=inspection, group="S", wording="Act.", source="[003] 3.4"))
    one.predecessors.add(two)
    nine.predecessors.add(one)
    related = built(plan).related
    assert [item.reference for item in related["targets"]] == ["N10", "N02"]
    assert related["findings"] == [story.Related("S01", "Act.", "[003] 3.4", "An inspection", "i")]
    assert related["areas"] == [story.Related("A", "Area A", "", "Head of Safeguarding", "")]
    assert [item.reference for item in related["predecessors"]] == ["R02"]
    assert [item.reference for item in related["successors"]] == ["R09"]


def test_what_follows_in_a_plan_that_is_not_seen_is_told_by_reference_and_plan_alone(plan):
    one = plan.recommendations.get(reference="R01")
    other = factories.plan(1, slug="second").recommendations.get()
    one.successors.add(other)
    found = [
        story.build(one, at=NOON, may_see=lambda update: False, sees=sees).related["successors"]
        for sees in ((), {other.plan_id})
    ]
    here = (other.plan.title, "second", str(other.plan_id))
    assert found == [[story.Related("R01", text, *here)] for text in ("", other.title)]


def test_steps_are_overdue_until_they_are_done(plan):
    one = plan.recommendations.get(reference="R01")
    yesterday = ON - timedelta(days=1)
    for title, due_on, done_on in (("Late", yesterday, None), ("Today", ON, None), ("Done", yesterday, ON)):
        Action.objects.create(recommendation=one, title=title, due_on=due_on, done_on=done_on)
    steps = {step.title: step.is_overdue for step in built(plan).steps}
    assert steps == {"Late": True, "Today": False, "Done": False}


def test_slips_are_told_in_order_and_overdue_as_of_the_day(plan):
    nine = plan.recommendations.get(reference="R09")
    assert built(plan, "R09").is_overdue
    assert not built(plan, "R09", at=NOON.replace(month=4, day=30)).is_overdue
    for month, reason in ((8, "First."), (9, "Second.")):
        by, at = factories.user("Liam Lead"), factories.later(days=month)
        revisions.change_due_date(recommendation=nine, due_on=date(2011, month, 1), reason=reason, by=by, at=at)
    told_now = built(plan, "R09")
    assert [change.reason for change in told_now.due_date_changes] == ["First.", "Second."]
    assert not told_now.is_overdue


def test_the_latest_six_months_stand_open_and_the_earlier_ones_by_year():
    entries = [story.Entry(_update(year, month), []) for year, month in _months_back(20)]
    told_long = story.Story(None, {}, [], [], entries, None, False, [])
    assert [entry.month.address for entry in told_long.latest][-1] == "2011-06"
    assert [(year, len(found)) for year, found in told_long.earlier] == [(2011, 5), (2010, 9)]


def _months_back(count):
    return [divmod(2011 * 12 + 10 - back, 12) for back in range(count)]


def _update(year, month):
    return MonthlyUpdate(month=ReportingMonth(month=date(year, month + 1, 1)))


@pytest.mark.parametrize("number", [1, 3])
def test_questions_of_the_board_take_one_query_more(plan, django_assert_num_queries, number):
    for place in range(number):
        factories.challenge(plan, f"Question {place}?")
    recommendation = Recommendation.objects.select_related("plan", "outcome__theme").get(plan=plan, reference="R01")
    with django_assert_num_queries(6):
        found = story.build(recommendation, at=NOON, may_see=lambda update: False)
    assert [row.question for row in found.questions] == [f"Question {place}?" for place in range(number)]
    assert built(plan, "R02").questions == []


@pytest.mark.parametrize("months", [3, 12])
def test_a_story_takes_eight_queries_however_many_its_months(db, django_assert_num_queries, months):
    plan = factories.plan(1, slug="long")
    for number in range(1, months + 1):
        month = factories.month(plan, number)
        row = month.updates.get()
        evidence.add(
            update=row, kind="qualitative", title="T", url="https://a.example", by=row.lead_post.holder, at=factories.AT
        )
        factories.submitted(row, progress=f"Month {number}.")
        factories.published(month)
    recommendation = Recommendation.objects.select_related("plan", "outcome__theme").get(plan=plan)
    with django_assert_num_queries(8):
        found = story.with_papers(story.build(recommendation, at=NOON, may_see=lambda update: False))
        assert sum(len(entry.evidence) for entry in found.entries) == months


# Who did what, when


def told_lines(plan, reference, **given):
    return [(line.words, line.event.by.name) for line in built(plan, reference, **given).trail.lines]


def test_a_story_tells_who_did_what_latest_first_and_a_draft_saved_often_once(plan):
    row = plan.months.get(month=date(2011, 6, 1)).updates.get(reference="R03")
    for number in range(3):
        reporting.save_draft(
            update=row, version=number, by=factories.user(), at=factories.later(days=50), progress=f"Draft {number}."
        )
    lines = told_lines(plan, "R03", may_see=lambda update: True)
    assert lines[0] == ("Update saved, 3 times", "Ada Officer")
    assert lines[1:3] == [("Update signed off", "Liam Lead"), ("Update submitted", "Ada Officer")]
    # Of an open month whoever may not see its update is told nothing.
    assert told_lines(plan, "R03")[0] == ("Update signed off", "Liam Lead")


@pytest.mark.parametrize("reference", ["R01", "R05"])
def test_a_story_keeps_a_proposed_rating_to_those_whom_it_concerns(plan, reference):
    row = plan.months.get(month=date(2011, 5, 1)).updates.get(reference=reference)
    before, at = told_lines(plan, reference), factories.later(days=45)
    for decide in (
        lambda one: reporting.decline_rating(proposal=one, reason="No.", by=factories.user("Liam Lead"), at=at),
        lambda one: reporting.withdraw_rating(proposal=one, by=factories.user("Olga Office"), at=at),
    ):
        reporting.correct(update=row, reason="A slip.", by=factories.user("Olga Office"), at=at, rating="red")
        decide(reporting.waiting(row).get())
    assert told_lines(plan, reference) == before
    reporting.correct(update=row, reason="A slip.", by=factories.user("Olga Office"), at=at, rating="red")
    reporting.agree_rating(proposal=reporting.waiting(row).get(), by=factories.user("Liam Lead"), at=at)
    assert told_lines(plan, reference) == [("Update rating agreed", "Liam Lead"), *before]


def test_a_story_tells_of_what_was_not_received_only_what_came_afterwards(plan):
    """R05 was submitted in May and returned, with a comment that nobody but its officer reads."""
    assert [line.event.on_text[-8:] for line in built(plan, "R05").trail.lines if "May" in line.event.on_text] == []
    row = plan.months.get(month=date(2011, 5, 1)).updates.get(reference="R05")
    reporting.correct(
        update=row, reason="Late.", by=factories.user("Olga Office"), at=factories.later(days=45), progress="Late."
    )
    assert told_lines(plan, "R05")[0] == ("Update corrected", "Olga Office")


def test_a_story_tells_what_was_done_to_the_recommendation_itself(plan):
    recommendation = Recommendation.objects.get(plan=plan, reference="R02")
    office, at = factories.user("Olga Office"), factories.later(days=60)
    revisions.close(recommendation=recommendation, closure="completed", reason="Done.", by=office, at=at)
    assert told_lines(plan, "R02")[0] == ("Recommendation closed", "Olga Office")


def test_a_story_tells_the_latest_changes_and_all_of_them_where_they_are_asked_for(plan):
    recommendation = Recommendation.objects.get(plan=plan, reference="R02")
    before = built(plan, "R02").trail
    assert (before.is_cut, before.is_whole) == (False, False)
    happened = [
        Event(
            by=factories.user("Olga Office" if number % 2 else "Olaf Other"),
            at=factories.later(days=60 + number),
            what="recommendation.due_date_changed",
            on_type="plans.recommendation",
            on_id=recommendation.pk,
            on_text=f"{number}",
        )
        for number in range(60)
    ]
    Event.objects.bulk_create(happened)
    told = built(plan, "R02").trail
    assert [line.event.on_text for line in told.lines] == [f"{number}" for number in range(59, 9, -1)]
    assert (told.is_cut, told.is_whole) == (True, False)
    whole = built(plan, "R02", is_whole=True).trail
    assert (len(whole.lines), whole.is_cut, whole.is_whole) == (60 + len(before.lines), False, True)


def test_a_story_reads_few_of_the_saves_of_a_draft_and_still_tells_what_was_reopened(plan):
    recommendation = Recommendation.objects.get(plan=plan, reference="R03")
    office, row = factories.user("Olga Office"), plan.months.get(month=date(2011, 6, 1)).updates.get(reference="R03")
    closing = {"recommendation": recommendation, "reason": "Done.", "by": office, "at": factories.later(days=60)}
    revisions.close(closure="completed", **closing)
    revisions.reopen(**closing)
    saved = {"by": office, "what": "update.saved", "on_type": "plans.monthlyupdate", "on_id": row.pk}
    Event.objects.bulk_create([Event(at=factories.later(days=70), on_text="", **saved) for _ in range(trail.MOST)])
    found = built(plan, "R03", may_see=lambda update: True)
    assert [line.words for line in found.trail.lines] == [f"Update saved, {trail.MOST} times"]
    assert found.trail.is_cut
    assert [once.reason for once in found.reopenings] == ["Done."]
    whole = built(plan, "R03", may_see=lambda update: True, is_whole=True).trail.lines
    assert [line.words for line in whole][1:3] == ["Recommendation reopened", "Recommendation closed"]
