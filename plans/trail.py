"""Everything that was done to a plan and to what belongs to it, for its programme office."""

from collections import deque
from functools import cache

from django.apps import apps
from django.db.models import Q

from accounts.models import Event, Post, User
from plans.models import Plan

# From a post one comes to the plan by what it leads, accounts for or writes.
_OF_POSTS = ("led_recommendations__plan", "outcomes__theme__plan", "areas_of_focus__plan")
_NOTICE = Plan._meta.get_field("notice").related_model


def of_plan(plan):
    """Return the events on whatever belongs to `plan`, latest first: its Notice, its Board and its posts included."""
    asked = Q(on_type=Plan._meta.label_lower, on_id=plan.pk)
    for label, paths in _paths().items():
        of_it = Q(*(Q(**{path: plan.pk}) for path in paths), _connector=Q.OR)
        things = apps.get_model(label)._base_manager.filter(of_it).order_by().values("pk")
        asked |= Q(on_type=label, on_id__in=things)
    return Event.objects.filter(asked).select_related("by")


@cache
def _paths():
    """Return by its name for every kind of thing how one comes from it to the plan; an app above joins by itself."""
    found = {Post._meta.label_lower: _OF_POSTS, _NOTICE._meta.label_lower: ("plans",)}
    for model in apps.get_models():
        is_asked = model not in {Plan, Post, User, Event} and not hasattr(model, "instance_type")
        if is_asked and (path := _path(model)):
            found[model._meta.label_lower] = (path,)
    return found


def _path(model):
    """Return the shortest way from `model`, along references never empty, to a plan or to the Notice of one."""
    ways, known = deque([(model, "")]), {model, Post, User}
    while ways:
        here, path = ways.popleft()
        for field in (*here._meta.fields, *here._meta.many_to_many):
            there = field.related_model
            if there is None or there in known or field.null:
                continue
            if there is Plan:
                return f"{path}{field.name}"
            if there is _NOTICE:
                return f"{path}{field.name}__plans"
            known.add(there)
            ways.append((there, f"{path}{field.name}__"))
    return None
