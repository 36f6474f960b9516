"""What each write tells in the audit trail, beside who made it and when, and who gets an e-mail of it."""

import re

import pytest

from accounts.models import Event, Message
from tests.office import Office
from tests.writes import WRITES

pytestmark = pytest.mark.django_db

# A digest differs with every key of a row, so that it is only told that there is one.
DIGEST = re.compile("[0-9a-f]{64}")
KEYS = {"pk", "month_id"}
OPEN = {"is_restricted": False, "excludes_observers": False, "item_id": None}
TOLD = {
    "access.restrict": (
        "action.restricted",
        "boards.boardaction",
        {
            "restricted_because_before": "",
            "excludes_observers_before": False,
            "restricted_because": "Names a post.",
            "excludes_observers": False,
            "item": None,
            "access": [
                {
                    "is_restricted": True,
                    "excludes_observers": False,
                    "item_id": None,
                    "kind": "boards.boardaction",
                    "before": {**OPEN, "kind": "boards.boardaction"},
                }
            ],
        },
    ),
    "actions.raise_action": (
        "action.raised",
        "boards.boardaction",
        {"owner": "The chair", "access": [{**OPEN, "kind": "boards.boardaction"}]},
    ),
    "actions.note_progress": ("action.noted", "boards.boardaction", {"due_before": "2011-04-25", "due": "2011-04-25"}),
    "actions.close": ("action.closed", "boards.boardaction", {}),
    "meetings.plan_meeting": ("meeting.planned", "boards.meeting", {"held_on": "2011-05-09", "access": []}),
    "meetings.change_details": ("meeting.changed", "boards.meeting", {"was_on": "2011-05-09"}),
    "meetings.receive_month": ("meeting.received_month", "boards.meeting", {"month": "2011-05"}),
    "meetings.add_item": (
        "meeting.item_added",
        "boards.meeting",
        {
            "item": "Audits",
            "access": [{"is_restricted": False, "excludes_observers": False, "kind": "boards.agendaitem"}],
        },
    ),
    "meetings.change_item": (
        "meeting.item_changed",
        "boards.meeting",
        {"item": "Audits", "before": "Item of 11 April"},
    ),
    "meetings.move_item": ("meeting.item_moved", "boards.meeting", {"item": "Audits", "to": 1}),
    "meetings.remove_item": ("meeting.item_removed", "boards.meeting", {"item": "Item of 9 May"}),
    "meetings.publish_agenda": ("meeting.agenda_published", "boards.meeting", {"items": 1}),
    "meetings.record_attendance": ("meeting.attendance_recorded", "boards.meeting", {"seats": 1}),
    "meetings.write_minute": ("meeting.minuted", "boards.meeting", {"item": "Item of 11 April"}),
    "meetings.record_decision": (
        "meeting.decided",
        "boards.decision",
        {"access": [{"item_id": None, "kind": "boards.decision"}]},
    ),
    "meetings.remove_decision": ("meeting.decision_removed", "boards.meeting", {"wording": "Agreed."}),
    "meetings.agree_minutes": ("meeting.minutes_agreed", "boards.meeting", {"agreed_in": "2011-04-25"}),
    "papers.add": (
        "paper.added",
        "boards.paper",
        {"restricted_because": "", "public_title": "", "embargoed_until": None, "excludes_observers": False},
    ),
    "papers.change": (
        "paper.changed",
        "boards.paper",
        {
            "restricted_because_before": "",
            "public_title_before": "",
            "embargoed_until_before": None,
            "excludes_observers_before": False,
            "restricted_because": "Names a post.",
            "public_title": "",
            "embargoed_until": None,
            "excludes_observers": False,
            "access": [
                {
                    "is_restricted": True,
                    "excludes_observers": False,
                    "embargoed_until": None,
                    "item_id": None,
                    "kind": "boards.paper",
                    "before": {
                        "is_restricted": False,
                        "excludes_observers": False,
                        "embargoed_until": None,
                        "item_id": None,
                        "kind": "boards.paper",
                    },
                }
            ],
        },
    ),
    "papers.table": (
        "paper.tabled",
        "boards.paper",
        {
            "restricted_because": "",
            "public_title": "",
            "embargoed_until": None,
            "excludes_observers": False,
            "access": [
                {
                    "is_restricted": False,
                    "excludes_observers": False,
                    "embargoed_until": None,
                    "item_id": None,
                    "kind": "boards.paper",
                }
            ],
        },
    ),
    "papers.remove": ("paper.removed", "boards.meeting", {"title": "Quality of practice"}),
    "circulation.record": ("circulation.recorded", "boards.circulation", {"body": "Scrutiny", "sent_on": "2011-05-01"}),
    "reports.start": ("report.started", "boards.report", {}),
    "reports.write_heading": ("report.headed", "boards.report", {}),
    "reports.write_section": ("report.written", "boards.report", {"section": "A"}),
    "reports.add_section": ("report.written", "boards.report", {"section": "D"}),
    "reports.remove_section": ("report.shortened", "boards.report", {"section": "Progress"}),
    "reports.issue": ("report.issued", "boards.report", {"digest": "SHA-256"}),
    "packs.keep": ("pack.kept", "boards.meeting", {"sha256": ["SHA-256", "SHA-256", "SHA-256"]}),
    "packs.remove": ("pack.removed", "boards.meeting", {"packs": 1, "reason": "names a child"}),
    "packs.write_cover": ("pack.cover_written", "boards.coversheet", {}),
    "challenges.ask": (
        "challenge.asked",
        "boards.challenge",
        {"about": "R01", "access": [{**OPEN, "kind": "boards.challenge"}]},
    ),
    "challenges.assign": (
        "challenge.assigned",
        "boards.challenge",
        {"before": "Head of Safeguarding", "after": "Director of Children"},
    ),
    "challenges.answer": ("challenge.answered", "boards.challenge", {"answered_for": "", "before": ""}),
    "challenges.conclude": ("challenge.concluded", "boards.challenge", {"outcome": "none"}),
    "advice.record": ("advice.recorded", "boards.advice", {"access": [{**OPEN, "kind": "boards.advice"}]}),
    "advice.respond": ("advice.responded", "boards.advice", {"before": ""}),
    "redactions.redact": ("challenge.redacted", "boards.challenge", {"field": "question", "reason": "names a child"}),
    "advice.conclude": ("advice.concluded", "boards.advice", {}),
    "damage.found": (
        "file.found_damaged",
        "boards.paper",
        {"file": "Quality of practice.txt", "stored": "SHA-256", "found": "SHA-256"},
    ),
    "second_factor.remove": ("user.second_factor_removed", "accounts.user", {}),
    "invitations.invite": ("user.invited", "accounts.user", {"expires_on": "2011-05-15T09:00:00+01:00"}),
    "invitations.withdraw": ("user.invitation_withdrawn", "accounts.user", {}),
    "choices.choose": (
        "user.mail_chosen",
        "accounts.user",
        {
            "chosen": {
                "month-opened": "daily",
                "dates-changed": "daily",
                "reminder": "daily",
                "returned": "daily",
                "sign-off": "daily",
                "question": "daily",
                "answer": "daily",
                "published": "daily",
            }
        },
    ),
    "chasing.chase": (
        "month.chased",
        "plans.reportingmonth",
        {"note": "By Friday, please.", "people": ["Ada Officer", "Dev Deputy"]},
    ),
    "interim.start": ("report.started", "notices.interimreport", {"reported_on": "2011-04-30"}),
    "interim.write_cover": ("report.cover_written", "notices.interimreport", {"parts": ["purpose"]}),
    "interim.write_entry": ("report.entry_written", "notices.interimentry", {}),
    "interim.table": ("report.tabled", "notices.interimreport", {"tabled_on": ""}),
    "interim.take_back": ("report.taken_back", "notices.interimreport", {}),
    "interim.discard": ("report.discarded", "notices.interimreport", {}),
    "interim.agree": ("report.agreed", "notices.interimreport", {"agreed_on": ""}),
    "interim.issue": ("report.issued", "notices.interimreport", {"digest": "SHA-256"}),
    "interim.record_review": ("report.reviewed", "notices.interimreport", {"held_on": "", "said": "Well on the way."}),
    "posts.hand_over": (
        "post.handed_over",
        "accounts.post",
        {"holder": "New Holder", "deputy": None, "from_on": "2011-04-01"},
    ),
    "results.record": ("result.recorded", "notices.result", {"value": "80.5", "provisional": True}),
    "results.confirm": ("result.confirmed", "notices.result", {"value": "81.0"}),
    "results.judge": ("milestone.judged", "notices.milestone", {"is_met": True, "reason": "Seen."}),
    "evidence.add": ("evidence.added", "plans.monthlyupdate", {"title": "Rates"}),
    "evidence.remove": ("evidence.removed", "plans.monthlyupdate", {"title": "T"}),
    "reporting.open_month": ("month.opened", "plans.reportingmonth", {"scope": 2}),
    "reporting.change_dates": (
        "month.dates_changed",
        "plans.reportingmonth",
        {
            "before": {"due_on": "2011-05-20"},
            "after": {"due_on": "2011-05-23"},
            "reason": "A bank holiday.",
            "now_late": [],
            "no_longer_late": [],
        },
    ),
    "reporting.discard_month": (
        "month.discarded",
        "plans.plan",
        {
            "month": "May 2011",
            "opened_at": "2011-05-01T09:00:00+01:00",
            "opened_by": "Olga Office",
            "scope": 2,
            "drafts": [],
            "evidence": 0,
            "commentary": False,
            "area_updates": [],
            "date_changes": 0,
            "reason": "The wrong month.",
        },
    ),
    "reporting.refresh_scope": ("month.scope_refreshed", "plans.reportingmonth", {"added": 1, "removed": 0}),
    "reporting.write_commentary": ("month.commented", "plans.reportingmonth", {}),
    "reporting.write_area_update": ("area.updated", "plans.areaupdate", {}),
    "reporting.publish_month": ("month.published", "plans.reportingmonth", {"received": 0, "digest": "SHA-256"}),
    "reporting.save_draft": ("update.saved", "plans.monthlyupdate", {}),
    "reporting.repeat_last": ("update.saved", "plans.monthlyupdate", {}),
    "reporting.carry_draft": ("update.draft_carried", "plans.monthlyupdate", {"drafted_for": "May 2011"}),
    "reporting.hand_in_late": (
        "update.corrected",
        "plans.monthlyupdate",
        {
            "reason": "I was ill.",
            "rating_proposed": "amber",
            "fields": ["progress"],
            "before": {"progress": ""},
            "after": {"progress": "Half."},
        },
    ),
    "reporting.submit": ("update.submitted", "plans.monthlyupdate", {"rating": "amber", "entered_for": ""}),
    "reporting.take_back": ("update.taken_back", "plans.monthlyupdate", {}),
    "reporting.sign_off": ("update.signed_off", "plans.monthlyupdate", {"signed_off_for": "", "due_on": "2012-03-31"}),
    "reporting.return_for_changes": ("update.returned", "plans.monthlyupdate", {"comment": "Why?"}),
    "reporting.correct": (
        "update.corrected",
        "plans.monthlyupdate",
        {
            "reason": "A slip.",
            "fields": ["progress"],
            "before": {"progress": "Two teams were trained."},
            "after": {"progress": "Three."},
        },
    ),
    "reporting.agree_rating": (
        "update.rating_agreed",
        "plans.monthlyupdate",
        {"rating": "green", "proposed_by": "Olga Office"},
    ),
    "reporting.decline_rating": (
        "update.rating_declined",
        "plans.monthlyupdate",
        {"rating": "green", "reason": "Not so."},
    ),
    "reporting.withdraw_rating": ("update.rating_withdrawn", "plans.monthlyupdate", {"rating": "green"}),
    "reporting.redact": ("update.redacted", "plans.monthlyupdate", {"field": "progress", "reason": "names a child"}),
    "reporting.redact_month": (
        "month.redacted",
        "plans.reportingmonth",
        {"field": "commentary", "reason": "names a child"},
    ),
    "refresh.start": ("refresh.started", "plans.refresh", {}),
    "refresh.change": ("refresh.changed", "plans.refresh", {"fate": "Closes", "recommendation": "R01"}),
    "refresh.add": ("refresh.changed", "plans.refresh", {"fate": "Added", "recommendation": "R09"}),
    "refresh.change_area": ("refresh.changed", "plans.refresh", {"fate": "Ends", "area": "A"}),
    "refresh.take_back": ("refresh.change_taken_back", "plans.refresh", {"recommendation": "R02"}),
    "refresh.discard": (
        "plan.refresh_discarded",
        "plans.plan",
        {"title": "Refresh of May", "recommendations": 1, "areas": 0},
    ),
    "refresh.draft": ("refresh.drafted", "plans.refresh", {"new": 1, "rows": 2}),
    "revisions.change_due_date": (
        "recommendation.due_date_changed",
        "plans.recommendation",
        {"before": "2011-12-31", "after": "2012-03-31"},
    ),
    "revisions.reopen": (
        "recommendation.reopened",
        "plans.recommendation",
        {
            "closed_on": "2011-05-01",
            "closure": "completed",
            "closed_because": "Done.",
            "successors": [],
            "reason": "It is not done.",
        },
    ),
    "revisions.close": (
        "recommendation.closed",
        "plans.recommendation",
        {"closure": "completed", "reason": "Done.", "successors": []},
    ),
    "actions.finish": ("recommendation.action_done", "plans.action", {}),
    "actions.reopen": ("recommendation.action_reopened", "plans.action", {}),
    "calendar_feeds.stop": ("user.calendar_stopped", "accounts.user", {}),
    "watching.save": ("user.filter_saved", "accounts.user", {"plan": "thornbury"}),
    "watching.rename": ("user.filter_renamed", "accounts.user", {"plan": "thornbury"}),
    "watching.follow": ("user.filter_followed", "accounts.user", {"plan": "thornbury"}),
    "watching.remove": ("user.filter_removed", "accounts.user", {"plan": "thornbury"}),
    "meetings.add_declaration": (
        "meeting.interest_declared",
        "boards.declaration",
        {"access": [{"item_id": None, "kind": "boards.declaration"}]},
    ),
    "meetings.add_guest": (
        "meeting.guest_recorded",
        "boards.guest",
        {"access": [{"item_id": None, "kind": "boards.guest"}]},
    ),
    "meetings.remove_declaration": (
        "meeting.declaration_removed",
        "boards.meeting",
        {"name": "Mo Member", "interest": "Trustee of a provider."},
    ),
    "meetings.remove_guest": ("meeting.guest_removed", "boards.meeting", {"guest": "Gita Guest"}),
    "meetings.send_minutes": ("meeting.minutes_sent", "boards.meeting", {}),
    "packs.choose": (
        "pack.sections_chosen",
        "boards.packchoice",
        {"shown": {"board": ["names"], "observers": [], "public": []}},
    ),
    "packs.order": ("pack.ordered", "boards.meeting", {}),
    "public.switch": ("board.public_page_switched_on", "boards.board", {}),
    "refresh.add_alone": ("recommendation.added", "plans.recommendation", {"reason": "The Board asked."}),
    "refresh.give_to": (
        "recommendation.given_to_another_lead",
        "plans.recommendation",
        {"reason": "She runs it.", "before": "Head of Safeguarding", "after": "Head of Service 4"},
    ),
    "reporting.submit_unchanged": ("update.submitted", "plans.monthlyupdate", {"rating": "amber", "entered_for": ""}),
    "letterhead.redact": ("letterhead.redacted", "boards.letterhead", {"field": "shows", "reason": "names a child"}),
    "reports.stop_using": ("letterhead.removed", "boards.letterhead", {"sha256": "SHA-256"}),
    "reports.upload": ("letterhead.uploaded", "boards.letterhead", {"sha256": "SHA-256"}),
    "succession.carry_over": (
        "board.carried_over",
        "boards.board",
        {"seats": 3, "taken_over_from": "Thornbury Improvement Board"},
    ),
}

