"""Every page of the administration, and what an administrator may do there.

A model that is registered gets a row: READ where the admin only shows what a verb writes, KEPT where it is kept there,
HISTORY where its former states can be opened, and the last part of the name of each page of its own. Nobody but an
administrator who has shown a second factor opens any of them; which of them the groups of staff open,
`tests/accounts/test_groups.py` works out from this table.
"""

from django.contrib import admin
from django.urls import get_resolver, reverse

READ = {"changelist", "change", "history"}
KEPT = READ | {"add", "delete"}
HISTORY = {"simple_history"}
LOADS = {"load", "loading", "template", "export"}
OWN = {"spreadsheet", "columns"}  # a plan in a spreadsheet of another form

MODELS = {
    "accounts_event": READ,
    "accounts_message": READ,
    "accounts_post": KEPT | HISTORY | {"hand_over"},
    "accounts_removal": READ,
    "accounts_tenure": READ,
    "accounts_user": KEPT | {"invite", "invite_list", "invite_several", "withdraw"},
    "boards_advice": READ,
    "boards_board": KEPT | HISTORY,
    "boards_boardaction": READ,
    "boards_body": KEPT | HISTORY,
    "boards_challenge": READ,
    "boards_circulation": READ,
    "boards_meeting": READ,
    "boards_paper": READ,
    "boards_report": READ,
    "boards_seat": KEPT | HISTORY,
    "boards_termsofreference": KEPT | HISTORY,
    "notices_area": KEPT,
    "notices_category": KEPT | HISTORY,
    "notices_continuation": KEPT | HISTORY,
    "notices_factorevidence": KEPT | HISTORY,
    "notices_finding": KEPT | HISTORY,
    "notices_indicator": KEPT | HISTORY,
    "notices_inspection": KEPT | HISTORY,
    "notices_interimentry": READ,
    "notices_interimreport": READ,
    "notices_judgement": KEPT | HISTORY,
    "notices_milestone": KEPT | HISTORY,
    "notices_notice": KEPT | HISTORY | LOADS,
    "notices_progressreview": READ,
    "notices_reportedstatement": KEPT | HISTORY,
    "notices_result": READ | LOADS,
    "notices_sustainabilityfactor": KEPT | HISTORY,
    "notices_target": KEPT | HISTORY,
    "plans_action": KEPT | HISTORY,
    "plans_areaoffocus": KEPT | HISTORY,
    "plans_areaupdate": READ,
    "plans_correction": READ,
    "plans_datechange": READ,
    "plans_duedatechange": READ,
    "plans_evidence": READ,
    "plans_monthlyupdate": READ,
    "plans_outcome": KEPT | HISTORY,
    "plans_plan": KEPT | HISTORY | LOADS | OWN,
    "plans_proposedrating": READ,
    "plans_recommendation": KEPT | HISTORY,
    "plans_reportingmonth": READ,
    "plans_reviewcomment": READ,
    "plans_revision": KEPT | HISTORY,
    "plans_theme": KEPT | HISTORY,
}
# The pages that belong to no model, with their arguments and what an administrator gets.
OTHERS = {
    "app_list": (("plans",), 200),
    "autocomplete": ((), 403),  # without naming a field
    "index": ((), 200),
    "jsi18n": ((), 200),
    "login": ((), 302),
    "logout": ((), 405),
    "password_change": ((), 200),
    "password_change_done": ((), 200),
    "view_on_site": (("1", "1"), 404),
}
# Of a row: a page with its arguments. The admin's own add and delete pages stand in every model's addresses.
WITH_ROW = {"change", "delete", "history", "hand_over", "invite", "simple_history", "withdraw"}
# Of files: the template by its kind; an export of a Notice, and a file that was checked, of which there is none.
OF_FILES = {"template": ["csv"], "export": [0, "csv"], "loading": [0], "columns": [0]}


def rows():
    """Return (name, address, statuses that an administrator gets) for every page, of a row where there is one."""
    found = [(name, reverse(f"admin:{name}", args=args), {status}) for name, (args, status) in OTHERS.items()]
    for model in sorted(admin.site._registry, key=lambda model: model._meta.label_lower):
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        row = model._default_manager.order_by("pk").first()
        for page in sorted(MODELS.get(name, set()) | KEPT):
            args = [row.pk if row else 0] if page in WITH_ROW else []
            args += [_version(row)] if page == "simple_history" else OF_FILES.get(page, [])
            found.append((f"{name}_{page}", reverse(f"admin:{name}_{page}", args=args), _statuses(name, page, row)))
    return found


def kept_rows():
    """Return a row of each model that is kept there and has one, the last that was made."""
    for model in sorted(admin.site._registry, key=lambda model: model._meta.label_lower):
        if "delete" in MODELS[f"{model._meta.app_label}_{model._meta.model_name}"]:
            yield from model._default_manager.order_by("-pk")[:1]


def names():
    """Return the name of every page of the administration, each model's and the others."""
    (site,) = (pattern for pattern in get_resolver().url_patterns if getattr(pattern, "namespace", "") == "admin")
    return {pattern.name for pattern in _patterns(site) if pattern.name}


def _patterns(resolver):
    for pattern in resolver.url_patterns:
        yield from _patterns(pattern) if hasattr(pattern, "url_patterns") else [pattern]


def _version(row):
    first = row.history.order_by("history_id").first() if row else None
    return first.pk if first else 0


def _statuses(name, page, row):
    """Return 200; 403 for what is not done in the admin; the way back where there is no row to open."""
    if page not in MODELS.get(name, set()):
        return {403}
    return {302, 404} if (page in WITH_ROW and row is None) or 0 in OF_FILES.get(page, ()) else {200}
