from datetime import date

import pytest

from accounts import posts
from plans import reporting
from plans.models import MonthlyUpdate, Recommendation
from plans.officer import duties
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db
MAY = date(2011, 5, 2)


@pytest.fixture
def plan():
    return factories.plan(4)


@pytest.fixture
def month(plan):
    return factories.month(plan)


def row(month, reference="R01"):
    return MonthlyUpdate.objects.select_related("month", "recommendation").get(month=month, reference=reference)


def drafted(update, by="Ada Officer", **answers):
    return reporting.save_draft(
        update=update, version=update.version, by=user(by), at=AT, **{"progress": "Begun."} | answers
    )


def sent_back(update):
    return reporting.return_for_changes(
        update=update, version=update.version, comment="Why?", by=user("Liam Lead"), at=AT
    )


def elsewhere(month, references):
    """Let another post lead these recommendations from now on; return it, and who holds it."""
    post = factories.post("Head of Schools", user("Sam Schools"))
    Recommendation.objects.filter(plan=month.plan_id, reference__in=references).update(lead_post=post)
    return post


def second_plan():
    made = factories.plan(slug="west")
    made.title = "Westbury Improvement Plan"
    made.save()
    return made


def references(items):
    return [getattr(item, "update", item).reference for item in items]


def of(name="Ada Officer", on=MAY):
    return duties.page_of(user(name), on=on)[0]


def test_what_is_owed_and_handed_in_stands_apart_with_what_was_returned_first(month):
    factories.submitted(row(month, "R01"))
    drafted(row(month, "R02"), **factories.ANSWERS)
    sent_back(factories.submitted(row(month, "R04")))
    (found,) = of()
    assert (references(found.owed), references(found.handed_in)) == (["R04", "R03", "R02"], ["R01"])
    assert (found.number_owed, found.ready, found.returned) == (3, 1, 1)


def test_what_was_returned_and_has_been_changed_is_ready_and_asks_for_no_more(month):
    back = sent_back(factories.submitted(row(month)))
    drafted(back, progress="14 people were trained.")
    (found,) = of()
    assert (found.ready, found.returned) == (1, 0)


def test_ready_is_what_was_begun_and_lacks_nothing(month):
    drafted(row(month, "R01"), **factories.ANSWERS)
    drafted(row(month, "R02"))
    drafted(row(month, "R03"), **factories.ANSWERS)
    factories.submitted(row(month, "R03"))
    assert references(duties.ready(user(), on=MAY)[0]) == ["R01"]
    assert duties.ready(user("Cass Chair"), on=MAY)[0] == []


def test_ready_comes_in_pages_and_what_was_posted_wherever_it_stands(month, monkeypatch):
    monkeypatch.setattr(duties, "CHECKED_PER_PAGE", 2)
    rows = [drafted(row(month, f"R0{number}"), **factories.ANSWERS) for number in (1, 2, 3)]
    shown = [duties.ready(user(), on=MAY, number=number) for number in (1, 2)]
    assert [references(found) for found, _ in shown] == [["R01", "R02"], ["R03"]]
    assert [page.paginator.num_pages for _, page in shown] == [2, 2]
    posted = {rows[0].pk, rows[2].pk}
    assert references(duties.ready(user(), on=MAY, number=2, posted=posted)[0]) == ["R01", "R03"]
    factories.submitted(rows[2])
    assert references(duties.ready(user(), on=MAY, posted={rows[2].pk})[0]) == ["R01", "R02"]


def joined(month, number):
    """Give the plan a recommendation, and the open month a row for it after all others."""
    factories.recommendation(month.plan, number)
    reporting.refresh_scope(month=month, by=user("Olga Office"), at=AT)


def test_what_is_at_the_same_stage_stands_in_the_order_of_the_plan(month):
    joined(month, 0)
    assert references(of()[0].owed) == ["R00", "R01", "R02", "R03", "R04"]
    for reference in ("R03", "R01", "R00"):
        factories.submitted(row(month, reference))
    (found,) = of()
    assert (references(found.owed), references(found.handed_in)) == (["R02", "R04"], ["R00", "R01", "R03"])


@pytest.mark.parametrize(("day", "is_overdue"), [(20, False), (21, True)])
def test_a_month_is_overdue_from_the_day_after_its_updates_were_due(month, day, is_overdue):
    (found,) = of(on=date(2011, 5, day))
    assert (found.is_overdue, found.owed[0].is_late) == (is_overdue, is_overdue)


def test_months_stand_in_the_order_in_which_they_are_due(plan):
    july = factories.month(plan, 7)
    may = factories.month(second_plan(), 5)
    assert [found.month for found in of()] == [may, july]
    assert [references(found.owed) for found in of()] == [["R01"], ["R01", "R02", "R03", "R04"]]


