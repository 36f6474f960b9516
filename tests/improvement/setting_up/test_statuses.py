"""How far a task has come, as a truth table."""

import pytest

from improvement.setting_up.statuses import Status, status


@pytest.mark.parametrize(
    ("there", "lacking", "expected"),
    [
        (0, 0, Status.NOT_STARTED),
        (0, 3, Status.NOT_STARTED),
        (1, 0, Status.DONE),
        (1, 1, Status.IN_PROGRESS),
        (3, 0, Status.DONE),
        (3, 2, Status.IN_PROGRESS),
    ],
)
def test_a_task_is_begun_by_the_first_thing_and_done_when_nothing_is_lacking(there, lacking, expected):
    assert status(there, lacking) == expected


def test_each_status_has_its_word():
    assert [each.label for each in Status] == ["Not started", "In progress", "Done"]
