from django.contrib import admin
from django.db import models
from django.utils import timezone
from simple_history.admin import SimpleHistoryAdmin

from accounts.admin import ReadOnly
from accounts.kept import Kept
from notices.models import (
    Area,
    Category,
    Continuation,
    FactorEvidence,
    Finding,
    Indicator,
    Inspection,
    InterimEntry,
    InterimReport,
    Judgement,
    Milestone,
    Notice,
    NoticeVersion,
    ProgressReview,
    ReportedStatement,
    ReportState,
    Result,
    SustainabilityFactor,
    Target,
)
from notices.results import verdict_on

HTTPS = {models.URLField: {"assume_scheme": "https"}}


class AreaInline(admin.TabularInline):
    model = Area
    extra = 0


class NoticeVersionInline(admin.StackedInline):
    model = NoticeVersion
    fields = (("position", "state", "dated_on"), "summary", ("document", "source"))
    formfield_overrides = HTTPS
    extra = 0


@admin.register(Notice)
class NoticeAdmin(Kept, SimpleHistoryAdmin):
    list_display = ("title", "issuer", "issued_on", "ends_on", "lifted_on")
    search_fields = ("title", "issuer")
    prepopulated_fields = {"slug": ("title",)}
    formfield_overrides = HTTPS
    fieldsets = (
        (None, {"fields": ("title", "slug", "issuer")}),
        ("Its term", {"fields": (("issued_on", "ends_on"), ("extended_to", "lifted_on"))}),
        ("What it says", {"fields": ("consequences", "document", "source")}),
        (
            "That it be lifted",
            {"fields": (("recommended_on", "recommended_by"), "recommendation", "recommendation_source")},
        ),
    )
    inlines = (AreaInline, NoticeVersionInline)


@admin.register(Area)
class AreaAdmin(Kept, admin.ModelAdmin):
    list_display = ("name", "notice", "position")
    list_filter = ("notice",)
    list_select_related = ("notice",)
    search_fields = ("name", "notice__title")
    autocomplete_fields = ("notice",)


@admin.register(Target)
class TargetAdmin(Kept, SimpleHistoryAdmin):
    list_display = ("reference", "short_wording", "notice", "area", "kind", "owner_post", "end_verdict")
    list_display_links = ("reference", "short_wording")
    list_filter = ("notice", "kind", "end_verdict", "area")
    list_select_related = ("notice", "area", "owner_post")
    search_fields = ("reference", "wording")
    autocomplete_fields = ("notice", "area", "owner_post")
    fieldsets = (
        (None, {"fields": ("notice", "area", "position", "reference", "kind", "wording", "owner_post")}),
        ("At the end", {"fields": (("end_verdict", "end_verdict_on"), "end_verdict_source")}),
        ("How long it has held", {"fields": ("held_wording", ("held_since", "held_source"))}),
        ("Where it stands", {"fields": ("source", "note")}),
    )

    @admin.display(description="wording", ordering="wording")
    def short_wording(self, target):
        return target.wording if len(target.wording) <= 90 else f"{target.wording[:89]}…"


class WithVerdict:
    """Shows a milestone's verdict as of the moment at which the page is read."""

    def get_queryset(self, request):
        self.as_of = timezone.localdate(request.now)
        rows = super().get_queryset(request).select_related("indicator__target__notice")
        return rows.prefetch_related("indicator__results")

    @admin.display(description="verdict today")
    def verdict(self, milestone):
        """Return the verdict, and whether it rests on a provisional value."""
        if milestone.pk is None:
            return "–"
        found, result = verdict_on(milestone, self.as_of)
        return f"{found.label}, provisional" if result and result.is_provisional else found.label


class MilestoneInline(WithVerdict, admin.StackedInline):
    model = Milestone
    fields = (
        ("position", "wording"),
        ("kind", "basis"),
        ("period_start", "period_end"),
        ("threshold", "baseline", "expected_on"),
        ("source", "verdict"),
        "note",
    )
    readonly_fields = ("verdict",)
    extra = 0
    show_change_link = True


