"""What the Board reads of one month, built in a constant number of queries."""

from boards.dashboard.facts import Cell, Choice, Dashboard, GridRow, Group, MonthTotals, Number, Section, gaps
from boards.dashboard.months import FILTERS, SECTIONS, build, listed, totals, unreported, with_before

__all__ = [
    "FILTERS",
    "SECTIONS",
    "Cell",
    "Choice",
    "Dashboard",
    "GridRow",
    "Group",
    "MonthTotals",
    "Number",
    "Section",
    "build",
    "gaps",
    "listed",
    "totals",
    "unreported",
    "with_before",
]
