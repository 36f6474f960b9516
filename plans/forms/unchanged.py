"""Why an update is the same as what was published last, among several such updates."""

from django import forms

from improvement import govuk
from improvement.govuk.no_child import ProseField
from plans import reporting
from plans.contradictions import Code


class UnchangedForm(govuk.VersionForm):
    """Whether this one is to be submitted, and one reason, which explains what contradicts the answers as well."""

    merges = False
    is_small = True
    is_chosen = forms.BooleanField(required=False)
    reason = ProseField(label="Why has nothing changed?")

    def __init__(self, *args, update, **kwargs):
        super().__init__(*args, **kwargs)
        self.reference = update.reference
        self.fields["is_chosen"].label = f"{update.reference} {update.title}"
        self.fields["reason"].help_text = ""  # It is said once, above them all.
        self.fields["reason"].widget.attrs["rows"] = 3
        for code in Code:
            self.fields[_holds(code)] = forms.BooleanField(required=False)

    def clean(self):
        """Ask for the reason of each that is chosen, and for the choice of each that has a reason."""
        answers = super().clean()
        is_chosen, reason = answers.get("is_chosen"), answers.get("reason", "").strip()
        if is_chosen and not reason and "reason" not in self.errors:
            self.add_error("reason", f"Say why nothing has changed in {self.reference}")
        if reason and not is_chosen:
            self.add_error("is_chosen", f"Select {self.reference} to submit it, or clear its reason")
        return answers

    @property
    def answers(self):
        """The version, the reason, and the contradictions for which the reason given last time still holds."""
        confirmed = {code for code in Code if self.cleaned_data.get(_holds(code))}
        return {name: self.cleaned_data[name] for name in ("version", "reason")} | {"confirmed": confirmed}

    def ask(self, questions, given):
        """Return each question with the reason given last time and its tick, or nothing where none was given."""
        asked = []
        for question in questions:
            before, tick = given(question), self[_holds(question.code)]
            if before:
                tick.label = f"The reason given for {before['confirmed']} still applies"
            asked.append((question, before, tick))
        return asked

    def refuse(self, refusal):
        """Say why `plans.reporting` refused; what is missing cannot be answered here."""
        if isinstance(refusal, reporting.Incomplete):
            self.add_error(None, f"{' '.join(refusal.errors.values())} Write a new update on its own page.")
        elif isinstance(refusal, reporting.Contradicted):
            self.add_error("reason", f"Explain this: {refusal}")
        else:
            super().refuse(refusal)


def _holds(code):
    return f"{code}-holds"
