"""An account is known by its address in lower case, a post by its title in its organisation, a tenure by both."""

import pytest

from accounts.models import Capacity, Post, Tenure, User
from tests import factories
from tests.factories import invited, user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("make", "is_administrator"), [("create_user", False), ("create_superuser", True)], ids=["user", "superuser"]
)
def test_an_account_is_made_and_found_by_its_address_in_whatever_case(make, is_administrator):
    made = getattr(User.objects, make)("Nia.Newcomer@Thornbury.Example", "three random words", name="Nia Newcomer")
    made.refresh_from_db()
    assert (made.email, made.check_password("three random words")) == ("nia.newcomer@thornbury.example", True)
    assert (made.is_staff, made.is_superuser) == (is_administrator, is_administrator)
    assert (made.get_full_name(), made.get_short_name()) == ("Nia Newcomer", "Nia Newcomer")
    assert User.objects.get_by_natural_key("NIA.Newcomer@thornbury.example") == made


def test_an_address_that_is_typed_in_capitals_is_cleaned():
    person = User(email="Nia.Newcomer@Thornbury.Example", name="Nia Newcomer")
    person.clean()
    assert person.email == "nia.newcomer@thornbury.example"


@pytest.mark.parametrize(("name", "words"), [("Nia Newcomer", "Nia Newcomer"), ("", "nia@thornbury.example")])
def test_a_person_is_called_by_their_name_or_else_by_their_address(name, words):
    assert str(User(name=name, email="nia@thornbury.example")) == words


def test_posts_of_one_title_are_told_apart_by_their_organisation():
    posts = [Post.objects.create(title="Director", organisation=of) for of in ("Thornbury Council", "The NHS")]
    assert [Post.objects.get_by_natural_key(*post.natural_key()) for post in posts] == posts


def test_a_person_has_the_posts_that_they_hold_and_those_that_they_deputise_for():
    ada, dev = user("Ada Officer"), user("Dev Deputy")
    held, deputised = factories.post("Head of Safeguarding", ada, dev), factories.post("Head of Schools", dev, ada)
    factories.post("Police")
    assert {*ada.posts} == {*dev.posts} == {held, deputised}


def test_an_invitation_and_a_tenure_name_whose_they_are():
    post = factories.post("Head of Safeguarding", user("Ada Officer"), user("Dev Deputy"))
    assert str(invited("Nia Newcomer").person.invitation) == "Invitation of Nia Newcomer"
    assert str(post.tenures.get(capacity="deputy")) == "Dev Deputy, deputy of Head of Safeguarding"


@pytest.mark.parametrize("named", [(), ("user",), ("post",)], ids=str)
def test_a_tenure_of_nobody_or_of_no_post_has_no_name(named):
    whole = {"user": user("Ada Officer"), "post": factories.post()}
    assert str(Tenure(capacity=Capacity.HOLDER, **{one: whole[one] for one in named})) == ""
