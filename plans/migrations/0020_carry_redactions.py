"""Carry what was removed from months over to the removals of every other record, in the order in which they were made."""

from django.db import migrations

_LABELS = {
    "rating": "Rating",
    "direction": "Direction of travel",
    "progress": "Progress this month",
    "impact": "Impact",
    "next_steps": "Next steps",
    "remedy": "What is needed",
    "remedy_owner": "Who will do it",
    "green_by": "Back to Green by",
    "cause": "Cause",
    "decision_sought": "Decision asked of the Board",
    "proposed_due_on": "Proposed due date",
    "proposed_due_reason": "Reason for the new date",
    "unchanged_reason": "Same as last time because",
    "reply": "Reply to the comment",
    "date_changes": "Reasons for changing the due date",
    "contradictions": "Reasons for contradictions",
    "comment": "A review comment",
    "evidence": "A piece of evidence",
    "event": "A piece of evidence that was taken off again, in the audit trail",
    "correction": "The reason for a correction",
    "proposal": "The reasons beside a corrected rating that was proposed",
    "commentary": "Overall commentary",
    "dates": "The reason for changing the dates",
}


def carry(apps, schema_editor):
    using = schema_editor.connection.alias
    removals = apps.get_model("accounts", "Removal").objects.using(using)
    for row in apps.get_model("plans", "Redaction").objects.using(using).order_by("pk"):
        removals.create(
            on_type="plans.monthlyupdate" if row.update_id else "plans.reportingmonth",
            on_id=row.update_id or row.month_id,
            label=_label(row.field),
            **{
                name: getattr(row, name)
                for name in ("field", "reason", "by_id", "by_name", "at", "digest_before", "digest_after")
            },
        )


def _label(field):
    kind, _, which = field.partition("-")
    return f"Update on area of focus {which}" if kind == "area" else _LABELS[kind]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_events_say_what_they_are_about"),
        ("plans", "0019_plan_sources"),
    ]
    operations = [migrations.RunPython(carry, migrations.RunPython.noop, elidable=True)]
