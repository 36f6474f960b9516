"""What an event is about, as text: the plan, the Notice, the Board or the inspection that its thing belongs to.

Stamped on each event, so that it is found when the thing is there no more. An app registers its subjects when it is
ready. The text holds a word for each, with spaces around: “ plans.plan:3:leeds boards.board:1:leeds ”.
"""

from collections import deque
from collections.abc import Callable
from functools import cache
from typing import Any

from django.db.models import Model, QuerySet

from improvement.records.statements import Statement

_SUBJECTS: dict[type[Model], tuple[str, ...]] = {}
_FINDERS: dict[type[Model], Callable[[Any], QuerySet]] = {}


def register(model: type[Model], *leads_to: str) -> None:
    """Count a kind of thing that has a slug among the subjects; by its relations `leads_to` come others."""
    _SUBJECTS[model] = leads_to
    _ways.cache_clear()
    _statement.cache_clear()


def find(model: type[Model], finder: Callable[[Any], QuerySet]) -> None:
    """Let `finder` return the subjects of what no reference of its own leads to one, such as the plans of a post."""
    _FINDERS[model] = finder


def of(thing: Model) -> str:
    """Return the words of what `thing` belongs to, or nothing; one query for each kind of way."""
    model = type(thing)
    if model in _FINDERS:
        found = {words for subject in _FINDERS[model](thing) for words in of(subject).split()}
    else:
        found = _words(model, thing.pk)
    return f" {' '.join(sorted(found))} " if found else ""


def key(thing: Model) -> str:
    """Return what stands in the text of every event about `thing`."""
    return f" {thing._meta.label_lower}:{thing.pk}:"


def told(about: str) -> str:
    """Return the words for a person: “board leeds, plan leeds”."""
    parts = (word.split(":") for word in about.split())
    return ", ".join(f"{label.partition('.')[2]} {slug}" for label, _, slug in parts)


def _words(model: type[Model], pk: Any) -> set[str]:
    ways = _ways(model)
    labels = [label for label, _ in ways]
    found = set()
    for row in _statement(model).rows(pk=pk) if ways else ():
        pairs = zip(labels, row[::2], row[1::2], strict=True)
        found |= {f"{label}:{pk}:{slug}" for label, pk, slug in pairs if pk is not None}
    return found


@cache
def _statement(model: type[Model]) -> Statement:
    """Return the query for what a thing of this kind belongs to: each write asks it."""
    columns = [f"{path}{column}" for _, path in _ways(model) for column in ("pk", "slug")]
    return Statement(lambda pk: model._base_manager.filter(pk=pk).values_list(*columns), pk=-1)


@cache
def _ways(model: type[Model]) -> tuple[tuple[str, str], ...]:
    """Return by its name for each subject the shortest way to it, along references that are never empty."""
    found, known, waiting = [], {model}, deque([(model, "")])
    while waiting:
        here, path = waiting.popleft()
        if here in _SUBJECTS:
            found.append((here._meta.label_lower, path))
        for name, there in _steps(here):
            if there not in known:
                known.add(there)
                waiting.append((there, f"{path}{name}__"))
    return tuple(found)


def _steps(model):
    for field in model._meta.fields:
        if field.related_model and not field.null:
            yield field.name, field.related_model
    for name in _SUBJECTS.get(model, ()):
        yield name, model._meta.get_field(name).related_model
