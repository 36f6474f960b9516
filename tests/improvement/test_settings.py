"""The settings read the environment once, as the process starts, so each test starts one."""

import pytest

from tests.production import PRODUCTION, start, values


def test_starting_without_a_secret_key_outside_the_demonstration_is_a_clear_error(tmp_path):
    done = start(tmp_path, "manage.py", "check")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(
        "django.core.exceptions.ImproperlyConfigured: SECRET_KEY is not set. Set it to a long random text"
    )


def test_the_key_of_the_demonstration_is_refused_outside_it(tmp_path):
    key = values(tmp_path, "SECRET_KEY", DEMONSTRATION="1")["SECRET_KEY"]
    done = start(tmp_path, "manage.py", "check", SECRET_KEY=key)
    assert done.returncode == 1
    assert "SECRET_KEY is that of the demonstration, which everybody knows." in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(("environment", "expected"), [({}, 0), ({"BEHIND_PROXY": "1"}, 1)])
def test_behind_a_proxy_attempts_to_sign_in_are_counted_by_the_address_that_it_gives(tmp_path, environment, expected):
    printed = values(tmp_path, "ALLAUTH_TRUSTED_PROXY_COUNT", **PRODUCTION, **environment)
    assert printed == {"ALLAUTH_TRUSTED_PROXY_COUNT": expected}


def test_the_demonstration_starts_with_nothing_but_its_name(tmp_path):
    done = start(tmp_path, "manage.py", "check", DEMONSTRATION="1")
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n")


def test_check_deploy_finds_nothing_under_production_settings_before_the_first_migration(tmp_path):
    done = start(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n")


def test_check_deploy_asks_who_answers_for_the_site(tmp_path):
    done = start(tmp_path, "manage.py", "check", "--deploy", **PRODUCTION | {"ACCESSIBILITY_EMAIL": ""})
    assert (done.returncode, "ACCESSIBILITY_EMAIL not set" in done.stderr) == (0, True)
    assert "ORGANISATION" not in done.stderr


def test_check_deploy_finds_the_demonstration_wanting(tmp_path):
    done = start(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING", DEMONSTRATION="1")
    assert (done.returncode, "security.W008" in done.stderr) == (1, True)


def test_production_is_secure_by_default(tmp_path):
    expected = {
        "DEBUG": False,
        "ALLOWED_HOSTS": ["improvement.example"],
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 63072000,
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
