"""The Board's advice: all of it, one, and what is recorded of it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import Removal
from boards import challenges, permissions, tables
from boards.challenges import advice as verbs
from boards.forms.advice import AdviceForm, ResponseForm, ResultForm
from boards.views.shared import change_access, draw, form_for, get_board
from improvement.govuk.pages import is_written, page_with_form, today
from improvement.records.refusals import Refusal
from improvement.workbooks import sheets


@require_safe
def advice_list(request, board):
    """Everything that the Board advised, of which the council must take full account [002]."""
    found = get_board(request, board)
    rows = _rows(request, found).order_by("-number")
    if (kind := request.GET.get("_export")) in sheets.FORMATS:
        sheet = tables.sheet(found, "advice", tables.ADVICE, rows, on=today(request))
        return sheets.response(sheet, f"{found.slug}-advice", kind)
    can_record = permissions.can_settle(request.user, found, on=today(request))
    context = {"board": found, "plan": found.plan, "rows": rows, "can_record": can_record}
    return render(request, "boards/challenges/advice_list.html", context)


@require_safe
def advice_detail(request, board, number):
    found = get_board(request, board)
    row = _get(request, found, number)
    is_office = permissions.is_office(request.user, found, on=today(request))
    context = {
        "is_office": is_office,
        "removals": Removal.objects.of(row),
        "can_respond": is_office and not row.result,
        "can_conclude": permissions.can_settle(request.user, found, on=today(request)) and not row.result,
    }
    context |= {"board": found, "plan": found.plan, "advice": row}
    return render(request, "boards/challenges/advice_detail.html", context)


@page_with_form
def advice_add(request, board):
    found = get_board(request, board, may=permissions.can_settle)
    held = found.meetings.filter(held_on__lte=today(request)).order_by("-held_on")
    form = AdviceForm(request.POST or None, meetings=held, bodies=found.bodies.all())
    if form.is_valid():
        try:
            row = verbs.record(board=found, by=request.user, at=request.now, **form.answers)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Advice {row.number} has been recorded.")
            return redirect("boards:advice_detail", found.slug, row.number)
    return draw(request, "boards/challenges/advice_add.html", form, board=found, plan=found.plan)


@page_with_form
def advice_access(request, board, number):
    """Say who reads advice and the response to it, after it is concluded too."""
    found = get_board(request, board, may=permissions.is_office)
    row = _get(request, found, number)
    address = reverse("boards:advice_detail", args=[board, number])
    return change_access(request, found, row, form_for(request, row), f"Advice {number}", address)


@page_with_form
def advice_respond(request, board, number):
    found = get_board(request, board, may=permissions.is_office)
    row = _get(request, found, number)
    initial = {
        "version": row.version,
        "response": row.response,
        "responding_post": row.responding_post_id,
        "responded_on": row.responded_on,
    }
    form = ResponseForm(request.POST or None, posts=challenges.posts_of(found.plan), initial=initial)
    return _change(request, found, row, form, verbs.respond, "boards/challenges/advice_respond.html")


@page_with_form
def advice_conclude(request, board, number):
    found = get_board(request, board, may=permissions.can_settle)
    row = _get(request, found, number)
    form = ResultForm(request.POST or None, initial={"version": row.version})
    return _change(request, found, row, form, verbs.conclude, "boards/challenges/advice_conclude.html")


def _rows(request, board):
    """Return the advice that the person reads."""
    readership = permissions.readership(request.user, board, on=today(request))
    return permissions.readable(board.advice.select_related("meeting", "responding_post", "item", "body"), readership)


def _get(request, board, number):
    return get_object_or_404(_rows(request, board), number=number)


def _change(request, board, row, form, verb, template):
    """Make the change; where it is refused, give back what was typed beside what stands now."""
    is_done = is_written(request, form, verb, advice=row)
    if is_done:
        messages.success(request, f"Advice {row.number}: your entry is saved.")
    if is_done or (row.result and not form.is_bound):
        return redirect("boards:advice_detail", board.slug, row.number)
    if form.is_bound:
        row = _get(request, board, row.number)
    return draw(request, template, form, board=board, plan=board.plan, advice=row)
