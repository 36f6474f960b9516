"""Addresses, answers and people for the tests of the officer's pages."""

from datetime import date

from django.urls import reverse

from plans import reporting
from tests import factories

FORM = {
    "rating": "amber",
    "direction": "steady",
    "progress": "Two teams were trained.",
    "impact": "Families are seen sooner.",
    "next_steps": "Train the other teams.",
    "remedy": "More trainers.",
    "remedy_owner": "Head of Training",
    "green_by_0": "31",
    "green_by_1": "3",
    "green_by_2": "2012",
}
CHECK = "plans:update_check"


def address(name="plans:update_edit", reference="R01", month=12, **more):
    return reverse(name, kwargs={"plan": "thornbury", "month": date(2011, month, 1), "reference": reference, **more})


def signed_in(client, name="Ada Officer"):
    client.force_login(factories.user(name))
    return client


def text(response):
    return " ".join(response.content.decode().split())


def drafted(update, name="Ada Officer", **answers):
    return reporting.save_draft(
        update=update,
        version=update.version,
        by=factories.user(name),
        at=factories.AT,
        **factories.ANSWERS | answers,
    )
