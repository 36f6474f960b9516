"""The rows of our own workbook that a council's plan comes to. Pure.

Nothing that a cell says is lost: what no column of ours holds as it was printed is kept in the note, under its heading.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from improvement.texts.cutting import cut
from plans.importing import numbering
from plans.importing.cells import due_dates, leads, lists, references
from plans.importing.cells.fields import KEPT_AS_THEMSELVES, Field
from plans.importing.cells.leads import Lead
from plans.importing.records import Entry, Plan, Record, Remark, Step

THEME, OUTCOME, TITLE, ACTION, TIMESCALE, LEAD, POST = 200, 250, 120, 250, 100, 250, 150
NOT_STATED = "Not stated"
_LEVELS = frozenset((Field.THEME, Field.OUTCOME))

Cells = dict[str, str | int | date | None]


@dataclass(frozen=True)
class Chosen:
    """What the user says of the whole plan. `split` are the columns whose lists become steps; `posts` and `findings`
    are those that the tracker knows, by `key`."""

    slug: str
    title: str
    council: str
    notice: str
    organisation: str
    accountable: str
    opened_on: date
    source: str
    split: frozenset[int] = frozenset()
    posts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    findings: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Made:
    """Rows by sheet, each by heading, and what is to be said of the cells they came from."""

    sheets: dict[str, list[Cells]]
    remarks: list[Remark]


def key(text: str) -> str:
    """Return a name as it is compared: small letters, one space, one kind of apostrophe, “and” for “&”."""
    return " ".join(text.replace("’", "'").replace("‘", "'").replace("&", " and ").casefold().split())


def make(plan: Plan, chosen: Chosen) -> Made:
    """Return the rows of the sheets."""
    return _Maker(plan, chosen).made()


class _Maker:
    def __init__(self, plan: Plan, chosen: Chosen) -> None:
        self.plan, self.chosen = plan, chosen
        # What stands above the headings is mostly the title.
        self.remarks = [remark for remark in plan.remarks if remark.text != chosen.title]
        self.posts: dict[str, tuple[str, str]] = {}
        self.sheets: dict[str, list[Cells]] = {}
        self.step_places = {step.text.place for record in plan.records for step in record.steps}
        self.accountable: dict[tuple[str, str], tuple[str, str]] = {}

    def made(self) -> Made:
        self._add("Plan", **self._plan())
        themes = self._numbered([title or self.chosen.title for title in self.plan.themes])
        self.themes = dict(zip(self.plan.themes, themes, strict=True))
        self.outcomes = self._outcomes()
        found, remarks = numbering.named(self.plan.records, self.themes)
        self.remarks += remarks
        for record, named in zip(self.plan.records, found, strict=True):
            self._recommendation(record, named)
        self._levels()
        known = set(self.chosen.posts.values())
        for title, organisation in self.posts.values():
            # A post that the tracker knows keeps its source.
            source = "" if (title, organisation) in known else self.chosen.source
            self._add("Posts", Title=title, Organisation=organisation, Source=source)
        return Made(self.sheets, self.remarks)

    def _add(self, sheet: str, **cells: str | int | date | None) -> None:
        self.sheets.setdefault(sheet, []).append({name.replace("_", " "): cell for name, cell in cells.items()})

    def _say(self, entry: Entry, sentence: str, is_understood: bool = False) -> None:
        self.remarks.append(Remark(entry.cell, entry.text, sentence, is_understood))

    def _plan(self) -> dict[str, str]:
        chosen = self.chosen
        return {
            "Name_in_addresses": chosen.slug,
            "Title": chosen.title,
            "Council": chosen.council,
            "Notice": chosen.notice,
            "Source": chosen.source,
        }

    # Levels

    def _numbered(self, titles: list[str]) -> list[int]:
        """Return a number for each title: those printed where they are all different and in order, else 1, 2, 3."""
        printed = [references.number(title) for title in titles]
        if all(printed) and printed == sorted(set(printed), key=lambda number: number or 0):
            return [number for number in printed if number]
        return list(range(1, len(titles) + 1))

    def _outcomes(self) -> dict[tuple[str, str], int]:
        found: dict[tuple[str, str], int] = {}
        under: dict[str, list[str]] = {}
        for theme, title in self.plan.outcomes:
            under.setdefault(theme, []).append(title)
        for theme, titles in under.items():
            found |= {(theme, title): number for title, number in zip(titles, self._numbered(titles), strict=True)}
        return found

    def _levels(self) -> None:
        for theme, number in self.themes.items():
            title = references.bare(theme or self.chosen.title, str(number))
            note = title if len(title) > THEME else ""
            self._add("Themes", Number=number, Title=cut(title, THEME), Source=self.chosen.source, Note=note)
        for (theme, outcome), number in self.outcomes.items():
            of_theme = self.themes[theme]
            # The title of the theme, where no outcome is named, without the number that the theme has.
            title = references.bare(outcome, str(number), f"{of_theme}.{number}") if outcome else ""
            title = title or references.bare(theme or self.chosen.title, str(of_theme))
            post, organisation = self.accountable.get((theme, outcome)) or self._default()
            cells: Cells = {"Theme": of_theme, "Number": number, "Title": cut(title, OUTCOME)}
            cells |= {"Accountable post": post, "Accountable post's organisation": organisation}
            self.sheets.setdefault("Outcomes", []).append(cells | {"Source": self.chosen.source})
        filled = {theme for theme, _ in self.outcomes}
        for theme in [theme for theme in self.plan.themes if theme not in filled]:
            self.remarks.append(Remark("", theme, "Nothing is under this theme, so it has no outcome."))

    # Recommendations

    def _recommendation(self, record: Record, named: numbering.Named) -> None:
        notes: list[str] = []
        lead, printed_lead = self._lead(record, notes)
        on, timescale = self._due(record)
        self._account(record, notes)
        success = "\n".join(lists.lined(entry.text) for entry in record.of(Field.SUCCESS))
        cells: Cells = {
            "Reference": named.reference,
            "Title": _title(named.wording),
            "Wording": named.wording,
            "Theme": self.themes[record.theme],
            "Outcome": self.outcomes[record.theme, record.outcome],
            "Lead post": lead[0],
            "Lead's organisation": lead[1],
            "Lead as printed": printed_lead,
            "Timescale": timescale,
            "Original due date": on,
            "Success": success,
            "Opened on": self.chosen.opened_on,
            "Findings answered": self._findings(record, notes),
            "Source": f"{self.chosen.source}, {record.where}"[-200:],
        }
        actions = self._steps(record, named.reference, notes)
        self._keep(record, cells, actions, notes)
        cells["Note"] = "\n".join(notes)
        self.sheets.setdefault("Recommendations", []).append(cells)
        self.sheets.setdefault("Actions", []).extend(actions)

    def _lead(self, record: Record, notes: list[str]) -> tuple[tuple[str, str], str]:
        entries = (
            record.of(Field.LEAD)
            or [entry for step in record.steps for entry in step.entries if entry.field is Field.LEAD][:1]
        )
        named = []
        for entry in entries:
            found = leads.read(entry.text)
            named += [(lead, entry) for lead in found.named]
            if found.why:
                self._say(entry, found.why, is_understood=found.is_plain)
            elif not found.named:
                self._say(entry, f"This names no post. {self.chosen.accountable} leads until you change it.")
        printed = "; ".join(dict.fromkeys(leads.lined(entry.text) for entry in entries))
        if not entries:
            self._say(record.wording, f"No lead is named. {self.chosen.accountable} leads until you change it.")
        if not named:
            return self._default(), printed[:LEAD]
        if len(printed) > LEAD:
            notes.append(_noted(entries[0].heading, printed))
        return self._post(*named[0]), cut(printed, LEAD)

    def _default(self) -> tuple[str, str]:
        return self._post(Lead(self.chosen.accountable), None)

    def _post(self, lead: Lead, entry: Entry | None) -> tuple[str, str]:
        """Return the post as the tracker or this file already writes it, or as a new one.

        Where the cell names no organisation, it is that which the user chose, whatever other posts are called alike.
        """
        title, organisation = cut(lead.title, POST), cut(lead.organisation or self.chosen.organisation, POST)
        if entry and title != lead.title:
            self._say(entry, f"A post’s title has up to {POST} characters. This one was cut.")
        name = f"{key(title)}|{key(organisation)}"
        post = self.chosen.posts.get(name) or self.posts.get(name) or (title, organisation)
        other = self.chosen.posts.get(key(title))
        if other and entry and not lead.organisation and name not in {*self.chosen.posts, *self.posts}:
            sentence = f"The tracker knows “{other[0]}” of {other[1]}. As you chose, this is another post, of"
            self._say(entry, f"{sentence} {organisation}. If they are the same, write “{title} ({other[1]})”.")
        return self.posts.setdefault(f"{key(post[0])}|{key(post[1])}", post)

    def _account(self, record: Record, notes: list[str]) -> None:
        place = (record.theme, record.outcome)
        for entry in record.of(Field.ACCOUNTABLE):
            named = leads.read(entry.text).named
            if not named:
                self._say(entry, "This names no post. It was kept in the note.")
                notes.append(_noted(entry.heading, entry.text))
                continue
            if place not in self.accountable:
                self.accountable[place] = self._post(named[0], entry)
            elif key(self.accountable[place][0]) != key(named[0].title):
                outcome = f"{self.themes[record.theme]}.{self.outcomes[place]}"
                known = self.accountable[place][0]
                self._say(entry, f"{known} is accountable for outcome {outcome}. This one was kept in the note.")
                notes.append(_noted(entry.heading, entry.text))

    def _due(self, record: Record) -> tuple[date | None, str]:
        """Return when it is due, and that as printed.

        Of several columns with a date the last one counts, of several steps the latest.
        """
        own = [(entry, due_dates.read(entry.text)) for entry in record.of(Field.DUE)]
        of_steps = [
            (each, due_dates.read(each.text))
            for step in record.steps
            for each in step.entries
            if each.field is Field.DUE
        ]
        for entry, due in {each[0].cell: each for each in (*own, *of_steps)}.values():
            if due.why:
                self._say(entry, due.why, is_understood=bool(due.on))
        dated = [each for each in of_steps or own if each[1].on]
        if not own and not of_steps:
            self._say(record.wording, "No due date or timescale is given.")
            return None, NOT_STATED
        if of_steps and dated:
            entry, due = max(dated, key=lambda each: each[1].on or date.min)
        else:
            entry, due = dated[-1] if dated else (own or of_steps)[0]
        return due.on, cut(" ".join(entry.text.split()), TIMESCALE)

    def _findings(self, record: Record, notes: list[str]) -> str:
        found = []
        for entry in record.of(Field.FINDING):
            for part in filter(None, (part.strip() for part in re.split(r"[,;\n]|\band\b", entry.text))):
                known = self.chosen.findings.get(key(part)) or self.chosen.findings.get(key(references.tidy(part)))
                if known:
                    found.append(known)
                else:
                    self._say(entry, f"The tracker has no finding “{cut(part, 60)}”. It was kept in the note.")
                    notes += (
                        [_noted(entry.heading, entry.text)] if _noted(entry.heading, entry.text) not in notes else []
                    )
        return ", ".join(dict.fromkeys(found))

    # Steps

    def _steps(self, record: Record, reference: str, notes: list[str]) -> list[Cells]:
        found = []
        for step in record.steps:
            parts = lists.items(step.text.text) if step.text.place in self.chosen.split else [step.text.text]
            found += [self._action(reference, part, step, notes) for part in parts]
        alone = record.of(Field.LEAD) if len(record.of(Field.LEAD)) == 1 else []
        for entry in (record.wording, *record.entries):
            if entry.place in self.chosen.split and lists.is_list(entry.text):
                step = Step(entry, [*alone, *record.of(Field.DUE)[-1:]])
                found += [self._action(reference, part, step, notes) for part in lists.items(entry.text)]
        return found

    def _action(self, reference: str, text: str, step: Step, notes: list[str]) -> Cells:
        words = " ".join(text.split())
        if len(words) > ACTION:
            notes.append(_noted(step.text.heading, text))
            self._say(step.text, f"A step’s title has up to {ACTION} characters. The whole text was kept in the note.")
        on, timescale = self._step_due(step, words)
        owner = next((entry for entry in step.entries if entry.field is Field.LEAD), None)
        named = leads.read(owner.text).named if owner else ()
        post = self._post(named[0], owner) if named else ("", "")
        done = next((due_dates.read(each.text).on for each in step.entries if each.field is Field.COMPLETED), None)
        return {
            "Recommendation": reference,
            "Title": cut(words, ACTION),
            "Owner post": post[0],
            "Owner's organisation": post[1],
            "Due date": on,
            "Timescale": timescale,
            "Done on": done,
            "Source": f"{self.chosen.source}, {step.text.cell}"[-200:],
        }

    def _step_due(self, step: Step, words: str = "") -> tuple[date | None, str]:
        """Return when a step is due: by its own text where that names a date, else by its row."""
        named = due_dates.read(words) if words and due_dates.found_in(words) else None
        entry = next((each for each in step.entries if each.field is Field.DUE), None)
        if named and named.on:
            return named.on, ""
        if entry:
            return due_dates.read(entry.text).on, cut(" ".join(entry.text.split()), TIMESCALE)
        # Of several columns of steps the heading says which is due when: “Milestones 6 months”.
        return None, cut(step.text.heading, TIMESCALE) if len(self.step_places) > 1 else NOT_STATED

    # What no column of ours holds

    def _keep(self, record: Record, cells: Cells, actions: list[Cells], notes: list[str]) -> None:
        """Keep in the note what stands nowhere else in the rows as it was printed."""
        place = (record.theme, record.outcome)
        held = [
            *cells.values(),
            *(cell for each in actions for cell in each.values()),
            *self.accountable.get(place, ()),
        ]
        texts, noted = _Texts(cell for cell in held if isinstance(cell, str)), set(notes)
        if len(record.outcome) > OUTCOME:
            notes.append(f"Outcome: {record.outcome}")
        of_steps = [each for step in record.steps for each in (step.text, *step.entries)]
        rows = {step.text.row: " ".join(step.text.text.split()) for step in record.steps}
        of_rows = rows if len(rows) > 1 else {}
        times = Counter((entry.place, entry.text, entry.colour) for entry in record.entries)
        for entry in (*record.extras, *record.entries, *of_steps):
            colour = f"{entry.colour} (cell colour)" if entry.colour else ""
            text = f"{entry.text} [{colour}]" if entry.text and colour else entry.text or colour
            # What each of the rows says is said of all of them.
            is_own = entry.row in of_rows and times[entry.place, entry.text, entry.colour] < len(of_rows)
            heading = f"{entry.heading} of “{cut(of_rows[entry.row], 60)}”" if is_own else entry.heading
            line = _noted(heading, text)
            words = leads.lined(entry.text) if entry.field is Field.LEAD else entry.text
            is_held = entry.field in KEPT_AS_THEMSELVES and not colour and texts.hold(words)
            if entry.field in _LEVELS or is_held or noted & {line, _noted(entry.heading, entry.text)}:
                continue
            notes.append(line)
            noted.add(line)
            if not entry.text:
                self._say(entry, f"The colour of the cell was read as {entry.colour} and kept in the note.", True)
            elif entry.field in KEPT_AS_THEMSELVES:
                self._say(entry, "It was kept in the note as printed.", is_understood=True)


class _Texts:
    """The texts of some cells, of which it is asked whether one is a text or contains it.

    Spaces, capital letters and the style of an apostrophe make no other text.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        lines = [key(text) for text in texts]
        self._each, self._all = set(lines), "\n".join(lines)

    def hold(self, text: str) -> bool:
        words = key(text)
        if words in self._each or words.replace(" ", "") in self._each:
            return True
        return bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", self._all))


def _noted(heading: str, text: str) -> str:
    """Return a line of the note: “Progress: begun”, “What difference did it make? More visits”."""
    return f"{heading} {text}" if heading.endswith("?") else f"{heading}: {text}"


def _title(wording: str) -> str:
    """Return the first sentence of a wording if it is short enough, else its beginning; of a list its items.

    What introduces a list is its title.
    """
    items = lists.items(wording) if "\n" in wording.strip() else []
    introduction = wording.strip().split("\n")[0].strip()
    if len(items) > 1:
        words = introduction.rstrip(": ") if introduction.endswith(":") else "; ".join(items)
    else:
        words = " ".join(wording.split())
    first = re.match(r".{12,118}?[.;:!?](?=\s|$)", words)
    short = first[0] if first and len(words) > TITLE else cut(words, TITLE)
    return short.rstrip(".;:") or short
