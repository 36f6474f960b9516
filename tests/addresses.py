"""Every address by every role and method, on a small plan in which a month of each kind stands.

A published month (April) and an open one (May) stand in the plan. Of May's rows `R01` waits for sign-off and `R02` is
awaited, both led by the officer's post; `R03` is led by another officer's.

A new address gets a row in `TABLE`: its name, its arguments (what `build` returns stands for a number), and who may
open it. A page that takes a POST is named in `WRITES` too, or in `POST_ONLY` if it takes nothing else; whoever may open
it and not write has a row in `READ_ONLY`. All the rest follows: whoever is not let in gets a 404, who has not signed in
the sign-in page, an administrator without a second factor the page that sets one up, another method a 405.
The administration has a table of its own, `tests/admin_addresses.py`.
"""

from datetime import date

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
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
# Who is let in nowhere, whatever a row says, but where anybody is.
OUTSIDERS = {
    "anonymous": "",
    "deactivated": "Dot Deactivated",
    "administrator without a second factor": "Bea Bare",
}
OFFICE = {"office"}
REPORTERS = {"officer", "deputy"} | OFFICE
REVIEWERS = {"lead", "lead's deputy"}
READERS = REPORTERS | REVIEWERS | {"other officer", "chair", "member", "observer"}
ALL = set(PEOPLE)
ANYBODY = ALL | {"anonymous"}
NOBODY = set()

APRIL, MAY = date(2011, 4, 1), date(2011, 5, 1)
LETTER, DRAFT = ("letter", date(2011, 4, 28)), ("chair", date(2011, 5, 1))
PLAN, BOARD, NOTICE = ("thornbury",), ("thornbury",), ("thornbury",)

# (address by name, its arguments) → who is let in. Whoever is not gets a 404; who has not signed in, the sign-in page.
TABLE = [
    ("home", (), ALL),
    ("healthz", (), ANYBODY),
    ("readyz", (), ANYBODY),
    ("account_login", (), ANYBODY),
    ("account_logout", (), ANYBODY),
    ("account_inactive", (), ANYBODY),
    ("account_reset_password", (), ANYBODY),
    ("account_reset_password_done", (), ANYBODY),
    ("account_reset_password_from_key", ("0", "x"), ANYBODY),
    ("account_change_password", (), ALL),
    ("account_reauthenticate", (), ALL),
    ("openid_connect_login", (), NOBODY),
    ("openid_connect_callback", (), NOBODY),
    ("mfa_authenticate", (), ANYBODY),
    ("mfa_reauthenticate", (), ALL),
    ("mfa_index", (), ALL),
    ("mfa_activate_totp", (), ALL),
    ("mfa_deactivate_totp", (), {"administrator"}),
    ("mfa_view_recovery_codes", (), {"administrator"}),
    ("mfa_download_recovery_codes", (), {"administrator"}),
    ("mfa_generate_recovery_codes", (), ALL),
    ("plans:my_updates", (), ALL),
    ("plans:updates_check", (), ALL),
    ("plans:my_sign_offs", (), REVIEWERS),
    ("plans:sign_offs_together", (), REVIEWERS),
    ("plans:plan_detail", PLAN, READERS),
    ("plans:coverage", PLAN, READERS),
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
    ("plans:area_update_edit", (*PLAN, MAY, "A"), REPORTERS),
    ("plans:update_edit", (*PLAN, APRIL, "R01"), READERS),
    ("plans:update_edit", (*PLAN, MAY, "R01"), REPORTERS | REVIEWERS),
    ("plans:update_edit", (*PLAN, MAY, "R02"), REPORTERS | REVIEWERS),
    ("plans:update_edit", (*PLAN, MAY, "R03"), OFFICE | REVIEWERS | {"other officer"}),
    ("plans:update_check", (*PLAN, MAY, "R02"), REPORTERS),
    ("plans:update_same", (*PLAN, MAY, "R01"), REPORTERS),
    ("plans:update_take_back", (*PLAN, MAY, "R01"), REPORTERS),
    ("plans:update_evidence", (*PLAN, MAY, "R02"), REPORTERS),
    ("plans:update_review", (*PLAN, MAY, "R01"), REVIEWERS),
    ("plans:update_correct", (*PLAN, APRIL, "R01"), OFFICE),
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
    ("boards:report_heading", (*BOARD, *LETTER), NOBODY),
    ("boards:report_section", (*BOARD, *DRAFT, 1), OFFICE | {"chair"}),
    ("boards:report_section_add", (*BOARD, *DRAFT), OFFICE | {"chair"}),
    ("boards:report_issue", (*BOARD, *DRAFT), {"chair"}),
    ("boards:report_issue", (*BOARD, *LETTER), NOBODY),
    ("boards:circulation_list", BOARD, READERS),
    ("boards:circulation_add", BOARD, OFFICE),
    ("boards:dashboard", (*BOARD, APRIL), READERS),
    ("boards:dashboard", (*BOARD, MAY), OFFICE),
    ("boards:compare", (*BOARD, APRIL), READERS),
]
# Nobody need be signed in to be told that these are not there: the tests have no identity provider.
NOT_HERE = {"openid_connect_login", "openid_connect_callback"}
# These take a POST alone; a GET is answered with 405.
POST_ONLY = {"openid_connect_login", "plans:update_take_back"}
# These take a POST as well, from whoever may open them.
WRITES = {
    "account_change_password",
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_reset_password",
    "account_reset_password_from_key",
    "boards:circulation_add",
    "boards:report_heading",
    "boards:report_issue",
    "boards:report_section",
    "boards:report_section_add",
    "boards:report_start",
    "mfa_activate_totp",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
    "notices:milestone_judge",
    "notices:result_add",
    "notices:result_confirm",
    "plans:area_update_edit",
    "plans:commentary_edit",
    "plans:evidence_remove",
    "plans:month_open",
    "plans:month_publish",
    "plans:month_refresh",
    "plans:recommendation_close",
    "plans:recommendation_due_date",
    "plans:sign_offs_together",
    "plans:update_check",
    "plans:update_correct",
    "plans:update_edit",
    "plans:update_evidence",
    "plans:update_review",
    "plans:update_same",
    "plans:updates_check",
}
# But for these, who may open what others write: the row, then who gets a 404 for a POST.
READ_ONLY = {
    ("plans:update_edit", (*PLAN, MAY, "R01")): REVIEWERS,
    ("plans:update_edit", (*PLAN, MAY, "R02")): REVIEWERS,
    ("plans:update_edit", (*PLAN, MAY, "R03")): REVIEWERS,
}


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
    plan.programme_office.add(user("Dot Deactivated"))
    factories.second_factor(user("Abe Administrator", is_staff=True, is_superuser=True))
    user("Bea Bare", is_staff=True, is_superuser=True)
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


def sign_in(client, role):
    """Sign the role in as its people are signed in outside the demonstration: an administrator with a code."""
    client.logout()
    if role == "anonymous":
        return
    person = user((PEOPLE | OUTSIDERS)[role])
    client.force_login(person)
    if role == "administrator":
        show_second_factor(client, person)
    if role == "deactivated":
        person.is_active = False
        person.save()


def show_second_factor(client, person):
    """Let the session be one in which the person has typed a code."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": 0}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()


def address(name, args, pks):
    return reverse(name, args=[pks.get(arg, arg) for arg in args])


def names(patterns=None, namespace=""):
    """Return the name of every address but the admin's, which has its own table."""
    found = set()
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if not hasattr(pattern, "url_patterns"):
            found.add(f"{namespace}{pattern.name}")
        elif pattern.namespace != "admin":
            found |= names(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else namespace)
    return found
