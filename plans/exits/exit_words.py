"""What the exit view says of each of its facts, in the words that its files share."""

NOT_KNOWN = "Not known"
# What to do about a target of which nobody has stated what became of it, by what its milestones say.
DECIDE = (
    "Record the result or the judgement that decides the milestone, on the target’s own page. Then ask {issuer} for "
    "the final verdict."
)
ASK = (
    "No figure decides these targets. Ask {issuer} whether each is achieved. An administrator records the answer as "
    "the target’s final verdict, with its source."
)


def term(found):
    """Return where a notices.targets.terms.Term stands: for example "Awaiting decision, 39 days past its end on …"."""
    if found.days_left is not None:
        return f"In force, {_days(found.days_left)} left, to {found.end:%-d %B %Y}"
    if found.days_past is not None:
        return f"Awaiting decision, {_days(found.days_past)} past its end on {found.end:%-d %B %Y}"
    return f"{found.state.label}, on {found.end:%-d %B %Y}" if found.end else f"{found.state.label}, end date not known"


def _days(number):
    return f"{number} day" if number == 1 else f"{number} days"


def recommendation(notice, on):
    """Return who has recommended by the day `on` that the Notice be lifted, and how; empty before."""
    if notice.recommended_on is None or notice.recommended_on > on:
        return ""
    made = f"Recommended on {notice.recommended_on:%-d %B %Y} by {notice.recommended_by}"
    return f"{made}: “{notice.recommendation}” {notice.recommendation_source}"


def to_do(notice, rows, sentence):
    """Return what to do about the targets `rows`, on which nothing is stated: DECIDE or ASK; empty for no targets."""
    issuer = notice.issuer
    within = f"the {issuer[4:]}" if issuer.startswith("The ") else issuer
    return sentence.format(issuer=within) if rows else ""


def counts(how, numbers):
    """Return one line of `Exit.counts`: "As stated: achieved 2, well on the way 0, …"."""
    return f"{how}: " + ", ".join(f"{label.lower()} {number}" for _, label, number in numbers) + "."


def verdict(row):
    """Return what is stated of a target or, where nothing is, what is worked out."""
    if row.is_stated:
        return f"{row.target.get_end_verdict_display()}, as stated"
    return "; ".join([row.progress.verdict_words, *_expected(row)])


def _expected(row):
    step = row.progress.deciding_step
    if step and step.is_provisional and step.expected_on:
        return [f"confirmed value expected on {step.expected_on:%-d %B %Y}"]
    return []


def end(row):
    """Return the lines of how a target ended: what is stated, what is worked out and on what value."""
    if row.is_stated:
        on = f", {row.target.end_verdict_on:%-d %B %Y}" if row.target.end_verdict_on else ""
        yield f"{row.target.get_end_verdict_display()}: {row.target.end_verdict_source}{on}"
    else:
        yield "Not stated"
    if row.target.narrative_wording:
        yield f"The narrative says: “{row.target.narrative_wording}” {row.target.narrative_source}"
    yield f"Worked out: {row.progress.verdict_words.lower()}"
    if row.is_at_odds:
        yield "The two say the opposite."
    step = row.progress.deciding_step
    if step:
        yield f"{step.result.words}, {step.result.period}" if step.result else step.milestone.period
    yield from _expected(row)


def held(found):
    """Return the lines of how long a verdict has stood: as worked out, as stated, or that it is not known."""
    if found.computed:
        yield found.computed
    if found.target.held_wording:
        since = f", {found.stated_since}" if found.stated_since else ""
        yield f"“{found.target.held_wording}” {found.target.held_source}{since}"
    if not found.is_known:
        yield NOT_KNOWN


def owned(item):
    """Return a live recommendation with its rating, who leads it and when it is due."""
    row = item.answer.recommendation
    overdue = ", overdue" if item.is_overdue else ""
    return f"{row} ({rating(item)}). {row.lead_post.title}, due {due(row)}{overdue}"


def due(recommendation):
    """Return its due date in words, or the timescale that stands in its place."""
    return f"{recommendation.due_on:%-d %B %Y}" if recommendation.due_on else f"“{recommendation.timescale}”"


def rating(item):
    corrected = f", corrected to {item.answer.corrected}" if item.answer.corrected else ""
    return f"{item.answer.rating_label}{corrected}"


def quoted(item):
    """Return what a source says, word for word, with where it stands and what is noted of it."""
    return " ".join(part for part in (f"“{item.wording}”", item.source, item.note) if part)


def judged(line):
    """Return the grades of one category, inspection by inspection (a notices.inspections.comparison.Row)."""
    return f"{line.category.name}: " + "; ".join(_grade(cell) for cell in line.cells if cell.judgement)


def _grade(cell):
    grade = cell.judgement.get_grade_display() or cell.judgement.grade_as_printed
    steps = f" by {cell.steps} grade{'' if cell.steps == 1 else 's'}" if cell.steps else ""
    compared = f", {cell.comparison.label.lower()}{steps}" if cell.comparison else ""
    return f"{grade} ({cell.inspection.title}{compared})"
