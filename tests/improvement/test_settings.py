"""The settings read the environment once, as the process starts, so each test starts one."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from django.conf import settings
from django.db import connection

from tests.production import PRODUCTION, ROOT, start, values


@pytest.fixture
def installed(db, tmp_path, static_files):
    """The folder of a site whose database, of SQLite, is migrated and whose static files are collected."""
    if connection.vendor != "sqlite":
        pytest.skip("The site is one of SQLite, which the other run makes.")
    shutil.copytree(settings.STATIC_ROOT, tmp_path / "static")
    source = sqlite3.connect(connection.settings_dict["NAME"])
    with closing(source), closing(sqlite3.connect(tmp_path / "db.sqlite3")) as copy:
        source.backup(copy)
    return tmp_path


def check_deploy(folder, **environment):
    return start(folder, "manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION | environment)


def test_what_is_wrong_in_the_environment_is_told_in_one_sentence(tmp_path):
    done = start(tmp_path, "manage.py", "check", **PRODUCTION | {"SECRET_KEY": ""})
    assert (done.returncode, done.stderr) == (
        1,
        "SECRET_KEY is not set. Set it to a long random text, or set DEMONSTRATION=1 to try the demonstration.\n",
    )


def test_the_server_tells_it_in_the_same_sentence(tmp_path):
    done = start(tmp_path, "-m", "gunicorn", "improvement.wsgi", "--check-config", **PRODUCTION | {"SECRET_KEY": ""})
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "SECRET_KEY is not set." in done.stderr


def test_the_key_of_the_demonstration_is_refused_outside_it(tmp_path):
    key = values(tmp_path, "SECRET_KEY", DEMONSTRATION="1")["SECRET_KEY"]
    done = start(tmp_path, "manage.py", "check", SECRET_KEY=key)
    assert done.returncode == 1
    assert "SECRET_KEY is the demonstration’s, which is public." in done.stderr.splitlines()[-1]


def test_a_relative_folder_is_the_same_wherever_a_command_is_started(tmp_path):
    given = {"DATA_DIR": ".data/of-a-test", "DATABASE_URL": "sqlite:///.data/of-a-test.sqlite3"}
    code = "from django.conf import settings; print(settings.DATA_DIR, settings.DATABASES['default']['NAME'])"
    here, elsewhere = (
        start(tmp_path, "-c", code, cwd=folder, PYTHONPATH=str(ROOT), **PRODUCTION | given)
        for folder in (ROOT, tmp_path)
    )
    assert here.stdout == elsewhere.stdout != ""


@pytest.mark.parametrize(("environment", "expected"), [({"BEHIND_PROXY": "0"}, 0), ({"BEHIND_PROXY": "1"}, 1)])
def test_behind_a_proxy_attempts_to_sign_in_are_counted_by_the_address_that_it_gives(tmp_path, environment, expected):
    printed = values(tmp_path, "ALLAUTH_TRUSTED_PROXY_COUNT", **PRODUCTION | environment)
    assert printed == {"ALLAUTH_TRUSTED_PROXY_COUNT": expected}


def test_the_demonstration_starts_with_nothing_but_its_name(tmp_path):
    done = start(tmp_path, "manage.py", "check", DEMONSTRATION="1")
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n")


def test_check_deploy_finds_nothing_once_a_site_is_installed_as_readme_has_it(installed):
    done = check_deploy(installed)
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "System check identified no issues (3 silenced).\n")


def test_check_deploy_finds_what_was_left_out_of_an_update(tmp_path):
    done = check_deploy(tmp_path)
    assert done.returncode == 1
    assert {code for code in ("improvement.E001", "improvement.E003") if code in done.stderr} == {
        "improvement.E001",
        "improvement.E003",
    }


def test_check_deploy_finds_a_static_file_of_another_version(installed):
    (installed / "static" / "improvement" / "js" / "boot.js").write_text("// of the version before")
    done = check_deploy(installed)
    assert done.returncode == 1
    assert "1 static files are not from this version, for example improvement/js/boot.js" in done.stderr


@pytest.mark.parametrize("command", [("check", "--deploy"), ("migrate",), ("verify",)])
def test_a_database_that_does_not_answer_is_told_in_one_sentence(tmp_path, command):
    """Nothing listens at port 1."""
    url = "postgres://tracker:secret@localhost:1/tracker"
    done = start(tmp_path, "manage.py", *command, **PRODUCTION, DATABASE_URL=url)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "The database is not responding: connection to server at " in done.stderr


def test_check_deploy_finds_a_table_that_migrate_does_not_make(installed):
    with closing(sqlite3.connect(installed / "db.sqlite3")) as database:
        database.execute("DROP TABLE cache")
    done = check_deploy(installed)
    assert done.returncode == 1
    assert "HINT: Run manage.py createcachetable." in done.stderr


def test_check_deploy_refuses_to_answer_to_every_name(installed):
    done = check_deploy(installed, ALLOWED_HOSTS="improvement.example,*")
    assert (done.returncode, "improvement.W003" in done.stderr) == (1, True)


def test_check_deploy_asks_who_answers_for_the_site_and_what_ends_tls(tmp_path):
    done = check_deploy(tmp_path, ACCESSIBILITY_EMAIL="", BEHIND_PROXY="0")
    assert (done.returncode, "ACCESSIBILITY_EMAIL not set" in done.stderr) == (1, True)
    assert "ORGANISATION" not in done.stderr
    assert "improvement.W002" in done.stderr


def test_check_deploy_finds_the_demonstration_wanting(tmp_path):
    done = start(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING", DEMONSTRATION="1")
    assert (done.returncode, "security.W008" in done.stderr) == (1, True)


def test_production_is_secure_by_default(tmp_path):
    expected = {
        "DEBUG": False,
        "ALLOWED_HOSTS": ["improvement.example"],
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 3600,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": False,
        "SECURE_HSTS_PRELOAD": False,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_NAME": "__Host-session",
        "DEMONSTRATION_NOW": None,
    }
    assert values(tmp_path, *expected, **PRODUCTION) == expected


@pytest.mark.parametrize(
    ("environment", "expected"),
    [({}, "2011-12-09 09:00:00+00:00"), ({"DEMONSTRATION_NOW": "2011-06-30T17:00"}, "2011-06-30 17:00:00+01:00")],
)
def test_the_demonstration_pins_its_clock(tmp_path, environment, expected):
    printed = values(tmp_path, "DEMONSTRATION_NOW", DEMONSTRATION="1", **environment)
    assert printed == {"DEMONSTRATION_NOW": expected}


def test_nothing_but_the_demonstration_pins_the_clock(tmp_path):
    printed = values(tmp_path, "DEMONSTRATION_NOW", **PRODUCTION, DEMONSTRATION_NOW="2011-06-30T17:00")
    assert printed == {"DEMONSTRATION_NOW": None}


def test_database_url_names_a_postgresql(tmp_path):
    url = "postgres://someone:p%40ss@db.example:5433/improvement?sslmode=require"
    database = values(tmp_path, "DATABASES", **PRODUCTION, DATABASE_URL=url)["DATABASES"]["default"]
    assert {name: database[name] for name in ("ENGINE", "USER", "PASSWORD", "HOST", "PORT", "NAME", "OPTIONS")} == {
        "ENGINE": "django.db.backends.postgresql",
        "USER": "someone",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": 5433,
        "NAME": "improvement",
        "OPTIONS": {"sslmode": "require", "connect_timeout": 5, "options": "-c lock_timeout=10s"},
    }


def test_what_the_site_writes_is_for_its_owner_alone(tmp_path):
    folder = tmp_path / "new"
    start(folder, "-c", "from django.conf import settings; settings.DATA_DIR", **PRODUCTION)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_site_that_is_tried_speaks_plain_http_to_this_machine_alone(tmp_path):
    names = ("ALLOWED_HOSTS", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_SECURE", "DEMONSTRATION")
    assert values(tmp_path, *names, ON_LOCALHOST="1") == {
        "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]"],
        "SECURE_SSL_REDIRECT": False,
        "SECURE_HSTS_SECONDS": 0,
        "SESSION_COOKIE_SECURE": False,
        "DEMONSTRATION": False,
    }


def test_a_site_that_is_tried_keeps_a_random_key_of_its_own(tmp_path):
    (tmp_path / "other").mkdir()
    first, again = (values(tmp_path, "SECRET_KEY", ON_LOCALHOST="1")["SECRET_KEY"] for _ in range(2))
    other = values(tmp_path / "other", "SECRET_KEY", ON_LOCALHOST="1")["SECRET_KEY"]
    assert (first == again, first == other, len(first)) == (True, False, 67)
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["ALLOWED_HOSTS", "BEHIND_PROXY", "DEMONSTRATION"])
def test_a_site_that_is_tried_is_no_site_for_others(tmp_path, name):
    done = start(tmp_path, "manage.py", "check", ON_LOCALHOST="1", **{name: "1"})
    assert (done.returncode, "ON_LOCALHOST is for trying the site on your own machine" in done.stderr) == (1, True)
