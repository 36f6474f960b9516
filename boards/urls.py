from django.urls import include, path, register_converter

from boards.converters import FormConverter, PackFormConverter, ReportKindConverter
from boards.views import (
    actions,
    advice,
    challenges,
    dashboards,
    meetings,
    minutes,
    packs,
    papers,
    public,
    removals,
    reports,
)

# The day, the month and the reference are registered by the apps below.
register_converter(ReportKindConverter, "report_kind")
register_converter(FormConverter, "form")
register_converter(PackFormConverter, "pack_form")

# One meeting: read by everybody who sees the Board, prepared and recorded by the programme office.
meeting_patterns = [
    path("", meetings.meeting_detail, name="meeting_detail"),
    path("prepare/", meetings.meeting_prepare, name="meeting_prepare"),
    path("edit/", meetings.meeting_edit, name="meeting_edit"),
    path("month/", meetings.meeting_month, name="meeting_month"),
    path("publish/", meetings.agenda_publish, name="agenda_publish"),
    path("items/add/", meetings.item_add, name="item_add"),
    path("items/<int:pk>/", meetings.item_edit, name="item_edit"),
    path("items/<int:pk>/access/", meetings.item_access, name="item_access"),
    path("items/<int:pk>/move/", meetings.item_move, name="item_move"),
    path("items/<int:pk>/remove/", meetings.item_remove, name="item_remove"),
    path("items/<int:pk>/minute/", minutes.minute_edit, name="minute_edit"),
    path("papers/add/", papers.paper_add, name="paper_add"),
    path("papers/<int:pk>/", papers.paper_download, name="paper_download"),
    path("papers/<int:pk>/edit/", papers.paper_edit, name="paper_edit"),
    path("papers/<int:pk>/table/", papers.paper_table, name="paper_table"),
    path("papers/<int:pk>/remove/", papers.paper_remove, name="paper_remove"),
    path("pack/", packs.pack_detail, name="pack_detail"),
    path("pack/cover/", packs.cover_edit, name="cover_edit"),
    path("pack/sections/", packs.sections_choose, name="sections_choose"),
    path("pack/remove/", packs.pack_remove, name="pack_remove"),
    path("pack.<pack_form:form>", packs.pack_download, name="pack_download"),
    path("attendance/", meetings.attendance_edit, name="attendance_edit"),
    path("decisions/add/", meetings.decision_add, name="decision_add"),
    path("decisions/<int:number>/remove/", meetings.decision_remove, name="decision_remove"),
    path("actions/add/", actions.action_raise, name="action_raise"),
    path("guests/add/", minutes.guest_add, name="guest_add"),
    path("guests/<int:pk>/remove/", minutes.guest_remove, name="guest_remove"),
    path("declarations/add/", minutes.declaration_add, name="declaration_add"),
    path("declarations/<int:pk>/remove/", minutes.declaration_remove, name="declaration_remove"),
    path("send/", minutes.minutes_send, name="minutes_send"),
    path("agree/", minutes.minutes_agree, name="minutes_agree"),
    path("minutes.<form:form>", minutes.minutes_download, name="minutes_download"),
    path("decisions.<form:form>", minutes.decisions_download, name="decisions_download"),
    path("remove/", removals.meeting_redact, name="meeting_redact"),
]

action_patterns = [
    path("", actions.action_detail, name="action_detail"),
    path("note/", actions.action_note, name="action_note"),
    path("close/", actions.action_close, name="action_close"),
    path("access/", actions.action_access, name="action_access"),
    path("remove/", removals.action_redact, name="action_redact"),
]

letterhead_patterns = [
    path("", reports.letterhead_upload, name="letterhead_upload"),
    path("picture/", reports.letterhead_picture, name="letterhead_picture"),
    path("stop/", reports.letterhead_stop, name="letterhead_stop"),
    path("<int:pk>/remove/", removals.letterhead_redact, name="letterhead_redact"),
]

