"""Everything that was done to a plan and to what belongs to it, for its programme office."""

from django.db.models import Q

from accounts.audit import subjects
from accounts.models import Event, Post
from plans.models import Plan

# From a post one comes to the plan by what it leads, accounts for or writes.
_OF_POSTS = ("led_recommendations__plan", "outcomes__theme__plan", "areas_of_focus__plan")


def of_plan(plan):
    """Return the events on whatever belongs or belonged to `plan`, latest first: Notice, Board and posts included.

    Each event says itself what it is about. A post is handed over before it leads anything as well.
    """
    asked = Q(about__contains=subjects.key(plan))
    if plan.notice_id:
        # What is about a plan says its Notice too, which other plans may answer.
        asked |= Q(about__contains=subjects.key(plan.notice)) & ~Q(about__contains=f" {Plan._meta.label_lower}:")
    of_it = Q(*(Q(**{path: plan.pk}) for path in _OF_POSTS), _connector=Q.OR)
    posts = Post.objects.filter(of_it).order_by().values("pk")
    asked |= Q(on_type=Post._meta.label_lower, on_id__in=posts)
    return Event.objects.filter(asked).select_related("by")


def of_post(post):
    """Return the plans in which a post leads, accounts for or writes something."""
    reverse = ("recommendations__lead_post", "themes__outcomes__accountable_post", "areas__leading_post")
    return Plan.objects.filter(Q(*(Q(**{path: post.pk}) for path in reverse), _connector=Q.OR)).distinct()
