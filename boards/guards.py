"""The guards that keep a Board's record as it was (`improvement.records.triggers`).

Of its meetings day and numbers once the agenda is published, what the draft minutes say while they are with the chair,
and everything once minutes are agreed; what was asked and advised from the first, and whole once it is concluded; the
packs that were kept, and what went out from it.
"""

from improvement.records.triggers import Guard, append_only

MEETINGS = "boards_meeting"
ITEMS = "boards_agendaitem"
OF_A_MEETING = (ITEMS, "boards_attendance", "boards_decision", "boards_guest", "boards_declaration")
ACTIONS = "boards_boardaction"
NOTES = "boards_boardactionnote"
PAPERS = "boards_paper"
CHALLENGES = "boards_challenge"
ADVICE = "boards_advice"
REPORTS = "boards_report"
SECTIONS = "boards_reportsection"
PACKS = "boards_pack"
LETTERHEADS = "boards_letterhead"
PACK_FILES = "boards_packfile"

ADDRESS = "The address of a published page cannot be changed."
AGREED = "A published agenda keeps its day and its numbers; once minutes are agreed, nothing in the record changes."
WITH_CHAIR = "The draft minutes are with the chair. Make them a draft again before you change what they say."
NOT_LATER = "Minutes are agreed in a later meeting of the same Board, with a published agenda."
EMPTY = "There are no minutes to send or agree yet."
ACTION = "An action is not reworded, reopened or removed; close it and raise another."
NOTE = "What was reported on an action is never changed or removed; add to it."
PAPER = "A tabled paper stays as it was; none is tabled once the minutes are agreed."
CHALLENGE_STANDS = "A question stays as it was asked, and with its answer once it is concluded."
ADVICE_STANDS = "Advice stays as it was given, and with its response once what became of it is recorded."
REPORT = "An issued report never changes; draft another."
LETTERHEAD = "A letterhead is never changed. Upload another, or stop using it."
SENT = "What was sent is never changed or removed."
PACK = "A kept pack is never changed or remade; keep a supplement."

_EACH = (("insert", ("NEW",)), ("update", ("OLD", "NEW")), ("delete", ("OLD",)))
# What a write may still change of an open action, and of a tabled paper.
_ACTION_WORDS = (
    "board_id",
    "number",
    "wording",
    "raised_at_id",
    "owner",
    "about_reference",
    "about_title",
    "source",
)
# What stays of an item once the minutes are agreed: who reads it may change.
_ITEM_WORDS = ("meeting_id", "position", "title", "purpose", "presented_by", "is_standing", "minute", "source")
# What the minutes print of the meeting itself.
_MEETING_MAYBE = {"place": "''", "starts_at": "'00:00'"}
_ACTION_MAYBE = {"owner_post_id": "0", "recommendation_id": "0", "original_due_on": "'0001-01-01'"}
_PAPER_WORDS = ("meeting_id", "title", "page", "file", "original_name", "sha256", "tabled_by_id", "tabled_at", "source")
_PAPER_WORDS += ("is_tabled_late",)
_ASKED_WORDS = (
    "board_id",
    "number",
    "question",
    "about_reference",
    "about_title",
    "seat_id",
    "asked_name",
    "entered_name",
    "asked_at",
    "asked_by_id",
    "source",
)
_ASKED_MAYBE = dict.fromkeys(("recommendation_id", "target_id", "month_id", "meeting_id"), "0")
_CONCLUDED_WORDS = ("answer", "answered_name", "answered_for", "outcome", "outcome_text", "concluded_name")
_CONCLUDED_MAYBE = dict.fromkeys(
    ("answering_post_id", "answered_by_id", "action_id", "concluded_by_id"), "0"
) | dict.fromkeys(("answered_at", "concluded_at"), "'0001-01-01'")
_ADVISED_WORDS = ("board_id", "number", "wording", "source", "recorded_at", "recorded_by_id")
_ADVISED_MAYBE = {"meeting_id": "0", "body_id": "0", "given_on": "'0001-01-01'"}
# What stays of a pack whose files are removed.
_PACK_WORDS = ("meeting_id", "audience", "number", "first_page", "pages", "contents", "made_at", "made_by_id")
_LETTERHEAD_WORDS = (
    "board_id",
    "file",
    "original_name",
    "size",
    "sha256",
    "shows",
    "sender",
    "added_at",
    "added_by_id",
)
_FILE_WORDS = ("pack_id", "form", "size", "sha256")


def _boards():
    """What stands in the addresses of a Board's pages stays once a month, an agenda or a report of it is published."""
    published = (
        "EXISTS (SELECT 1 FROM plans_reportingmonth WHERE published_at IS NOT NULL AND plan_id = OLD.plan_id)",
        f"EXISTS (SELECT 1 FROM {MEETINGS} WHERE agenda_published_at IS NOT NULL AND board_id = OLD.id)",
        f"EXISTS (SELECT 1 FROM {REPORTS} WHERE issued_at IS NOT NULL AND board_id = OLD.id)",
    )
    changed = f"{_differs('slug')} OR {_differs('plan_id')}"
    yield Guard("boards_board", "update", f"({changed}) AND ({' OR '.join(published)})", ADDRESS, about="address")


