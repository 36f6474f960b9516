from datetime import date

import pytest

from notices.targets.terms import State, Term, lasting, term

END = date(2011, 10, 31)
LATER = date(2012, 3, 31)


@pytest.mark.parametrize(
    ("dates", "as_of", "expected"),
    [
        ({"ends_on": END}, date(2011, 10, 1), Term(State.IN_FORCE, END, 30)),
        ({"ends_on": END}, END, Term(State.IN_FORCE, END, 0)),
        ({"ends_on": END}, date(2011, 12, 9), Term(State.AWAITING_DECISION, END, days_past=39)),
        ({"ends_on": END, "extended_to": LATER}, date(2012, 3, 30), Term(State.IN_FORCE, LATER, 1)),
        (
            {"ends_on": END, "lifted_on": date(2012, 1, 5)},
            date(2011, 12, 9),
            Term(State.AWAITING_DECISION, END, days_past=39),
        ),
        ({"ends_on": END, "lifted_on": date(2012, 1, 5)}, LATER, Term(State.LIFTED, date(2012, 1, 5))),
        ({"ends_on": END, "lifted_on": LATER}, LATER, Term(State.LIFTED, LATER)),
        ({}, END, Term(State.IN_FORCE, None)),
    ],
)
def test_term(dates, as_of, expected):
    assert term(**{"ends_on": None, "extended_to": None, "lifted_on": None} | dates, as_of=as_of) == expected


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (date(2011, 12, 9), "0 days"),
        (date(2011, 12, 8), "1 day"),
        (date(2011, 11, 10), "29 days"),
        (date(2011, 11, 9), "1 month"),
        (date(2011, 5, 9), "7 months"),
        (date(2010, 12, 10), "11 months"),
        (date(2010, 12, 9), "1 year"),
        (date(2010, 1, 19), "1 year and 10 months"),
        (date(2009, 10, 31), "2 years and 1 month"),
    ],
)
def test_lasting(since, words):
    assert lasting(since, date(2011, 12, 9)) == words
