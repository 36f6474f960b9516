"""The reference facts of Leeds: Django fixtures, of which only what is missing is added."""

from django.core import serializers
from django.db import transaction

from improvement.demonstration import FOLDER, moment

# What makes a row the same row, so that one which users have edited is not added again.
IDENTITY = {
    "accounts.post": ("title", "organisation"),
    "notices.notice": ("slug",),
    "notices.noticeversion": ("notice", "position"),
    "notices.area": ("notice", "name"),
    "notices.target": ("notice", "reference"),
    "notices.indicator": ("target", "reference"),
    "notices.milestone": ("indicator", "position"),
    "notices.inspection": ("slug",),
    "notices.finding": ("inspection", "reference"),
    "notices.category": ("group", "name"),
    "notices.judgement": ("inspection", "position"),
    "notices.reportedstatement": ("inspection", "position"),
    "notices.sustainabilityfactor": ("notice", "position"),
    "notices.factorevidence": ("factor", "position"),
    "notices.continuation": ("notice", "position"),
    "plans.plan": ("slug",),
    "plans.ratingdefinition": ("plan", "rating"),
    "plans.plansource": ("plan", "position"),
    "plans.theme": ("plan", "number"),
    "plans.outcome": ("theme", "number"),
    "plans.areaoffocus": ("plan", "letter"),
    "plans.revision": ("plan", "title"),
    "plans.recommendation": ("plan", "reference"),
    "plans.action": ("recommendation", "title"),
    "boards.board": ("slug",),
    "boards.seat": ("board", "position"),
    "boards.termsofreference": ("board", "number"),
    "boards.body": ("board", "number"),
}
# The day the plan was approved: the date of the first line of each row's history.
LOADED_AT = moment("2010-03-10T09:00")


@transaction.atomic
def add_missing(name, at=LOADED_AT):
    """Add what the database lacks of the fixture `name`, recorded at the moment `at`; return how many rows."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    # A natural key that is not found any more belongs to something that users have renamed.
    rows = serializers.deserialize("json", text, handle_forward_references=True)
    return sum(_add(row, at) for row in rows if not row.deferred_fields)


def _add(row, at):
    item = row.object
    model = type(item)
    identity = {}
    for name in IDENTITY[item._meta.label_lower]:
        attribute = model._meta.get_field(name).attname
        identity[attribute] = getattr(item, attribute)
    # History knows what was renamed or removed since; it is not missing.
    seen = model.history if hasattr(model, "history") else model.objects
    if seen.filter(**identity).exists():
        return False
    item._history_date = at
    item.skip_history_when_saving = True
    item.save()
    for name, values in (row.m2m_data or {}).items():
        getattr(item, name).set(values)
    del item.skip_history_when_saving
    if seen is not model.objects:
        item.save()
    return True
