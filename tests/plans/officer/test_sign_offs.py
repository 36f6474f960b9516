from datetime import date

import pytest

from plans import reporting
from plans.models import MonthlyUpdate, Outcome, RatingDefinition
from plans.officer import sign_offs
from tests import factories
from tests.factories import AT, later, user

pytestmark = pytest.mark.django_db
MAY = date(2011, 5, 2)


@pytest.fixture
def month():
    return factories.month(factories.plan(5))


def update(month, reference):
    return MonthlyUpdate.objects.select_related("month").get(month=month, reference=reference)


def queue(name="Liam Lead", on=MAY):
    (found,), _ = sign_offs.page_of(user(name), on=on)
    return found


def queues(name="Liam Lead"):
    return sign_offs.page_of(user(name), on=MAY)[0]


def references(items):
    return [item.update.reference for item in items]


def test_a_queue_tells_apart_what_waits_what_is_to_come_and_what_is_settled(month):
    factories.submitted(update(month, "R01"))
    factories.submitted(
        update(month, "R02"), proposed_due_on=date(2012, 3, 31), proposed_due_reason="The school opens late."
    )
    factories.submitted(update(month, "R03"), by=user("Liam Lead"))
    factories.signed_off(update(month, "R04"))
    found = queue()
    assert (references(found.together), references(found.to_read), references(found.own)) == (["R01"], ["R02"], ["R03"])
    assert ([row.reference for row in found.to_come], [row.reference for row in found.settled]) == (["R05"], ["R04"])
    assert found.number == 2


def test_a_queue_counts_what_was_returned_as_still_to_come(month):
    row = factories.submitted(update(month, "R01"))
    reporting.return_for_changes(update=row, version=row.version, comment="Why?", by=user("Liam Lead"), at=AT)
    assert "R01" in [row.reference for row in queue().to_come]


def test_a_queue_of_a_deputy_says_whom_they_act_for(month):
    assert queue("Liam Lead").acting_for == []
    assert queue("Dina Deputy").acting_for == ["Director of Children (Liam Lead)"]


def test_a_queue_is_overdue_from_the_day_after_sign_off_was_due(month):
    assert queue(on=date(2011, 5, 24)).is_overdue is False
    assert queue(on=date(2011, 5, 25)).is_overdue is True


def test_nobody_else_has_a_queue_and_a_published_month_has_none(month):
    assert queues("Ada Officer") == []
    factories.published(month)
    assert queues() == []


def test_who_can_sign_off_what_one_entered_are_the_others_in_the_post(month):
    factories.submitted(update(month, "R01"), by=user("Liam Lead"))
    (item,) = queue().own
    assert item.others == ["Dina Deputy"]


def test_the_month_of_a_movement_is_named_where_it_is_not_the_month_before():
    plan = factories.plan(1)
    for number in (5, 6, 8):
        month = factories.month(plan, number, at=later(days=31 * (number - 5)))
        row = factories.submitted(update(month, "R01"), progress=f"{number} teams were trained.")
        assert sign_offs.waiting(row, user("Liam Lead")).since == ("June 2011" if number == 8 else "")
        factories.published(month)


@pytest.mark.parametrize(
    ("answers", "is_plain"),
    [
        ({}, True),
        ({"rating": "green"}, True),
        ({"rating": "red"}, False),
        ({"proposed_due_on": date(2012, 3, 31), "proposed_due_reason": "Late."}, False),
        ({"progress": "The same."} | {"override_reasons": {"same-text": "Nothing happened."}}, False),
    ],
)
def test_what_is_worse_contradicts_itself_or_asks_for_a_date_is_read_by_itself(answers, is_plain):
    plan = factories.plan(1)
    first = factories.month(plan)
    factories.signed_off(update(first, "R01"), progress="The same.")
    factories.published(first)
    row = update(factories.month(plan, 6, at=later(days=31)), "R01")
    row = factories.submitted(row, **{"progress": "Three teams."} | answers)
    assert sign_offs.is_plain(row) is is_plain


def test_the_next_one_follows_in_order_and_begins_again_at_the_first(month):
    rows = {reference: factories.submitted(update(month, reference)) for reference in ("R01", "R03", "R04")}
    factories.submitted(update(month, "R02"), by=user("Liam Lead"))
    after = {reference: sign_offs.next_one(user("Liam Lead"), after=row, on=MAY) for reference, row in rows.items()}
    assert after == {"R01": rows["R03"], "R03": rows["R04"], "R04": rows["R01"]}


