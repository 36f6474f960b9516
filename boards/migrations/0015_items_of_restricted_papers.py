"""Papers and their reasons were not shown to those who may not read them, nor an item that had such a paper.

What was withheld stays withheld. Readers who may not read it see neutral words in its place: the reason was written for
those who read the paper, and stays in the audit trail, in the event of each paper that was added or changed.

An item with a paper under embargo was hidden from those who have no seat until the embargo ended. An item has no embargo:
it is restricted, and the programme office opens it once the paper may be read.
"""

from django.db import migrations
from django.db.models.functions import Now

PUBLIC_TITLE = "Restricted item"
PUBLIC_PAPER = "Restricted paper"
REASON = "The programme office has the reason on record."
EMBARGO = "A paper of this item is under embargo."


def restrict(apps, schema_editor):
    Paper = apps.get_model("boards", "Paper")
    AgendaItem = apps.get_model("boards", "AgendaItem")
    restricted = Paper.objects.exclude(restricted_because="")
    embargoed = Paper.objects.exclude(embargoed_until=None)
    (restricted | embargoed).filter(public_title="").update(public_title=PUBLIC_PAPER)
    restricted.update(restricted_because=REASON)
    running = embargoed.filter(embargoed_until__gt=Now())
    # An item that has a paper of each kind is restricted as the last of them says.
    _close(AgendaItem, running, EMBARGO)
    for excludes in (False, True):
        _close(AgendaItem, restricted.filter(excludes_observers=excludes), REASON, excludes_observers=excludes)


def _close(AgendaItem, papers, reason, *, excludes_observers=False):
    items = AgendaItem.objects.filter(pk__in=list(papers.exclude(item=None).values_list("item", flat=True)))
    items.update(restricted_because=reason, public_title=PUBLIC_TITLE, excludes_observers=excludes_observers)


class Migration(migrations.Migration):
    dependencies = [("boards", "0014_restricted_record")]

    operations = [migrations.RunPython(restrict, migrations.RunPython.noop)]
