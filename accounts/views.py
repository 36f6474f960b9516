"""Accepting an invitation, signing in through the council's identity provider, and what allauth's pages leave open."""

from allauth.account import views as allauth_views
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from accounts.forms import ChoosePasswordForm, MailForm
from accounts.outbox import choices
from accounts.people import calendar_feeds, invitations
from accounts.signing_in import attempts
from improvement.govuk.pages import page_with_form, today

PROVIDER = "council"
# What comes of asking a provider that is away, or whose description of itself lacks something.
NO_ANSWER = (RequestException, KeyError)


class ProviderAdapter(OpenIDConnectOAuth2Adapter):
    """Checks the signature of the token: allauth skips it, as the token comes straight from the provider."""

    def get_access_token_data(self, *args, **kwargs):
        data = super().get_access_token_data(*args, **kwargs)
        self.did_fetch_access_token = False
        return data

    def complete_login(self, *args, **kwargs):
        try:
            return super().complete_login(*args, **kwargs)
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            raise OAuth2Error("The token cannot be read") from error


@login_not_required
@require_POST
def openid_connect_login(request):
    """Send the person to the identity provider; nothing that the address says changes what it is asked for."""
    provider = _provider(request)
    try:
        return provider.redirect(request, process="login", next_url=get_next_redirect_url(request))
    except NO_ANSWER as error:
        return render_authentication_error(request, provider, exception=error)


@login_not_required
@require_safe
def openid_connect_callback(request, provider_id):
    """Let in whom the identity provider sends back, if an account was made for them."""
    provider = _provider(request)
    try:
        return OAuth2CallbackView.adapter_view(ProviderAdapter(request, PROVIDER))(request)
    except NO_ANSWER as error:
        return render_authentication_error(request, provider, exception=error)


@login_not_required
@never_cache
@page_with_form
def invitation_accept(request, token):
    """Let the person whom the link was sent to choose their password, and sign them in."""
    try:
        person = invitations.find(token, at=request.now).user
        if request.user.is_authenticated:
            return render(request, "account/invitation_of_another.html", {"person": person})
        form = ChoosePasswordForm(person, request.POST or None)
        if request.method == "POST" and form.is_valid():
            chosen = form.cleaned_data["new_password1"]
            person = invitations.accept(token=token, password=chosen, at=request.now)
            return perform_password_login(request, {"email": person.email}, Login(user=person, email=person.email))
    except invitations.InvitationRefused as refusal:
        if not attempts.may_try_link(request):
            return render(request, "429.html", status=429)
        return render(request, "account/invitation_closed.html", {"why": refusal}, status=410)
    return render(request, "account/invitation_accept.html", {"form": form, "person": person})


@page_with_form
def mail_choices(request):
    """Let the person choose what they get by e-mail, and how often."""
    kinds = choices.offered(request.user, on=today(request))
    form = MailForm(request.POST or None, kinds=kinds, wanted=choices.of(request.user))
    if request.method == "POST" and form.is_valid():
        choices.choose(by=request.user, at=request.now, **form.cleaned_data)
        messages.success(request, "Your choices have been saved.")
        return redirect("mail_choices")
    return render(request, "account/mail_choices.html", {"form": form})


@page_with_form
def calendar_choices(request):
    """Let the person make a secret address of their calendar, shown this once, or end it."""
    address = ""
    if request.POST.get("do") == "make":
        token = calendar_feeds.make(by=request.user, at=request.now)
        address = settings.SITE_ADDRESS + reverse("calendar_feed", args=[token])
    elif request.method == "POST":
        calendar_feeds.stop(by=request.user, at=request.now)
        messages.success(request, "The calendar has been stopped.")
        return redirect("calendar_choices")
    context = {"feed": calendar_feeds.of(request.user), "address": address}
    return render(request, "account/calendar.html", context)


def account_change_password(request):
    """Change the password of who has one: who has none signs in elsewhere, and gets no second way in here."""
    if not request.user.has_usable_password():
        raise Http404
    return allauth_views.password_change(request)


def _provider(request):
    if not settings.OIDC_NAME:
        raise Http404
    return get_adapter().get_provider(request, PROVIDER)
