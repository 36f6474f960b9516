"""A form with a file, which is kept while the rest of the form is mended: no browser keeps it."""

from django import forms
from django.core.exceptions import ValidationError

from improvement.files import content
from plans.models import HeldFile
from plans.reporting import evidence


class HeldField(forms.ModelChoiceField):
    """The file that is held for the person; what is held for nobody, or for somebody else, is none."""

    def clean(self, value):
        try:
            return super().clean(value)
        except ValidationError:
            return None


class HoldingForm(forms.Form):
    """Stands first among the bases of a form with a `file`; `instead` names the fields that take its place."""

    instead = ()
    held_file = None
    held = HeldField(queryset=None, required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["held"].queryset = HeldFile.objects.filter(held_by=by)
        self.fields["file"].help_text = f"{evidence.hint()} First remove anything that could identify a child."
        self.fields["file"].widget.attrs["accept"] = content.accepted().replace(" ", "")

    def clean(self):
        said = super().clean()
        self.held_file = said.pop("held", None)
        is_instead = any(said.get(name) for name in self.instead)
        if self.held_file and not self.files and not is_instead and "file" not in self.errors:
            said["file"] = evidence.uploaded(self.held_file)
            if said["file"] is None:
                self.held_file = None
                self.add_error("file", "Your file could not be kept. Choose it again.")
        return said

    def hold(self, *, at):
        """Keep the file that was chosen, for the same form to be sent again, and say so on the page."""
        if not self.is_bound:
            return
        chosen = self.files.get(self.add_prefix("file"))
        if chosen and (row := evidence.hold(file=chosen, by=self.by, at=at)):
            self.let_go()
            self.held_file = row
        self.data = self.data.copy()
        self.data[self.add_prefix("held")] = self.held_file.pk if self.held_file else ""
        if self.held_file:
            name = self.held_file.original_name
            self["file"].help_text = f"Chosen file: {name}. We have kept this file. Choose another file to replace it."

    def let_go(self):
        """Let the held file go: it has been added, or another was chosen."""
        if self.held_file:
            evidence.release(HeldFile.objects.filter(pk=self.held_file.pk))
