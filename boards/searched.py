"""What a search of a plan's list reads of the Board's record: what stands on a recommendation's page for everybody."""

from boards.models import BoardAction, Challenge, Decision
from plans.months import searching


def install():
    """Have the search of the list read it; called once, when the apps are ready."""
    searching.register("decisions", ("wording", "source"), Decision.objects.public)
    searching.register("board_actions", ("wording", "owner", "source"), BoardAction.objects.public)
    told = ("question", "asked_name", "source", "answer", "answered_name", "answered_for", "outcome_text")
    searching.register("challenges", told, Challenge.objects.public)
