"""Every address by every role and method, on a small plan in which a month of each kind stands.

A published month (April) and an open one (May) stand in the plan. Of May's rows `R01` waits for sign-off and `R02` is
awaited, both led by the officer's post; `R03` is led by another officer's and has no due date. Of the reports to the
department one is issued, and the next is a draft.

The Board met on 11 April, with an open, a restricted and an embargoed paper, one without observers and a draft; a
meeting of 9 May is planned. The clock of these tests stands after both days.

A new address gets a row in `TABLE`: its name, its arguments (what `build` returns stands for a number), and who may
open it. A page that takes a POST is named in `WRITES` too, or in `POST_ONLY` if it takes nothing else; whoever may open
it and not write has a row in `READ_ONLY`. All the rest follows: whoever is not let in gets a 404, who has not signed in
the sign-in page, an administrator without a second factor the page that sets one up, another method a 405.
How its form is filled in is said in `tests/bodies.py`, where what stands there and a word in each empty control are not
taken. The administration has a table of its own, `tests/admin_addresses.py`.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.urls import get_resolver, reverse

from accounts.audit import events
from accounts.models import Invitation
from accounts.people import calendar_feeds
from boards import papers
from plans import reporting, watching
from plans.reporting import evidence
from tests import factories
from tests.factories import AT, user

PEOPLE = {
    "officer": "Ada Officer",
    "deputy": "Dev Deputy",
    "other officer": "Oz Other",
    "lead": "Liam Lead",
    "lead's deputy": "Dina Deputy",
    "office": "Olga Office",
    "chair": "Cass Chair",
    "member": "Mo Member",
    "observer": "Obi Observer",
    "administrator": "Abe Administrator",
    "stranger": "Stan Stranger",
}
# Who is let in nowhere, whatever a row says, but where anybody is.
OUTSIDERS = {
    "anonymous": "",
    "deactivated": "Dot Deactivated",
    "administrator without a second factor": "Bea Bare",
}
OFFICE = {"office"}
REPORTERS = {"officer", "deputy"} | OFFICE
REVIEWERS = {"lead", "lead's deputy"}
SETTLERS = OFFICE | {"chair"}
ASKERS = SETTLERS | {"member"}
SITTING = {"chair", "member", "observer"}
READERS = REPORTERS | REVIEWERS | SITTING | {"other officer"}
ALL = set(PEOPLE)
ANYBODY = ALL | {"anonymous"}
NOBODY = set()

APRIL, MAY = date(2011, 4, 1), date(2011, 5, 1)
LETTER, DRAFT = ("letter", date(2011, 4, 28)), ("chair", date(2011, 5, 1))
ISSUED, DRAFTED = date(2011, 4, 15), date(2011, 4, 30)
PLAN, BOARD, NOTICE = ("thornbury",), ("thornbury",), ("thornbury",)
HELD, PLANNED = (*BOARD, date(2011, 4, 11)), (*BOARD, date(2011, 5, 9))
SEATED = OFFICE | SITTING
WITHOUT_OBSERVERS = SEATED - {"observer"}

# (address by name, its arguments) → who is let in. Whoever is not gets a 404; who has not signed in, the sign-in page.
TABLE = [
    ("home", (), ALL),
    ("search", (), ALL),
    ("set_up", (), {"administrator"}),
    ("accessibility_statement", (), ANYBODY),
    ("source_list", (), NOBODY),  # the demonstration alone has the list
    ("healthz", (), ANYBODY),
    ("readyz", (), ANYBODY),
    ("account_login", (), ANYBODY),
    ("account_logout", (), ANYBODY),
    ("account_inactive", (), ANYBODY),
    ("account_reset_password", (), ANYBODY),
    ("account_reset_password_done", (), ANYBODY),
    ("account_reset_password_from_key", ("0", "x"), ANYBODY),
    ("invitation_accept", ("invitation",), ANYBODY),
    ("account_change_password", (), ALL),
    ("mail_choices", (), ALL),
    ("calendar_choices", (), ALL),
    ("calendar_feed", ("calendar",), ANYBODY),
    ("account_reauthenticate", (), ALL),
    ("openid_connect_login", (), NOBODY),
    ("openid_connect_callback", (), NOBODY),
    ("mfa_authenticate", (), ANYBODY),
    ("mfa_reauthenticate", (), ALL),
    ("mfa_index", (), ALL),
    ("mfa_activate_totp", (), ALL),
    ("mfa_deactivate_totp", (), {"administrator"}),
    ("mfa_view_recovery_codes", (), {"administrator"}),
    ("mfa_download_recovery_codes", (), {"administrator"}),
    ("mfa_generate_recovery_codes", (), ALL),
    ("plans:my_updates", (), ALL),
    ("plans:updates_check", (), ALL),
    ("plans:updates_unchanged", (), ALL),
    ("plans:my_sign_offs", (), REVIEWERS),
    ("plans:sign_offs_together", (), REVIEWERS),
    ("plans:saved_filters", (), ALL),
    ("plans:filter_save", PLAN, READERS),
    ("plans:filter_rename", ("saved",), {"officer"}),
    ("plans:filter_follow", ("saved",), {"officer"}),
    ("plans:filter_remove", ("saved",), {"officer"}),
    ("plans:month_watched", (*PLAN, APRIL), READERS),
    ("plans:month_watched", (*PLAN, MAY), NOBODY),
    ("plans:plan_detail", PLAN, READERS),
    ("plans:coverage", PLAN, READERS),
    ("plans:trail_list", PLAN, OFFICE),
    ("plans:outbox_list", PLAN, OFFICE),
    ("plans:plan_redact", PLAN, OFFICE),
    ("plans:recommendation_list", PLAN, READERS),
    ("plans:recommendation_detail", (*PLAN, "R01"), READERS),
    ("plans:recommendation_close", (*PLAN, "R01"), OFFICE),
    ("plans:recommendation_add", PLAN, OFFICE),
    ("plans:recommendation_due_date", (*PLAN, "R01"), OFFICE),
    ("plans:recommendation_lead", (*PLAN, "R01"), OFFICE),
    ("plans:recommendation_reopen", (*PLAN, "R01"), OFFICE),
    ("plans:refresh_start", PLAN, OFFICE),
    ("plans:refresh_detail", PLAN, OFFICE),
    ("plans:refresh_preview", PLAN, OFFICE),
    ("plans:refresh_apply", PLAN, OFFICE),
    ("plans:refresh_discard", PLAN, OFFICE),
    ("plans:refresh_add", PLAN, OFFICE),
    ("plans:refresh_change", (*PLAN, "R02"), OFFICE),
    ("plans:refresh_change", (*PLAN, "R09"), OFFICE),
    ("plans:refresh_take_back", (*PLAN, "R09"), OFFICE),
    ("plans:refresh_area", (*PLAN, "A"), OFFICE),
    ("plans:refresh_area", (*PLAN, "B"), OFFICE),
    ("plans:refresh_area_add", PLAN, OFFICE),
    ("plans:refresh_area_take_back", (*PLAN, "B"), OFFICE),
    ("plans:plan_succeed", PLAN, OFFICE),
    ("plans:revision_detail", (*PLAN, "revision"), READERS),
    ("plans:month_open", PLAN, OFFICE),
    ("plans:month_detail", (*PLAN, APRIL), OFFICE),
    ("plans:month_detail", (*PLAN, MAY), OFFICE),
    ("plans:month_refresh", (*PLAN, MAY), OFFICE),
    ("plans:month_dates", (*PLAN, MAY), OFFICE),
    ("plans:month_discard", (*PLAN, MAY), OFFICE),
    ("plans:month_chase", (*PLAN, MAY), OFFICE),
    ("plans:month_publish", (*PLAN, MAY), OFFICE),
    ("plans:commentary_edit", (*PLAN, MAY), OFFICE),
    ("plans:month_redact", (*PLAN, APRIL), OFFICE),
    ("plans:area_update_edit", (*PLAN, MAY, "A"), REPORTERS),
    ("plans:update_edit", (*PLAN, APRIL, "R01"), READERS),
    ("plans:update_edit", (*PLAN, MAY, "R01"), REPORTERS | REVIEWERS),
    ("plans:update_edit", (*PLAN, MAY, "R02"), REPORTERS | REVIEWERS),
    ("plans:update_edit", (*PLAN, MAY, "R03"), OFFICE | REVIEWERS | {"other officer"}),
    ("plans:update_check", (*PLAN, MAY, "R02"), REPORTERS),
    ("plans:update_same", (*PLAN, MAY, "R01"), REPORTERS),
    ("plans:update_same", (*PLAN, MAY, "R03"), OFFICE | {"other officer"}),
    ("plans:update_take_back", (*PLAN, MAY, "R01"), REPORTERS),
    ("plans:update_action", (*PLAN, MAY, "R02", "step"), REPORTERS),
    ("plans:update_evidence", (*PLAN, MAY, "R02"), REPORTERS),
    ("plans:update_review", (*PLAN, MAY, "R01"), REVIEWERS),
    ("plans:update_carry", (*PLAN, MAY, "R02"), REPORTERS - OFFICE),
    ("plans:update_late", (*PLAN, APRIL, "R02"), REPORTERS - OFFICE),
    ("plans:update_correct", (*PLAN, APRIL, "R01"), OFFICE),
    ("plans:update_agree", (*PLAN, APRIL, "R03"), REVIEWERS),
    ("plans:rating_withdraw", (*PLAN, APRIL, "R03"), OFFICE),
    ("plans:update_redact", (*PLAN, APRIL, "R01"), OFFICE),
    ("plans:update_redact", (*PLAN, MAY, "R01"), OFFICE),
    ("plans:evidence_download", (*PLAN, APRIL, "R01", "published"), READERS),
    ("plans:evidence_download", (*PLAN, MAY, "R02", "draft"), REPORTERS),
    ("plans:evidence_remove", (*PLAN, MAY, "R02", "draft"), REPORTERS),
    ("notices:notice_detail", NOTICE, READERS),
    ("notices:notice_exit", NOTICE, READERS),
    ("notices:target_detail", (*NOTICE, "N01"), READERS),
    ("notices:inspection_list", NOTICE, READERS),
    ("notices:inspection_comparison", NOTICE, READERS),
    ("notices:inspection_detail", (*NOTICE, "announced"), READERS),
    ("notices:result_add", (*NOTICE, "N01"), OFFICE),
    ("notices:result_confirm", (*NOTICE, "N01", "provisional"), OFFICE),
    ("notices:milestone_judge", (*NOTICE, "N01", "judged"), OFFICE),
    ("notices:interim_list", NOTICE, READERS),
    ("notices:interim_start", NOTICE, OFFICE),
    ("notices:interim_detail", (*NOTICE, ISSUED), READERS),
    ("notices:interim_detail", (*NOTICE, DRAFTED), OFFICE),
    ("notices:interim_pdf", (*NOTICE, ISSUED), READERS),
    ("notices:interim_pdf", (*NOTICE, DRAFTED), OFFICE),
    ("notices:interim_docx", (*NOTICE, ISSUED), READERS),
    ("notices:interim_docx", (*NOTICE, DRAFTED), OFFICE),
    ("notices:interim_cover", (*NOTICE, DRAFTED), OFFICE),
    ("notices:interim_entry", (*NOTICE, DRAFTED, "N01"), OFFICE),
    ("notices:interim_table", (*NOTICE, DRAFTED), OFFICE),
    ("notices:interim_take_back", (*NOTICE, DRAFTED), OFFICE),
    ("notices:interim_discard", (*NOTICE, DRAFTED), OFFICE),
    ("notices:interim_agree", (*NOTICE, DRAFTED), OFFICE),
    ("notices:interim_issue", (*NOTICE, DRAFTED), OFFICE),
    ("notices:interim_review", (*NOTICE, ISSUED), OFFICE),
    ("notices:interim_redact", (*NOTICE, ISSUED), OFFICE),
    ("notices:interim_redact", (*NOTICE, DRAFTED), OFFICE),
    ("boards:board_detail", BOARD, READERS),
    ("boards:terms_of_reference", BOARD, READERS),
    ("boards:letterhead_upload", BOARD, SETTLERS),
    ("boards:letterhead_picture", BOARD, SETTLERS),
    ("boards:letterhead_stop", BOARD, SETTLERS),
    ("boards:letterhead_redact", (*BOARD, "letterhead"), OFFICE),
    ("boards:report_list", BOARD, READERS),
    ("boards:report_start", (*BOARD, "council"), OFFICE),
    ("boards:report_start", (*BOARD, "chair"), OFFICE | {"chair"}),
    ("boards:report_detail", (*BOARD, *LETTER), READERS),
    ("boards:report_detail", (*BOARD, *DRAFT), OFFICE | {"chair"}),
    ("boards:report_download", (*BOARD, *LETTER, "pdf"), READERS),
    ("boards:report_download", (*BOARD, *DRAFT, "docx"), OFFICE | {"chair"}),
    ("boards:report_heading", (*BOARD, *DRAFT), OFFICE | {"chair"}),
    ("boards:report_heading", (*BOARD, *LETTER), NOBODY),
    ("boards:report_section", (*BOARD, *DRAFT, 1), OFFICE | {"chair"}),
    ("boards:report_section_add", (*BOARD, *DRAFT), OFFICE | {"chair"}),
    ("boards:report_issue", (*BOARD, *DRAFT), {"chair"}),
    ("boards:report_issue", (*BOARD, *LETTER), NOBODY),
    ("boards:circulation_list", BOARD, READERS),
    ("boards:circulation_add", BOARD, OFFICE),
    ("boards:board_carry_over", BOARD, OFFICE),
    ("boards:board_home", BOARD, SITTING),
    ("boards:challenge_list", BOARD, READERS),
    ("boards:challenge_detail", (*BOARD, 1), READERS),
    ("boards:challenge_detail", (*BOARD, 2), READERS),
    ("boards:challenge_assign", (*BOARD, 1), SETTLERS),
    ("boards:challenge_answer", (*BOARD, 1), REPORTERS),
    ("boards:challenge_answer", (*BOARD, 2), REPORTERS),
    ("boards:challenge_conclude", (*BOARD, 2), SETTLERS),
    ("boards:recommendation_ask", (*BOARD, "R01"), ASKERS),
    ("boards:target_ask", (*BOARD, "N01"), ASKERS),
    ("boards:advice_list", BOARD, READERS),
    ("boards:advice_add", BOARD, SETTLERS),
    ("boards:advice_detail", (*BOARD, 1), READERS),
    ("boards:advice_respond", (*BOARD, 1), OFFICE),
    ("boards:advice_conclude", (*BOARD, 1), SETTLERS),
    ("boards:dashboard", (*BOARD, APRIL), READERS),
    ("boards:dashboard", (*BOARD, MAY), OFFICE),
    ("boards:compare", (*BOARD, APRIL), READERS),
    ("boards:meeting_list", BOARD, READERS),
    ("boards:meeting_plan", BOARD, OFFICE),
    ("boards:meeting_detail", HELD, READERS),
    ("boards:meeting_detail", PLANNED, READERS),
    ("boards:meeting_prepare", HELD, OFFICE),
    ("boards:meeting_prepare", PLANNED, OFFICE),
    ("boards:meeting_edit", PLANNED, OFFICE),
    ("boards:meeting_month", PLANNED, OFFICE),
    ("boards:agenda_publish", PLANNED, OFFICE),
    ("boards:item_add", PLANNED, OFFICE),
    ("boards:item_edit", (*PLANNED, "planned item"), OFFICE),
    ("boards:item_remove", (*PLANNED, "planned item"), OFFICE),
    ("boards:item_access", (*PLANNED, "planned item"), OFFICE),
    ("boards:item_access", (*HELD, "item"), OFFICE),
    ("boards:item_move", (*PLANNED, "planned item"), OFFICE),
    ("boards:minute_edit", (*HELD, "item"), OFFICE),
    ("boards:paper_add", HELD, OFFICE),
    ("boards:paper_download", (*HELD, "open paper"), READERS),
    ("boards:paper_download", (*HELD, "restricted paper"), SEATED),
    ("boards:paper_download", (*HELD, "paper without observers"), WITHOUT_OBSERVERS),
    ("boards:paper_download", (*HELD, "embargoed paper"), OFFICE),
    ("boards:paper_download", (*HELD, "draft paper"), OFFICE),
    ("boards:paper_edit", (*HELD, "open paper"), OFFICE),
    ("boards:paper_table", (*HELD, "draft paper"), OFFICE),
    ("boards:paper_remove", (*HELD, "draft paper"), OFFICE),
    ("boards:pack_detail", HELD, OFFICE),
    ("boards:pack_detail", PLANNED, OFFICE),
    ("boards:pack_remove", HELD, OFFICE),
    ("boards:cover_edit", HELD, OFFICE),
    ("boards:sections_choose", HELD, OFFICE),
    ("boards:meeting_redact", HELD, OFFICE),
    ("boards:meeting_redact", PLANNED, OFFICE),
    ("boards:pack_download", (*HELD, "pdf"), READERS),
    ("boards:pack_download", (*PLANNED, "xlsx"), OFFICE),
    ("boards:attendance_edit", HELD, OFFICE),
    ("boards:decision_add", HELD, OFFICE),
    ("boards:decision_remove", (*HELD, 1), OFFICE),
    ("boards:action_raise", HELD, OFFICE),
    ("boards:public_board", BOARD, ANYBODY),
    ("boards:public_meeting", HELD, ANYBODY),
    ("boards:public_paper", (*HELD, "open paper"), ANYBODY),
    ("boards:public_paper", (*HELD, "restricted paper"), NOBODY),
    ("boards:public_paper", (*HELD, "paper without observers"), NOBODY),
    ("boards:public_paper", (*HELD, "embargoed paper"), NOBODY),
    ("boards:public_paper", (*HELD, "draft paper"), NOBODY),
    ("boards:public_pack", (*HELD, 1, "pdf"), ANYBODY),
    ("boards:public_minutes", (*HELD, "pdf"), NOBODY),  # they are not agreed
    ("boards:public_meeting", PLANNED, NOBODY),
    ("boards:public_switch", BOARD, OFFICE),
    ("boards:minutes_agree", HELD, OFFICE),
    ("boards:minutes_send", HELD, OFFICE),
    ("boards:minutes_download", (*HELD, "pdf"), OFFICE),  # they are a draft
    ("boards:decisions_download", (*HELD, "docx"), READERS),
    ("boards:guest_add", HELD, OFFICE),
    ("boards:guest_remove", (*HELD, "guest"), OFFICE),
    ("boards:declaration_add", HELD, OFFICE),
    ("boards:declaration_remove", (*HELD, "declaration"), OFFICE),
    ("boards:action_list", BOARD, READERS),
    ("boards:action_detail", (*BOARD, 1), READERS),
    ("boards:action_note", (*BOARD, 1), OFFICE),
    ("boards:action_close", (*BOARD, 1), OFFICE),
    ("boards:action_access", (*BOARD, 1), OFFICE),
    ("boards:challenge_access", (*BOARD, 1), OFFICE),
    ("boards:advice_access", (*BOARD, 1), OFFICE),
    ("boards:action_redact", (*BOARD, 1), OFFICE),
    ("boards:challenge_redact", (*BOARD, 1), OFFICE),
    ("boards:advice_redact", (*BOARD, 1), OFFICE),
    ("boards:report_redact", (*BOARD, *LETTER), OFFICE),
    ("boards:report_redact", (*BOARD, *DRAFT), OFFICE),
]
# The moment at which the embargoed paper appears and the invitation expires, far ahead of every clock.
EMBARGO = datetime(2099, 1, 1, tzinfo=ZoneInfo("Europe/London"))
# Nobody need be signed in to be told that these are not there: the tests have no identity provider, and not everything
# is public.
NOT_HERE = {"openid_connect_login", "openid_connect_callback"}
NOT_HERE |= {"boards:public_meeting", "boards:public_minutes", "boards:public_paper"}
# These take a POST alone; a GET is answered with 405.
POST_ONLY = {
    "boards:item_move",
    "notices:interim_take_back",
    "openid_connect_login",
    "plans:filter_follow",
    "plans:rating_withdraw",
    "plans:refresh_area_take_back",
    "plans:refresh_take_back",
    "plans:update_take_back",
}
# These take a POST as well, from whoever may open them.
WRITES = {
    "account_change_password",
    "calendar_choices",
    "mail_choices",
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_reset_password",
    "account_reset_password_from_key",
    "boards:action_access",
    "boards:action_close",
    "boards:action_note",
    "boards:action_raise",
    "boards:action_redact",
    "boards:advice_access",
    "boards:advice_add",
    "boards:advice_conclude",
    "boards:advice_redact",
    "boards:advice_respond",
    "boards:agenda_publish",
    "boards:attendance_edit",
    "boards:board_carry_over",
    "boards:challenge_access",
    "boards:challenge_answer",
    "boards:challenge_assign",
    "boards:challenge_conclude",
    "boards:challenge_redact",
    "boards:circulation_add",
    "boards:cover_edit",
    "boards:decision_add",
    "boards:decision_remove",
    "boards:declaration_add",
    "boards:declaration_remove",
    "boards:guest_add",
    "boards:guest_remove",
    "boards:item_access",
    "boards:item_add",
    "boards:item_edit",
    "boards:item_remove",
    "boards:letterhead_redact",
    "boards:letterhead_stop",
    "boards:letterhead_upload",
    "boards:meeting_edit",
    "boards:meeting_month",
    "boards:meeting_plan",
    "boards:meeting_prepare",
    "boards:meeting_redact",
    "boards:minute_edit",
    "boards:minutes_agree",
    "boards:minutes_send",
    "boards:pack_detail",
    "boards:pack_remove",
    "boards:paper_add",
    "boards:paper_edit",
    "boards:paper_remove",
    "boards:public_switch",
    "boards:paper_table",
    "boards:recommendation_ask",
    "boards:report_heading",
    "boards:report_issue",
    "boards:report_redact",
    "boards:report_section",
    "boards:report_section_add",
    "boards:report_start",
    "boards:sections_choose",
    "boards:target_ask",
    "invitation_accept",
    "mfa_activate_totp",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
    "notices:interim_agree",
    "notices:interim_cover",
    "notices:interim_discard",
    "notices:interim_entry",
    "notices:interim_issue",
    "notices:interim_redact",
    "notices:interim_review",
    "notices:interim_start",
    "notices:interim_table",
    "notices:milestone_judge",
    "notices:result_add",
    "notices:result_confirm",
    "plans:area_update_edit",
    "plans:commentary_edit",
    "plans:evidence_remove",
    "plans:filter_remove",
    "plans:filter_rename",
    "plans:filter_save",
    "plans:month_dates",
    "plans:month_chase",
    "plans:month_discard",
    "plans:month_open",
    "plans:month_publish",
    "plans:month_redact",
    "plans:month_refresh",
    "plans:plan_redact",
    "plans:plan_succeed",
    "plans:recommendation_close",
    "plans:recommendation_add",
    "plans:recommendation_due_date",
    "plans:recommendation_lead",
    "plans:recommendation_reopen",
    "plans:refresh_add",
    "plans:refresh_apply",
    "plans:refresh_area",
    "plans:refresh_area_add",
    "plans:refresh_change",
    "plans:refresh_discard",
    "plans:refresh_start",
    "plans:sign_offs_together",
    "plans:update_action",
    "plans:update_agree",
    "plans:update_carry",
    "plans:update_check",
    "plans:update_correct",
    "plans:update_edit",
    "plans:update_evidence",
    "plans:update_late",
    "plans:update_redact",
    "plans:update_review",
    "plans:update_same",
    "plans:updates_check",
    "plans:updates_unchanged",
}
# But for these, who may open what others write: the row, then who gets a 404 for a POST.
READ_ONLY = {
    ("plans:update_edit", (*PLAN, MAY, "R01")): REVIEWERS,
    ("plans:update_edit", (*PLAN, MAY, "R02")): REVIEWERS,
    ("plans:update_edit", (*PLAN, MAY, "R03")): REVIEWERS,
}


def build():
    """Build the plan and its Notice; return what an address names by its number."""
    plan = factories.plan(2)
    plan.notice = factories.notice()
    plan.save()
    factories.inspection().notices.add(plan.notice)
    target = plan.notice.targets.get()
    indicator = target.indicators.get()
    factor = factories.factor(plan.notice)
    factor.targets.add(target)
    factories.evidence_of(factor)
    factories.continuation(plan.notice, 1, target)
    judged = factories.milestone(indicator, 2, kind="judged", threshold=None)
    provisional = factories.result(indicator)
    factories.issued_report(plan.notice, ISSUED)
    factories.report(plan.notice, DRAFTED)
    factories.area(plan)
    trainer = factories.post("Head of Training", user("Oz Other"))
    ongoing = factories.recommendation(plan, 3, trainer, original_due_on=None, due_on=None, timescale="Ongoing")
    ongoing.actions.create(title="Train every new team.", timescale="Ongoing")
    plan.programme_office.add(user("Dot Deactivated"))
    factories.second_factor(user("Abe Administrator", is_staff=True, is_superuser=True))
    user("Bea Bare", is_staff=True, is_superuser=True)
    april = factories.month(plan, 4)
    factories.submitted(april.updates.get(reference="R03"), by=user("Oz Other"))
    reporting.write_commentary(
        month=april,
        version=0,
        headline="The first teams are trained.",
        text="The plan is on its way.",
        by=user("Olga Office"),
        at=AT,
    )
    published = _evidence(april.updates.get(reference="R01"))
    factories.signed_off(april.updates.get(reference="R01"))
    left = april.updates.get(reference="R02")
    reporting.save_draft(update=left, version=0, by=user(), at=AT, progress="The first team was trained.")
    factories.published(april)
    misread = april.updates.get(reference="R03")
    reporting.correct(update=misread, rating="green", reason="It was misread.", by=user("Olga Office"), at=AT)
    letterhead = factories.letterhead(plan.board)
    factories.issued(factories.outgoing(plan.board, "letter", LETTER[1], sections=[("", "Dear Minister")]))
    factories.outgoing(plan.board, "chair", DRAFT[1], by=user("Cass Chair"))
    may = factories.month(plan, 5)
    draft = _evidence(may.updates.get(reference="R02"))
    step = draft.update.recommendation.actions.create(title="Train the second team.", timescale="Ongoing")
    waiting = factories.submitted(may.updates.get(reference="R01"), progress="A new step.")
    meetings = _meetings(plan)
    factories.opened_to_all(plan.board)
    factories.challenge(plan, "Why?")
    factories.answered(factories.challenge(plan))
    factories.advice(plan.board)
    return {
        "published": published.pk,
        "draft": draft.pk,
        "step": step.pk,
        "waiting": waiting.pk,
        "judged": judged.pk,
        "provisional": provisional.pk,
        "reworded": _reworded(plan).pk,
        "invitation": _invited(),
        "letterhead": letterhead.pk,
        "calendar": calendar_feeds.make(by=user("Ada Officer"), at=AT),
        "saved": _saved(april).pk,
        "revision": _refreshed(plan).pk,
        **meetings,
    }


def _saved(month):
    """Let the officer follow a filter of the list."""
    asked = {"rating": ["amber"], "theme": ["1"], "q": ["teams"]}
    given = {"plan": month.plan, "month": month, "name": "At risk", "asked": asked, "is_followed": True}
    return watching.save(**given, by=user("Ada Officer"), at=AT)


def _invited():
    """Invite somebody whose link works on every clock; return its token."""
    invited = factories.invited("Ines Invited")
    Invitation.objects.update(expires_at=EMBARGO)
    return invited.token


def _reworded(plan):
    """Let the plan have had another title; return the event that says so."""
    text = {"of": "", "field": "title", "label": "Title", "before": "A plan", "after": plan.title}
    return events.record(by=user("Olga Office"), at=AT, what="plan.changed", on=plan, texts=[text])


def _refreshed(plan):
    """Apply a revision, draft another, and return the first."""
    factories.drafted(plan)
    revision = factories.refreshed(plan)
    draft = factories.drafted(plan, "Refresh of June")
    factories.drafted_recommendation(draft, "R09")
    factories.drafted_area(draft, "A", "change")
    factories.drafted_area(draft, "B")
    return revision


def _meetings(plan):
    """Hold a meeting with a paper for each audience, and plan the next."""
    held = factories.held(plan)
    access = {
        "open paper": {},
        "restricted paper": {"restricted_because": "Names a post."},
        "paper without observers": {"restricted_because": "Names a post.", "excludes_observers": True},
        "embargoed paper": {"embargoed_until": EMBARGO},
    }
    found = {name: factories.tabled(factories.paper(held, name, **kind)).pk for name, kind in access.items()}
    papers.add(meeting=held, title="The action log", page="actions", by=user("Olga Office"), at=AT)
    found["draft paper"] = factories.paper(held, "draft paper").pk
    found["item"] = factories.minuted(held).pk
    found["guest"] = factories.guest(held).pk
    found["declaration"] = factories.declaration(held).pk
    recommendation = plan.recommendations.get(reference="R01")
    factories.decision(held, recommendation=recommendation)
    factories.action(held, recommendation=recommendation)
    april = plan.months.get(month=APRIL)
    factories.received(held, april)
    for audience in ("board", "observers", "public"):
        factories.kept_pack(held, audience)
    planned = factories.meeting(plan)
    factories.received(planned, april)
    return found | {"planned item": planned.items.last().pk}


def _evidence(update):
    file = factories.a_file()
    return evidence.add(update=update, kind="quantitative", title="Rates", file=file, by=user(), at=AT)


def sign_in(client, role):
    """Sign the role in as its people are signed in outside the demonstration: an administrator with a code."""
    client.logout()
    if role == "anonymous":
        return
    person = user((PEOPLE | OUTSIDERS)[role])
    client.force_login(person)
    if role == "administrator":
        show_second_factor(client, person)
    if role == "deactivated":
        person.is_active = False
        person.save()


def show_second_factor(client, person):
    """Let the session be one in which the person has typed a code."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": 0}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()


def address(name, args, pks):
    return reverse(name, args=[pks.get(arg, arg) for arg in args])


def names(patterns=None, namespace=""):
    """Return the name of every address but the admin's, which has its own table."""
    found = set()
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if not hasattr(pattern, "url_patterns"):
            found.add(f"{namespace}{pattern.name}")
        elif pattern.namespace != "admin":
            found |= names(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else namespace)
    return found
