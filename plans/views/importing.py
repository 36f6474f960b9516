"""A council's own spreadsheet in the administration: choose it, say what its columns hold, and have it checked.

Pages of the admin, for staff who may load a plan; the check leads to the page of any file (`notices.views.loading`).
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import slugify

from improvement.govuk.pages import today
from improvement.workbooks import MAX_BYTES, Unreadable
from notices.forms import LoadForm
from notices.permissions import can_load
from plans.forms.importing import MappingForm
from plans.importing import files
from plans.models import Plan, Spreadsheet

_CHOOSE, _COLUMNS = "admin:plans_plan_spreadsheet", "admin:plans_plan_columns"
_DIGITS = 8


def spreadsheet(request, *, admin):
    """Choose the file."""
    _require_permission(request)
    form = LoadForm(request.POST, request.FILES) if request.method == "POST" else LoadForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            content = file.read(MAX_BYTES + 1)
            kept = files.keep(name=file.name, content=content, by=request.user, at=request.now)
        except Unreadable as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect(_COLUMNS, kept.pk)
    return _page(request, admin, "spreadsheet", {"title": "Load your own spreadsheet", "form": form})


def columns(request, pk, *, admin):
    """Say what each column holds; the dry run follows."""
    _require_permission(request)
    kept = Spreadsheet.objects.filter(pk=pk, chosen_by=request.user).first()
    if kept is None or not kept.content:  # it is emptied once it is loaded
        messages.warning(request, "That spreadsheet has expired. Choose it again.")
        return redirect(_CHOOSE)
    typed = request.POST.dict()
    try:
        sheet = files.opened(kept, *_asked(typed or kept.answers))
        is_answered = typed.get("read") == sheet.read and "again" not in typed
        form = MappingForm(
            request.POST if is_answered else None, sheet=sheet, initial=_initial(kept, sheet, typed, request)
        )
        if is_answered and form.is_valid():
            return redirect("admin:plans_plan_loading", _check(kept, sheet, form, request).pk)
    except Unreadable as refusal:
        messages.error(request, str(refusal))
        return redirect(_CHOOSE)
    context = {"title": f"What the columns hold: {kept.name}", "form": form, "sheet": sheet}
    return _page(request, admin, "columns", context | {"is_read_again": bool(typed) and not is_answered})


def _check(kept, sheet, form, request):
    return files.check(
        spreadsheet=kept,
        sheet=sheet,
        chosen=files.chosen(sheet=sheet, spreadsheet=kept, split=form.splits, **form.of_plan),
        columns=form.chosen_columns,
        with_hidden=form.cleaned_data.get("hidden") == "yes",
        answers=form.typed,
        by=request.user,
        at=request.now,
    )


def _asked(data):
    """Return the sheet and the row of headings that were asked for, if any: of another sheet, no row that was read."""
    name, top = data.get("sheet_name", ""), str(data.get("top", ""))
    read, _, read_top = data.get("read", "").rpartition("|")
    is_other = bool(name) and bool(read) and name != read and top == read_top
    # More digits than any row has are a row that no sheet has; Python reads no number of thousands of digits.
    row = int(top[:_DIGITS]) if top.isascii() and top.isdigit() else 0
    return name, row if row and not is_other else None


def _initial(kept, sheet, typed, request):
    """Return what was typed of this file, or of one with the same headings, or what is likely."""
    plan = Plan.objects.order_by("pk").first()
    title = (sheet.title or kept.name.rpartition(".")[0])[:200]
    likely = {
        "title": title,
        "slug": _slug(title),
        "council": plan.council if plan else "",
        "organisation": plan.council if plan else "",
        "accountable": "Director of Children’s Services",
        "opened_on": today(request),
    }
    # What was said of the columns of another sheet says nothing of these.
    said = [answers for answers in (files.remembered(sheet), kept.answers, typed) if answers]
    for answers in said:
        is_same = answers.get("read", sheet.read) == sheet.read
        likely |= {
            name: answer for name, answer in answers.items() if is_same or not name.startswith(("column_", "split_"))
        }
    return likely | {"sheet_name": sheet.name, "top": sheet.top or typed.get("top")}


def _slug(title):
    """Return the first word of the title, or all of them where a plan has that name in its addresses already."""
    words = slugify(title)
    first = words.partition("-")[0]
    return words[:50].strip("-") if Plan.objects.filter(slug=first).exists() else first[:50]


def _require_permission(request):
    if not can_load(request.user, files.KIND):
        raise Http404


def _page(request, admin, name, context):
    addresses = {
        "opts": admin.opts,
        "list_address": reverse("admin:plans_plan_changelist"),
        "load_address": reverse("admin:plans_plan_load"),
        "choose_address": reverse(_CHOOSE),
    }
    context = admin.admin_site.each_context(request) | addresses | context
    return TemplateResponse(request, f"admin/plans/importing/{name}.html", context)
