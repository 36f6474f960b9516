"""The data file itself: enough distinct inputs of every group, and each of them sent."""

from pathlib import Path

from tests.hostile import inputs
from tests.hostile.inputs import GROUPS, dealt, lines, sent, tables

LISTS = [group for group, each in GROUPS.items() if not isinstance(each[0], dict) or "times" in each[0]]
TABLES = [group for group in GROUPS if group not in LISTS]


def test_there_are_three_hundred_distinct_inputs_and_some_of_every_group():
    assert {
        "paths",
        "queries",
        "texts",
        "markup",
        "formulas",
        "dates",
        "numbers",
        "bodies",
        "files",
        "workbooks",
        "sessions",
        "headers",
    } <= set(GROUPS)
    assert {group for group, each in GROUPS.items() if len(each) < 25} == set()
    assert {group: len(each) - len(set(map(repr, each))) for group, each in GROUPS.items()} == dict.fromkeys(GROUPS, 0)
    distinct = {one for group in LISTS for one in lines(group)}
    assert len(distinct) + len({repr(one) for group in TABLES for one in tables(group)}) >= 300


def test_what_has_to_be_among_them_is():
    assert "page=abc" in GROUPS["queries"]
    assert {b"\0", b"\xff\xfe\xfa"} < set(lines("texts"))
    assert {b"1 1 0", b"1 1 0000"} < set(lines("dates"))
    stems = [each["name"].decode("utf-8", "replace").rpartition(".")[0] for each in tables("files")]
    assert [len(stem) for stem in stems if stem.startswith("漢字かな")] == [90]


def test_every_group_is_sent_by_a_test():
    here = Path(inputs.__file__).parent
    code = "".join(path.read_text() for path in here.glob("*.py") if path.name != Path(__file__).name)
    assert [group for group in GROUPS if f'"{group}"' not in code] == []


def test_a_line_is_read_as_bytes():
    assert sent("a%00%FF%25") == b"a\0\xff%"
    assert sent({"text": "%00", "times": 3}) == b"\0\0\0"


def test_inputs_are_dealt_until_each_had_its_turn():
    hands = list(dealt([1, 2, 3, 4, 5], "ab"))
    assert hands == [{"a": 1, "b": 2}, {"a": 3, "b": 4}, {"a": 5, "b": 1}]
    assert list(dealt([1, 2], "a", 3)) == [{"a": 1}, {"a": 2}, {"a": 1}]
    assert list(dealt([1], "")) == []
