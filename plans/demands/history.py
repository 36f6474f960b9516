"""What was done to a target, and how it and findings were worded before."""

from accounts.audit import events, trail
from accounts.audit.trail import Rewording, Trail
from notices.models import Finding, Target


def of_things(things, *, is_whole: bool) -> Trail:
    """Return the latest lines of what was done to `things`, or all of them; read are no more events than are told."""
    every = events.on(things)
    if is_whole:
        return trail.latest(every, is_whole=True)
    done = list(every[: trail.MOST])
    return trail.latest(done, is_cut=len(done) == trail.MOST)


def reworded_target(target: Target) -> list[Rewording]:
    """Return how the target was worded before; asks nothing where it never changed."""
    return trail.reworded(events.on([target]).filter(what="target.changed"), "wording") if target.is_changed else []


def reworded_findings(findings: list[Finding]) -> list[Rewording]:
    """Return how the findings were worded before, each with the finding's name."""
    names = {(finding._meta.label_lower, finding.pk): f"Finding {finding.reference}" for finding in findings}
    return trail.reworded(events.on(findings).filter(what="finding.changed"), "wording", of=names)