def _meetings():
    yield from _minutes()
    moved = f"{_differs('held_on')} OR NEW.agenda_published_at IS NULL OR {_differs('agenda_published_at')}"
    announced = f"OLD.agenda_published_at IS NOT NULL AND ({moved})"
    for operation, rows in _EACH:
        also = {"update": f" OR {announced}", "delete": " OR OLD.agenda_published_at IS NOT NULL"}.get(operation, "")
        yield Guard(MEETINGS, operation, f"{rows[0]}.minutes_agreed_at IS NOT NULL{also}", AGREED)
    is_announced = f"EXISTS (SELECT 1 FROM {_meeting('OLD.meeting_id')} AND agenda_published_at IS NOT NULL)"
    numbered = {"update": f" OR {is_announced} AND {_differs('position')}", "delete": f" OR {is_announced}"}
    for table in OF_A_MEETING:
        for operation, rows in _EACH:
            condition = " OR ".join(_is_agreed(f"{row}.meeting_id") for row in rows)
            if (table, operation) == (ITEMS, "update"):
                condition = f"({condition}) AND ({' OR '.join(map(_differs, _ITEM_WORDS))})"
            also = numbered.get(operation, "") if table == ITEMS else ""
            yield Guard(table, operation, condition + also, AGREED, _meeting(f"{rows[-1]}.meeting_id"))


def _minutes():
    """Minutes are sent or agreed once they say something; while they are with the chair, they stay as they are."""
    agreed = "OLD.minutes_agreed_at IS NULL AND NEW.minutes_agreed_at IS NOT NULL"
    later = "id = NEW.minutes_agreed_in_id AND board_id = NEW.board_id AND held_on > NEW.held_on"
    is_later = f"EXISTS (SELECT 1 FROM {MEETINGS} WHERE {later} AND agenda_published_at IS NOT NULL)"
    yield Guard(MEETINGS, "update", f"{agreed} AND NOT {is_later}", NOT_LATER, about="agreed_in")
    sent = "OLD.minutes_sent_at IS NULL AND NEW.minutes_sent_at IS NOT NULL"
    says = f"EXISTS (SELECT 1 FROM {ITEMS} WHERE meeting_id = NEW.id AND minute <> '')"
    yield Guard(MEETINGS, "update", f"({sent} OR {agreed}) AND NOT {says}", EMPTY, about="minuted")
    yield Guard(MEETINGS, "insert", "NEW.minutes_sent_at IS NOT NULL", EMPTY, about="minuted")
    moved = " OR ".join(_differs(*pair) for pair in _MEETING_MAYBE.items())
    stays = "OLD.minutes_agreed_at IS NULL AND OLD.minutes_sent_at IS NOT NULL AND NEW.minutes_sent_at IS NOT NULL"
    yield Guard(MEETINGS, "update", f"{stays} AND ({moved})", WITH_CHAIR, about="with_chair")
    for table in OF_A_MEETING:
        for operation, rows in _EACH:
            condition = " OR ".join(_is_with_chair(f"{row}.meeting_id") for row in rows)
            if (table, operation) == (ITEMS, "update"):
                condition = f"({condition}) AND ({' OR '.join(map(_differs, _ITEM_WORDS))})"
            meeting = _meeting(f"{rows[-1]}.meeting_id")
            yield Guard(table, operation, condition, WITH_CHAIR, meeting, about="with_chair")
    meeting = _meeting("NEW.raised_at_id")
    yield Guard(ACTIONS, "insert", _is_with_chair("NEW.raised_at_id"), WITH_CHAIR, meeting, about="with_chair")


def _actions():
    reworded = _changes(_ACTION_WORDS, _ACTION_MAYBE)
    yield Guard(ACTIONS, "insert", _is_agreed("NEW.raised_at_id"), AGREED, _meeting("NEW.raised_at_id"))
    closing = [_differs("outcome"), _differs("closed_at_id", "0"), _differs("due_on", "'0001-01-01'")]
    closed = f"OLD.closed_at_id IS NOT NULL AND ({' OR '.join(closing)})"
    agreed = f"OLD.closed_at_id IS NULL AND {_is_agreed('NEW.closed_at_id')}"
    condition = " OR ".join([closed, agreed, *reworded])
    yield Guard(ACTIONS, "update", condition, ACTION, _meeting("NEW.closed_at_id"))
    yield Guard(ACTIONS, "delete", "TRUE", ACTION)
    yield Guard(NOTES, "insert", _is_agreed("NEW.meeting_id"), AGREED, _meeting("NEW.meeting_id"))
    yield from append_only(NOTES, NOTE)


