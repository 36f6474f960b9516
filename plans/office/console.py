"""What the programme office sees of one month: where every update stands, whom to chase, what would freeze."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from accounts.models import Post
from improvement.records.statements import Statement
from plans import reporting
from plans.calendar import UpdateStatus
from plans.models import AreaUpdate, Evidence, MonthlyUpdate, ReportingMonth
from plans.months import sets
from plans.months.sets import Count
from plans.ratings import Rating

# The columns of every table of counts: expected is all rows, and received and missing add up to it.
COLUMNS = (
    ("Expected", ()),
    ("Received", (("update", "received"),)),
    ("Signed off", (("update", "signed-off"),)),
    ("Not signed off", (("update", "not-signed-off"),)),
    ("Late", (("update", "late"),)),
    ("No update received", (("update", sets.NO_UPDATE),)),
)


@dataclass(frozen=True)
class Line:
    """The counts of one outcome, or of one lead officer's post.

    `people` act for the post that signs off or leads: at present while the month is open, then as it was opened.
    """

    title: str
    post: str
    people: str
    counts: list[Count]


@dataclass(frozen=True)
class Chase:
    """What one post owes, and the message to the people who act for it."""

    post: Post
    updates: list[MonthlyUpdate]
    text: str
    mailto: str


@dataclass(frozen=True)
class Console:
    updates: list[MonthlyUpdate]
    totals: list[Count]
    outcomes: list[Line]
    posts: list[Line]
    missing: list[Chase]
    unsigned: list[Chase]
    area_updates: list[AreaUpdate]

    @property
    def missing_count(self):
        return sum(len(chase.updates) for chase in self.missing)

    @property
    def unsigned_count(self):
        return sum(len(chase.updates) for chase in self.unsigned)

    @property
    def is_submitted_to(self):
        """Whether an update was submitted, even if it was returned since: the month can then no longer be discarded."""
        return any(row.first_submitted_at for row in self.updates)

    @property
    def written_areas(self):
        return sum(bool(row.text) for row in self.area_updates)


def build(month: ReportingMonth, *, now, home: str) -> Console:
    """Return the console of `month` in three queries; `home` is the site's address, for the messages."""
    found, posts = _rows(month, [pair for _, pairs in COLUMNS for pair in pairs], now=now)
    by_outcome = _grouped(found, lambda row: (row.theme_number, row.outcome_number))
    by_post = _grouped(found, lambda row: row.lead_post_id)
    missing = [row for row in found if not row.is_received]
    unsigned = [row for row in found if row.status == UpdateStatus.SUBMITTED]
    return Console(
        updates=found,
        totals=_counts(month, found),
        outcomes=[
            _outcome_line(month, f"{theme}.{number}", rows) for (theme, number), rows in sorted(by_outcome.items())
        ],
        posts=[_post_line(month, pk, by_post[pk]) for pk in _in_order(month, posts, by_post)],
        missing=[
            _chase(posts[pk], rows, f"{month.label}: updates due {_day(month.due_on)}", home)
            for pk, rows in _grouped(missing, lambda row: row.lead_post_id).items()
        ],
        unsigned=[
            _chase(posts[pk], rows, f"{month.label}: sign-off due {_day(month.sign_off_due_on)}", home)
            for pk, rows in _grouped(unsigned, lambda row: row.accountable_post_id).items()
        ],
        area_updates=_area_updates(month),
    )


@dataclass(frozen=True)
class Freeze:
    """What publishing a month would freeze; `seen` goes back with the confirmation."""

    seen: str
    expected: Count
    ratings: list[tuple[Rating | None, Count]]
    unsigned: list[MonthlyUpdate]
    missing: list[MonthlyUpdate]
    silent_areas: list[AreaUpdate]


