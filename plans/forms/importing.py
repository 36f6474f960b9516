"""What a council says of its own spreadsheet: where the headings are, what each column holds, whose plan it is."""

from django import forms
from django.core.validators import validate_slug

from improvement.texts import days
from notices.models import Notice
from plans.importing.cells.fields import SINGLE, Field
from plans.importing.mapped import ALL
from plans.models import Plan

_CHOICES = [(field.value, field.label) for field in Field]
_MAX_ROW = 1_048_576


def _of_plan(name):
    return Plan._meta.get_field(name).max_length


class MappingForm(forms.Form):
    """The mapping of one sheet; its columns' fields are made for the sheet. Drawn by the admin."""

    sheet_name = forms.ChoiceField(label="Sheet", required=False)
    top = forms.IntegerField(
        label="Row of the headings",
        min_value=1,
        max_value=_MAX_ROW,
        error_messages={"required": "Enter the number of the row that has the headings."},
    )
    read = forms.CharField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(
        label="Title of the plan",
        max_length=_of_plan("title"),
        error_messages={"required": "Enter the title of the plan."},
    )
    slug = forms.CharField(
        label="Name in addresses",
        max_length=50,
        validators=[validate_slug],
        help_text="One short word in lower case. The name of an existing plan changes that plan.",
        error_messages={
            "required": "Enter a short name for web addresses.",
            "invalid": "Use letters, digits and hyphens only.",
        },
    )
    council = forms.CharField(
        label="Council", max_length=_of_plan("council"), error_messages={"required": "Enter the name of the council."}
    )
    notice = forms.ModelChoiceField(
        queryset=Notice.objects.all(),
        to_field_name="slug",
        required=False,
        label="Notice that the plan answers",
        empty_label="None",
    )
    organisation = forms.CharField(
        label="Organisation of the posts",
        max_length=150,
        help_text="For every post whose organisation is not in the spreadsheet.",
        error_messages={"required": "Enter the organisation that most posts belong to."},
    )
    accountable = forms.CharField(
        label="Accountable post",
        max_length=150,
        help_text="It signs off updates where the spreadsheet names no accountable post, and leads where it names no "
        "lead. You can change both later.",
        error_messages={"required": "Enter the title of a post."},
    )
    opened_on = forms.DateField(
        label="First day of the plan",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Enter the first day of the plan.", "invalid": "Enter a date."},
    )
    hidden = forms.ChoiceField(
        label="Hidden rows",
        choices=[("no", "Leave the hidden rows out"), ("yes", "Load the hidden rows")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether to load the hidden rows."},
    )

    def __init__(self, *args, sheet, **kwargs):
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        together = [(ALL, f"All {len(sheet.alike)} sheets with the same headings")] if len(sheet.alike) > 1 else []
        self.fields["sheet_name"].choices = together + [(grid.name, grid.name) for grid in sheet.grids]
        self.initial["read"] = sheet.read
        for name in ("title", "slug", "council", "organisation", "accountable"):
            self.fields[name].widget.attrs["class"] = "vTextField"
        if len(sheet.grids) == 1:
            del self.fields["sheet_name"]
        if not sheet.hidden:
            del self.fields["hidden"]
        for column in self.columns:
            self._add(column)

    @property
    def columns(self):
        return self.sheet.shape.columns if self.sheet.shape else ()

    def _add(self, column):
        place, proposed = column.place, self.sheet.proposed[column.place]
        label = f"Column {column.letter}, {column.heading}" if column.heading else f"Column {column.letter}"
        initial = self.initial.get(f"column_{place}", proposed.value)
        self.fields[f"column_{place}"] = forms.ChoiceField(label=label, choices=_CHOICES, initial=initial)
        if self.sheet.lists_of(column):
            label = f"Make each item of its lists a step (column {column.letter})"
            self.fields[f"split_{place}"] = forms.BooleanField(label=label, required=False)

    @property
    def rows(self):
        """Return each column with its fields and how many of its cells hold a list."""
        for column in self.columns:
            split = self[f"split_{column.place}"] if f"split_{column.place}" in self.fields else None
            yield column, self[f"column_{column.place}"], split, self.sheet.lists_of(column)

    @property
    def about_plan(self):
        names = ("title", "slug", "council", "notice", "organisation", "accountable", "opened_on")
        return [self[name] for name in names]

    @property
    def about_sheet(self):
        return [self[name] for name in ("sheet_name", "top") if name in self.fields]

    def clean_opened_on(self):
        day = self.cleaned_data["opened_on"]
        if days.is_outside(day):
            raise forms.ValidationError(days.OUTSIDE)
        return day

    def clean(self):
        chosen = self.chosen_columns
        places = {field: [place for place, each in chosen.items() if each is field] for field in Field}
        for field in SINGLE:
            for place in places[field][1:]:
                self.add_error(f"column_{place}", f"Another column is “{field.label}” already. Choose it once.")
        if self.columns and not places[Field.RECOMMENDATION]:
            label = Field.RECOMMENDATION.label
            self.add_error(None, f"Choose the column that holds the actions: “{label}”.")
        return self.cleaned_data

    @property
    def chosen_columns(self):
        """The field of each column, by its place, as far as it was chosen."""
        found = {}
        for column in self.columns:
            if value := self.cleaned_data.get(f"column_{column.place}"):
                found[column.place] = Field(value)
        return found

    @property
    def splits(self):
        return {column.place for column in self.columns if self.cleaned_data.get(f"split_{column.place}")}

    @property
    def of_plan(self):
        """What is said of the whole plan, as `plans.importing.files.chosen` takes it."""
        data = self.cleaned_data
        names = ("slug", "title", "council", "organisation", "accountable", "opened_on")
        return {name: data[name] for name in names} | {"notice": data["notice"].slug if data["notice"] else ""}

    @property
    def typed(self):
        """What was typed, as it is remembered and shown again."""
        names = list(self.fields)
        answers = {name: self.data.get(name, "") for name in names}
        return answers | {name: bool(answers[name]) for name in names if name.startswith("split_")}
