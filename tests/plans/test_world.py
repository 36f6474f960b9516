"""Any sequence of writes leaves the database as a plain model of the domain says, and what was published untouched."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from accounts import posts
from accounts.models import Event, Post
from boards import dashboard
from improvement.records.refusals import Refusal
from plans import reporting, revisions, verification
from plans.contradictions import Code
from plans.models import MonthlyUpdate, Outcome, Recommendation, ReportingMonth
from plans.months import digests
from plans.reporting import evidence
from tests import factories
from tests.factories import AT, user
from tests.plans.world import Row, World

ANYBODY = st.sampled_from(["Ada Officer", "Liam Lead"])
REVIEWER = st.sampled_from(["Liam Lead", "Dina Deputy"])
RATING = st.sampled_from(["red", "amber", "green"])
TEXT = st.sampled_from(["One team was trained.", "Two teams were trained."])
PLACE = st.integers(0, 3)
STALE = st.sampled_from([0, 0, 0, 0, 0, 1])
# Every contradiction has its reason: they are the business of another test.
REASONS = dict.fromkeys(Code, "So.")


class Machine(RuleBasedStateMachine):
    """Every rule asks the real domain and the plain one, and expects the same answer."""

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.plan = factories.plan(2, themes=2)
        self.world = World({"R01": 1, "R02": 2})
        self.events, self.at, self.published = Event.objects.count(), AT, {}
        self.open_month()

    def teardown(self):
        """Roll back, having looked once more at everything that was published on the way."""
        try:
            self.every_month_adds_up_to_its_scope()
            assert list(verification.problems()) == []
        finally:
            transaction.savepoint_rollback(self.savepoint)

    # What is asked of both.

    def same(self, expected, write, **given):
        """Let `write` do what the plain model said: be refused with that name, or be accepted."""
        self.at += timedelta(hours=1)
        given = {"by": user("Olga Office"), "at": self.at} | given
        try:
            with transaction.atomic():
                made, refusal = write(**given), None
        except Refusal as raised:
            made, refusal = None, type(raised).__name__
        assert refusal == expected
        return made

    def reference(self, place):
        references = sorted(self.world.rows)
        return references[place % len(references)]

    def update(self, reference):
        return MonthlyUpdate.objects.get(month__in=self.plan.months.order_by("-month")[:1], reference=reference)

    def version(self, reference, stale):
        return self.world.rows[reference].version + stale

    # The month.

    @precondition(lambda self: len(self.world.months) < 6 and set(self.world.themes) - self.world.closed)
    @rule()
    def open_month(self):
        month = date(2011, 5 + len(self.world.months), 1)
        expected = self.world.open_month()
        self.same(expected, reporting.open_month, plan=self.plan, month=month, due_on=date(2012, 12, 1))

    @rule()
    def publish(self):
        month = self.plan.months.order_by("-month").first()
        made = self.same(self.world.publish(), reporting.publish_month, month=month)
        if made:
            self.published[made.pk] = made.digest

    # The update.

    @rule(place=PLACE, stale=STALE, by=ANYBODY, rating=RATING, text=TEXT)
    def save_draft(self, place, stale, by, rating, text):
        reference = self.reference(place)
        version = self.version(reference, stale)
        expected = self.world.save_draft(reference, version, by, rating, text)
        given = {"update": self.update(reference), "version": version, "by": user(by)}
        self.same(expected, reporting.save_draft, rating=rating, progress=text, **given)

    @rule(place=PLACE, stale=STALE, by=ANYBODY, rating=RATING, text=TEXT)
    def submit(self, place, stale, by, rating, text):
        reference = self.reference(place)
        version = self.version(reference, stale)
        expected = self.world.submit(reference, version, by, rating, text)
        answers = factories.ANSWERS | {"rating": rating, "progress": text, "override_reasons": REASONS}
        given = {"update": self.update(reference), "version": version, "by": user(by)}
        self.same(expected, reporting.submit, **given, **answers)

    @rule(place=PLACE, stale=STALE, by=ANYBODY)
    def take_back(self, place, stale, by):
        reference = self.reference(place)
        version = self.version(reference, stale)
        expected = self.world.take_back(reference, version, by)
        self.same(expected, reporting.take_back, update=self.update(reference), version=version, by=user(by))

    @rule(place=PLACE, stale=STALE, by=REVIEWER)
    def sign_off(self, place, stale, by):
        reference = self.reference(place)
        version = self.version(reference, stale)
        expected = self.world.sign_off(reference, version, by)
        self.same(expected, reporting.sign_off, update=self.update(reference), version=version, by=user(by))

    @rule(place=PLACE, stale=STALE, by=REVIEWER)
    def return_for_changes(self, place, stale, by):
        reference = self.reference(place)
        version = self.version(reference, stale)
        expected = self.world.return_for_changes(reference, version)
        given = {"update": self.update(reference), "version": version, "by": user(by)}
        self.same(expected, reporting.return_for_changes, comment=f"Why, at {self.at}?", **given)

    @rule(place=PLACE)
    def upload(self, place):
        reference = self.reference(place)
        given = {"update": self.update(reference), "kind": "quantitative", "title": f"Rates, {self.at}"}
        file = ContentFile(b"month,rate\n", name="rates.csv")
        self.same(self.world.upload(reference), evidence.add, file=file, **given)

    @rule(place=PLACE, rating=RATING)
    def correct(self, place, rating):
        reference = self.reference(place)
        expected = self.world.correct(reference, rating)
        given = {
            "agreed_by": user("Liam Lead"),
            "agreed_on": self.at.date(),
            "agreed_how": "by e-mail",
            "reason": f"A slip, at {self.at}.",
        }
        self.same(expected, reporting.correct, update=self.update(reference), rating=rating, **given)

    @precondition(lambda self: self.world.is_open)
    @rule(by=ANYBODY, reviewer=REVIEWER, rating=RATING, text=TEXT)
    def a_whole_month(self, by, reviewer, rating, text):
        """Leads deep: what comes after a publication would else be reached too rarely."""
        for place in range(len(self.world.rows)):
            self.submit(place=place, stale=0, by=by, rating=rating, text=text)
            self.sign_off(place=place, stale=0, by=reviewer)
        self.publish()
        if len(self.world.months) < 6 and set(self.world.themes) - self.world.closed:
            self.open_month()

    # The plan and its people, of which what is published knows nothing.

    @rule(place=PLACE, theme=st.sampled_from([1, 2]))
    def re_theme(self, place, theme):
        reference = sorted(self.world.themes)[place % len(self.world.themes)]
        self.world.themes[reference] = theme
        outcome = Outcome.objects.get(theme__plan=self.plan, theme__number=theme)
        Recommendation.objects.filter(plan=self.plan, reference=reference).update(outcome=outcome, title="Renamed")

    @precondition(lambda self: len(self.world.themes) < 6)
    @rule(place=PLACE, closure=st.sampled_from(["withdrawn", "merged", "split"]))
    def close(self, place, closure):
        reference = sorted(self.world.themes)[place % len(self.world.themes)]
        closed = Recommendation.objects.get(plan=self.plan, reference=reference)
        successors = []
        if closure != "withdrawn" and reference not in self.world.closed:
            for _ in range(1 if closure == "merged" else 2):
                number = len(self.world.themes) + len(successors) + 1
                made = factories.recommendation(self.plan, number, theme=self.world.themes[reference])
                successors.append(made)
        expected = self.world.close(reference, [row.reference for row in successors])
        given = {"recommendation": closed, "closure": closure, "reason": f"Refreshed at {self.at}."}
        self.same(expected, revisions.close, successors=successors, **given)

    @rule(holder=st.sampled_from(["Ada Officer", "Nia Next"]))
    def hand_over(self, holder):
        post = Post.objects.get(title="Head of Safeguarding")
        self.at += timedelta(days=2)
        is_new = post.holder != user(holder)
        if is_new:
            self.world.events += 1
            deputy = user("Dev Deputy")
            given = {"holder": user(holder), "deputy": deputy if deputy.is_active else None, "on": self.at.date()}
            self.same(None, posts.hand_over, post=post, **given)

    @rule()
    def deactivate(self):
        leaver = user("Dev Deputy")
        leaver.is_active = not leaver.is_active
        leaver.save(update_fields=("is_active",))

    # What holds after every step.

    @invariant()
    def every_row_is_as_the_plain_model_says(self):
        stored = MonthlyUpdate.objects.filter(month=self.plan.months.latest("month"))
        found = {row.reference: row for row in stored.prefetch_related("evidence", "corrections")}
        assert {reference: _told(row) for reference, row in found.items()} == self.world.rows
        assert not [
            row for row in found.values() if row.signed_off_by_id and row.signed_off_by_id == row.submitted_by_id
        ]

    @invariant()
    def what_was_published_is_what_it_was(self):
        for month in ReportingMonth.objects.filter(pk__in=self.published):
            assert digests.digest(month) == month.digest == self.published[month.pk]

    @invariant()
    def at_most_one_month_is_open(self):
        assert self.plan.months.filter(published_at=None).count() == int(self.world.is_open)

    @invariant()
    def every_accepted_write_has_its_one_event(self):
        assert Event.objects.count() - self.events == self.world.events

    def every_month_adds_up_to_its_scope(self):
        for place, totals in enumerate(dashboard.totals(list(self.plan.months.order_by("month")))):
            counts = {number.key: number.value for number in totals.ratings}
            assert counts == self.world.counts(place)
            assert sum(counts.values()) == totals.total.value == len(self.world.months[place])


def _told(row):
    """Return a stored row as the plain model tells it."""
    corrected = [item.after for item in row.corrections.all() if item.field == "rating"]
    return Row(
        theme=row.theme_number,
        status=row.status,
        version=row.version,
        rating=row.rating,
        text=row.progress,
        saved_by=row.saved_by.name if row.saved_by else "",
        submitted_by=row.submitted_by.name if row.submitted_by else "",
        signed_by=row.signed_off_by.name if row.signed_off_by else "",
        evidence=len(row.evidence.all()),
        corrected=corrected[-1] if corrected else "",
    )


@pytest.mark.django_db
def test_any_sequence_of_writes_leaves_what_the_plain_model_says():
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
