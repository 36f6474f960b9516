"""What a search for words in a month's list looks at: all that its reader sees of a row.

That is what the list and its file say of it, and what the recommendation's page says of that month, beside what stands
around the recommendation there. The page is the same for all its readers, so this is too: nothing of a draft, and of
what the Board decided and asked what the public may read. The other months of the page are searched in their own lists.
"""

from collections.abc import Callable, Iterator
from operator import attrgetter

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from improvement.govuk import filtering
from plans.models import MonthlyUpdate, Recommendation, ReportingMonth
from plans.months import exports, narrative, sets

# What stands around a recommendation on its page, and what is read of each; what the Board adds, it registers.
_AROUND = {
    "actions": ("title", "owner_post.title", "source"),
    "areas": ("letter", "title", "leading_post.title"),
    "targets": ("reference", "wording", "source", "notice.title"),
    "findings": ("reference", "wording", "source", "inspection.title"),
    "predecessors": ("reference", "title"),
    "successors": ("reference", "title"),
    "due_date_changes": ("reason", "by.name"),
}
_FETCHED = dict.fromkeys(
    f"{around}__{path.rpartition('.')[0]}".removesuffix("__") for around, paths in _AROUND.items() for path in paths
)
_REGISTERED: dict[str, Callable[[], QuerySet]] = {}
_ITSELF = (
    *("title", "wording", "source", "note", "timescale", "lead_wording", "success", "closure_reason"),
    *("outcome.title", "outcome.theme.title"),
    *(
        f"{post}.{name}"
        for post in ("lead_post", "outcome.accountable_post")
        for name in ("title", "organisation", "holder.name", "deputy.name")
    ),
)


def register(around: str, paths: tuple[str, ...], public: Callable[[], QuerySet]) -> None:
    """Search `paths` of what stands `around` a recommendation too, as far as it is among what `public` returns."""
    _AROUND[around] = paths
    _REGISTERED[around] = public


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
    around = [Prefetch(name, public()) for name, public in _REGISTERED.items()]
    return Recommendation.objects.select_related("outcome__theme", *held).prefetch_related(*_FETCHED, *around)
