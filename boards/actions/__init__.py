"""The action log: what somebody is to do for the Board, carried from meeting to meeting until it is closed."""

from boards.actions.writing import close, note_progress, raise_action
