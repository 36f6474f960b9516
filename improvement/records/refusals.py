"""Why a write was refused, in any app. The text of each is the sentence that the user reads. It knows no domain."""


class Refusal(Exception):
    """The base of every refusal."""


class Refused(Refusal):
    """A rule of the domain forbids the write; `field` names the answer that it is about, if it is about one."""

    def __init__(self, sentence, field=None):
        self.field = field
        super().__init__(sentence)


class Conflict(Refusal):
    """Somebody else changed the row first; `current` is the row as it stands."""

    def __init__(self, current):
        self.current = current
        super().__init__("Somebody else changed this while you were working on it. Nothing you wrote is lost.")


class Incomplete(Refusal):
    """Answers are missing or do not fit; `errors` maps the field's name to the sentence for it."""

    def __init__(self, errors):
        self.errors = errors
        super().__init__(" ".join(errors.values()))
