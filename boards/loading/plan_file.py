"""A file of a whole plan against what stands of it, and its writing: from its posts to the seats at its Board."""

from operator import or_

from django.db.models import Q
from django.utils import timezone

from accounts import posts
from accounts.models import Post, Tenure, User
from boards.loading import revising
from boards.loading.inspections import INSPECTIONS, OF_INSPECTIONS
from boards.loading.sheets import PLAN as SHEETS
from boards.models import Board, Seat
from notices.loading import comparing, layout, standing, writer
from notices.loading.reading import values_of
from notices.models import Inspection, Notice, Target, Upload
from notices.permissions import LOADED
from plans.importing import files
from plans.models import Plan, Refresh, ReportingMonth

ON_ITS_OWN_PAGE = "Take its rows out of the file, and change it on its own page."
_BY_NAME = {sheet.name: sheet for sheet in SHEETS}


def compare(typed, *, at, is_locked=False):
    """Return what each row is: new, changed, the same or wrong, in a constant number of queries."""
    slug = comparing.root_of(SHEETS, typed)
    if is_locked:
        _lock(slug)
    stands = standing.of_root(slug, SHEETS, is_locked=is_locked)
    stands.rows.update(_others(typed))
    checks = {"Posts": _Holders(typed, at), "Judgements": _under_an_earlier_line, "Recommendations": _dated_once}
    found = comparing.compare(SHEETS, typed, stands, checks)
    comparing.require_one(SHEETS[0], typed, stands, found)
    _require_one_board(typed, stands, found)
    if stands.root and stands.root.is_in_circulation:
        revising.check(found, stands)
    _leave_published_inspections(found)
    return found


def _lock(slug):
    """Lock the plan, its open month and its draft in the order of `plans.refresh.applying`, before all its rows.

    A month that is open now stays so until the plan is written. Whoever publishes locks the month and no plan.
    """
    list(Plan.objects.select_for_update().filter(slug__iexact=slug).order_by("pk"))
    list(ReportingMonth.objects.select_for_update(of=("self",)).filter(plan__slug=slug, published_at=None))
    list(Refresh.objects.select_for_update(of=("self",)).filter(plan__slug=slug, applied_at=None))


def write(comparison, *, by, at, **detail):
    """Write what is new and what is changed, with its history; return how many rows.

    Of a plan with published months it becomes a draft revision instead.
    """
    plan = Plan.objects.filter(pk__in=comparison.pks["Plan"].values()).first()
    if comparison.writes and plan and plan.is_in_circulation:
        return revising.draft(comparison, by=by, at=at, file=detail["file"])
    verbs = {"Posts": _hand_over}
    return writer.write(SHEETS, comparison, by=by, at=at, what="plan.loaded", verbs=verbs, **detail)


def install():
    """Let files of this kind be loaded; called by the app when it is ready."""
    LOADED[Upload.Kind.PLAN] = (("add", "change"), (*(sheet.model for sheet in SHEETS), Tenure))
    layout.register(
        Upload.Kind.PLAN, layout.File("Plan with its Board", SHEETS, Plan, compare, write, loaded=files.loaded)
    )


def _others(typed):
    """Return what a plan names and its file does not hold: Notices, and the targets of the one that it answers."""
    rows = typed["Plan"]
    named = values_of(SHEETS[0], rows[0], None)[0].get("notice__slug", "") if rows else ""
    targets = Target.objects.filter(notice__slug=named).order_by("position", "pk")
    return {
        "Notices": {(row["slug"],): row for row in Notice.objects.order_by("pk").values("id", "slug")},
        "Targets": {(row["reference"],): row for row in targets.values("id", "reference")},
    }


def _require_one_board(typed, stands, found):
    """Say so where the file would give the plan a second Board, or one whose name in addresses is another's."""
    sheet, rows = _BY_NAME["Board"], typed["Board"]
    slugs = {values_of(sheet, row, None)[0].get("slug", "") for row in rows}
    present = {key[0] for key in stands.of(sheet)}
    taken = Board.objects.filter(slug__in=slugs).exclude(plan=stands.root).first()
    if len(rows) > 1:
        comparing.refuse(found, sheet, f"A plan has one Board. This sheet has {len(rows)} rows.")
    elif slugs and present and slugs != present:
        comparing.refuse(found, sheet, f"The plan already has the Board “{min(present)}”. Keep its name in addresses.")
    elif taken:
        comparing.refuse(
            found, sheet, f"“{taken.slug}” is the Board of another plan. Choose another name in addresses."
        )


def _leave_published_inspections(found):
    """Say so where the file would change an inspection that another plan answers in a published month."""
    sheet = _BY_NAME["Inspections"]
    slugs = {each.key[0] for each in found.writes if each.sheet in INSPECTIONS}
    ways = (Q(**{f"{way}__months__published_at__isnull": False}) for way in OF_INSPECTIONS)
    for slug in Inspection.objects.filter(or_(*ways), slug__in=slugs).distinct().values_list("slug", flat=True):
        comparing.refuse(found, sheet, f"“{slug}” is part of another plan with published months. {ON_ITS_OWN_PAGE}")


def _under_an_earlier_line(values, before):
    place, under = values["position"], values["parent__position"]
    if under != "" and under >= place:
        yield "parent__position", "Choose a line printed before this one."


def _dated_once(values, before):
    if before and before["original_due_on"] is None and values["original_due_on"]:
        yield "original_due_on", "Enter its first date on the recommendation’s page, with the reason."


class _Holders:
    """Says who may not hold a post or deputise, by the rule of `accounts.posts.who_may_hold` and the file's seats."""

    def __init__(self, typed, at):
        on = timezone.localdate(at)
        lasting = Q(to_on__isnull=True) | Q(to_on__gte=on)
        seats = [values_of(_BY_NAME["Seats"], row, None)[0] for row in typed["Seats"]]
        here = {seat.get("user__email") for seat in seats if seat.get("role") == Seat.Role.OBSERVER}
        there = Seat.objects.filter(lasting, role=Seat.Role.OBSERVER).values_list("user__email", flat=True)
        self._observing = ({*here, *there}) - {"", None}
        self._inactive = set(User.objects.filter(is_active=False).values_list("email", flat=True))

    def __call__(self, values, before):
        for path in ("holder__email", "deputy__email"):
            email = values[path]
            if before and email == before[path]:
                continue
            if email in self._inactive:
                yield path, "This account is deactivated. Choose someone else."
            elif email in self._observing:
                yield path, "This person observes a Board. Choose someone else."
        if values["holder__email"] and values["holder__email"] == values["deputy__email"]:
            yield "deputy__email", "The deputy cannot be the same person as the holder."


def _hand_over(rows, *, by, at):
    """Give posts to those whom the file names, from today."""
    named = {values[path] for values in rows.values() for path in ("holder__email", "deputy__email")}
    people = {user.email: user for user in User.objects.filter(email__in=named)}
    for post in Post.objects.filter(pk__in=rows).select_related("holder", "deputy"):
        holder, deputy = (people.get(rows[post.pk][f"{name}__email"]) for name in ("holder", "deputy"))
        if holder or deputy:
            posts.hand_over(post=post, holder=holder, deputy=deputy, on=timezone.localdate(at), by=by, at=at)
