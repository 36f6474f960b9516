"""Where a person with a seat on the Board begins."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from boards import home, permissions
from boards.views.shared import get_board
from improvement.govuk.pages import today


@require_safe
def board_home(request, board):
    """The next meeting with its papers, the latest month in short, and the person's questions with their answers."""
    found = get_board(request, board, may=permissions.has_seat)
    user, on = request.user, today(request)
    is_chair = permissions.is_chair(user, found, on=on)
    readership = permissions.readership(user, found, on=on)
    context = {
        "board": found,
        "plan": found.plan,
        "home": home.build(user, found, readership, now=request.now, is_chair=is_chair),
        "asks": permissions.challenging_seat(user, found, on=on) is not None,
        "is_chair": is_chair,
    }
    return render(request, "boards/home/board_home.html", context)
