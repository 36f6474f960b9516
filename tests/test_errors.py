"""Whatever an error says ends with a full stop: several sentences stand side by side, on a page and in a message."""

import ast

import pytest

from improvement import urls  # noqa: F401 (so that every refusal is known)
from improvement.records.refusals import Refusal
from tests.test_architecture import APPS, ROOT

ENDS = (".", ".”", "}")  # the last is a part that is worked out


def kinds(kind):
    return {kind.__name__, *(name for below in kind.__subclasses__() for name in kinds(below))}


RAISED = {"ValidationError", "_wrong"} | kinds(Refusal)
NAMED = ("error_messages", "violation_error_message")


def texts(node, constants):
    """Yield the texts that an expression may be, a part that is worked out as “{}”."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
    elif isinstance(node, ast.Name | ast.Attribute):
        yield from constants.get(getattr(node, "id", None) or node.attr, ())
    elif isinstance(node, ast.IfExp):
        yield from [*texts(node.body, constants), *texts(node.orelse, constants)]
    elif isinstance(node, ast.Dict):
        yield from [text for value in node.values for text in texts(value, constants)]
    elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "fromkeys" and len(node.args) > 1:
        yield from texts(node.args[1], constants)


def asked(node):
    """Return the expression that says what is wrong, if `node` is of a kind that says it."""
    if isinstance(node, ast.keyword) and node.arg in NAMED:
        return node.value
    if isinstance(node, ast.Assign) and getattr(getattr(node.targets[0], "value", None), "id", "") == "errors":
        return node.value
    if isinstance(node, ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name == "add_error":
            return node.args[1]
        return node.args[0] if name in RAISED and node.args else None
    return None


def sources():
    for path in sorted(file for app in APPS for file in (ROOT / app).rglob("*.py")):
        if "migrations" not in path.parts:
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def unended(parsed):
    """Return what errors say without a full stop, each with its file."""
    constants = {}
    for _, tree in parsed:
        for node in tree.body:
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "").isupper():
                constants.setdefault(node.targets[0].id, set()).update(texts(node.value, {}))
    return [
        (file, text)
        for file, tree in parsed
        for node in ast.walk(tree)
        if (said := asked(node))
        for text in texts(said, constants)
        if text and text[0].isupper() and not text.endswith(ENDS)
    ]


def test_every_error_ends_with_a_full_stop():
    assert unended(list(sources())) == []


@pytest.mark.parametrize(
    "line",
    [
        'raise Incomplete({"title": "Enter a title"})',
        'name = CharField(error_messages={"required": "Enter a name"})',
        'form.add_error("on", "Enter a day" if on else "Enter a day.")',
        'TOO_LATE = "This day has passed"\nraise ValidationError(TOO_LATE)',
        'errors["on"] = f"Enter a day before {day} or none"',
    ],
)
def test_an_error_without_a_full_stop_is_noticed(line):
    assert len(unended([("a.py", ast.parse(line))])) == 1
