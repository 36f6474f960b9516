"""What the rows of a table are called, however that is typed: by keys of several parts, or by the last part alone."""

from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches

from improvement.texts import words

Key = tuple


class Names:
    """The keys of a table's rows, in order. What a cell calls one is looked for among the `first` of them first.

    The style of an apostrophe or a dash, and odd spaces, make no other name; small and capital letters do.
    """

    def __init__(self, keys: Iterable[Key], first: Iterable[Key] = ()):
        self._plain: dict[Key, Key] = {}
        self._cased: dict[Key, Key] = {}
        self._called: dict[str, list[Key]] = defaultdict(list)
        self._order: dict[Key, int] = {}
        self._first = set(first)
        for key in keys:
            self.add(key)

    def add(self, key: Key) -> None:
        if key not in self._order:
            self._order[key] = len(self._order)
            self._plain.setdefault(_plain(key), key)
            self._cased.setdefault(_cased(key), key)
            for called in {words.plain(_short(key)), words.plain(_full(key))}:
                self._called[called].append(key)

    def spelled(self, key: Key) -> Key | None:
        """Return the key as it is known, or None where nothing is called so."""
        return key if key in self._order else self._plain.get(_plain(key))

    def twin(self, key: Key) -> Key | None:
        """Return a key that differs from this one only in case."""
        other = self._cased.get(_cased(key))
        return None if other == key else other

    def named(self, called: str) -> list[Key]:
        """Return every row that a cell may mean."""
        keys = self._called.get(words.plain(called), [])
        return [key for key in keys if key in self._first] or list(keys)

    def called(self, keys: Iterable[Key]) -> tuple[str, ...]:
        """Return what a cell calls each row: the last part of its key where that is clear."""
        return tuple(_short(key) if len(self.named(_short(key))) < 2 else _full(key) for key in keys)

    def ordered(self, keys: Iterable[Key]) -> tuple[Key, ...]:
        """Return the keys in the table's order, each once."""
        return tuple(sorted(dict.fromkeys(keys), key=lambda key: self._order.get(key, len(self._order))))

    def meant(self, called: str) -> str:
        """Return a hint at what may be meant by what nothing is called so."""
        return meant(called, list(self._called))


def meant(called: str, known: Iterable[str]) -> str:
    """Return “ Did you mean …?” where one of the known names is much like this one."""
    names = sorted(known)
    if twin := next((name for name in names if _cased((name,)) == _cased((called,))), None):
        return f" “{twin}” and “{called}” differ only in case. Write “{twin}”."
    found = get_close_matches(called, names, 1, 0.75)
    return f" Did you mean “{found[0]}”?" if found else ""


def _short(key):
    return str(key[-1])


def _full(key):
    return "/".join(map(str, key))


def _plain(key):
    return tuple(words.plain(part) if isinstance(part, str) else part for part in key)


def _cased(key):
    return tuple(part.casefold() if isinstance(part, str) else part for part in _plain(key))
