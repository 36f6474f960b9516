"""What stands in the address of a page, and stays once something that links to it was published. It knows no domain."""

from django.core.exceptions import ValidationError
from django.db import models

LOCKED = (
    "It stands in the addresses of pages that have been published, so it cannot be changed any more: bookmarks, and "
    "links in packs that were sent out, would lead nowhere."
)


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
