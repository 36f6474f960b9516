"""What Django needs for the GOV.UK Design System: forms and tables. It knows no domain.

A form:  class ReasonForm(govuk.FormMixin, forms.Form)          (the mixin comes first)
A view:  render(request, template, {"form": form})              (the name `form` matters to base.html)
A page:  {% extends "base.html" %}, then `{{ form }}` for all fields or `{{ form.reason.as_field_group }}` for one,
         within <form method="post" novalidate> with {% csrf_token %} and a `govuk-button`.

Every field is drawn as a form group: label, hint (its help text), error, input. Messages are sentences made from
the label ("Enter the reason"); pass `error_messages` to say it better. A date is a `DateField`; in a model form
name it in `Meta.field_classes`. A long text is a `ProseField`, a form that several people may fill in at once a
`VersionForm`. Hints for the choices of radios and checkboxes: `field.choice_hints = {value: text}`.

A text that looks as if it identified a child is asked about (`improvement.no_child`): every textarea and file, and a
line of text whose field has `names_no_child = True`. A page that draws its fields one by one draws `form.no_child` too.

base.html draws the error summary of `form`, and "Error: " before the title, by itself. Its blocks: title, back (a back
link or breadcrumbs), content (two thirds wide) or main (the whole width), caveat, scripts; and for a page of several
forms title_prefix and summary, which takes `error_links(forms)`.

A table: class RowTable(govuk.Table) with `caption` and `row_header`; in the view
`tables.RequestConfig(request, paginate={"per_page": 50}).configure(table)`, in the page `{% render_table table %}`.
"""

import datetime

import django_tables2 as tables
from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting

from improvement import merging, no_child

EXAMPLE_DATE = "31 3 2012"
# Before, no spreadsheet knows the date; after, a month could not be reckoned on from it.
FIRST_YEAR, LAST_YEAR = 1900, 2199
LONGEST = 10_000
MARKS = "_marks"  # after the name of the version
OUT_OF_DATE = "This page is out of date. Copy what you wrote, then load the page again."


class FormRenderer(TemplatesSetting):
    """Forms and widgets are drawn by the project's own templates where there are any, else by Django's."""


class DateInput(forms.MultiWidget):
    """Day, month and year, typed."""

    parts = ("day", "month", "year")

    def __init__(self, attrs=None):
        super().__init__([forms.TextInput(attrs={"inputmode": "numeric"}) for _ in self.parts], attrs)

    def decompress(self, value):
        return [value.day, value.month, value.year] if value else [None, None, None]


class DateField(forms.Field):
    """A date typed as day, month and year; what was typed is kept when it is not a date. Its sentences name it."""

    widget = DateInput

    def to_python(self, value):
        if isinstance(value, datetime.date) or not value:
            return value or None
        texts = [(text or "").strip() for text in value]
        if not any(texts):
            return None
        missing = [part for part, text in zip(DateInput.parts, texts, strict=True) if not text]
        if missing:
            words = " and ".join(f"a {part}" for part in missing)
            raise self._wrong(f"enter a date that includes {words}", missing[0])
        if len(texts[2]) != 4:
            raise self._wrong("enter the year in four figures", "year")
        if not all(text.isascii() and text.isdigit() and len(text) <= 4 for text in texts):
            raise self._wrong("enter the date in figures", "invalid")
        day, month, year = (int(text) for text in texts)
        try:
            date = datetime.date(year, month, day)
        except ValueError:
            raise self._wrong(f"{' '.join(texts)} is not a date. Enter one", "invalid") from None
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise self._wrong(f"enter a year from {FIRST_YEAR} to {LAST_YEAR}", "year")
        return date

    def _wrong(self, sentence, code):
        name = (self.label or "Date").rstrip("?")
        return ValidationError(f"{name}: {sentence}, such as {EXAMPLE_DATE}", code=code)


class ProseField(forms.CharField):
    """A text of several lines, with plain line ends; not required unless it says so."""

    widget = forms.Textarea(attrs={"rows": 5})

    def __init__(self, **kwargs):
        super().__init__(**{"required": False, "max_length": LONGEST} | kwargs)

    def to_python(self, value):
        return super().to_python((value or "").replace("\r\n", "\n"))


