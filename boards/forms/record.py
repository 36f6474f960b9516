"""What is recorded while and after a meeting is held: who came, minutes, decisions, and that minutes were agreed."""

from django import forms

from boards.forms.choices import MeetingField, choose_from
from boards.forms.refusable import RefusableForm, VersionedForm
from boards.models import Attendance
from improvement.govuk.no_child import LineField, ProseField
from plans.models import Recommendation, Revision

PRESENCE = [("", "Not recorded"), *Attendance.Presence.choices]


class MinuteForm(VersionedForm):
    label_size = "m"
    merges = True
    minute = ProseField(
        label="Minute",
        help_text="Everyone who can see the plan can read it once it is tabled at a later meeting. "
        "Do not include restricted information, or restrict the item.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["minute"].widget.attrs["rows"] = 10


class AttendanceForm(VersionedForm):
    """For each seat whether somebody came, and the deputy's name where one did."""

    merges = True

    def __init__(self, *args, seats, recorded, **kwargs):
        super().__init__(*args, **kwargs)
        self.seats = seats
        for seat in seats:
            self.fields[f"presence_{seat.pk}"] = forms.ChoiceField(label="Attendance", choices=PRESENCE, required=False)
            self.fields[f"deputy_{seat.pk}"] = forms.CharField(
                label="Deputy, if one attended", max_length=150, required=False
            )
        self.initial |= self._shown(recorded)

    @property
    def lines(self):
        """Each seat with its two fields."""
        return [(seat, self[f"presence_{seat.pk}"], self[f"deputy_{seat.pk}"]) for seat in self.seats]

    @property
    def answers(self):
        said = self.cleaned_data
        seats = {seat: (said[f"presence_{seat.pk}"], said[f"deputy_{seat.pk}"]) for seat in self.seats}
        return {"version": said["version"], "seats": seats}

    def shown_of(self, row):
        return self._shown(row.attendance.all())

    def name_of(self, name):
        seat = next(seat for seat in self.seats if name.endswith(f"_{seat.pk}"))
        return f"{seat.name}, {self[name].label.lower()}"

    def standing(self, row):
        words = dict(PRESENCE)
        return [(name, words.get(said, said)) for name, said in super().standing(row)]

    def _shown(self, recorded):
        known = {line.seat_id: line for line in recorded}
        shown = {}
        for seat in self.seats:
            line = known.get(seat.pk)
            shown[f"presence_{seat.pk}"] = line.presence if line else ""
            shown[f"deputy_{seat.pk}"] = line.deputy_name if line else ""
        return shown


class DecisionForm(RefusableForm):
    wording = ProseField(
        label="Decision",
        help_text="Word for word from the minutes. Everyone who can see the plan can read it straight away, "
        "unless the item is restricted.",
    )
    item = forms.ModelChoiceField(queryset=None, label="Agenda item", required=False, empty_label="None")
    recommendation = forms.ModelChoiceField(
        queryset=None,
        label="Related recommendation",
        required=False,
        empty_label="None",
        help_text="The decision appears on the recommendation’s page.",
    )
    revision = forms.ModelChoiceField(
        queryset=None, label="Revision of the plan agreed", required=False, empty_label="None"
    )

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        plan = meeting.board.plan_id
        self.fields["item"].queryset = meeting.items.all()
        self.fields["recommendation"].queryset = Recommendation.objects.filter(plan=plan)
        self.fields["revision"].queryset = Revision.objects.filter(plan=plan)


class _UnderItem(forms.Form):
    item = forms.ModelChoiceField(queryset=None, label="Agenda item", required=False, empty_label="Whole meeting")

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        choose_from(self, item=meeting.items.all())


class GuestForm(RefusableForm, _UnderItem):
    name = LineField(label="Name", max_length=150)
    organisation = forms.CharField(label="Post or organisation", max_length=150, required=False)
    field_order = ("name", "organisation", "item")


class DeclarationForm(RefusableForm, _UnderItem):
    name = LineField(label="Who declared it", max_length=310)
    interest = ProseField(
        label="Interest",
        required=True,
        help_text="As it was declared. Everyone who can see the plan can read it straight away, unless the item is "
        "restricted.",
    )
    done = forms.CharField(
        label="What was done (optional)",
        required=False,
        max_length=1000,
        help_text="For example, “Left the room for the item”.",
    )
    field_order = ("name", "interest", "item", "done")


class MinutesAgreeForm(RefusableForm):
    """In which meeting the minutes were agreed, and what was seen when they were checked."""

    seen = forms.CharField(widget=forms.HiddenInput)
    agreed_in = MeetingField(label="Agreed at the meeting of", required=True)

    def __init__(self, *args, later, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agreed_in"].queryset = later
        self.fields["agreed_in"].initial = later.first()
