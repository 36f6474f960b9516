"""What the pages of a Board's logs select."""

from django import forms

from boards.models import Challenge
from improvement import govuk, references

NONE = "none"


class ChallengeFilter(govuk.FormMixin, forms.Form):
    """The query string of the challenge log; what it cannot mean selects nothing away."""

    is_small = True
    state = forms.ChoiceField(required=False, choices=[("", "All"), *Challenge.State.choices])
    about = forms.ChoiceField(required=False)
    theme = forms.ChoiceField(required=False)
    post = forms.ChoiceField(required=False, label="Post that answers")
    asked = forms.ChoiceField(required=False, label="Asked by")
    q = forms.CharField(required=False, label="Words", max_length=100)

    def __init__(self, data, *, rows):
        super().__init__(data)
        self.whole = rows
        for name, choice in _CHOICES.items():
            choices = dict(sorted({choice(row) for row in rows}, key=_place))
            self.fields[name].choices = [("", "All"), *choices.items()]

    @property
    def rows(self):
        """The questions that are selected."""
        wanted = self._used
        return [row for row in self.whole if all(_FITS[name](row, value) for name, value in wanted.items())]

    @property
    def words(self):
        """The filters in use, in words."""
        return "; ".join(f"{self[name].label}: {self._said(name, value)}" for name, value in self._used.items())

    @property
    def _used(self):
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def _said(self, name, value):
        return dict(getattr(self.fields[name], "choices", ())).get(value, f"“{value}”")


def _place(choice):
    value, words = choice
    return value == NONE, references.order(words)


def _about(row):
    if row.recommendation:
        return row.recommendation.reference, f"{row.recommendation.reference} {row.recommendation.title}"
    return row.target.reference, f"{row.target.reference} {row.target.wording}"[:60]


def _theme(row):
    if row.recommendation is None:
        return NONE, "None: about a target"
    theme = row.recommendation.outcome.theme
    return str(theme.number), str(theme)


def _post(row):
    return (str(row.answering_post_id), row.answering_post.title) if row.answering_post else (NONE, "None yet")


def _asked(row):
    return row.asked_name, row.asked_name


_CHOICES = {"about": _about, "theme": _theme, "post": _post, "asked": _asked}


def _holds_words(row, text):
    """Whether every word of `text` stands somewhere in the question, its answer or what came of it."""
    action = row.action.wording if row.action else ""
    whole = " ".join((*_about(row), row.question, row.answer, row.outcome_text, action)).casefold()
    return all(word in whole for word in text.casefold().split())


_FITS = {
    "state": lambda row, value: row.state == value,
    **{name: (lambda row, value, choice=choice: choice(row)[0] == value) for name, choice in _CHOICES.items()},
    "q": _holds_words,
}
