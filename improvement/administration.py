"""The order of the administration's index: as what is demanded is answered, decided upon, and by whom.

And what its lists that are searched make of a choice that is none, and the column by which they are in natural order.
"""

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteMixin

APPS = ("notices", "plans", "boards", "accounts")


def in_order(site):
    """Return the site's `get_app_list` with its apps in this order and models as their `admin.py` registers them."""
    listed = site.get_app_list

    def get_app_list(request, app_label=None):
        apps = listed(request, app_label)
        registered = list(site._registry)
        for app in apps:
            app["models"].sort(key=lambda row: registered.index(row["model"]))
        return sorted(apps, key=lambda app: APPS.index(app["app_label"]))

    return get_app_list


def references(ordering="reference_order"):
    """Return a list's column of references, which sorts by `ordering`: by its text R10 would come before R2."""

    @admin.display(description="reference", ordering=ordering)
    def reference(row):
        return row.reference

    return reference


def pass_over_what_is_no_key():
    """Let a list that is searched be drawn again, with its error beside it, where what was sent cannot be a key.

    Django looks it up before it draws the list, and breaks. Every key here is a number.
    """
    drawn = AutocompleteMixin.optgroups

    def optgroups(self, name, value, attr=None):
        return drawn(self, name, [key for key in value if _is_key(str(key))], attr)

    AutocompleteMixin.optgroups = optgroups


def _is_key(text):
    return not text or (text.isascii() and text.isdigit() and len(text) < 19)
