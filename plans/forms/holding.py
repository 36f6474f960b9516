"""A form with files, which are kept while the rest of the form is mended: no browser keeps them."""

from django import forms
from django.template.defaultfilters import filesizeformat

from improvement.files import content
from plans.models import HeldFile
from plans.reporting import evidence


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of chosen files, as a list."""

    widget = FilesInput

    def clean(self, data, initial=None):
        chosen = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(file, initial) for file in chosen]


class HeldField(forms.ModelMultipleChoiceField):
    """Files that are held for the person; what is held for nobody, or for somebody else, is passed over."""

    def __init__(self, **kwargs):
        super().__init__(queryset=None, required=False, **kwargs)

    def clean(self, value):
        numbers = [pk for pk in value or () if pk.isascii() and pk.isdigit() and len(pk) < 19]
        return list(self.queryset.filter(pk__in=numbers))

    def label_from_instance(self, row):
        return f"{row.original_name} ({filesizeformat(row.size)})"


class HoldingForm(forms.Form):
    """Stands first among the bases of a form with a `file`; `instead` names the fields that take its place.

    Where `file` is a FilesField, the page shows each held file with a tick, and those that are chosen join them.
    Otherwise another file takes the place of the one that is held.
    """

    instead = ()
    held_files = ()
    held = HeldField(widget=forms.MultipleHiddenInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["held"].queryset = HeldFile.objects.filter(held_by=by)
        self.fields["file"].help_text = f"{evidence.hint()} First remove anything that could identify a child."
        self.fields["file"].widget.attrs["accept"] = content.accepted().replace(" ", "")
        if self.takes_several:
            self.fields["held"].label = "Files that we have kept"
            self.fields["held"].help_text = "Untick a file to leave it out."

    @property
    def takes_several(self):
        return isinstance(self.fields["file"], FilesField)

    def clean(self):
        said = super().clean()
        self.held_files = said.pop("held", [])
        is_instead = any(said.get(name) for name in self.instead)
        if self.held_files and not is_instead and "file" not in self.errors and (self.takes_several or not self.files):
            self._add_held(said)
        return said

    def _add_held(self, said):
        files = {row: evidence.uploaded(row) for row in self.held_files}
        if None in files.values():
            self.held_files = [row for row, file in files.items() if file]
            self.add_error("file", "Your file could not be kept. Choose it again.")
        elif self.takes_several:
            said["file"] = [*said.get("file", []), *files.values()]
        else:
            (said["file"],) = list(files.values())[:1]

    def hold(self, *, at):
        """Keep the files that were chosen, for the same form to be sent again, and say so on the page."""
        chosen = self.files.getlist(self.add_prefix("file")) if self.is_bound and self.files else []
        kept = [row for file in chosen if (row := evidence.hold(file=file, by=self.by, at=at))]
        if kept and not self.takes_several:
            self.let_go()
            self.held_files = ()
        self.held_files = [*self.held_files, *kept]
        if self.is_bound:
            self.data = self.data.copy()
            self.data.setlist(self.add_prefix("held"), [str(row.pk) for row in self.held_files])
        if self.takes_several:
            self._offer()
        elif self.held_files:
            name = self.held_files[0].original_name
            self["file"].help_text = f"Chosen file: {name}. We have kept this file. Choose another file to replace it."

    def _offer(self):
        """Have the page show each held file with a tick, or nothing where none is held."""
        if not self.held_files:
            del self.fields["held"]
            return
        self.fields["held"].widget = forms.CheckboxSelectMultiple(attrs={"autocomplete": "off"})
        self.fields["held"].queryset = HeldFile.objects.filter(pk__in=[row.pk for row in self.held_files])

    def let_go(self):
        """Let the held files go: they have been added, or another was chosen."""
        if self.held_files:
            evidence.release(HeldFile.objects.filter(pk__in=[row.pk for row in self.held_files]))
