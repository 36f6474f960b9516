"""The part of allauth that is open: signing in and out, passwords, second factors. Nobody signs themselves up."""

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.contrib.auth.decorators import login_not_required
from django.urls import path, re_path
from django.views.decorators.http import require_safe

from accounts.views import (
    PROVIDER,
    account_change_password,
    calendar_choices,
    invitation_accept,
    mail_choices,
    openid_connect_callback,
    openid_connect_login,
)

urlpatterns = [
    path("e-mail/", mail_choices, name="mail_choices"),
    path("calendar/", calendar_choices, name="calendar_choices"),
    path("sign-in/", views.login, name="account_login"),
    path("sign-in/code/", mfa.authenticate, name="mfa_authenticate"),
    path("sign-in/council/", openid_connect_login, name="openid_connect_login"),
    path("sign-in/council/back/", openid_connect_callback, {"provider_id": PROVIDER}, name="openid_connect_callback"),
    # Also for who has typed the password and not yet the code, and thinks better of it.
    path("sign-out/", login_not_required(views.logout), name="account_logout"),
    path("invitation/<str:token>/", invitation_accept, name="invitation_accept"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("confirm/", views.reauthenticate, name="account_reauthenticate"),
    path("confirm/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("password/", account_change_password, name="account_change_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/sent/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("second-factor/", mfa.index, name="mfa_index"),
    path("second-factor/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("second-factor/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-factor/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second-factor/codes/file/", require_safe(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("second-factor/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]
