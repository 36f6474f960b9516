import shutil
import threading

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse

from improvement import middleware


def test_healthz_answers_without_asking_the_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_readyz_answers_once_every_migration_is_applied(client):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_readyz_refuses_while_a_migration_is_missing(client):
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied(*max(name for name in recorder.applied_migrations() if name[0] == "plans"))
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"migrations are not applied\n")


@pytest.mark.django_db
def test_readyz_refuses_while_the_table_of_the_cache_is_missing(client, settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "another"}}
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"the cache's table is missing\n")


@pytest.mark.django_db
def test_readyz_refuses_while_static_files_are_those_of_another_version(client, static_files, tmp_path, settings):
    settings.STATIC_ROOT = shutil.copytree(settings.STATIC_ROOT, tmp_path / "static")
    assert client.get("/readyz").status_code == 200
    (tmp_path / "static" / "improvement" / "js" / "boot.js").unlink()
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"static files are not collected\n")


def test_healthz_waits_for_no_turn(rf):
    """It answers while slow pages hold every turn; a page that waits for one is the control."""
    entered, finish = threading.Semaphore(0), threading.Event()

    def page(request):
        if request.path != "/healthz":
            entered.release()
            finish.wait(10)
        return HttpResponse("ok")

    site = middleware.turns(page)
    slow = [threading.Thread(target=site, args=[rf.get("/")]) for _ in range(middleware._AT_ONCE + 1)]
    for thread in slow:
        thread.start()
    held = [entered.acquire(timeout=10) for _ in range(middleware._AT_ONCE)]
    assert (held, entered.acquire(blocking=False)) == ([True] * middleware._AT_ONCE, False)
    assert site(rf.get("/healthz")).status_code == 200
    finish.set()
    for thread in slow:
        thread.join()


def test_healthz_reads_no_session_of_whoever_asks(client):
    """Without `db` every query fails."""
    client.cookies[settings.SESSION_COOKIE_NAME] = "a-session-that-would-have-to-be-looked-up"
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_readyz_refuses_while_the_database_does_not_answer(client):
    with connection.execute_wrapper(_fails):
        response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"the database is not responding\n")


def _fails(execute, sql, params, many, context):
    raise OperationalError("the server closed the connection")
