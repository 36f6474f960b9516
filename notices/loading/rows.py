"""What is found of each row of a file: new, changed, the same or wrong."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    WRONG = "wrong"
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"

    @property
    def label(self):
        return "The same" if self is Status.SAME else self.capitalize()


@dataclass(frozen=True)
class Problem:
    """What is wrong, beside which column, with the value as it stands there and the rule as a sentence."""

    column: str
    value: str
    sentence: str


@dataclass(frozen=True)
class Detail:
    """A column's value as it was read; `before` is what stands now, None for a new row."""

    column: str
    after: str
    before: str | None = None


@dataclass(frozen=True)
class Row:
    """One row of the file as the dry run shows it. `number` is the spreadsheet's own, None for a whole sheet."""

    sheet: str
    number: int | None
    what: str
    status: Status
    details: tuple[Detail, ...] = ()
    problems: tuple[Problem, ...] = ()

    def as_json(self):
        """Return the row as the dry run keeps and shows it."""
        return {
            "sheet": self.sheet,
            "number": self.number,
            "what": self.what,
            "status": self.status.value,
            "details": [vars(detail) for detail in self.details],
            "problems": [vars(problem) for problem in self.problems],
        }


@dataclass(frozen=True)
class Write:
    """What a new or changed row comes to: values by path, of the row `pk` or of a new one."""

    sheet: Any
    key: tuple
    values: dict[str, Any]
    pk: int | None = None


@dataclass
class Comparison:
    """A file against what stands in the database. `writes` is what loading it would do, in order.

    `pks` are the keys in the database of what stands, by sheet and key; `same` are the rows that say what stands.
    """

    rows: list[Row] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    pks: dict[str, dict[tuple, int]] = field(default_factory=dict)
    same: list[Write] = field(default_factory=list)

    @property
    def counts(self):
        found = Counter(row.status for row in self.rows)
        return {status.value: found[status] for status in Status}

    @property
    def is_wrong(self):
        return any(row.status is Status.WRONG for row in self.rows)

    def report(self):
        """Return all that the dry run says, and the SHA-256 of what it says of the rows."""
        rows = [row.as_json() for row in self.rows]
        digest = hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()
        return {"counts": self.counts, "remarks": self.remarks, "rows": rows}, digest
