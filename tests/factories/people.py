"""People and the posts that they hold."""

import factory
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from accounts import posts
from accounts.models import Post, User
from accounts.people import invitations
from tests.factories.counting import Counted
from tests.factories.moments import AT, COUNCIL, SINCE


class UserFactory(Counted):
    class Meta:
        model = User

    name = factory.Sequence("Person {}".format)
    email = factory.LazyAttribute(lambda made: f"{made.name.lower().replace(' ', '.')}@thornbury.example")
    password = "three random words"

    @classmethod
    def _create(cls, model_class, *args, **fields):
        return model_class.objects.create_user(*args, **fields)


class PostFactory(Counted):
    """A post that nobody holds; `post` hands one over."""

    class Meta:
        model = Post
        django_get_or_create = ("title", "organisation")

    title = factory.Sequence("Head of Service {}".format)
    organisation = COUNCIL


def user(name="Ada Officer", **fields):
    """Return the person of that name, who is made where there is none."""
    email = f"{name.lower().replace(' ', '.')}@thornbury.example"
    return User.objects.filter(email=email).first() or UserFactory(name=name, email=email, **fields)


def invited(name="Nia Newcomer", by=None, at=AT, **named):
    """Invite the person of that name; return them with the token of their link."""
    email = f"{name.lower().replace(' ', '.')}@thornbury.example"
    return invitations.invite(**{"name": name, "email": email} | named, by=by or user("Olga Office"), at=at)


def second_factor(person):
    """Give the person an app with codes, and recovery codes; return the app's key."""
    key = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    TOTP.activate(person, key)
    RecoveryCodes.activate(person)
    return key


def post(title="Head of Safeguarding", holder=None, deputy=None):
    """Return the post of that title, made where there is none, handed over to whoever is named."""
    made = PostFactory(title=title)
    if holder or deputy:
        posts.hand_over(post=made, holder=holder, deputy=deputy, on=SINCE, by=holder or deputy, at=AT)
        made.refresh_from_db()
    return made
