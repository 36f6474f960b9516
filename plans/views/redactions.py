"""The programme office removes a text that should never have been written, once it has seen exactly what goes."""

from functools import partial

from django.urls import reverse

from accounts.removal import kinds as texts_of
from accounts.removal import redactions, removal_page
from accounts.removal.kinds import Text
from improvement.govuk.pages import page_with_form
from plans import permissions, removals, reporting
from plans.months import narrative
from plans.views.drafting import address_of
from plans.views.shared import get_office_month, get_office_plan, get_update


@page_with_form
def update_redact(request, plan, month, reference):
    update = get_update(request, plan, month, reference, may=permissions.can_redact)
    back = reverse("plans:update_edit", args=address_of(update))
    return _page(request, update.month, update, partial(reporting.redact, update=update), back)


@page_with_form
def month_redact(request, plan, month):
    """The same for the texts of the month itself: its commentary, and the updates on areas of focus."""
    row = get_office_month(request, plan, month)
    back = reverse("plans:month_detail", args=[plan, month])
    return _page(request, row, None, partial(reporting.redact_month, month=row), back)


@page_with_form
def plan_redact(request, plan):
    """The same for what was put in other words in the plan, its Notice or an inspection of it, and for reasons."""
    plan = get_office_plan(request, plan)
    texts = texts_of.of(plan)
    chosen = texts.get(request.GET.get("field", ""))
    return removal_page.show(
        request,
        texts=texts,
        template="plans/office/redact_earlier.html",
        verb=partial(redactions.redact, thing=plan),
        back=reverse("plans:trail_list", args=[plan.slug]),
        about=plan.title,
        plan=plan,
        met=removals.packed_with(plan, chosen.places) if chosen else (),
    )


def _page(request, month, update, verb, back):
    found = removals.of(month, update)
    places = found.get(request.GET.get("field", ""), [])
    return removal_page.show(
        request,
        texts={name: Text(narrative.removed(name), texts) for name, texts in found.items()},
        verb=verb,
        back=back,
        template="plans/office/redact.html",
        about=f"{update.reference} {update.title}, {month.label}" if update else month.label,
        plan=month.plan,
        month=month,
        elsewhere=[
            (f"{other.reference}, {other.month.label}", reverse("plans:update_redact", args=address_of(other)))
            for other in (removals.elsewhere(update, places) if update and places else ())
        ],
        # A kept pack holds what it held when it was handed out.
        met=removals.packed(month) if places else (),
        # What was drafted and not received is never shown, not even here.
        is_hidden=update is not None and not update.is_told,
        has_digest=month.is_published,
    )
