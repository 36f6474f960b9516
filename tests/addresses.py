"""Every address by every role, on a small plan in which a month of each kind stands.

A published month (April) and an open one (May) stand in the plan. Of May's rows `R01` waits for sign-off and `R02` is
awaited, both led by the officer's post; `R03` is led by another officer's.
"""

from datetime import date

from django.urls import get_resolver, reverse

from plans import evidence
from tests import factories
from tests.factories import AT, user

PEOPLE = {
    "officer": "Ada Officer",
    "deputy": "Dev Deputy",
    "other officer": "Oz Other",
    "lead": "Liam Lead",
    "lead's deputy": "Dina Deputy",
    "office": "Olga Office",
    "chair": "Cass Chair",
    "member": "Mo Member",
    "observer": "Obi Observer",
    "administrator": "Abe Administrator",
    "stranger": "Stan Stranger",
}
OFFICE = {"office"}
REPORTERS = {"officer", "deputy"} | OFFICE
REVIEWERS = {"lead", "lead's deputy"}
READERS = REPORTERS | REVIEWERS | {"other officer", "chair", "member", "observer"}
ALL = set(PEOPLE)
ANYBODY = ALL | {"anonymous"}

APRIL, MAY = date(2011, 4, 1), date(2011, 5, 1)
LETTER, DRAFT = ("letter", date(2011, 4, 28)), ("chair", date(2011, 5, 1))
PLAN, BOARD, NOTICE = ("thornbury",), ("thornbury",), ("thornbury",)

# (address by name, its arguments) → who is let in. Whoever is not gets a 404; who has not signed in, the sign-in page.
TABLE = [
    ("home", (), ALL),
    ("healthz", (), ANYBODY),
    ("readyz", (), ANYBODY),
    ("account_login", (), ANYBODY),
    ("account_logout", (), ALL),
    ("account_inactive", (), ANYBODY),
    ("account_reset_password", (), ANYBODY),
    ("account_reset_password_done", (), ANYBODY),
    ("account_reset_password_from_key_done", (), ANYBODY),
    ("account_reset_password_from_key", ("0", "x"), ANYBODY),
    ("account_change_password", (), ALL),
    ("account_set_password", (), ALL),
    ("account_reauthenticate", (), ALL),
    ("plans:my_updates", (), ALL),
    ("plans:updates_check", (), ALL),
    ("plans:my_sign_offs", (), REVIEWERS),
    ("plans:sign_offs_together", (), REVIEWERS),
    ("plans:plan_detail", PLAN, READERS),
    ("plans:coverage", PLAN, READERS),
    ("plans:trail_list", PLAN, OFFICE),
    ("plans:recommendation_list", PLAN, READERS),
    ("plans:recommendation_detail", (*PLAN, "R01"), READERS),
    ("plans:recommendation_close", (*PLAN, "R01"), OFFICE),
    ("plans:recommendation_due_date", (*PLAN, "R01"), OFFICE),
    ("plans:month_open", PLAN, OFFICE),
    ("plans:month_detail", (*PLAN, APRIL), OFFICE),
    ("plans:month_detail", (*PLAN, MAY), OFFICE),
    ("plans:month_refresh", (*PLAN, MAY), OFFICE),
    ("plans:month_publish", (*PLAN, MAY), OFFICE),
    ("plans:commentary_edit", (*PLAN, MAY), OFFICE),
    ("plans:month_redact", (*PLAN, APRIL), OFFICE),
    ("plans:area_update_edit", (*PLAN, MAY, "A"), REPORTERS),
    ("plans:update_edit", (*PLAN, APRIL, "R01"), READERS),
    ("plans:update_edit", (*PLAN, MAY, "R01"), REPORTERS | REVIEWERS),
    ("plans:update_edit", (*PLAN, MAY, "R02"), REPORTERS | REVIEWERS),
    ("plans:update_edit", (*PLAN, MAY, "R03"), OFFICE | REVIEWERS | {"other officer"}),
    ("plans:update_check", (*PLAN, MAY, "R02"), REPORTERS),
    ("plans:update_same", (*PLAN, MAY, "R01"), REPORTERS),
    ("plans:update_evidence", (*PLAN, MAY, "R02"), REPORTERS),
    ("plans:update_review", (*PLAN, MAY, "R01"), REVIEWERS),
    ("plans:update_correct", (*PLAN, APRIL, "R01"), OFFICE),
    ("plans:update_redact", (*PLAN, APRIL, "R01"), OFFICE),
    ("plans:update_redact", (*PLAN, MAY, "R01"), OFFICE),
    ("plans:evidence_download", (*PLAN, APRIL, "R01", "published"), READERS),
    ("plans:evidence_download", (*PLAN, MAY, "R02", "draft"), REPORTERS),
    ("plans:evidence_remove", (*PLAN, MAY, "R02", "draft"), REPORTERS),
    ("notices:notice_detail", NOTICE, READERS),
    ("notices:target_detail", (*NOTICE, "N01"), READERS),
    ("notices:inspection_list", NOTICE, READERS),
    ("notices:inspection_comparison", NOTICE, READERS),
    ("notices:inspection_detail", (*NOTICE, "announced"), READERS),
    ("notices:result_add", (*NOTICE, "N01"), OFFICE),
    ("notices:result_confirm", (*NOTICE, "N01", "provisional"), OFFICE),
    ("notices:milestone_judge", (*NOTICE, "N01", "judged"), OFFICE),
    ("boards:board_detail", BOARD, READERS),
    ("boards:terms_of_reference", BOARD, READERS),
    ("boards:report_list", BOARD, READERS),
    ("boards:report_start", (*BOARD, "council"), OFFICE),
    ("boards:report_start", (*BOARD, "chair"), OFFICE | {"chair"}),
    ("boards:report_detail", (*BOARD, *LETTER), READERS),
    ("boards:report_detail", (*BOARD, *DRAFT), OFFICE | {"chair"}),
    ("boards:report_download", (*BOARD, *LETTER, "pdf"), READERS),
    ("boards:report_download", (*BOARD, *DRAFT, "docx"), OFFICE | {"chair"}),
    ("boards:report_heading", (*BOARD, *DRAFT), OFFICE | {"chair"}),
    ("boards:report_heading", (*BOARD, *LETTER), set()),
    ("boards:report_section", (*BOARD, *DRAFT, 1), OFFICE | {"chair"}),
    ("boards:report_section_add", (*BOARD, *DRAFT), OFFICE | {"chair"}),
    ("boards:report_issue", (*BOARD, *DRAFT), {"chair"}),
    ("boards:report_issue", (*BOARD, *LETTER), set()),
    ("boards:circulation_list", BOARD, READERS),
    ("boards:circulation_add", BOARD, OFFICE),
    ("boards:dashboard", (*BOARD, APRIL), READERS),
    ("boards:dashboard", (*BOARD, MAY), OFFICE),
    ("boards:compare", (*BOARD, APRIL), READERS),
]
# These take a POST alone; a GET is answered with 405 to whoever may see the thing at all.
POST_ONLY = {"plans:update_take_back"}


