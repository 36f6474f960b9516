"""Loading a file in the administration: choose it, see row by row what it would do, confirm.

Pages of the admin, for staff who may add and change what the file holds; `admin` is the ModelAdmin that they stand
under, `kind` what the file holds (`Upload.Kind`).
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from accounts.handing_out import attachment
from improvement.govuk.pages import today
from improvement.workbooks import MAX_BYTES, Unreadable, writing
from notices import permissions
from notices.forms import LoadForm
from notices.loading import exporting, uploads
from notices.loading.layout import FILES
from notices.loading.rows import Status
from notices.models import Upload

ROWS_A_PAGE = 100
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def load(request, *, admin, kind):
    """Choose the file, and read what it may hold."""
    _require_permission(request, kind)
    file = FILES[kind]
    form = LoadForm(request.POST, request.FILES) if request.method == "POST" else LoadForm()
    if form.is_valid():
        chosen = form.cleaned_data["file"]
        try:
            content = chosen.read(MAX_BYTES + 1)
            upload = uploads.check(kind=kind, name=chosen.name, content=content, by=request.user, at=request.now)
        except Unreadable as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect(_address(admin, "loading", upload.pk))
    context = {
        "title": f"Load from a file: {file.title}",
        "form": form,
        "rules": exporting.rules(file),
        "sheets": [(sheet, exporting.guide(sheet)) for sheet in file.sheets],
        "templates": _files(admin, "template"),
        "own_address": reverse(admin.own_page) if admin.own_page else "",
        "exports": [(root, _files(admin, "export", root.pk)) for root in file.roots.objects.all()],
    }
    return _page(request, admin, "load", context)


def loading(request, pk, *, admin, kind):
    """Show what the checked file would do, and do it where that is confirmed."""
    _require_permission(request, kind)
    # What a council's own spreadsheet came to (`plans.importing`) stands with what was not understood of it.
    own = Upload.objects.filter(pk=pk, kind=kind, checked_by=request.user).select_related("spreadsheet")
    upload = own.defer("content", "spreadsheet__content").first()
    try:
        if upload and request.method == "POST":
            _confirm(request, upload)
            return redirect(request.path)
    except Upload.DoesNotExist:
        upload = None
    if upload is None:
        messages.warning(request, "That check has expired. Choose the file again.")
        return redirect(_address(admin, "load"))
    counts = upload.report["counts"]
    show = request.GET.get("show", Status.WRONG if counts[Status.WRONG] else "")
    context = {
        "title": f"{'Loaded' if upload.loaded_at else 'Check before loading'}: {upload.name}",
        "upload": upload,
        "remarks": upload.report["remarks"],
        "is_wrong": bool(counts[Status.WRONG]),
        "to_do": counts[Status.NEW] + counts[Status.CHANGED],
        "tabs": [(status, status.label, counts[status], status == show) for status in Status],
        "show": show,
        "rows": Paginator(_shown(upload.report["rows"], show), ROWS_A_PAGE).get_page(request.GET.get("page")),
        "load_address": _address(admin, "load"),
        "own_address": reverse(admin.own_page) if admin.own_page and not hasattr(upload, "spreadsheet") else "",
    }
    return _page(request, admin, "loading", context)


def template(request, extension, *, admin, kind):
    """Return an empty file to fill in."""
    _require_permission(request, kind)
    content = exporting.template(kind, _known(extension), on=today(request))
    return attachment(content, f"{kind}-template", extension, TYPES[extension])


def export(request, pk, extension, *, admin, kind):
    """Return what stands of a Notice or a plan in the form of the template."""
    _require_permission(request, kind)
    root = get_object_or_404(FILES[kind].roots, pk=pk)
    try:
        content = exporting.export(kind, root, _known(extension), on=today(request))
    except writing.TooLong as refusal:
        messages.error(request, str(refusal))
        return redirect(_address(admin, "load"))
    return attachment(content, f"{root.slug}-{kind}", extension, TYPES[extension])


def _require_permission(request, kind):
    if not permissions.can_load(request.user, kind):
        raise Http404


def _confirm(request, upload):
    try:
        loaded = uploads.load(upload=upload, digest=request.POST.get("digest", ""), by=request.user, at=request.now)
    except uploads.CheckedAgain as refusal:
        messages.error(request, str(refusal))
    else:
        counts = loaded.report["counts"]
        messages.success(
            request, f"“{loaded.name}” has been loaded: {counts[Status.NEW]} new, {counts[Status.CHANGED]} changed."
        )


def _shown(rows, show):
    """Return the rows of one status; of none in particular, all that are not the same."""
    return [row for row in rows if row["status"] == show or (not show and row["status"] != Status.SAME)]


def _known(extension):
    if extension not in TYPES:
        raise Http404
    return extension


def _address(admin, page, *args):
    return reverse(f"admin:{admin.opts.app_label}_{admin.opts.model_name}_{page}", args=args)


def _files(admin, page, *args):
    return [(extension.upper(), _address(admin, page, *args, extension)) for extension in TYPES]


def _page(request, admin, name, context):
    context |= {"opts": admin.opts, "list_address": _address(admin, "changelist")}
    return TemplateResponse(
        request, f"admin/notices/loading/{name}.html", admin.admin_site.each_context(request) | context
    )
