"""A pasted list of people, one a line: “Name, e-mail”, “Name <e-mail>” or two columns of a spreadsheet."""

import re
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

LONGEST_NAME, LONGEST_EMAIL = 150, 254
MOST = 200
EXAMPLE = "Ada Mercer, ada.mercer@thornbury.example"
_EMAIL = re.compile(r"[^\s<>,;\"]+@[^\s<>,;\"]+")


class Line(NamedTuple):
    """One person of the list, with what is wrong with the line, if anything is."""

    number: int
    name: str
    email: str
    problem: str


def read(text: str) -> list[Line]:
    """Return a Line for every line of `text` that is not blank."""
    found: list[Line] = []
    first: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            name, email = _parts(line)
            twice = f"{email} is on line {first[email]} too. Remove one of them." if email in first else ""
            found.append(Line(number, name, email, _problem(name, email) or twice))
            first.setdefault(email, number)
    return found


def _parts(line: str) -> tuple[str, str]:
    emails = _EMAIL.findall(line)
    if len(emails) != 1:
        return " ".join(line.split()), ""
    name = line.replace(emails[0], " ").replace('"', " ")
    return " ".join(re.sub(r"[<>;]", " ", name).split()).strip(" ,"), emails[0].lower()


def _problem(name: str, email: str) -> str:
    try:
        validate_email(email)
    except ValidationError:
        return f"“{name[:60]}” needs one name and one e-mail address, for example “{EXAMPLE}”."
    if not name:
        return f"Enter the name of {email}, for example “{EXAMPLE}”."
    if len(name) > LONGEST_NAME or len(email) > LONGEST_EMAIL:
        return f"A name can have {LONGEST_NAME} characters, and an e-mail address {LONGEST_EMAIL}."
    return ""
