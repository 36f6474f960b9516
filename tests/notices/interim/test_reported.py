"""A report as its page and its documents show it: what is counted, what is to be gone over, and in which order."""

import pytest

from notices import interim
from notices.interim import reported
from notices.models import SECTIONS, InterimEntry, InterimReport
from notices.targets.milestones import Verdict
from tests import factories
from tests.factories import AT, user


def entry(**said):
    return InterimEntry(**{"status": "not-stated", "verdict": "no-data"} | said)


def report(*entries, **said):
    return reported.Reported(InterimReport(**said), tuple(reported.Line(one) for one in entries))


def test_targets_are_counted_by_their_status():
    entries = [entry(status=status) for status in ("achieved", "not-met", "achieved")]
    assert dict(report(*entries).counts) == {
        "Not stated": 0,
        "Achieved": 2,
        "Well on the way": 0,
        "Not met": 1,
    }
    words = ", ".join(f"{number} {label.lower()}" for label, number in report(*entries).counts)
    assert report(*entries).counted == f"3 targets: {words}"
    assert report(entries[0]).counted.startswith("1 target: ")


@pytest.mark.parametrize(
    ("status", "verdict", "is_at_odds"),
    [
        ("achieved", Verdict.MISSED, True),
        ("not-met", Verdict.MET, True),
        ("achieved", Verdict.MET, False),
        ("not-met", Verdict.MISSED, False),
        ("well-on-the-way", Verdict.MISSED, False),
        ("achieved", Verdict.UNDECIDED, False),
    ],
)
def test_a_status_is_at_odds_with_the_opposite_verdict_alone(status, verdict, is_at_odds):
    found = report(entry(status=status, verdict=verdict))
    assert found.at_odds == (list(found.lines) if is_at_odds else [])


def test_what_is_to_be_gone_over_is_silent_or_carried_over():
    silent, carried = entry(narrative=" ", note=" "), entry(narrative="As before.")
    written, explained = entry(narrative="New.", written_at=AT), entry(note="Nothing is known.")
    found = report(silent, carried, written, explained)
    assert [line.entry for line in found.silent] == [silent]
    assert [line.entry for line in found.carried] == [silent, carried]
    assert [line.entry for line in report(entry(), explained).carried] == []


def test_a_section_without_words_is_empty():
    found = report(purpose="To report.", conclusion=" ")
    assert [section.name for section in found.sections] == list(SECTIONS)
    assert [section.name for section in found.empty_sections] == [name for name in SECTIONS if name != "purpose"]
    assert found.sections[0].label == InterimReport._meta.get_field(SECTIONS[0]).verbose_name.capitalize()


def test_entries_stand_in_the_order_of_the_notice_drafted_and_tabled(db):
    notice = factories.notice()
    for number in (3, 2):
        factories.target(notice, number)
    draft = factories.report(notice)
    assert [line.entry.position for line in reported.build(draft).lines] == [1, 2, 3]
    tabled = interim.table(report=draft, tabled_on=AT.date(), by=user("Olga Office"), at=AT)
    assert [line.entry.position for line in reported.build(tabled).lines] == [1, 2, 3]
