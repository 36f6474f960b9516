"""What the programme office asks of the audit trail."""

from datetime import timedelta

from django import forms
from django.db.models import Q

from accounts.models import User
from improvement import govuk


class TrailForm(govuk.FormMixin, forms.Form):
    """The query string of the audit trail; what it cannot mean selects nothing away."""

    is_small = True
    q = forms.CharField(label="Words", required=False, max_length=100, help_text="Of what was done, or to what.")
    by = forms.ModelChoiceField(label="By", queryset=User.objects.none(), required=False, empty_label="Anybody")
    since = govuk.DateField(label="From", required=False)
    until = govuk.DateField(label="To", required=False)

    def __init__(self, data, *, events):
        super().__init__(data)
        self.events = events
        self.fields["by"].queryset = User.objects.filter(pk__in=events.order_by().values("by"))

    @property
    def selected(self):
        """The events that are asked for, latest first."""
        self.is_valid()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        found = self.events
        for word in asked.get("q", "").split():
            # Done is written “update.signed_off” and read “Update signed off”.
            found = found.filter(Q(what__icontains=word) | Q(on_text__icontains=word))
        if "by" in asked:
            found = found.filter(by=asked["by"])
        if "since" in asked:
            found = found.filter(at__date__gte=asked["since"])
        if "until" in asked:
            found = found.filter(at__date__lt=asked["until"] + timedelta(days=1))
        return found