report_patterns = [
    path("", reports.report_detail, name="report_detail"),
    path("report.<form:form>", reports.report_download, name="report_download"),
    path("heading/", reports.report_heading, name="report_heading"),
    path("sections/add/", reports.report_section_add, name="report_section_add"),
    path("sections/<int:position>/", reports.report_section, name="report_section"),
    path("issue/", reports.report_issue, name="report_issue"),
    path("remove/", removals.report_redact, name="report_redact"),
]

challenge_patterns = [
    path("", challenges.challenge_list, name="challenge_list"),
    path("<int:number>/", challenges.challenge_detail, name="challenge_detail"),
    path("<int:number>/access/", challenges.challenge_access, name="challenge_access"),
    path("<int:number>/assign/", challenges.challenge_assign, name="challenge_assign"),
    path("<int:number>/answer/", challenges.challenge_answer, name="challenge_answer"),
    path("<int:number>/conclude/", challenges.challenge_conclude, name="challenge_conclude"),
    path("<int:number>/remove/", removals.challenge_redact, name="challenge_redact"),
]

advice_patterns = [
    path("", advice.advice_list, name="advice_list"),
    path("add/", advice.advice_add, name="advice_add"),
    path("<int:number>/", advice.advice_detail, name="advice_detail"),
    path("<int:number>/access/", advice.advice_access, name="advice_access"),
    path("<int:number>/respond/", advice.advice_respond, name="advice_respond"),
    path("<int:number>/conclude/", advice.advice_conclude, name="advice_conclude"),
    path("<int:number>/remove/", removals.advice_redact, name="advice_redact"),
]

# Read without an account, while the programme office has switched it on.
public_patterns = [
    path("", public.public_board, name="public_board"),
    path("switch/", public.public_switch, name="public_switch"),
    path("<day:held_on>/", public.public_meeting, name="public_meeting"),
    path("<day:held_on>/papers/<int:pk>/", public.public_paper, name="public_paper"),
    path("<day:held_on>/pack-<int:number>.<pack_form:form>", public.public_pack, name="public_pack"),
    path("<day:held_on>/minutes.<form:form>", public.public_minutes, name="public_minutes"),
]

app_name = "boards"
urlpatterns = [
    path("<slug:board>/", dashboards.board_detail, name="board_detail"),
    path("<slug:board>/carry-over/", dashboards.board_carry_over, name="board_carry_over"),
    path("<slug:board>/home/", dashboards.board_home, name="board_home"),
    path("<slug:board>/public/", include(public_patterns)),
    path("<slug:board>/challenges/", include(challenge_patterns)),
    path(
        "<slug:board>/recommendations/<reference:reference>/ask/",
        challenges.recommendation_ask,
        name="recommendation_ask",
    ),
    path("<slug:board>/targets/<reference:reference>/ask/", challenges.target_ask, name="target_ask"),
    path("<slug:board>/advice/", include(advice_patterns)),
    # Its meetings.
    path("<slug:board>/meetings/", meetings.meeting_list, name="meeting_list"),
    path("<slug:board>/meetings/plan/", meetings.meeting_plan, name="meeting_plan"),
    path("<slug:board>/meetings/<day:held_on>/", include(meeting_patterns)),
    path("<slug:board>/actions/", actions.action_list, name="action_list"),
    path("<slug:board>/actions/<int:number>/", include(action_patterns)),
    path("<slug:board>/terms/", dashboards.terms_of_reference, name="terms_of_reference"),
    # What goes out from the Board.
    path("<slug:board>/reports/", reports.report_list, name="report_list"),
    path("<slug:board>/reports/letterhead/", include(letterhead_patterns)),
    path("<slug:board>/reports/<report_kind:kind>/start/", reports.report_start, name="report_start"),
    path("<slug:board>/reports/<report_kind:kind>/<day:dated_on>/", include(report_patterns)),
    path("<slug:board>/circulation/", reports.circulation_list, name="circulation_list"),
    path("<slug:board>/circulation/add/", reports.circulation_add, name="circulation_add"),
    # The months.
    path("<slug:board>/<month:month>/", dashboards.dashboard, name="dashboard"),
    path("<slug:board>/<month:month>/compare/", dashboards.compare, name="compare"),
]
