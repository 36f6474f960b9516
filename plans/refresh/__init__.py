"""The refresh of a plan: a draft revision, its preview, application and change log; and a plan that takes over."""

from plans.refresh.applying import apply
from plans.refresh.drafting import CARRY_ON, add, change, change_area, discard, start, take_back
from plans.refresh.rows import draft
from plans.refresh.succession import succeed

__all__ = ["CARRY_ON", "add", "apply", "change", "change_area", "discard", "draft", "start", "succeed", "take_back"]
