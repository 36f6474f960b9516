"""The programme office removes a text that should never have been written, once it has seen exactly what goes."""

from functools import partial

from django.urls import reverse

from accounts.removal import removal_page
from improvement.govuk.pages import page_with_form
from plans import permissions, removals, reporting
from plans.views.drafting import address_of
from plans.views.shared import get_office_month, get_office_plan, get_update

_EARLIER = (
    "This page lists earlier wordings of the plan, its Notice and its inspections, and the reasons for closing, "
    "reopening and discarding. To remove a current text, ask an administrator to change its wording first."
)


@page_with_form
def update_redact(request, plan, month, reference):
    update = get_update(request, plan, month, reference, may=permissions.can_redact)
    return _page(
        request,
        update,
        update.month,
        verb=partial(reporting.redact, update=update),
        back=reverse("plans:update_edit", args=address_of(update)),
        about=f"{update.reference} {update.title}, {update.month.label}",
        # What was drafted and not received is never shown, not even here.
        is_hidden=not update.is_told,
    )


@page_with_form
def month_redact(request, plan, month):
    """The same for the texts of the month itself: its commentary, and the updates on areas of focus."""
    row = get_office_month(request, plan, month)
    return _page(
        request,
        row,
        row,
        verb=partial(reporting.redact_month, month=row),
        back=reverse("plans:month_detail", args=[plan, month]),
        about=row.label,
    )


@page_with_form
def plan_redact(request, plan):
    """The same for what was put in other words in the plan, its Notice or an inspection of it, and for reasons."""
    plan = get_office_plan(request, plan)
    return removal_page.show(
        request,
        plan,
        back=reverse("plans:trail_list", args=[plan.slug]),
        beside=lambda places: {"met": removals.packed_with(plan, places)},
        about=plan.title,
        lead=_EARLIER,
        plan=plan,
    )


def _page(request, thing, month, **context):
    def beside(places):
        elsewhere = removals.elsewhere(thing, places) if thing != month else ()
        return {
            "elsewhere": [
                (f"{other.reference}, {other.month.label}", reverse("plans:update_redact", args=address_of(other)))
                for other in elsewhere
            ],
            # A kept pack holds what it held when it was handed out.
            "met": removals.packed(month),
        }

    return removal_page.show(
        request, thing, beside=beside, plan=month.plan, month=month, has_digest=month.is_published, **context
    )
