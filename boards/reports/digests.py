"""The digest of an issued report: SHA-256 over its canonical JSON, in the manner of `plans.months.digests`."""

from improvement.records import digests, writes

FORMAT = 2

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
_FIELDS = {1: _REPORT, 2: (*_REPORT, "issued_name")}


def is_known(number):
    """Return whether `number` is a format that a digest can be recomputed in."""
    return number in _FIELDS


def digest(report):
    """Return the SHA-256, in hexadecimal, of the report with its sections, in its own format."""
    number = report.digest_format or FORMAT
    content = {
        "format": number,
        "report": digests.pick(report, _FIELDS[number]),
        "sections": list(report.sections.order_by("position").values("position", "heading", "text")),
    }
    return digests.sha256(digests.canonical(content))


def seen(report):
    """Return a SHA-256 that changes with whatever somebody who checks the report would read."""
    return writes.seen(report.version, list(report.sections.order_by("position").values_list("pk", "version")))
