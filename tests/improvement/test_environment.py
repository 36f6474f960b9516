"""Whatever is wrong in the environment is told in one sentence that names the variable."""

from datetime import datetime
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from improvement.environment import Environment

# How settings read each kind of variable, and what each refuses and takes.
READ = {
    "required": lambda env: env("VALUE"),
    "flag": lambda env: env.bool("VALUE", default=False),
    "number": lambda env: env.int("VALUE", default=7),
    "hosts": lambda env: env.hosts("VALUE", default=[]),
    "origins": lambda env: env.origins("VALUE"),
    "database": lambda env: env.database("VALUE", Path("/site/db.sqlite3"), Path("/site")),
    "mail": lambda env: env.mail("VALUE", "smtp://localhost:25"),
    "level": lambda env: env.log_level("VALUE"),
    "moment": lambda env: env.moment("VALUE", "2011-12-09T09:00"),
    "folder": lambda env: env.folder("VALUE", ".data", Path(__file__).parent),
}
WRONG = [
    ("required", None, "VALUE is not set."),
    ("flag", "perhaps", "VALUE is “perhaps”. Set it to 1 or 0."),
    ("number", "soon", "VALUE is “soon”. Set it to a whole number."),
    ("number", "-1", "VALUE is “-1”. Set it to a whole number."),
    ("hosts", "https://improvement.example", "VALUE holds “https://improvement.example”. List host names only"),
    ("hosts", "improvement.example, other.example:8000", "VALUE holds “other.example:8000”."),
    ("hosts", "improvement.example/path", "VALUE holds “improvement.example/path”."),
    ("origins", "other.example", "VALUE holds “other.example”. Write each with its scheme"),
    ("origins", "https://other.example/path", "VALUE holds “https://other.example/path”."),
    ("database", "postgres://tracker:a#b@localhost/tracker", "VALUE cannot be read."),
    ("database", "postgres://tracker:a/b@localhost/tracker", "VALUE cannot be read."),
    ("database", "postgres://tracker:a?b@localhost/tracker", "VALUE cannot be read."),
    ("database", "postgres://tracker:12#b@localhost/tracker", "VALUE cannot be read."),
    ("database", "postgres://localhost", "VALUE cannot be read."),
    ("database", "oracle://localhost/tracker", "VALUE cannot be read."),
    ("database", "nonsense", "VALUE cannot be read."),
    ("database", "sqlite://:memory:", "VALUE cannot be read."),
    ("mail", "nonsense", "VALUE cannot be read."),
    ("mail", "smtp://me:a#b@localhost", "VALUE cannot be read."),
    ("level", "loud", "VALUE is “loud”. Set it to one of DEBUG, INFO"),
    ("folder", "~/data", "VALUE is “~/data”. Write the whole path, such as /var/lib/improvement."),
    ("folder", "test_environment.py", f"VALUE is “{__file__}”, which is no folder"),
    ("folder", "test_environment.py/data", f"VALUE is “{__file__}/data”, which is no folder"),
    ("moment", "yesterday", "VALUE is “yesterday”. Set it to a date and time"),
]
RIGHT = [
    ("required", "$dollars", "$dollars"),
    ("flag", "on", True),
    ("flag", "0", False),
    ("flag", None, False),
    ("number", "12", 12),
    ("number", None, 7),
    ("hosts", "improvement.example, .other.example", ["improvement.example", ".other.example"]),
    ("origins", "https://other.example", ["https://other.example"]),
    ("level", "info", "INFO"),
    ("moment", None, datetime(2011, 12, 9, 9)),  # noqa: DTZ001
]


def environment(value):
    env = Environment()
    env.ENVIRON = {} if value is None else {"VALUE": value}
    return env


@pytest.mark.parametrize(("kind", "value", "sentence"), WRONG)
def test_what_is_wrong_is_told_in_one_sentence(kind, value, sentence):
    with pytest.raises(ImproperlyConfigured) as refusal:
        READ[kind](environment(value))
    assert str(refusal.value).startswith(sentence)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(("kind", "value", "expected"), RIGHT)
def test_what_is_right_is_taken_as_it_is(kind, value, expected):
    assert READ[kind](environment(value)) == expected


def test_a_folder_of_somebody_else_is_told_in_one_sentence(tmp_path, monkeypatch):
    """As root, who runs CI, may write everywhere, the system's answer is given here."""
    monkeypatch.setattr("os.access", lambda path, mode: False)
    with pytest.raises(ImproperlyConfigured) as refusal:
        environment(str(tmp_path)).folder("VALUE", ".data", tmp_path)
    assert str(refusal.value) == (
        f"VALUE is “{tmp_path}”, where this user cannot write. Run this as the user that owns it."
    )


@pytest.mark.parametrize("value", [None, ""])
def test_a_folder_that_is_not_named_is_never_that_of_the_code(tmp_path, value):
    assert environment(value).folder("VALUE", ".data", tmp_path) == tmp_path / ".data"


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (None, "/site/db.sqlite3"),
        ("sqlite:///other.sqlite3", "/site/other.sqlite3"),
        ("sqlite:////elsewhere/db.sqlite3", "/elsewhere/db.sqlite3"),
        ("postgres://tracker:secret@localhost/tracker", "tracker"),
    ],
)
def test_a_database_has_its_name(value, name):
    assert READ["database"](environment(value))["NAME"] == name


def test_a_password_is_read_with_the_signs_that_it_holds():
    config = READ["database"](environment("postgres://tracker:a%23b%2Fc%3Fd%40e@localhost/tracker"))
    assert config["PASSWORD"] == "a#b/c?d@e"
