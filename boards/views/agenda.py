"""The programme office puts items on the agenda, changes, moves and removes them."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from boards import access, meetings, permissions
from boards.forms.access import ItemAccessForm
from boards.forms.meetings import ItemAddForm, ItemEditForm
from boards.forms.refusable import ConfirmForm
from boards.views.access import change_access
from boards.views.shared import about, back, draw, get_meeting, office_form, try_to
from improvement.govuk.pages import is_written, page_with_form


@office_form
def item_add(request, meeting):
    form = ItemAddForm(request.POST or None)
    if is_written(request, form, meetings.add_item, meeting=meeting):
        return back(meeting)
    return draw(request, "boards/meetings/item_add.html", form, **about(meeting))


@office_form
def item_edit(request, meeting, pk):
    item = get_object_or_404(meeting.items, pk=pk)
    initial = {name: getattr(item, name) for name in ItemEditForm.base_fields}
    form = ItemEditForm(request.POST or None, initial=initial)
    if is_written(request, form, meetings.change_item, item=item):
        return back(meeting)
    return draw(request, "boards/meetings/item_edit.html", form, **about(meeting), item=item)


@page_with_form
def item_access(request, board, held_on, pk):
    """Say who reads an item and what belongs to it, after the minutes are agreed too."""
    meeting = get_meeting(request, board, held_on, may=permissions.is_office)
    item = get_object_or_404(meeting.items, pk=pk)
    form = ItemAccessForm(request.POST or None, initial=access.stands(item))
    return change_access(request, meeting.board, item, form, f"Item {item.position}", _address(meeting))


def _address(meeting):
    return reverse("boards:meeting_detail", args=[meeting.board.slug, meeting.held_on])


@require_POST
def item_move(request, board, held_on, pk):
    """Move an item to the position that the button names; what it cannot mean moves nothing."""
    meeting = get_meeting(request, board, held_on, may=permissions.is_office)
    item = get_object_or_404(meeting.items, pk=pk)
    position = request.POST.get("position", "")
    if position.isascii() and position.isdigit():
        try_to(request, meetings.move_item, item=item, position=int(position[:4]))
    return back(meeting)


@office_form
def item_remove(request, meeting, pk):
    item = get_object_or_404(meeting.items, pk=pk)
    form = ConfirmForm(request.POST or None)
    if is_written(request, form, meetings.remove_item, item=item):
        return back(meeting)
    kept_because = meetings.kept_because(item)
    return draw(
        request, "boards/meetings/item_remove.html", form, **about(meeting), item=item, kept_because=kept_because
    )
