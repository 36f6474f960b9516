"""What is wrong with a change of a draft, as of a day: when it is saved, on the preview, and when it is applied."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from improvement.texts import days
from plans import revisions
from plans.models import AreaChange, AreaOfFocus, Closure, Plan, Recommendation, Refresh, RefreshChange
from plans.refresh import proposals
from plans.refresh.proposals import LABELS, Names

Fate = RefreshChange.Fate
UNDATED = "Enter a due date or, if there is none, the timescale, for example “Ongoing”."
_REQUIRED = {
    "title": "Enter a short title.",
    "wording": "Enter the recommendation.",
    "outcome": "Choose an outcome.",
    "lead_post": "Choose a lead.",
}


@dataclass(frozen=True)
class Context:
    """The plan as the draft finds it on a day: what is live, and what the draft adds, closes and ends."""

    today: date
    live: dict[str, Recommendation]
    references: frozenset[str]
    areas: dict[str, AreaOfFocus]
    changes: list[RefreshChange]
    area_changes: list[AreaChange]
    names: Names
    begins: date

    @property
    def added(self) -> dict[str, RefreshChange]:
        return {change.reference: change for change in self.changes if change.fate == Fate.ADD}

    @property
    def closing(self) -> set[str]:
        return {change.reference for change in self.changes if change.fate == Fate.CLOSE}

    @property
    def letters(self) -> set[str]:
        """The areas of focus that a recommendation can belong to once the draft is applied."""
        fates = {change.letter: change.fate for change in self.area_changes}
        lasting = {letter for letter, area in self.areas.items() if area.to_on is None or area.to_on >= self.begins}
        added = {letter for letter, fate in fates.items() if fate == AreaChange.Fate.ADD}
        return (lasting | added) - {letter for letter, fate in fates.items() if fate == AreaChange.Fate.END}

    @property
    def continuing(self) -> set[str]:
        """What can continue a recommendation that closes."""
        return (set(self.live) - self.closing) | set(self.added)


def context(refresh: Refresh, *, on: date) -> Context:
    """Return the plan as `refresh` finds it on the day `on`, in a constant number of queries."""
    changes = list(refresh.changes.select_related("recommendation", "saved_by"))
    areas = list(refresh.area_changes.select_related("area__leading_post", "leading_post", "saved_by"))
    return of_plan(refresh.plan, on=on, changes=changes, area_changes=areas)


def of_plan(
    plan: Plan, *, on: date, changes: Sequence[RefreshChange] = (), area_changes: Sequence[AreaChange] = ()
) -> Context:
    """Return `plan` as it is on the day `on` and as `changes` would make it; without any, as single changes find it."""
    rows = plan.recommendations.select_related("outcome__theme", "lead_post")
    every = list(rows.prefetch_related("areas", "targets", "findings").order_by("reference_order"))
    live = {
        row.reference: row for row in every if row.opened_on <= on and (row.closed_on is None or row.closed_on > on)
    }
    return Context(
        today=on,
        live=live,
        references=frozenset(row.reference.casefold() for row in every),
        areas={area.letter: area for area in plan.areas.select_related("leading_post")},
        changes=list(changes),
        area_changes=list(area_changes),
        names=proposals.names(plan),
        begins=revisions.next_month(plan) or on.replace(day=1),
    )


def errors(change: RefreshChange, here: Context) -> dict[str, str]:
    """Return what is wrong with `change`, saved or not, by the answer that it is about."""
    if change.fate == Fate.ADD:
        return _of_reference(change, here) | _of_facts(change.proposed, {}, here) | _of_date(change, None, here)
    row = here.live.get(change.reference)
    if row is None:
        return {"fate": _gone(change)}
    if change.fate == Fate.CLOSE:
        return _of_closure(change, here)
    if not change.proposed:
        return {"fate": "Nothing changes. Change something below, or choose “Carries on unchanged”."}
    return _of_facts(change.proposed, proposals.facts(row), here) | _of_date(change, row, here)


def area_errors(change: AreaChange, here: Context) -> dict[str, str]:
    """Return the same for the change of an area of focus."""
    if change.fate == AreaChange.Fate.ADD:
        return _of_letter(change, here) | _of_area(change)
    area = here.areas.get(change.letter)
    if area is None or (area.to_on is not None and area.to_on < here.begins):
        return {"fate": f"Area {change.letter} has ended already."}
    if change.fate == AreaChange.Fate.END:
        words = f"Area {change.letter} begins with {area.from_on:%B %Y}. An administrator can remove it."
        return {"fate": words} if area.from_on >= here.begins else {}
    if (change.title, change.leading_post) == (area.title, area.leading_post):
        return {"fate": "Nothing changes. Change the title or the post, or choose “Carries on unchanged”."}
    return _of_area(change)


def problems(here: Context) -> list[str]:
    """Return every reason why the draft cannot be applied as it is, each as a sentence."""
    found = [f"{change.reference}: {words}" for change in here.changes for words in errors(change, here).values()]
    for area in here.area_changes:
        found += [f"Area {area.letter}: {words}" for words in area_errors(area, here).values()]
    if not here.changes and not here.area_changes:
        found.append("The draft does not change anything yet.")
    return found


def _gone(change):
    row = change.recommendation
    if row.closed_on:
        return f"It was closed on {row.closed_on:%-d %B %Y}. Take this change back."
    return f"It joins the plan on {row.opened_on:%-d %B %Y}. It can be changed from that day on."


def _of_closure(change, here):
    found = {}
    if change.closure not in Closure.values:
        found["closure"] = revisions.HOW_CLOSED
    if not change.reason:
        found["reason"] = revisions.WHY_CLOSED
    if change.closure in revisions.CONTINUED and not change.successors:
        found["successors"] = revisions.WHAT_CONTINUES
    if change.closure not in revisions.CONTINUED and change.successors:
        found["successors"] = "Leave this empty, or choose “Merged”, “Split” or “Superseded”."
    if unknown := [one for one in change.successors if one == change.reference or one not in here.continuing]:
        names = ", ".join(unknown)
        found["successors"] = f"{names} cannot continue it. Enter recommendations that the plan has after the revision."
    return found


def _of_reference(change, here):
    twins = {row.reference.casefold() for row in here.changes if row.pk != change.pk and row.fate == Fate.ADD}
    if not change.reference:
        return {"reference": "Enter a reference, for example “R45”."}
    if change.reference.casefold() in here.references | twins:
        return {"reference": f"The plan already has a recommendation {change.reference}. Enter another reference."}
    return _of_field("reference", change.reference)


def _of_field(name, value):
    try:
        Recommendation._meta.get_field(name).run_validators(value)
    except ValidationError as refused:
        return {name: " ".join(refused.messages)}
    return {}


def _of_facts(proposed, present, here):
    found = {}
    after = present | proposed
    for field, sentence in _REQUIRED.items():
        if not after.get(field):
            found[field] = sentence
    for field in here.names.missing(proposed):
        if field not in found:
            found[field] = f"{LABELS[field]}: your choice is no longer there. Choose again."
    for field in ("title", "lead_wording", "timescale"):
        found |= _of_field(field, proposed[field]) if proposed.get(field) else {}
    before = set(present.get("areas", ()))
    if gone := set(proposed.get("areas", ())) - here.letters - before:
        found["areas"] = f"There is no area of focus {', '.join(sorted(gone))}. Choose again."
    return found


def _of_date(change, row, here):
    proposed = change.proposed
    after = proposed.get("due_on", days.iso(row.due_on) if row else "")
    if not after and row is not None and row.due_on:
        return {"due_on": "Enter the due date."}
    if not after and not proposed.get("timescale", row.timescale if row else ""):
        return {"due_on": UNDATED}
    due_on = proposals.day(proposed)
    if due_on is None:
        return {}
    if days.is_outside(due_on):
        return {"due_on": days.OUTSIDE}
    if due_on < here.today:
        return {"due_on": revisions.has_passed(due_on)}
    if row is not None and not change.reason:
        return {"reason": revisions.WHY_ANOTHER_DATE}
    return {}


def _of_letter(change, here):
    twins = {row.letter for row in here.area_changes if row.pk != change.pk}
    if not (len(change.letter) == 1 and "A" <= change.letter <= "Z"):
        return {"letter": "Enter one capital letter."}
    if change.letter in set(here.areas) | twins:
        return {"letter": f"The plan already has an area of focus {change.letter}. Enter another letter."}
    return {}


def _of_area(change):
    found = {} if change.title else {"title": "Enter a title for the area of focus."}
    if len(change.title) > AreaChange._meta.get_field("title").max_length:
        found["title"] = "Enter a title of 150 characters or fewer."
    return found | ({} if change.leading_post else {"leading_post": "Choose the post that leads it."})