BOARD = ["Cass Chair", "Mo Member", "Obi Observer"]
OFFICERS, LEADS = ["Ada Officer", "Dev Deputy"], ["Dina Deputy", "Liam Lead"]
# Who gets an e-mail of it; of every other write nobody does.
EMAILED = {
    "challenges.answer": {"answer": ["Mo Member"]},
    "challenges.ask": {"question": OFFICERS},
    "challenges.assign": {"question": LEADS},
    "chasing.chase": {"note": OFFICERS},
    "invitations.invite": {"invitation": ["Nia Newcomer"]},
    "meetings.agree_minutes": {"published": BOARD},
    "meetings.publish_agenda": {"published": BOARD},
    "meetings.send_minutes": {"published": ["Cass Chair"]},
    "packs.keep": {"published": BOARD},
    "reporting.change_dates": {"dates-changed": [*OFFICERS, *LEADS]},
    "reporting.open_month": {"month-opened": OFFICERS},
    "reporting.publish_month": {"published": sorted([*OFFICERS, *LEADS, *BOARD])},
    "reporting.return_for_changes": {"returned": OFFICERS},
}


def plain(value):
    """Return the `value` of an event's detail without keys of rows, and with a word in the place of each digest."""
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items() if key not in KEYS}
    if isinstance(value, list):
        return [plain(part) for part in value]
    return "SHA-256" if isinstance(value, str) and DIGEST.fullmatch(value) else value


def test_what_every_write_tells_stands_here():
    assert set(TOLD) == set(WRITES)


@pytest.mark.parametrize("name", TOLD)
def test_a_write_tells_what_it_did_and_whom(name):
    write = WRITES[name](Office())
    before = [set(model.objects.values_list("pk", flat=True)) for model in (Event, Message)]
    write()
    events, messages = (model.objects.exclude(pk__in=pks) for model, pks in zip((Event, Message), before, strict=True))
    event, emailed = events.get(), {}
    assert (event.what, event.on_type, plain(event.detail)) == TOLD[name]
    for kind, person in messages.order_by("user__name").values_list("kind", "user__name"):
        emailed.setdefault(kind, []).append(person)
    assert emailed == EMAILED.get(name, {})
