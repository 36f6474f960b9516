"""A council's own spreadsheet on its way into the tracker, and what its headings were last said to mean."""

from django.db import models

from accounts.models import User
from notices.models import Upload

_NAMED = 10  # cells of which one thing is said


class Spreadsheet(models.Model):
    """A council's own file while its columns are mapped, with what was typed. Written by `plans.importing.files` alone.

    Who chose it is who maps it. It is no record: whatever is older than a day is swept away with the next one, and
    every day by `sweep`. Once it is checked, `upload` is the file of our own that it came to, and `remarks` is what was
    not understood; once that is loaded, the content goes.
    """

    name = models.CharField(max_length=200)
    content = models.BinaryField()
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    remarks = models.JSONField(default=list)
    upload = models.OneToOneField(Upload, models.SET_NULL, null=True, blank=True, related_name="spreadsheet")

    def __str__(self):
        return self.name

    @property
    def open_remarks(self):
        """What was not understood: (cells, text, sentence), one for each text and sentence."""
        return _grouped([remark for remark in self.remarks if not remark["is_understood"]])

    @property
    def other_remarks(self):
        """What was read in a way that its reader should know."""
        return _grouped([remark for remark in self.remarks if remark["is_understood"]])


def _grouped(remarks):
    found = {}
    for remark in remarks:
        found.setdefault((remark["text"], remark["sentence"]), []).append(remark["cell"])
    return [(_some(list(dict.fromkeys(cells))), *said) for said, cells in found.items()]


def _some(cells):
    return ", ".join(cells[:_NAMED]) + (f" and {len(cells) - _NAMED} more" if len(cells) > _NAMED else "")


class ColumnMapping(models.Model):
    """What the columns under the same headings were last said to hold. Written by `plans.importing.files` alone."""

    headings = models.CharField(
        "SHA-256 of the headings",
        max_length=64,
        unique=True,
        error_messages={"unique": "These headings are remembered already."},
    )
    answers = models.JSONField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    def __str__(self):
        return self.headings
