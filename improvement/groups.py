"""The two groups of the administration: what staff may do there who are no superusers.

Each holds all permissions of its own apps, and may look at what it has to name of the others. What a verb writes stays
read-only to everybody. The groups are made, and put right, after every migrate; nobody keeps them by hand.
"""

from django.apps import apps
from django.db.models import Q
from django.db.models.signals import post_migrate

NOTICE, PLAN = "Notice and results", "Plan and people"
# What a plan answers besides the targets of a Notice, and the file of a whole plan holds.
_OF_A_PLAN = tuple(
    f"{action}_{model}" for model in ("inspection", "judgement", "finding") for action in ("view", "add", "change")
)
# The group, its own apps, and what it has besides: codenames by app.
GROUPS = {
    NOTICE: (("notices",), {"accounts": ("view_post", "add_post", "change_post")}),
    PLAN: (("plans", "boards", "accounts"), {"notices": ("view_notice", "view_target", *_OF_A_PLAN)}),
}


def keep(using, **signal):
    """Make both groups as they stand above."""
    auth = apps.get_app_config("auth")
    permissions, groups = auth.get_model("Permission").objects.using(using), auth.get_model("Group").objects
    for name, (own, besides) in GROUPS.items():
        wanted = Q(content_type__app_label__in=own)
        for app, codenames in besides.items():
            wanted |= Q(content_type__app_label=app, codename__in=codenames)
        group, _ = groups.using(using).get_or_create(name=name)
        group.permissions.set(permissions.filter(wanted))


def come_back_after_migrations():
    """Called once by the app that knows them; of all apps, auth comes after ours, whose permissions are then there."""
    post_migrate.connect(keep, sender=apps.get_app_config("auth"), dispatch_uid="improvement.groups")
