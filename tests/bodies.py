"""How each form of `tests.addresses` is filled in so that it is taken: what is typed, on which page, after what else.

A form is read from its page as somebody who may post it has it, and filled in as `tests.hostile.forms` fills in any:
whatever stands there stays, and something is typed wherever nothing did. Where that is taken, no row is needed here.
"""

import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, encode_multipart

from accounts.models import Post
from boards.models import Board, Meeting
from notices import interim
from notices.models import InterimReport
from plans import refresh, reporting, revisions
from plans.models import MonthlyUpdate, Plan, ReportingMonth
from tests import factories
from tests.addresses import APRIL, BOARD, DRAFT, DRAFTED, HELD, LETTER, MAY, PLAN, PLANNED, address
from tests.factories import AT, user
from tests.hostile.forms import FILE, filled, forms


@dataclass(frozen=True)
class Journey:
    """`after` is done first; `typed` stands in the form in place of what `filled` would type.

    `by` is the role that posts where it is not the first that may; `query` goes with the address; `page` names the
    page on which the form stands, if it has none of its own, and `shared` how many arguments the two have in common.
    """

    typed: dict = field(default_factory=dict)
    after: object = None
    by: str = ""
    query: dict = field(default_factory=dict)
    page: str = ""
    file: tuple = FILE
    shared: int | None = None


def _office():
    return {"by": user("Olga Office"), "at": AT}


def _month(month=MAY):
    return ReportingMonth.objects.get(month=month)


def _update(reference, month=MAY):
    return MonthlyUpdate.objects.get(month__month=month, reference=reference)


def _recommendation(reference="R01"):
    return Plan.objects.get().recommendations.get(reference=reference)


def _taken_back():
    row = _update("R01")
    reporting.take_back(update=row, version=row.version, by=user("Ada Officer"), at=AT)


def _answered():
    row = _update("R02")
    reporting.save_draft(update=row, version=row.version, by=user("Ada Officer"), at=AT, **factories.ANSWERS)


def _closed():
    revisions.close(recommendation=_recommendation(), closure="completed", reason="Done.", **_office())


def _joined():
    factories.recommendation(Plan.objects.get(), 4)


def _report():
    return InterimReport.objects.get(reported_on=DRAFTED)


def _tabled():
    return interim.table(report=_report(), tabled_on=AT.date(), **_office())


def _agreed():
    row = _tabled()
    return interim.agree(report=row, version=row.version, agreed_on=AT.date(), **_office())


def _discarded():
    row = _report()
    interim.discard(report=row, version=row.version, **_office())


def _announced():
    factories.announced(Meeting.objects.get(held_on=PLANNED[1]))


def _without_draft():
    draft = Plan.objects.get().refreshes.get(applied_at=None)
    refresh.discard(refresh=draft, version=draft.version, **_office())


def _settled():
    _published()
    _without_draft()


def _succeeded():
    _settled()
    refresh.succeed(plan=Plan.objects.get(), title="The second plan", slug="second", **_office())


def _body():
    factories.body(Board.objects.get())


def _published():
    factories.published(_month())


def _post():
    return {"post": Post.objects.get(title="Head of Training").pk}


def _of_may():
    return {"month": _month().pk}


DAYS = {"due_on": (20, 6), "sign_off_due_on": (24, 6), "data_as_at": (15, 6)}
JUNE = {"month": "2011-06"} | {
    f"{name}_{part}": text
    for name, (day, month) in DAYS.items()
    for part, text in enumerate((str(day), str(month), "2011"))
}
MARCH = {
    "period_start_0": "1",
    "period_start_1": "3",
    "period_start_2": "2011",
    "period_end_0": "31",
    "period_end_1": "3",
    "period_end_2": "2011",
}
ACCOUNT = "four quite random words"

