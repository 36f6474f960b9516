from django.urls import include, path, register_converter

from notices.converters import ReferenceConverter
from notices.views import exits, inspections, results, targets

# Plans register theirs under the name `reference`.
register_converter(ReferenceConverter, "line")

target_patterns = [
    path("", targets.target_detail, name="target_detail"),
    path("results/add/", results.result_add, name="result_add"),
    path("results/<int:pk>/confirm/", results.result_confirm, name="result_confirm"),
    path("milestones/<int:pk>/judge/", results.milestone_judge, name="milestone_judge"),
]

# A page of all inspections comes before: it would be taken for one of them.
inspection_patterns = [
    path("", inspections.inspection_list, name="inspection_list"),
    path("compare/", inspections.inspection_comparison, name="inspection_comparison"),
    path("<slug:inspection>/", inspections.inspection_detail, name="inspection_detail"),
]

app_name = "notices"
urlpatterns = [
    path("<slug:notice>/", targets.notice_detail, name="notice_detail"),
    path("<slug:notice>/exit/", exits.notice_exit, name="notice_exit"),
    path("<slug:notice>/targets/<line:reference>/", include(target_patterns)),
    path("<slug:notice>/inspections/", include(inspection_patterns)),
]
