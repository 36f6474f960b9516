"""What is asked of a person, of who invites one, and of who hands a post over."""

from django import forms
from django.contrib.auth.forms import SetPasswordForm, UserChangeForm
from django.utils import timezone

from accounts import posts
from accounts.models import How, User
from accounts.people import pasted
from accounts.signing_in.forms import NEW_HINT, AccountFormMixin
from improvement import govuk

# Nobody types more, and each is hashed at the cost of its length.
LONGEST_PASSWORD = 256


class PersonForm(UserChangeForm):
    """What a person may do here; drawn by the admin. Their password is theirs alone."""

    password = None
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


class InviteForm(forms.Form):
    """Whom to invite; drawn by the admin."""

    name = forms.CharField(max_length=pasted.LONGEST_NAME, help_text="The name shown on pages and in records.")
    email = forms.EmailField(
        label="E-mail address",
        max_length=pasted.LONGEST_EMAIL,
        help_text="The address this person signs in with.",
    )

    def refuse(self, refusal):
        """Say why the invitation was refused, beside the field that it is about."""
        self.add_error(refusal.field, str(refusal))


class InviteListForm(forms.Form):
    """A pasted list of whom to invite; drawn by the admin."""

    people = forms.CharField(
        label="People",
        widget=forms.Textarea(attrs={"rows": 12, "cols": 80, "spellcheck": "false"}),
        help_text=f"One person on each line: “{pasted.EXAMPLE}” or “Ada Mercer <ada.mercer@thornbury.example>”. "
        "You can also paste two columns of a spreadsheet.",
    )

    def clean_people(self):
        """Return a Line for each person; `accounts.people.invitations` refuses those that are wrong, all at once."""
        lines = pasted.read(self.cleaned_data["people"])
        if len(lines) > pasted.MOST:
            raise forms.ValidationError(f"Paste up to {pasted.MOST} people at a time. This list has {len(lines)}.")
        return lines

    def refuse(self, refusal):
        """Say of each line that is wrong what to do about it."""
        self.add_error("people", refusal.sentences)


def _password():
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(max_length=LONGEST_PASSWORD, strip=False, widget=widget)


class ChoosePasswordForm(AccountFormMixin, SetPasswordForm):
    """The password that an invited person chooses for themselves."""

    new_password1, new_password2 = _password(), _password()
    words = {
        "new_password1": ("Your password", NEW_HINT),
        "new_password2": ("Your password again", ""),
    }


class MailForm(govuk.FormMixin, forms.Form):
    """How the person wants to get each kind of message that fits what they do."""

    label_size = "m"
    is_small = True

    def __init__(self, *args, kinds, wanted, **kwargs):
        super().__init__(*args, **kwargs)
        for kind in kinds:
            self.fields[kind.name.lower()] = forms.ChoiceField(
                label=kind.label, choices=How, widget=forms.RadioSelect, initial=wanted[kind]
            )
