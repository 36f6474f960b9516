"""What a search finds: of each kind that an app registered, the rows that match among those that the person sees.

An app says of each kind who sees which rows, by its `permissions.py`, and how one is shown. Whatever is not seen is
neither counted nor quoted: a row is found by the index and read, in one query, by the permission.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from improvement.searching import index
from improvement.searching.kinds import Indexed
from improvement.searching.snippets import Snippet, beginning, snippet, whole
from improvement.texts import words

LONGEST = 200  # letters of what is asked for
FEW = 5  # of a kind, where all kinds are shown
A_PAGE = 20  # of one kind
MOST = 200  # rows of a kind that are counted and shown; who has more adds a word


@dataclass(frozen=True)
class Who:
    """Who asks, on which day and at which moment."""

    user: Any
    on: date
    at: datetime


@dataclass(frozen=True)
class Shown:
    """How a row is shown: where it leads, under which title, beside what says where it stands, and its texts."""

    address: str
    title: str
    place: str
    texts: Sequence[str]


@dataclass(frozen=True)
class Kind:
    """A kind of thing that is found. `visible` returns, in order, the rows that somebody sees, `show` how one looks.

    `scopes`, if given, returns those in which all that is visible stands: a search of many rows reads no others.
    """

    name: str
    label: str
    indexed: Indexed
    visible: Callable[[Who], QuerySet]
    show: Callable[[Any], Shown]
    scopes: Callable[[Who], Collection[str]] | None = None


@dataclass(frozen=True)
class Hit:
    shown: Shown
    title: Snippet
    quoted: Snippet


@dataclass(frozen=True)
class Group:
    """What was found of one kind: a page of what matches, of which at most MOST are counted and listed."""

    kind: Kind
    hits: tuple[Hit, ...]
    page: Page
    is_cut: bool

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @property
    def number(self) -> str:
        """How many match, in words: “12”, or “more than 200”."""
        return f"more than {self.count}" if self.is_cut else str(self.count)


_REGISTERED: dict[str, Kind] = {}


def register(config, kinds: Iterable[Kind]) -> None:
    """Find `kinds` too; called by the app `config` when it is ready."""
    kinds = tuple(kinds)
    index.register(config, [kind.indexed for kind in kinds])
    _REGISTERED.update({kind.name: kind for kind in kinds})


def kinds() -> dict[str, Kind]:
    """Return every kind by its name, in the order of the results."""
    return dict(sorted(_REGISTERED.items(), key=lambda item: item[1].indexed.number))


def search(asked: str, who: Who, *, kind: Kind | None = None, page: int | str = 1) -> list[Group]:
    """Return what `who` finds: a few of every kind of which there is any, or a `page` of the one `kind`.

    One query for each kind, and one more for each of which anything is found.
    """
    phrases = words.phrases(asked)
    if not phrases:
        return []
    sought, length = ([kind], A_PAGE) if kind else (kinds().values(), FEW)
    with index.read():
        groups = [_group(one, phrases, who, page, length) for one in sought]
    return [group for group in groups if group.count]


def _group(kind, phrases, who, number, length):
    pks = _matching(kind, phrases, who)
    page = Paginator(pks[:MOST], length).get_page(number)
    rows = {row.pk: row for row in kind.visible(who).filter(pk__in=page.object_list)} if page.object_list else {}
    # What went in between the two queries is left out.
    hits = tuple(_hit(kind.show(rows[pk]), phrases) for pk in page.object_list if pk in rows)
    return Group(kind, hits, page, len(pks) > MOST)


def _matching(kind, phrases, who):
    """Return the keys of the visible rows that match, in order; one more than MOST where there are more."""
    scopes = kind.scopes(who) if kind.scopes else None
    if scopes is not None and not scopes:
        return []
    found = index.matching(kind.indexed, phrases, scopes or ())
    return list(kind.visible(who).filter(pk__in=found).values_list("pk", flat=True)[: MOST + 1])


def _hit(shown, phrases):
    texts = [text for text in shown.texts if text]
    quoted = next((found for text in texts if (found := snippet(text, phrases))), None)
    return Hit(shown, whole(shown.title, phrases), quoted or beginning(texts[0] if texts else ""))
