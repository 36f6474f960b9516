"""What the chair needs to recommend that the Notice be lifted."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from improvement.documents import pdf, word
from improvement.workbooks import sheets
from notices import exits
from notices.exits import exit_document, exit_sheet
from notices.views.shared import get_notice, get_plans, term_of, today

WRITERS = {
    "pdf": ("application/pdf", pdf.write),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", word.write),
}


@require_safe
def notice_exit(request, notice):
    """Every target at the end, what is open, what carries on and the chair's factors: as a page or as a file."""
    found, on = get_notice(request, notice), today(request)
    leaving, term = exits.build(found, get_plans(request, found), on=on), term_of(found, on)
    kind = request.GET.get("_export")
    if kind in sheets.FORMATS:
        return sheets.response(exit_sheet.sheet(found, leaving, term=term, on=on), f"{found.slug}-exit", kind)
    if kind in WRITERS:
        content_type, write = WRITERS[kind]
        made = HttpResponse(write(exit_document.build(found, leaving, term=term, on=on)), content_type=content_type)
        made["Content-Disposition"] = f'attachment; filename="{found.slug}-exit.{kind}"'
        return made
    context = {
        "notice": found,
        "term": term,
        "leaving": leaving,
        "on": on,
        "exports": {"pdf": "PDF", "docx": "Word"} | sheets.NAMES,
    }
    return render(request, "notices/exits/notice_exit.html", context)
