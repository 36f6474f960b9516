"""The page on which the programme office carries a Board over to the plan that has taken over its own."""

from django.contrib import messages
from django.shortcuts import redirect, render

from boards import permissions
from boards.forms.meetings import CarryOverForm
from boards.meetings import succession
from boards.views.shared import get_board
from improvement.govuk.pages import is_written, page_with_form, today
from improvement.records.refusals import Refused


@page_with_form
def board_carry_over(request, board):
    board = get_board(request, board, may=permissions.is_office)
    form = CarryOverForm(request.POST or None)
    if is_written(request, form, succession.carry_over, board=board):
        messages.success(request, "The new plan has a Board with the same seats.")
        return redirect("boards:board_detail", form.cleaned_data["slug"])
    context = {"board": board, "form": form, "seats": succession.seats_of(board, on=today(request))}
    try:
        context["plan"] = succession.successor(board)
        form.initial |= {"name": board.name, "slug": context["plan"].slug}
    except Refused as refusal:
        context["refusal"] = str(refusal)
    return render(request, "boards/board_carry_over.html", context)
