"""The squashed migrations make what the migrations make that they replace."""

import pytest
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader

from improvement.records.create_models import CreateModels

APPS = ("accounts", "notices", "plans", "boards")
LOADER = MigrationLoader(None)
SQUASHED = {
    app: next(key for key in LOADER.graph.nodes if key[0] == app and LOADER.disk_migrations[key].replaces)
    for app in APPS
}


def _one_by_one():
    loader = MigrationLoader(None)
    loader.replace_migrations = False
    loader.build_graph()
    return loader.project_state(
        [replaced for key in SQUASHED.values() for replaced in loader.disk_migrations[key].replaces]
    )


def _at_once():
    return LOADER.project_state(list(SQUASHED.values()))


def _differences(before, after):
    return MigrationAutodetector(before, after).changes(graph=LOADER.graph)


def test_both_ways_lead_to_the_same_models():
    assert _differences(_one_by_one(), _at_once()) == {}


def test_a_model_that_is_left_out_is_noticed():
    left_out = _at_once()
    left_out.remove_model("boards", "paper")
    assert list(_differences(_one_by_one(), left_out)) == ["boards"]


@pytest.mark.parametrize("app", APPS)
def test_none_is_left_out_before_the_last_that_is_replaced(app):
    replaced = [name for _, name in LOADER.disk_migrations[SQUASHED[app]].replaces]
    written = sorted(name for of, name in LOADER.disk_migrations if of == app and (of, name) != SQUASHED[app])
    assert replaced == [name for name in written if name <= replaced[-1]]


class Table:
    """Tells what is asked of it."""

    def __init__(self, name, asked):
        self.name, self.asked = name, asked

    def database_forwards(self, *args):
        self.asked.append(f"make {self.name}")

    def database_backwards(self, *args):
        self.asked.append(f"drop {self.name}")


def test_tables_are_dropped_in_the_opposite_order():
    asked = []
    operation = CreateModels([Table("seat", asked), Table("attendance", asked)])
    operation.database_forwards("boards", None, None, None)
    operation.database_backwards("boards", None, None, None)
    assert asked == ["make seat", "make attendance", "drop attendance", "drop seat"]
