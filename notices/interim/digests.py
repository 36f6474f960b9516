"""The digest of an issued report: SHA-256 over its canonical JSON.

Only texts that the report's own rows hold go in, so that nothing that is renamed later changes it. Moments are in
UTC, and entries are sorted here, because each database has an order of its own. The list of fields is fixed by the
formats; a change to it is a new format beside the old ones. The format also says how the document is laid out.
"""

from operator import attrgetter

from improvement.records import digests

# The same fields as the first; what was issued in that comes out as it was laid out then.
FORMAT = 2
FORMATS = (1, 2)

_REPORT = (
    "reported_on",
    "title",
    "notice_title",
    "caveat",
    "previous_on",
    "purpose",
    "background",
    "main_points",
    "conclusion",
    "recommendations",
    "source",
    "note",
    "started_at",
    "tabled_on",
    "tabled_at",
    "agreed_on",
    "agreed_at",
    "issued_at",
    "issued_name",
)
_ENTRY = (
    "position",
    "reference",
    "kind",
    "area",
    "wording",
    "status",
    "verdict",
    "verdict_words",
    "steps",
    "values",
    "recap",
    "narrative",
    "note",
    "source",
)


def digest(report):
    """Return the SHA-256, in hexadecimal, of `report` with its entries."""
    return digests.sha256(canonical(report))


def canonical(report):
    """Return the JSON text that the digest is taken of."""
    entries = sorted(report.entries.all(), key=attrgetter("position", "reference"))
    content = {
        "format": report.digest_format or FORMAT,
        "report": digests.pick(report, _REPORT),
        "entries": [digests.pick(row, _ENTRY) for row in entries],
    }
    return digests.canonical(content)
