"""allauth's forms, drawn and worded as ours (settings.ACCOUNT_FORMS and MFA_FORMS name them)."""

from functools import partial

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.password_reset import request_password_reset
from allauth.account.internal.userkit import filter_users_by_email
from allauth.core import context
from allauth.mfa.base import forms as code_forms
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.conf import settings
from django.contrib.auth.forms import UserChangeForm
from django.db.models import Q
from django.utils import timezone

from accounts import letters
from accounts.models import LONGEST_REASON, User
from improvement import govuk
from improvement.no_child import LineField

CODE_HINT = "The six figures that your authenticator app shows now, or one of your recovery codes."
NEW_HINT = "At least 12 characters. Three random words are easy to remember and hard to guess."


class AccountFormMixin(govuk.FormMixin):
    """No placeholders, and the labels and hints of `words`: {field: (label, hint)}."""

    words = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label, field.help_text = self.words[name]


class SignInForm(AccountFormMixin, allauth_forms.LoginForm):
    words = {"login": ("Your e-mail address", ""), "password": ("Your password", "")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The list of demonstration accounts links back here with one of them.
        self.initial["login"] = self.request.GET.get("email", "")

    @property
    def demonstration_accounts(self):
        return User.objects.filter(is_demonstration=True) if settings.DEMONSTRATION else ()

    @property
    def demonstration_password(self):
        return settings.DEMONSTRATION_PASSWORD

    @property
    def identity_provider(self):
        """What the council's identity provider signs people in with, where there is one."""
        return settings.OIDC_NAME


class ChangePasswordForm(AccountFormMixin, allauth_forms.ChangePasswordForm):
    words = {
        "oldpassword": ("Your present password", ""),
        "password1": ("Your new password", NEW_HINT),
        "password2": ("Your new password again", ""),
    }


class ResetPasswordForm(AccountFormMixin, allauth_forms.ResetPasswordForm):
    """Takes any address alike: whose it is is looked up once the page has been answered, so that nobody can time it."""

    words = {"email": ("Your e-mail address", "")}

    def clean_email(self):
        return get_adapter().clean_email(self.cleaned_data["email"].lower())

    def save(self, request, **options):
        email = self.cleaned_data["email"]
        letters.after_the_answer(partial(_send_link, request, email))
        return email


def _send_link(request, email):
    """Send whoever has an account with that address the link to a new password."""
    with context.request_context(request):
        people = filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True)
        request_password_reset(request, email, people, allauth_forms.default_token_generator)


class ResetPasswordKeyForm(AccountFormMixin, allauth_forms.ResetPasswordKeyForm):
    words = {
        "password1": ("Your new password", NEW_HINT),
        "password2": ("Your new password again", ""),
    }


class ReauthenticateForm(AccountFormMixin, allauth_forms.ReauthenticateForm):
    words = {"password": ("Your password", "")}


class CodeFormMixin(AccountFormMixin):
    words = {"code": ("Your code", CODE_HINT)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"class": "govuk-input--width-10", "inputmode": "numeric"}


class CodeForm(CodeFormMixin, code_forms.AuthenticateForm):
    pass


class ConfirmCodeForm(CodeFormMixin, code_forms.ReauthenticateForm):
    pass


class SetUpAppForm(CodeFormMixin, totp_forms.ActivateTOTPForm):
    words = {"code": ("The code that the app shows", "Six figures, which change every half minute.")}

    def clean_code(self):
        """Take the first code as shown in this session too (`accounts.second_factor`)."""
        code = super().clean_code()
        record_authentication(context.request, self.user, method="mfa")
        return code


class RemoveAppForm(AccountFormMixin, totp_forms.DeactivateTOTPForm):
    pass


class NewRecoveryCodesForm(AccountFormMixin, GenerateRecoveryCodesForm):
    pass


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

    holder = forms.ModelChoiceField(
        User.objects.filter(is_active=True),
        required=False,
        help_text="Leave empty while nobody with an account holds it.",
    )
    deputy = forms.ModelChoiceField(
        User.objects.filter(is_active=True), required=False, help_text="Who acts for the holder, if anybody."
    )
    on = forms.DateField(
        label="From",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="The first day of the new holder or deputy. Those before end the day before.",
    )

    def __init__(self, *args, post, now, **kwargs):
        today = timezone.localdate(now)
        initial = {"holder": post.holder_id, "deputy": post.deputy_id, "on": today}
        super().__init__(*args, initial=initial, **kwargs)
        # Whoever only observes a Board acts for nobody whom it reads about. (A seat is read through its accessor.)
        lasting = Q(seats__to_on__isnull=True) | Q(seats__to_on__gte=today)
        observing = User.objects.filter(lasting, seats__role="observer").order_by().values("pk")
        people = User.objects.filter(is_active=True).exclude(
            ~Q(pk__in=[pk for pk in (post.holder_id, post.deputy_id) if pk]), pk__in=observing
        )
        self.fields["holder"].queryset = self.fields["deputy"].queryset = people


class RemovalForm(govuk.FormMixin, forms.Form):
    """Why something that could identify someone goes, that it was checked, and what was seen when it was."""

    conflict = None

    seen = forms.CharField(widget=forms.HiddenInput(attrs={"autocomplete": "off"}), required=False)
    reason = LineField(
        label="Reason",
        max_length=LONGEST_REASON,
        help_text="It stands in the place of what goes, for every reader. Do not repeat what you remove.",
    )
    is_checked = forms.BooleanField(
        label="I have read what goes, and know that nothing brings it back",
        error_messages={"required": "Confirm that you have read what goes"},
    )

    @property
    def answers(self):
        """What the verb is given."""
        return {name: self.cleaned_data[name] for name in ("seen", "reason")}

    def refuse(self, refusal):
        """Say why the removal was refused, beside the field that it is about."""
        self.add_error(getattr(refusal, "field", None), str(refusal))
