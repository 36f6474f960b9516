"""Who may not read a part of the Board's record: what is restricted for a reason, by itself or with its agenda item."""

from django.db import models
from django.db.models import Q

WITHOUT_OBSERVERS = "Enter a reason for the restriction."
PUBLIC_TITLE_HELP = "Shown to people who cannot read it, if its real title says too much."


class AccessQuerySet(models.QuerySet):
    """Of rows that may be restricted, or belong to an agenda item that may be. Asked by `boards.permissions` alone."""

    def public(self):
        """What the public may read: nothing restricted, nothing under a restricted item."""
        return self.filter(*self._open("restricted_because", ""))

    def for_observers(self):
        """What observers may read: nothing that excludes them, nothing under an item that does."""
        return self.filter(*self._open("excludes_observers", False))

    def _open(self, field, value):
        names = {known.name for known in self.model._meta.fields}
        if field in names:
            yield Q(**{field: value})
        if "item" in names:
            yield Q(item=None) | Q(**{f"item__{field}": value})


class Restrictable(models.Model):
    """What may be restricted: not for the public then, and not for observers either where it excludes them."""

    restricted_because = models.TextField(
        "reason for restricting it", blank=True, help_text="Shown to people who cannot read it."
    )
    excludes_observers = models.BooleanField(default=False)

    class Meta:
        abstract = True

    @property
    def is_restricted(self):
        return self.restricted_because != ""

    def is_closed(self, *, to_observers):
        """Whether it is closed to observers, or to the public: the rule of `AccessQuerySet` for one row."""
        return self.excludes_observers if to_observers else self.is_restricted

    @property
    def withheld_words(self):
        """What those are told who may not read it."""
        return f"Restricted: {self.restricted_because}"


def as_recorded(row, before=None):
    """Return what decides who reads `row`, as an event keeps it, with what this said `before` a change.

    `manage.py verify` holds the row and its events against each other (`boards.verification`).
    """
    names = ("is_restricted", "excludes_observers", "embargoed_until", "item_id")
    facts = {name: getattr(row, name) for name in names if hasattr(row, name)}
    if until := facts.get("embargoed_until"):
        facts["embargoed_until"] = until.isoformat()
    return facts | {"kind": row._meta.label_lower, "pk": row.pk} | ({"before": before} if before else {})


def restricted_with_a_reason(name):
    """Return the constraint, called `name`, that what excludes observers says why."""
    return models.CheckConstraint(
        condition=Q(excludes_observers=False) | ~Q(restricted_because=""),
        name=name,
        violation_error_message=WITHOUT_OBSERVERS,
    )
