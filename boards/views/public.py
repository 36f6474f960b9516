"""The public page of a Board, without an account: every caller gets the same, so that any cache may keep it.

No view but the programme office’s switch reads the session, and no template of the others is given the request. What is
not public is a 404 like any other.
"""

import hashlib
import logging
from functools import partial, wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from accounts.handing_out import as_file
from boards import permissions, public
from boards.forms.meetings import PublicSwitchForm
from boards.meetings import minutes_document
from boards.models import Board, Meeting
from boards.public import public_page
from boards.views.shared import draw, get_board
from improvement import files
from improvement.govuk.pages import is_written, page_with_form

SECONDS = 300
logger = logging.getLogger(__name__)


def for_everyone(view):
    """Serve `view(request, board, …)` to anybody while the Board's public page is on; else there is no such page."""

    @login_not_required
    @require_safe
    @wraps(view)
    def served(request, board, *args, **kwargs):
        found = Board.objects.select_related("plan").filter(slug=board).first()
        if found is None or not found.is_public:
            raise Http404
        response = view(request, found, *args, **kwargs)
        if "ETag" not in response:
            response["ETag"] = tag = quote_etag(hashlib.sha256(response.content).hexdigest())
            response = get_conditional_response(request, etag=tag, response=response)
        response["Cache-Control"] = f"public, max-age={SECONDS}"
        response.is_for_caches = True
        return response

    return served


@for_everyone
def public_board(request, board):
    return _page("public_board", request, board, shown=public_page.of_board(board, now=request.now))


@for_everyone
def public_meeting(request, board, held_on):
    meeting = _meeting(request, board, held_on)
    return _page("public_meeting", request, board, shown=public_page.of_meeting(meeting, now=request.now))


@for_everyone
def public_paper(request, board, held_on, pk):
    paper = public_page.paper(_meeting(request, board, held_on), pk, now=request.now)
    return _file(request, paper, paper and paper.original_name)


@for_everyone
def public_pack(request, board, held_on, number, form):
    kept = public_page.pack(_meeting(request, board, held_on), number, now=request.now)
    return _file(request, kept and kept.file(form), f"{board.slug}-{held_on}-pack-{number}.{form}")


@for_everyone
def public_minutes(request, board, held_on, form):
    told = public_page.minutes(_meeting(request, board, held_on), now=request.now)
    if told is None:
        raise Http404
    return _made(minutes_document.minutes(told), f"{board.slug}-{held_on}-minutes", form)


@page_with_form
def public_switch(request, board):
    """Say what everyone would read, and switch the public page on or off; for the programme office."""
    found = get_board(request, board, may=permissions.is_office)
    form = PublicSwitchForm(request.POST or None, initial={"wanted": "off" if found.is_public else "on"})
    if is_written(request, form, public.switch, board=found):
        is_on = form.cleaned_data["wanted"] == "on"
        messages.success(request, f"The public page has been switched {'on' if is_on else 'off'}.")
        return redirect("boards:public_switch", board)
    return draw(request, "boards/public/public_switch.html", form, board=found, plan=found.plan)


def _meeting(request, board, held_on):
    rows = permissions.for_everyone(Meeting.objects.whole(), board, at=request.now)
    if (meeting := rows.filter(held_on=held_on).first()) is None:
        raise Http404
    return meeting


def _page(name, request, board, **context):
    """Return a page that is drawn without the request: nothing of who asks is in it."""
    stands = {"is_demonstration": settings.DEMONSTRATION, "now": request.now}
    return HttpResponse(render_to_string(f"boards/public/{name}.html", context | stands | {"board": board}))


def _made(document, name, form):
    """Return the document as a file, which is made once however many ask for it: that takes a process of its own."""
    key = f"{name}-{hashlib.sha256(repr(document).encode()).hexdigest()}.{form}"
    content, headers = caches["minutes"].get_or_set(key, partial(_written, document, name, form))
    return HttpResponse(content, headers=headers)


def _written(document, name, form):
    response = as_file(document, name, form)
    return response.content, dict(response.headers)


def _file(request, row, name):
    if row is None or not row.file:
        raise Http404
    tag = quote_etag(row.sha256)
    if (known := get_conditional_response(request, etag=tag)) is not None:
        known["ETag"] = tag
        return known
    try:
        response = files.download(row, name)
    except FileNotFoundError:
        raise Http404 from None
    except files.Damaged as damaged:
        logger.error("%s, asked for on the public page: %s", row, damaged)
        raise Http404 from None
    response["ETag"] = tag
    return response
