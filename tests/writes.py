"""Every write of the product by its name: `verb.of_module` to what makes it ready to be made, and made again.

A verb is a function that is told who writes (`by=`) and when (`at=`). One without a row fails the build, here and in
`tests/test_told.py`, where stands what it tells in the audit trail.
"""

import importlib
import inspect
import pkgutil
from datetime import date
from decimal import Decimal

from accounts import posts
from accounts.audit import damage
from accounts.outbox import choices
from accounts.people import calendar_feeds, invitations
from accounts.signing_in import second_factor
from notices import interim
from notices.targets import results
from plans import refresh, reporting, revisions, watching
from plans.models import Action
from plans.office import chasing
from plans.recommendations import actions
from plans.reporting import evidence
from tests import factories
from tests.board_writes import BOARD_WRITES
from tests.factories import a_file, user
from tests.office import again

# What another write does as a part of it, the trail itself, and what writes many things, with an event for each.
PARTS = {"revising.draft", "revisions.slip", "revisions.withdraw", "events.record", "events.record_changes"}
# What is no record, and goes once it becomes one: a file beside a form that is still to be mended, or to be mapped.
PASSING = {"evidence.hold", "files.keep", "files.check"}
SEVERAL = {
    "evidence.add_all",
    *("uploads.check", "uploads.load", "writer.write", "notice_file.write", "plan_file.write"),
    *("results_file.write", "results.record_all", "invitations.invite_all", "refresh.apply", "refresh.succeed"),
    "invitations.resend_all",
}
# What the same again makes anew: a new link or address replaces the last.
ANEW = {"invitations.resend", "calendar_feeds.make"}
NO_VERBS = {"migrations", "admin", "apps", "forms", "views"}
MAY = {"plan": None, "month": date(2011, 5, 1), "due_on": date(2011, 5, 20)}
APRIL = date(2011, 4, 30)


def verbs():
    """Yield the name of every verb: its module, or the package that offers it, and the function."""
    return [name for name, _ in _found()]


def functions():
    """Return (name, function) of every verb that somebody makes by itself and of one thing."""
    return [(name, function) for name, function in _found() if name not in PARTS | PASSING | SEVERAL | ANEW]


def _found():
    for app in ("accounts", "notices", "plans", "boards"):
        for found in pkgutil.walk_packages(importlib.import_module(app).__path__, f"{app}."):
            if not NO_VERBS & set(found.name.split(".")):
                module = importlib.import_module(found.name)
                for name, function in inspect.getmembers(module, inspect.isfunction):
                    if function.__module__ == found.name and not name.startswith("_") and _is_verb(function):
                        yield f"{_offered_by(found.name, name, function)}.{name}", function


def _offered_by(module, name, function):
    """Return the last name of the package that offers the function to others, or of its own module."""
    package, _, own = module.rpartition(".")
    is_offered = "." in package and getattr(importlib.import_module(package), name, None) is function
    return package.rpartition(".")[2] if is_offered else own


def _is_verb(function):
    told = inspect.signature(function).parameters.values()
    return {"by", "at"} <= {given.name for given in told if given.kind is given.KEYWORD_ONLY}


def _of_update(write, row, who, **what):
    return again(write, update=row, version=row.version, **what, **who)


def _sign_off(here):
    dates = {"proposed_due_on": date(2012, 3, 31), "proposed_due_reason": "It starts late."}
    return _of_update(reporting.sign_off, factories.submitted(here.update, **dates), here.lead)


def _proposed(here):
    row = here.published
    reporting.correct(update=row, rating="green", reason="A slip.", **here.by)
    return row.proposed_ratings.get()


def _evidence(here):
    return evidence.add(update=here.update, kind="qualitative", title="T", url="https://a.example", **here.officer)


def _result(here):
    period = {"period_start": date(2011, 3, 1), "period_end": date(2011, 3, 31), "basis": "month"}
    return {"indicator": here.indicator, "value": Decimal("80.5"), "source": "Return", **period}


def _scope(here):
    month = here.month
    factories.recommendation(here.plan, 3)
    return again(reporting.refresh_scope, month=month, **here.by)


def _reopen(here):
    row = here.plan.recommendations.first()
    row = revisions.close(recommendation=row, closure="completed", reason="Done.", **here.by)
    return again(revisions.reopen, recommendation=row, reason="It is not done.", **here.by)


def _action(here):
    recommendation = here.month.updates.first().recommendation
    return Action.objects.create(recommendation=recommendation, title="Train.", due_on=date(2011, 5, 31))


def _done(here):
    return actions.finish(action=_action(here), **here.officer)


def _begun(here):
    return interim.start(notice=factories.notice(), reported_on=APRIL, title="A report", **here.by)