@admin.register(Indicator)
class IndicatorAdmin(Kept, SimpleHistoryAdmin):
    list_display = ("reference", "name", "subgroup", "target_reference", "unit", "better", "decides")
    list_display_links = ("reference", "name")
    list_filter = ("target__notice", "decides", "better", "target__area")
    list_select_related = ("target__notice",)
    search_fields = ("reference", "name", "subgroup", "target__reference", "target__wording")
    autocomplete_fields = ("target",)
    fieldsets = (
        (None, {"fields": ("target", ("position", "reference"), "name", "subgroup")}),
        ("How it is read", {"fields": (("unit", "better"), "decides")}),
        ("Where it stands", {"fields": ("source", "note")}),
    )
    inlines = (MilestoneInline,)

    @admin.display(description="target", ordering="target__position")
    def target_reference(self, indicator):
        return f"{indicator.target.notice.slug} {indicator.target.reference}"


@admin.register(Milestone)
class MilestoneAdmin(WithVerdict, Kept, SimpleHistoryAdmin):
    list_display = ("indicator", "position", "wording", "period", "threshold", "verdict")
    list_display_links = ("indicator", "wording")
    list_filter = ("indicator__target__notice", "kind", "basis")
    search_fields = ("wording", "indicator__reference", "indicator__name", "indicator__target__reference")
    autocomplete_fields = ("indicator",)
    readonly_fields = ("verdict", "judged", "judged_reason", "judged_by", "judged_at")
    fieldsets = (
        (None, {"fields": ("indicator", ("position", "kind"), "wording")}),
        ("Its period", {"fields": ("basis", ("period_start", "period_end"), "expected_on")}),
        ("What is to be reached", {"fields": (("threshold", "baseline"), "verdict")}),
        ("What was stated of it", {"fields": (("judged", "judged_by", "judged_at"), "judged_reason")}),
        ("Where it stands", {"fields": ("source", "note")}),
    )


@admin.register(Result)
class ResultAdmin(ReadOnly, admin.ModelAdmin):
    """Results are recorded and confirmed on the target's page, or by the import."""

    list_display = ("indicator", "subject", "period", "basis", "value", "is_provisional", "source", "source_on")
    list_filter = ("indicator__target__notice", "is_provisional", "subject", "basis")
    list_select_related = ("indicator",)
    search_fields = ("indicator__reference", "indicator__name", "indicator__target__reference", "source", "note")
    date_hierarchy = "period_end"


class JudgementInline(admin.TabularInline):
    model = Judgement
    fields = ("position", "name", "parent", "grade", "grade_as_printed", "category")
    autocomplete_fields = ("parent", "category")
    extra = 0
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("parent", "category")


class FindingInline(admin.TabularInline):
    model = Finding
    fields = ("reference", "group", "wording", "urgency", "due_on")
    extra = 0
    show_change_link = True


class ReportedStatementInline(admin.StackedInline):
    model = ReportedStatement
    fields = ("position", "wording", ("counted", "total", "what"), "source", "note")
    extra = 0


@admin.register(Inspection)
class InspectionAdmin(Kept, SimpleHistoryAdmin):
    list_display = ("title", "council", "kind", "period", "started_on", "ended_on", "published_on")
    list_filter = ("kind", "council", "notices")
    search_fields = ("title", "council")
    prepopulated_fields = {"slug": ("title",)}
    autocomplete_fields = ("notices",)
    fieldsets = (
        (None, {"fields": ("title", "slug", "kind", "council", "notices")}),
        ("When", {"fields": (("started_on", "ended_on", "published_on"), "period", "ordered_on")}),
        ("Where it stands", {"fields": ("source", "note")}),
    )
    inlines = (JudgementInline, FindingInline, ReportedStatementInline)


@admin.register(Category)
class CategoryAdmin(Kept, SimpleHistoryAdmin):
    list_display = ("name", "group", "position", "judged_in")
    list_filter = ("group",)
    search_fields = ("name", "group")

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("judgements__inspection")

    @admin.display(description="judged as")
    def judged_in(self, category):
        return "; ".join(f"“{line.name}”, {line.inspection}" for line in category.judgements.all()) or "–"


