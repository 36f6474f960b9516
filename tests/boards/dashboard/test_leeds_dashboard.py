"""The dashboard of the demonstration: November 2010 as it was published, and for good."""

import gzip
from datetime import date
from html import unescape

import pytest
from django.db.models import F
from django.urls import reverse

from accounts import posts
from accounts.models import Post, User
from boards import dashboard
from plans import revisions
from plans.models import Plan, ReportingMonth
from tests.boards.reading import NUMBER, address, main, size_behind
from tests.factories import AT, later


@pytest.fixture
def november(leeds):
    return ReportingMonth.objects.get(plan=leeds, month=date(2010, 11, 1))


@pytest.fixture
def chair(client):
    def signed_in():
        client.force_login(User.objects.get(email="independent-chair@leeds.example"))
        return client

    return signed_in


def test_november_2010_reads_as_the_executive_board_was_told(november):
    """[001] 3.3.3 and 3.3.4."""
    built = dashboard.build(november, now=AT)
    assert built.total.value == 44
    assert [(number.key, number.value) for number in built.ratings] == [
        ("red", 1),
        ("amber", 34),
        ("green", 9),
        ("none", 0),
    ]
    assert [row.reference for row in built.sections["red"].rows] == ["R10"]
    assert built.majority.key == "improving"
    assert [area.total.value for area in built.areas] == [7, 23, 14, 10, 4, 9]


def test_every_number_of_november_2010_is_that_of_the_list_behind_it(november, chair):
    found = NUMBER.findall(main(chair().get(address(november, "leeds"))))
    assert len(found) > 20
    assert [(link, int(number)) for link, number in found] == [(link, size_behind(unescape(link))) for link, _ in found]


def test_november_2010_reads_the_same_after_the_plan_has_moved_on(november, chair):
    path, compare = address(november, "leeds"), reverse("boards:compare", args=["leeds", november.month])
    before = [main(chair().get(url)) for url in (path, f"{compare}?with=2010-06")]
    move_on(november.plan)
    assert [main(chair().get(url)) for url in (path, f"{compare}?with=2010-06")] == before


def move_on(plan):
    """Re-theme, rename, hand over and close everything; rename the plan, its themes, areas and posts."""
    office = plan.programme_office.get()
    Plan.objects.filter(pk=plan.pk).update(title="Another plan", caveat="Another caveat.")
    plan.rating_definitions.update(wording="Another wording.")
    plan.themes.update(title="Another theme")
    plan.areas.update(title="Another area")
    for post in Post.objects.filter(led_recommendations__plan=plan).distinct():
        posts.hand_over(post=post, holder=office, deputy=None, on=date(2011, 12, 9), by=office, at=later(days=222))
    Post.objects.update(title=F("pk"))
    outcome = plan.themes.last().outcomes.last()
    plan.recommendations.update(title="Another title", wording="Another wording.", outcome=outcome)
    for row in plan.recommendations.all():
        row.areas.clear()
        given = {"closure": "completed", "reason": "Done.", "by": office, "at": later(days=222)}
        revisions.close(recommendation=row, **given)


def test_the_dashboard_of_leeds_weighs_at_most_30_kilobytes(leeds, chair):
    month = leeds.months.filter(published_at__isnull=False).latest("month")
    response = chair().get(address(month, "leeds"))
    assert len(dashboard.build(month, now=AT).history) == 21
    assert len(gzip.compress(response.content)) <= 30_000
