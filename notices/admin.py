from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from notices.models import Area, Category, Finding, Inspection, Judgement, Notice, ReportedStatement, Target


class AreaInline(admin.TabularInline):
    model = Area
    extra = 0


@admin.register(Notice)
class NoticeAdmin(SimpleHistoryAdmin):
    list_display = ("title", "issuer", "issued_on", "ends_on", "lifted_on")
    search_fields = ("title", "issuer")
    prepopulated_fields = {"slug": ("title",)}
    inlines = (AreaInline,)


@admin.register(Area)
class AreaAdmin(admin.ModelAdmin):
    list_display = ("name", "notice", "position")
    list_filter = ("notice",)
    list_select_related = ("notice",)
    search_fields = ("name", "notice__title")
    autocomplete_fields = ("notice",)


@admin.register(Target)
class TargetAdmin(SimpleHistoryAdmin):
    list_display = ("reference", "short_wording", "notice", "area", "kind", "owner_post", "end_verdict")
    list_display_links = ("reference", "short_wording")
    list_filter = ("notice", "kind", "end_verdict", "area")
    list_select_related = ("notice", "area", "owner_post")
    search_fields = ("reference", "wording")
    autocomplete_fields = ("notice", "area", "owner_post")
    fieldsets = (
        (None, {"fields": ("notice", "area", "position", "reference", "kind", "wording", "owner_post")}),
        ("At the end", {"fields": ("end_verdict", "end_verdict_source")}),
        ("Where it stands", {"fields": ("source", "note")}),
    )

    @admin.display(description="wording", ordering="wording")
    def short_wording(self, target):
        return target.wording if len(target.wording) <= 90 else f"{target.wording[:89]}…"


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
class InspectionAdmin(SimpleHistoryAdmin):
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
class CategoryAdmin(SimpleHistoryAdmin):
    list_display = ("name", "group", "position", "judged_in")
    list_filter = ("group",)
    search_fields = ("name", "group")

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("judgements__inspection")

    @admin.display(description="judged as")
    def judged_in(self, category):
        return "; ".join(f"“{line.name}”, {line.inspection}" for line in category.judgements.all()) or "–"


@admin.register(Judgement)
class JudgementAdmin(SimpleHistoryAdmin):
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
class ReportedStatementAdmin(SimpleHistoryAdmin):
    list_display = ("wording", "inspection", "counted", "total", "what", "source")
    list_filter = ("inspection",)
    list_select_related = ("inspection",)
    search_fields = ("wording", "source")
    autocomplete_fields = ("inspection",)


@admin.register(Finding)
class FindingAdmin(SimpleHistoryAdmin):
    list_display = ("reference", "short_wording", "inspection", "group", "urgency", "due_on")
    list_display_links = ("reference", "short_wording")
    list_filter = ("inspection", "group", "urgency")
    list_select_related = ("inspection",)
    search_fields = ("reference", "wording")
    autocomplete_fields = ("inspection",)

    @admin.display(description="wording", ordering="wording")
    def short_wording(self, finding):
        return finding.wording if len(finding.wording) <= 90 else f"{finding.wording[:89]}…"
