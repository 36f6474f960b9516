"""What the chair needs to recommend that a Notice be lifted."""

from plans.exits.case import Exit, build
