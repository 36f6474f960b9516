"""What `check --deploy` asks of the site as a whole."""

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core import checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


@checks.register(deploy=True)
def somebody_answers_for_the_site(app_configs, **kwargs):
    """The accessibility statement of a public body names it, and says how to reach it."""
    names = ("ORGANISATION", "ACCESSIBILITY_EMAIL")
    missing = [name for name in names if not getattr(settings, name)]
    if settings.DEMONSTRATION or not missing:
        return []
    return [
        checks.Warning(
            f"The accessibility statement needs information that the law requires: {' and '.join(missing)} not set.",
            hint="Set who runs the site, and where people report barriers.",
            id="improvement.W001",
        )
    ]


@checks.register(deploy=True)
def something_ends_tls(app_configs, **kwargs):
    """The site itself speaks plain http, so outside the demonstration a proxy stands before it."""
    if settings.DEMONSTRATION or settings.BEHIND_PROXY:
        return []
    return [
        checks.Warning(
            "BEHIND_PROXY is off, but only a proxy can serve the site over https.",
            hint="Put a proxy in front, as the README explains, and set BEHIND_PROXY=1.",
            id="improvement.W002",
        )
    ]


@checks.register(deploy=True)
def the_site_knows_its_name(app_configs, **kwargs):
    """A letter that resets a password names the host that was asked, so a stranger could choose where it leads."""
    if settings.DEMONSTRATION or "*" not in settings.ALLOWED_HOSTS:
        return []
    return [
        checks.Warning(
            "ALLOWED_HOSTS takes every host name, so a letter could lead to a stranger's site.",
            hint="Name the site's own host names.",
            id="improvement.W003",
        )
    ]


@checks.register(deploy=True)
def static_files_are_collected(app_configs, **kwargs):
    """Pages name their style sheet by what it holds: without this version's files they are errors."""
    if settings.DEMONSTRATION or not (missing := staticfiles_storage.stale()):
        return []
    return [
        checks.Error(
            f"{len(missing)} static files are not from this version, for example {missing[0]}.",
            hint="Run manage.py collectstatic, then start the server again.",
            id="improvement.E001",
        )
    ]


@checks.register(deploy=True)
def migrations_are_applied(app_configs, **kwargs):
    """Pages ask for columns that older tables lack."""
    missing = unapplied_migrations()
    if not missing:
        return []
    return [
        checks.Error(
            f"{len(missing)} migrations are not applied, for example {missing[0]}.",
            hint="Run manage.py migrate.",
            id="improvement.E003",
        )
    ]


@checks.register(deploy=True)
def the_cache_has_its_table(app_configs, **kwargs):
    """No migration makes it, and nobody signs in without it."""
    if not lacks_cache():
        return []
    return [
        checks.Error("The cache's table is missing.", hint="Run manage.py createcachetable.", id="improvement.E004")
    ]


def lacks_cache():
    return settings.CACHES["default"]["LOCATION"] not in connection.introspection.table_names()


def unapplied_migrations():
    """Return the names of the migrations that the database lacks."""
    executor = MigrationExecutor(connection)
    return [str(migration) for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
