"""The charts of one target in a report, from what it has stamped: a report that stamped no numbers has none.

What has a level to reach or a comparator is drawn, and schools or groups where they have a floor or a comparator; the
tables give the rest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string

from notices.targets import charts, group_charts, values
from notices.targets.values import plain

Row = Mapping[str, Any]
# On paper two of them stand side by side, and their letters can still be read.
WIDTH, HEIGHT = 460, 240
_DIRECTIONS = {"higher": "Higher is better", "lower": "Lower is better"}


@dataclass(frozen=True)
class Named:
    """What a chart says of its indicator; `pk` tells it from others on the page."""

    pk: str
    reference: str
    name: str
    unit: str
    better: str
    floor_words: str = ""


@dataclass(frozen=True)
class Drawing:
    """One chart: of an `indicator` through time or, without one, of schools or groups side by side."""

    caption: str
    alt: str
    chart: charts.Chart | None = None
    groups: group_charts.Groups | None = None
    indicator: Named | None = None

    @property
    def svg(self) -> str:
        """The drawing as it stands alone."""
        if self.groups:
            return render_to_string("notices/targets/_groups.html", {"groups": self.groups})
        return render_to_string("notices/targets/_plot.html", {"chart": self.chart, "indicator": self.indicator})


def build(rows: Sequence[Row], steps: Sequence[Row], *, of: str = "") -> list[Drawing]:
    """Return the drawings of a target, `of` its reference, from its stamped values and steps, in their order."""
    by_indicator: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row.get("drawn"):
            by_indicator.setdefault((row["indicator"], row["subgroup"]), []).append(row)
    found = []
    for place, ((reference, subgroup), own) in enumerate(by_indicator.items()):
        levels = [_level(step) for step in steps if step["indicator"] == reference and step.get("drawn")]
        drawn = None if subgroup else _through_time(f"{of}-{place}", reference, own, levels)
        found += [drawn] if drawn else []
    return found + _side_by_side(by_indicator)


def _through_time(pk, reference, rows, levels):
    said = rows[0]["drawn"]
    if not levels and not any(row["drawn"]["subject"] != group_charts.OWN for row in rows):
        return None
    plot = charts.Plot([_value(row) for row in rows], levels, _number(said["floor"]))
    chart = charts.drawn(plot, WIDTH, HEIGHT)
    if chart is None:
        return None
    floor = values.floor(plot.floor, said["unit"], said["floor_source"])
    named = Named(pk, reference, rows[0]["name"], said["unit"], said["better"], floor)
    caption = f"{reference}, {named.unit}{f'; floor {floor}' if floor else ''}"
    return Drawing(caption, _alt(named, rows, levels), chart=chart, indicator=named)


def _alt(named, rows, levels):
    """Return what a chart through time shows, in words."""
    floor = f" Floor {named.floor_words}." if named.floor_words else ""
    told = [f"to reach {plain(level.level)} by {level.end:%-d %B %Y}" for level in levels]
    told += [_said(row) for row in rows]
    words = "; ".join(told)
    return f"{named.name}, {named.unit}. {_DIRECTIONS[named.better]}.{floor} {words[:1].upper()}{words[1:]}."


def _said(row):
    mark = " (provisional)" if row["is_provisional"] else ""
    whose = "" if row["drawn"]["subject"] == group_charts.OWN else f", {row['subject'].lower()}"
    return f"{row['value']}{mark} in {row['period']}{whose}"


def _side_by_side(by_indicator):
    """Return the charts of schools or groups that have a floor or a comparator."""
    measured = [
        (_facts(rows[0]), subgroup, [_value(row) for row in rows])
        for (_, subgroup), rows in by_indicator.items()
        if subgroup
    ]
    drawn = [one for plot in group_charts.plots(measured) for one in group_charts.drawn(plot)]
    return [_of_groups(one) for one in drawn if one.floor or one.has_comparators]


def _facts(row):
    said = row["drawn"]
    return row["name"], said["unit"], said["better"], _number(said["floor"]), said["floor_source"]


def _of_groups(groups):
    plot = groups.plot
    floor = f"; the dashed line is the floor, from {plot.floor_source}" if groups.floor else ""
    return Drawing(f"{plot.name}, {plot.unit}, {groups.period}{floor}", groups.words, groups=groups)


def _value(row):
    said = row["drawn"]
    return charts.Value(
        subject=said["subject"],
        basis=said["basis"],
        period_start=date.fromisoformat(said["from"]),
        period_end=date.fromisoformat(said["to"]),
        value=_number(said["value"]),
        low=_number(said["low"]),
        high=_number(said["high"]),
        is_provisional=row["is_provisional"],
        breaks_series=said["breaks"],
        period=row["period"],
    )


def _level(step):
    said = step["drawn"]
    days = date.fromisoformat(said["from"]), date.fromisoformat(said["to"])
    return charts.Level(*days, Decimal(said["level"]), said["basis"])


def _number(text):
    return Decimal(text) if text else None
