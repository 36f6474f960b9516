"""Where allauth asks this project (settings.ACCOUNT_ADAPTER, MFA_ADAPTER and SOCIALACCOUNT_ADAPTER name these)."""

import base64
import logging
import secrets

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.shortcuts import render

from accounts.models import Invitation, User
from accounts.signing_in import attempts, second_factor

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator; nobody signs themselves up. What is wrong is said in plain words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The e-mail address or password is incorrect. Check both and try again.",
        "enter_current_password": "Your current password is incorrect. Enter it again.",
        "incorrect_password": "The password is incorrect. Enter it again.",
        "too_many_login_attempts": (
            "You have tried to sign in too many times. Wait five minutes and try again, or choose a new password "
            "through “I have forgotten my password”."
        ),
        "rate_limited": "You have tried too many times. Wait a few minutes and try again.",
    }

    def is_open_for_signup(self, request):
        return False

    def is_safe_url(self, url):
        """Whether somebody may be led there after signing in. allauth fails of what is no address, such as “//[”."""
        try:
            return super().is_safe_url(url)
        except ValueError:
            return False

    def get_login_stages(self):
        """Let our own stage ask for the second factor: not everybody is asked who has one."""
        ours = {"allauth.mfa.stages.AuthenticateStage": "accounts.signing_in.stages.SecondFactorStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def pre_authenticate(self, request, **credentials):
        self._login_failed_rl_usage = attempts.count(request, credentials.get("email", ""))
        if self._login_failed_rl_usage is None:
            raise self.validation_error("too_many_login_attempts")

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        attempts.remember(response, user)
        for record in get_authentication_records(request, user)[-1:]:
            # Who has just signed in is not asked at once to confirm that it is them.
            record_authentication(request, user, method=record["method"], reauthenticated=True)
        return response

    def send_mail(self, template_prefix, email, context):
        """Send a letter. Where it cannot be handed in, the log says so, and no stranger learns of the account."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as fault:
            logger.error("A letter could not be handed in: %r", fault)

    def send_password_reset_mail(self, user, email, context):
        """Send nobody round the council's identity provider who signs in through it alone, or round an invitation."""
        if not user.has_usable_password() and Invitation.objects.filter(user=user, accepted_at=None).exists():
            return
        if user.has_usable_password() or not settings.OIDC_NAME:
            super().send_password_reset_mail(user, email, context)


class MFAAdapter(DefaultMFAAdapter):
    """Secrets are encrypted at rest, under a key that comes from SECRET_KEY."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "The code is incorrect. Wait until your app shows the next code, then enter that one.",
        "cannot_generate_recovery_codes": "You need to set up an app before you can have recovery codes.",
    }

    def build_totp_svg(self, url):
        """Return the QR code to stand in the page itself: the policy allows no image from a data: address."""
        svg = super().build_totp_svg(url)
        return svg[svg.index("<svg") :]

    def encrypt(self, text):
        return second_factor.box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        """Return what was encrypted; under another SECRET_KEY, a secret that no app has, so that no code is right."""
        try:
            return second_factor.box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Who comes from the council's identity provider is the account that was made for their e-mail address.

    Nothing is stored of them: whom the provider vouches for is asked each time, and an address that an administrator
    corrects counts at once.
    """

    def pre_social_login(self, request, sociallogin):
        claims = sociallogin.account.extra_data["id_token"]
        email = str(claims.get("email", "")).lower()
        is_vouched_for = email.partition("@")[2] in sociallogin.provider.app.settings["email_domains"]
        found = User.objects.filter(email=email).first() if is_vouched_for else None
        if found is None or claims.get("email_verified", True) not in (True, "true"):
            raise ImmediateHttpResponse(_refusal(request, 403, email=email))
        sociallogin.user = found

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        if exception:
            logger.warning("The identity provider's answer was refused: %r", exception)
        raise ImmediateHttpResponse(_refusal(request, 401))


def _refusal(request, status, **context):
    return render(request, "socialaccount/authentication_error.html", context, status=status)
