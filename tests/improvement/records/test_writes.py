"""What every write of a row with a version does."""

import pytest

from improvement.records import writes
from improvement.records.refusals import Conflict
from tests import factories

LARGEST = 2_147_483_647  # that PostgreSQL's column holds


@pytest.fixture
def meeting(db):
    return factories.meeting(factories.plan())


def test_a_write_of_the_version_that_stands_is_made(meeting):
    written = writes.write(meeting, meeting.version, place="Civic Hall")
    assert (written.place, written.version) == ("Civic Hall", 1)
    meeting.refresh_from_db()
    assert (meeting.place, meeting.version) == ("Civic Hall", 1)


@pytest.mark.parametrize("version", [-1, 1, LARGEST])
def test_a_write_of_another_version_is_a_conflict_with_what_stands(meeting, version):
    with pytest.raises(Conflict) as conflict:
        writes.write(meeting, version, place="Civic Hall")
    assert conflict.value.current == meeting
    meeting.refresh_from_db()
    assert meeting.version == 0


def test_a_write_after_somebody_elses_is_a_conflict_although_the_row_is_old(meeting):
    type(meeting).objects.filter(pk=meeting.pk).update(version=1)
    with pytest.raises(Conflict) as conflict:
        writes.write(meeting, 0, place="Civic Hall")
    assert conflict.value.current.version == 1


def test_what_says_the_same_is_held(meeting):
    assert writes.holds(meeting, {"place": meeting.place, "version": 0})
    assert not writes.holds(meeting, {"place": "Elsewhere"})
