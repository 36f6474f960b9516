"""The domain in plain Python, as small as it can be told: what the real one must agree with after every step.

No database, no clock. A write answers with the name of its refusal, or with nothing where it is accepted; `events`
counts the accepted ones.
"""

from dataclasses import dataclass, field, replace

OWED = {"awaited", "draft", "returned"}
RECEIVED = {"submitted", "signed_off"}


@dataclass(frozen=True)
class Row:
    """One recommendation in one month."""

    theme: int
    status: str = "awaited"
    version: int = 0
    rating: str = ""
    text: str = ""
    saved_by: str = ""
    submitted_by: str = ""
    signed_by: str = ""
    evidence: int = 0
    corrected: str = ""


@dataclass
class World:
    themes: dict[str, int]
    months: list[dict[str, Row]] = field(default_factory=list)
    is_open: bool = False
    closed: set[str] = field(default_factory=set)
    events: int = 0

    @property
    def rows(self):
        return self.months[-1]

    def _accept(self, reference="", **changes):
        if reference:
            row = self.rows[reference]
            self.rows[reference] = replace(row, version=row.version + 1, **changes)
        self.events += 1

    def _refusal(self, reference, version, statuses):
        if not self.is_open:
            return "MonthPublished"
        row = self.rows[reference]
        if row.version != version:
            return "Conflict"
        return "" if row.status in statuses else "Refused"

    def open_month(self):
        if self.is_open:
            return "Refused"
        live = {reference: theme for reference, theme in self.themes.items() if reference not in self.closed}
        self.months.append({reference: Row(theme) for reference, theme in live.items()})
        self.is_open = True
        return self._accept()

    def save_draft(self, reference, version, by, rating, text):
        row = self.rows[reference]
        if row.status in OWED and (row.saved_by, row.rating, row.text) == (by, rating, text):
            return None
        if refusal := self._refusal(reference, version, OWED):
            return refusal
        status = "returned" if row.status == "returned" else "draft"
        return self._accept(reference, status=status, rating=rating, text=text, saved_by=by)

    def submit(self, reference, version, by, rating, text):
        row = self.rows[reference]
        if row.status == "submitted" and (row.submitted_by, row.rating, row.text) == (by, rating, text):
            return None
        if refusal := self._refusal(reference, version, OWED):
            return refusal
        changes = {"rating": rating, "text": text, "saved_by": by, "submitted_by": by}
        return self._accept(reference, status="submitted", **changes)

    def take_back(self, reference, version, by):
        row = self.rows[reference]
        if row.status == "draft" and (row.saved_by, row.version) == (by, version + 1) and not row.submitted_by:
            return None
        if refusal := self._refusal(reference, version, {"submitted"}):
            return refusal
        return self._accept(reference, status="draft", saved_by=by, submitted_by="")

    def sign_off(self, reference, version, by):
        row = self.rows[reference]
        if row.status == "signed_off" and row.signed_by == by:
            return None
        if refusal := self._refusal(reference, version, {"submitted"}):
            return refusal
        if row.submitted_by == by:
            return "Refused"
        return self._accept(reference, status="signed_off", signed_by=by)

    def return_for_changes(self, reference, version):
        if refusal := self._refusal(reference, version, RECEIVED):
            return refusal
        return self._accept(reference, status="returned", signed_by="")

    def upload(self, reference):
        if not self.is_open:
            return "MonthPublished"
        row = self.rows[reference]
        if row.status not in OWED:
            return "Refused"
        self.rows[reference] = replace(row, evidence=row.evidence + 1)
        return self._accept()

    def publish(self):
        if not self.is_open:
            return "MonthPublished"
        self.is_open = False
        return self._accept()

    def correct(self, reference, rating):
        if self.is_open:
            return "Refused"
        row = self.rows[reference]
        stands = row.corrected or (row.rating if row.status in RECEIVED else "")
        if stands == rating:
            return "Incomplete"
        self.rows[reference] = replace(row, corrected=rating)
        return self._accept()

    def close(self, reference, successors):
        if reference in self.closed:
            return "RevisionRefused"
        self.closed.add(reference)
        for successor in successors:
            self.themes[successor] = self.themes[reference]
        return self._accept()

    def counts(self, month):
        """Return how many count under each rating, as published."""
        found = dict.fromkeys(("red", "amber", "green", "none"), 0)
        for row in self.months[month].values():
            found[row.rating if row.status in RECEIVED else "none"] += 1
        return found
