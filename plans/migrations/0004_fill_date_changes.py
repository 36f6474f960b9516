from django.db import migrations
from django.db.models import F


def fill(apps, schema_editor):
    """Name the month of every change that was agreed with an update, and stamp the rows of the months.

    A published month keeps what it counted: the dates agreed with its updates. An open month counts every change.
    """
    change, update, month = (
        apps.get_model("plans", name) for name in ("DueDateChange", "MonthlyUpdate", "ReportingMonth")
    )
    signed_off = update.objects.filter(status="signed_off", proposed_due_on=F("due_on")).select_related("month")
    for row in signed_off.iterator():
        agreed = change.objects.filter(
            recommendation=row.recommendation_id, after=row.due_on, at=row.signed_off_at, by=row.signed_off_by_id
        )
        agreed.update(counted_in=row.month.month, is_of_update=True)
        update.objects.filter(pk=row.pk).update(date_changes=_stamped(agreed))
    for opened in month.objects.filter(published_at=None):
        for row in update.objects.filter(month=opened):
            since = change.objects.filter(recommendation=row.recommendation_id, at__gte=opened.opened_at)
            since.update(counted_in=opened.month)
            if found := _stamped(since):
                update.objects.filter(pk=row.pk).update(date_changes=found, due_on=found[-1]["after"])


def _stamped(changes):
    return [
        {"before": str(row.before), "after": str(row.after), "reason": row.reason, "by_name": row.by.name}
        for row in changes.select_related("by").order_by("pk")
    ]


class Migration(migrations.Migration):
    """Which changes of a due date each month counts."""

    dependencies = [("plans", "0003_date_changes")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
