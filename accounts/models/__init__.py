"""People, their posts and their e-mails, and the audit trail."""

from accounts.models.audit import LONGEST_REASON, REMOVED, Event, Removal
from accounts.models.feeds import CalendarFeed
from accounts.models.outbox import How, Kind, Letter, MailChoice, Message
from accounts.models.people import Capacity, Invitation, Post, Tenure, User