def build():
    """Build the plan and its Notice; return what an address names by its number."""
    plan = factories.plan(2)
    plan.notice = factories.notice()
    plan.save()
    factories.inspection().notices.add(plan.notice)
    indicator = plan.notice.targets.get().indicators.get()
    judged = factories.milestone(indicator, 2, kind="judged", threshold=None)
    provisional = factories.result(indicator)
    factories.area(plan)
    factories.recommendation(plan, 3, factories.post("Head of Training", user("Oz Other")))
    user("Abe Administrator", is_staff=True, is_superuser=True)
    april = factories.month(plan, 4)
    published = _evidence(april.updates.get(reference="R01"))
    factories.signed_off(april.updates.get(reference="R01"))
    factories.published(april)
    factories.issued(factories.report(plan.board, "letter", LETTER[1], sections=[("", "Dear Minister")]))
    factories.report(plan.board, "chair", DRAFT[1], by=user("Cass Chair"))
    may = factories.month(plan, 5)
    draft = _evidence(may.updates.get(reference="R02"))
    factories.submitted(may.updates.get(reference="R01"), progress="A new step.")
    return {
        "published": published.pk,
        "draft": draft.pk,
        "judged": judged.pk,
        "provisional": provisional.pk,
    }


def _evidence(update):
    file = factories.a_file()
    return evidence.add(update=update, kind="quantitative", title="Rates", file=file, by=user(), at=AT)


def address(name, args, pks):
    return reverse(name, args=[pks.get(arg, arg) for arg in args])


def names(patterns=None, namespace=""):
    """Return the name of every address but the admin's, which `tests/test_admin.py` opens."""
    found = set()
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if not hasattr(pattern, "url_patterns"):
            found.add(f"{namespace}{pattern.name}")
        elif pattern.namespace != "admin":
            found |= names(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else namespace)
    return found
