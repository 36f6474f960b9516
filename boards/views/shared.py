"""How a view fetches what an address names: what is not the person's to see is a 404."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from boards import permissions
from boards.models import Board

page_with_form = require_http_methods(["GET", "HEAD", "POST"])


def today(request):
    """Return the day of `request.now` in London."""
    return timezone.localdate(request.now)


def get_board(request, slug, may=permissions.can_see_board):
    """Return the Board, with its plan, if the predicate `may` of `boards.permissions` allows it."""
    board = get_object_or_404(Board.objects.select_related("plan__notice"), slug=slug)
    refuse_unless(may(request.user, board, on=today(request)))
    return board


def refuse_unless(is_allowed):
    if not is_allowed:
        raise Http404