def _papers():
    is_agreed, meeting = _is_agreed("NEW.meeting_id"), _meeting("NEW.meeting_id")
    yield Guard(PAPERS, "insert", f"NEW.tabled_at IS NOT NULL AND {is_agreed}", PAPER, meeting)
    changed = " OR ".join([*map(_differs, _PAPER_WORDS), _differs("item_id", "0"), "NEW.tabled_at IS NULL"])
    tabled = f"OLD.tabled_at IS NULL AND NEW.tabled_at IS NOT NULL AND {is_agreed}"
    yield Guard(PAPERS, "update", f"OLD.tabled_at IS NOT NULL AND ({changed}) OR {tabled}", PAPER, meeting)
    yield Guard(PAPERS, "delete", "OLD.tabled_at IS NOT NULL", PAPER)


def _challenges():
    asked = _changes(_ASKED_WORDS, _ASKED_MAYBE)
    concluded = _changes(_CONCLUDED_WORDS, _CONCLUDED_MAYBE)
    condition = " OR ".join([f"OLD.concluded_at IS NOT NULL AND ({' OR '.join(concluded)})", *asked])
    yield Guard(CHALLENGES, "update", condition, CHALLENGE_STANDS)
    yield Guard(CHALLENGES, "delete", "TRUE", CHALLENGE_STANDS)


def _advice():
    advised = _changes(_ADVISED_WORDS, _ADVISED_MAYBE)
    responded = ["NEW.result <> OLD.result", "NEW.response <> OLD.response"]
    responded += [_differs("responded_on", "'0001-01-01'"), _differs("responding_post_id", "0")]
    concluded = f"OLD.result <> '' AND ({' OR '.join(responded)})"
    yield Guard(ADVICE, "update", " OR ".join([concluded, *advised]), ADVICE_STANDS)
    yield Guard(ADVICE, "delete", "TRUE", ADVICE_STANDS)


def _reports():
    for operation, rows in _EACH:
        yield Guard(REPORTS, operation, f"{rows[0]}.issued_at IS NOT NULL", REPORT)
        condition = " OR ".join(f"EXISTS (SELECT 1 FROM {_of(row)} AND issued_at IS NOT NULL)" for row in rows)
        yield Guard(SECTIONS, operation, condition, REPORT, _of(rows[-1]))


def _letterheads():
    """A letterhead changes once, when it is taken out of use."""
    changed = " OR ".join(["OLD.removed_at IS NOT NULL", "NEW.removed_at IS NULL", *map(_differs, _LETTERHEAD_WORDS)])
    yield Guard(LETTERHEADS, "update", changed, LETTERHEAD)
    yield Guard(LETTERHEADS, "delete", "TRUE", LETTERHEAD)


def _packs():
    """A pack changes once: that it was removed is said. From then on, and not before, its files may go."""
    changed = " OR ".join(["OLD.removed_at IS NOT NULL", "NEW.removed_at IS NULL", *map(_differs, _PACK_WORDS)])
    yield Guard(PACKS, "update", changed, PACK)
    yield Guard(PACKS, "delete", "TRUE", PACK)
    is_removed = f"EXISTS (SELECT 1 FROM {PACKS} WHERE id = OLD.pack_id AND removed_at IS NOT NULL)"
    changed = " OR ".join([f"NOT {is_removed}", "NEW.file <> ''", *map(_differs, _FILE_WORDS)])
    yield Guard(PACK_FILES, "update", changed, PACK)
    yield Guard(PACK_FILES, "delete", "TRUE", PACK)


def _is_agreed(meeting):
    return f"EXISTS (SELECT 1 FROM {_meeting(meeting)} AND minutes_agreed_at IS NOT NULL)"


def _is_with_chair(meeting):
    return f"EXISTS (SELECT 1 FROM {_meeting(meeting)} AND minutes_sent_at IS NOT NULL AND minutes_agreed_at IS NULL)"


def _meeting(pk):
    return f"{MEETINGS} WHERE id = {pk}"


def _of(row):
    return f"{REPORTS} WHERE id = {row}.report_id"


def _changes(words, maybe):
    """Return the conditions that an update changes one of `words`, or of what may have no value."""
    return [*map(_differs, words), *(_differs(*pair) for pair in maybe.items())]


def _differs(column, empty=None):
    """Return the condition that an update changes `column`; `empty` stands for no value where it may have none."""
    sides = [f"{row}.{column}" if empty is None else f"COALESCE({row}.{column}, {empty})" for row in ("OLD", "NEW")]
    return " <> ".join(sides)


GUARDS = (
    *_boards(),
    *_meetings(),
    *_actions(),
    *_papers(),
    *_challenges(),
    *_advice(),
    *_reports(),
    *append_only("boards_circulation", SENT),
    *_letterheads(),
    *_packs(),
)
