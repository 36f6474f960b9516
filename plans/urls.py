from django.urls import include, path, register_converter

from notices.converters import ReferenceConverter
from plans import calendar
from plans.views import corrections, demands, evidence, lead, office, officer, reader, redactions, texts
from plans.views.refresh import draft, lines, log, singly, succession
from plans.views.watching import changed, saved


class MonthConverter:
    """A month in an address, such as `2010-11`: the date of its first day; anything else is a 404."""

    regex = "[0-9]{4}-[0-9]{2}"
    to_url = staticmethod(calendar.address)

    def to_python(self, value):
        month = calendar.parse(value)
        if month is None:
            raise ValueError(value)
        return month


register_converter(MonthConverter, "month")
register_converter(ReferenceConverter, "reference")

# One month, to the programme office; the texts on areas of focus to their leading posts as well.
month_patterns = [
    path("", office.month_detail, name="month_detail"),
    path("refresh/", office.month_refresh, name="month_refresh"),
    path("dates/", office.month_dates, name="month_dates"),
    path("chase/", office.month_chase, name="month_chase"),
    path("discard/", office.month_discard, name="month_discard"),
    path("publish/", office.month_publish, name="month_publish"),
    path("commentary/", texts.commentary_edit, name="commentary_edit"),
    path("remove/", redactions.month_redact, name="month_redact"),
    path("areas/<slug:letter>/", texts.area_update_edit, name="area_update_edit"),
    # To everybody who sees the plan: what changed in what they follow.
    path("watch-list/", changed.month_watched, name="month_watched"),
]

# One update. A month's own pages, such as `publish/`, come before: they would be taken for a reference.
update_patterns = [
    path("", officer.update_edit, name="update_edit"),
    path("check/", officer.update_check, name="update_check"),
    path("same/", officer.update_same, name="update_same"),
    path("take-back/", officer.update_take_back, name="update_take_back"),
    path("actions/<int:pk>/", officer.update_action, name="update_action"),
    path("evidence/", evidence.update_evidence, name="update_evidence"),
    path("evidence/<int:pk>/", evidence.evidence_download, name="evidence_download"),
    path("evidence/<int:pk>/remove/", evidence.evidence_remove, name="evidence_remove"),
    path("review/", lead.update_review, name="update_review"),
    path("carry/", officer.update_carry, name="update_carry"),
    path("late/", corrections.update_late, name="update_late"),
    path("agree/", lead.update_agree, name="update_agree"),
    path("correct/withdraw/", corrections.rating_withdraw, name="rating_withdraw"),
    path("correct/", corrections.update_correct, name="update_correct"),
    path("remove/", redactions.update_redact, name="update_redact"),
]

recommendation_patterns = [
    path("", reader.recommendation_detail, name="recommendation_detail"),
    path("close/", singly.recommendation_close, name="recommendation_close"),
    path("reopen/", singly.recommendation_reopen, name="recommendation_reopen"),
    path("due-date/", singly.recommendation_due_date, name="recommendation_due_date"),
    path("lead/", singly.recommendation_lead, name="recommendation_lead"),
]

# The draft of a revision.
refresh_patterns = [
    path("", draft.refresh_detail, name="refresh_detail"),
    path("start/", draft.refresh_start, name="refresh_start"),
    path("preview/", draft.refresh_preview, name="refresh_preview"),
    path("apply/", draft.refresh_apply, name="refresh_apply"),
    path("discard/", draft.refresh_discard, name="refresh_discard"),
    path("add/", lines.refresh_add, name="refresh_add"),
    path("recommendations/<reference:reference>/", lines.refresh_change, name="refresh_change"),
    path("recommendations/<reference:reference>/take-back/", lines.refresh_take_back, name="refresh_take_back"),
    path("areas/add/", lines.refresh_area_add, name="refresh_area_add"),
    path("areas/<slug:letter>/", lines.refresh_area, name="refresh_area"),
    path("areas/<slug:letter>/take-back/", lines.refresh_area_take_back, name="refresh_area_take_back"),
]

# The pages of a Notice that say what the plans do about it: the site puts them after the Notice's own.
demand_patterns = [
    path("<slug:notice>/exit/", demands.notice_exit, name="notice_exit"),
    path("<slug:notice>/targets/<line:reference>/", demands.target_detail, name="target_detail"),
    # A page of all inspections comes before, among the Notice's own: it would be taken for one of them.
    path("<slug:notice>/inspections/<slug:inspection>/", demands.inspection_detail, name="inspection_detail"),
]

# What a person saved for themselves.
filter_patterns = [
    path("", saved.saved_filters, name="saved_filters"),
    path("<int:pk>/rename/", saved.filter_rename, name="filter_rename"),
    path("<int:pk>/follow/", saved.filter_follow, name="filter_follow"),
    path("<int:pk>/remove/", saved.filter_remove, name="filter_remove"),
]

app_name = "plans"
urlpatterns = [
    # The officer.
    path("my/updates/", officer.my_updates, name="my_updates"),
    path("my/updates/check/", officer.updates_check, name="updates_check"),
    path("my/updates/unchanged/", officer.updates_unchanged, name="updates_unchanged"),
    # The accountable lead.
    path("my/sign-offs/", lead.my_sign_offs, name="my_sign_offs"),
    path("my/sign-offs/together/", lead.sign_offs_together, name="sign_offs_together"),
    # The reader.
    path("my/filters/", include(filter_patterns)),
    path("plans/<slug:plan>/save-filters/", saved.filter_save, name="filter_save"),
    path("plans/<slug:plan>/recommendations/", reader.recommendation_list, name="recommendation_list"),
    path("plans/<slug:plan>/recommendations/<reference:reference>/", include(recommendation_patterns)),
    path("plans/<slug:plan>/coverage/", demands.coverage, name="coverage"),
    path("plans/<slug:plan>/e-mails/", office.outbox_list, name="outbox_list"),
    path("plans/<slug:plan>/trail/", office.trail_list, name="trail_list"),
    path("plans/<slug:plan>/trail/remove/", redactions.plan_redact, name="plan_redact"),
    # The plan and its programme office.
    path("plans/<slug:plan>/", office.plan_detail, name="plan_detail"),
    # Not beneath the recommendations: one of them could be called “add”.
    path("plans/<slug:plan>/add/", singly.recommendation_add, name="recommendation_add"),
    path("plans/<slug:plan>/refresh/", include(refresh_patterns)),
    path("plans/<slug:plan>/revisions/<int:pk>/", log.revision_detail, name="revision_detail"),
    path("plans/<slug:plan>/succeed/", succession.plan_succeed, name="plan_succeed"),
    path("plans/<slug:plan>/open/", office.month_open, name="month_open"),
    path("plans/<slug:plan>/<month:month>/", include(month_patterns)),
    # Last: an update's reference takes any word.
    path("plans/<slug:plan>/<month:month>/<reference:reference>/", include(update_patterns)),
]
