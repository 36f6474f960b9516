"""The guards that keep a Board's record as it was (`improvement.triggers`)."""

from improvement.triggers import Guard

CHALLENGES, ADVICE = "boards_challenge", "boards_advice"

CHALLENGE_STANDS = "A question stays as it was asked, and with its answer once it is concluded."
ADVICE_STANDS = "Advice stays as it was given, and with its response once what became of it is recorded."

_ASKED = (
    "board_id",
    "number",
    "recommendation_id",
    "target_id",
    "month_id",
    "meeting_id",
    "question",
    "seat_id",
    "asked_name",
    "entered_name",
    "asked_at",
    "asked_by_id",
    "source",
)
_ADVISED = ("board_id", "number", "given_on", "wording", "source", "recorded_at", "recorded_by_id")


def _changed(*columns):
    return " OR ".join(
        f"COALESCE(CAST(NEW.{column} AS TEXT), '') <> COALESCE(CAST(OLD.{column} AS TEXT), '')" for column in columns
    )


GUARDS = (
    Guard(CHALLENGES, "update", f"OLD.concluded_at IS NOT NULL OR {_changed(*_ASKED)}", CHALLENGE_STANDS),
    Guard(CHALLENGES, "delete", "TRUE", CHALLENGE_STANDS),
    Guard(ADVICE, "update", f"OLD.result <> '' OR {_changed(*_ADVISED)}", ADVICE_STANDS),
    Guard(ADVICE, "delete", "TRUE", ADVICE_STANDS),
)