def test_there_is_no_next_one_after_the_last_that_waits(month):
    assert sign_offs.next_one(user("Liam Lead"), after=factories.submitted(update(month, "R01")), on=MAY) is None


def test_has_any_is_true_between_the_months_for_who_is_accountable():
    factories.plan(1)
    people = ("Liam Lead", "Dina Deputy", "Ada Officer", "Olga Office", "Cass Chair")
    assert [sign_offs.has_any(user(name), on=MAY) for name in people] == [True, True, False, False, False]


def test_has_any_is_true_for_who_was_accountable_when_an_open_month_was_opened(month):
    Outcome.objects.update(accountable_post=factories.post("Chair of the Partnership", user("Chris Chair")))
    assert [sign_offs.has_any(user(name), on=MAY) for name in ("Liam Lead", "Chris Chair")] == [True, True]
    factories.published(month)
    assert [sign_offs.has_any(user(name), on=MAY) for name in ("Liam Lead", "Chris Chair")] == [False, True]


def test_the_queues_stand_in_the_order_of_their_months_and_each_in_that_of_its_plan():
    july = factories.month(factories.plan(2), 7)
    factories.recommendation(july.plan, 0)
    reporting.refresh_scope(month=july, by=user("Olga Office"), at=AT)
    may = factories.month(factories.plan(slug="west"), 5)
    for month, reference in ((july, "R01"), (july, "R00"), (may, "R01")):
        factories.submitted(update(month, reference))
    told = [(found.month, references(found.together)) for found in queues()]
    assert told == [(may, ["R01"]), (july, ["R00", "R01"])]


def test_two_plans_of_one_title_that_report_in_the_same_month_have_a_queue_each():
    first, second = (factories.month(factories.plan(2, slug=slug)) for slug in ("thornbury", "west"))
    told = [(found.month, [row.reference for row in found.to_come]) for found in queues()]
    assert told == [(first, ["R01", "R02"]), (second, ["R01", "R02"])]


def test_what_is_carried_on_as_complete_is_settled():
    plan = factories.plan()
    RatingDefinition.objects.create(plan=plan, rating="complete", wording="Done and proved.")
    first = factories.month(plan)
    reasons = {"complete-without-evidence": "It is in the minutes."}
    factories.signed_off(update(first, "R01"), rating="complete", override_reasons=reasons)
    factories.published(first)
    factories.month(plan, 6, at=later(days=31))
    found = queue()
    assert ([row.status for row in found.settled], found.to_come, found.number) == (["carried"], [], 0)


def test_the_next_one_is_of_no_month_that_was_published():
    plan = factories.plan(2)
    may = factories.month(plan)
    factories.submitted(update(may, "R02"))
    factories.published(may)
    june = factories.month(plan, 6, at=later(days=31))
    rows = [factories.submitted(update(june, reference), progress="Three.") for reference in ("R01", "R02")]
    assert sign_offs.next_one(user("Liam Lead"), after=rows[0], on=MAY) == rows[1]
    assert sign_offs.next_one(user("Liam Lead"), after=rows[1], on=MAY) == rows[0]


def test_the_next_one_goes_on_from_month_to_month_by_their_dates():
    july = factories.month(factories.plan(2), 7)
    may = factories.month(factories.plan(slug="west"), 5)
    rows = [factories.submitted(update(month, ref)) for month, ref in ((july, "R01"), (july, "R02"), (may, "R01"))]
    after = [sign_offs.next_one(user("Liam Lead"), after=row, on=MAY) for row in rows]
    assert after == [rows[1], rows[2], rows[0]]


def test_the_next_one_waits_for_its_own_lead_and_has_been_submitted(month):
    first = factories.submitted(update(month, "R01"))
    factories.signed_off(update(month, "R02"))
    factories.submitted(update(month, "R03"))
    MonthlyUpdate.objects.filter(reference="R03").update(accountable_post=factories.post("Chair of the Partnership"))
    assert sign_offs.next_one(user("Liam Lead"), after=first, on=MAY) is None


