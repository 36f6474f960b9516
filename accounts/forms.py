"""What the administration asks of a person, and of a post that is handed over."""

from django import forms
from django.contrib.auth.forms import UserChangeForm
from django.utils import timezone

from accounts import posts
from accounts.models import User


class PersonForm(UserChangeForm):
    """What a person may do here; drawn by the admin."""

    words = {
        "is_active": (
            "May sign in",
            "Clear this box when someone leaves, and hand over their posts. Their records are kept.",
        ),
        "is_staff": (
            "Uses the administration",
            "They will then need a second factor. Choose their permissions below.",
        ),
        "groups": (
            "Permissions in the administration",
            "“Notice and results”: the Notice, its targets, inspections and results, and loading files of them. "
            "“Plan and people”: the plan, the Board, posts and hand-overs, and accounts except those of staff.",
        ),
        "is_superuser": ("Full permissions", "Everything in the administration, including who else can use it."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (label, hint) in self.words.items():
            if field := self.fields.get(name):
                field.label, field.help_text = label, hint

    def clean(self):
        said = super().clean()
        if "is_staff" in self.fields:
            may = said.get("groups") or said.get("is_superuser")
            if said.get("is_staff") and not may:
                self.add_error("groups", "Choose at least one permission, or full permissions.")
            if may and not said.get("is_staff"):
                self.add_error("is_staff", "Tick this too. The permissions below apply to the administration.")
        return said


class HandOverForm(forms.Form):
    """Who holds a post, and who deputises, from which day; drawn by the admin."""

    # Some are offered (`posts.who_may_hold`); of anybody else the verb says why not.
    holder = forms.ModelChoiceField(
        User.objects.all(),
        required=False,
        help_text="Leave empty if nobody with an account holds it.",
    )
    deputy = forms.ModelChoiceField(
        User.objects.all(), required=False, help_text="The person who acts for the holder, if there is one."
    )
    on = forms.DateField(
        label="From",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="The first day of the new holder or deputy. The previous ones end the day before.",
    )

    def __init__(self, *args, post, now, **kwargs):
        today = timezone.localdate(now)
        initial = {"holder": post.holder_id, "deputy": post.deputy_id, "on": today}
        super().__init__(*args, initial=initial, **kwargs)
        offered = [("", "---------"), *((one.pk, str(one)) for one in posts.who_may_hold(post, on=today))]
        self.fields["holder"].choices = self.fields["deputy"].choices = offered

    def refuse(self, refusal):
        """Say why the hand-over was refused, beside the field that it is about."""
        self.add_error(refusal.field or "on", str(refusal))
