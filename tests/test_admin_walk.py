"""Every add and change page of the administration with a row in each inline, as somebody fills it in, and every list
by each of its dates: whatever is typed or stands in an address, nothing breaks.
"""

from datetime import date

import pytest
from django import forms
from django.contrib import admin
from django.db import models, transaction
from django.http import QueryDict
from django.urls import reverse

from accounts.audit.administration import NOT_READ, Kept, Sought
from accounts.models import Post, User
from boards.models import Board
from notices.models import Inspection, Target
from plans.models import Recommendation
from tests import factories
from tests.factories import user

KEPT_HERE = [model for model, kept in admin.site._registry.items() if isinstance(kept, Kept)]
# A person is invited instead (`tests.accounts.people`).
ADDED_HERE = [model for model in KEPT_HERE if model is not User]
# Tenures are looked at under a post and a person, and added by handing over alone.
WITH_INLINES = [model for model in KEPT_HERE if admin.site._registry[model].inlines and model not in {Post, User}]
# What somebody fills in where a text, a number or the first choice would not do, by the field's name.
FILLED = {
    "email": "nia.newcomer@thornbury.example",
    "is_own": "",  # a standard of the council's own decides nothing
    "letter": "Z",
    "slug": "another",
    "reference": "X9",
    "kind": "level",
    "number": 9,
    "position": 9,
    "counted": 6,
    "total": 9,
    "cadence": "monthly",
    "every_months": 2,
    "recommended_on": "2011-12-01",
    "extended_to": "2012-12-31",
    # What is there already, or would not go with the rest.
    "decides": "",
    "parent": "",
    "baseline": "",
    "lifted_on": "",
    "issued_on": "",
}
# The same for one model alone, what is chosen by a query among it.
OF_MODEL = {
    Board: {"plan": lambda: factories.PlanFactory(slug="second").pk},
    Inspection: {"kind": "Announced inspection"},
    Target: {"kind": "measured"},
}


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def administrator(thornbury, client):
    client.force_login(user("Abe Administrator"))


def value(name, field):
    """Return what somebody gives in a field of that kind."""
    if name in FILLED:
        return FILLED[name]
    if isinstance(field, forms.ModelMultipleChoiceField):
        return [row.pk for row in field.queryset[:1]]
    if isinstance(field, forms.ModelChoiceField):
        return next((row.pk for row in field.queryset[:1]), "")
    if isinstance(field, forms.ChoiceField):
        return next(key for key, _ in field.choices if key)
    if isinstance(field, forms.BooleanField):
        return "on"
    if isinstance(field, forms.DateField):
        return date(2011, 12, 1).isoformat()
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        return 7
    if isinstance(field, forms.URLField):
        return "https://thornbury.example/"
    return "Said."


def stands(bound):
    found = bound.value()
    return "" if found is None or found is False else found


def sent(response, *, is_new, times=1):
    """Return what the page would send with so many new rows in each inline that takes one, and those rows' models."""
    form = response.context["adminform"].form
    posted = {name: value(name, field) if is_new else stands(form[name]) for name, field in form.fields.items()}
    if is_new:
        own = OF_MODEL.get(form._meta.model, {})
        posted |= {name: given() if callable(given) else given for name, given in own.items()}
    added = []
    for inline in response.context["inline_admin_formsets"]:
        formset = inline.formset
        for each in [formset.management_form, *formset.forms]:
            posted |= {bound.html_name: stands(bound) for bound in each}
        if inline.has_add_permission:
            fields = formset.empty_form.fields.items()
            row = {name: value(name, field) for name, field in fields if name not in {"id", "DELETE", formset.fk.name}}
            last = len(formset.forms) + times
            posted[f"{formset.prefix}-TOTAL_FORMS"] = last
            for number in range(len(formset.forms), last):
                posted |= {f"{formset.prefix}-{number}-{name}": given for name, given in row.items()}
            added.append(formset.model)
    return {name: given for name, given in posted.items() if given != ""} | {"_seen": response.context["seen"]}, added


def complaints(response):
    if response.status_code == 302:
        return ""
    context = response.context
    return [context["adminform"].errors, *(row.formset.errors for row in context["inline_admin_formsets"])]


@pytest.mark.parametrize("model", ADDED_HERE)
def test_every_thing_is_added_with_a_row_in_each_inline(administrator, client, model):
    page = address(model, "add")
    posted, inlines = sent(client.get(page), is_new=True)
    before = [each.objects.count() for each in (model, *inlines)]
    response = client.post(page, posted)
    assert complaints(response) == ""
    assert [each.objects.count() for each in (model, *inlines)] == [number + 1 for number in before]


@pytest.mark.parametrize("model", WITH_INLINES)
def test_a_row_is_added_to_each_inline_of_what_stands(administrator, client, model):
    page = address(model, "change", model._default_manager.order_by("pk").first().pk)
    posted, inlines = sent(client.get(page), is_new=False)
    before = [each.objects.count() for each in inlines]
    response = client.post(page, posted)
    assert complaints(response) == ""
    assert [each.objects.count() for each in inlines] == [number + 1 for number in before]


