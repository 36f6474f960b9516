"""One recommendation in a pack: word for word as it was published, each correction beside what it corrects."""

from collections import Counter
from collections.abc import Iterator

from django.utils import timezone

from improvement.documents.blocks import Block, Facts, Rating
from plans import calendar
from plans.months import narrative, sets
from plans.ratings import NEEDS_PATH_TO_GREEN

# What an exception tells of its path to green; all else stands under "All recommendations".
PATH = ("cause", "remedy", "remedy_owner", "green_by", "decision_sought")
_IN_A_LINE = ("rating", "direction")
_NOT_STATED = "Not stated"


def name(row):
    return f"{row.reference} {row.title}"


def rating(row) -> Rating:
    """Return the rating as published, with what it was corrected to."""
    corrected = Rating(row.corrected_rating, row.corrected_word) if row.corrected_word else None
    if not row.is_received:
        return Rating("", "No update received", corrected)
    return Rating(row.rating, row.get_rating_display(), corrected)


def rating_in_words(row) -> str:
    """Return the same as a text, for a cell of a workbook."""
    cell = rating(row)
    return f"{cell.label}, corrected to {cell.corrected.label}" if cell.corrected else cell.label


def previous(row) -> Rating | str:
    """Return what was last published, with its month where that is not the month before."""
    if not row.previous_rating:
        return "None yet"
    since = f"\n{calendar.label(row.moved_since)}" if row.moved_since else ""
    return Rating(row.previous_rating, f"{row.get_previous_rating_display()}{since}")


def direction(row):
    return row.get_direction_display() or "–"


def due(row):
    slipped = f"\nfirst {day(row.original_due_on)}" if row.original_due_on not in {None, row.due_on} else ""
    return f"{day(row.due_on)}{slipped}"


def day(value):
    return f"{value:%-d %b %Y}" if value else "no date"


def standing_of(row) -> Iterator[tuple[str, str | Rating]]:
    """Yield where it stands: rating, what it was, direction, due date, marks."""
    yield "Rating", rating(row)
    yield "Last published", previous(row)
    if row.direction:
        yield "Direction", direction(row)
    yield "Due", due(row)
    if marks := sets.marks(row):
        yield "Status", "; ".join(marks)


def running(row):
    """Return the rating that counts months, in words: without an update the last one received."""
    return rating_in_words(row) if row.is_received else row.get_previous_rating_display()


def lasting(row):
    """Return in words whether it is stuck, long at one rating, or both."""
    return "\n".join(word for word, is_so in (("Stuck", row.is_stuck), ("Long at one rating", row.is_long)) if is_so)


def deciding(row) -> str:
    """Return the facts that decide that its rating is better or worse than the evidence."""
    return " ".join(fact.sentence for fact in row.judged.against)


def reasons(row) -> str:
    """Return the officer's reasons for what contradicted the rating when it was submitted."""
    return "\n".join(dict.fromkeys(map(narrative.reason, row.contradictions))) or "None asked for"


def has_path(row):
    """Whether there is more to tell of an exception than one line: its path to green, or a correction."""
    return bool(row.put_right) or (row.is_received and row.rating in NEEDS_PATH_TO_GREEN)


def path(row, reasons, *, with_names: bool) -> Iterator[Block]:
    """Yield an exception: where it stands, why it is one, and its path to green, unaltered."""
    told = [*standing_of(row), ("Reason included", _why(row, reasons))]
    told.append(("Led by", _post(row.lead_title, with_names and row.lead_name)))
    answers = {answer.field: answer for answer in narrative.tell(row, row.put_right)}
    for field in PATH:
        if answer := answers.get(field):
            told += _answer(answer, row, with_names)
        elif field != "decision_sought" and row.is_received and row.rating in NEEDS_PATH_TO_GREEN:
            told.append((narrative.LABELS[field], _NOT_STATED))
    told += [item for field in _IN_A_LINE if field in answers for item in _beside(answers[field], row, with_names)]
    yield Facts(tuple(told), is_compact=True)


def whole(row, *, with_names: bool, with_titles: bool) -> Iterator[Block]:
    """Yield everything that was published of one recommendation, with the people or without.

    Without the titles of its evidence, which may be names of files, it says how much there is.
    """
    told = [*standing_of(row), *([("Time at this rating", row.time_at_rating)] if row.time_at_rating else [])]
    told.append(("Led by", _post(row.lead_title, with_names and row.lead_name)))
    told.append(("Accountable", _post(row.accountable_title, with_names and row.accountable_name)))
    for answer in narrative.tell(row, row.put_right):
        told += (_beside if answer.field in _IN_A_LINE else _answer)(answer, row, with_names)
    if row.is_received:
        told += _questioned(row)
        told += _evidence(row, with_titles)
        told += _signed(row) if with_names else ()
    yield Facts(tuple(told), is_compact=True)


def _why(row, reasons):
    time = row.time_at_rating or f"{row.get_rating_display()} since {calendar.label(row.rated_so_since)}"
    words = {"Stuck": f"Stuck: {time}, not improving"}
    return "; ".join(words.get(reason, reason) for reason in reasons)


def _answer(answer, row, with_names) -> Iterator[tuple[str, str]]:
    if answer.value or row.is_told:
        yield answer.label, answer.words or _NOT_STATED
    yield from _beside(answer, row, with_names)


def _beside(answer, row, with_names) -> Iterator[tuple[str, str]]:
    for item in answer.corrected:
        made = item.correction
        agreed = f" {item.agreement}" if item.agreement and with_names else ""
        label = "Corrected" if row.is_received else "Received after publication"
        by = ", ".join(filter(None, (with_names and made.by_name, day(timezone.localdate(made.at)))))
        yield f"{label}: {answer.label}", f"{item.words or 'Nothing'}\nReason: {made.reason} ({by}).{agreed}"


def _questioned(row):
    """Yield what contradicted the rating when it was submitted, and the reason that overrode it."""
    for item in row.contradictions:
        yield "Questioned", f"{item['sentence']}\nReason: {narrative.reason(item)}"


def _evidence(row, with_titles):
    found = list(row.evidence.all())
    if found and with_titles:
        yield "Evidence", "\n".join(f"{item.title} ({item.kind})" for item in found)
    elif found:
        kinds = Counter(item.kind for item in found)
        yield "Evidence", ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))


def _signed(row):
    if not row.submitted_at:
        return
    entered = f", entered for {row.entered_for}" if row.entered_for else ""
    told = f"{row.submitted_name}{entered}, {day(timezone.localdate(row.submitted_at))}"
    if row.is_resubmitted:
        first = day(timezone.localdate(row.first_submitted_at))
        told = f"{told} (submitted again; first submitted {first})"
    if row.signed_off_at:
        stand_in = f", for {row.signed_off_for}" if row.signed_off_for else ""
        told += f"\nSigned off by {row.signed_off_name}{stand_in}, {day(timezone.localdate(row.signed_off_at))}"
    yield "Submitted by", told


def _post(title, holder):
    return f"{title} ({holder})" if holder else title
