"""The states in which a page may be found, for the tests that look at each of them in a browser.

Every page is looked at as `tests.addresses.build` fills it, where April is published and May is open. A page that takes
a POST is looked at with errors as well, and where its form carries a version, in conflict. A page that sums up is also
looked at with nothing in it and with all that it will ever hold. What is not somebody's to see is one page for all
addresses, as `tests/test_access.py` shows.

A new page gets its name in `SUMS_UP` or `ONE_THING`, or in `NO_PAGE`; what takes a POST is known from its address.
"""

from datetime import date

from plans import reporting, watching
from plans.watching import saving
from tests import factories
from tests.addresses import POST_ONLY, WRITES
from tests.factories import AT, user

# Words for a machine, downloads, and addresses that lead elsewhere.
NO_PAGE = {
    "account_reset_password_from_key",
    "boards:decisions_download",
    "boards:letterhead_picture",
    "boards:minutes_download",
    "boards:pack_download",
    "boards:public_minutes",
    "boards:public_pack",
    "boards:public_paper",
    "boards:paper_download",
    "boards:report_download",
    "calendar_feed",
    "healthz",
    "mfa_download_recovery_codes",
    "notices:interim_docx",
    "notices:interim_pdf",
    "openid_connect_callback",
    "plans:evidence_download",
    "readyz",
} | POST_ONLY
SUMS_UP = {
    "boards:action_list",
    "boards:advice_list",
    "boards:board_detail",
    "boards:board_home",
    "boards:challenge_list",
    "boards:circulation_list",
    "boards:compare",
    "boards:dashboard",
    "boards:meeting_list",
    "boards:report_list",
    "boards:terms_of_reference",
    "home",
    "notices:inspection_comparison",
    "notices:inspection_list",
    "notices:interim_list",
    "notices:notice_detail",
    "notices:notice_exit",
    "plans:coverage",
    "plans:month_detail",
    "plans:month_publish",
    "plans:month_watched",
    "plans:my_sign_offs",
    "plans:my_updates",
    "plans:plan_detail",
    "plans:recommendation_detail",
    "plans:recommendation_list",
    "plans:saved_filters",
    "plans:outbox_list",
    "plans:trail_list",
    "plans:updates_check",
    "plans:updates_unchanged",
    "search",
    "set_up",
}
# Of these an officer has the longest; the programme office, which opens every other page, has nothing of its own.
OF_AN_OFFICER = {"plans:my_updates", "plans:updates_check", "plans:updates_unchanged"}
# Of these only the officer of the small plan has any.
OF_AN_OFFICER |= {"plans:month_watched", "plans:saved_filters"}
ONE_THING = {
    "accessibility_statement",
    "account_inactive",
    "account_reset_password_done",
    "boards:action_detail",
    "boards:advice_detail",
    "boards:challenge_detail",
    "boards:meeting_detail",
    "boards:public_board",
    "boards:public_meeting",
    "boards:report_detail",
    "mfa_index",
    "mfa_view_recovery_codes",
    "notices:inspection_detail",
    "notices:interim_detail",
    "notices:target_detail",
    "plans:refresh_detail",
    "plans:refresh_preview",
    "plans:revision_detail",
    "source_list",
}
# They take a POST of nothing but that a button is pressed, so nothing typed can be wrong.
ASK_NOTHING = {
    "account_logout",
    "calendar_choices",
    "boards:decision_remove",
    "boards:declaration_remove",
    "boards:guest_remove",
    "boards:item_remove",
    "boards:letterhead_stop",
    "boards:minutes_send",
    "boards:meeting_prepare",
    "boards:pack_detail",
    "boards:paper_remove",
    "boards:paper_table",
    "boards:public_switch",
    "plans:evidence_remove",
    "plans:filter_remove",
    "plans:month_refresh",
    "plans:refresh_discard",
}
# What they ask may be left open, so that nothing typed can be wrong, and the form that is sent would be taken.
LEFT_OPEN = {"boards:sections_choose", "plans:update_carry"}
# Their forms stand at another stage than that which is built; the journeys named here see them with errors.
ELSEWHERE = {
    "boards:minutes_agree": "test_meeting_journey",
    "notices:interim_agree": "test_interim_journey",
    "plans:month_discard": "test_office_journey",
    "notices:interim_issue": "test_interim_journey",
    "plans:month_open": "test_office_journey",
    "plans:recommendation_reopen": "test_revision_journey",
    "boards:board_carry_over": "test_refresh_journey",
    "plans:plan_succeed": "test_refresh_journey",
    "plans:refresh_start": "test_refresh_journey",
    "plans:updates_check": "test_officer_journey",
    "plans:updates_unchanged": "test_counted_journeys",
}
# Nobody has written there yet, so there is nothing to be in conflict with; the tests named here see two people write.
UNWRITTEN = {"boards:cover_edit": "tests/boards/packs/test_pack_pages.py"}
# Its ticks are left as they are, and the same again is no conflict.
UNWRITTEN |= {"boards:sections_choose": "tests/boards/packs/test_pack_pages.py"}
# Whatever is changed everywhere at once is asked about first, so that there is an error before a conflict.
UNWRITTEN |= {"plans:refresh_change": "tests/plans/refresh/test_refresh_pages.py"}
# What an address has to ask for besides, so that its form is there.
ASKED = {
    "boards:action_redact": "?field=wording",
    "boards:advice_redact": "?field=wording",
    "boards:challenge_redact": "?field=question",
    "boards:meeting_redact": "?field=title-{item}",
    "boards:letterhead_redact": "?field=sender",
    "boards:report_redact": "?field=title",
    "notices:interim_redact": "?field=purpose",
    "plans:filter_save": "?rating=red",
    "plans:month_redact": "?field=commentary",
    "plans:plan_redact": "?field=text-{reworded}-0",
    "plans:sign_offs_together": "?update={waiting}",
    "plans:update_redact": "?field=progress",
}


