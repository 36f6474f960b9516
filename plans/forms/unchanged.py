"""Why an update is the same as what was published last, among several such updates."""

from django import forms

from improvement import govuk
from plans import reporting
from plans.contradictions import Code
from plans.forms.officer import holds


class UnchangedForm(govuk.VersionForm):
    """Whether this one is to be submitted, and one reason, which explains what contradicts the answers as well.

    The page says once, above them all, that nothing may identify a child.
    """

    merges = False
    is_small = True
    is_chosen = forms.BooleanField(required=False)
    reason = govuk.ProseField(label="Why has nothing changed?")

    def __init__(self, *args, update, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["is_chosen"].label = f"{update.reference} {update.title}"
        self.fields["reason"].widget.attrs["rows"] = 3
        for code in Code:
            self.fields[holds(code)] = forms.BooleanField(required=False)

    def clean(self):
        """Ask for the reason of each that is chosen, and for the choice of each that has a reason."""
        answers = super().clean()
        is_chosen, reason = answers.get("is_chosen"), answers.get("reason", "").strip()
        if is_chosen and not reason and "reason" not in self.errors:
            self.add_error("reason", "Say why nothing has changed.")
        if reason and not is_chosen:
            self.add_error("is_chosen", "Select this update to submit it, or clear its reason.")
        return answers

    @property
    def answers(self):
        """The version, the reason, and the contradictions for which the reason given last time still holds."""
        confirmed = {code for code in Code if self.cleaned_data.get(holds(code))}
        return {name: self.cleaned_data[name] for name in ("version", "reason")} | {"confirmed": confirmed}

    def ask(self, questions, given):
        """Say what the reason must explain; return, where a reason was given last time, that and the tick for it."""
        if questions:
            sentences = " ".join(question.sentence for question in questions)
            self["reason"].help_text = f"Your reason must explain this too: {sentences}"
        asked = []
        for question in questions:
            if before := given(question):
                tick = self[holds(question.code)]
                tick.label = f"The reason given for {before['confirmed']} still applies"
                tick.help_text = f"“{before['reason']}”"
                asked.append(tick)
        return asked

    def refuse(self, refusal):
        """Say why `plans.reporting` refused; what is missing cannot be answered here."""
        if isinstance(refusal, reporting.Incomplete):
            self.add_error(None, f"{' '.join(refusal.errors.values())} Write a new update on its own page.")
        elif isinstance(refusal, reporting.Contradicted):
            self.add_error("reason", f"Explain this: {refusal}")
        else:
            super().refuse(refusal)
