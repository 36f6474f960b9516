"""What README and docs/operations tell an operator to set, type and copy is there under that name."""

import ast
import re
import subprocess

import pytest
from django.conf import settings
from django.core.management import get_commands

from tests.production import PRODUCTION, ROOT, start

OPERATIONS = ROOT / "docs/operations"
README = (ROOT / "README.md").read_text()
INSTALLING = (OPERATIONS / "installing.md").read_text()


def blocks(text):
    """Return the lines that are to be typed or copied."""
    return [line.strip() for line in text.splitlines() if line.startswith("    ")]


def section(text, heading):
    return re.search(rf"^#+ {heading}$(.*?)(?=^#|\Z)", text, re.DOTALL | re.MULTILINE)[1]


def table():
    """Return the variables that README's table describes."""
    cells = re.findall(r"^\| (`.*?`) \|", section(README, "Run it for a council"), re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`([A-Z_]+)`", cell)}


def read_by_settings():
    """Return the variables that the settings ask of the environment."""
    calls = ast.walk(ast.parse((ROOT / "improvement/settings.py").read_text()))
    return {
        call.args[0].value
        for call in calls
        if isinstance(call, ast.Call) and call.args and ast.unparse(call.func).split(".")[0] == "env"
    }


def example():
    return dict(re.findall(r"^#?([A-Z_]+)='(.*)'$", (OPERATIONS / "improvement.env").read_text(), re.MULTILINE))


def exec_start():
    return re.search(r"^ExecStart=(.*)$", (OPERATIONS / "improvement.service").read_text(), re.MULTILINE)[1]


def test_every_variable_that_settings_read_is_described_and_no_other():
    assert table() == read_by_settings()


def test_every_variable_of_the_example_is_described():
    assert example().keys() - table() == set()


def test_the_example_lacks_nothing_but_a_key(tmp_path):
    given = example() | {"DATA_DIR": str(tmp_path)}
    del given["DATABASE_URL"]
    assert "SECRET_KEY is not set." in start(tmp_path, "manage.py", "check", **given).stderr
    done = start(tmp_path, "manage.py", "check", **given | {"SECRET_KEY": PRODUCTION["SECRET_KEY"]})
    assert (done.returncode, done.stderr) == (0, "")


def test_the_example_is_read_alike_by_the_shell_and_by_systemd():
    """systemd takes what stands in single quotes as it is; so does the shell."""
    done = subprocess.run(
        ["/bin/sh", "-c", "set -a; . ./improvement.env; env"], cwd=OPERATIONS, env={}, capture_output=True, text=True
    )
    given = dict(line.split("=", 1) for line in done.stdout.splitlines())
    expected = {name: value for name, value in example().items() if name != "DATABASE_URL"}
    assert {name: given.get(name) for name in expected} == expected


@pytest.mark.parametrize("text", [README, INSTALLING, *(path.read_text() for path in OPERATIONS.glob("*.service"))])
def test_every_command_that_is_to_be_typed_exists(text):
    typed = {name for line in text.splitlines() for name in re.findall(r"manage\.py ([a-z_]+)", line)}
    typed |= {name for line in blocks(text) for name in re.findall(r"^improvement ([a-z_]+)", line)}
    assert typed - get_commands().keys() == set()


@pytest.mark.parametrize("text", [README, INSTALLING])
def test_every_target_of_make_that_is_to_be_typed_exists(text):
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    typed = {line.split("make ")[1].split()[0] for line in blocks(text) if re.search(r"(^| )make [a-z]", line)}
    assert (bool(typed), typed - {*targets, "python3-venv"}) == (True, set())


def test_every_step_of_readme_is_a_step_on_debian_in_the_same_order():
    pairs = [
        ("Run it for a council", "The database and the first administrator"),
        ("Updating", "Updating"),
        ("Backing up", "Restoring"),
    ]
    for heading, walked in pairs:
        steps = re.findall(r"^    \.venv/bin/python manage\.py ([a-z_]+)", section(README, heading), re.MULTILINE)
        taken = re.findall(r"^    improvement ([a-z_]+)", section(INSTALLING, walked), re.MULTILINE)
        assert (heading, bool(steps), [step for step in taken if step in steps]) == (heading, True, steps)


def test_the_unit_starts_the_server_as_readme_does():
    line = next(line for line in blocks(README) if "gunicorn" in line)
    assert exec_start() == f"/srv/improvement/{line}"


def test_the_proxy_lets_through_what_the_site_takes_in():
    megabytes = re.search(r"client_max_body_size (\d+)m;", section(README, "The proxy"))[1]
    assert int(megabytes) * 1024 * 1024 == settings.REQUEST_MAX_BYTES


@pytest.mark.parametrize("path", [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *OPERATIONS.glob("*.md")])
def test_every_link_to_a_file_leads_to_one(path):
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text())
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_file_that_is_to_be_copied_is_there():
    named = re.findall(r"docs/operations/(\S+)", "\n".join(blocks(INSTALLING)))
    assert [name for name in named if not list(OPERATIONS.glob(name))] == []
