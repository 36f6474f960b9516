"""The Board: who sits on it, what it reads, asks, decides and advises, and what goes out from it."""

from boards.models.board import Board, Body, Seat, TermsOfReference
from boards.models.challenge import Advice, Challenge
from boards.models.meetings import AgendaItem, Attendance, BoardAction, BoardActionNote, Decision, Meeting
from boards.models.minutes import Declaration, Guest
from boards.models.papers import CoverSheet, Pack, PackChoice, PackFile, PackOrder, Paper
from boards.models.reports import Circulation, Letterhead, Report, ReportSection
