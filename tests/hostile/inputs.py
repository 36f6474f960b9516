"""The hostile inputs of `inputs.toml`, by group, as the bytes that are sent."""

import tomllib
from itertools import islice
from pathlib import Path
from urllib.parse import unquote_to_bytes

# What stands in a table for something else than what is sent.
_NAMES = {"cell", "made"}
GROUPS = tomllib.loads(Path(__file__).with_name("inputs.toml").read_text())


def sent(line):
    """Return the bytes of a line: a text in which %XX is a byte, or such a text so often."""
    if isinstance(line, dict):
        return sent(line["text"]) * line["times"]
    return unquote_to_bytes(line)


def lines(*groups):
    """Return the bytes of every input of the groups that are lists of texts, in turn from each."""
    ranked = sorted(
        (place / len(GROUPS[group]), group, line)
        for group in groups
        for place, line in enumerate(map(sent, GROUPS[group]))
    )
    return [line for _, _, line in ranked]


def texts(*groups):
    """Return the same as texts, without those that are none."""
    return [line.decode() for line in lines(*groups) if _is_text(line)]


def tables(group):
    """Return every input of a group of tables, its texts as bytes."""
    return [
        {
            name: value if name in _NAMES or not isinstance(value, str | dict) else sent(value)
            for name, value in table.items()
        }
        for table in GROUPS[group]
    ]


def dealt(inputs, places, hands=None):
    """Deal the inputs out over the places like cards: yield {place: input} until each input was dealt, or so often.

    From one hand to the next every place gets another input.
    """
    places = list(places)
    if not places:
        return
    least = -(-len(inputs) // len(places))
    yield from islice(_hands(inputs, places), hands or least)


def _hands(inputs, places):
    start = 0
    while True:
        yield {place: inputs[(start + number) % len(inputs)] for number, place in enumerate(places)}
        start += len(places)


def _is_text(line):
    try:
        return "\0" not in line.decode()
    except UnicodeDecodeError:
        return False
