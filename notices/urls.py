from django.urls import include, path, register_converter

from notices.converters import ReferenceConverter
from notices.views import results, targets

# Plans register theirs under the name `reference`.
register_converter(ReferenceConverter, "line")

target_patterns = [
    path("", targets.target_detail, name="target_detail"),
    path("results/add/", results.result_add, name="result_add"),
    path("results/<int:pk>/confirm/", results.result_confirm, name="result_confirm"),
    path("milestones/<int:pk>/judge/", results.milestone_judge, name="milestone_judge"),
]

app_name = "notices"
urlpatterns = [
    path("<slug:notice>/", targets.notice_detail, name="notice_detail"),
    path("<slug:notice>/targets/<line:reference>/", include(target_patterns)),
]
