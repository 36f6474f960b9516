from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.db import models
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from simple_history.admin import SimpleHistoryAdmin

from accounts import outbox, posts
from accounts.admin_parts import Inviting
from accounts.audit import subjects, trail
from accounts.audit.administration import Kept, Sought
from accounts.forms import HandOverForm, PersonForm
from accounts.models import Event, Message, Post, Removal, Tenure, User
from accounts.people import invitations
from accounts.signing_in import second_factor


class ReadOnly(Sought):
    """For what the admin shows and never writes: each row has a verb module of its own that writes it."""

    extra = 0  # rows of an inline that are there to be filled in

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class TenureInline(ReadOnly, admin.TabularInline):
    model = Tenure
    fields = ("user", "post", "capacity", "from_on", "to_on")


def _may_hand_over(user):
    return user.has_perm("accounts.change_tenure")


@admin.register(User)
class UserAdmin(Kept, Inviting, DjangoUserAdmin):
    """An account of staff is kept by superusers alone: whoever kept one could do all that its owner may."""

    form = PersonForm
    list_display = ("name", "email", "is_active", "signs_in_by", "is_staff", "is_demonstration", "last_login")
    list_select_related = ("invitation",)
    list_filter = ("is_active", "is_staff", "groups", "is_superuser", "is_demonstration")
    search_fields = ("name", "email")
    ordering = ("name",)
    fieldsets = (
        (None, {"fields": ("name", "email", "signing_in")}),
        ("Permissions", {"fields": ("is_active", "is_staff", "groups", "is_superuser")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ("signing_in", "last_login", "date_joined")
    formfield_overrides = {models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    filter_horizontal = ()
    inlines = (TenureInline,)
    actions = ("send_links", "remove_second_factor")

    def get_inlines(self, request, obj):
        return self.inlines if obj else ()

    def get_readonly_fields(self, request, obj=None):
        fixed = super().get_readonly_fields(request, obj)
        return fixed if request.user.is_superuser else (*fixed, "is_staff", "groups", "is_superuser")

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and invitations.may_keep(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and invitations.may_keep(request.user, obj)

    @admin.action(description="Remove the second factor of selected people", permissions=["change"])
    def remove_second_factor(self, request, queryset):
        """For who has lost both the app and the recovery codes; staff are led to set up another."""
        chosen = [user for user in queryset if invitations.may_keep(request.user, user)]
        people = [user for user in chosen if second_factor.remove(user=user, by=request.user, at=request.now)]
        names = ", ".join(user.name for user in people)
        messages.info(
            request,
            f"Second factor removed: {names}." if people else "None of the selected people had a second factor.",
        )


@admin.register(Post)
class PostAdmin(Kept, SimpleHistoryAdmin):
    list_display = ("title", "organisation", "holder", "deputy", "hand_over_link")
    list_filter = ("organisation",)
    list_select_related = ("holder", "deputy")
    search_fields = ("title", "organisation", "holder__name", "deputy__name")
    fields = ("title", "organisation", "source", "holder", "deputy")
    readonly_fields = ("holder", "deputy")
    inlines = (TenureInline,)

    @admin.display(description="Hand over")
    def hand_over_link(self, post):
        return format_html('<a href="{}">Hand over</a>', reverse("admin:accounts_post_hand_over", args=[post.pk]))

    def get_list_display(self, request):
        shown = super().get_list_display(request)
        return shown if _may_hand_over(request.user) else [name for name in shown if name != "hand_over_link"]

    def get_urls(self):
        hand_over = self.admin_site.admin_view(self.hand_over)
        return [path("<int:pk>/hand-over/", hand_over, name="accounts_post_hand_over"), *super().get_urls()]

    def hand_over(self, request, pk):
        """Give the post to another holder or deputy from a day on."""
        post = get_object_or_404(Post, pk=pk)
        if not (self.has_change_permission(request, post) and _may_hand_over(request.user)):
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        form = HandOverForm(request.POST or None, post=post, now=request.now)
        if request.method == "POST" and form.is_valid():
            try:
                posts.hand_over(post=post, **form.cleaned_data, by=request.user, at=request.now)
            except posts.HandOverRefused as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, f"“{post}” was handed over.")
                return HttpResponseRedirect(reverse("admin:accounts_post_change", args=[post.pk]))
        context = {**self.admin_site.each_context(request), "title": f"Hand over: {post}", "form": form, "post": post}
        return TemplateResponse(request, "admin/accounts/post/hand_over.html", {**context, "opts": self.opts})


@admin.register(Tenure)
class TenureAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("post", "user", "capacity", "from_on", "to_on")
    list_filter = ("capacity",)
    list_select_related = ("post", "user")
    search_fields = ("post__title", "user__name")
    date_hierarchy = "from_on"


@admin.register(Message)
class MessageAdmin(ReadOnly, admin.ModelAdmin):
    """What was written to whom, and when it was sent; not what it says."""

    list_display = ("made_at", "user", "kind", "subject", "sent")
    list_filter = ("kind",)
    list_select_related = ("user", "letter")
    search_fields = ("user__name", "user__email", "subject")
    date_hierarchy = "made_at"
    fields = ("made_at", "user", "kind", "subject", "sent")

    @admin.display(description="sent")
    def sent(self, message):
        return outbox.sent_words(message)

    def lookup_allowed(self, lookup, value, request):
        """Refuse to find an e-mail by what it says, which may quote a draft, or by where it leads."""
        return not lookup.startswith(("text", "path", "once")) and super().lookup_allowed(lookup, value, request)


@admin.register(Removal)
class RemovalAdmin(ReadOnly, admin.ModelAdmin):
    """What was removed because it could identify someone."""

    list_display = ("at", "by_name", "on_type", "label", "reason")
    list_filter = ("on_type",)
    search_fields = ("label", "reason", "by_name")
    date_hierarchy = "at"


@admin.register(Event)
class EventAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("at", "by", "what", "on_text")
    list_filter = ("what", "on_type", ("by", admin.RelatedOnlyFieldListFilter))
    fields = ("at", "by", "what", "on_type", "on_id", "on_text", "belongs_to", "told")
    list_select_related = ("by",)
    search_fields = ("what", "on_text", "by__name", "by__email")
    date_hierarchy = "at"

    @admin.display(description="belongs to")
    def belongs_to(self, event):
        return subjects.told(event.about)

    @admin.display(description="details")
    def told(self, event):
        return trail.details(event)

    def lookup_allowed(self, lookup, value, request):
        return not lookup.startswith("detail") and super().lookup_allowed(lookup, value, request)
