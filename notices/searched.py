"""What a search finds of a Notice: its targets and their results."""

from django.urls import reverse

from improvement.searching import asking
from improvement.searching.asking import Kind, Shown
from improvement.searching.kinds import Indexed
from notices import permissions
from notices.models import Result, Target


def install(config):
    """Have a search find them; called once, when the apps are ready."""
    asking.register(config, (TARGETS, RESULTS))


def _targets(who):
    rows = permissions.visible_targets(who.user, on=who.on)
    return rows.select_related("notice").order_by("notice__title", "position")


def _target(target):
    texts = (target.wording, target.narrative_wording, target.held_wording, target.note)
    return Shown(_address(target), f"Target {target.reference}", target.notice.title, texts)


def _results(who):
    rows = permissions.visible_results(who.user, on=who.on)
    return rows.select_related("indicator__target__notice").order_by("-period_end", "-source_on", "pk")


def _result(result):
    indicator = result.indicator
    title = f"{_named(indicator)}: {result.words}"
    texts = (result.as_printed, result.discrepancy, result.note, indicator.subgroup, result.source)
    return Shown(_address(indicator.target), title, f"{result.get_subject_display()}, {result.period}", texts)


def _named(indicator):
    """Return what is measured, after its reference unless the name begins with that: not "Referrals Referrals …"."""
    begins = indicator.name.casefold().startswith(indicator.reference.casefold())
    return indicator.name if begins else f"{indicator.reference} {indicator.name}"


def _address(target):
    return reverse("notices:target_detail", args=[target.notice.slug, target.reference])


_OF_TARGETS = ("reference", "wording", "narrative_wording", "held_wording", "note")
TARGETS = Kind(
    "target",
    "Targets",
    Indexed(4, Target._meta.db_table, _OF_TARGETS, tuple(f"r.{name}" for name in _OF_TARGETS)),
    _targets,
    _target,
)
_OF_INDICATORS = ("reference", "name", "subgroup")
_OF_RESULTS = ("as_printed", "discrepancy", "note", "source")
RESULTS = Kind(
    "result",
    "Results",
    Indexed(
        5,
        Result._meta.db_table,
        (*_OF_RESULTS, "indicator_id"),
        (*(f"i.{name}" for name in _OF_INDICATORS), *(f"r.{name}" for name in _OF_RESULTS)),
        joins="JOIN notices_indicator i ON i.id = r.indicator_id",
        watched={"notices_indicator": ("i.id = {row}.id", _OF_INDICATORS)},
    ),
    _results,
    _result,
)
