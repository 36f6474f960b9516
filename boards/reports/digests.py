"""The digest of an issued report: SHA-256 over its canonical JSON, in the manner of `plans.months.digests`."""

from improvement.records import digests, writes

# The first format of reports that are laid out as a report or a letter; those of before stay as they were.
LAID_OUT = 3
FORMAT = 3

_REPORT = (
    "kind",
    "dated_on",
    "title",
    "addressed_to",
    "author",
    "from_month",
    "to_month",
    "caveat",
    "source",
    "started_at",
    "issued_at",
)

# What each format adds to the one before it.
_FIELDS = {1: _REPORT, 2: (*_REPORT, "issued_name"), 3: (*_REPORT, "issued_name")}
_SECTION = ("position", "heading", "text")
_SECTIONS = {1: _SECTION, 2: _SECTION, 3: (*_SECTION, "table")}
_LETTERHEAD = ("sha256", "shows", "sender")


def is_known(number):
    """Return whether `number` is a format that a digest can be recomputed in."""
    return number in _FIELDS


def digest(report):
    """Return the SHA-256, in hexadecimal, of the report with its sections, in its own format."""
    number = report.digest_format or FORMAT
    content = {
        "format": number,
        "report": digests.pick(report, _FIELDS[number]),
        "sections": list(report.sections.order_by("position").values(*_SECTIONS[number])),
    }
    if number >= LAID_OUT:
        content["letterhead"] = report.letterhead and digests.pick(report.letterhead, _LETTERHEAD)
    return digests.sha256(digests.canonical(content))


def seen(report):
    """Return a SHA-256 that changes with whatever somebody who checks the report would read."""
    return writes.seen(report.version, list(report.sections.order_by("position").values_list("pk", "version")))
