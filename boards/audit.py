"""What of a Board's record is matched with the audit trail (`accounts.audit.matching`)."""

from accounts.audit.matching import Told, heard, said
from boards.models import (
    Advice,
    Board,
    BoardAction,
    BoardActionNote,
    Challenge,
    Circulation,
    CoverSheet,
    Decision,
    Declaration,
    Guest,
    Letterhead,
    Meeting,
    Pack,
    PackChoice,
    PackFile,
    Paper,
    Report,
)


def _of_meeting(row):
    return str(row.meeting)


def _step(label, model, verb, step, *, undone_by=(), may_lack=False, **told):
    """Return how a step is told that a row of `model` holds in its columns `…_by` and `…_at`."""
    rows = model.objects.exclude(**{f"{step}_at": None})
    related = [name for name in ("board", "meeting__board") if hasattr(model, name.split("__")[0])]
    return Told(
        label,
        said(lambda: rows.all().select_related(*related), f"{step}_by", f"{step}_at", **told),
        heard(verb, on=model, undone_by=undone_by, may_lack=may_lack),
    )


def _packs():
    return Pack.objects.select_related("meeting__board").prefetch_related("files")


def _kept(pack):
    return {"sha256": next((file.sha256 for file in pack.files.all() if file.form == PackFile.Form.PDF), "")}


TOLD = (
    # A change makes them a draft again.
    _step("the sending of its minutes", Meeting, "meeting.minutes_sent", "minutes_sent", may_lack=True),
    _step(
        "its public page",
        Board,
        "board.public_page_switched_on",
        "public",
        undone_by=("board.public_page_switched_off",),
    ),
    _step("its agenda", Meeting, "meeting.agenda_published", "agenda_published"),
    _step(
        "the agreement of its minutes",
        Meeting,
        "meeting.minutes_agreed",
        "minutes_agreed",
        facts=lambda row: {"agreed_in": row.minutes_agreed_in.held_on.isoformat()},
    ),
    # What was decided or recorded wrongly may be taken back.
    _step("the decision", Decision, "meeting.decided", "recorded", may_lack=True),
    _step("the guest", Guest, "meeting.guest_recorded", "recorded", may_lack=True),
    _step("the declaration of interest", Declaration, "meeting.interest_declared", "recorded", may_lack=True),
    _step("its tabling", Paper, "paper.tabled", "tabled"),
    _step("the question", Challenge, "challenge.asked", "asked"),
    _step(
        "its answer",
        Challenge,
        "challenge.answered",
        "answered",
        undone_by=("challenge.answered",),
        facts=lambda row: {"answered_for": row.answered_for},
    ),
    _step("the conclusion", Challenge, "challenge.concluded", "concluded", facts=lambda row: {"outcome": row.outcome}),
    _step("the advice", Advice, "advice.recorded", "recorded"),
    Told(
        "a report on it",
        said(
            lambda: BoardActionNote.objects.select_related("action__board", "meeting__board"), "by", "at", on="action"
        ),
        heard("action.noted", on=BoardAction),
    ),
    Told(
        "a kept pack",
        said(_packs, "made_by", "made_at", name=_of_meeting, on="meeting", facts=_kept),
        heard(
            "pack.kept",
            on=Meeting,
            as_told=lambda event: [{"sha256": one} for one in event.detail["sha256"]],
        ),
    ),
    Told(
        "the removal of a pack",
        said(
            lambda: _packs().exclude(removed_at=None),
            "removed_by",
            "removed_at",
            name=_of_meeting,
            on="meeting",
            facts=lambda row: {"reason": row.removed_because},
        ),
        heard("pack.removed", on=Meeting, as_told=lambda event: [event.detail] * event.detail["packs"]),
    ),
    _step("its cover sheet", CoverSheet, "pack.cover_written", "written", undone_by=("pack.cover_written",)),
    _step("the letterhead", Letterhead, "letterhead.uploaded", "added", facts=lambda row: {"sha256": row.sha256}),
    _step(
        "the removal of the letterhead",
        Letterhead,
        "letterhead.removed",
        "removed",
        facts=lambda row: {"sha256": row.sha256},
    ),
    _step("its sections", PackChoice, "pack.sections_chosen", "chosen", undone_by=("pack.sections_chosen",)),
    _step("its beginning", Report, "report.started", "started"),
    _step("its issue", Report, "report.issued", "issued", facts=lambda row: {"digest": row.digest}),
    _step(
        "what was sent",
        Circulation,
        "circulation.recorded",
        "recorded",
        facts=lambda row: {"sent_on": row.sent_on.isoformat()},
    ),
)
