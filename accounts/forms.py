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
            "Untick this when someone leaves, and hand over their posts. Their records stay.",
        ),
        "is_staff": (
            "Uses the administration",
            "A second factor is then asked of them. Choose below what they may do.",
        ),
        "groups": (
            "What they may do in the administration",
            "“Notice and results”: the Notice, its targets and inspections, and files of them and of results. "
            "“Plan and people”: the plan, the Board, posts with their hand-overs, and accounts but those of staff.",
        ),
        "is_superuser": ("May do everything", "All of this, and says who else uses the administration."),
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
                self.add_error("groups", "Choose what they may do, or that they may do everything.")
            if may and not said.get("is_staff"):
                self.add_error("is_staff", "Tick this too: what is chosen below is done in the administration.")
        return said


class HandOverForm(forms.Form):
    """Who holds a post, and who deputises, from which day; drawn by the admin."""

    # Some are offered (`posts.who_may_hold`); of anybody else the verb says why not.
    holder = forms.ModelChoiceField(
        User.objects.all(),
        required=False,
        help_text="Leave empty while nobody with an account holds it.",
    )
    deputy = forms.ModelChoiceField(
        User.objects.all(), required=False, help_text="Who acts for the holder, if anybody."
    )
    on = forms.DateField(
        label="From",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="The first day of the new holder or deputy. Those before end the day before.",
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
