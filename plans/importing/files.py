"""Keeps a council's own spreadsheet while it is mapped, remembers what its headings mean, and has it checked.

What it comes to is written as a file of our own, which `notices.loading` checks and loads like any other.
"""

import hashlib
from datetime import date
from pathlib import PurePath

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Post
from improvement import workbooks
from improvement.workbooks import Unreadable, writing
from notices.loading import exporting, uploads
from notices.loading.layout import FILES
from notices.models import Finding, Upload
from plans.importing import made, mapped
from plans.importing.made import Chosen, Made
from plans.importing.mapped import Opened
from plans.models import ColumnMapping, Plan, Spreadsheet

KIND = Upload.Kind.PLAN
_EMPTY = "This file has no rows."


def keep(*, name, content, by, at):
    """Keep a file to be mapped and return it. Raises `workbooks.Unreadable`.

    The person's last one that was not loaded, and whatever is too old, is swept away.
    """
    name = PurePath(name).name[-200:]
    if not any(grid.rows for grid in workbooks.read_all(name, content)):
        raise Unreadable(_EMPTY)
    with transaction.atomic():
        waiting = Q(chosen_by=by) & (Q(upload=None) | Q(upload__loaded_at=None))
        sweep(at=at)
        Spreadsheet.objects.filter(waiting).delete()
        return Spreadsheet.objects.create(name=name, content=content, chosen_at=at, chosen_by=by)


def loaded(upload):
    """Empty the spreadsheet that came to `upload`, which is loaded; what was not understood stays to be read."""
    Spreadsheet.objects.filter(upload=upload).update(content=b"")


@transaction.atomic
def sweep(*, at):
    """Remove the spreadsheets and checked files that are older than a day, with all that they say."""
    uploads.sweep(at=at)
    Spreadsheet.objects.filter(chosen_at__lt=at - uploads.KEPT_FOR).delete()


def opened(spreadsheet, sheet="", top=None) -> Opened:
    """Return the sheet of that name, or the likeliest one, of the file."""
    grids = workbooks.read_all(spreadsheet.name, bytes(spreadsheet.content))
    return mapped.opened([grid for grid in grids if grid.rows], sheet, top)


def remembered(sheet: Opened) -> dict:
    """Return what was last said of a sheet with the same headings; nothing if there was none."""
    found = ColumnMapping.objects.filter(headings=_digest(sheet)).first() if sheet.shape else None
    return found.answers if found else {}


def check(*, spreadsheet, sheet, chosen, columns, with_hidden, answers, by, at):
    """Turn the sheet into a file of our own, have it checked, and remember the answers; return the Upload.

    `columns` are the fields by place, `chosen` what is said of the whole plan. Raises `workbooks.Unreadable`.
    """
    plan = sheet.plan(columns, with_hidden=with_hidden)
    if not plan.records:
        raise Unreadable("No recommendations were found beneath the headings.")
    result = made.make(plan, chosen)
    content = _written(result, chosen.slug, on=timezone.localdate(at))
    with transaction.atomic():
        made_of = bytes(spreadsheet.content)
        upload = uploads.check(kind=KIND, name=spreadsheet.name, content=content, made_of=made_of, by=by, at=at)
        remarks = [vars(remark) for remark in result.remarks]
        changed = {"upload": upload, "answers": answers, "remarks": remarks}
        Spreadsheet.objects.filter(pk=spreadsheet.pk).update(**changed)
        saved = {"answers": answers, "saved_at": at, "saved_by": by}
        ColumnMapping.objects.update_or_create(headings=_digest(sheet), defaults=saved)
    return upload


def chosen(*, sheet, spreadsheet, split, **answers) -> Chosen:
    """Return what is said of the whole plan, with the posts and findings that the tracker knows."""
    of_sheet = "" if sheet.name == mapped.ALL else f", sheet “{sheet.name[:40]}”"
    source = f"{spreadsheet.name[:80]}{of_sheet}"
    return Chosen(
        **answers, source=source, split=frozenset(split), posts=_posts(), findings=_findings(answers["notice"])
    )


def _posts():
    """Return every post by its title and organisation, and by its title alone where only one has it."""
    found, by_title = {}, {}
    for post in Post.objects.order_by("pk").values_list("title", "organisation"):
        found[f"{made.key(post[0])}|{made.key(post[1])}"] = post
        by_title.setdefault(made.key(post[0]), []).append(post)
    return found | {title: posts[0] for title, posts in by_title.items() if len(posts) == 1}


def _findings(notice):
    """Return the findings of the Notice's inspections, as our own file names them, by what a plan may call them."""
    rows = Finding.objects.filter(inspection__notices__slug=notice).values_list("inspection__slug", "reference")
    by_reference = {}
    for inspection, reference in rows:
        by_reference.setdefault(made.key(reference), []).append(f"{inspection}/{reference}")
    return {reference: named[0] for reference, named in by_reference.items() if len(named) == 1}


def _digest(sheet):
    return hashlib.sha256(sheet.shape.signature.encode()).hexdigest()


def _written(result: Made, slug: str, *, on: date) -> bytes:
    """Return the rows as a file of our own. What they do not say of a plan that is there already stays as it is."""
    standing = _standing(slug, on)
    pages = []
    for sheet in FILES[KIND].sheets:
        headings = [column.heading for column in sheet.columns]
        keys = [sheet.readers[path].heading for path in sheet.key]
        known = standing.get(sheet.name, {})
        rows = []
        for cells in result.sheets.get(sheet.name, []):
            before = known.get(tuple(str(cells.get(heading) or "") for heading in keys), {})
            rows.append([cells[heading] if heading in cells else before.get(heading) for heading in headings])
        pages.append(writing.Page(sheet.name, [writing.Column(heading) for heading in headings], rows))
    return writing.write_csv(pages)


def _standing(slug, on):
    """Return the cells of each row of the plan as it is exported, by sheet and key."""
    plan = Plan.objects.filter(slug=slug).first()
    if plan is None:
        return {}
    names = tuple(sheet.name for sheet in FILES[KIND].sheets)
    book = workbooks.read("plan.csv", exporting.export(KIND, plan, "csv", on=on), names)
    found = {}
    for sheet in FILES[KIND].sheets:
        table = book.tables[sheet.name]
        keys = [sheet.readers[path].heading for path in sheet.key]
        for _, cells in table.rows:
            row = dict(zip(table.headings, [cell.value for cell in cells], strict=False))
            found.setdefault(sheet.name, {})[tuple(str(row.get(heading) or "") for heading in keys)] = row
    return found
