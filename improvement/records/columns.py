"""What columns of several apps have in common. It knows no domain."""

from django.core.exceptions import ValidationError
from django.db import models

SOURCE_HELP = "Where this comes from: the document and its page or paragraph."
NO_CHILD = "Never write anything that could identify a child."
LOCKED = (
    "You cannot change this, because it is part of the web addresses of published pages. Bookmarks, and links in packs "
    "already sent out, would stop working."
)


def paired(*fields: str) -> models.Q:
    """Return the condition that these fields are all filled or all empty."""
    empty, filled = ({f"{field}__isnull": is_empty for field in fields} for is_empty in (True, False))
    return models.Q(**empty) | models.Q(**filled)


class SlugManager(models.Manager):
    """Finds a thing by its slug."""

    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class ReferenceManager(models.Manager):
    """Finds a thing by the slug of what it belongs to and its own reference."""

    parent = ""

    def get_by_natural_key(self, parent, reference):
        return self.get(**{f"{self.parent}__slug": parent, "reference": reference})


class Addressed(models.Model):
    """A model of which the fields `in_addresses` stay as they are from the first publication on.

    The model says when that is. Its app guards the same in the database.
    """

    in_addresses: tuple[str, ...] = ("slug",)

    class Meta:
        abstract = True

    @property
    def is_in_circulation(self):
        """Whether something that was published links to it."""
        raise NotImplementedError

    def clean(self):
        super().clean()
        stored = type(self)._base_manager.filter(pk=self.pk).first() if self.pk else None
        if stored is None or not stored.is_in_circulation:
            return
        columns = {field: self._meta.get_field(field).attname for field in self.in_addresses}
        changed = [field for field, column in columns.items() if getattr(stored, column) != getattr(self, column)]
        if changed:
            raise ValidationError(dict.fromkeys(changed, LOCKED))
