import logging

import pytest
from django.conf import settings
from django.urls import reverse

SECRET = "kX3-no_one.may+read"


def said(message, *args):
    """What the handler of the settings would print, with its filters."""
    (handler,) = (one for one in logging.getLogger().handlers if one.get_name() in settings.LOGGING["handlers"])
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, message, args, None)
    assert handler.filter(record)
    return record.getMessage()


@pytest.mark.parametrize("path", [reverse("calendar_feed", args=[SECRET]), reverse("invitation_accept", args=[SECRET])])
def test_a_secret_address_stays_out_of_the_log(path):
    kept = said("%s: %s", "Internal Server Error", path)
    assert SECRET not in kept
    assert kept.startswith(f"Internal Server Error: {path.partition(SECRET)[0]}…")


def test_the_address_of_a_new_password_stays_out_of_the_log():
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "abc-def"})
    assert said("Not Found: %s", path) == "Not Found: /accounts/password/reset/…/"


def test_any_other_line_is_printed_as_it_was():
    assert said("%s: %s", "Not Found", "/plans/leeds/?month=2011-11") == "Not Found: /plans/leeds/?month=2011-11"
