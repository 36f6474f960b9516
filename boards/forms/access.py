"""Who reads a part of the Board's record: what its forms ask."""

from django import forms

from boards.forms.refusable import VersionedForm
from improvement.govuk.no_child import ProseField


class Access(forms.Form):
    """Whether something is restricted, why, and whether observers are excluded too."""

    restricted_because = ProseField(
        label="Reason for restriction",
        help_text="Leave this empty if everyone who can see the plan may read it. People who cannot read it will "
        "see this reason, for example \u201cpersonal information about staff\u201d.",
    )
    excludes_observers = forms.BooleanField(label="Do not let observers read it", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["restricted_because"].widget.attrs["rows"] = 2


class PublicTitle(Access):
    public_title = forms.CharField(
        label="Public title",
        max_length=200,
        required=False,
        help_text="People who cannot read it will see this title. Leave it empty to show the real title.",
    )


class UnderItem(Access):
    """The same of what may belong to an item of the agenda of its meeting."""

    item = forms.ModelChoiceField(
        queryset=None,
        label="Agenda item",
        required=False,
        empty_label="None",
        help_text="Only people who can read the item can read this.",
    )

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        if meeting is None:
            del self.fields["item"]
        else:
            self.fields["item"].queryset = meeting.items.filter(meeting__agenda_published_at__isnull=False)


class AccessForm(VersionedForm, UnderItem):
    merges = True
    field_order = ("item", "restricted_because", "excludes_observers")


class ItemAccessForm(VersionedForm, PublicTitle):
    merges = True
