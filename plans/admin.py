from functools import partial

from django.contrib import admin
from django.urls import path
from simple_history.admin import SimpleHistoryAdmin

from accounts.admin import ReadOnly
from accounts.audit.administration import KeepsAddresses, Kept
from improvement.administration import references
from notices.admin_parts import LoadLink, Loads, downloads
from notices.models import Upload
from notices.permissions import can_load
from plans import models, permissions
from plans.views import importing

_REFERENCE = references()


class RatingDefinitionInline(admin.TabularInline):
    model = models.RatingDefinition
    extra = 0


class PlanSourceInline(admin.StackedInline):
    model = models.PlanSource
    fields = (("position", "title"), "content", "source")
    extra = 0


@admin.register(models.Plan)
class PlanAdmin(LoadLink, Loads, KeepsAddresses, Kept, SimpleHistoryAdmin):
    load_kind = Upload.Kind.PLAN
    load_page = "admin:plans_plan_load"
    own_page = "admin:plans_plan_spreadsheet"
    list_display = ("title", "council", "notice")
    list_select_related = ("notice",)
    search_fields = ("title", "council")
    made_from = {"slug": ("council",)}
    autocomplete_fields = ("notice", "programme_office")
    inlines = (RatingDefinitionInline, PlanSourceInline)

    def get_urls(self):
        view = self.admin_site.admin_view
        own = {"admin": self}
        return [
            path("load/own/", view(partial(importing.spreadsheet, **own)), name="plans_plan_spreadsheet"),
            path("load/own/<int:pk>/", view(partial(importing.columns, **own)), name="plans_plan_columns"),
            *super().get_urls(),
        ]

    def get_list_display(self, request):
        return (*self.list_display, "file") if can_load(request.user, self.load_kind) else self.list_display

    @admin.display(description="whole plan")
    def file(self, plan):
        return downloads("admin:plans_plan_export", plan)


class OutcomeInline(admin.TabularInline):
    model = models.Outcome
    autocomplete_fields = ("accountable_post",)
    extra = 0


@admin.register(models.Theme)
class ThemeAdmin(Kept, SimpleHistoryAdmin):
    list_display = ("number", "title", "plan")
    list_display_links = ("number", "title")
    list_filter = ("plan",)
    list_select_related = ("plan",)
    search_fields = ("title",)
    autocomplete_fields = ("plan",)
    inlines = (OutcomeInline,)


@admin.register(models.Outcome)
class OutcomeAdmin(Kept, SimpleHistoryAdmin):
    list_display = ("__str__", "theme", "accountable_post")
    list_filter = ("theme__plan", "theme")
    list_select_related = ("theme", "accountable_post")
    search_fields = ("title", "theme__title")
    autocomplete_fields = ("theme", "accountable_post")


@admin.register(models.AreaOfFocus)
class AreaOfFocusAdmin(Kept, SimpleHistoryAdmin):
    list_display = ("letter", "title", "plan", "leading_post", "from_on", "to_on")
    list_display_links = ("letter", "title")
    list_filter = ("plan",)
    list_select_related = ("plan", "leading_post")
    search_fields = ("letter", "title")
    autocomplete_fields = ("plan", "leading_post", "revision")


@admin.register(models.Revision)
class RevisionAdmin(Kept, SimpleHistoryAdmin):
    list_display = ("title", "plan", "agreed_on")
    list_filter = ("plan",)
    list_select_related = ("plan",)
    search_fields = ("title", "summary")
    autocomplete_fields = ("plan",)
    date_hierarchy = "agreed_on"


class ActionInline(admin.TabularInline):
    model = models.Action
    autocomplete_fields = ("owner_post",)
    extra = 0


class DueDateChangeInline(ReadOnly, admin.TabularInline):
    model = models.DueDateChange
    extra = 0


@admin.register(models.Recommendation)
class RecommendationAdmin(KeepsAddresses, Kept, SimpleHistoryAdmin):
    """Its present due date and its closure are changed on its own page, with their reasons."""

    list_display = (_REFERENCE, "title", "outcome", "lead_post", "due_on", "closed_on")
    list_display_links = (_REFERENCE, "title")
    list_filter = ("plan", "outcome__theme", "areas", "closure")
    list_select_related = ("outcome__theme", "lead_post")
    search_fields = ("reference", "title", "wording")
    autocomplete_fields = ("plan", "outcome", "lead_post", "targets", "findings", "areas", "predecessors")
    readonly_fields = ("closed_on", "closure", "closure_reason", "revision")
    inlines = (ActionInline, DueDateChangeInline)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "plan",
                    "reference",
                    "title",
                    "wording",
                    "success",
                    "outcome",
                    "lead_post",
                    "lead_wording",
                    "areas",
                )
            },
        ),
        ("Dates", {"fields": ("opened_on", "timescale", "original_due_on", "due_on")}),
        ("Targets and findings answered", {"fields": ("targets", "findings", "predecessors", "source", "note")}),
        ("Closure", {"fields": ("closed_on", "closure", "closure_reason", "revision")}),
    )

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return (*fields, "original_due_on", "due_on") if obj else fields


