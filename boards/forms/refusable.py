"""What every form of the Board's work does where the write is refused: it says why, and keeps what was typed."""

from django import forms

from improvement import govuk
from improvement.records.refusals import Conflict


class RefusableForm(govuk.FormMixin, forms.Form):
    conflict = None
    stands = ()

    def refuse(self, refusal):
        """Say beside each field why the write was refused; where somebody else was first, what stands now."""
        if isinstance(refusal, Conflict):
            self.conflict, self.stands = refusal, self.standing(refusal.current)
            self.take_version(refusal.current.version)
        else:
            super().refuse(refusal)

    def see(self, shown):
        """Go on from what is `shown` now: what is posted next was checked knowing it."""
        self.data = self.data.copy()
        for name, value in shown.items():
            self.data[name] = value

    def standing(self, row):
        """Return each answer of the form, or those that both changed, as `row` has it, as (label, words)."""
        known = [bound for bound in self.visible_fields() if hasattr(row, bound.name)]
        return [(bound.label, _words(getattr(row, bound.name))) for bound in known]


class VersionedForm(RefusableForm, govuk.VersionForm):
    """The same, for what several people may change at the same time."""

    def standing(self, row):
        if not self.contested:
            return super().standing(row)
        shown = self.shown_of(row)
        return [(self.name_of(name), _words(shown[name])) for name in self.contested]


class ConfirmForm(RefusableForm):
    """Asks nothing but that the button is pressed."""

    is_confirmed = forms.BooleanField(widget=forms.HiddenInput, initial=True)

    @property
    def answers(self):
        return {}


def _words(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if hasattr(value, "strftime"):
        return f"{value:%-d %B %Y}" if hasattr(value, "day") else f"{value:%H:%M}"
    return str(value)
