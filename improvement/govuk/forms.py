"""Forms drawn as GOV.UK form groups, which say what is wrong in sentences."""

from django import forms
from django.forms.renderers import TemplatesSetting

from improvement.govuk import groups, no_child
from improvement.govuk.fields import DateInput

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


class FormRenderer(TemplatesSetting):
    """Forms and widgets are drawn by `groups`, else by the project's own templates, else by Django's."""

    def render(self, template_name, context, request=None):
        if draw := groups.WIDGETS.get(template_name):
            return draw(context["widget"])
        return super().render(template_name, context, request)


class BoundField(forms.BoundField):
    """A field as a GOV.UK form group."""

    def render(self, template_name=None, context=None, renderer=None):
        return groups.group(self)

    as_field_group = render

    @property
    def limit(self):
        """How many characters a text may have, which the page says and counts; None where there is no limit."""
        return getattr(self.field, "max_length", None) if self.is_long or self.is_line else None

    @property
    def is_long(self):
        """Whether it is a text of several lines."""
        return isinstance(self.field.widget, forms.Textarea)

    @property
    def is_line(self):
        """Whether it is a text of one line, of which the script counts what is left towards its end alone."""
        return hasattr(self.field, "names_no_child")

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
        if self.is_bound:
            for bound in self:
                _say_plainly(bound.field, bound.label)
        super().full_clean()
        if self.is_bound:
            no_child.ask(self)

    @property
    def error_links(self):
        """What is wrong as (sentence, id of the input), in the order of the page."""
        if not self.errors:  # base.html asks twice, on every page with a form
            return []
        links = [(text, "") for text in self.non_field_errors()]
        return links + [(text, bound.error_target) for bound in self for text in bound.errors]

    @property
    def answers(self):
        """What the verb is given."""
        return self.cleaned_data

    def refuse(self, refusal):
        """Say why a write was refused, beside the fields that it is about or above them all."""
        for field, sentence in refusal.errors.items():
            self.add_error(field if field in self.fields else None, sentence)

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


def _say_plainly(field, label):
    """Replace Django's own messages, where the form did not, by sentences that name what is asked for."""
    defaults = {}
    for kind in reversed(type(field).__mro__):
        defaults.update(getattr(kind, "default_error_messages", {}))
    sentences = {
        "required": _required(field, label),
        "invalid_choice": "Select one of the options.",
        "max_length": f"“{label}” must be %(limit_value)d characters or fewer. You have entered %(show_value)d.",
        "min_value": f"“{label}” must be %(limit_value)s or more.",
        "max_value": f"“{label}” must be %(limit_value)s or less.",
        "null_characters_not_allowed": f"“{label}” includes a character that cannot be saved. Enter it again.",
    }
    for code, sentence in sentences.items():
        if field.error_messages.get(code) == defaults.get(code):
            field.error_messages[code] = sentence


_WITHOUT_ARTICLE = {"a", "an", "the", "your", "one", "what", "who", "when", "why", "how", "which"}


def _required(field, label):
    first, _, _ = label.lower().partition(" ")
    if label.endswith("?"):
        return f"Answer “{label}”."
    if isinstance(field, forms.BooleanField):
        return f"Tick “{label}”."
    thing = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    verb = "Select" if isinstance(field, forms.ChoiceField | forms.ModelChoiceField | forms.FileField) else "Enter"
    return f"{verb} {thing}." if first in _WITHOUT_ARTICLE else f"{verb} the {thing}."
