"""The letterhead of a Board: a picture and who writes, uploaded once, above what goes out in the chair's name."""

import base64

from django.db import transaction

from accounts.audit import events
from accounts.models import Removal
from accounts.removal import kinds, redactions
from boards.models import Board, Letterhead, Report
from boards.reports import digests
from improvement.documents import pictures
from improvement.documents.blocks import Figure
from improvement.documents.template import NotCompiled
from improvement.files import content, opened
from improvement.records.refusals import Incomplete, Refused
from plans.reporting import evidence

LARGEST = 1_000_000  # bytes
MOST_PIXELS = 4000  # on each side
# As wide as the text, and no higher than a letter can spare; in points.
WIDEST, HIGHEST = 480, 90
KINDS = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}
NO_PICTURE = "The file is not a picture that can be drawn. Save it again as .png or .jpg."


@transaction.atomic
def upload(*, board, file, shows, sender, by, at):
    """Keep `file`, a picture that says what it `shows`, and the `sender` as the Board's letterhead; return it.

    Without a file the picture in use stays, with other words. Earlier letterheads stay, for what was issued with them.
    The same again is found, not added. Raises Incomplete.
    """
    board = Board.objects.select_for_update(of=("self",)).get(pk=board.pk)
    last = of_board(board)
    file = file or (last and evidence.uploaded(last))
    facts = {"shows": shows.strip(), "sender": sender.strip()}
    errors = {} if facts["shows"] else {"shows": "Say what the picture shows, for people who cannot see it."}
    if sentence := _fault(file):
        errors["file"] = sentence
    if errors:
        raise Incomplete(errors)
    row = Letterhead(board=board, added_at=at, added_by=by, **facts)
    evidence.describe(row, file)
    if last and (last.sha256, last.shows, last.sender) == (row.sha256, row.shows, row.sender):
        return last
    evidence.keep(row, file)
    row.save()
    events.record(by=by, at=at, what="letterhead.uploaded", on=row, sha256=row.sha256)
    return row


@transaction.atomic
def stop_using(*, letterhead, by, at):
    """Take `letterhead` out of use: reports and letters that are issued from now on have none. Return it.

    It stays for what was issued with it. Raises Refused where the Board uses another one by now.
    """
    board = Board.objects.select_for_update(of=("self",)).get(pk=letterhead.board_id)
    row = locked(letterhead)
    if row.removed_at is not None:
        return row
    if row != of_board(board):
        raise Refused("Another letterhead has been uploaded since you opened this page. Check it, then stop using it.")
    row.removed_at, row.removed_by = at, by
    row.save(update_fields=("removed_at", "removed_by"))
    events.record(by=by, at=at, what="letterhead.removed", on=row, sha256=row.sha256)
    return row


@transaction.atomic
def redact(*, thing, field, reason, by, at, seen=None):
    """Remove a text of the letterhead `thing` that could identify someone; return the Removal.

    What was issued with it holds the text in its digest: each such report gets a Removal of its own, so that it can be
    followed from what was issued to what is left of it. Raises Refused.
    """
    locked(thing)
    rows = Report.objects.filter(letterhead=thing).select_related("board", "letterhead").order_by("pk")
    before = {report.pk: digests.digest(report) for report in rows}
    if any(kinds.standing_digest(report) != before[report.pk] for report in rows):
        raise Refused(kinds.KINDS[Letterhead].tampered)
    made = redactions.redact(thing=thing, field=field, reason=reason, by=by, at=at, seen=seen)
    for report in rows.all():
        after = digests.digest(report)
        if after != before[report.pk]:
            told = {"field": f"letterhead-{made.field}", "reason": made.reason}
            words = {"label": f"Letterhead, {made.label.lower()}", "by_name": by.name}
            marks = {"digest_before": before[report.pk], "digest_after": after}
            kind = report._meta.label_lower
            Removal.objects.create(on_type=kind, on_id=report.pk, by=by, at=at, **told, **words, **marks)
            events.record(by=by, at=at, what="report.redacted", on=report, **told)
    return made


def of_board(board):
    """Return the letterhead that the Board uses now, or None: the latest, unless that was removed."""
    last = board.letterheads.order_by("pk").last()
    return last if last and last.removed_at is None else None


def locked(letterhead):
    """Lock the letterhead and return it as it now stands: it stays as it is while a report is issued."""
    return Letterhead.objects.select_for_update().get(pk=letterhead.pk)


def of_report(report):
    """Return the letterhead of a report: the one it was issued with, or for a draft the one in use; None for others."""
    if report.is_issued:
        return report.letterhead
    return of_board(report.board) if report.is_chairs else None


def figure(letterhead) -> Figure:
    """Return the picture as a document draws it; raises Damaged where the file is not what was stored."""
    with opened(letterhead) as stream:
        blob = stream.read()
    return Figure(_svg(blob, KINDS[content.extension(letterhead.original_name)], *_pixels(blob)), letterhead.shows)


def _fault(file):
    """Return the sentence that says why the uploaded `file` cannot be a letterhead; empty if it can."""
    if not file:
        return "Choose a picture."
    kind = content.extension(file.name)
    if kind not in KINDS:
        return "The letterhead has to be a picture, a .png or a .jpg file."
    if file.size > LARGEST:
        return "The picture is larger than 1 MB."
    file.seek(0)
    blob = file.read()
    file.seek(0)
    try:
        content.require(file.name, file)
        pixels = _pixels(blob)
    except content.NotAccepted as refusal:
        return str(refusal)
    except Exception:
        return NO_PICTURE
    if max(pixels) > MOST_PIXELS or min(pixels) < 1:
        return f"The picture is larger than {MOST_PIXELS:,} pixels on a side."
    return "" if _is_drawn(_svg(blob, KINDS[kind], *pixels)) else NO_PICTURE


def _pixels(blob):
    from docx.image.image import Image  # loaded by whoever needs it first, as in improvement.documents

    found = Image.from_blob(blob)
    return found.px_width, found.px_height


def _svg(blob, mime, width, height):
    scale = min(WIDEST / width, HIGHEST / height)
    size = f'width="{width * scale:.1f}" height="{height * scale:.1f}"'
    data = base64.b64encode(blob).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size} '
        f'viewBox="0 0 {width} {height}"><image width="{width}" height="{height}" '
        f'xlink:href="data:{mime};base64,{data}"/></svg>'
    )


def _is_drawn(svg):
    """Whether anything of the picture appears: the compiler passes over one that it cannot read."""
    start, end = svg.index("<image"), svg.index("/>") + 2
    try:
        drawn, empty = pictures.drawings([svg, svg[:start] + svg[end:]])
    except NotCompiled:
        return False
    return drawn != empty
