from django.contrib import admin
from simple_history.admin import SimpleHistoryAdmin

from accounts.admin import ReadOnly
from boards.models import Advice, Board, Challenge, Seat


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
