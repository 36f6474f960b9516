"""Database triggers that keep a published month as it was, against a superuser's queryset and raw SQL alike.

Installed after every migrate and dropped before it, never inside a migration: SQLite rebuilds a table that is
altered and silently loses its triggers.
"""

from django.db import connections

MONTHS = "plans_reportingmonth"
OF_A_MONTH = ("plans_monthlyupdate", "plans_areaupdate")
OF_AN_UPDATE = ("plans_reviewcomment", "plans_evidence")
CORRECTIONS = "plans_correction"
TABLES = (MONTHS, *OF_A_MONTH, *OF_AN_UPDATE, CORRECTIONS)

REFUSAL = "A published month never changes; put a correction beside it."
APPEND_ONLY = "A correction is never changed or removed; add another."
TOO_EARLY = "A correction belongs to a published month only."


def install(using="default"):
    """Create the triggers; those that are there are made anew."""
    drop(using)
    connection = connections[using]
    statements = _postgresql() if connection.vendor == "postgresql" else _sqlite()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def drop(using="default"):
    """Remove the triggers, for a migration, a restore or a flush."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name, table in installed(using):
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{on_table}")


def installed(using="default"):
    """Return the (name, table) of every guard that the database holds."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
                " WHERE tgname LIKE 'guard_plans_%' AND pg_table_is_visible(tgrelid) ORDER BY 1"
            )
        else:
            cursor.execute(
                "SELECT name, tbl_name FROM sqlite_master"
                " WHERE type = 'trigger' AND name LIKE 'guard_plans_%' ORDER BY 1"
            )
        return cursor.fetchall()


def missing(using="default"):
    """Return the names of the guards that should stand in the database and do not, or are switched off."""
    present = {name for name, _ in installed(using)} - _disabled(using)
    expected = {name for name, *_ in _rules()}
    if connections[using].vendor == "postgresql":
        expected |= {_name(table, "truncate") for table in TABLES}
    return sorted(expected - present)


def _disabled(using):
    """Return the names of the triggers that PostgreSQL holds and does not fire; SQLite has no such thing."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled NOT IN ('O', 'A')")
        return {name for (name,) in cursor.fetchall()}


def _rules():
    """Yield (name, table, operation, condition under which it is refused, the sentence)."""
    for operation, row in (("insert", "NEW"), ("update", "OLD"), ("delete", "OLD")):
        yield _name(MONTHS, operation), MONTHS, operation, f"{row}.published_at IS NOT NULL", REFUSAL
    for table in (*OF_A_MONTH, *OF_AN_UPDATE):
        for operation, rows in (("insert", ["NEW"]), ("update", ["OLD", "NEW"]), ("delete", ["OLD"])):
            condition = " OR ".join(_is_published(table, row) for row in rows)
            yield _name(table, operation), table, operation, condition, REFUSAL
    yield _name(CORRECTIONS, "insert"), CORRECTIONS, "insert", f"NOT {_is_published(CORRECTIONS, 'NEW')}", TOO_EARLY
    for operation in ("update", "delete"):
        yield _name(CORRECTIONS, operation), CORRECTIONS, operation, "TRUE", APPEND_ONLY


def _name(table, operation):
    return f"guard_{table}_{operation}"


def _is_published(table, row):
    return f"EXISTS (SELECT 1 FROM {MONTHS} WHERE id = {_month_of(table, row)} AND published_at IS NOT NULL)"


def _month_of(table, row):
    if table in OF_A_MONTH:
        return f"{row}.month_id"
    return f"(SELECT month_id FROM plans_monthlyupdate WHERE id = {row}.update_id)"


def _sqlite():
    for name, table, operation, condition, sentence in _rules():
        yield (
            f"CREATE TRIGGER {name} BEFORE {operation.upper()} ON {table} WHEN {condition}"
            f" BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )


def _postgresql():
    yield (
        "CREATE OR REPLACE FUNCTION guard_plans() RETURNS trigger LANGUAGE plpgsql AS $$"
        " BEGIN RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = TG_ARGV[0]; END $$"
    )
    # A WHEN condition cannot hold a subquery, so each rule is a function of its own. The month is locked first:
    # a write that races with the publication waits for it, and is then refused.
    for name, table, operation, condition, sentence in _rules():
        back = "OLD" if operation == "delete" else "NEW"
        yield (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" {_wait_for_publication(table, back)}"
            f" IF {condition} THEN"
            f" RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = '{sentence}';"
            f" END IF; RETURN {back}; END $$"
        )
        yield (f"CREATE TRIGGER {name} BEFORE {operation.upper()} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
    for table in TABLES:
        yield (
            f"CREATE TRIGGER {_name(table, 'truncate')} BEFORE TRUNCATE ON {table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION guard_plans('{REFUSAL}')"
        )


def _wait_for_publication(table, row):
    if table == MONTHS:
        return ""
    return f"PERFORM 1 FROM {MONTHS} WHERE id = {_month_of(table, row)} FOR SHARE;"
