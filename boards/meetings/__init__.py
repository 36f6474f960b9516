"""Every write of a meeting: planned, announced, held, minuted, agreed. Each locks the meeting in one transaction."""

from boards.meetings.agenda import (
    add_item,
    change_item,
    kept_because,
    move_item,
    publish_agenda,
    publishing,
    remove_item,
)
from boards.meetings.guests import add_declaration, add_guest, remove_declaration, remove_guest
from boards.meetings.minutes import agree_minutes, agreeing, may_agree, send_minutes, write_minute
from boards.meetings.planning import change_details, plan_meeting, receive_month
from boards.meetings.record import record_attendance, record_decision, remove_decision
