"""Papers and their reasons were not shown to those who may not read them, nor an item that had such a paper.

What was withheld stays withheld. Readers who may not read it see neutral words in its place: the reason was written for
those who read the paper, and stays in the audit trail, in the event of each paper that was added or changed.
"""

from django.db import migrations

PUBLIC_TITLE = "Restricted item"
PUBLIC_PAPER = "Restricted paper"
REASON = "The programme office has the reason on record."


def restrict(apps, schema_editor):
    Paper = apps.get_model("boards", "Paper")
    AgendaItem = apps.get_model("boards", "AgendaItem")
    restricted = Paper.objects.exclude(restricted_because="")
    embargoed = Paper.objects.exclude(embargoed_until=None)
    (restricted | embargoed).filter(public_title="").update(public_title=PUBLIC_PAPER)
    restricted.update(restricted_because=REASON)
    closed = {"restricted_because": REASON, "public_title": PUBLIC_TITLE}
    for excludes in (False, True):  # an item that has a paper of each kind excludes observers
        papers = restricted.filter(excludes_observers=excludes).exclude(item=None)
        items = AgendaItem.objects.filter(pk__in=list(papers.values_list("item", flat=True)))
        items.update(**closed, excludes_observers=excludes)


class Migration(migrations.Migration):
    dependencies = [("boards", "0014_restricted_record")]

    operations = [migrations.RunPython(restrict, migrations.RunPython.noop)]
