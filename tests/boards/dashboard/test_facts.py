"""What follows from the facts of a dashboard, as pages and packs say it."""

from datetime import date

import pytest

from boards.dashboard.facts import Cell, Choice, Dashboard, GridRow, Group, MonthTotals, Number, Section, gaps
from plans.models import MonthlyUpdate, ReportingMonth


def number(value, before=None, unreported=0, key="red", label="Red"):
    return Number(key, label, value, "", before if before is None else Number(key, label, before, ""), unreported)


@pytest.mark.parametrize(
    ("value", "before", "unreported", "expected"),
    [
        (2, None, 1, (0, 0, "")),
        (2, 2, 1, (0, 0, "")),
        (3, 1, 1, (2, 0, "")),
        (1, 3, 0, (0, 2, "")),
        (1, 3, 2, (0, 2, "no update received for 2 of those 3")),
    ],
)
def test_a_number_says_how_many_more_or_fewer_and_why_that_may_be(value, before, unreported, expected):
    found = number(value, before, unreported)
    assert (found.more, found.fewer, found.gap) == expected


def test_a_sentence_is_told_of_each_number_that_fell_while_updates_are_missing():
    numbers = [number(1, 3, 2), number(3, 1, 2), number(0, 1, 1, "green", "Green")]
    assert gaps(numbers, ReportingMonth(month=date(2011, 4, 1))) == [
        "Red: 2 fewer than 3 in April 2011, no update received for 2 of those 3.",
        "Green: 1 fewer than 1 in April 2011, no update received for 1 of those 1.",
    ]


@pytest.mark.parametrize(
    ("asked", "words"), [("", ""), ("1", "1 Safeguarding"), ("9", "“9”")], ids=["nothing", "known", "unknown"]
)
def test_a_filter_says_what_is_asked_in_words(asked, words):
    assert Choice("theme", "Theme", (("1", "1 Safeguarding"),), asked).words == words


def totals(month, caveat="", value=4):
    return MonthTotals(ReportingMonth(month=month, caveat=caveat), number(value), ())


def row(pk, **said):
    return MonthlyUpdate(pk=pk, reference=f"R{pk:02}", **said)


def dashboard(**given):
    empty = dict.fromkeys(
        ("ratings", "corrected", "put_right", "rows", "directions", "themes", "areas", "grid", "choices"), ()
    )
    facts = {"judged_on": date(2011, 5, 1), "sections": {}, "in_no_area": 0, "past_date": number(0), "months": 2}
    facts = empty | facts | {"history": (totals(date(2011, 5, 1)),)} | given
    return Dashboard(month=facts["history"][-1].month, **facts)


def test_the_months_before_say_what_theirs_is_and_how_many_are_shown():
    history = tuple(totals(date(2010 + place // 12, place % 12 + 1, 1), value=place) for place in (10, 11, 12))
    found = dashboard(history=history)
    assert (found.total, found.previous) == (history[2].total, history[1])
    assert (found.shown, found.is_capped, found.years) == (history[1:], True, ((2010, 1), (2011, 1)))
    alone = dashboard(history=history[:1])
    assert (alone.previous, alone.shown, alone.is_capped) == (None, history[:1], False)
    assert dashboard(history=history, months=3).is_capped is False


def test_what_fell_while_updates_are_missing_is_told_with_the_month_before():
    history = (totals(date(2011, 4, 1)), totals(date(2011, 5, 1)))
    fell = "Red: 2 fewer than 3 in April 2011, no update received for 2 of those 3."
    assert dashboard(history=history, ratings=(number(1, 3, 2),)).gaps == [fell]
    assert dashboard(ratings=(number(1),)).gaps == []


def test_what_is_on_track_is_green_or_complete():
    ratings = tuple(
        number(value, key=key) for key, value in (("red", 1), ("amber", 2), ("green", 4), ("complete", 8), ("none", 16))
    )
    found = dashboard(ratings=ratings)
    assert (found.on_track, found.by_rating["amber"]) == (12, ratings[1])
    rows = {
        key: GridRow(1, "R01", "", date(2011, 5, 1), (Cell("red"), Cell(key)), 1).is_on_track
        for key in ("", "red", "amber", "green", "complete")
    }
    assert rows == {"": False, "red": False, "amber": False, "green": True, "complete": True}


def test_the_filters_in_use_stand_in_words_and_in_the_address_of_all_months():
    choices = (
        Choice("theme", "Theme", (("1", "1 Safeguarding"),), "1"),
        Choice("post", "Lead", (), ""),
        Choice("rating", "Rating", (("red", "Red"),), "red"),
    )
    found = dashboard(choices=choices)
    assert found.filtered == "Theme: 1 Safeguarding; Rating: Red"
    assert found.all_months == "theme=1&rating=red&months=all"
    assert (dashboard().filtered, dashboard().all_months) == ("", "months=all")


def test_what_is_compared_has_an_update_in_both_months():
    rows = (
        row(1, status="submitted", previous_rating="red"),
        row(2, status="submitted"),
        row(3, status="draft", previous_rating="red"),
        row(4, status="carried", previous_rating="complete"),
    )
    assert dashboard(rows=rows).compared == 2


def test_what_lasts_is_told_once_the_stuck_first_and_then_the_longest():
    long, stuck, both = row(1, months_at_rating=9), row(2, months_at_rating=3), row(3, months_at_rating=7)
    stuck.is_stuck = both.is_stuck = True
    sections = {"stuck": Section(number(2), (stuck, both)), "long": Section(number(2), (long, both))}
    assert [found.pk for found in dashboard(sections=sections).lasting] == [3, 2, 1]


@pytest.mark.parametrize(("improving", "steady", "majority"), [(3, 1, "improving"), (2, 2, None), (1, 3, "steady")])
def test_a_majority_is_more_than_half_of_all(improving, steady, majority):
    directions = (number(improving, key="improving"), number(steady, key="steady"))
    found = dashboard(directions=directions).majority
    assert (found and found.key) == majority


def test_areas_add_up_to_their_own_sum():
    assert dashboard(areas=(Group("A", number(2), ()), Group("B", number(3), ()))).in_areas == 5


def test_what_earlier_months_say_of_their_figures_is_told_where_this_one_says_something_else():
    months = [
        totals(date(2011, place, 1), caveat) for place, caveat in ((1, "Old."), (2, "New."), (3, "Old."), (4, ""))
    ]
    found = dashboard(history=(*months, totals(date(2011, 5, 1), "New.")))
    assert found.other_caveats == [("January 2011, March 2011", "Old.")]


@pytest.mark.parametrize(("corrected", "is_so"), [("", False), ("green", True)])
def test_a_correction_in_any_cell_is_pointed_out(corrected, is_so):
    grid = (GridRow(1, "R01", "", date(2011, 5, 1), (Cell("red", "Red", corrected), Cell("red", "Red")), 1),)
    assert dashboard(grid=grid).is_a_cell_corrected is is_so
