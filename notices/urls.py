from django.urls import include, path, register_converter

from notices.converters import DayConverter, ReferenceConverter
from notices.views import drafting, inspections, interim, removals, results, tabling, targets

# Plans register theirs under the name `reference`.
register_converter(ReferenceConverter, "line")
register_converter(DayConverter, "day")

target_patterns = [
    path("results/add/", results.result_add, name="result_add"),
    path("results/<int:pk>/confirm/", results.result_confirm, name="result_confirm"),
    path("milestones/<int:pk>/judge/", results.milestone_judge, name="milestone_judge"),
]

inspection_patterns = [
    path("", inspections.inspection_list, name="inspection_list"),
    path("compare/", inspections.inspection_comparison, name="inspection_comparison"),
]

# One report to the department, named by its day.
report_patterns = [
    path("", interim.interim_detail, name="interim_detail"),
    path("report.pdf", interim.interim_download, {"form": "pdf"}, name="interim_pdf"),
    path("report.docx", interim.interim_download, {"form": "docx"}, name="interim_docx"),
    path("cover/", drafting.interim_cover, name="interim_cover"),
    path("targets/<line:reference>/", drafting.interim_entry, name="interim_entry"),
    path("table/", tabling.interim_table, name="interim_table"),
    path("agree/", tabling.interim_agree, name="interim_agree"),
    path("issue/", tabling.interim_issue, name="interim_issue"),
    path("review/", tabling.interim_review, name="interim_review"),
    path("take-back/", tabling.interim_take_back, name="interim_take_back"),
    path("remove/", removals.interim_redact, name="interim_redact"),
    path("discard/", drafting.interim_discard, name="interim_discard"),
]

interim_patterns = [
    path("", interim.interim_list, name="interim_list"),
    path("start/", drafting.interim_start, name="interim_start"),
    path("<day:reported_on>/", include(report_patterns)),
]

# Those that say what the plans do about it come after (`plans.urls.demand_patterns`).
app_name = "notices"
urlpatterns = [
    path("<slug:notice>/", targets.notice_detail, name="notice_detail"),
    path("<slug:notice>/targets/<line:reference>/", include(target_patterns)),
    path("<slug:notice>/inspections/", include(inspection_patterns)),
    path("<slug:notice>/interim/", include(interim_patterns)),
]
