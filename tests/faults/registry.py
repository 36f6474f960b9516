"""What a fault is."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"


@dataclass(frozen=True)
class Fault:
    """`run` takes a site, made with `options`, and returns the seconds after which it was back, or None.

    `within` is how soon that has to be.
    """

    title: str
    databases: tuple
    within: float
    needs_mount: bool
    options: dict
    run: Callable

    @property
    def name(self):
        return self.run.__name__

    @property
    def done(self):
        """What is done: the docstring of `run`."""
        return " ".join(self.run.__doc__.split())


def fault(title, *databases, within=math.inf, needs_mount=False, **options):
    """Make a fault of the function that does it."""
    return lambda run: Fault(title, databases, within, needs_mount or "small" in options, options, run)


def of(*modules: ModuleType) -> Iterator[Fault]:
    """Yield the faults of the modules, in their order."""
    for module in modules:
        yield from (found for found in vars(module).values() if isinstance(found, Fault))