def test_a_published_month_owes_nothing_and_neither_does_who_leads_nothing(month):
    factories.area(month.plan)
    assert of("Liam Lead") == of("Cass Chair") == []
    reporting.refresh_scope(month=month, by=user("Olga Office"), at=AT)
    factories.published(month)
    assert of() == []


def test_an_update_is_owed_by_the_post_that_leads_today_and_by_the_one_that_led_at_its_opening(month):
    elsewhere(month, ["R02"])
    assert references(of("Sam Schools")[0].owed) == ["R02"]
    assert references(of()[0].owed) == ["R01", "R02", "R03", "R04"]


def test_a_deputy_acts_for_the_post_and_its_holder_for_nobody(month):
    told = {name: {duty.acting_for for duty in of(name)[0].owed} for name in ("Ada Officer", "Dev Deputy")}
    assert told == {"Ada Officer": {""}, "Dev Deputy": {"Head of Safeguarding (Ada Officer)"}}


def test_an_area_of_focus_is_owed_until_something_is_written_on_it(plan):
    for letter in ("A", "B"):
        factories.area(plan, letter)
    factories.area(second_plan(), "C")
    other = factories.area(plan, "D")
    other.leading_post = factories.post("Head of Schools", user("Sam Schools"))
    other.save()
    month = factories.month(plan)
    area = month.area_updates.get(letter="B")
    reporting.write_area_update(area_update=area, version=0, text="On course.", by=user(), at=AT)
    (found,) = of()
    assert [area.letter for area in found.areas_owed] == ["A"]
    assert [area.letter for area in found.areas_written] == ["B"]
    (found,) = of("Sam Schools")
    assert ([area.letter for area in found.area_updates], found.owed) == (["D"], [])


def test_areas_of_focus_stand_with_their_own_month(plan):
    factories.area(plan, "A")
    second = second_plan()
    factories.area(second, "B")
    for owner, number in ((plan, 5), (second, 6)):
        factories.month(owner, number)
    assert [[area.letter for area in found.area_updates] for found in of()] == [["A"], ["B"]]


def test_the_next_one_owed_is_the_first_of_its_own_month(plan):
    other = factories.month(second_plan(), 5)
    month = factories.month(plan)
    factories.submitted(row(month, "R01"))
    drafted(row(month, "R02"))
    assert duties.next_owed(user(), month, on=MAY).reference == "R03"
    assert duties.next_owed(user(), other, on=MAY).month == other
    assert duties.next_owed(user("Liam Lead"), month, on=MAY) is None
    for reference in ("R02", "R03", "R04"):
        factories.submitted(row(month, reference))
    assert duties.next_owed(user(), month, on=MAY) is None


def test_a_page_of_duties_counts_what_is_on_the_others(plan, monkeypatch):
    monkeypatch.setattr(duties, "PER_PAGE", 2)
    factories.signed_off(row(factories.month(plan, 4), "R01"))
    factories.published(plan.months.get())
    factories.area(plan)
    month = factories.month(plan)
    sent_back(factories.submitted(row(month, "R02")))
    drafted(row(month, "R03"), **factories.ANSWERS)
    factories.submitted(row(month, "R04"))
    pages = [duties.page_of(user(), on=MAY, number=number) for number in (1, "2", "x")]
    assert [page.number for _, page in pages] == [1, 2, 1]
    shown = [[references(found.owed + found.handed_in) for found in months] for months, _ in pages]
    assert shown == [[["R02", "R01"]], [["R03", "R04"]], [["R02", "R01"]]]
    numbers = {
        (found.number_owed, found.ready, found.returned, found.unchanged) for months, _ in pages for found in months
    }
    assert numbers == {(3, 1, 1, 1)}
    assert [len(months[0].area_updates) for months, _ in pages] == [1, 0, 1]


def test_a_place_is_counted_among_those_that_the_person_leads_in_the_month(plan):
    factories.month(second_plan(), 5)
    month = factories.month(plan)
    factories.submitted(row(month, "R01"))
    drafted(row(month, "R02"))
    assert duties.place_of(user(), row(month, "R03"), on=MAY) == duties.Place(number=2, total=4, left=["R04", "R02"])
    assert duties.place_of(user("Liam Lead"), row(month, "R03"), on=MAY) is None


def drafts(name="Ada Officer", on=MAY):
    return [f"{row.month.plan.slug} {row.month.label} {row.reference}" for row in duties.drafts(user(name), on=on)]


