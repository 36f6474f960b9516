"""What the chair needs to recommend that the Notice be lifted."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from improvement import sheets
from notices import exit_sheet, exits
from notices.views.shared import get_notice, term_of, today


@require_safe
def notice_exit(request, notice):
    """Every target at the end, what is open, what carries on and the chair's factors; or the targets as a file."""
    found, on = get_notice(request, notice), today(request)
    leaving, term = exits.build(found, on=on), term_of(found, on)
    if (kind := request.GET.get("_export")) in sheets.FORMATS:
        return sheets.response(exit_sheet.sheet(found, leaving, term=term, on=on), f"{found.slug}-exit", kind)
    context = {"notice": found, "term": term, "leaving": leaving, "on": on}
    return render(request, "notices/notice_exit.html", context)
