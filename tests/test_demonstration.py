"""Leeds as `load_demonstration` leaves it, against what its sources publish."""

import calendar
import re
from collections import Counter
from datetime import date
from hashlib import sha256

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import Count

from accounts.models import User
from boards.models import Seat
from improvement.demonstration import read
from notices.models import Finding, Target
from plans.calendar import RECEIVED, UpdateStatus
from plans.models import AreaOfFocus, MonthlyUpdate, Recommendation, ReportingMonth, Theme
from tests import databases

MONTH_NAMES = calendar.month_name[1:]

# Dates ahead that were agreed or announced by then.
ANNOUNCED = {"2011-10": {"March 2012"}}


def digest_of_all_rows():
    """Return one digest over every row of every table of ours, history included."""
    total = sha256()
    for label in ("accounts", "notices", "plans", "boards"):
        for model in apps.get_app_config(label).get_models(include_auto_created=True):
            for row in model.objects.order_by("pk").values_list():
                total.update(repr(row).encode())
    return total.hexdigest()


def in_month(month):
    return MonthlyUpdate.objects.filter(month__month=month)


def test_load_demonstration_run_again_changes_nothing(leeds, django_assert_max_num_queries):
    before = digest_of_all_rows()
    with django_assert_max_num_queries(4000):
        call_command("load_demonstration", verbosity=0)
    assert digest_of_all_rows() == before


def test_load_demonstration_run_again_keeps_what_users_changed(leeds):
    post = leeds.recommendations.get(reference="R07").lead_post
    post.title = "Head of Records"
    post.save()
    leeds.recommendations.get(reference="R07").actions.all().delete()
    Theme.objects.filter(plan=leeds, number=1).update(title="Another title")
    Seat.objects.filter(person="", user=None).delete()
    user = User.objects.get(email="observer@leeds.example")
    user.set_password("a password of my own")
    user.save()
    before = digest_of_all_rows()
    call_command("load_demonstration", verbosity=0)
    assert digest_of_all_rows() == before


def test_load_demonstration_says_what_it_is_at(leeds, capsys):
    """The first time it takes about a minute."""
    months, meetings = leeds.months.count(), leeds.board.meetings.count()
    first = leeds.months.earliest("month").month
    lines = databases.said()
    assert lines[0].startswith("Loading the demonstration: people, the Notice")
    assert lines[1] == f"Playing {first:%B %Y}, month 1 of {months}"
    assert lines[months + meetings].endswith(f", meeting {meetings} of {meetings}")
    call_command("load_demonstration")
    assert "Playing" not in capsys.readouterr().out


def test_load_demonstration_names_each_account_and_the_password_once(leeds, capsys):
    call_command("load_demonstration")
    printed = capsys.readouterr().out
    assert printed.count("improvement-2011") == 1
    assert printed.count("@leeds.example") == User.objects.filter(is_demonstration=True).count() == 25


def test_load_demonstration_is_refused_outside_the_demonstration(db, settings):
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="DEMONSTRATION=1"):
        call_command("load_demonstration")


def test_verify_finds_the_demonstration_whole(leeds):
    call_command("verify")


def test_the_reference_facts_are_as_many_as_the_sources_print(leeds):
    assert leeds.recommendations.count() == 44
    assert len(set(leeds.recommendations.values_list("title", flat=True))) == 44
    assert Counter(Finding.objects.values_list("group", flat=True)) == {"Safeguarding": 14, "Looked after children": 10}
    assert Counter(Target.objects.values_list("kind", flat=True)) == {"measured": 7, "narrative": 16}
    assert Counter(Seat.objects.values_list("role", flat=True)) == {
        "chair": 2,  # the same person, of another body from 8 December 2011
        "member": 8,  # the new Chief Executive, and the demonstration's own member
        "in-attendance": 3,  # the Interim Director and the Director
        "observer": 2,
    }


def test_the_recommendations_stand_in_themes_and_areas_as_specified(leeds):
    themes = Theme.objects.annotate(size=Count("outcomes__recommendations")).values_list("number", "size")
    assert dict(themes) == {1: 5, 2: 15, 3: 10, 4: 7, 5: 7}
    areas = AreaOfFocus.objects.annotate(size=Count("recommendations")).values_list("letter", "size")
    assert dict(areas) == {"A": 7, "B": 23, "C": 14, "D": 10, "E": 4, "F": 9}


def test_each_recommendation_has_the_wording_of_what_it_answers(leeds):
    for recommendation in leeds.recommendations.prefetch_related("findings", "targets"):
        answered = [*recommendation.findings.all(), *recommendation.targets.all()]
        assert recommendation.wording in {item.wording for item in answered}


def test_only_two_targets_have_no_recommendation(leeds):
    left = Target.objects.filter(recommendations=None).values_list("reference", flat=True)
    assert list(left) == ["N17", "N23"]
    assert not Finding.objects.filter(recommendations=None).exists()


