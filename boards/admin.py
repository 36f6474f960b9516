from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from accounts.admin import ReadOnly
from boards.models import (
    Advice,
    Board,
    Body,
    Challenge,
    Circulation,
    Report,
    ReportSection,
    Seat,
    TermsOfReference,
)


class SeatInline(admin.TabularInline):
    model = Seat
    fields = ("position", "role", "person", "organisation", "user", "from_on", "to_on")
    autocomplete_fields = ("user",)
    extra = 0
    show_change_link = True


@admin.register(Board)
class BoardAdmin(SimpleHistoryAdmin):
    list_display = ("name", "plan")
    list_select_related = ("plan",)
    search_fields = ("name", "plan__title")
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ("plan",)
    inlines = (SeatInline,)


@admin.register(Seat)
class SeatAdmin(SimpleHistoryAdmin):
    list_display = ("person", "organisation", "role", "board", "user", "from_on", "to_on")
    list_display_links = ("person", "organisation")
    list_filter = ("board", "role")
    list_select_related = ("board", "user")
    search_fields = ("person", "organisation", "user__name")
    autocomplete_fields = ("board", "user")


@admin.register(Challenge)
class ChallengeAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("number", "board", "question", "asked_name", "asked_at", "answered_at", "outcome")
    list_filter = ("board", "outcome")
    list_select_related = ("board",)
    search_fields = ("question", "answer", "outcome_text", "asked_name")
    date_hierarchy = "asked_at"


@admin.register(Advice)
class AdviceAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("number", "board", "wording", "given_on", "responded_on")
    list_filter = ("board",)
    list_select_related = ("board",)
    search_fields = ("wording", "response", "result")


@admin.register(TermsOfReference)
class TermsOfReferenceAdmin(SimpleHistoryAdmin):
    list_display = ("board", "number", "agreed_on", "source")
    list_display_links = ("board", "number")
    list_filter = ("board",)
    list_select_related = ("board",)
    search_fields = ("text", "board__name")
    autocomplete_fields = ("board",)


@admin.register(Body)
class BodyAdmin(SimpleHistoryAdmin):
    list_display = ("name", "board", "receives", "cadence", "every_months", "from_on", "to_on")
    list_filter = ("board",)
    list_select_related = ("board",)
    search_fields = ("name", "receives", "board__name")
    autocomplete_fields = ("board",)


class ReportSectionInline(ReadOnly, admin.StackedInline):
    model = ReportSection
    extra = 0


@admin.register(Report)
class ReportAdmin(ReadOnly, admin.ModelAdmin):
    """Issued reports, to be looked at; they are drafted, edited and issued on the Board's own pages."""

    list_display = ("title", "kind", "dated_on", "board", "issued_at")
    list_filter = ("board", "kind")
    list_select_related = ("board",)
    search_fields = ("title", "author")
    date_hierarchy = "dated_on"
    inlines = (ReportSectionInline,)

    def get_queryset(self, request):
        return super().get_queryset(request).filter(issued_at__isnull=False)


@admin.register(Circulation)
class CirculationAdmin(ReadOnly, admin.ModelAdmin):
    """What was sent to whom; recorded on the Board's own page."""

    list_display = ("what", "body", "sent_on", "recorded_by")
    list_filter = ("body__board", "body")
    list_select_related = ("body", "recorded_by")
    search_fields = ("what", "note", "body__name")
    date_hierarchy = "sent_on"
