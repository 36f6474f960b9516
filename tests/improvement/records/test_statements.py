"""A query that is written once answers for every value as the one that is written anew."""

from datetime import date

import pytest
from django.db import transaction
from django.db.models import F, Value

from accounts.models import Tenure
from improvement.records.statements import Statement
from tests import factories

pytestmark = pytest.mark.django_db


def begun(user, on):
    rows = Tenure.objects.order_by("pk")
    return rows.filter(user=user, from_on__lte=on).values_list(Value("held"), "post__title")


@pytest.fixture
def tenures():
    ada, bea = factories.user("Ada Officer"), factories.user("Bea Officer")
    for person, title, day in ((ada, "Head of A", 1), (ada, "Head of B", 3), (bea, "Head of C", 2)):
        post = factories.post(title)
        Tenure.objects.create(post=post, user=person, capacity="holder", from_on=date(2010, 5, day))
    return ada, bea


def test_the_rows_are_those_of_the_queryset_for_each_value(tenures, django_assert_num_queries):
    statement = Statement(begun, user=-1, on=date(1, 1, 1))
    for person in tenures:
        for day in (1, 2, 3):
            on = date(2010, 5, day)
            with django_assert_num_queries(1):
                rows = statement.rows(user=person.pk, on=on)
            assert rows == list(begun(person.pk, on))
    assert statement.rows(user=tenures[0].pk, on=date(2010, 5, 3)) == [("held", "Head of A"), ("held", "Head of B")]


def test_every_value_is_needed(tenures):
    with pytest.raises(KeyError, match="on"):
        Statement(begun, user=-1, on=date(1, 1, 1)).rows(user=tenures[0].pk)


def test_a_query_that_does_not_ask_for_a_mark_is_refused(tenures):
    def of_anybody(user, on):
        return Tenure.objects.filter(from_on__lte=on).values_list("pk")

    with pytest.raises(ValueError, match="every mark"):
        Statement(of_anybody, user=-1, on=date(1, 1, 1)).rows(user=tenures[0].pk, on=date(2010, 5, 1))


def of_people(users):
    rows = Tenure.objects.filter(user__in=[users]).order_by("pk")
    return rows.select_related("post").prefetch_related("user__held_posts")


def test_the_objects_are_those_of_the_queryset_with_what_it_joins_and_prefetches(tenures, django_assert_num_queries):
    statement = Statement(of_people, users=-1)
    for people in (tenures, tenures[:1], tenures[1:]):
        pks = [person.pk for person in people]
        with django_assert_num_queries(3):
            found = statement.objects(users=pks)
            said = [(tenure, tenure.from_on, tenure.post.title, len(tenure.user.held_posts.all())) for tenure in found]
        assert said == [
            (tenure, tenure.from_on, tenure.post.title, len(tenure.user.held_posts.all()))
            for tenure in Tenure.objects.filter(user__in=pks).order_by("pk")
        ]


def test_nothing_is_in_an_empty_list(tenures):
    assert Statement(of_people, users=-1).objects(users=[]) == []


def test_what_is_annotated_or_left_out_is_so_on_the_objects(tenures):
    def named(user):
        return Tenure.objects.filter(user=user).order_by("pk").only("capacity").annotate(title=F("post__title"))

    found = Statement(named, user=-1).objects(user=tenures[0].pk)
    assert [(tenure.title, tenure.get_deferred_fields()) for tenure in found] == [
        (tenure.title, tenure.get_deferred_fields()) for tenure in named(tenures[0].pk)
    ]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_locked_outside_a_transaction():
    def locked(pk):
        return Tenure.objects.select_for_update().order_by().filter(pk=pk)

    statement = Statement(locked, pk=-1)
    with transaction.atomic():
        assert statement.objects(pk=1) == []
    with pytest.raises(transaction.TransactionManagementError):
        statement.objects(pk=1)