def test_november_2010_is_as_published(leeds):
    rows = in_month(date(2010, 11, 1))
    assert Counter(rows.values_list("rating", flat=True)) == {"green": 9, "amber": 34, "red": 1}
    assert rows.get(rating="red").reference == "R10"
    assert rows.filter(status__in=RECEIVED).count() == 44
    assert rows.filter(direction="improving").count() >= 23
    for row in rows.filter(reference__in=("R08", "R32")):
        assert (row.rating in ("amber", "green"), row.direction) == (True, "improving")


def test_every_month_accounts_for_all_44(leeds):
    months = ReportingMonth.objects.annotate(scope=Count("updates"))
    assert list(months.values_list("scope", flat=True)) == [44] * 22
    assert [month.month for month in months if not month.is_published] == [date(2011, 12, 1)]


def test_areas_of_focus_are_reported_on_from_september_2010(leeds):
    for month in ReportingMonth.objects.annotate(areas=Count("area_updates")):
        assert month.areas == (6 if month.month >= date(2010, 9, 1) else 0)


def test_december_2011_holds_updates_in_every_state(leeds):
    states = set(in_month(date(2011, 12, 1)).values_list("status", flat=True))
    assert states == set(UpdateStatus) - {UpdateStatus.CARRIED}
    assert in_month(date(2011, 12, 1)).filter(is_late=True).exists()


def test_at_most_half_of_all_updates_are_the_same_as_last_month(leeds):
    received = MonthlyUpdate.objects.filter(status__in=RECEIVED)
    assert received.exclude(unchanged_reason="").count() * 2 < received.count()


@pytest.mark.parametrize("reference", [f"R{number:02}" for number in range(1, 45)])
def test_each_recommendation_tells_a_story_of_its_own(leeds, reference):
    told = Recommendation.objects.get(reference=reference).updates.exclude(progress="")
    assert told.values("progress").distinct().count() >= 8


def test_posts_changed_hands_and_the_months_before_keep_their_names(leeds):
    names = dict(MonthlyUpdate.objects.filter(reference="R01").values_list("month__month", "accountable_name"))
    assert names[date(2010, 9, 1)] == "Interim Director of Children's Services"
    assert names[date(2010, 10, 1)] == "Accountable lead, children's services"
    posts = dict(MonthlyUpdate.objects.filter(reference="R27").values_list("month__month", "accountable_title"))
    assert posts[date(2011, 3, 1)] == "Chief Executive of Education Leeds"
    assert posts[date(2011, 4, 1)] == "Deputy Director, Learning, Skills and Universal Services"


def test_a_partner_without_an_account_is_entered_for_by_the_programme_office(leeds):
    row = in_month(date(2010, 11, 1)).get(reference="R14")
    assert (row.submitted_name, row.entered_for) == (
        "Programme office",
        "Designated Doctor, Child Protection, NHS Leeds",
    )


def texts(value):
    """Yield every narrative in a piece of the story; plans for the future and file names are none."""
    if isinstance(value, dict):
        for name, item in value.items():
            if name not in ("green_by", "next_steps", "decision_sought", "remedy", "before", "evidence"):
                yield from texts(item)
    elif isinstance(value, str) and " " in value:
        yield value


@pytest.mark.parametrize("month", read("leeds_months.json"), ids=lambda month: month["month"][:7])
def test_no_narrative_uses_a_fact_later_than_its_month(month):
    """A month and year named as past, or a fact that the sources date later, would give it away."""
    this = month["month"][:7]
    told = " ".join(texts({key: value for key, value in month.items() if key != "before"}))
    named = re.findall(rf"({'|'.join(MONTH_NAMES)}) (20\d\d)(?!/)", told)
    later = [pair for pair in named if f"{pair[1]}-{MONTH_NAMES.index(pair[0]) + 1:02}" > this]
    assert {" ".join(pair) for pair in later} <= ANNOUNCED.get(this, set())
    first_allowed = {
        "screening team": "2010-04",
        "78.3": "2010-09",
        "81.4": "2010-09",
        "8.3%": "2011-02",
        "80.1": "2011-06",
        "90.1": "2011-06",
        "90.9": "2011-08",
        "80.5": "2011-09",
        "90.2": "2011-09",
        "68.9": "2011-09",
        "28.9": "2011-09",
        "seven suppliers": "2011-11",
        "73.7": "2011-11",
        "recent inspection": "2011-11",
        "Leeds Education Challenge": "2011-11",
    }
    assert [fact for fact, since in first_allowed.items() if fact in told and this < since] == []


def test_history_tells_historic_moments_and_never_the_machines(leeds):
    for model in (apps.get_model("accounts.Post"), apps.get_model("plans.Outcome"), Recommendation):
        assert model.history.latest("history_date").history_date.year < 2012
