"""What several models of the administration have in common: the way to a file, verdicts, plain numbers."""

from decimal import Decimal
from functools import partial

from django import forms
from django.contrib import admin
from django.db import models
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html_join

from notices.models import Upload
from notices.permissions import can_load
from notices.targets.results import verdict_on
from notices.targets.values import plain
from notices.views import loading


class Loads:
    """Gives a list the way to its file: template, dry run, confirmation and export (`notices.views.loading`)."""

    load_kind = Upload.Kind.NOTICE
    own_page = ""  # where a file of another form than the template's is chosen

    def get_urls(self):
        own = {"admin": self, "kind": self.load_kind}
        pages = (
            ("load/", loading.load, "load"),
            ("load/<int:pk>/", loading.loading, "loading"),
            ("load/template.<slug:extension>", loading.template, "template"),
            ("load/export/<int:pk>.<slug:extension>", loading.export, "export"),
        )
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            *(path(route, view(partial(page, **own)), name=f"{name}_{suffix}") for route, page, suffix in pages),
            *super().get_urls(),
        ]


class LoadLink:
    """Shows, above a list, where a file is loaded that fills it, to whoever may."""

    load_kind = Upload.Kind.NOTICE
    load_page = "admin:notices_notice_load"
    change_list_template = "admin/notices/change_list.html"

    def changelist_view(self, request, extra_context=None):
        address = reverse(self.load_page) if can_load(request.user, self.load_kind) else ""
        return super().changelist_view(request, (extra_context or {}) | {"load_address": address})


class PlainNumber(forms.NumberInput):
    """Shows 72 where the column keeps 72.000."""

    def format_value(self, value):
        return plain(value) if isinstance(value, Decimal) else super().format_value(value)


class PlainNumbers:
    """Shows numbers without the noughts that their columns add."""

    formfield_overrides = {models.DecimalField: {"widget": PlainNumber(attrs={"step": "any"})}}


def downloads(name, notice):
    """Return links to what stands of the Notice as files in the form of the template."""
    files = ((reverse(name, args=[notice.pk, extension]), extension.upper()) for extension in loading.TYPES)
    return format_html_join(" ", '<a href="{}">{}</a>', files)


def on(today, rows):
    """Let each row know the day of the request: an instance of the administration is shared by all its threads."""
    return rows.annotate(today=models.Value(today, models.DateField()))


class WithVerdict(PlainNumbers):
    """Shows a milestone's verdict as of the moment at which the page is read."""

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("indicator__target__notice")
        return on(timezone.localdate(request.now), rows).prefetch_related("indicator__results")

    @admin.display(description="verdict today")
    def verdict(self, milestone):
        """Return the verdict, and whether it rests on a provisional value."""
        today = getattr(milestone, "today", None)  # A row that is being added, or a former state, has none.
        if today is None:
            return "–"
        found, result = verdict_on(milestone, today)
        return f"{found.label}, provisional" if result and result.is_provisional else found.label