# The first that fits: a checkbox group is a kind of radios, and most widgets are a kind of input.
WIDGET_CLASSES = (
    (forms.CheckboxSelectMultiple, "govuk-checkboxes__input"),
    (forms.RadioSelect, "govuk-radios__input"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (forms.HiddenInput, ""),
    (forms.widgets.Input, "govuk-input"),
)


class BoundField(forms.BoundField):
    """A field as a GOV.UK form group, drawn by templates/improvement/field.html."""

    template_name = "improvement/field.html"

    def get_context(self):
        return {**super().get_context(), "label_size": self.form.label_size, "is_small": self.form.is_small}

    @property
    def limit(self):
        """How many characters a long text may have, which the page says and counts; None where there is no limit."""
        is_long = isinstance(self.field.widget, forms.Textarea)
        return getattr(self.field, "max_length", None) if is_long else None

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        name = next((name for kind, name in WIDGET_CLASSES if isinstance(widget, kind)), "")
        error = f"{name}--error" if self.errors and "__" not in name else ""
        if classes := " ".join(filter(None, (name, error, widget.attrs.get("class")))):
            attrs["class"] = classes
        if self.limit and not self.is_hidden:
            attrs["class"] += " govuk-js-character-count"
            attrs["aria-describedby"] = " ".join(filter(None, (attrs.get("aria-describedby"), f"{self.auto_id}-info")))
        widget.attrs.pop("maxlength", None)  # the browser would cut off what is pasted without a word
        if self.kind != "input":
            attrs.pop("aria-invalid", None)
        return attrs

    @property
    def kind(self):
        """Which shape the group has in the template."""
        widget = self.field.widget
        if isinstance(widget, DateInput):
            return "date"
        if getattr(widget, "is_written", False):
            return "written"
        if isinstance(widget, forms.RadioSelect):
            return "checkboxes" if isinstance(widget, forms.CheckboxSelectMultiple) else "radios"
        return "checkbox" if isinstance(widget, forms.CheckboxInput) else "input"

    @property
    def choices(self):
        """Each choice with its hint, for radios and checkboxes."""
        hints = getattr(self.field, "choice_hints", {})
        return [(choice.data, hints.get(choice.data["value"], "")) for choice in self.subwidgets]

    @property
    def parts(self):
        """Day, month and year, each with its name and whether it is at fault."""
        inputs = self.subwidgets[0].data["subwidgets"]
        return [(data, part, part in self._faults) for data, part in zip(inputs, DateInput.parts, strict=True)]

    @property
    def error_target(self):
        """The id of what a link in the error summary moves focus to; empty where nothing can take it."""
        if self.is_hidden:
            return ""
        if self.kind == "date":
            return f"{self.auto_id}_{DateInput.parts.index(self._faults[0])}"
        if self.kind in ("radios", "checkboxes", "written"):
            return self.subwidgets[0].data["attrs"]["id"] if self.subwidgets else ""
        return self.auto_id

    @property
    def _faults(self):
        codes = [error.code for error in self.errors.as_data()] if self.errors else []
        named = tuple(part for part in DateInput.parts if part in codes)
        return named or (DateInput.parts if codes else ())


class FormMixin:
    """Draws a form's fields as GOV.UK form groups and says what is wrong in sentences."""

    bound_field_class = BoundField
    template_name = "improvement/form.html"
    use_required_attribute = False
    label_size = "s"  # of labels and legends: s, m or l
    is_small = False  # small radios and checkboxes, for filters

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def full_clean(self):
        for bound in self:
            _say_plainly(bound.field, bound.label)
        super().full_clean()
        if self.is_bound:
            no_child.ask(self)

    @property
    def error_links(self):
        return error_links([self])

    def take(self, name, value):
        """Go on from `value` in a hidden field: what is posted next was written knowing it."""
        self.data = self.data.copy()
        self.data[self.add_prefix(name)] = value

    @property
    def typed(self):
        """Everything that was typed, valid or not, as one text to give back."""
        lines = ((bound.label, bound.data) for bound in self.visible_fields() if bound.kind != "checkbox")
        texts = ((label, " ".join(filter(None, data)) if isinstance(data, list) else data) for label, data in lines)
        return "\n\n".join(
            f"{label}:\n{text.strip()}" for label, text in texts if isinstance(text, str) and text.strip()
        )


class VersionInput(forms.HiddenInput):
    """The version, with the marks of how each field was when the page was loaded, where the form `merges`."""

    template_name = "improvement/version.html"
    form = None

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        if self.form is not None and self.form.merges:
            context["marks"] = {"name": f"{name}{MARKS}", "value": self.form.marks}
        return context


class VersionForm(FormMixin, forms.Form):
    """Carries the version that the page was made from, so that nobody writes over what they have not seen.

    One that `merges` asks for texts of a row under their own names: what somebody else saved meanwhile in fields that
    one did not touch is taken over (`merge`), and only what both changed is `contested`.
    """

    merges = False
    contested = taken = ()
    version = forms.IntegerField(
        widget=VersionInput(attrs={"autocomplete": "off"}),  # or Firefox keeps an old one on reload
        min_value=0,
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), OUT_OF_DATE),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "version" in self.fields:
            self.fields["version"].widget.form = self

    @property
    def marks(self):
        """The marks of what the page was loaded with, as they are posted."""
        if self.is_bound:
            return self.data.get(self.add_prefix("version") + MARKS, "")
        shown = {name: self.get_initial_for_field(self.fields[name], name) for name in self._merged}
        return merging.write_down({name: merging.mark(value) for name, value in shown.items()})

    def take_version(self, version):
        """Go on from `version`: what is saved next was written knowing it."""
        self.take("version", version)

    def go_on(self, version):
        """Go on from `version`, which holds every valid answer: from now on they are what the page was loaded with."""
        self.take_version(version)
        self.taken = ()
        self.take(f"version{MARKS}", self.marks_after_saving)

    @property
    def marks_after_saving(self):
        """The marks of a page whose valid answers have been saved, and which still shows what it showed."""
        left_out = {*self.taken, *self.contested}
        names = [name for name in self._merged if name in self.cleaned_data and name not in left_out]
        saved = {name: merging.mark(self.cleaned_data[name]) for name in names}
        return merging.write_down(merging.read(self.marks) | saved)

    @property
    def contested_fields(self):
        return [self[name] for name in self.contested]

    @property
    def other_fields(self):
        return [bound for bound in self.visible_fields() if bound.name not in self.contested]

    def merge(self, current):
        """Take over what `current` says where one typed nothing; return whether there is nothing to ask.

        What both changed is `contested`. From now on it was all written knowing `current`.
        """
        mine = {name: self.cleaned_data[name] for name in self._merged if name in self.cleaned_data}
        theirs = self.shown_of(current)
        merged = merging.merge(mine, {name: theirs[name] for name in mine}, merging.read(self.marks))
        for name, value in merged.taken.items():
            self.data = put(self, name, value)
        self.contested, self.taken = merged.contested, merged.taken
        self.cleaned_data |= merged.taken | {"version": current.version}
        self.take_version(current.version)
        # What asks for no text, such as a removal, was decided on a text that has changed: that is asked about too.
        return bool(self._merged) and not self.contested

    def shown_of(self, row):
        """Return by field what the page of `row` shows: its columns, unless the form asks for them otherwise."""
        return {name: getattr(row, name) for name in self._merged}

    def name_of(self, name):
        """Return how the field is called away from its place in the page."""
        return self[name].label

    @property
    def _merged(self):
        return [name for name in self.fields if name not in ("version", no_child.NAME)] if self.merges else []


