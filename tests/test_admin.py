"""The Django admin: what is kept there has help, search and filters; what a verb writes is read-only."""

from datetime import date

import pytest
from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import CharField
from django.urls import reverse
from django.utils import timezone

from accounts.admin import ReadOnly
from accounts.audit.administration import Kept
from accounts.models import Event, Message, Post
from boards.models import Meeting, Paper
from notices.models import Milestone, Notice, Result, Target
from plans import reporting
from plans.models import AreaUpdate, Evidence, MonthlyUpdate, Recommendation, ReviewComment, Revision
from plans.reporting import evidence
from tests import factories
from tests.factories import user

OURS = {"accounts", "notices", "plans", "boards"}
MODELS = [model for model in admin.site._registry if model._meta.app_label in OURS]
READ_ONLY = [model for model in MODELS if isinstance(admin.site._registry[model], ReadOnly)]
KEPT_HERE = [model for model in MODELS if model not in READ_ONLY]


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def administrator(db, client):
    made = user("Abe Administrator", is_staff=True, is_superuser=True)
    client.force_login(made)
    return made


@pytest.fixture
def rows(db):
    """A published month with a row of most kinds in it."""
    plan = factories.plan()
    factories.area(plan)
    month = factories.month(plan)
    row = factories.submitted(month.updates.get(), proposed_due_on=date(2012, 1, 31), proposed_due_reason="More time.")
    reporting.sign_off(update=row, version=row.version, by=user("Liam Lead"), at=factories.AT)
    held = factories.held(plan)
    factories.tabled(factories.paper(held))
    factories.action(held)
    return factories.published(month)


def test_the_administration_leads_to_the_site_only_whom_it_does_not_send_back(administrator, client):
    assert "View site" not in client.get(reverse("admin:index")).content.decode()
    plan = factories.plan()
    plan.programme_office.add(administrator)
    assert "View site" in client.get(reverse("admin:index")).content.decode()


def test_what_a_verb_writes_is_read_only():
    assert {model.__name__ for model in READ_ONLY} == {
        "Advice",
        "AreaUpdate",
        "BoardAction",
        "Challenge",
        "Circulation",
        "Correction",
        "DateChange",
        "DueDateChange",
        "Event",
        "Evidence",
        "InterimEntry",
        "InterimReport",
        "Meeting",
        "Message",
        "MonthlyUpdate",
        "Paper",
        "ProgressReview",
        "ProposedRating",
        "Removal",
        "Report",
        "ReportingMonth",
        "Result",
        "ReviewComment",
        "Tenure",
    }


@pytest.mark.parametrize("asked", ["sean obrien's", "SEÁN OBRIEN’S", "sean"])
def test_every_list_is_searched_whatever_the_case_accents_and_apostrophes(administrator, rows, client, asked):
    """People, posts, recommendations and targets, by what each is called."""
    called = {
        type(administrator): factories.user("Seán OBrien’s Deputy"),
        Post: factories.post("Seán OBrien’s Post"),
        Recommendation: Recommendation.objects.get(),
        Target: factories.notice().targets.get(),
    }
    Recommendation.objects.update(title="Seán OBrien’s Recommendation")
    Target.objects.update(wording="Seán OBrien’s Target")
    for model, row in called.items():
        for page, query in (("changelist", asked), ("changelist", f"{asked} nowhere")):
            shown = client.get(address(model, page), {"q": query}).context["cl"].result_list
            assert [one.pk for one in shown] == ([row.pk] if query == asked else [])


def test_a_list_that_is_too_long_to_be_read_is_searched_by_the_database(administrator, rows, client):
    Post.objects.bulk_create(Post(title=f"Post {number:05}", organisation="Thornbury") for number in range(10_001))
    shown = client.get(address(Post, "changelist"), {"q": "00042 POST"}).context["cl"].result_list
    assert [post.title for post in shown] == ["Post 00042"]


@pytest.mark.parametrize("model", KEPT_HERE)
def test_every_field_has_help(model):
    fields = [*model._meta.fields, *model._meta.many_to_many]
    inherited = {"password", "last_login", "date_joined"}
    missing = [
        f.name for f in fields if f.editable and not f.primary_key and not f.help_text and f.name not in inherited
    ]
    assert missing == []


@pytest.mark.parametrize("model", MODELS)
def test_every_list_opens_and_can_be_searched(administrator, rows, client, model):
    response = client.get(address(model, "changelist"), {"q": "a"} if admin.site._registry[model].search_fields else {})
    assert response.status_code == 200