def named():
    """Return the name of every page whose states are known."""
    return NO_PAGE | SUMS_UP | ONE_THING | WRITES


MONTHS = [date(2009 + (5 + n) // 12, (5 + n) % 12 + 1, 1) for n in range(24)]  # June 2009 to May 2011
PROSE = "Two more teams were trained, and those that were trained before were visited and asked what had changed. " * 6


def build_full():
    """Build a plan of 150 recommendations that was reported for 24 months, of which the last, May, is open."""
    plan = factories.plan(150, themes=5)
    plan.notice = factories.notice()
    plan.save()
    _demand(plan)
    for letter in "ABCDEF":
        factories.area(plan, letter)
    for month in MONTHS:
        days = {"due_on": month.replace(day=20), "sign_off_due_on": month.replace(day=24)}
        opened = reporting.open_month(plan=plan, month=month, **days, by=user("Olga Office"), at=AT)
        _report(opened)
        if month != MONTHS[-1]:
            factories.published(opened)
    _watch(plan.months.earliest("month"))
    held = factories.held(plan)
    for number in range(40):
        factories.challenge(plan, f"How do you know of matter {number}?")
        factories.action(held, f"See to matter {number}.")
    return plan


def _watch(month):
    """Let the officer follow as many filters as one may, each of them of many rows."""
    for number in range(saving.MOST):
        asked = {"rating": ["red", "amber"], "q": [f"matter {number}"]}
        given = {"plan": month.plan, "month": month, "name": f"Filter number {number} of many", "asked": asked}
        watching.save(**given, is_followed=True, by=user(), at=AT)


def _demand(plan):
    """Fill the Notice with 23 targets and an inspection with 24 findings, each answered by recommendations."""
    inspection = factories.inspection()
    inspection.notices.add(plan.notice)
    recommendations = list(plan.recommendations.all())
    for number in range(2, 24):
        target = factories.target(plan.notice, number)
        factories.milestone(factories.IndicatorFactory(target=target, name=f"Measure {number}"))
        target.recommendations.add(*recommendations[number::23])
    for number in range(1, 25):
        factories.finding(inspection, number).recommendations.add(*recommendations[number::24])


def _report(month):
    """Let every recommendation report, a third each Red, Amber and Green; an open month has come a third of the way."""
    pks = list(month.updates.values_list("pk", flat=True))
    told = factories.ANSWERS | {"progress": PROSE, "impact": PROSE, "next_steps": PROSE}
    saved = {"saved_at": AT, "saved_by": user(), "version": 1}
    handed_in = {"status": "submitted", "submitted_at": AT, "submitted_by": user(), "submitted_name": "Ada Officer"}
    handed_in["first_submitted_at"] = AT
    signed = {"status": "signed_off", "signed_off_at": AT, "signed_off_by": user("Liam Lead")}
    is_open = month.month == MONTHS[-1]
    stages = [{"status": "draft"}, handed_in, handed_in | signed] if is_open else [handed_in | signed] * 3
    for third, (rating, stage) in enumerate(zip(("red", "amber", "green"), stages, strict=True)):
        rows = month.updates.filter(pk__in=pks[third::3])
        rows.update(**told | saved | stage | {"rating": rating})
