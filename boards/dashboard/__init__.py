"""What the Board reads of one month, built in a constant number of queries."""

from boards.dashboard.facts import Cell, Dashboard, GridRow, Group, MonthTotals, Number, Section, gaps
from boards.dashboard.months import SECTIONS, build, fingerprint, listed, totals, unreported, with_before

__all__ = [
    "SECTIONS",
    "Cell",
    "Dashboard",
    "GridRow",
    "Group",
    "MonthTotals",
    "Number",
    "Section",
    "build",
    "fingerprint",
    "gaps",
    "listed",
    "totals",
    "unreported",
    "with_before",
]
