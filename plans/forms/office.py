"""What the programme office fills in: a month to open, a commentary, the confirmation of a publication."""

from collections.abc import Sequence

from django import forms

from accounts.models import Post
from improvement import govuk
from improvement.govuk.no_child import ProseField
from plans import calendar, reporting
from plans.models.months import HEADLINE

MONTHS_OFFERED = 6


class WarningsForm(govuk.FormMixin, forms.Form):
    """What is unusual and has to be confirmed; a tick counts for exactly what was read."""

    warnings: Sequence[str] = ()
    warned = forms.CharField(required=False, widget=forms.HiddenInput)
    is_confirmed = forms.BooleanField(required=False)

    def warn(self, warnings):
        """Ask for the confirmation of `warnings`, where there are any and it was not given."""
        self.warnings, text = warnings, " ".join(warnings)
        self.fields["warned"].initial = text
        answers = self.cleaned_data if self.is_bound else {}
        if not warnings or not self.is_bound or (answers.get("is_confirmed") and answers.get("warned") == text):
            return
        self.add_error("is_confirmed", "Confirm that you have read the warnings, or change the dates.")
        self.take("warned", text)
        self.data.pop("is_confirmed", None)


class MonthConfirmForm(WarningsForm):
    """That the month is to be opened, whatever is unusual about it."""

    def __init__(self, *args, warnings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["is_confirmed"].label = "I have read this and want to open the month"
        self.asked = warnings
        if not self.is_bound:
            self.warn(warnings)

    def clean(self):
        self.warn(self.asked)


class DatesForm(govuk.FormMixin, forms.Form):
    """The dates of a month."""

    due_on = govuk.DateField(
        label="Updates due", help_text="The last day for lead officers to submit. Updates after this day are late."
    )
    sign_off_due_on = govuk.DateField(
        label="Sign-off due",
        help_text="The last day for accountable leads to sign off. Not before the updates are due.",
    )
    data_as_at = govuk.DateField(label="Data as at", help_text="The date that figures in the updates should refer to.")


class MonthOpenForm(DatesForm):
    """The month to open with its days; `month.help_text` and the days offered are the view's."""

    month = forms.TypedChoiceField(coerce=calendar.parse, label="Month", help_text="The month of the Board meeting.")
    field_order = ("month", *calendar.DATES)

    def __init__(self, *args, first, **kwargs):
        """`first` is the first month that can be opened."""
        super().__init__(*args, **kwargs)
        offered = [calendar.moved(first, by) for by in range(MONTHS_OFFERED)]
        self.fields["month"].choices = [(calendar.address(month), calendar.label(month)) for month in offered]


class MonthDatesForm(DatesForm, WarningsForm):
    """Other dates for an open month, with the reason."""

    reason = ProseField(label="Reason", help_text="The record keeps this with the earlier dates.")
    seen = govuk.SeenField()
    field_order = (*calendar.DATES, "reason")

    def __init__(self, *args, month, on, **kwargs):
        changes = month.date_changes.count()
        initial = {field: getattr(month, field) for field in calendar.DATES} | {"seen": changes}
        super().__init__(*args, initial=initial, **kwargs)
        self.month, self.on = month, on
        self.fields["is_confirmed"].label = "I have read this and want these dates"

    def clean(self):
        days = {field: self.cleaned_data.get(field) for field in calendar.DATES}
        if all(days.values()):
            self.warn(calendar.warnings(**days, on=self.on, known=self.month))

    @property
    def changes(self):
        """What `plans.reporting.change_dates` takes."""
        return {field: self.cleaned_data[field] for field in (*calendar.DATES, "reason", "seen")}

    def refuse(self, refusal):
        super().refuse(refusal)
        if isinstance(refusal, reporting.Conflict):
            self.take("seen", refusal.current.date_changes.count())


class MonthDiscardForm(govuk.FormMixin, forms.Form):
    """Why a month is discarded, and what was seen of it."""

    seen = forms.CharField(widget=forms.HiddenInput)
    reason = ProseField(
        label="Why are you discarding this month?",
        required=True,
        help_text="The audit trail records this.",
        error_messages={"required": "Say why you are discarding the month."},
    )


class TextForm(govuk.VersionForm):
    """What is written of a month: its commentary, or the short update on an area of focus."""

    label_size = "m"
    merges = False  # there is little text, and all of it is shown beside one's own
    columns = {"text": "text"}
    text = ProseField(label="Text")

    def __init__(self, *args, label, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label
        self.fields["text"].widget.attrs["rows"] = 12

    def said_in(self, row):
        """Return each text of `row` beneath its label."""
        return [(self[name].label, getattr(row, column)) for name, column in self.columns.items()]

    @property
    def said(self):
        """Each text as it was typed, beneath its label."""
        return [(self[name].label, self[name].value()) for name in self.columns]


class CommentaryForm(TextForm):
    """What the programme office says of a month: in a sentence or two, which lead the dashboard, and at length."""

    field_order = ("version", "headline", "text")
    columns = {"headline": "headline", "text": "commentary"}
    headline = ProseField(
        label="The month in a sentence or two",
        help_text="The dashboard and the pack show this beside the number of recommendations on track.",
        max_length=HEADLINE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label="Commentary", **kwargs)

    def clean_headline(self):
        """Return it on one line."""
        return " ".join(self.cleaned_data["headline"].split())


class MonthPublishForm(govuk.FormMixin, forms.Form):
    """That it was checked, and what was seen when it was."""

    seen = forms.CharField(widget=forms.HiddenInput)
    is_checked = forms.BooleanField(
        label="I have checked this page, and no text could identify a child",
        error_messages={"required": "Confirm that you have checked this page."},
    )


class ChaseForm(govuk.FormMixin, forms.Form):
    """A note, and the posts that it goes to."""

    note = ProseField(
        label="Note",
        required=True,
        error_messages={"required": "Write the note."},
        help_text="It goes by e-mail to the people who act for the posts, in your name.",
    )
    posts = forms.ModelMultipleChoiceField(
        label="Who is it for?",
        queryset=Post.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one post."},
    )

    def __init__(self, *args, posts, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["posts"]
        field.queryset = Post.objects.filter(pk__in=[post.pk for post in posts]).select_related("holder", "deputy")
        owes = {post.pk: post.owes for post in posts}
        field.label_from_instance = lambda post: f"{post.title} ({post.people}): {owes[post.pk]}"
