from django.contrib import admin
from django.db import models
from django.utils import timezone
from django.utils.text import Truncator
from simple_history.admin import SimpleHistoryAdmin

from accounts.admin import ReadOnly
from accounts.audit.administration import KeepsAddresses, Kept
from improvement.administration import references
from notices.admin_parts import LoadLink, Loads, PlainNumbers, WithVerdict, downloads, on
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
    Upload,
)
from notices.permissions import can_load
from notices.targets import progress

_REFERENCE, _PLACED = references(), references("position")
HTTPS = {models.URLField: {"assume_scheme": "https"}}


@admin.display(description="wording", ordering="wording")
def short_wording(row):
    return Truncator(row.wording).chars(90)


class AreaInline(admin.TabularInline):
    model = Area
    extra = 0


class NoticeVersionInline(admin.StackedInline):
    model = NoticeVersion
    fields = (("position", "state", "dated_on"), "summary", ("document", "source"))
    formfield_overrides = HTTPS
    extra = 0


@admin.register(Notice)
class NoticeAdmin(LoadLink, Loads, KeepsAddresses, Kept, SimpleHistoryAdmin):
    list_display = ("title", "issuer", "issued_on", "ends_on", "lifted_on")
    search_fields = ("title", "issuer")
    made_from = {"slug": ("title",)}
    formfield_overrides = HTTPS
    fieldsets = (
        (None, {"fields": ("title", "slug", "issuer")}),
        ("Term", {"fields": (("issued_on", "ends_on"), ("extended_to", "lifted_on"))}),
        ("Text", {"fields": ("consequences", "lifting_condition", "document", "source")}),
        (
            "Recommendation to lift it",
            {"fields": (("recommended_on", "recommended_by"), "recommendation", "recommendation_source")},
        ),
    )
    inlines = (AreaInline, NoticeVersionInline)

    def get_list_display(self, request):
        may = can_load(request.user, Upload.Kind.NOTICE), can_load(request.user, Upload.Kind.RESULTS)
        files = [name for name, is_shown in zip(("targets", "results"), may, strict=True) if is_shown]
        return (*self.list_display, *files)

    @admin.display(description="with its targets")
    def targets(self, notice):
        return downloads("admin:notices_notice_export", notice)

    @admin.display(description="its results")
    def results(self, notice):
        return downloads("admin:notices_result_export", notice)


@admin.register(Area)
class AreaAdmin(LoadLink, Kept, admin.ModelAdmin):
    list_display = ("name", "notice", "position")
    list_filter = ("notice",)
    list_select_related = ("notice",)
    search_fields = ("name", "notice__title")
    autocomplete_fields = ("notice",)


class IndicatorInline(admin.StackedInline):
    """What a target is measured by; the milestones of each stand on its own page."""

    model = Indicator
    fields = (("reference", "position"), "name", ("subgroup", "unit"), ("better", "decides", "is_own"))
    extra = 0
    show_change_link = True


@admin.register(Target)
class TargetAdmin(LoadLink, KeepsAddresses, Kept, SimpleHistoryAdmin):
    list_display = (_PLACED, short_wording, "verdict", "end_verdict", "kind", "area", "owner_post", "notice_slug")
    list_display_links = (_PLACED, short_wording)
    list_filter = ("notice", "kind", "end_verdict", "area")
    list_select_related = ("notice", "area", "owner_post")
    search_fields = ("reference", "wording")
    autocomplete_fields = ("notice", "area", "owner_post")
    readonly_fields = ("verdict",)
    fieldsets = (
        (None, {"fields": (("notice", "area"), ("reference", "position", "kind"), "wording", "owner_post")}),
        ("Final verdict", {"fields": ("verdict", ("end_verdict", "end_verdict_on"), "end_verdict_source")}),
        ("What the narrative says", {"fields": ("narrative_wording", "narrative_source")}),
        ("How long it has held", {"fields": ("held_wording", ("held_since", "held_source"))}),
        ("Source", {"fields": ("source", "note")}),
    )
    inlines = (IndicatorInline,)

    def get_queryset(self, request):
        return on(timezone.localdate(request.now), super().get_queryset(request))

    def get_changelist_instance(self, request):
        """Judge the targets of the page together."""
        found = super().get_changelist_instance(request)
        judged = progress.of_targets(found.result_list, as_of=timezone.localdate(request.now))
        for row in judged:
            row.target.verdict_words = row.verdict_words
        return found

    @admin.display(description="notice", ordering="notice__slug")
    def notice_slug(self, target):
        return target.notice.slug

    @admin.display(description="verdict today")
    def verdict(self, target):
        """Return the verdict of its last milestone due."""
        today = getattr(target, "today", None)
        if not today:
            return "–"
        words = getattr(target, "verdict_words", None)
        return words or progress.of_target(target, as_of=today).verdict_words


class MilestoneInline(WithVerdict, admin.StackedInline):
    model = Milestone
    fields = (
        ("position", "verdict"),
        "wording",
        ("kind", "basis"),
        ("period_start", "period_end", "expected_on"),
        ("threshold", "baseline"),
        "source",
        "note",
    )
    readonly_fields = ("verdict",)
    extra = 0
    show_change_link = True


