from django.urls import include, path, register_converter

from boards.converters import FormConverter, ReportKindConverter
from boards.views import circulation, dashboards, reports
from notices.converters import DayConverter

register_converter(DayConverter, "day")
register_converter(ReportKindConverter, "report_kind")
register_converter(FormConverter, "form")

report_patterns = [
    path("", reports.report_detail, name="report_detail"),
    path("report.<form:form>", reports.report_download, name="report_download"),
    path("heading/", reports.report_heading, name="report_heading"),
    path("sections/add/", reports.report_section_add, name="report_section_add"),
    path("sections/<int:position>/", reports.report_section, name="report_section"),
    path("issue/", reports.report_issue, name="report_issue"),
]

app_name = "boards"
urlpatterns = [
    path("<slug:board>/", dashboards.board_detail, name="board_detail"),
    path("<slug:board>/terms/", dashboards.terms_of_reference, name="terms_of_reference"),
    # What goes out from the Board.
    path("<slug:board>/reports/", reports.report_list, name="report_list"),
    path("<slug:board>/reports/<report_kind:kind>/start/", reports.report_start, name="report_start"),
    path("<slug:board>/reports/<report_kind:kind>/<day:dated_on>/", include(report_patterns)),
    path("<slug:board>/circulation/", circulation.circulation_list, name="circulation_list"),
    path("<slug:board>/circulation/add/", circulation.circulation_add, name="circulation_add"),
    # The months.
    path("<slug:board>/<month:month>/", dashboards.dashboard, name="dashboard"),
    path("<slug:board>/<month:month>/compare/", dashboards.compare, name="compare"),
]
