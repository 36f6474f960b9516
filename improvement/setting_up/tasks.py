"""What there is to do, in order, before a council can report its first month, and what has become incomplete since."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Model

from accounts.models import Post, User
from boards.models import Board
from improvement.govuk.drawing import address
from improvement.setting_up import gaps
from improvement.setting_up.statuses import Status, status
from notices.models import Inspection, Notice
from plans.models import Plan, ReportingMonth

_OF_THE_COUNCIL = ("ORGANISATION", "ACCESSIBILITY_EMAIL")


@dataclass(frozen=True)
class Task:
    """One thing to do: its name, how far it has come, where it is done, and what is incomplete."""

    name: str
    status: Status
    address: str
    hint: str = ""
    incomplete: tuple[gaps.Kind, ...] = ()


def is_under_way() -> bool:
    """Whether no month was published yet, so that setting up is what an administrator is here for."""
    return not ReportingMonth.objects.filter(published_at__isnull=False).exists()


def tasks(user, *, on) -> list[Task]:
    """Return every task in order, for the administrator `user` on the day `on`; a constant number of queries."""
    return [_council(), *(_of_things(kind, user, on) for kind in _THINGS), _first_month(user)]


@dataclass(frozen=True)
class _Things:
    """A task that is begun once there is one of a kind: where that is added, and what may be incomplete about it."""

    name: str
    model: type[Model]
    page: str  # that adds the first; afterwards their list
    hint: str
    lacking: Callable[[date], Iterable[gaps.Kind]]
    is_there: int = 0  # so many are there from the start


_THINGS = (
    _Things(
        "People",
        User,
        "invite_list",
        "Invite everyone who holds a post, runs the plan or sits on the Board.",
        gaps.of_people,
        is_there=1,
    ),
    _Things(
        "Posts and who holds them",
        Post,
        "add",
        "Add each post that leads or is accountable for part of the plan, and hand it over to its holder.",
        gaps.of_posts,
    ),
    _Things("Notice", Notice, "load", "Load the Notice and its targets from a workbook.", gaps.of_notices),
    _Things(
        "Inspections",
        Inspection,
        "add",
        "Add the inspections whose findings the plan answers.",
        gaps.of_inspections,
    ),
    _Things(
        "Plan",
        Plan,
        "load",
        "Load the plan from our workbook or your own spreadsheet.",
        gaps.of_plans,
    ),
    _Things("Board", Board, "add", "Add the Board that reads the plan, and its seats.", gaps.of_boards),
)


def _of_things(kind: _Things, user, on) -> Task:
    there = kind.model.objects.count() - kind.is_there
    found = tuple(each for each in kind.lacking(on) if each.count) if there else ()
    now, name = status(there, len(found)), kind.model._meta.label_lower.replace(".", "_")
    may_add = user.has_perm(f"{kind.model._meta.app_label}.add_{kind.model._meta.model_name}")
    at_once = next((each.page for each in found if each.page), "")
    page = (at_once or address(f"admin:{name}_{'changelist' if there else kind.page}")) if may_add else ""
    return Task(kind.name, now, page, "" if there else kind.hint, found)


def _council() -> Task:
    """What the accessibility statement needs of the council: set on the server, before anyone signs in."""
    said = {name: getattr(settings, name) for name in _OF_THE_COUNCIL}
    missing = [name for name, value in said.items() if not value]
    names, stated = " and ".join(missing or said), " and ".join(filter(None, said.values()))
    hint = f"The accessibility statement names {stated}. " if stated else ""
    if missing:
        hint += f"Ask the people who run the server to set {names}, which the accessibility statement needs."
    else:
        hint += f"To change that, ask the people who run the server: its settings {names} say so."
    return Task("Council", status(len(said) - len(missing), len(missing)), address("accessibility_statement"), hint)


def _first_month(user) -> Task:
    """Months are opened and published by the programme office, which an administrator may be in or not."""
    opened = ReportingMonth.objects.exists()
    is_published = opened and not is_under_way()
    now = status(int(opened), int(not is_published))
    mine = Plan.objects.filter(programme_office=user).order_by("title").values_list("slug", flat=True).first()
    if mine:
        return Task("First month", now, address("plans:plan_detail" if opened else "plans:month_open", mine))
    hint = "The plan’s programme office opens and publishes it. The plan’s page says who is in it."
    page = address("admin:plans_plan_changelist") if user.has_perm("plans.view_plan") else ""
    return Task("First month", now, page, "" if is_published else hint)
