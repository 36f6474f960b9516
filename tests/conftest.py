"""The fixtures that every test may use.

Nothing or `db`: an empty database, rolled back. `transactional_db`: an empty database that threads see, flushed.
`thornbury`: the small plan of `tests.addresses`, rolled back.
`leeds`: the whole demonstration, rolled back. `leeds_copy`: the same, to be changed and committed by a browser.
`site`: the running site in Chromium, before whichever of the last three the test asks for.
"""

import gc
import shutil

import hypothesis
import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connections, transaction
from django.template import Template
from django.test import override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import sync_playwright

from improvement.records import triggers
from plans.models import Plan
from tests import addresses, browser, databases, drawing, once
from tests.factories import counting

# The same examples every time, however slow the machine.
hypothesis.settings.register_profile("house", derandomize=True, deadline=None)
hypothesis.settings.load_profile("house")


def pytest_collection_modifyitems(config, items):
    if not once.ON_SQLITE:
        config.hook.pytest_deselected(items=[item for item in items if not once.needs_a_database(item)])
        items[:] = [item for item in items if once.needs_a_database(item)]
    if browser.CHROMIUM is None and not browser.IS_REQUIRED:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="no Chromium"))


def pytest_collection_finish():
    """What was imported stays until the end; nothing looks through it again for what may go."""
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session):
    """Say before anything else what will not be tried; the workers of pytest-xdist have no terminal."""
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    if browser.CHROMIUM is None and terminal:
        terminal.write_line(browser.WILL_BE_MISSING, red=True, bold=True)


def pytest_terminal_summary(terminalreporter):
    if browser.CHROMIUM is None:
        terminalreporter.write_line(browser.MISSING, red=True, bold=True)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item):
    """Drop the guards before a flush, which they would refuse; the post_migrate that follows it brings them back."""
    marker = item.get_closest_marker("django_db")
    if "transactional_db" in item.fixturenames or (marker and marker.kwargs.get("transaction")):
        triggers.drop()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, worker_id):
    """This worker's empty database, in place of pytest-django's own, which would migrate one for each worker."""
    with django_db_blocker.unblock():
        name = databases.copy_of_empty(worker_id)
    with databases.pointed_at(name):
        yield
    with django_db_blocker.unblock():
        databases.drop(name)


@pytest.fixture(scope="session")
def session_folder(tmp_path_factory, worker_id):
    """A folder that all of pytest-xdist's workers share."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session", autouse=True)
def static_files(django_test_environment, session_folder):
    """Static files as production has them."""
    folder = session_folder / "static"
    with override_settings(STATIC_ROOT=folder):
        with databases.one_at_a_time(session_folder / "static.lock"):
            if not folder.exists():
                call_command("collectstatic", interactive=False, verbosity=0)
        yield


@pytest.fixture(scope="session", autouse=True)
def contexts_of_whole_pages(django_test_environment):
    """Keep a page's own context for the test, not that of each template it includes, which took a fifth of its time."""
    kept = Template._render

    def render(template, context):
        return kept(template, context) if context.template is template else template.nodelist.render(context)

    Template._render = render
    yield
    Template._render = kept


@pytest.fixture(scope="session", autouse=True)
def documents_drawn_once():
    with drawing.once():
        yield


@pytest.fixture
def drawn_anew():
    """Let a test that draws the same document twice have it drawn twice."""
    with drawing.anew():
        yield


@pytest.fixture(autouse=True)
def evidence_folder(tmp_path):
    """A folder of each test's own, for `verify` complains of files that no row knows."""
    with override_settings(MEDIA_ROOT=tmp_path / "evidence"):
        yield tmp_path / "evidence"


@pytest.fixture(autouse=True)
def factories_count_from_one():
    counting.from_one()


@pytest.fixture(autouse=True)
def no_pages_kept():
    """Nothing that another test's pages were drawn from."""
    caches["pages"].clear()
    caches["lists"].clear()
    caches["stories"].clear()
    caches["minutes"].clear()


@pytest.fixture(scope="session")
def thornbury_database(django_db_setup, django_db_blocker, tmp_path_factory, worker_id):
    """This worker's database with the plan of `tests.addresses`, what its addresses name by number, and its files."""
    files = tmp_path_factory.mktemp("thornbury") / "evidence"
    with django_db_blocker.unblock():
        name = databases.copy_of_empty(f"{worker_id}_thornbury")
        with databases.pointed_at(name), override_settings(MEDIA_ROOT=files):
            pks = addresses.build()
        yield name, pks, files
        databases.drop(name)


@pytest.fixture
def thornbury(db, thornbury_database, evidence_folder):
    """What the addresses of the small plan name by number; what the test changes is rolled back."""
    name, pks, files = thornbury_database
    shutil.copytree(files, evidence_folder)
    with databases.pointed_at(name), transaction.atomic():
        yield pks
        transaction.set_rollback(True)


@pytest.fixture
def thornbury_copy(db, thornbury_database, evidence_folder):
    """The small plan in a database of the test's own, in which it may commit."""
    name, pks, files = thornbury_database
    shutil.copytree(files, evidence_folder)
    copy = databases.copy_of(name, "copy")
    with databases.pointed_at(copy):
        yield pks
    databases.drop(copy)


@pytest.fixture(scope="session")
def leeds_database(django_db_setup, django_db_blocker, tmp_path_factory, worker_id):
    """This worker's database with all of Leeds in it, and the folder of its evidence."""
    evidence = tmp_path_factory.mktemp("leeds") / "evidence"
    with django_db_blocker.unblock():
        name = databases.copy_of_leeds(worker_id, evidence)
        yield name, evidence
        databases.drop(name)


@pytest.fixture
def leeds(db, leeds_database, evidence_folder):
    """The demonstration's plan; what the test changes is rolled back."""
    name, evidence = leeds_database
    shutil.copytree(evidence, evidence_folder)
    with databases.pointed_at(name), transaction.atomic():
        yield Plan.objects.get(slug="leeds")
        transaction.set_rollback(True)


@pytest.fixture
def leeds_copy(db, leeds_database, evidence_folder):
    """The demonstration's plan in a database of the test's own, in which it may commit."""
    name, evidence = leeds_database
    shutil.copytree(evidence, evidence_folder)
    copy = databases.copy_of(name, "copy")
    with databases.pointed_at(copy):
        yield Plan.objects.get(slug="leeds")
    databases.drop(copy)


@pytest.fixture(scope="session")
def server(static_files):
    """The site's address. Not pytest-django's live_server, which serves static files from their sources."""
    thread = LiveServerThread("localhost", static_handler=lambda application: application)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://{thread.host}:{thread.port}"
    thread.terminate()


@pytest.fixture(scope="session")
def chromium():
    assert browser.CHROMIUM, browser.MISSING
    # While Playwright's event loop runs, this thread has other connections; none may stay open on the other side.
    connections.close_all()
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=browser.CHROMIUM, args=browser.SWITCHES)
        yield launched
        launched.close()
        connections.close_all()


@pytest.fixture
def site(request, server, chromium):
    # The database comes first, so that it goes last.
    for database in ("leeds_copy", "transactional_db"):
        if database in request.fixturenames:
            request.getfixturevalue(database)
    opened = browser.Site(server, chromium)
    yield opened
    opened.close()
    assert opened.complaints == []
