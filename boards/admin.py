from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from accounts.admin import ReadOnly
from accounts.audit.administration import KeepsAddresses, Kept
from boards import permissions
from boards.models import (
    Advice,
    AgendaItem,
    Attendance,
    Board,
    BoardAction,
    BoardActionNote,
    Body,
    Challenge,
    Circulation,
    Decision,
    Declaration,
    Guest,
    Meeting,
    Paper,
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
class BoardAdmin(KeepsAddresses, Kept, SimpleHistoryAdmin):
    list_display = ("name", "plan")
    list_select_related = ("plan",)
    search_fields = ("name", "plan__title")
    made_from = {"slug": ("name",)}
    autocomplete_fields = ("plan",)
    inlines = (SeatInline,)


@admin.register(Seat)
class SeatAdmin(Kept, SimpleHistoryAdmin):
    list_display = ("person", "organisation", "role", "board", "user", "from_on", "to_on")
    list_display_links = ("person", "organisation")
    list_filter = ("board", "role")
    list_select_related = ("board", "user")
    search_fields = ("person", "organisation", "user__name")
    autocomplete_fields = ("board", "user")


class ReadOnlyAdmin(ReadOnly, admin.ModelAdmin):
    """What is written on the Board's own pages, to be looked at."""


class AgendaItemInline(ReadOnly, admin.TabularInline):
    """The minutes are read on the meeting's page alone, once they are no draft any more."""

    model = AgendaItem
    fields = ("position", "title", "purpose", "presented_by", "is_standing", "source")


class AttendanceInline(ReadOnly, admin.TabularInline):
    model = Attendance


class DecisionInline(ReadOnly, admin.StackedInline):
    model = Decision


class GuestInline(ReadOnly, admin.TabularInline):
    model = Guest


class DeclarationInline(ReadOnly, admin.StackedInline):
    model = Declaration


class BoardActionNoteInline(ReadOnly, admin.StackedInline):
    model = BoardActionNote


@admin.register(Meeting)
class MeetingAdmin(ReadOnlyAdmin):
    """Meetings whose agenda was published; one that is being prepared is its office's alone."""

    list_display = ("held_on", "board", "month", "agenda_published_at", "minutes_agreed_at")
    list_filter = ("board",)
    list_select_related = ("board", "month")
    search_fields = ("place", "note")
    date_hierarchy = "held_on"
    inlines = (AgendaItemInline, AttendanceInline, GuestInline, DeclarationInline, DecisionInline)

    def get_queryset(self, request):
        return super().get_queryset(request).filter(agenda_published_at__isnull=False)


@admin.register(Paper)
class PaperAdmin(ReadOnlyAdmin):
    """Papers as the Board reads them: no draft, and nothing under embargo."""

    list_display = ("title", "meeting", "tabled_at", "embargoed_until", "is_restricted")
    list_filter = ("meeting__board", "excludes_observers")
    list_select_related = ("meeting__board",)
    search_fields = ("title", "original_name")
    date_hierarchy = "tabled_at"
    exclude = ("file",)

    def get_queryset(self, request):
        papers = super().get_queryset(request)
        return permissions.readable_papers(papers, permissions.Readership.BOARD, at=request.now)

    @admin.display(boolean=True, description="Restricted")
    def is_restricted(self, paper):
        return paper.is_restricted


@admin.register(BoardAction)
class BoardActionAdmin(ReadOnlyAdmin):
    list_display = ("number", "wording", "owner", "board", "raised_at", "due_on", "closed_at")
    list_display_links = ("number", "wording")
    list_filter = ("board",)
    list_select_related = ("board", "raised_at__board", "closed_at__board")
    search_fields = ("wording", "owner")
    inlines = (BoardActionNoteInline,)


@admin.register(TermsOfReference)
class TermsOfReferenceAdmin(Kept, SimpleHistoryAdmin):
    list_display = ("board", "number", "agreed_on", "source")
    list_display_links = ("board", "number")
    list_filter = ("board",)
    list_select_related = ("board",)
    search_fields = ("text", "board__name")
    autocomplete_fields = ("board",)


@admin.register(Body)
class BodyAdmin(Kept, SimpleHistoryAdmin):
    list_display = ("name", "board", "receives", "cadence", "every_months", "from_on", "to_on")
    list_filter = ("board",)
    list_select_related = ("board",)
    search_fields = ("name", "receives", "board__name")
    autocomplete_fields = ("board",)


class ReportSectionInline(ReadOnly, admin.StackedInline):
    model = ReportSection


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
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
class CirculationAdmin(ReadOnlyAdmin):
    """What was sent to whom; recorded on the Board's own page."""

    list_display = ("what", "body", "sent_on", "recorded_by")
    list_filter = ("body__board", "body")
    list_select_related = ("body", "recorded_by")
    search_fields = ("what", "note", "body__name")
    date_hierarchy = "sent_on"


@admin.register(Challenge)
class ChallengeAdmin(ReadOnlyAdmin):
    list_display = ("number", "board", "question", "asked_name", "asked_at", "answered_at", "outcome")
    list_filter = ("board", "outcome")
    list_select_related = ("board",)
    search_fields = ("question", "answer", "outcome_text", "asked_name")
    date_hierarchy = "asked_at"


@admin.register(Advice)
class AdviceAdmin(ReadOnlyAdmin):
    list_display = ("number", "board", "wording", "given_on", "responded_on")
    list_filter = ("board",)
    list_select_related = ("board",)
    search_fields = ("wording", "response", "result")