def _of_report(write, row, here, **what):
    return again(write, report=row, version=row.version, **what, **here.by)


def _agreed(here):
    row = factories.tabled_report(factories.notice())
    return interim.agree(report=row, version=row.version, agreed_on=factories.AT.date(), **here.by)


def _entry(here):
    row = _begun(here)
    target = row.notice.targets.get()
    return again(interim.write_entry, report=row, target=target, version=0, narrative="Done.", **here.by)


def _second_factor(here):
    person = user("Sid Second")
    factories.second_factor(person)
    return again(second_factor.remove, user=person, **here.by)


def _damaged(here):
    row = factories.paper(here.held)
    return again(damage.found, row=row, sha256="0" * 64, **here.by)


def _facts(here):
    first = here.plan.recommendations.first()
    words = {"title": "Listen", "wording": "Ask every child.", "timescale": "Ongoing", "due_on": None}
    return words | {"outcome": first.outcome, "lead_post": first.lead_post}


def _with_a_calendar(here):
    calendar_feeds.make(**here.by)
    return again(calendar_feeds.stop, **here.by)


def _filter(here):
    return {"plan": here.plan, "month": here.month, "name": "Mine", "asked": {"rating": ["red"]}}


def _of_filter(write, here, **what):
    row = watching.save(**_filter(here), **here.officer)
    return again(write, saved=row, **what, **here.officer)


