"""How a pasted list of people is read, line by line."""

import pytest

from accounts.people import pasted

ADA = ("Ada Mercer", "ada.mercer@thornbury.example")


@pytest.mark.parametrize(
    "line",
    [
        "Ada Mercer, ada.mercer@thornbury.example",
        "Ada Mercer <ada.mercer@thornbury.example>",
        "Ada Mercer\tAda.Mercer@Thornbury.example",
        '"Ada Mercer" <ada.mercer@thornbury.example>;',
        "ada.mercer@thornbury.example, Ada Mercer",
        "  Ada \u00a0 Mercer ,ada.mercer@thornbury.example ",
    ],
)
def test_a_line_is_read_as_people_write_it(line):
    (one,) = pasted.read(line)
    assert (one.name, one.email, one.problem) == (*ADA, "")


def test_a_name_with_a_comma_keeps_it():
    (one,) = pasted.read('"Mercer, Ada" <ada.mercer@thornbury.example>')
    assert (one.name, one.problem) == ("Mercer, Ada", "")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Ada Mercer", "“Ada Mercer” needs one name and one e-mail address, for example “"),
        ("a@b.example c@d.example", "“a@b.example c@d.example” needs one name and one e-mail address"),
        ("Ada Mercer, ada@thornbury", "“Ada Mercer” needs one name and one e-mail address"),
        ("ada.mercer@thornbury.example", "Enter the name of ada.mercer@thornbury.example"),
        (f"{'A' * 151}, ada.mercer@thornbury.example", "A name can have 150 characters"),
    ],
)
def test_a_line_that_cannot_be_read_says_what_to_do(line, problem):
    (one,) = pasted.read(line)
    assert (one.problem.startswith(problem), one.number) == (True, 1)


def test_blank_lines_are_passed_over_and_numbers_are_those_of_the_paste():
    lines = pasted.read("\nAda Mercer, ada.mercer@thornbury.example\r\n \nBo Lyle, bo.lyle@thornbury.example\n")
    assert [(line.number, line.name) for line in lines] == [(2, "Ada Mercer"), (4, "Bo Lyle")]


def test_a_person_who_is_there_twice_is_named_with_the_other_line():
    lines = pasted.read("Ada, a@thornbury.example\nBo, b@thornbury.example\nAda M, A@thornbury.example")
    assert [line.problem for line in lines] == ["", "", "a@thornbury.example is on line 1 too. Remove one of them."]
