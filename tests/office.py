"""An invented council whose writes the tests of the audit trail make, and then make again."""

from datetime import date

from boards import reports
from plans import reporting
from tests import factories
from tests.factories import AT, user


class Office:
    """What the writes below are about, made as far as each needs it."""

    def __init__(self):
        self.plan = factories.plan(2)
        factories.area(self.plan)
        self.by = {"by": user("Olga Office"), "at": AT}
        self.officer, self.lead = {"by": user(), "at": AT}, {"by": user("Liam Lead"), "at": AT}

    @property
    def month(self):
        return self.plan.months.first() or factories.month(self.plan)

    @property
    def update(self):
        return self.month.updates.get(reference="R01")

    @property
    def submitted(self):
        return factories.submitted(self.update)

    @property
    def published(self):
        factories.signed_off(self.update)
        return factories.published(self.month).updates.get(reference="R01")

    @property
    def left_draft(self):
        """A draft that was not received when its month was published."""
        reporting.save_draft(update=self.update, version=0, progress="Half.", rating="amber", **self.officer)
        return factories.published(self.month).updates.get(reference="R01")

    @property
    def before(self):
        """The row of the month after one that was published."""
        return factories.month(self.published.month.plan, 6).updates.get(reference="R01")

    @property
    def indicator(self):
        return factories.notice().targets.get().indicators.get()

    @property
    def report(self):
        given = {"board": self.plan.board, "kind": "letter", "dated_on": date(2011, 5, 1)}
        return reports.start(**given, sections=[("Progress", "Much was done.")], **self.by)

    @property
    def held(self):
        """A meeting that was held, of which nothing is recorded yet."""
        return factories.held(self.plan)

    @property
    def action(self):
        return factories.action(self.held)


def again(write, **what):
    """Return the write with the same arguments each time it is called."""
    return lambda: write(**what)
