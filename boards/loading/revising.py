"""A file of a plan that has published months: what it says anew of recommendations becomes a draft revision."""

from dataclasses import replace

from accounts.models import Post
from boards.loading.sheets import PLAN
from improvement.records.refusals import Incomplete, Refused
from notices.loading import comparing
from notices.loading.rows import Detail, Status
from notices.models import Finding, Target
from plans import refresh
from plans.models import Outcome, Plan, RefreshChange
from plans.refresh import proposals
from plans.refresh.proposals import LABELS

(SHEET,) = (sheet for sheet in PLAN if sheet.name == "Recommendations")
REMARK = (
    "This plan has published months, so its recommendations stay as they are for now. What is new and changed below "
    "becomes a draft revision, which the programme office completes and applies from the plan’s page. If one is open, "
    "what the file’s columns say takes the place of what was drafted there, and everything else in it stays."
)
OTHERS = (
    "This plan has published months, so a file can change only its recommendations. "
    "Take these rows out of the file, and change them on their own pages."
)
JOINED = "The day on which a recommendation joined the plan cannot change once the plan has published months."
_MODELS = {"outcome": Outcome, "lead_post": Post, "targets": Target, "findings": Finding}


def check(found, stands):
    """Say of a comparison what cannot go into a draft, and what becomes of the rest."""
    _take_back(found, stands)
    if not found.writes:
        return
    for sheet in PLAN:
        if sheet is not SHEET and any(each.sheet is sheet for each in found.writes):
            comparing.refuse(found, sheet, OTHERS)
    earlier = stands.of(SHEET)
    changed = (each for each in found.writes if each.sheet is SHEET and each.pk)
    if any(earlier[each.key]["opened_on"] != each.values["opened_on"] for each in changed):
        comparing.refuse(found, SHEET, JOINED)
    found.remarks.append(REMARK)


def _take_back(found, stands):
    """Let rows that say what the plan says be written where the open draft says something else in their columns."""
    drafted = {
        change.reference: change.proposed
        for change in RefreshChange.objects.filter(
            refresh__plan=stands.root, refresh__applied_at=None, fate=RefreshChange.Fate.CHANGE
        )
    }
    named = [each for each in found.same if each.sheet is SHEET and each.values["reference"] in drafted]
    names = proposals.names(stands.root) if named else None
    for each in named:
        # As the plan has it to the letter, so that not even a space of it becomes a change.
        texts = {field: stands.of(SHEET)[each.key][field] for field in LABELS if field in SHEET.own}
        each.values.update(texts)
        here = _row(each, found.pks)
        present = proposals.kept(**{field: value for field, value in here.items() if field in LABELS})
        proposed = drafted[each.values["reference"]]
        lines = names.lines(present, {field: value for field, value in proposed.items() if field in present})
        if lines:
            found.writes.append(each)
            _show(found, each, tuple(Detail(line["label"], line["before"], line["after"]) for line in lines))


def _show(found, each, details):
    """Show the row as one that changes: what was drafted, and what the plan says."""
    place = next(
        place
        for place, row in enumerate(found.rows)
        if (row.sheet, row.what, row.status) == (SHEET.name, each.values["reference"], Status.SAME)
    )
    found.rows[place] = replace(found.rows[place], status=Status.CHANGED, details=details)


def draft(found, *, by, at, file):
    """Put what is new and changed into the plan's draft revision; return how many recommendations that is."""
    (pk,) = found.pks["Plan"].values()
    rows = [_row(each, found.pks) for each in found.writes]
    try:
        refresh.draft(plan=Plan(pk=pk), title=f"From {file}"[:200], rows=rows, by=by, at=at)
    except Incomplete as refusal:
        raise Refused(" ".join(f"{reference}: {said}" for reference, said in refusal.errors.items())) from None
    return len(rows)


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