def test_an_update_stands_among_those_that_wait_for_the_same_person(month, django_assert_num_queries):
    first, second, third = (factories.submitted(update(month, f"R0{number}")) for number in (1, 3, 4))
    factories.submitted(update(month, "R02"), by=user("Liam Lead"))
    signed = factories.signed_off(update(month, "R05"))
    liam = user("Liam Lead")
    sign_offs.beside(liam, first, on=MAY)  # who the reader is, is asked once
    with django_assert_num_queries(1):
        found = sign_offs.beside(liam, second, on=MAY)
        assert (found.previous.month.plan.slug, found.previous.title) == ("thornbury", "Recommendation 1")
    assert found == sign_offs.Neighbours(2, 3, first, third)
    assert sign_offs.beside(liam, first, on=MAY) == sign_offs.Neighbours(1, 3, None, second)
    assert sign_offs.beside(liam, signed, on=MAY) == sign_offs.Neighbours(None, 3, third, None)
    assert sign_offs.beside(liam, update(month, "R02"), on=MAY) == sign_offs.Neighbours(None, 3, first, second)
    assert sign_offs.beside(user("Dina Deputy"), update(month, "R02"), on=MAY).number == 2
    assert sign_offs.beside(user("Ada Officer"), first, on=MAY) == sign_offs.Neighbours(None, 0, None, None)


def test_corrected_ratings_wait_for_the_accountable_lead_until_they_are_decided():
    plan, office = factories.plan(3), user("Olga Office")
    for number in (5, 6):
        month = factories.month(plan, number, at=later(days=31 * (number - 5)))
        for row in month.updates.all():
            factories.signed_off(row, progress=f"Step {number} of {row.reference}.")
        factories.published(month)
    told = {"reason": "A slip.", "by": office, "at": later(days=40), "rating": "green"}
    for number, reference in ((6, "R01"), (5, "R03"), (5, "R02"), (5, "R01")):
        row = MonthlyUpdate.objects.get(month__month=date(2011, number, 1), reference=reference)
        reporting.correct(update=row, **told)
    reporting.decline_rating(proposal=row.proposed_ratings.get(), reason="No.", by=user("Liam Lead"), at=later(days=41))

    def waiting(name):
        found = sign_offs.corrections(user(name), on=MAY)
        return [(item.update.month.label, item.update.reference) for item in found]

    assert waiting("Liam Lead") == [("May 2011", "R02"), ("May 2011", "R03"), ("June 2011", "R01")]
    assert waiting("Dina Deputy") == waiting("Liam Lead")
    assert waiting("Ada Officer") == []


def test_a_queue_goes_over_pages_in_the_order_of_its_parts_and_each_counts_them_all(month, monkeypatch):
    monkeypatch.setattr(sign_offs, "PER_PAGE", 2)
    for reference in ("R01", "R02"):
        factories.signed_off(update(month, reference))
    factories.submitted(update(month, "R03"), by=user("Liam Lead"))
    factories.submitted(update(month, "R05"), rating="red")
    told = []
    for number in (1, 2, 3, 4):
        (found,), page = sign_offs.page_of(user("Liam Lead"), on=MAY, number=number)
        parts = (found.to_read, found.together, found.own)
        rows = [*(item.update for part in parts for item in part), *found.to_come, *found.settled]
        told.append((page.number, [row.reference for row in rows], found.number, found.is_awaiting))
    assert told == [
        (1, ["R05", "R03"], 1, True),
        (2, ["R04", "R01"], 1, True),
        (3, ["R02"], 1, True),
        (3, ["R02"], 1, True),
    ]


def test_a_month_stands_on_the_pages_that_hold_its_updates(monkeypatch):
    monkeypatch.setattr(sign_offs, "PER_PAGE", 2)
    july = factories.month(factories.plan(2), 7)
    may = factories.month(factories.plan(3, slug="west"), 5)
    shown = [sign_offs.page_of(user("Liam Lead"), on=MAY, number=number)[0] for number in (1, 2, 3)]
    assert [[found.month for found in queues] for queues in shown] == [[may], [may, july], [july]]


@pytest.mark.parametrize("number", [1, 3])
def test_the_queue_of_one_update_takes_as_many_queries_as_that_of_three(number, django_assert_num_queries):
    month = factories.month(factories.plan(number))
    for row in month.updates.all():
        factories.submitted(update(month, row.reference))
    liam = user("Liam Lead")
    sign_offs.page_of(liam, on=MAY)  # who the reader is, is asked once
    with django_assert_num_queries(2):
        (found,), _ = sign_offs.page_of(liam, on=MAY)
        names = [(item.update.accountable_post.holder.name, item.others) for item in found.together]
    assert names == [("Liam Lead", ["Dina Deputy"])] * number
