"""Stamp what frozen pages print of others on the rows from before, as it is named now: no earlier name is known."""

from django.db import migrations
from django.db.models import Q


def fill(apps, schema_editor):
    def rows(model):
        return apps.get_model("boards", model).objects.using(schema_editor.connection.alias)

    for row in rows("Report").exclude(issued_by=None).select_related("issued_by"):
        rows("Report").filter(pk=row.pk).update(issued_name=row.issued_by.name)
    for row in rows("Circulation").select_related("body"):
        rows("Circulation").filter(pk=row.pk).update(body_name=row.body.name)
    for row in rows("Attendance").select_related("seat"):
        rows("Attendance").filter(pk=row.pk).update(position=row.seat.position)
    for row in rows("Decision").select_related("revision", "recommendation"):
        about = row.recommendation and f"{row.recommendation.reference} {row.recommendation.title}"
        titles = {"about": about or "", "revision_title": row.revision.title if row.revision else ""}
        rows("Decision").filter(pk=row.pk).update(**titles)
    for row in rows("BoardAction").exclude(recommendation=None).select_related("recommendation"):
        about = {"about_reference": row.recommendation.reference, "about_title": row.recommendation.title}
        rows("BoardAction").filter(pk=row.pk).update(**about)
    for row in rows("Challenge").select_related("recommendation", "target", "answering_post"):
        about = row.recommendation or row.target
        title = row.recommendation.title if row.recommendation else row.target.wording
        post = row.answering_post.title if row.answering_post and row.concluded_at else ""
        told = {"about_reference": about.reference, "about_title": title, "answering_title": post}
        rows("Challenge").filter(pk=row.pk).update(**told)
    for row in rows("Meeting").exclude(minutes_agreed_at=None).select_related("board__plan"):
        rows("Meeting").filter(pk=row.pk).update(stood=_stood(row, rows))


def _stood(meeting, rows):
    known = list(rows("Attendance").filter(meeting=meeting.pk).values_list("seat", flat=True))
    seats = rows("Seat").filter(board=meeting.board_id).exclude(pk__in=known).order_by("position", "pk")
    there = seats.filter(
        Q(from_on=None) | Q(from_on__lte=meeting.held_on), Q(to_on=None) | Q(to_on__gte=meeting.held_on)
    )
    silent = [", ".join(part for part in (seat.person, seat.organisation) if part) for seat in there]
    return {"board": meeting.board.name, "caveat": meeting.board.plan.caveat, "silent": silent if known else []}


class Migration(migrations.Migration):
    dependencies = [("boards", "0010_what_frozen_pages_print")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