@admin.register(Judgement)
class JudgementAdmin(Kept, SimpleHistoryAdmin):
    list_display = ("indented_name", "inspection", "grade", "grade_as_printed", "category")
    list_filter = ("inspection", "grade", "category__group")
    list_select_related = ("inspection", "category", "parent__parent__parent")
    search_fields = ("name", "inspection__title")
    autocomplete_fields = ("inspection", "parent", "category")

    @admin.display(description="judgement", ordering="position")
    def indented_name(self, judgement):
        """Return the name, moved in by as many steps as lines stand above it in the tree."""
        depth, line = 0, judgement
        while line.parent_id is not None:
            depth, line = depth + 1, line.parent
        return f"{'—' * depth} {judgement.name}".strip()


@admin.register(ReportedStatement)
class ReportedStatementAdmin(Kept, SimpleHistoryAdmin):
    list_display = ("wording", "inspection", "counted", "total", "what", "source")
    list_filter = ("inspection",)
    list_select_related = ("inspection",)
    search_fields = ("wording", "source")
    autocomplete_fields = ("inspection",)


@admin.register(Finding)
class FindingAdmin(Kept, SimpleHistoryAdmin):
    list_display = ("reference", "short_wording", "inspection", "group", "urgency", "due_on")
    list_display_links = ("reference", "short_wording")
    list_filter = ("inspection", "group", "urgency")
    list_select_related = ("inspection",)
    search_fields = ("reference", "wording")
    autocomplete_fields = ("inspection",)

    @admin.display(description="wording", ordering="wording")
    def short_wording(self, finding):
        return finding.wording if len(finding.wording) <= 90 else f"{finding.wording[:89]}…"


@admin.register(InterimReport)
class InterimReportAdmin(ReadOnly, admin.ModelAdmin):
    """Reports once they are tabled; a draft is its programme office's alone."""

    list_display = ("title", "notice", "reported_on", "state", "tabled_on", "agreed_on", "issued_at")
    list_filter = ("notice", "state")
    list_select_related = ("notice",)
    search_fields = ("title", "notice_title")

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(state=ReportState.DRAFT)


@admin.register(InterimEntry)
class InterimEntryAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("reference", "report", "status", "verdict_words")
    list_filter = ("report__notice", "status")
    list_select_related = ("report",)
    search_fields = ("reference", "wording", "narrative")

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(report__state=ReportState.DRAFT)


@admin.register(ProgressReview)
class ProgressReviewAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("report", "held_on", "recorded_name", "recorded_at")
    list_filter = ("report__notice",)
    list_select_related = ("report",)
    search_fields = ("said", "source")


class FactorEvidenceInline(admin.StackedInline):
    model = FactorEvidence
    fields = (("position", "stage"), "wording", "source", "note")
    extra = 0
    show_change_link = True


@admin.register(SustainabilityFactor)
class SustainabilityFactorAdmin(Kept, SimpleHistoryAdmin):
    list_display = ("wording", "notice", "position", "source")
    list_filter = ("notice",)
    search_fields = ("wording", "source")
    autocomplete_fields = ("notice", "targets", "categories")
    fieldsets = (
        (None, {"fields": ("notice", "position", "wording")}),
        ("What bears on it", {"fields": ("targets", "categories")}),
        ("Where it stands", {"fields": ("source", "note")}),
    )
    inlines = (FactorEvidenceInline,)


@admin.register(FactorEvidence)
class FactorEvidenceAdmin(Kept, SimpleHistoryAdmin):
    list_display = ("wording", "factor", "stage", "source")
    list_filter = ("factor__notice", "stage")
    list_select_related = ("factor",)
    search_fields = ("wording", "source")
    autocomplete_fields = ("factor",)


@admin.register(Continuation)
class ContinuationAdmin(Kept, SimpleHistoryAdmin):
    list_display = ("wording", "notice", "position", "owner", "source")
    list_filter = ("notice",)
    search_fields = ("wording", "owner", "source")
    autocomplete_fields = ("notice", "targets")
    fieldsets = (
        (None, {"fields": ("notice", "position", "wording", "owner")}),
        ("What it carries on", {"fields": ("targets",)}),
        ("Where it stands", {"fields": ("source", "note")}),
    )
