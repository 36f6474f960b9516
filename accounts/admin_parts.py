"""The pages on which people are invited, and what the list and the page of a person say of how they sign in."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from accounts import outbox
from accounts.forms import InviteForm, InviteListForm
from accounts.models import User
from accounts.people import invitations, sending
from accounts.people.pasted import MOST
from improvement.records.refusals import Refusal


class Inviting:
    """For the `ModelAdmin` of people: an account is made by inviting its person, who alone types its password."""

    def get_urls(self):
        here = [
            path("add/list/", self.admin_site.admin_view(self.invite_list), name="accounts_user_invite_list"),
            path("invite/", self.admin_site.admin_view(self.invite_several), name="accounts_user_invite_several"),
            path("<int:pk>/invite/", self.admin_site.admin_view(self.invite), name="accounts_user_invite"),
            path("<int:pk>/withdraw/", self.admin_site.admin_view(self.withdraw), name="accounts_user_withdraw"),
        ]
        return here + [url for url in super().get_urls() if url.name != "auth_user_password_change"]

    def add_view(self, request, form_url="", extra_context=None):
        """Invite one person."""
        return self._invite_by(request, InviteForm, invitations.invite, "Invite a person")

    def invite_list(self, request):
        """Invite everyone on a pasted list, or nobody."""
        return self._invite_by(request, InviteListForm, invitations.invite_all, "Invite people from a list")

    def invite(self, request, pk):
        """Send the person a new link."""
        person = self._kept(request, pk)
        if request.method == "POST":
            try:
                is_passed_on = "pass_on" in request.POST
                invited = invitations.resend(person=person, by=request.user, at=request.now, is_passed_on=is_passed_on)
            except invitations.InvitationRefused as refusal:
                messages.error(request, str(refusal))
                return self._to(person)
            return self._invited(request, [invited])
        context = {"person": person, "button": "Send a new link", "can_pass_on": sending.goes_out()}
        return self._page(request, "confirm", f"Send {person} a new link", context)

    def withdraw(self, request, pk):
        """End the person's invitation."""
        person = self._kept(request, pk)
        if request.method == "POST":
            try:
                invitations.withdraw(person=person, by=request.user, at=request.now)
            except invitations.InvitationRefused as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, f"The invitation of {person} was withdrawn.")
            return self._to(person)
        context = {"person": person, "button": "Withdraw the invitation", "is_withdrawal": True}
        return self._page(request, "confirm", f"Withdraw the invitation of {person}", context)

    def invite_several(self, request):
        """Send a link to those who were chosen, or to everyone who has none that works."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        chosen = [
            pk
            for pk in (request.POST or request.GET).getlist("person")
            if pk.isascii() and pk.isdigit() and len(pk) < 19
        ]
        asked = invitations.awaited().filter(pk__in=chosen[:MOST]) if chosen else invitations.uninvited(at=request.now)
        people = [person for person in asked.select_related("invitation") if invitations.may_keep(request.user, person)]
        if request.method == "POST" and people:
            return self._invited(request, invitations.resend_all(people=people, by=request.user, at=request.now))
        return self._page(request, "invite_several", "Send invitations", {"people": people})

    @admin.action(description="Send selected people a new invitation", permissions=["change"])
    def send_links(self, request, queryset):
        """Lead to the page that sends them: an action is one transaction, and no letter goes out from within one."""
        chosen = urlencode([("person", pk) for pk in queryset.values_list("pk", flat=True)[:MOST]])
        return HttpResponseRedirect(f"{reverse('admin:accounts_user_invite_several')}?{chosen}")

    @admin.display(description="signs in with")
    def signs_in_by(self, person):
        return _sign_in_words(person)[0]

    @admin.display(description="Signing in")
    def signing_in(self, person):
        words, is_waiting = _sign_in_words(person)
        said = f"{words}. {_further(person)}".strip()
        if person.has_usable_password() or invitations.signs_in_elsewhere(person.email):
            return said
        send = format_html('<a href="{}">Send a new link</a>', reverse("admin:accounts_user_invite", args=[person.pk]))
        if not is_waiting:
            return format_html("{} {}", said, send)
        withdraw = reverse("admin:accounts_user_withdraw", args=[person.pk])
        return format_html('{} {} or <a href="{}">withdraw the invitation</a>', said, send, withdraw)

    def _invite_by(self, request, form_class, verb, title):
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = form_class(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                invited = verb(**form.cleaned_data, by=request.user, at=request.now)
            except Refusal as refusal:
                form.refuse(refusal)
            else:
                return self._invited(request, invited if isinstance(invited, list) else [invited])
        return self._page(request, "invite", title, {"form": form, "is_list": form_class is InviteListForm})

    def _kept(self, request, pk):
        person = get_object_or_404(User.objects.select_related("invitation"), pk=pk)
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        return person

    def _to(self, person):
        return HttpResponseRedirect(reverse("admin:accounts_user_change", args=[person.pk]))

    def _invited(self, request, invited):
        """Show whose link waits in the outbox, and the links that no e-mail takes: once, as nobody finds them again."""
        people = [(one.person, one.is_mailed, "" if one.is_mailed else _link(request, one.token)) for one in invited]
        context = {"people": people, "provider": settings.OIDC_NAME, "days": invitations.VALID_FOR.days}
        context["is_passed_on"] = any(address for *_, address in people)
        return self._page(request, "invited", "Invited", context)

    def _page(self, request, name, title, context):
        context |= {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        return TemplateResponse(request, f"admin/accounts/user/{name}.html", context)


def _link(request, token):
    return request.build_absolute_uri(reverse("invitation_accept", args=[token])) if token else ""


def _sign_in_words(person):
    """Return how the person signs in, and whether an invitation could still be withdrawn."""
    invitation = getattr(person, "invitation", None)
    if person.has_usable_password():
        return "Password", False
    if invitations.signs_in_elsewhere(person.email):
        return settings.OIDC_NAME[:1].upper() + settings.OIDC_NAME[1:], False
    if invitation is None:
        return "No invitation yet", False
    if invitation.withdrawn_at:
        return "Invitation withdrawn", False
    return f"Invited on {timezone.localdate(invitation.sent_at):%-d %B %Y}", True


def _further(person):
    if person.has_usable_password():
        return "Someone who has forgotten it chooses “I have forgotten my password” on the sign-in page."
    invitation = getattr(person, "invitation", None)
    if invitation and not invitation.withdrawn_at:
        until = f"The link works until {timezone.localdate(invitation.expires_at):%-d %B %Y}."
        return f"{_mailed(invitation)} {until}"
    return ""


def _mailed(invitation):
    """Say what has become of the invitation's e-mail."""
    message = sending.message_of(invitation)
    if message is None:
        return "The link was not e-mailed, to be passed on."
    return f"E-mail with the link: {outbox.sent_words(message).rstrip('.')}."
