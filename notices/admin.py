from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from notices.models import Area, Finding, Inspection, Notice, Target


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


class FindingInline(admin.TabularInline):
    model = Finding
    fields = ("reference", "group", "wording", "urgency", "due_on")
    extra = 0
    show_change_link = True


@admin.register(Inspection)
class InspectionAdmin(SimpleHistoryAdmin):
    list_display = ("title", "council", "kind", "started_on", "ended_on", "published_on")
    list_filter = ("kind", "council")
    search_fields = ("title", "council")
    prepopulated_fields = {"slug": ("title",)}
    inlines = (FindingInline,)


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