@pytest.mark.parametrize("model", WITH_INLINES)
def test_a_row_that_is_given_twice_is_refused_above_or_beside_it(administrator, client, model):
    page = address(model, "change", model._default_manager.order_by("pk").first().pk)
    posted, inlines = sent(client.get(page), is_new=False, times=2)
    before = [each.objects.count() for each in inlines]
    response = client.post(page, posted)
    added = [each.objects.count() - number for each, number in zip(inlines, before, strict=True)]
    # A Board may have as many seats of the same body as it likes, and a recommendation such actions.
    assert (response.status_code, set(added)) == ((302, {2}) if model in {Board, Recommendation} else (200, {0}))


def test_a_finding_is_added_on_its_inspections_page(administrator, client):
    inspection = Inspection.objects.get()
    page = address(Inspection, "change", inspection.pk)
    row = {"position": 3, "reference": "S03", "group": "Safeguarding", "wording": "Act.", "urgency": "immediately"}
    added = {"findings-TOTAL_FORMS": 1} | {f"findings-0-{name}": given for name, given in row.items()}
    posted, _ = sent(client.get(page), is_new=False, times=0)
    assert client.post(page, posted | added).status_code == 302
    assert list(inspection.findings.values_list("position", "reference")) == [(3, "S03")]


def test_of_two_indicators_that_are_added_at_once_one_decides(administrator, client):
    target = Target.objects.get()
    target.indicators.update(decides=False)
    page = address(Target, "change", target.pk)
    posted, _ = sent(client.get(page), is_new=False, times=2)
    posted |= {"indicators-1-reference": "NI 1", "indicators-2-reference": "NI 2"}
    both = posted | {"indicators-1-decides": "on", "indicators-2-decides": "on"}
    response = client.post(page, both)
    (indicators,) = response.context["inline_admin_formsets"]
    assert indicators.formset.non_form_errors() == ["Another indicator already decides this target."]
    response = client.post(page, posted | {"indicators-1-decides": "on"})
    assert complaints(response) == ""
    assert target.indicators.get(decides=True).reference == "NI 1"


# Lists that are narrowed down by a day: whatever may stand in an address.

YEARS = ("0", "1", "9999")
OTHERWISE = (
    *("10000", "-1", "99999999999999999999", "abc", "1.5", "", "2011,abc", "2011-02-30", "٢٠١١", "nan"),
    *("0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00", "25:61"),
)
PARTS = ("year", "iso_year", "quarter", "month", "week", "week_day", "iso_week_day", "day")
OF_A_DAY = ("", *(f"__{part}" for part in PARTS), "__year__gte", "__year__in", "__iso_year__lt", "__month__gt")
OF_A_DAY += ("__exact", "__gte", "__lt", "__in", "__isnull", "__contains", "__startswith", "__regex")
OF_A_MOMENT = (*OF_A_DAY, "__date", "__date__year", "__date__iso_year", "__date__lt", "__time", "__time__hour")
OF_A_MOMENT += ("__hour", "__minute", "__second")
LISTED = [model for model, listed in admin.site._registry.items() if isinstance(listed, Sought)]
BY_DATE = [model for model in LISTED if admin.site._registry[model].date_hierarchy]
DAYS = [
    (model, field)
    for model in LISTED
    for field in model._meta.fields
    if isinstance(field, models.DateField) and field.name not in getattr(admin.site._registry[model], "drafted", ())
]


@pytest.mark.parametrize("year", ["0", "9999"])
def test_a_list_that_is_asked_for_a_year_that_cannot_be_is_shown_whole_and_says_so(administrator, client, year):
    answers = {}
    for model in BY_DATE:
        response = client.get(
            address(model, "changelist"), {f"{admin.site._registry[model].date_hierarchy}__year": year}, follow=True
        )
        answers[model] = response.status_code, [str(said) for said in response.context["messages"]]
    assert answers == dict.fromkeys(BY_DATE, (200, [NOT_READ]))


@pytest.fixture
def shown(administrator, client):
    """Ask a list, which is not drawn, for what an address may ask: what breaks it, if anything does."""
    request = client.get(reverse("admin:index")).wsgi_request

    def shown(model, field, lookup, asked):
        request.GET = QueryDict(mutable=True)
        request.GET[f"{field.name}{lookup}"] = asked
        with transaction.atomic():
            try:
                admin.site._registry[model].changelist_view(request)
            except Exception as fault:
                transaction.set_rollback(True)
                return repr(fault)

    return shown


def test_no_date_of_any_list_breaks_at_a_year_that_cannot_be(shown):
    assert len(DAYS) > 80
    faults = {(str(field), year): shown(model, field, "__year", year) for model, field in DAYS for year in YEARS}
    assert {asked: fault for asked, fault in faults.items() if fault} == {}


def test_no_lookup_of_a_date_breaks_a_list(shown):
    """Of each kind of field one: a day and a moment, by which a list is cut into years or not."""
    kinds = {
        (type(field), field.name == admin.site._registry[model].date_hierarchy): (model, field) for model, field in DAYS
    }
    assert len(kinds) == 4
    faults = {}
    for model, field in kinds.values():
        lookups = OF_A_MOMENT if isinstance(field, models.DateTimeField) else OF_A_DAY
        values = [*YEARS, *OTHERWISE]
        for number, lookup in enumerate(lookups):
            # Each lookup gets every fourth value, and each value comes to every fourth lookup.
            for asked in {"0", "9999", *values[number % 4 :: 4]}:
                faults[str(field), lookup, asked] = shown(model, field, lookup, asked)
    assert {asked: fault for asked, fault in faults.items() if fault} == {}
