"""What a search for words in a month's list looks at: all that its reader sees of a row.

That is what the list and its file say of it, and what the recommendation's page says of that month, beside what stands
around the recommendation there. The page is the same for all its readers, so this is too: nothing of a draft, and of
what the Board decided and asked what the public may read. The other months of the page are searched in their own lists.
"""

from collections.abc import Iterator
from operator import attrgetter

from django.db.models import Prefetch, prefetch_related_objects

from improvement.govuk import filtering
from plans.models import MonthlyUpdate, Recommendation, ReportingMonth
from plans.months import exports, narrative, sets

# What stands around a recommendation on its page, and what is read of each.
_AROUND = {
    "actions": ("title", "owner_post.title", "source"),
    "areas": ("letter", "title", "leading_post.title"),
    "targets": ("reference", "wording", "source", "notice.title"),
    "findings": ("reference", "wording", "source", "inspection.title"),
    "predecessors": ("reference", "title"),
    "successors": ("reference", "title"),
    "due_date_changes": ("reason", "by.name"),
    "decisions": ("wording", "source"),
    "board_actions": ("wording", "owner", "source"),
    "challenges": ("question", "asked_name", "source", "answer", "answered_name", "answered_for", "outcome_text"),
}
_OF_THE_BOARD = ("decisions", "board_actions", "challenges")
_ITSELF = (
    *("title", "wording", "source", "note", "timescale", "closure_reason"),
    *("outcome.title", "outcome.theme.title"),
    *(
        f"{post}.{name}"
        for post in ("lead_post", "outcome.accountable_post")
        for name in ("title", "organisation", "holder.name", "deputy.name")
    ),
)


def read(month: ReportingMonth, rows: list[MonthlyUpdate]) -> Iterator[tuple[MonthlyUpdate, list[str]]]:
    """Return each of `rows`, drafts taken out (`standing.without_drafts`), with the texts to search.

    As many queries however many the rows.
    """
    exports.complete(month, rows)
    prefetch_related_objects(rows, "evidence", "comments", Prefetch("recommendation", _recommendations()))
    return ((row, [*_of_the_month(row, month), *_of_its_page(row.recommendation)]) for row in rows)


def _of_the_month(row, month):
    yield from filtering.texts(exports.COLUMNS, row)
    yield from sets.marks(row)
    yield from (item.words for answer in narrative.tell(row, row.corrections.all()) for item in answer.corrected)
    if row.is_received:
        yield from (text for file in row.evidence.all() for text in (file.title, file.original_name, file.url))
    if row.is_received and month.is_published:
        yield from (text for comment in row.comments.all() for text in (comment.by_name, comment.text))


def _of_its_page(recommendation):
    yield from _values(recommendation, _ITSELF)
    for around, names in _AROUND.items():
        for thing in getattr(recommendation, around).all():
            yield from _values(thing, names)


def _values(thing, names):
    for name in names:
        try:
            value = attrgetter(name)(thing)
        except AttributeError:  # no post, or nobody holds it
            continue
        if value:
            yield str(value)


def _recommendations():
    posts = ("lead_post", "outcome__accountable_post")
    held = [f"{post}__{capacity}" for post in posts for capacity in ("holder", "deputy")]
    around = [
        Prefetch(name, _related(name).public() if name in _OF_THE_BOARD else _with_what_is_read(name))
        for name in _AROUND
    ]
    return Recommendation.objects.select_related("outcome__theme", *held).prefetch_related(*around)


def _with_what_is_read(name):
    found = _related(name).all()
    read_of = {path.rpartition(".")[0] for path in _AROUND[name]} - {""}
    return found.select_related(*read_of) if read_of else found


def _related(name):
    return Recommendation._meta.get_field(name).related_model.objects
