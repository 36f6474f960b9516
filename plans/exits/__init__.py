"""What the chair needs to recommend that a Notice be lifted."""

from plans.exits.case import NO_MILESTONE, Ending, Exit, Factor, Owned, build

__all__ = ["NO_MILESTONE", "Ending", "Exit", "Factor", "Owned", "build"]
