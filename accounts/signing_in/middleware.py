from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.urls import reverse

from accounts.signing_in import second_factor

# Where somebody can go who has yet to set a second factor up, or to show the one that they have.
SETTING_UP = {"mfa_activate_totp", "account_reauthenticate"}
SHOWING = {"mfa_reauthenticate"}


class SignInMiddleware(LoginRequiredMiddleware):
    """Ask for a sign-in wherever a view does not say otherwise; where it does, not even the session is read."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


def staff(get_response):
    """Keep the administration to staff, and staff from all that asks for a sign-in until they show a second factor.

    It asks before any view is called, the admin's own login included, which knows of no second factor.
    """

    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        is_admin = "admin" in request.resolver_match.app_names
        if not is_admin and not getattr(view, "login_required", True):
            return None
        user = request.user
        if is_admin and not user.is_staff:
            if user.is_authenticated:
                raise Http404
            return redirect_to_login(request.get_full_path())
        if user.is_staff and second_factor.is_asked_of(request, user):
            if not second_factor.is_set_up(user):
                return _lead_to("mfa_activate_totp", request, SETTING_UP)
            if not second_factor.is_shown(request):
                return _lead_to("mfa_reauthenticate", request, SHOWING)
        return None

    middleware.process_view = process_view
    return middleware


def _lead_to(name, request, allowed):
    if request.resolver_match.view_name in allowed:
        return None
    return redirect_to_login(request.get_full_path() if request.method == "GET" else reverse("home"), reverse(name))
