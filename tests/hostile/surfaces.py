"""On what the hostile inputs are tried: on SQLite on everything, on PostgreSQL on one surface of each kind.

What a page, a form or a file makes of an input does not depend on the database; what the database makes of it does, and
one list, form and download of each kind asks that of PostgreSQL too, there with every input. Only a byte that no text
of PostgreSQL can hold, which SQLite takes, is sent there to every form.
"""

from tests import admin_addresses, once
from tests.hostile.inputs import lines

EVERYWHERE = once.ON_SQLITE
ONE_OF_EACH_KIND = {
    # lists and pages that are searched, filtered, sorted or asked for another month
    "account_login",
    "search",
    "plans:recommendation_list",
    "plans:trail_list",
    "boards:compare",
    "boards:challenge_list",
    "notices:notice_detail",
    # forms: of texts and dates, of dates alone, of numbers, with a file, with an answer, saved by a script
    "plans:update_edit",
    "plans:month_open",
    "notices:result_add",
    "boards:paper_add",
    "boards:challenge_answer",
    "boards:report_section",
    # downloads
    "plans:evidence_download",
    "boards:pack_download",
    # the administration: an overview, a list, a form, a form with rows below it, a history
    "index",
    "plans_plan_changelist",
    "plans_plan_add",
    "plans_plan_change",
    "plans_plan_history",
    "notices_notice_change",
}
TYPED = ("texts", "markup", "formulas", "dates", "numbers")
PARTS = 4  # so that pytest-xdist's workers share what takes longest


def tried(rows):
    """Return those of the rows, whose names stand first, that are tried on this database."""
    return [row for row in rows if EVERYWHERE or row[0] in ONE_OF_EACH_KIND]


def pages_of_the_administration():
    return tried(admin_addresses.rows())


def hands(usual):
    """Return how often a surface gets other inputs: so often, or until each input was dealt (None)."""
    return usual if EVERYWHERE else None


def unholdable():
    """Return the inputs that are texts but for a byte which PostgreSQL refuses."""
    return [line for line in lines(*TYPED) if b"\0" in line]
