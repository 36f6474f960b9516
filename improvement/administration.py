"""The order of the administration's index: as what is demanded is answered, decided upon, and by whom."""

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