def test_drafts_left_are_those_of_who_wrote_them_and_of_who_leads_the_recommendation(month):
    drafted(row(month, "R02"))
    drafted(row(month, "R01"), by="Olga Office")
    elsewhere(month, ["R02"])
    assert drafts() == []
    factories.published(month)
    told = {name: drafts(name) for name in ("Ada Officer", "Dev Deputy", "Sam Schools", "Olga Office", "Liam Lead")}
    both = ["thornbury May 2011 R01", "thornbury May 2011 R02"]
    assert told == {
        "Ada Officer": both,
        "Dev Deputy": both,
        "Sam Schools": both[1:],
        "Olga Office": both[:1],
        "Liam Lead": [],
    }


def test_drafts_left_hold_neither_what_was_handed_in_nor_what_was_not_begun(month):
    drafted(row(month, "R01"))
    factories.submitted(row(month, "R02"))
    sent_back(factories.submitted(row(month, "R03")))
    factories.published(month)
    assert drafts() == ["thornbury May 2011 R01", "thornbury May 2011 R03"]


@pytest.mark.parametrize("changed", [{"progress": "Three teams."}, {"rating": "green"}])
def test_a_draft_left_is_settled_once_something_was_recorded_or_proposed_for_it(month, changed):
    drafted(row(month))
    factories.published(month)
    assert drafts() == ["thornbury May 2011 R01"]
    reporting.correct(update=row(month), reason="It came late.", by=user("Olga Office"), at=later(days=30), **changed)
    assert drafts() == []


def test_only_the_last_published_month_of_each_plan_leaves_drafts(plan):
    second = second_plan()
    for owner, number in ((plan, 5), (second, 4), (plan, 6)):
        month = factories.month(owner, number)
        drafted(row(month))
        factories.published(month)
    factories.month(second, 7)  # open, so April's draft is still the last
    assert drafts() == ["thornbury June 2011 R01", "west April 2011 R01"]


def test_drafts_left_stand_in_the_order_of_their_plans_and_in_each_in_its_own(month):
    joined(month, 0)
    for reference in ("R04", "R00"):
        drafted(row(month, reference))
    factories.published(month)
    second = factories.month(second_plan())
    drafted(row(second))
    factories.published(second)
    assert drafts() == ["thornbury May 2011 R00", "thornbury May 2011 R04", "west May 2011 R01"]


def test_drafts_left_in_two_plans_of_one_title_are_not_mixed():
    for slug in ("west", "east"):
        month = factories.month(factories.plan(2, slug=slug))
        for update in month.updates.all():
            drafted(update)
        factories.published(month)
    assert drafts() == [f"{slug} May 2011 {reference}" for slug in ("west", "east") for reference in ("R01", "R02")]


def test_who_sees_the_plan_no_longer_is_told_of_no_draft_that_they_left(month):
    drafted(row(month), by="Olga Office")
    factories.published(month)
    assert drafts("Olga Office") == ["thornbury May 2011 R01"]
    month.plan.programme_office.clear()
    assert drafts("Olga Office") == []


def test_questions_are_those_that_ones_posts_have_not_answered_the_oldest_first(plan):
    plan.notice = factories.notice()
    plan.save()
    target = plan.notice.targets.get()
    target.owner_post = plan.recommendations.first().lead_post
    target.save()
    first = factories.challenge(plan, "First?", at=later(hours=2))
    factories.challenge(plan, "Second?", at=later(hours=1), target=target)
    factories.answered(factories.challenge(plan, "Answered?"))
    plan.recommendations.filter(reference="R02").update(lead_post=factories.post("Head of Schools"))
    factories.challenge(plan, "Of another post?", recommendation=plan.recommendations.get(reference="R02"))
    told = [
        (item.asked_at, item.board, item.number, item.question, item.asked_name, item.post, item.about, item.title)
        for item in duties.questions(user(), on=MAY)
    ]
    post = "Head of Safeguarding"
    assert told == [
        (later(hours=1), "thornbury", 2, "Second?", "Mo Member", post, "N01", ""),
        (later(hours=2), "thornbury", 1, "First?", "Mo Member", post, "R01", "Recommendation 1"),
    ]
    assert duties.questions(user("Cass Chair"), on=MAY) == []
    factories.answered(first)
    assert [item.question for item in duties.questions(user(), on=MAY)] == ["Second?"]


def test_a_question_goes_with_its_post_to_who_holds_it_now(plan):
    factories.challenge(plan, "First?")
    post = plan.recommendations.first().lead_post
    posts.hand_over(post=post, holder=user("Nora New"), deputy=None, on=MAY, by=user("Olga Office"), at=later(days=1))
    told = {name: len(duties.questions(user(name), on=MAY)) for name in ("Ada Officer", "Nora New")}
    assert told == {"Ada Officer": 0, "Nora New": 1}