@pytest.mark.parametrize("model", KEPT_HERE)
def test_every_add_form_opens(administrator, rows, client, model):
    assert client.get(address(model, "add")).status_code == 200


@pytest.mark.parametrize("model", READ_ONLY)
def test_what_a_verb_writes_cannot_be_added_changed_or_deleted(administrator, rows, client, model):
    assert client.get(address(model, "add")).status_code == 403
    row = model._default_manager.first()
    if row is None:
        return
    assert client.get(address(model, "change", row.pk)).status_code == 200
    assert client.post(address(model, "change", row.pk), {}).status_code == 403
    assert client.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403


def test_a_draft_is_not_read_in_the_admin(administrator, rows, client):
    row = factories.month(rows.plan, 6).updates.get()
    reporting.save_draft(update=row, version=0, by=user(), at=factories.AT, progress="Half a thought.")
    page = address(type(row), "change", row.pk)
    assert "Half a thought." not in client.get(page).content.decode()
    row.refresh_from_db()
    factories.submitted(row, progress="Half a thought.")
    assert "Half a thought." in client.get(page).content.decode()


def test_what_a_meeting_prepares_is_not_read_in_the_admin(administrator, rows, client):
    held = rows.plan.board.meetings.get()
    factories.minuted(held, "A draft minute.")
    planned = factories.meeting(rows.plan, date(2011, 12, 19), note="A note of the office.")
    factories.paper(planned, "A draft paper")
    until = factories.later(days=300)
    factories.tabled(factories.paper(held, "A paper under embargo", embargoed_until=until))
    pages = [address(model, "changelist") for model in (Meeting, Paper)]
    pages += [address(Meeting, "change", held.pk), address(Meeting, "change", planned.pk)]
    pages += [address(Paper, "change", paper.pk) for paper in Paper.objects.all()]
    shown = "".join(client.get(page, follow=True).content.decode().split("<main")[-1] for page in pages)
    assert "Quality of practice" in shown
    for hidden in ("A draft minute.", "A note of the office.", "A draft paper", "A paper under embargo"):
        assert hidden not in shown


def test_a_due_date_and_a_closure_are_not_changed_in_the_admin(administrator, rows, client):
    recommendation = rows.plan.recommendations.get()
    form = client.get(address(type(recommendation), "change", recommendation.pk)).context["adminform"].form
    assert {"due_on", "original_due_on", "closed_on", "closure", "closure_reason"} & form.fields.keys() == set()


def test_a_post_is_handed_over(administrator, rows, client):
    post = Post.objects.get(title="Head of Safeguarding")
    page = reverse("admin:accounts_post_hand_over", args=[post.pk])
    assert b"Hand over: Head of Safeguarding" in client.get(page).content
    newcomer = user("Nia Newcomer")
    response = client.post(page, {"holder": newcomer.pk, "deputy": "", "on": "2011-12-01"}, follow=True)
    assert "was handed over" in response.content.decode()
    post.refresh_from_db()
    assert (post.holder, post.deputy) == (newcomer, None)


def test_a_hand_over_begins_with_today(administrator, rows, client):
    post = Post.objects.get(title="Head of Safeguarding")
    response = client.get(reverse("admin:accounts_post_hand_over", args=[post.pk]))
    today = timezone.localdate(response.wsgi_request.now)
    assert f'type="date" name="on" value="{today:%Y-%m-%d}"' in " ".join(response.content.decode().split())


@pytest.mark.parametrize("typed", ["2011-04-03", "3/4/2011", "03/04/11", "3 April 2011", "3 Apr 11"])
def test_the_administration_reads_a_date_as_people_here_type_it(typed):
    assert forms.DateField().clean(typed) == date(2011, 4, 3)


def test_the_administration_reads_no_date_with_the_month_first():
    with pytest.raises(ValidationError):
        forms.DateField().clean("4/13/2011")


def test_a_hand_over_offers_nobody_who_observes_or_is_deactivated(administrator, rows, client):
    post = Post.objects.get(title="Head of Safeguarding")
    user("Dot Deactivated", is_active=False)
    form = client.get(reverse("admin:accounts_post_hand_over", args=[post.pk])).context["form"]
    for field in ("holder", "deputy"):
        offered = {name for _, name in form.fields[field].choices}
        assert {"Obi Observer", "Dot Deactivated"} & offered == set()
        assert {"Ada Officer", "Dev Deputy", "Mo Member"} <= offered


