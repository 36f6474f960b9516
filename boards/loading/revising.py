"""A file of a plan that has published months: what it says anew of recommendations becomes a draft revision."""

from accounts.models import Post
from boards.loading.sheets import PLAN
from improvement.records.refusals import Incomplete, Refused
from notices.loading import comparing
from notices.models import Finding, Target
from plans import refresh
from plans.models import Outcome, Plan
from plans.refresh.proposals import LABELS

(SHEET,) = (sheet for sheet in PLAN if sheet.name == "Recommendations")
REMARK = (
    "This plan has published months, so its recommendations stay as they are for now. What is new and changed below "
    "becomes a draft revision, which the programme office completes and applies from the plan’s page."
)
OTHERS = (
    "This plan has published months, so a file can change only its recommendations. "
    "Take these rows out of the file, and change them on their own pages."
)
JOINED = "The day on which a recommendation joined the plan cannot change once the plan has published months."
_MODELS = {"outcome": Outcome, "lead_post": Post, "targets": Target, "findings": Finding}


def check(found, stands):
    """Say of a comparison what cannot go into a draft, and what becomes of the rest."""
    for sheet in PLAN:
        if sheet is not SHEET and any(each.sheet is sheet for each in found.writes):
            comparing.refuse(found, sheet, OTHERS)
    earlier = stands.of(SHEET)
    if any(earlier[each.key]["opened_on"] != each.values["opened_on"] for each in _changed(found)):
        comparing.refuse(found, SHEET, JOINED)
    found.remarks.append(REMARK)


def draft(found, *, by, at, file):
    """Put what is new and changed into the plan's draft revision; return how many recommendations that is."""
    (pk,) = found.pks["Plan"].values()
    rows = [_row(each, found.pks) for each in found.writes]
    try:
        refresh.draft(plan=Plan(pk=pk), title=f"From {file}"[:200], rows=rows, by=by, at=at)
    except Incomplete as refusal:
        raise Refused(" ".join(f"{reference}: {said}" for reference, said in refusal.errors.items())) from None
    return len(rows)


def _changed(found):
    return (each for each in found.writes if each.sheet is SHEET and each.pk)


def _row(each, pks):
    """Return what a row of the sheet says, by field of a draft; what others are called becomes the others."""
    values = each.values
    row = {field: values[field] for field in LABELS if field in SHEET.own}
    for link in SHEET.links:
        row[link.field] = _MODELS[link.field](pk=pks[link.to][tuple(values[path] for path in link.by)])
    for link in SHEET.many:
        named = values[link.field]
        # A draft names areas by their letters, as it may add some.
        row[link.field] = (
            [letter for (letter,) in named]
            if link.field == "areas"
            else [_MODELS[link.field](pk=pks[link.to][key]) for key in named]
        )
    # The present date of what is in the plan already is not in the file.
    dated = {} if each.pk else {"due_on": values["original_due_on"]}
    return row | dated | {"reference": values["reference"]}