@admin.register(Indicator)
class IndicatorAdmin(LoadLink, PlainNumbers, Kept, SimpleHistoryAdmin):
    list_display = (_REFERENCE, "name", "subgroup", "target_reference", "unit", "better", "decides")
    list_display_links = (_REFERENCE, "name")
    list_filter = ("target__notice", "decides", "better", "target__area")
    list_select_related = ("target__notice",)
    search_fields = ("reference", "name", "subgroup", "target__reference", "target__wording")
    autocomplete_fields = ("target",)
    fieldsets = (
        (None, {"fields": ("target", ("reference", "position"), "name", "subgroup")}),
        ("How results are read", {"fields": (("unit", "better"), ("decides", "is_own"))}),
        ("Floor", {"fields": ("floor", "floor_source")}),
        ("Source", {"fields": ("source", "note")}),
    )
    inlines = (MilestoneInline,)

    @admin.display(description="target", ordering="target__position")
    def target_reference(self, indicator):
        return f"{indicator.target.notice.slug} {indicator.target.reference}"


@admin.register(Milestone)
class MilestoneAdmin(LoadLink, WithVerdict, Kept, SimpleHistoryAdmin):
    list_display = ("target_reference", "indicator_reference", "wording", "verdict", "reached_at", "period", "basis")
    list_display_links = ("indicator_reference", "wording")
    list_filter = ("indicator__target__notice", "kind", "basis")
    search_fields = ("wording", "indicator__reference", "indicator__name", "indicator__target__reference")
    autocomplete_fields = ("indicator",)
    readonly_fields = ("verdict", "judged", "judged_reason", "judged_by", "judged_at")
    fieldsets = (
        (None, {"fields": ("indicator", ("position", "kind"), "wording")}),
        ("Period", {"fields": ("basis", ("period_start", "period_end"), "expected_on")}),
        ("Value to reach", {"fields": (("threshold", "baseline"), "verdict")}),
        ("Verdict stated", {"fields": (("judged", "judged_by", "judged_at"), "judged_reason")}),
        ("Source", {"fields": ("source", "note")}),
    )

    @admin.display(description="target", ordering="indicator__target__position")
    def target_reference(self, milestone):
        return f"{milestone.indicator.target.notice.slug} {milestone.indicator.target.reference}"

    @admin.display(description="indicator", ordering="indicator__reference_order")
    def indicator_reference(self, milestone):
        return milestone.indicator.reference

    @admin.display(description="to be reached", ordering="threshold")
    def reached_at(self, milestone):
        return milestone.words or "judged"


@admin.register(Result)
class ResultAdmin(LoadLink, Loads, ReadOnly, admin.ModelAdmin):
    """Results are recorded and confirmed on the target's page, or loaded from a file."""

    load_kind = Upload.Kind.RESULTS
    load_page = "admin:notices_result_load"
    list_display = ("name", "period", "basis", "words", "is_provisional", "subject", "source", "source_on")
    list_filter = ("indicator__target__notice", "is_provisional", "subject", "basis")
    list_select_related = ("indicator",)
    search_fields = ("indicator__reference", "indicator__name", "indicator__target__reference", "source", "note")
    date_hierarchy = "period_end"

    @admin.display(description="indicator", ordering="indicator")
    def name(self, result):
        return str(result.indicator)

    @admin.display(description="value", ordering="value")
    def words(self, result):
        return result.words


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
    fields = ("position", "reference", "group", "wording", "urgency", "due_on")
    extra = 0
    show_change_link = True


class ReportedStatementInline(admin.StackedInline):
    model = ReportedStatement
    fields = ("position", "wording", ("counted", "total", "what"), "source", "note")
    extra = 0


@admin.register(Inspection)
class InspectionAdmin(KeepsAddresses, Kept, SimpleHistoryAdmin):
    list_display = ("title", "council", "kind", "period", "started_on", "ended_on", "published_on")
    list_filter = ("kind", "council", "notices")
    search_fields = ("title", "council")
    made_from = {"slug": ("title",)}
    autocomplete_fields = ("notices",)
    fieldsets = (
        (None, {"fields": ("title", "slug", "kind", "council", "notices")}),
        ("When", {"fields": (("started_on", "ended_on", "published_on"), "period", "ordered_on")}),
        ("Grades", {"fields": ("scale",)}),
        ("Source", {"fields": ("source", "note")}),
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
class FindingAdmin(KeepsAddresses, Kept, SimpleHistoryAdmin):
    list_display = (_PLACED, short_wording, "inspection", "group", "urgency", "due_on")
    list_display_links = (_PLACED, short_wording)
    list_filter = ("inspection", "group", "urgency")
    list_select_related = ("inspection",)
    search_fields = ("reference", "wording")
    autocomplete_fields = ("inspection",)


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
    list_display = (_PLACED, "report", "status", "verdict_words")
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
        ("Related targets and judgements", {"fields": ("targets", "categories")}),
        ("Source", {"fields": ("source", "note")}),
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
        ("What it continues", {"fields": ("targets",)}),
        ("Source", {"fields": ("source", "note")}),
    )
