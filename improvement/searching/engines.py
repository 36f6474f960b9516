"""How each database keeps and asks the index of a search: SQLite in FTS5, PostgreSQL as tsvectors under a GIN index.

Both hold words without case, accents and signs, so that both find the same. SQLite takes case and accents off by
itself, PostgreSQL by a function of ours; what neither knows is replaced in both, letter by letter.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from improvement.searching.kinds import KINDS, Indexed, Trigger
from improvement.texts import words

TABLE = "search"
_LONGEST = 200_000  # letters of an entry; PostgreSQL refuses a tsvector of more than a megabyte


_AT_ONCE = 12  # SQLite's parser takes some thirty calls in one another


def _replaced(said, letters):
    """Return the SQL that replaces each of `letters`, pairs of `words.LETTERS`, in the text `said`."""
    for letter, plain in letters:
        said = f"replace({said}, '{letter}', '{plain}')"
    return said


def _batches(letters):
    left = iter(letters)
    return iter(lambda: list(islice(left, _AT_ONCE)), [])


def of(connection) -> "Engine":
    """Return how the database of `connection` does it."""
    return Postgresql() if connection.vendor == "postgresql" else Sqlite()


class Engine:
    """What both have in common. `key` is the column with the number of an entry, `entry` the columns that it fills."""

    key: str
    entry: str
    operations: tuple[str, ...]  # after which a trigger fires
    differs: str  # compares what may be NULL
    standing: str  # the query of every (name, table) of a trigger
    setup: tuple[str, ...]
    matches: str  # the query, with one parameter, of the rows whose entries match
    before: str = ""  # what is said before, in the same transaction

    @property
    def version(self) -> str:
        """What changes with whatever all entries are made of."""
        return repr((self.setup, self.made(Indexed(0, "", (), ("''",)))))

    def triggers(self, kind: Indexed) -> list[Trigger]:
        """Return all that keep the entries of the kind."""
        return kind.triggers(self.version, self.operations)

    def made(self, kind: Indexed, where: str = "TRUE") -> str:
        """Return the query of the entries that the rows `r` are to have where `where` holds."""
        raise NotImplementedError

    def insert(self, kind: Indexed, where: str = "TRUE") -> str:
        return f"INSERT INTO {TABLE} ({self.entry}) {self.made(kind, where)}"

    def kept(self, kind: Indexed, columns: str) -> str:
        """Return the query of the entries that there are."""
        return f"SELECT {columns} FROM {TABLE} WHERE {self.key} % {KINDS} = {kind.number}"

    def compared(self, kind: Indexed) -> tuple[str, str]:
        """Return the queries of the entries that there should be, and of those that there are."""
        raise NotImplementedError

    def emptied(self, kind: Indexed) -> str:
        return f"DELETE FROM {TABLE} WHERE {self.key} IN ({self.kept(kind, self.key)})"

    def created(self, trigger: Trigger) -> Iterator[str]:
        raise NotImplementedError

    def dropped(self, name: str, table: str) -> tuple[str, ...]:
        raise NotImplementedError

    def asked(self, token: str, scopes: Iterable[str], phrases: Iterable[tuple[str, ...]]) -> str:
        """Return what `matches` is asked for: each of `phrases`, in one of `scopes`, if there are any, of a kind."""
        raise NotImplementedError

    def body(self, trigger: Trigger) -> Iterator[str]:
        """Yield what a trigger does: entries go, and those that there are to be come."""
        kind, row = trigger.kind, "OLD" if trigger.operation == "delete" else "NEW"
        link = trigger.link.format(row=row)
        entries = f"SELECT {kind.entry} FROM {kind.source} WHERE {link}"
        if trigger.is_own:
            entries = f"{row}.id * {KINDS} + {kind.number}"
        if trigger.operation != "insert":
            yield f"DELETE FROM {TABLE} WHERE {self.key} IN ({entries})"
        if trigger.operation != "delete":
            yield self.insert(kind, link)


class Sqlite(Engine):
    key = "rowid"
    entry = "rowid, scope, words"
    operations = ("insert", "update", "delete")
    differs = "IS NOT"
    standing = r"SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'search\_%' ESCAPE '\'"
    setup = (
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {TABLE}"
        " USING fts5(scope, words, tokenize = 'unicode61 remove_diacritics 2')",
    )
    matches = f"SELECT rowid / {KINDS} FROM {TABLE} WHERE {TABLE} MATCH %s"

    def made(self, kind, where="TRUE"):
        said = f"substr({kind.words}, 1, {_LONGEST})"
        made = (
            f"SELECT {kind.entry} AS id, {kind.scope} AS scope, {said} AS said"
            f" FROM {kind.source} WHERE ({kind.held}) AND {where}"
        )
        for letters in _batches(words.LETTERS.items()):
            made = f"SELECT id, scope, {_replaced('said', letters)} AS said FROM ({made})"
        return made

    def compared(self, kind):
        return self.made(kind), self.kept(kind, self.entry)

    def created(self, trigger):
        yield (
            f"CREATE TRIGGER {trigger.name} AFTER {trigger.operation.upper()} ON {trigger.table}"
            f" WHEN {trigger.fires(self.differs)} BEGIN {'; '.join(self.body(trigger))}; END"
        )

    def dropped(self, name, table):
        return (f"DROP TRIGGER {name}",)

    def asked(self, token, scopes, phrases):
        within = f" AND ({' OR '.join(scopes)})" if scopes else ""
        said = " AND ".join(f'"{" ".join(phrase)}"{" *" if words.is_begun(phrase) else ""}' for phrase in phrases)
        return f"scope : ({token}{within}) AND words : ({said})"


class Postgresql(Engine):
    key = "id"
    entry = "id, digest, document"
    operations = ("insert", "update", "delete", "truncate")
    differs = "IS DISTINCT FROM"
    standing = (
        "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        r" WHERE tgname LIKE 'search\_%' AND pg_table_is_visible(tgrelid)"
    )
    # What a scope begins with, as no word does.
    _SCOPE = "/"
    # Letters of a word that are asked for: PostgreSQL refuses one of more than 2046 bytes, and has none in its index.
    _LONGEST_WORD = 500
    # What is no letter or figure: its own tokenizer would find numbers, addresses and paths in it.
    _SIGNS = (
        r"[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7"
        r"\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u2e00-\u2e7f\u3000-\u303f]+"
    )
    setup = (
        f"CREATE TABLE IF NOT EXISTS {TABLE} (id bigint PRIMARY KEY, digest text NOT NULL, document tsvector NOT NULL)",
        f"CREATE INDEX IF NOT EXISTS {TABLE}_document ON {TABLE} USING gin (document)",
        "CREATE OR REPLACE FUNCTION search_plain(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$"
        f" SELECT regexp_replace(regexp_replace(normalize(lower({_replaced('said', words.LETTERS.items())}), NFKD),"
        rf" '[\u0300-\u036f]+', '', 'g'), '{_SIGNS}', ' ', 'g') $$",
    )
    matches = f"SELECT id / {KINDS} FROM {TABLE} WHERE document @@ %s::tsquery"
    # Of a word that stands in many texts the planner would read the whole table, and take all its tsvectors apart.
    before = "SET LOCAL enable_seqscan = off"

    def compared(self, kind):
        return f"SELECT id, md5(scope || ' ' || said) FROM {self._said(kind)}", self.kept(kind, "id, digest")

    def _said(self, kind, where="TRUE"):
        return (
            f"(SELECT {kind.entry}, {kind.scope}, left({kind.words}, {_LONGEST})"
            f" FROM {kind.source} WHERE ({kind.held}) AND {where}) made (id, scope, said)"
        )

    def made(self, kind, where="TRUE"):
        scopes = f"array_to_tsvector(string_to_array('{self._SCOPE}' || replace(scope, ' ', ' {self._SCOPE}'), ' '))"
        return (
            f"SELECT id, md5(scope || ' ' || said), {scopes} || to_tsvector('simple', search_plain(said))"
            f" FROM {self._said(kind, where)}"
        )

    def insert(self, kind, where="TRUE"):
        anew = "ON CONFLICT (id) DO UPDATE SET digest = EXCLUDED.digest, document = EXCLUDED.document"
        return f"{super().insert(kind, where)} {anew}"

    def created(self, trigger):
        yield (
            f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN {'; '.join(self.body(trigger))}; RETURN NULL; END $$"
        )
        is_truncated = trigger.operation == "truncate"
        each = "STATEMENT" if is_truncated else f"ROW WHEN ({trigger.fires(self.differs)})"
        yield (
            f"CREATE TRIGGER {trigger.name} AFTER {trigger.operation.upper()} ON {trigger.table}"
            f" FOR EACH {each} EXECUTE FUNCTION {trigger.name}()"
        )

    def body(self, trigger):
        return iter([self.emptied(trigger.kind)]) if trigger.operation == "truncate" else super().body(trigger)

    def dropped(self, name, table):
        return f"DROP TRIGGER {name} ON {table}", f"DROP FUNCTION {name}()"

    def asked(self, token, scopes, phrases):
        within = " | ".join(f"'{self._SCOPE}{scope}'" for scope in scopes)
        parts = [f"'{self._SCOPE}{token}'", *([f"({within})"] if within else [])]
        for phrase in phrases:
            said = " <-> ".join(f"'{word[: self._LONGEST_WORD]}'" for word in phrase)
            parts.append(f"({said}{':*' if words.is_begun(phrase) else ''})")
        return " & ".join(parts)
