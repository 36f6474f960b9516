"""Why a write was refused. The text of each is the sentence that the user reads."""


class ReportingError(Exception):
    """The base of every refusal in `plans.reporting`."""


class Refused(ReportingError):
    """A rule of the domain forbids the write; `field` names the answer that it is about, if it is about one."""

    def __init__(self, sentence, field=None):
        self.field = field
        super().__init__(sentence)


class MonthPublished(ReportingError):
    """The month was published; nothing in it changes any more."""

    def __init__(self, month):
        super().__init__(
            f"{month.label} has been published and can no longer be changed. "
            "Send what you wrote to the programme office: it can stand beside the month as received after publication."
        )


class Conflict(ReportingError):
    """Somebody else changed the row first; `current` is the row as it stands."""

    def __init__(self, current):
        self.current = current
        super().__init__("Somebody else changed this while you were working on it. Nothing you wrote is lost.")


class Incomplete(ReportingError):
    """Answers are missing or do not fit; `errors` maps the field's name to the sentence for it."""

    def __init__(self, errors):
        self.errors = errors
        super().__init__(" ".join(errors.values()))


class Contradicted(ReportingError):
    """The answers contradict each other and no reason was given; `contradictions` names each one."""

    def __init__(self, contradictions):
        self.contradictions = contradictions
        super().__init__(" ".join(item.sentence for item in contradictions))
