"""What is said of a kind of text so that it can be found, as SQL that both databases understand. It knows no domain."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

KINDS = 16  # room for so many; part of the number of every entry


@dataclass(frozen=True)
class Indexed:
    """The texts of one kind: the rows of `table`, called `r`, which `joins` joins to what else an entry says.

    `texts` and `scopes` are SQL expressions that are never NULL; a scope is a letter and a number (`'p' || r.plan_id`).
    A row has an entry where `condition` holds, written of `{row}`, the row of `table` alone. `columns` are those of
    `table` on which the entry rests. `watched` names what else it rests on: by table, the SQL condition that finds the
    entries of its changed row, `{row}`, and the columns of it that matter.
    """

    number: int
    table: str
    columns: tuple[str, ...]
    texts: tuple[str, ...]
    scopes: tuple[str, ...] = ()
    joins: str = ""
    condition: str = "TRUE"
    watched: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)

    @property
    def token(self) -> str:
        """The scope that all entries of the kind have."""
        return f"k{self.number}"

    @property
    def entry(self) -> str:
        """The number of the entry of the row `r`."""
        return f"r.id * {KINDS} + {self.number}"

    @property
    def source(self) -> str:
        return f"{self.table} r {self.joins}".strip()

    @property
    def scope(self) -> str:
        return " || ' ' || ".join((f"'{self.token}'", *self.scopes))

    @property
    def words(self) -> str:
        return " || ' ' || ".join(self.texts)

    @cached_property
    def held(self) -> str:
        """The condition under which the row `r` has an entry."""
        return self.condition.format(row="r")

    def triggers(self, version: str, operations: Iterable[str]) -> list["Trigger"]:
        """Return all that keep the entries of the kind, as `version` of the code writes them.

        `operations` are those on a table after which the database fires one.
        """
        definition = repr((self.source, self.words, self.scope, self.condition, self.columns, self.watched, version))
        mark = hashlib.sha256(definition.encode()).hexdigest()[:8]
        own = [(self.table, operation, "r.id = {row}.id", self.columns) for operation in operations]
        others = [(table, "update", link, columns) for table, (link, columns) in self.watched.items()]
        return [
            Trigger(f"search_{self.number}_{table}_{operation}_{mark}", self, table, operation, link, columns)
            for table, operation, link, columns in (*own, *others)
        ]


@dataclass(frozen=True)
class Trigger:
    """Writes the entries that `link` finds anew after `operation` on `table`, where one of `columns` changed."""

    name: str
    kind: Indexed
    table: str
    operation: str
    link: str
    columns: tuple[str, ...]

    @property
    def is_own(self) -> bool:
        """Whether it stands on the table of the kind itself."""
        return self.table == self.kind.table

    def fires(self, differs: str) -> str:
        """Return the SQL condition under which there is something to do; `differs` compares what may be NULL."""
        condition = self.kind.condition if self.is_own else "TRUE"
        was, held = condition.format(row="OLD"), condition.format(row="NEW")
        if self.operation != "update":
            return was if self.operation == "delete" else held
        changed = " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in self.columns)
        return f"({changed})" if was == held else f"(({was}) OR ({held})) AND ({changed})"
