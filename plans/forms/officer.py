"""What an officer fills in: the update, why it is the same as last month, its evidence, and the check."""

from django import forms

from improvement import govuk
from improvement.govuk.no_child import LineField, ProseField
from plans import reporting
from plans.calendar import UpdateStatus
from plans.contradictions import Code
from plans.forms.holding import FilesField, HoldingForm
from plans.models import Evidence
from plans.months.narrative import LABELS, REPLY
from plans.ratings import Direction, Rating
from plans.reporting import evidence


class UpdateForm(govuk.VersionForm):
    """All answers of one update. A draft may be incomplete, so nothing is required here.

    The page says once, above the first text, that nothing may identify a child.
    """

    label_size = "m"
    merges = True

    rating = forms.ChoiceField(label=LABELS["rating"], required=False, widget=forms.RadioSelect)
    direction = forms.ChoiceField(
        label=LABELS["direction"],
        required=False,
        widget=forms.RadioSelect,
        choices=[(direction.value, direction.label) for direction in Direction],
        help_text="Your judgement of whether things are getting better or worse, whatever the rating.",
    )
    progress = govuk.ProseField(label=LABELS["progress"], help_text="What has been done.")
    impact = govuk.ProseField(
        label=LABELS["impact"], help_text="What difference this has made to children. If there is none yet, say so."
    )
    next_steps = govuk.ProseField(label=LABELS["next_steps"], help_text="What will happen next, and when.")
    remedy = govuk.ProseField(label=LABELS["remedy"], help_text="What has to happen to get back to Green.")
    remedy_owner = LineField(
        label=LABELS["remedy_owner"],
        required=False,
        max_length=150,
        help_text="A post or a team, for example “Head of Safeguarding”.",
    )
    green_by = govuk.DateField(
        label=LABELS["green_by"], required=False, help_text=f"For example, {govuk.EXAMPLE_DATE}."
    )
    cause = govuk.ProseField(label="Cause (optional)", help_text="Why the recommendation is not on track.")
    decision_sought = govuk.ProseField(
        label="Decision asked of the Board (optional)",
        help_text="What the Board needs to decide.",
    )
    proposed_due_on = govuk.DateField(
        label=LABELS["proposed_due_on"],
        required=False,
        help_text="Only if the date has to change. The new date applies once the accountable lead agrees it.",
    )
    proposed_due_reason = govuk.ProseField(label=LABELS["proposed_due_reason"])
    reply = govuk.ProseField(
        label=REPLY,
        help_text="Your accountable lead will read this. If you submit the update without changing it, say why.",
    )

    def __init__(self, *args, update, previous=None, **kwargs):
        super().__init__(*args, initial=_initial(update, previous), **kwargs)
        if not update.returned:
            del self.fields["reply"]
        offered = [rating for rating in Rating if rating in update.month.wording]
        self.fields["rating"].choices = [(rating.value, rating.label) for rating in offered]
        self.fields["rating"].choice_hints = update.month.wording

    @property
    def answers(self):
        """The valid answers, without what somebody else changed too."""
        left_out = {"version", *self.contested}
        return {field: value for field, value in self.cleaned_data.items() if field not in left_out}


def _initial(update, previous):
    """Return what the form starts from: the draft, or last month's path to green where nothing is written yet."""
    initial = {field: getattr(update, field) for field in ("version", "reply", *LABELS)}
    if previous and update.status == UpdateStatus.AWAITED:
        initial |= {field: getattr(previous, field) for field in reporting.PATH_TO_GREEN}
    return initial


class DoneForm(govuk.FormMixin, forms.Form):
    """When an action was done; the page begins with today."""

    done_on = govuk.DateField(
        label="On which day was it done?",
        help_text="Today or an earlier day.",
        error_messages={"required": "Enter the day on which it was done."},
    )


class SameForm(govuk.VersionForm):
    merges = False
    reason = ProseField(label="Why has nothing changed?", help_text="Your accountable lead will see this.")


class CarryForm(govuk.VersionForm):
    """The answers of this month's draft that those of the `earlier` one are to replace."""

    def __init__(self, *args, fields, earlier, **kwargs):
        super().__init__(*args, **kwargs)
        for field in fields:
            label = f"Use the text for {earlier.month.label}: {LABELS[field]}"
            self.fields[field] = forms.BooleanField(label=label, required=False)

    def clean(self):
        """Return the version, and which fields to replace."""
        answers = self.cleaned_data
        replace = [field for field, is_chosen in answers.items() if field != "version" and is_chosen]
        return {name: value for name, value in answers.items() if name == "version"} | {"replace": replace}


class LateForm(govuk.FormMixin, forms.Form):
    """Why a draft came too late; `seen` is how many corrections its page knew of."""

    seen = govuk.SeenField()
    reason = ProseField(
        label="Why was it received after publication?", help_text="Everyone who reads the month will see this."
    )


class CheckForm(govuk.VersionForm):
    """The reasons for letting contradictions stand, by their codes."""

    merges = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code in Code:
            self.fields[code] = govuk.ProseField(
                label="Reason for keeping this answer", help_text="Your accountable lead will see this."
            )
            self.fields[holds(code)] = forms.BooleanField(required=False)

    @property
    def reasons(self):
        """The reasons that are typed, as far as they are valid."""
        return {code: self.cleaned_data[code] for code in Code if code in self.cleaned_data}

    @property
    def confirmed(self):
        """The codes of those for which the reason given last time still holds."""
        return {code for code in Code if self.cleaned_data.get(holds(code))}

    def ask(self, questions, given):
        """Return each question with the field that asks for its reason, the reason given last time and its tick."""
        asked = []
        for item in questions:
            before, field, tick = given(item), self[item.code], self[holds(item.code)]
            field.label = item.sentence
            if before:
                tick.label = f"The reason given for {before['confirmed']} still applies"
                field.help_text = "Or give another reason. Your accountable lead will see it."
            asked.append((item, field, before, tick))
        return asked

    def refuse(self, refusal):
        """Say beside each field why `plans.reporting` refused."""
        if isinstance(refusal, reporting.Contradicted):
            for item in refusal.contradictions:
                self.add_error(item.code, f"“{LABELS[item.code.answer]}”: give a reason, or change your answer.")
        elif isinstance(refusal, reporting.Incomplete):
            self.add_error(None, "Answer what is missing first.")
        else:
            super().refuse(refusal)


def holds(code):
    """Return the name of the tick that the reason given last time still holds."""
    return f"{code}-holds"


class ChosenForm(CheckForm):
    """The same, among several: whether this one is to be submitted."""

    is_chosen = forms.BooleanField(required=False)

    def __init__(self, *args, reference, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["is_chosen"].label = f"Submit {reference}"


class EvidenceForm(HoldingForm, govuk.FormMixin, forms.Form):
    """Files, or a link. The page says once, above them all, that nothing may identify a child."""

    instead = ("url",)
    field_order = ("file", "held")
    file = FilesField(label="Files", required=False, allow_empty_file=True)
    url = forms.URLField(
        label="Or a link",
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": "Enter a link that begins with “https://”."},
    )
    title = LineField(
        label="Title of the evidence",
        required=False,
        max_length=200,
        help_text="Needed for a link. Without a title, a file is listed under its file name.",
    )
    kind = forms.ChoiceField(label="Kind of evidence", widget=forms.RadioSelect, choices=Evidence.Kind)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = evidence.hint(is_several=True)

    @property
    def answers(self):
        """What `plans.reporting.evidence.add_all` is given."""
        return {"files" if name == "file" else name: value for name, value in self.cleaned_data.items()}
