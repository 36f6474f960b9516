"""The refresh of a plan: a draft revision of it, its preview, its application and its change log."""

from plans.refresh.applying import apply
from plans.refresh.drafting import CARRY_ON, add, change, change_area, discard, start, take_back
from plans.refresh.rows import draft

__all__ = ["CARRY_ON", "add", "apply", "change", "change_area", "discard", "draft", "start", "take_back"]
