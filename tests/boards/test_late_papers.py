"""A paper that comes after its agenda says so."""

import pytest

from boards.meetings import proceedings
from boards.models import Paper
from boards.permissions import Readership
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db


def test_a_paper_is_late_unless_it_is_tabled_with_the_agenda():
    meeting = factories.meeting(factories.plan())
    chosen, other = factories.paper(meeting, "Chosen"), factories.paper(meeting, "Other")
    factories.paper(meeting, "Draft")
    meeting = factories.announced(meeting, papers=[chosen])
    factories.tabled(other)
    expected = {"Chosen": False, "Other": True, "Draft": False}
    assert dict(Paper.objects.values_list("title", "is_tabled_late")) == expected
    listed = proceedings.build(meeting, Readership.OFFICE, now=AT).listed
    assert {one.paper.title: one.is_late for one in listed} == expected