def put(form, name, value):
    """Return what was posted to `form` with `value` in the field `name`, so that its page shows that instead."""
    data, widget, posted = form.data.copy(), form.fields[name].widget, form.add_prefix(name)
    value = form.fields[name].prepare_value(value)
    if isinstance(widget, forms.MultiWidget):
        for number, part in enumerate(widget.decompress(value)):
            data[f"{posted}_{number}"] = "" if part is None else str(part)
    elif isinstance(widget, forms.CheckboxInput):
        data.pop(posted, None)
        data |= {posted: "on"} if value else {}
    elif isinstance(widget, forms.widgets.ChoiceWidget):
        chosen = widget.format_value(value)
        data.setlist(posted, chosen)
    else:
        data[posted] = widget.format_value(value) or ""
    return data


def error_links(bound_forms):
    """Return what is wrong with the forms as (sentence, id of the input), in the order of the page."""
    links = []
    for form in bound_forms:
        links += [(text, "") for text in form.non_field_errors()]
        links += [(text, bound.error_target) for bound in form for text in bound.errors]
    return links


def _say_plainly(field, label):
    """Replace Django's own messages, where the form did not, by sentences that name what is asked for."""
    defaults = {}
    for kind in reversed(type(field).__mro__):
        defaults.update(getattr(kind, "default_error_messages", {}))
    sentences = {
        "required": _required(field, label),
        "invalid_choice": "Select one of the choices that are offered",
        "max_length": f"“{label}” must be %(limit_value)d characters or fewer; it has %(show_value)d",
        "min_value": f"“{label}” must be %(limit_value)s or more",
        "max_value": f"“{label}” must be %(limit_value)s or less",
        "null_characters_not_allowed": f"“{label}” holds a character that cannot be kept; type it again",
    }
    for code, sentence in sentences.items():
        if field.error_messages.get(code) == defaults.get(code):
            field.error_messages[code] = sentence


def _required(field, label):
    first, _, _ = label.lower().partition(" ")
    if label.endswith("?") or first in {"what", "who", "when", "why", "how", "which", "by"}:
        return f"Answer “{label}”"
    if isinstance(field, forms.BooleanField):
        return f"Tick “{label}”"
    thing = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    verb = "Select" if isinstance(field, forms.ChoiceField | forms.ModelChoiceField | forms.FileField) else "Enter"
    return f"{verb} {thing}" if first in {"a", "an", "the", "your", "one"} else f"{verb} the {thing}"


class Table(tables.Table):
    """A GOV.UK table with sortable headers and pages, stacked on a telephone (templates/improvement/table.html)."""

    caption = ""
    caption_class = "govuk-table__caption--m"  # "govuk-visually-hidden" where a heading says it already
    row_header = ""  # the name of the column that says what the row is about
    NUMERIC = {"cell": {"class": "govuk-table__cell--numeric"}}  # attrs for a column of figures

    @property
    def order_by(self):
        return super().order_by

    @order_by.setter
    def order_by(self, value):
        """Pass over what no column is called: django-tables2 warns of a dot, which any address may hold."""
        asked = value.split(",") if isinstance(value, str) else value or ()
        tables.Table.order_by.fset(self, [name for name in asked if "." not in name])

    def paginate(self, per_page=50, **options):
        """Divide the rows into pages; an address may ask for other lengths, within reason."""
        super().paginate(per_page=min(max(per_page, 1), 200), **options)

    @property
    def caption_id(self):
        return f"{self.prefix}table-caption"