@pytest.mark.parametrize("field", ["holder", "deputy"])
def test_a_hand_over_to_whom_nobody_offered_says_why_beside_the_field(administrator, rows, client, field):
    post = Post.objects.get(title="Head of Safeguarding")
    page = reverse("admin:accounts_post_hand_over", args=[post.pk])
    response = client.post(page, {field: user("Obi Observer").pk, "on": "2011-12-01"})
    assert response.context["form"].errors == {
        field: [f"Obi Observer observes a Board, so cannot be the {field}. Choose someone else."]
    }


def test_a_hand_over_that_cannot_be_says_why_beside_the_day(administrator, rows, client):
    post = Post.objects.get(title="Head of Safeguarding")
    page = reverse("admin:accounts_post_hand_over", args=[post.pk])
    response = client.post(page, {"holder": user("Nia Newcomer").pk, "deputy": "", "on": "2100-01-01"})
    assert response.context["form"].errors["on"] == [
        "A hand-over date cannot be in the future. Record the hand-over on the day."
    ]


def test_the_admin_holds_nothing_but_what_is_ours(administrator, client):
    page = client.get(address(type(administrator), "change", administrator.pk))
    assert {model._meta.app_label for model in admin.site._registry} == OURS
    assert "user_permissions" not in page.context["adminform"].form.fields


def test_the_index_stands_in_the_order_of_the_work(administrator, client):
    index = client.get(reverse("admin:index")).context["app_list"]
    listed = {app["app_label"]: [row["object_name"] for row in app["models"]] for app in index}
    assert list(listed) == ["notices", "plans", "boards", "accounts"]
    assert listed["notices"][:7] == ["Notice", "Area", "Target", "Indicator", "Milestone", "Result", "Inspection"]
    assert listed["accounts"] == ["User", "Post", "Tenure", "Message", "Removal", "Event"]
    page = client.get(reverse("admin:app_list", args=["notices"]))
    assert [row["object_name"] for row in page.context["app_list"][0]["models"]] == listed["notices"]


def test_the_verdict_stands_with_targets_and_milestones(administrator, client):
    target = factories.notice().targets.get()
    milestone = target.indicators.get().milestones.get()
    factories.result(milestone.indicator)
    for row in (target, milestone):
        for page, args in (("changelist", ()), ("change", (row.pk,))):
            assert "Met, provisional" in client.get(address(type(row), page, *args)).content.decode()
    assert (
        "Met, provisional"
        in client.get(address(type(milestone.indicator), "change", milestone.indicator_id)).content.decode()
    )


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("model", "queries"), [(Target, 12), (Milestone, 9), (Result, 10), (Notice, 7)])
def test_a_list_takes_the_same_queries_however_many_rows(
    administrator, client, model, queries, number, django_assert_num_queries
):
    for place in range(number):
        factories.result(factories.notice(f"notice-{place}").targets.get().indicators.get())
    client.get(address(model, "changelist"))
    with django_assert_num_queries(queries):
        client.get(address(model, "changelist"))


def test_a_milestone_is_kept_under_its_indicator_and_an_indicator_under_its_target(administrator, client):
    target = factories.notice().targets.get()
    indicator = target.indicators.get()
    for row, inline in ((target, "indicators-0-name"), (indicator, "milestones-0-wording")):
        page = client.get(address(type(row), "change", row.pk))
        assert f'name="{inline}"' in page.content.decode()
    assert 'name="milestones-0-threshold" value="80"' in page.content.decode()


def test_the_admin_is_for_staff(db, client):
    client.force_login(user("Ada Officer"))
    assert client.get(reverse("admin:index")).status_code == 404


# The audit trail, and two who edit the same


def form_of(client, page):
    """Return what the page's form would send."""
    response = client.get(page)
    admin_form = response.context["adminform"].form
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    fields = [
        bound for form in [admin_form, *(f for s in formsets for f in [s.management_form, *s.forms])] for bound in form
    ]
    sent = {bound.html_name: bound.value() for bound in fields}
    seen = {"_seen": response.context["seen"]} if "seen" in response.context else {}
    return {name: value for name, value in (sent | seen).items() if value is not None and value is not False}


@pytest.mark.parametrize("model", KEPT_HERE)
def test_what_is_kept_here_leaves_events_and_notices_others(model):
    assert isinstance(admin.site._registry[model], Kept)


