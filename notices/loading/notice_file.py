"""A file of a Notice against what stands of it, and its writing: posts, areas, targets, indicators, milestones."""

from notices.loading import comparing, layout, standing, writer
from notices.loading.sheets import NOTICE as SHEETS
from notices.models import Notice, Upload


def compare(typed, *, at, is_locked=False):
    """Return what each row is: new, changed, the same or wrong. A query a sheet, and as many again where locked."""
    stands = standing.of_root(comparing.root_of(SHEETS, typed), SHEETS, is_locked=is_locked)
    found = comparing.compare(SHEETS, typed, stands)
    comparing.require_one(SHEETS[0], typed, stands, found)
    return found


def write(comparison, *, by, at, **detail):
    """Write what is new and what is changed, with its history; return how many rows."""
    return writer.write(SHEETS, comparison, by=by, at=at, what="notice.loaded", **detail)


def install():
    """Let files of this kind be loaded; called by the app when it is ready."""
    layout.register(Upload.Kind.NOTICE, layout.File("Notice with its targets", SHEETS, Notice, compare, write))