class ReadOnlyAdmin(ReadOnly, admin.ModelAdmin):
    """What `plans.reporting`, `plans.revisions` or `plans.reporting.evidence` alone writes."""


class DraftedAdmin(ReadOnlyAdmin):
    """A row of which an administrator does not read the fields `drafted` while it is a draft."""

    drafted = frozenset()

    def get_exclude(self, request, obj=None):
        return sorted(self.drafted) if obj is not None and self.is_draft(obj) else ()

    def lookup_allowed(self, lookup, value, request):
        """Refuse to filter by such a field, which would tell it word by word."""
        return lookup.partition("__")[0] not in self.drafted and super().lookup_allowed(lookup, value, request)


class PublishedAdmin(ReadOnlyAdmin):
    """Rows that an administrator reads only as `published` says."""

    published: dict = {}

    def get_queryset(self, request):
        return super().get_queryset(request).filter(**self.published)


@admin.register(models.ReportingMonth)
class ReportingMonthAdmin(DraftedAdmin):
    """Of an open month nobody but the programme office reads the commentary, which is a draft."""

    list_display = ("label", "plan", "due_on", "sign_off_due_on", "opened_at", "published_at")
    list_filter = ("plan",)
    list_select_related = ("plan",)
    date_hierarchy = "month"

    drafted = permissions.DRAFTED_IN_A_MONTH

    def is_draft(self, month):
        return not month.is_published


@admin.register(models.DateChange)
class DateChangeAdmin(ReadOnlyAdmin):
    list_display = ("month", "field", "before", "after", "by_name", "at")
    list_filter = ("month__plan", "field")
    list_select_related = ("month",)
    search_fields = ("reason", "by_name")
    date_hierarchy = "at"


@admin.register(models.MonthlyUpdate)
class MonthlyUpdateAdmin(DraftedAdmin):
    """Of an update that was not received nobody but its writers reads the answers, an administrator no more."""

    list_display = (_REFERENCE, "title", "month", "status", "submitted_at", "signed_off_at")
    list_filter = ("month__plan", "status", "is_late")
    list_select_related = ("month",)
    search_fields = ("reference", "title")

    drafted = permissions.DRAFTED_IN_AN_UPDATE

    def is_draft(self, update):
        return not update.is_received


@admin.register(models.AreaUpdate)
class AreaUpdateAdmin(PublishedAdmin):
    published = permissions.OF_A_PUBLISHED_MONTH
    list_display = ("letter", "title", "month", "leading_title", "written_at", "written_name")
    list_filter = ("month__plan", "letter")
    list_select_related = ("month",)
    search_fields = ("title",)


@admin.register(models.ReviewComment)
class ReviewCommentAdmin(PublishedAdmin):
    published = permissions.OF_A_RECEIVED_UPDATE
    list_display = ("update", "by_name", "at")
    list_select_related = ("update__month",)
    search_fields = ("update__reference", "by_name", "text")
    date_hierarchy = "at"


@admin.register(models.Evidence)
class EvidenceAdmin(PublishedAdmin):
    published = permissions.OF_A_RECEIVED_UPDATE
    list_display = ("title", "update", "kind", "original_name", "size", "added_at")
    list_filter = ("kind",)
    list_select_related = ("update__month",)
    search_fields = ("title", "original_name", "update__reference")
    fields = ("update", "kind", "title", "url", "original_name", "size", "sha256", "added_at", "added_by")


@admin.register(models.Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = ("update", "field", "before", "after", "by_name", "at", "agreed_name")
    list_filter = ("field",)
    list_select_related = ("update__month",)
    search_fields = ("update__reference", "reason", "by_name")
    date_hierarchy = "at"


@admin.register(models.ProposedRating)
class ProposedRatingAdmin(ReadOnlyAdmin):
    list_display = ("update", "rating", "by_name", "at", "decision", "decided_name", "decided_at")
    list_filter = ("decision",)
    list_select_related = ("update__month",)
    search_fields = ("update__reference", "reason", "by_name", "decided_name")
    date_hierarchy = "at"


@admin.register(models.DueDateChange)
class DueDateChangeAdmin(ReadOnlyAdmin):
    list_display = ("recommendation", "before", "after", "by", "at", "revision", "counted_in", "withdrawn_at")
    list_select_related = ("recommendation", "by", "revision")
    search_fields = ("recommendation__reference", "reason")
    date_hierarchy = "at"


@admin.register(models.Action)
class ActionAdmin(Kept, SimpleHistoryAdmin):
    list_display = ("title", "recommendation", "owner_post", "due_on", "done_on")
    list_select_related = ("recommendation", "owner_post")
    search_fields = ("title", "recommendation__reference")
    autocomplete_fields = ("recommendation", "owner_post")