def freeze(month: ReportingMonth, *, now) -> Freeze:
    """Return what publishing `month` would freeze, as it stands now."""
    seen = reporting.freezing(month)
    pairs = [(rating, ("rating", rating.value)) for rating in Rating] + [(None, ("rating", sets.NO_UPDATE))]
    found, _ = _rows(month, [pair for _, pair in pairs], now=now)
    counts = [(rating, sets.counted(month, found, rating.label if rating else "", pair)) for rating, pair in pairs]
    return Freeze(
        seen=seen,
        expected=sets.counted(month, found, "Expected"),
        ratings=[(rating, count) for rating, count in counts if count.number or rating in {None, *month.wording}],
        unsigned=[row for row in found if row.status == UpdateStatus.SUBMITTED],
        missing=[row for row in found if not row.is_received],
        silent_areas=[row for row in _area_updates(month) if not row.text],
    )


@dataclass(frozen=True)
class Loss:
    """What discarding an open month would lose; `refusal` says why it cannot be discarded, if so."""

    seen: str
    refusal: str
    expected: int
    drafts: list[MonthlyUpdate]
    evidence: list[Evidence]
    areas: list[AreaUpdate]


def loss(month: ReportingMonth) -> Loss:
    """Return what discarding `month` would lose, as it stands now."""
    refusal = ""
    try:
        reporting.refuse_to_discard(month)
    except reporting.Refused as refused:
        refusal = str(refused)
    evidence = Evidence.objects.filter(update__month=month).select_related("update", "added_by")
    return Loss(
        seen=reporting.discarding(month),
        refusal=refusal,
        expected=month.updates.count(),
        drafts=list(reporting.begun(month).order_by("reference_order")),
        evidence=list(evidence.order_by("update__reference", "added_at", "pk")),
        areas=[row for row in _area_updates(month) if row.text],
    )


def _rows(month, pairs, *, now):
    """Return the rows of `month` with their posts, and the posts by id in the order of their titles."""
    found = sets.with_sets(month, pairs, now=now)
    ids = {pk for row in found for pk in (row.lead_post_id, row.accountable_post_id)}
    posts = {post.pk: post for post in _POSTS.objects(posts=ids)}
    for row in found:
        row.month = month
        row.lead_post, row.accountable_post = posts[row.lead_post_id], posts[row.accountable_post_id]
    return found, posts


def _in_order(month, posts, by_post):
    """Return the posts that lead in the order of their titles: those of today, or for good those of the month."""
    if month.is_published:
        return sorted(by_post, key=lambda pk: (by_post[pk][0].lead_title, pk))
    return [pk for pk in posts if pk in by_post]


def _area_updates(month):
    found = _AREAS.objects(month=month.pk)
    for row in found:
        row.month = month
    return found


def _held(posts):
    return Post.objects.filter(pk__in=[posts]).select_related("holder", "deputy").order_by("title", "organisation")


def _areas(month):
    return AreaUpdate.objects.filter(month=month).select_related("leading_post__holder", "leading_post__deputy")


_POSTS = Statement(_held, posts=-1)
_AREAS = Statement(_areas, month=-1)


def _grouped(rows, key):
    groups = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def _outcome_line(month, number, rows):
    row = rows[0]
    people = row.accountable_name if month.is_published else row.accountable_post.people
    counts = _counts(month, rows, ("outcome", number))
    return Line(f"{number} {row.outcome_title}", row.accountable_title, people, counts)


def _post_line(month, pk, rows):
    row = rows[0]
    people = row.lead_name if month.is_published else row.lead_post.people
    return Line(row.lead_title, "", people, _counts(month, rows, ("post", pk)))


def _counts(month, rows, *of):
    return [sets.counted(month, rows, name, *pairs, among=of) for name, pairs in COLUMNS]


def _chase(post, rows, subject, home):
    lines = [f"{row.reference} {row.title}: {row.get_status_display().lower()}" for row in rows]
    text = "\n".join([subject, f"For the {post.title}", "", *lines, "", home])
    return Chase(post, rows, text, _mailto(post, subject, text))


def _mailto(post, subject, text):
    people = [person.email for person in post.acting]
    if not people:
        return ""
    copied = {"cc": ",".join(people[1:])} if people[1:] else {}
    query = urlencode({**copied, "subject": subject, "body": text.replace("\n", "\r\n")}, quote_via=quote)
    return f"mailto:{people[0]}?{query}"


def _day(day):
    return f"{day:%-d %B %Y}"
