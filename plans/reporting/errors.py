"""What only a reporting month refuses, beside the refusals of every app."""

from improvement.records.refusals import Conflict, Incomplete, Refusal, Refused

__all__ = ["Conflict", "Contradicted", "Incomplete", "MonthDiscarded", "MonthPublished", "Refused", "ReportingError"]

ReportingError = Refusal


class MonthPublished(Refusal):
    """The month was published; nothing in it changes any more."""

    def __init__(self, month):
        super().__init__(
            f"{month.label} has been published and can no longer be changed. "
            "Send your text to the programme office, who can add it as received after publication."
        )


class MonthDiscarded(Refused):
    """The month was discarded; nothing of it is left."""

    def __init__(self, month):
        super().__init__(f"The programme office has discarded {month.label}. Nothing can be saved in it.")


class Contradicted(Refusal):
    """The answers contradict each other and no reason was given; `contradictions` names each one."""

    def __init__(self, contradictions):
        self.contradictions = contradictions
        super().__init__(" ".join(item.sentence for item in contradictions))