def test_a_change_leaves_one_event_with_what_changed_and_the_same_again_none(administrator, rows, client):
    theme = rows.plan.themes.get()
    page = address(type(theme), "change", theme.pk)
    sent = form_of(client, page) | {"title": "Another title", "outcomes-0-title": "Another outcome"}
    before = Event.objects.count()
    assert client.post(page, sent).status_code == 302
    event = Event.objects.first()
    assert Event.objects.count() == before + 1
    assert (event.what, event.by, event.on_text) == ("theme.changed", administrator, "1. Another title")
    assert event.detail["changes"][0] == {"changed": {"fields": ["Title"]}}
    client.post(page, sent)
    client.post(page, form_of(client, page))
    assert Event.objects.count() == before + 1


def test_an_addition_and_a_removal_leave_one_event_each(administrator, rows, client):
    posted = {"plan": rows.plan.pk, "title": "Refresh", "agreed_on": "2011-05-01"}
    before = Event.objects.count()
    client.post(address(Revision, "add"), posted)
    revision = Revision.objects.get()
    client.post(address(Revision, "delete", revision.pk), {"post": "yes"})
    assert list(Event.objects.order_by("pk").values_list("what", flat=True)[before:]) == [
        "revision.added",
        "revision.removed",
    ]


def test_a_removal_of_several_leaves_one_event_each(administrator, rows, client):
    for title in ("First", "Second"):
        Revision.objects.create(plan=rows.plan, title=title, agreed_on=date(2011, 5, 1))
    chosen = list(Revision.objects.values_list("pk", flat=True))
    posted = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
    client.post(address(Revision, "changelist"), posted)
    assert not Revision.objects.exists()
    assert Event.objects.filter(what="revision.removed").count() == 2


def test_history_tells_the_moment_of_the_event(administrator, rows, client):
    theme = rows.plan.themes.get()
    page = address(type(theme), "change", theme.pk)
    client.post(page, form_of(client, page) | {"title": "Another", "outcomes-0-title": "Another outcome"})
    at = Event.objects.first().at
    last = [row.history.order_by("history_id").last() for row in (theme, theme.outcomes.get())]
    assert [row.history_date for row in last] == [at, at]


def test_who_edits_what_somebody_else_saved_meanwhile_sees_both_texts_and_decides(administrator, rows, client):
    theme = rows.plan.themes.get()
    page = address(type(theme), "change", theme.pk)
    mine, theirs = form_of(client, page), form_of(client, page)
    client.post(page, theirs | {"title": "Theirs"})
    response = client.post(page, mine | {"title": "Mine"})
    html = response.content.decode()
    assert "Abe Administrator saved this on 9 December 2011 at 09:00, while this page was open." in html
    assert "“Title” now says: Theirs" in html
    assert 'value="Mine"' in html
    theme.refresh_from_db()
    assert theme.title == "Theirs"
    assert client.post(page, mine | {"title": "Mine", "_seen": response.context["seen"]}).status_code == 302
    theme.refresh_from_db()
    assert theme.title == "Mine"


def test_what_each_of_two_wrote_in_a_field_of_their_own_is_kept_here_too(administrator, rows, client):
    revision = Revision.objects.create(plan=rows.plan, title="Refresh", agreed_on=date(2011, 5, 1))
    page = address(Revision, "change", revision.pk)
    loaded = client.get(page)
    mine = form_of(client, page) | {"_marks": loaded.context["marks"]}
    client.post(page, form_of(client, page) | {"title": "Theirs"})
    assert client.post(page, mine | {"agreed_on": "2011-06-01"}).status_code == 302
    revision.refresh_from_db()
    assert (revision.title, revision.agreed_on) == ("Theirs", date(2011, 6, 1))
    assert Event.objects.first().detail["changes"] == [{"changed": {"fields": ["Agreed on"]}}]
    # Where both changed the same, the page shows mine there, and theirs where I typed nothing.
    client.post(page, form_of(client, page) | {"title": "Theirs again", "agreed_on": "2011-07-01"})
    response = client.post(page, mine | {"title": "Mine"})
    html = response.content.decode()
    assert "“Title” now says: Theirs again" in html
    assert "“Agreed on” now says" not in html
    shown = response.context["adminform"].form
    assert (shown["title"].value(), shown["agreed_on"].value()) in {("Mine", "2011-07-01"), ("Mine", "01/07/2011")}


def _outcomes(theme):
    factories.OutcomeFactory(
        theme=theme, number=2, title="Second", accountable_post=theme.outcomes.get().accountable_post
    )
    return list(theme.outcomes.order_by("number"))


