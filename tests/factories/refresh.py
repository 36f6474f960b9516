"""Draft revisions of a plan, and one that was applied."""

from datetime import date

from plans import refresh
from tests.factories.moments import AT
from tests.factories.people import user


def _office():
    return {"by": user("Olga Office"), "at": AT}


def drafted(plan, title="Refresh of May", **said):
    """Start a draft that rewords R02, or changes it as `said`."""
    draft = refresh.start(plan=plan, title=title, **_office())
    row = plan.recommendations.get(reference="R02")
    given = {"fate": "change", "success": f"Seen by everyone since the {title.lower()}."} | said
    refresh.change(refresh=draft, recommendation=row, version=0, **given, **_office())
    return draft


def drafted_recommendation(draft, reference, **said):
    """Add a recommendation to a draft, in the outcome and with the lead of the first one."""
    first = draft.plan.recommendations.first()
    given = {
        "title": "Listen to children",
        "wording": "Ask every child what has changed.",
        "success": "",
        "outcome": first.outcome,
        "lead_post": first.lead_post,
        "lead_wording": "",
        "due_on": date(2012, 6, 30),
        "timescale": "",
        "areas": (),
        "targets": (),
        "findings": (),
    }
    return refresh.add(refresh=draft, version=0, reference=reference, **given | said, **_office())


def drafted_area(draft, letter, fate="add", title="Attainment", version=0):
    """Say in a draft what becomes of an area of focus, led by the post of the first recommendation."""
    said = {"title": title, "leading_post": draft.plan.recommendations.first().lead_post} if fate != "end" else {}
    return refresh.change_area(refresh=draft, letter=letter, version=version, fate=fate, **said, **_office())


def refreshed(plan, **said):
    """Apply the draft of a plan as agreed on the day of AT; return the Revision."""
    draft = plan.refreshes.get(applied_at=None)
    given = {"version": draft.version, "title": draft.title, "agreed_on": AT.date()}
    return refresh.apply(refresh=draft, **given | said, **_office())
