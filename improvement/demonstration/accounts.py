"""The demonstration's accounts: one for each role, named by its role, never by a person whom the sources name."""

from datetime import date

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts import posts
from accounts.models import Post, User
from improvement.demonstration import moment, read

IN_POST_SINCE = date(2010, 1, 1)
HANDED_OVER_AT = moment("2010-01-04T09:00")


@transaction.atomic
def add_missing():
    """Add the accounts that the database lacks, and put them into posts that nobody has held yet."""
    people = read("leeds_accounts.json")
    known = set(User.objects.values_list("email", flat=True))
    hashed = make_password(settings.DEMONSTRATION_PASSWORD) if {person["email"] for person in people} - known else ""
    for person in people:
        if person["email"] not in known:
            is_administrator = person.get("is_administrator", False)
            User.objects.create(
                email=person["email"],
                name=person["name"],
                password=hashed,
                is_demonstration=True,
                is_staff=is_administrator,
                is_superuser=is_administrator,
            )
    _fill_posts(people)


def _fill_posts(people):
    users = {user.email: user for user in User.objects.filter(email__in=[person["email"] for person in people])}
    taken = {}
    for person in people:
        for capacity in ("holder", "deputy"):
            for title, organisation in person.get(capacity, ()):
                taken.setdefault((title, organisation), {})[capacity] = users[person["email"]]
    administrator = next(users[person["email"]] for person in people if person.get("is_administrator"))
    for post in Post.objects.filter(tenures=None):
        if people_in_it := taken.get(post.natural_key()):
            posts.hand_over(
                post=post,
                holder=people_in_it.get("holder"),
                deputy=people_in_it.get("deputy"),
                on=IN_POST_SINCE,
                by=administrator,
                at=HANDED_OVER_AT,
            )