def test_what_each_of_two_wrote_in_a_row_of_what_belongs_to_it_is_kept(administrator, rows, client):
    theme = rows.plan.themes.get()
    first, second = _outcomes(theme)
    page = address(type(theme), "change", theme.pk)
    mine = form_of(client, page) | {"_marks": client.get(page).context["marks"]}
    client.post(page, form_of(client, page) | {"title": "Theirs", "outcomes-0-title": "Their outcome"})
    assert client.post(page, mine | {"outcomes-1-title": "My outcome"}).status_code == 302
    for row in (theme, first, second):
        row.refresh_from_db()
    assert (theme.title, first.title, second.title) == ("Theirs", "Their outcome", "My outcome")
    assert [text["after"] for text in Event.objects.first().detail["texts"]] == ["My outcome"]


def test_what_both_wrote_in_a_row_is_asked_about_and_the_rest_is_kept(administrator, rows, client):
    theme = rows.plan.themes.get()
    first, second = _outcomes(theme)
    page = address(type(theme), "change", theme.pk)
    mine = form_of(client, page) | {"_marks": client.get(page).context["marks"]}
    theirs = {"outcomes-0-title": "Their outcome", "outcomes-1-title": "Their second"}
    client.post(page, form_of(client, page) | theirs)
    response = client.post(page, mine | {"outcomes-0-title": "My outcome", "title": "My title"})
    html = response.content.decode()
    assert "Abe Administrator saved this on 9 December 2011 at 09:00, while this page was open." in html
    assert "“1.1 Their outcome”, title now says: Their outcome" in html
    for shown in ('value="My outcome"', 'value="Their second"', 'value="My title"'):
        assert shown in html
    first.refresh_from_db()
    assert first.title == "Their outcome"
    [formset] = [inline.formset for inline in response.context["inline_admin_formsets"]]
    sent = mine | {
        bound.html_name: bound.value() for row in formset.forms for bound in row if bound.value() is not None
    }
    sent |= {"title": "My title", "_seen": response.context["seen"], "_marks": ""}
    assert client.post(page, sent).status_code == 302
    for row in (theme, first, second):
        row.refresh_from_db()
    assert (theme.title, first.title, second.title) == ("My title", "My outcome", "Their second")


def test_a_row_that_was_removed_meanwhile_is_said_and_the_rest_can_be_saved(administrator, rows, client):
    theme = rows.plan.themes.get()
    _, second = _outcomes(theme)
    page = address(type(theme), "change", theme.pk)
    mine = form_of(client, page) | {"_marks": client.get(page).context["marks"], "title": "My title"}
    client.post(page, form_of(client, page) | {"outcomes-1-DELETE": "on"})
    assert not type(second).objects.filter(pk=second.pk).exists()
    response = client.post(page, mine)
    assert "Someone else has removed one of these rows. Tick “Delete” beside it." in response.content.decode()
    sent = mine | {"_seen": response.context["seen"], "_marks": "", "outcomes-1-DELETE": "on"}
    assert client.post(page, sent).status_code == 302
    theme.refresh_from_db()
    assert (theme.title, theme.outcomes.count()) == ("My title", 1)


def test_every_page_with_rows_that_are_edited_brings_them_together(administrator, rows, client):
    """Each such page is loaded twice, a word is changed in a row by one and the other saves what they loaded."""
    factories.notice()
    kept = []
    for model, kind in admin.site._registry.items():
        row = model.objects.first() if isinstance(kind, Kept) and kind.inlines else None
        if row is None or not kind.has_change_permission(client.get(address(model, "changelist")).wsgi_request):
            continue
        page = address(model, "change", row.pk)
        mine = form_of(client, page) | {"_marks": client.get(page).context["marks"]}
        for inline in client.get(page).context["inline_admin_formsets"]:
            texts = [
                (form.instance, name)
                for form in inline.formset.initial_forms
                for name, field in form.fields.items()
                if type(field) is CharField and inline.has_change_permission
            ]
            if not texts:
                continue
            thing, name = texts[0]
            before = getattr(thing, name)
            field = f"{inline.formset.prefix}-0-{name}"
            assert client.post(page, form_of(client, page) | {field: "Theirs now"}).status_code == 302, (model, field)
            response = client.post(page, mine)
            assert response.status_code == 302, (model, field)
            thing.refresh_from_db()
            assert getattr(thing, name) == "Theirs now" != before
            kept.append(model)
    assert {model.__name__ for model in kept} >= {"Theme", "Target", "Indicator", "Board"}


