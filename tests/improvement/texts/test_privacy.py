"""What looks as if it identified a child, and what does not: a truth table."""

import json

import pytest
from django.conf import settings

from improvement.texts.privacy import Kind, find

NHS, DOB, POST, LABEL = Kind.NHS_NUMBER, Kind.DATE_OF_BIRTH, Kind.POSTCODE, Kind.LABEL

LOOKS_LIKE = [
    ("The number is 943 476 5919.", NHS, "943 476 5919"),
    ("9434765919", NHS, "9434765919"),
    ("943-476-5919, seen twice", NHS, "943-476-5919"),
    ("nhs_9434765919_notes.pdf", NHS, "9434765919"),
    ("born 12/03/2004", DOB, "born 12/03/2004"),
    ("Born on 12 March 2004 in Leeds", DOB, "Born on 12 March 2004"),
    ("She was born on the 3rd of May, 2004", DOB, "born on the 3rd of May, 2004"),
    ("DOB: 12.3.04", DOB, "DOB: 12.3.04"),
    ("D.O.B. 12-03-04", DOB, "D.O.B. 12-03-04"),
    ("date of birth is 2004-03-12", DOB, "birth is 2004-03-12"),
    ("Birthdate March 12, 2004", DOB, "Birthdate March 12, 2004"),
    ("audit_dob_12-03-2004.docx", DOB, "dob 12-03-2004"),
    ("The family lives at LS7 4BQ now", POST, "LS7 4BQ"),
    ("visit to ls74bq", POST, "ls74bq"),
    ("SW1A 1AA", POST, "SW1A 1AA"),
    ("M1 1AE and more", POST, "M1 1AE"),
    ("visit_LS7_4BQ.pdf", POST, "LS7 4BQ"),
    ("Child A was seen.", LABEL, "Child A"),
    ("the mother of child B", LABEL, "child B"),
    ("Baby P’s case", LABEL, "Baby P"),
    ("Young Person C, 14", LABEL, "Young Person C"),
    ("young person C", LABEL, "young person C"),
    ("(Sibling 2)", LABEL, "Sibling 2"),
    ("Child 1", LABEL, "Child 1"),
    ("child_B_chronology.docx", LABEL, "child B"),
]
DOES_NOT = [
    "",
    "943 476 5918 has another check digit.",
    "0000000000 and 1111111111",
    "Call 0113 247 8000 or 0113 2478000 or 07700 900123.",
    "1,234,567,890 pounds, 1234567890.5 more",
    "https://example.org/reports/9434765919/",
    "reference 94347659191",
    "Due on 12/03/2012 and again on 12 March 2012.",
    "Children born in 2004 are in this cohort.",
    "babies born in the year to 31 March 2011",
    "born in March 2004",
    "birth weights rose in 12 wards",
    "The M25 1st phase, R12 2nd quarter, S14 3rd finding",
    "R12 3AB and Q1 2BC are no areas.",
    "N01 2AB, S01 4DE",
    "NI 59, NI 102, 5 A*-C",
    "B1 to B4; LS7",
    "every child a voice; each child I met; a child A&E saw",
    "Every Child A Talker",
    "Every Child Matters: Change for Children",
    "Child Protection Plan, Child and Adolescent services, Baby Clinic",
    "child 3 to 5 years; girls 15; 2 children",
    "Band A, Annex B, Table C, Section 47, Year 9",
    "Level 2 at 19; boys 7% behind girls",
    "Pupil 15% behind; Girl 7.5 points",
]


@pytest.mark.parametrize(("text", "kind", "excerpt"), LOOKS_LIKE)
def test_find_points_out_what_looks_as_if_it_identified_a_child(text, kind, excerpt):
    assert [(found.kind, found.excerpt) for found in find(text)] == [(kind, excerpt)]


@pytest.mark.parametrize("text", DOES_NOT)
def test_find_leaves_alone_what_does_not(text):
    assert find(text) == []


def test_find_names_each_thing_once_in_the_order_of_the_text():
    text = "Child A of LS7 4BQ, born 12/03/2004, NHS 943 476 5919. Child A again."
    assert [found.kind for found in find(text)] == [LABEL, POST, DOB, NHS]
    assert find(text)[0].sentence == "“Child A” looks like a child's label"


def test_find_leaves_alone_everything_that_leeds_published():
    folder = settings.BASE_DIR / "fixtures"
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix not in {".xlsx", ".pyc"}]
    assert len(files) > 10
    found = [(path.name, each) for path in files for each in find(_text(path))]
    # The letter of [004] is printed whole: its head holds the postcode of an office.
    assert [(name, each.excerpt) for name, each in found] == [("leeds_outgoing.json", "LS2 7UE")]
    assert [(path.name, found) for path in files for found in find(path.name)] == []


def _text(path):
    text = path.read_text(encoding="utf-8")
    return json.dumps(json.loads(text), ensure_ascii=False) if path.suffix == ".json" else text
