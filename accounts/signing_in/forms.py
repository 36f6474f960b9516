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
from django.conf import settings

from accounts.models import User
from accounts.signing_in import letters
from improvement import govuk

CODE_HINT = "The six digits that your authenticator app shows now, or one of your recovery codes."
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
        "oldpassword": ("Your current password", ""),
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
    """Send the link to a new password to the person with that address, if there is one."""
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
    words = {"code": ("The code in the app", "Six digits, which change every 30 seconds.")}

    def clean_code(self):
        """Take the first code as shown in this session too (`accounts.signing_in.second_factor`)."""
        code = super().clean_code()
        record_authentication(context.request, self.user, method="mfa")
        return code


class RemoveAppForm(AccountFormMixin, totp_forms.DeactivateTOTPForm):
    pass


class NewRecoveryCodesForm(AccountFormMixin, GenerateRecoveryCodesForm):
    pass
