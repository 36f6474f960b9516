"""What the pages of a Board's logs select."""

from functools import cached_property
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator

from boards import tables
from boards.actions.action_log import SETS, Log
from boards.models import Challenge
from improvement.govuk import filtering
from improvement.records import references
from improvement.texts import words

NONE = "none"
PER_PAGE = 50  # of the action log


class ChallengeFilter(filtering.FilterForm):
    """The query string of the challenge log."""

    state = filtering.Several(choices=Challenge.State.choices)
    about = filtering.Several()
    theme = filtering.Several()
    post = filtering.Several(label="Answering post")
    asked = filtering.Several(label="Asked by")
    q = filtering.WordsField(help_text="Searches the log and the pages of its questions.")

    def __init__(self, data, *, rows):
        super().__init__(data)
        self.whole = rows
        for name, choice in _CHOICES.items():
            self.fields[name].choices = dict(sorted({choice(row) for row in rows}, key=_place)).items()

    @property
    def rows(self):
        """The questions that are selected."""
        wanted = self.used.items()
        return [row for row in self.whole if all(_fits(row, name, values) for name, values in wanted)]


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


_CHOICES = {"about": _about, "theme": _theme, "post": _post, "asked": lambda row: (row.asked_name, row.asked_name)}


def _fits(row, name, values):
    if name == "q":
        return words.hold(" ".join(values), [*filtering.texts(tables.CHALLENGES, row), *_beside(row)])
    return (row.state if name == "state" else _CHOICES[name](row)[0]) in values


def _beside(row):
    """What the log and the question's page say of it, and its file does not."""
    yield from (_about(row)[1], _theme(row)[1], row.age_words, row.entered_name, row.answering_title)
    yield row.restricted_because
    if row.answering_post:
        yield row.answering_post.organisation
    if row.action:
        yield row.action.owner
    if row.item:
        yield from (row.item.title, row.item.restricted_because)


class ActionLogFilter(filtering.FilterForm):
    """The query string of the action log; a status that it cannot mean is the whole log."""

    status = forms.ChoiceField(choices=SETS.items(), required=False, widget=forms.HiddenInput)
    q = filtering.WordsField(help_text="Searches the log and the pages of its actions.")

    def __init__(self, data, *, log):
        super().__init__(data)
        self.whole = log

    @cached_property
    def log(self):
        """The actions that hold the words, of every status."""
        asked = " ".join(self.used.get("q", ()))
        return Log(tuple(entry for entry in self.whole.entries if words.hold(asked, _texts_of(entry))))

    @property
    def chosen(self):
        """The name of the status that is asked for, in SETS."""
        return self.used.get("status", ["all"])[0]

    @property
    def entries(self):
        """The actions that are selected."""
        return self.log.of(self.chosen)

    @property
    def page(self):
        """Those of them that the page shows which is asked for."""
        return Paginator(self.entries, PER_PAGE).get_page(self.data.get("page"))

    @property
    def counts(self):
        """Return (name, label, how many, the address of those) for each status, among what was searched for."""
        asked = {"q": self.used["q"][0]} if "q" in self.used else {}
        return [(*count, f"?{urlencode(asked | {'status': count[0]})}") for count in self.log.counts()]

    @property
    def _in_use(self):
        return [("q", value) for value in self.used.get("q", ())]


def _texts_of(entry):
    """What the log, its file and the action's page say of it."""
    action = entry.action
    yield from filtering.texts(tables.ACTIONS, entry)
    yield action.restricted_because
    if action.recommendation:
        yield from (action.about_reference, action.about_title)
    if action.item:
        yield from (action.item.title, action.item.restricted_because)
