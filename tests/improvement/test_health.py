import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder


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
def test_readyz_refuses_while_the_database_does_not_answer(client):
    with connection.execute_wrapper(_fails):
        response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"the database does not answer\n")


def _fails(execute, sql, params, many, context):
    raise OperationalError("the server closed the connection")