# (address by name, its arguments), or the name alone → how its form is taken.
JOURNEYS = {
    "account_change_password": Journey({"password1": ACCOUNT, "password2": ACCOUNT}),
    "invitation_accept": Journey({"new_password1": ACCOUNT, "new_password2": ACCOUNT}),
    "plans:updates_check": Journey(after=_answered, by="officer"),
    "plans:updates_unchanged": Journey(by="other officer"),
    "plans:sign_offs_together": Journey(query={"update": "waiting"}),
    "plans:recommendation_close": Journey({"confirmed": "yes"}),
    "plans:recommendation_add": Journey({"due_on_2": "2012"}),
    "plans:recommendation_due_date": Journey({"due_on_2": "2012"}),
    "plans:recommendation_reopen": Journey(after=_closed),
    "boards:board_carry_over": Journey({"slug": "second"}, after=_succeeded),
    "plans:plan_succeed": Journey({"slug": "second"}, after=_settled),
    "plans:refresh_start": Journey(after=_without_draft),
    "plans:refresh_apply": Journey(dict.fromkeys(("agreed_on_0", "agreed_on_1", "agreed_on_2"), "")),
    "plans:refresh_add": Journey({"due_on_2": "2012"}),
    "plans:refresh_change": Journey({"fate": "change", "closure": "", "successors": ""}),
    "plans:refresh_area": Journey({"fate": "change", "title": "Another title"}),
    "plans:refresh_area_add": Journey({"letter": "C"}),
    "plans:refresh_take_back": Journey(page="plans:refresh_change"),
    "plans:refresh_area_take_back": Journey(page="plans:refresh_area"),
    "plans:month_open": Journey(after=_published, query=JUNE),
    "plans:month_refresh": Journey(after=_joined),
    "plans:month_dates": Journey({"data_as_at_0": "16"}),
    "plans:filter_save": Journey(query={"rating": "red"}),
    "plans:filter_rename": Journey({"name": "Another name"}),
    "plans:filter_follow": Journey({"do": "stop"}, page="plans:saved_filters", shared=0),
    "mail_choices": Journey({"returned": "daily"}, by="officer"),
    "plans:month_discard": Journey(after=_taken_back),
    ("plans:update_edit", (*PLAN, MAY, "R01")): Journey(after=_taken_back),
    "plans:update_check": Journey(after=_answered),
    ("plans:update_same", (*PLAN, MAY, "R01")): Journey(after=_taken_back),
    "plans:update_evidence": Journey({"url": ""}),
    "plans:update_take_back": Journey(page="plans:update_edit"),
    "plans:update_review": Journey({"comment": ""}),
    "plans:update_correct": Journey(
        {"progress": "Three teams were trained."}
        | dict.fromkeys(("agreed_by", "agreed_on_0", "agreed_on_1", "agreed_on_2", "agreed_how"), "")
    ),
    "plans:update_agree": Journey({"reason": ""}),
    "plans:rating_withdraw": Journey(page="plans:update_edit"),
    "notices:result_add": Journey(
        {"value": "81", "is_provisional": "no", "source_on_0": "20", "source_on_1": "5"}
        | MARCH
        | dict.fromkeys(("low", "high", "numerator", "denominator", "as_printed", "discrepancy"), "")
        | dict.fromkeys(("expected_on_0", "expected_on_1", "expected_on_2"), "")
    ),
    "notices:result_confirm": Journey({"value": "81", "numerator": "", "denominator": ""}),
    "notices:interim_start": Journey(after=_discarded),
    "notices:interim_take_back": Journey(after=_tabled, page="notices:interim_detail"),
    "notices:interim_agree": Journey(after=_tabled),
    "notices:interim_issue": Journey(after=_agreed),
    ("boards:report_start", ("thornbury", "chair")): Journey(after=_published),
    "boards:report_heading": Journey({"title": "Another title"}),
    "boards:circulation_add": Journey(after=_body),
    "boards:challenge_assign": Journey(_post),
    "boards:meeting_month": Journey(_of_may, after=_published),
    "boards:item_move": Journey(page="boards:meeting_prepare", shared=2),
    "boards:minute_edit": Journey({"minute": "It was discussed at length."}),
    "boards:paper_add": Journey({"embargoed_until_2": "2099", "page": ""}),
    "boards:paper_edit": Journey({"embargoed_until_2": "2099"}),
    "boards:pack_detail": Journey(after=_announced),
    "boards:minutes_agree": Journey(after=_announced),
    "boards:letterhead_upload": Journey({"sender": "Another hall"}, file=("logo.png", factories.PNG)),
}
# Nobody may post there now, though the address takes a POST: the row of the same name that lends it its body.
NOT_NOW = {
    ("plans:update_edit", (*PLAN, APRIL, "R01")): (*PLAN, MAY, "R03"),  # published
    ("boards:report_heading", (*BOARD, *LETTER)): (*BOARD, *DRAFT),  # issued
    ("boards:report_issue", (*BOARD, *LETTER)): (*BOARD, *DRAFT),
    ("boards:pack_detail", HELD): PLANNED,  # its packs are no real ones
}
# These write nothing but what the session knows of whoever posts, or nothing at all.
NO_RECORD = {"account_reauthenticate", "mfa_reauthenticate", "boards:meeting_prepare"}
# These change the second factor of whoever posts, once they have confirmed who they are (`tests.accounts`).
OF_ONESELF = {"mfa_activate_totp", "mfa_deactivate_totp", "mfa_generate_recovery_codes"}


def journey(name, args):
    return JOURNEYS.get((name, args)) or JOURNEYS.get(name) or Journey()


def body(client, name, args, pks):
    """Return (query of the address, what is posted to it), of the form as the client is shown it on its journey."""
    this = journey(name, args)
    to, page = address(name, args, pks), address(this.page or name, args[: this.shared], pks)
    query = {key: pks.get(value, value) for key, value in this.query.items()}
    query = f"?{urlencode(query)}" if query else ""
    form, html = _form(client, page + query, to)
    if form is None and (link := _OF_ONE_TEXT.search(html)):
        query = unescape(link[1])
        form, html = _form(client, page + query, to)
    assert form is not None, f"{page}{query} holds no form for {to}"
    typed = this.typed() if callable(this.typed) else this.typed
    files = {key: SimpleUploadedFile(*this.file) for key, (kind, _) in form.items() if kind == "file"}
    return query, encode_multipart(BOUNDARY, filled(form) | typed | files)


# Where several texts could be removed, the page leads to the form of each.
_OF_ONE_TEXT = re.compile(r'href="(\?field=[^"]+)"')


def _form(client, page, to):
    """Return (the controls of the form of a page that is posted to the address, or None; the page)."""
    html = client.get(page).content.decode()
    places = {to, "", page} if page.partition("?")[0] == to else {to}
    return next((controls for action, controls in forms(html) if action in places), None), html
