"""What the Board reads of one month, built in a constant number of queries."""

from boards.dashboard.facts import Dashboard, GridRow, Group, MonthTotals, Number, gaps
from boards.dashboard.months import FILTERS, SECTIONS, build, listed, totals, unreported, with_before
