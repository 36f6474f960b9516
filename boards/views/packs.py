"""The pack of a meeting: what stands in it, its cover sheet, and its files."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from accounts.handing_out import attachment, hand_out
from accounts.removal.forms import RemovalForm
from boards import packs, permissions
from boards.forms.packs import CoverForm, SectionsForm
from boards.forms.refusable import ConfirmForm
from boards.models import Pack, PackFile, PackOrder
from boards.packs import chosen, contents, kept_packs, pack_files, pack_outline
from boards.permissions import Readership
from boards.views.shared import about, draw, get_meeting, office_form
from improvement.files import content
from improvement.govuk.pages import is_written, page_with_form, today
from improvement.records.refusals import Refused


@page_with_form
def pack_detail(request, board, held_on):
    """What will stand in the pack, for each audience; once the agenda is published, what was kept and what is new."""
    meeting = get_meeting(request, board, held_on, may=permissions.is_office)
    form = ConfirmForm(request.POST or None)
    if is_written(request, form, packs.keep, meeting=meeting):
        messages.success(request, "The pack has been saved.")
        return _to_pack(meeting)
    outline = pack_outline.build(meeting, now=request.now) if meeting.month else None
    return draw(request, "boards/packs/pack_detail.html", form, **about(meeting), outline=outline)


@page_with_form
def pack_remove(request, board, held_on):
    """Take away for good what was kept, where a text in it could identify someone; after the minutes are agreed too."""
    meeting = get_meeting(request, board, held_on, may=permissions.is_office)
    kept = [
        one for one in kept_packs.of_meeting(meeting, list(Pack.Audience), at=request.now) if not one.pack.is_removed
    ]
    seen = packs.removing(meeting)
    form = RemovalForm(request.POST or None, initial={"seen": seen})
    if is_written(request, form, packs.remove, meeting=meeting):
        messages.success(request, "The pack has been removed. Readers will see your reason in its place.")
        return _to_pack(meeting)
    if form.is_bound:
        form.take("seen", seen)
    return draw(request, "boards/packs/pack_remove.html", form, **about(meeting), kept=kept)


@office_form
def cover_edit(request, meeting):
    if not meeting.month:
        raise Http404
    sheet = pack_outline.cover_of(meeting, now=request.now)
    names = [name for name in CoverForm.base_fields if name != "version"]
    form = CoverForm(request.POST or None, initial={name: getattr(sheet, name) for name in [*names, "version"]})
    if is_written(request, form, packs.write_cover, meeting=meeting):
        messages.success(request, "The cover sheet has been saved.")
        return _to_pack(meeting)
    return draw(request, "boards/packs/cover_edit.html", form, **about(meeting))


@office_form
def sections_choose(request, meeting):
    """Choose what each audience finds in the pack."""
    shown = {audience: sorted(keys) for audience, keys in chosen.of(meeting).items()}
    form = SectionsForm(request.POST or None, initial=shown | {"version": chosen.version_of(meeting)})
    if is_written(request, form, packs.choose, meeting=meeting):
        messages.success(request, "The sections have been saved.")
        return _to_pack(meeting)
    return draw(request, "boards/packs/sections_choose.html", form, **about(meeting))


@require_safe
def pack_download(request, board, held_on, form):
    """Hand out a kept pack as it is; to the office, while none is kept, one that is made now.

    `?audience=` asks for another version than one's own, `?number=` for a supplement, or for `all` as one file. What
    is ordered and not made yet is made for the first who asks.
    """
    meeting = get_meeting(request, board, held_on)
    readership = permissions.readership(request.user, meeting.board, on=today(request))
    audience = request.GET.get("audience") or permissions.own_audience(readership)
    if audience not in permissions.readable_packs(readership):
        raise Http404
    if waiting := getattr(meeting, "pack_order", None):
        packs.make(waiting.pk, at=request.now)
    found = [one for one in kept_packs.read_by(meeting, readership, at=request.now) if one.pack.audience == audience]
    is_previewed = readership == Readership.OFFICE and meeting.month and not waiting and "number" not in request.GET
    if not found and is_previewed:
        return _previewed(request, meeting, audience, form)
    if not found and (waiting := PackOrder.objects.filter(meeting=meeting).first()):
        return _not_yet(request, meeting, waiting)
    return _handed_out(request, *_chosen(found, request.GET.get("number", ""), form))


def _to_pack(meeting):
    return redirect("boards:pack_detail", meeting.board.slug, meeting.held_on)


def _not_yet(request, meeting, waiting):
    """Say on the page of the meeting that somebody else is making the pack, or why it failed."""
    if waiting.error:
        messages.error(request, f"The pack could not be made. {waiting.error} We will try again in a few minutes.")
    else:
        messages.info(request, "The pack is still being made. Try again in a minute.")
    return redirect("boards:meeting_detail", meeting.board.slug, meeting.held_on)


def _previewed(request, meeting, audience, form):
    try:
        return _made(meeting, audience, form, request.now)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _to_pack(meeting)


def _made(meeting, audience, form, at):
    made = pack_files.whole(contents.build(meeting, at=at)[audience])
    extension = PackFile(form=form).extension
    papers = "-with-papers" if form == PackFile.Form.FULL else ""
    name = f"{meeting.board.slug}-{meeting.held_on}-preview-for-{audience}{papers}"
    return attachment(pack_files.written(made, form), name, extension, content.TYPES[extension])


def _chosen(found, number, form):
    """Return the kept pack that is asked for and its file: by default the last one that holds everything."""
    if number == "all" and form == PackFile.Form.PDF and found and found[-1].merged:
        return found[-1], found[-1].merged
    if number:
        chosen = [one for one in found if str(one.pack.number) == number]
    else:
        chosen = [one for one in found if one.pack.first_page == 1]
    if not chosen:
        raise Http404
    return chosen[-1], chosen[-1].file(form)


def _handed_out(request, one, file):
    meeting = one.pack.meeting
    what = "pack-and-supplements" if file.form == PackFile.Form.MERGED else one.pack.name.lower().replace(" ", "-")
    papers = "-with-papers" if file.form == PackFile.Form.FULL else ""
    name = f"{meeting.board.slug}-{meeting.held_on}-{what}-for-{one.pack.audience}{papers}.{file.extension}"
    return hand_out(request, file, name)
