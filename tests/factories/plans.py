"""A plan with its people, and the months in which it is reported on."""

from datetime import date

import factory

from accounts.models import Post
from plans import reporting
from plans.models import AreaOfFocus, Outcome, Plan, Recommendation, Theme
from tests.factories import copies
from tests.factories.boards import BoardFactory, SeatFactory
from tests.factories.counting import Counted
from tests.factories.moments import AT, COUNCIL, SINCE
from tests.factories.people import PostFactory, post, user

DUE_ON = date(2011, 12, 31)
ANSWERS = {
    "rating": "amber",
    "direction": "steady",
    "progress": "Two teams were trained.",
    "impact": "Families are seen sooner.",
    "next_steps": "Train the other teams.",
    "remedy": "More trainers.",
    "remedy_owner": "Head of Training",
    "green_by": date(2012, 9, 30),
}


class PlanFactory(Counted):
    class Meta:
        model = Plan

    slug = factory.Sequence("plan-{}".format)
    title = "Thornbury Improvement Plan"
    council = COUNCIL


class ThemeFactory(Counted):
    class Meta:
        model = Theme

    plan = factory.SubFactory(PlanFactory)
    number = factory.Sequence(int)
    title = factory.LazyAttribute(lambda made: f"Theme {made.number}")


class OutcomeFactory(Counted):
    class Meta:
        model = Outcome

    theme = factory.SubFactory(ThemeFactory)
    number = 1
    title = factory.LazyAttribute(lambda made: f"Outcome {made.theme.number}")
    accountable_post = factory.SubFactory(PostFactory, title="Director of Children")


class RecommendationFactory(Counted):
    class Meta:
        model = Recommendation

    class Params:
        number = factory.Sequence(int)

    plan = factory.SubFactory(PlanFactory)
    outcome = factory.SubFactory(OutcomeFactory, theme__plan=factory.SelfAttribute("...plan"))
    reference = factory.LazyAttribute(lambda made: f"R{made.number:02}")
    title = factory.LazyAttribute(lambda made: f"Recommendation {made.number}")
    wording = factory.LazyAttribute(lambda made: f"Improve matter {made.number} without delay.")
    lead_post = factory.SubFactory(PostFactory, title="Head of Safeguarding")
    original_due_on = DUE_ON
    due_on = DUE_ON
    opened_on = SINCE


class AreaOfFocusFactory(Counted):
    class Meta:
        model = AreaOfFocus

    plan = factory.SubFactory(PlanFactory)
    letter = factory.Sequence(lambda number: chr(ord("A") + number - 1))
    title = factory.LazyAttribute(lambda made: f"Area {made.letter}")
    leading_post = factory.SubFactory(PostFactory, title="Head of Safeguarding")
    from_on = SINCE


def plan(recommendations=1, themes=1, slug="thornbury"):
    """Return a plan with its people: an officer and deputy, an accountable lead and deputy, office, chair, observer."""
    _, pk = copies.made_once(_plan, recommendations, themes, slug)
    return Plan.objects.select_related("board").get(pk=pk)


def _plan(recommendations, themes, slug):
    made = PlanFactory(slug=slug)
    made.programme_office.add(user("Olga Office"))
    lead = post("Head of Safeguarding", user("Ada Officer"), user("Dev Deputy"))
    accountable = post("Director of Children", user("Liam Lead"), user("Dina Deputy"))
    for number in range(1, themes + 1):
        OutcomeFactory(theme=ThemeFactory(plan=made, number=number), accountable_post=accountable)
    for number in range(1, recommendations + 1):
        recommendation(made, number, lead, theme=(number - 1) % themes + 1)
    board = BoardFactory(slug=slug, plan=made)
    for role, name in (("chair", "Cass Chair"), ("member", "Mo Member"), ("observer", "Obi Observer")):
        SeatFactory(board=board, role=role, user=user(name))
    return made


def recommendation(plan, number, lead=None, theme=1, **fields):
    """Add a recommendation to the first outcome of the plan's `theme`."""
    outcome = Outcome.objects.get(theme__plan=plan, theme__number=theme, number=1)
    lead = lead or Post.objects.get(title="Head of Safeguarding")
    return RecommendationFactory(plan=plan, number=number, outcome=outcome, lead_post=lead, **fields)


def area(plan, letter="A", **fields):
    return AreaOfFocusFactory(plan=plan, letter=letter, **fields)


def month(plan, number=5, at=AT):
    """Open a month of 2011; updates are due on its 20th."""
    return reporting.open_month(
        plan=plan,
        month=date(2011, number, 1),
        due_on=date(2011, number, 20),
        sign_off_due_on=date(2011, number, 24),
        data_as_at=date(2011, number, 15),
        by=user("Olga Office"),
        at=at,
    )


def submitted(update, by=None, at=AT, **answers):
    return reporting.submit(
        update=update, version=update.version, by=by or user("Ada Officer"), at=at, **ANSWERS | answers
    )


def signed_off(update, at=AT, **answers):
    row = submitted(update, at=at, **answers)
    return reporting.sign_off(update=row, version=row.version, by=user("Liam Lead"), at=at)


def published(month, at=AT):
    return reporting.publish_month(month=month, by=user("Olga Office"), at=at)