WRITES = BOARD_WRITES | {
    "actions.finish": lambda here: again(actions.finish, action=_action(here), **here.officer),
    "actions.reopen": lambda here: again(actions.reopen, action=_done(here), **here.officer),
    "damage.found": _damaged,
    "second_factor.remove": _second_factor,
    "invitations.invite": lambda here: again(
        invitations.invite, name="Nia Newcomer", email="nia.newcomer@thornbury.example", **here.by
    ),
    "invitations.withdraw": lambda here: again(invitations.withdraw, person=factories.invited().person, **here.by),
    "calendar_feeds.stop": _with_a_calendar,
    "choices.choose": lambda here: again(
        choices.choose, **{kind.name.lower(): "daily" for kind in choices.CHOSEN}, **here.by
    ),
    "chasing.chase": lambda here: again(
        chasing.chase, month=here.month, posts=chasing.posts_owing(here.month), note="By Friday, please.", **here.by
    ),
    "interim.start": lambda here: again(
        interim.start, notice=factories.notice(), reported_on=APRIL, title="A report", **here.by
    ),
    "interim.write_cover": lambda here: _of_report(interim.write_cover, _begun(here), here, purpose="To report."),
    "interim.write_entry": _entry,
    "interim.table": lambda here: again(interim.table, report=factories.report(factories.notice()), **here.by),
    "interim.take_back": lambda here: _of_report(interim.take_back, factories.tabled_report(factories.notice()), here),
    "interim.discard": lambda here: _of_report(interim.discard, _begun(here), here),
    "interim.agree": lambda here: _of_report(interim.agree, factories.tabled_report(factories.notice()), here),
    "interim.issue": lambda here: _of_report(interim.issue, _agreed(here), here),
    "interim.record_review": lambda here: again(
        interim.record_review, report=factories.issued_report(factories.notice()), said="Well on the way.", **here.by
    ),
    "posts.hand_over": lambda here: again(
        posts.hand_over,
        post=here.plan.recommendations.first().lead_post,
        holder=user("New Holder"),
        deputy=None,
        on=date(2011, 4, 1),
        **here.by,
    ),
    "results.record": lambda here: again(results.record, **_result(here), **here.by),
    "results.confirm": lambda here: again(
        results.confirm, result=results.record(**_result(here), **here.by), value=Decimal("81.0"), **here.by
    ),
    "results.judge": lambda here: again(
        results.judge,
        milestone=factories.milestone(here.indicator, 2, kind="judged", threshold=None),
        is_met=True,
        reason="Seen.",
        **here.by,
    ),
    "evidence.add": lambda here: again(
        evidence.add, update=here.update, kind="quantitative", title="Rates", file=a_file(), **here.officer
    ),
    "evidence.remove": lambda here: again(evidence.remove, evidence=_evidence(here), **here.officer),
    "reporting.open_month": lambda here: again(reporting.open_month, **MAY | {"plan": here.plan}, **here.by),
    "reporting.change_dates": lambda here: again(
        reporting.change_dates, month=here.month, due_on=date(2011, 5, 23), reason="A bank holiday.", **here.by
    ),
    "reporting.discard_month": lambda here: again(
        reporting.discard_month, month=here.month, reason="The wrong month.", **here.by
    ),
    "reporting.refresh_scope": _scope,
    "reporting.write_commentary": lambda here: again(
        reporting.write_commentary, month=here.month, version=0, text="Well.", **here.by
    ),
    "reporting.write_area_update": lambda here: again(
        reporting.write_area_update, area_update=here.month.area_updates.get(), version=0, text="Well.", **here.officer
    ),
    "reporting.publish_month": lambda here: again(reporting.publish_month, month=here.month, **here.by),
    "reporting.save_draft": lambda here: _of_update(reporting.save_draft, here.update, here.officer, progress="Half."),
    "reporting.repeat_last": lambda here: _of_update(
        reporting.repeat_last, here.before, here.officer, reason="Staff were away."
    ),
    "reporting.submit_unchanged": lambda here: _of_update(
        reporting.submit_unchanged, here.before, here.officer, reason="Staff were away."
    ),
    "reporting.carry_draft": lambda here: _of_update(
        reporting.carry_draft, factories.month(here.left_draft.month.plan, 6).updates.get(reference="R01"), here.officer
    ),
    "reporting.hand_in_late": lambda here: again(
        reporting.hand_in_late, update=here.left_draft, reason="I was ill.", **here.officer
    ),
    "reporting.submit": lambda here: _of_update(reporting.submit, here.update, here.officer, **factories.ANSWERS),
    "reporting.take_back": lambda here: _of_update(reporting.take_back, here.submitted, here.officer),
    "reporting.sign_off": _sign_off,
    "reporting.return_for_changes": lambda here: _of_update(
        reporting.return_for_changes, here.submitted, here.lead, comment="Why?"
    ),
    "reporting.correct": lambda here: again(
        reporting.correct, update=here.published, reason="A slip.", progress="Three.", **here.by
    ),
    "reporting.agree_rating": lambda here: again(reporting.agree_rating, proposal=_proposed(here), **here.lead),
    "reporting.decline_rating": lambda here: again(
        reporting.decline_rating, proposal=_proposed(here), reason="Not so.", **here.lead
    ),
    "reporting.withdraw_rating": lambda here: again(reporting.withdraw_rating, proposal=_proposed(here), **here.by),
    "reporting.redact": lambda here: again(
        reporting.redact, update=here.published, field="progress", reason="names a child", **here.by
    ),
    "reporting.redact_month": lambda here: again(
        reporting.redact_month,
        month=reporting.write_commentary(month=here.month, version=0, text="Jo was seen.", **here.by),
        field="commentary",
        reason="names a child",
        **here.by,
    ),
    "refresh.start": lambda here: again(refresh.start, plan=here.plan, title="Refresh", **here.by),
    "refresh.change": lambda here: again(
        refresh.change,
        refresh=factories.drafted(here.plan),
        recommendation=here.plan.recommendations.first(),
        version=0,
        fate="close",
        closure="completed",
        reason="Done.",
        **here.by,
    ),
    "refresh.add": lambda here: again(
        refresh.add, refresh=factories.drafted(here.plan), version=0, reference="R09", **_facts(here), **here.by
    ),
    "refresh.add_alone": lambda here: again(
        refresh.add_alone, plan=here.plan, reference="R09", reason="The Board asked.", **_facts(here), **here.by
    ),
    "refresh.give_to": lambda here: again(
        refresh.give_to,
        recommendation=here.plan.recommendations.first(),
        lead_post=factories.PostFactory(),
        lead_wording="",
        reason="She runs it.",
        **here.by,
    ),
    "refresh.change_area": lambda here: again(
        refresh.change_area, refresh=factories.drafted(here.plan), letter="A", version=0, fate="end", **here.by
    ),
    "refresh.take_back": lambda here: again(
        refresh.take_back, change=factories.drafted(here.plan).changes.get(), **here.by
    ),
    "refresh.discard": lambda here: again(refresh.discard, refresh=factories.drafted(here.plan), version=1, **here.by),
    "refresh.draft": lambda here: again(
        refresh.draft,
        plan=here.plan,
        title="Refresh",
        rows=[{"reference": "R01", "title": "Another title"}, {"reference": "R09", **_facts(here)}],
        **here.by,
    ),
    "revisions.change_due_date": lambda here: again(
        revisions.change_due_date,
        recommendation=here.plan.recommendations.first(),
        due_on=date(2012, 3, 31),
        reason="It starts late.",
        **here.by,
    ),
    "revisions.reopen": _reopen,
    "watching.save": lambda here: again(watching.save, **_filter(here), **here.officer),
    "watching.rename": lambda here: _of_filter(watching.rename, here, name="Yours", version=0),
    "watching.follow": lambda here: _of_filter(watching.follow, here, is_followed=True),
    "watching.remove": lambda here: _of_filter(watching.remove, here),
    "revisions.close": lambda here: again(
        revisions.close,
        recommendation=here.plan.recommendations.first(),
        closure="completed",
        reason="Done.",
        **here.by,
    ),
}
