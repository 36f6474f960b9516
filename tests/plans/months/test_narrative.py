from datetime import date

import pytest

from accounts.removal.redactions import redact
from plans import reporting
from plans.models import Correction, MonthlyUpdate, ReportingMonth
from plans.months import narrative
from plans.months.narrative import tell, words
from tests import factories

OPEN = ReportingMonth()
PUBLISHED = ReportingMonth(published_at=factories.AT)


def told(answers):
    return {answer.field: answer.words for answer in answers}


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("rating", "amber", "Amber"),
        ("direction", "improving", "Improving"),
        ("green_by", date(2011, 3, 1), "1 March 2011"),
        ("proposed_due_on", "2011-12-31", "31 December 2011"),
        ("green_by", None, ""),
        ("rating", "", ""),
        ("direction", "", ""),
        ("green_by", "soon", "soon"),
        ("progress", "2011-12-31", "2011-12-31"),
        ("progress", "As it was written.", "As it was written."),
    ],
)
def test_words_of_an_answer_are_as_it_is_read(field, value, expected):
    assert words(field, value) == expected


def test_tell_names_what_is_expected_and_what_says_something():
    update = MonthlyUpdate(month=OPEN, rating="red", cause="Too few trainers.")
    assert told(tell(update)) == {
        "rating": "Red",
        "direction": "",
        "progress": "",
        "impact": "",
        "next_steps": "",
        "remedy": "",
        "remedy_owner": "",
        "green_by": "",
        "cause": "Too few trainers.",
    }


def test_tell_leaves_the_path_to_green_out_of_a_green_draft():
    update = MonthlyUpdate(month=OPEN, rating="green", remedy="More trainers.")
    assert set(told(tell(update))) == {"rating", "direction", "progress", "impact", "next_steps"}


def test_tell_says_nothing_of_a_draft_in_a_published_month_but_what_came_too_late():
    update = MonthlyUpdate(month=PUBLISHED, status="draft", progress="Never to be read.")
    assert tell(update) == []
    (answer,) = tell(update, [Correction(field="progress", after="Came late.")])
    assert (answer.value, [item.words for item in answer.corrected]) == ("", ["Came late."])


def test_tell_of_what_is_carried_on_as_complete_is_its_rating():
    assert told(tell(MonthlyUpdate(month=OPEN, status="carried", rating="complete"))) == {"rating": "Complete"}


PATH = {"remedy": "More trainers.", "remedy_owner": "The Head", "green_by": date(2012, 9, 30), "cause": "Too few."}


@pytest.mark.parametrize(
    ("rating", "expected", "belong"),
    [
        ("", set(), True),
        ("red", set(PATH) - {"cause"}, True),
        ("amber", set(PATH) - {"cause"}, True),
        ("green", set(), False),
        ("complete", set(), False),
    ],
)
def test_tell_expects_a_path_to_green_with_red_and_amber_and_never_with_green(rating, expected, belong):
    assert set(told(tell(MonthlyUpdate(month=OPEN, rating=rating)))) & set(PATH) == expected
    written = told(tell(MonthlyUpdate(month=OPEN, rating=rating, **PATH)))
    assert set(written) & set(PATH) == (set(PATH) if belong else set())


def test_tell_puts_a_correction_beside_its_own_answer_alone():
    update = MonthlyUpdate(month=PUBLISHED, status="signed_off", rating="green", progress="Two teams.")
    corrections = [Correction(field="green_by", after="2012-09-30"), Correction(field="progress", after="Three teams.")]
    beside = {answer.field: [item.words for item in answer.corrected] for answer in tell(update, corrections)}
    assert {field: words for field, words in beside.items() if words} == {
        "progress": ["Three teams."],
        "green_by": ["30 September 2012"],
    }


def test_tell_says_with_which_month_an_update_is_the_same():
    update = MonthlyUpdate(month=ReportingMonth(month=date(2011, 5, 1)), unchanged_reason="Staff were away.")
    labels = {}
    for previous in (date(2011, 4, 1), date(2011, 2, 1)):
        update.previous_month = previous
        named = {answer.field: answer.label for answer in tell(update)}
        labels[previous.month] = named["progress"], named["unchanged_reason"]
    assert labels == {
        4: ("Progress this month", "Same as last month because"),
        2: ("Progress this month", "Same as February 2011 because"),
    }


def test_drafted_is_all_that_is_written_though_it_was_not_received():
    update = MonthlyUpdate(month=PUBLISHED, status="draft", rating="green", cause="Too few.", green_by=None)
    assert told(narrative.drafted(update)) == {"rating": "Green", "cause": "Too few."}


def test_an_answer_by_itself_has_its_label_and_so_has_a_reply():
    labels = [narrative.answer(field, "x").label for field in ("progress", "reply")]
    assert labels == ["Progress this month", "Reply to the comment"]


def test_in_order_is_that_of_the_form():
    assert list(narrative.in_order({"cause": 1, "reply": 2, "rating": 3})) == ["rating", "cause"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "Rating agreed by Liam Lead on 20 May 2011 (by e-mail), as recorded by Olga Office."),
        ({"agreed_how": ""}, "Rating agreed by Liam Lead on 20 May 2011, as recorded by Olga Office."),
        ({"is_agreed_on_own_page": True}, "Rating agreed by Liam Lead on their own page, 20 May 2011."),
        ({"agreed_name": "", "agreed_on": None}, ""),
        ({"field": "progress"}, ""),
    ],
)
def test_agreement_says_who_agreed_a_rating_and_how(fields, expected):
    told = {"field": "rating", "agreed_name": "Liam Lead", "agreed_on": date(2011, 5, 20), "agreed_how": "by e-mail"}
    assert narrative.agreement(Correction(**{"by_name": "Olga Office"} | told | fields)) == expected


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"reason": "It is agreed."}, "It is agreed."),
        ({"reason": "It is agreed.", "confirmed": ""}, "It is agreed."),
        (
            {"reason": "It is agreed.", "confirmed": "April 2011"},
            "It is agreed. (given for April 2011 and confirmed)",
        ),
    ],
)
def test_reason_says_for_which_month_it_was_given_where_it_was_confirmed(item, expected):
    assert narrative.reason(item) == expected


def test_the_corrected_rating_is_that_of_the_last_correction_of_it():
    corrections = [Correction(field=field, after=after) for field, after in (("rating", "red"), ("rating", "amber"))]
    cause = Correction(field="cause", after="Illness.")
    assert narrative.corrected_rating([*corrections, cause]) == "amber"
    assert narrative.corrected_rating([cause]) == narrative.corrected_rating([]) == ""


def test_what_was_removed_from_a_month_is_what_was_in_it_and_its_updates_each_with_its_reference(db):
    office = {"by": factories.user("Olga Office"), "at": factories.AT}
    may = factories.month(factories.plan(2))
    other = factories.month(factories.plan(1, slug="other"))
    may = reporting.write_commentary(month=may, version=0, text="A is well.", **office)
    rows = [factories.submitted(row) for row in (*may.updates.order_by("reference"), other.updates.get())]
    for thing, field in ((may, "commentary"), (rows[1], "progress"), (rows[2], "impact")):
        redact(thing=thing, field=field, reason="names a child", **office)
    found = narrative.removals([may.pk])
    assert [(item.field, item.reference) for item in found.order_by("pk")] == [("commentary", ""), ("progress", "R02")]
    assert [item.field for item in narrative.removals([other.pk])] == ["impact"]
