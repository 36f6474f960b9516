"""What a draft proposes for a recommendation, by field, as a row keeps it and as people read it.

A field holds text; an outcome and a post are kept by number, a date as text, areas by letter, and targets and findings
by number. Areas go by letter because a draft can add them.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date

from accounts.models import Post
from improvement.texts import days
from notices.models import Finding, Target
from plans.models import Outcome, Plan, Recommendation

# By field its words on a page, in the order of the page.
LABELS = {
    "title": "Title",
    "wording": "Recommendation",
    "success": "What success looks like",
    "outcome": "Outcome",
    "lead_post": "Lead",
    "lead_wording": "Lead as printed",
    "due_on": "Due date",
    "timescale": "Timescale",
    "areas": "Areas of focus",
    "targets": "Targets answered",
    "findings": "Findings answered",
    "source": "Source",
    "note": "Note",
}
# What happens where one of these changes, in words.
_HAPPENS = {
    "reworded": {"title", "wording", "success", "timescale", "source", "note"},
    "moved to another outcome": {"outcome"},
    "given to another lead": {"lead_post", "lead_wording"},
    "given another date": {"due_on"},
    "in other areas of focus": {"areas"},
    "answers other targets or findings": {"targets", "findings"},
}
_MANY = ("areas", "targets", "findings")
_ONE = ("outcome", "lead_post")
_REFERS = (*_ONE, "targets", "findings")

Facts = dict[str, Any]


def facts(recommendation: Recommendation) -> Facts:
    """Return what `recommendation` says now; its areas, targets and findings are best loaded with it."""
    found = {field: getattr(recommendation, field) for field in LABELS if field not in _MANY}
    found |= {field: list(getattr(recommendation, field).all()) for field in _MANY}
    return kept(**found)


def kept(**answers: Any) -> Facts:
    """Return `answers` as a row keeps them."""
    return {field: _kept(field, value) for field, value in answers.items()}


def _kept(field, value):
    if field in _ONE:
        return value.pk if value else None
    if field == "due_on":
        return days.iso(value)
    if field == "areas":
        return sorted(getattr(area, "letter", area) for area in value)
    if field in _MANY:
        return sorted(row.pk for row in value)
    return value.strip()


def difference(present: Facts, wanted: Facts) -> Facts:
    """Return those of `wanted` that are not as at `present`."""
    return {field: value for field, value in wanted.items() if value != present[field]}


def day(proposed: Facts) -> date | None:
    """Return the due date that is proposed, or None."""
    return parse_date(proposed.get("due_on") or "")


def happening(proposed: Facts) -> list[str]:
    """Return in words what happens to a recommendation for which this is proposed."""
    return [words for words, fields in _HAPPENS.items() if fields & set(proposed)]


@dataclass(frozen=True)
class Names:
    """What the numbers of proposals stand for, by field."""

    outcomes: dict[int, Outcome]
    posts: dict[int, Post]
    targets: dict[int, Target]
    findings: dict[int, Finding]

    def of(self, field: str) -> dict[int, Any]:
        """Return by number what may stand in `field`."""
        known = {
            "outcome": self.outcomes,
            "lead_post": self.posts,
            "targets": self.targets,
            "findings": self.findings,
        }
        return known.get(field, {})

    def missing(self, proposed: Facts) -> list[str]:
        """Return the fields in which something is proposed that is not there any more."""
        asked = {field: value if isinstance(value, list) else [value] for field, value in proposed.items()}
        return [field for field in _REFERS if field in asked and set(asked[field]) - set(self.of(field))]

    def words(self, field: str, value: Any) -> str:
        """Return the `value` of a field as people read it."""
        if field == "due_on":
            found = parse_date(value or "")
            return f"{found:%-d %B %Y}" if found else "No date"
        if field == "areas":
            return ", ".join(value) or "None"
        if field in _MANY:
            rows = [self.of(field).get(pk) for pk in value]
            return ", ".join(row.reference if row else "Removed since" for row in rows) or "None"
        if field in _ONE:
            return str(self.of(field).get(value) or "Removed since")
        return value or "Empty"

    def lines(self, present: Facts, proposed: Facts) -> list[dict[str, str]]:
        """Return before and after in words for each field that changes, of a new one for each that says something."""
        return [
            {
                "label": LABELS[field],
                "before": self.words(field, present[field]) if field in present else "",
                "after": self.words(field, proposed[field]),
            }
            for field in LABELS
            if field in proposed and (field in present or proposed[field])
        ]


def names(plan: Plan) -> Names:
    """Return what the numbers of proposals for `plan` stand for, in four queries."""
    return Names(
        outcomes={row.pk: row for row in Outcome.objects.filter(theme__plan=plan).select_related("theme")},
        posts={row.pk: row for row in Post.objects.all()},
        targets={row.pk: row for row in Target.objects.all()},
        findings={row.pk: row for row in Finding.objects.select_related("inspection")},
    )
