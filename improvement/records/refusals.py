"""Why a write was refused, in any app. The text of each is the sentence that the user reads. It knows no domain."""


class Refusal(Exception):
    """The base of every refusal; `field` names the answer that it is about, if it is about one."""

    field: str | None = None

    @property
    def errors(self):
        """The sentences to be shown, by the field that each is about."""
        return {self.field: str(self)}


class Refused(Refusal):
    """A rule of the domain forbids the write."""

    def __init__(self, sentence, field=None):
        self.field = field
        super().__init__(sentence)


class Conflict(Refusal):
    """Somebody else changed the row first; `current` is the row as it stands."""

    def __init__(self, current):
        self.current = current
        super().__init__("Someone else changed this while you were working on it. Your text is not lost.")


class Incomplete(Refusal):
    """Answers are missing or do not fit; `errors` maps the field's name to the sentence for it."""

    errors: dict[str, str] = {}

    def __init__(self, errors):
        self.errors = errors
        super().__init__(" ".join(errors.values()))
