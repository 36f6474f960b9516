"""What the programme office asks of the audit trail."""

from datetime import timedelta

from accounts.audit import trail
from accounts.models import User
from improvement import govuk
from improvement.govuk import filtering
from improvement.texts import words


class TrailForm(filtering.FilterForm):
    """The query string of the audit trail."""

    q = filtering.WordsField(help_text="Searches everything in the lines.")
    by = filtering.Several(label="By")
    since = govuk.DateField(label="From", required=False)
    until = govuk.DateField(label="To", required=False)

    def __init__(self, data, *, events):
        super().__init__(data)
        self.events = events
        people = User.objects.filter(pk__in=events.order_by().values("by")).order_by("name", "pk")
        self.fields["by"].choices = [(str(person.pk), str(person)) for person in people]

    @property
    def selected_events(self):
        """The events that are asked for, latest first."""
        asked, found = self.used, self.events
        if "by" in asked:
            found = found.filter(by__in=asked["by"])
        for day in asked.get("since", ()):
            found = found.filter(at__date__gte=day)
        for day in asked.get("until", ()):
            found = found.filter(at__date__lt=day + timedelta(days=1))
        if "q" not in asked:
            return found
        return [event for event in found if words.hold(asked["q"][0], trail.texts(event))]
