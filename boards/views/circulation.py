"""What was sent to whom and when, what is due next, what is late."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from boards import permissions
from boards.forms.reports import CirculationForm
from boards.reports import bodies, circulation
from boards.views.shared import get_board
from improvement.govuk.pages import page_with_form, today
from improvement.records.refusals import Refused
from improvement.workbooks import sheets

COLUMNS = (
    sheets.Column("Recipient", lambda row: row.body.name, 32),
    sheets.Column("What was sent", lambda row: row.what, 50),
    sheets.Column("When", lambda row: f"{row.sent_on:%B %Y}" if row.is_month_only else row.sent_on, 16),
    sheets.Column("Asked to decide", lambda row: row.asked, 40),
    sheets.Column("Decided", lambda row: row.decided, 30),
    sheets.Column("Note", lambda row: row.note, 40),
    sheets.Column("Source", lambda row: row.source, 24),
)


@require_safe
def circulation_list(request, board):
    found = get_board(request, board)
    standings = bodies.build(found, on=today(request))
    if (kind := request.GET.get("_export")) in sheets.FORMATS:
        return sheets.response(_sheet(found, standings, today(request)), f"{found.slug}-circulation", kind)
    context = {
        "board": found,
        "plan": found.plan,
        "standings": standings,
        "is_office": permissions.is_office(request.user, found, on=today(request)),
    }
    return render(request, "boards/reports/circulation_list.html", context)


@page_with_form
def circulation_add(request, board):
    found = get_board(request, board, permissions.is_office)
    initial = {"sent_on": today(request), "report": request.GET.get("report"), "what": request.GET.get("what", "")}
    form = CirculationForm(request.POST or None, initial=initial, board=found)
    if form.is_valid():
        try:
            row = circulation.record(by=request.user, at=request.now, **form.cleaned_data)
            messages.success(request, f"Recorded: “{row.what}” was sent to {row.body}.")
            return redirect("boards:circulation_list", board)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "boards/reports/circulation_add.html", {"board": found, "plan": found.plan, "form": form})


def _sheet(board, standings, on):
    rows = sorted((row for item in standings for row in item.sent), key=lambda row: row.sent_on, reverse=True)
    lines = [board.plan.caveat] if board.plan.caveat else []
    return sheets.Sheet(f"Circulation, {board.name}", lines, COLUMNS, rows, on)