def test_it_is_the_number_of_the_last_event_that_keeps_the_later_from_winning(administrator, rows, client):
    theme = rows.plan.themes.get()
    page = address(type(theme), "change", theme.pk)
    mine = form_of(client, page) | {"title": "Mine"}
    client.post(page, form_of(client, page) | {"title": "Theirs"})
    assert client.post(page, mine | {"_seen": Event.objects.first().pk}).status_code == 302
    theme.refresh_from_db()
    assert theme.title == "Mine"


def test_the_audit_trail_is_read_filtered_and_searched(administrator, rows, client):
    page = address(Event, "changelist")
    assert "update.submitted" in client.get(page, {"what": "update.submitted"}).content.decode()
    assert client.get(page, {"q": "signed_off"}).context["cl"].result_count == 1
    assert client.get(page, {"on_type": "plans.reportingmonth"}).context["cl"].result_count == 2


def test_an_earlier_version_is_read_and_never_gone_back_to(administrator, rows, client):
    """Its due date would go back with it, and a post to who held it before."""
    recommendation = rows.plan.recommendations.get()
    version = recommendation.history.order_by("history_id").first()
    page = reverse("admin:plans_recommendation_simple_history", args=[recommendation.pk, version.pk])
    assert "Revert" not in client.get(page).content.decode()
    before = list(type(recommendation).objects.values())
    assert client.post(page, {"title": "Another", "reference": "R01"}).status_code == 403
    assert list(type(recommendation).objects.values()) == before


@pytest.fixture
def draft(rows):
    """An update of a month that is open, drafted, with evidence, returned once, and the month's texts begun."""
    june = factories.month(rows.plan, 6, at=factories.later(days=31))
    row = factories.submitted(june.updates.get(), rating="green", progress="Nobody reads this yet.")
    reporting.return_for_changes(
        update=row, version=row.version, comment="Say more of it.", by=user("Liam Lead"), at=factories.AT
    )
    facts = {"kind": "qualitative", "title": "Letter", "url": "https://thornbury.example/letter"}
    evidence.add(update=row, by=user("Ada Officer"), at=factories.AT, **facts)
    area = june.area_updates.get()
    reporting.write_area_update(area_update=area, version=0, text="Nor this.", by=user("Ada Officer"), at=factories.AT)
    return row


def test_an_administrator_reads_no_draft(client, administrator, draft):
    pages = [
        address(MonthlyUpdate, "changelist"),
        address(MonthlyUpdate, "change", draft.pk),
        *(address(model, "changelist") for model in (AreaUpdate, Evidence, ReviewComment)),
        *(address(Event, "change", event.pk) for event in Event.objects.all()),
    ]
    said = " ".join(client.get(page).content.decode() for page in pages)
    assert [
        text for text in ("Nobody reads", "Nor this", "Say more", "Green", "thornbury.example/letter") if text in said
    ] == []


@pytest.mark.parametrize(
    "lookup", ["text__icontains=x", "text=x", "once__startswith=invitation", "path__contains=watch"]
)
def test_an_administrator_finds_no_e_mail_by_what_it_says(client, administrator, lookup):
    assert client.get(f"{address(Message, 'changelist')}?{lookup}").status_code == 400


@pytest.mark.parametrize("lookup", ["progress__startswith=Nobody", "rating=amber", "contradictions__icontains=x"])
def test_an_administrator_finds_no_draft_by_what_it_says(client, administrator, draft, lookup):
    assert client.get(f"{address(MonthlyUpdate, 'changelist')}?{lookup}").status_code == 400


def test_an_administrator_finds_no_event_by_what_it_holds(client, administrator, draft):
    assert client.get(f"{address(Event, 'changelist')}?detail__icontains=Say").status_code == 400


@pytest.mark.parametrize("number", ["x", "..", "9" * 40, "\0"])
def test_what_is_no_number_has_no_history(administrator, rows, client, number):
    known = rows.plan.recommendations.get()
    version = known.history.order_by("history_id").first()
    pages = [
        reverse("admin:plans_recommendation_history", args=[number]),
        reverse("admin:plans_recommendation_simple_history", args=[known.pk, number]),
        reverse("admin:plans_recommendation_simple_history", args=[number, version.pk]),
    ]
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]


@pytest.mark.parametrize("model", [Notice, Result])
def test_a_range_is_not_asked_for(administrator, rows, client, model):
    assert client.get(address(model, "changelist"), {"id__range": "1"}).status_code == 400
