"""Who leads, as plans print it: a post, several posts, an organisation with its helpers, a person's name. Pure.

The first one named leads; the whole text is kept as printed. A comma or “and” parts two names only where each side
could be one: “Media and PR Manager” is one post, “Head of Service and SEND Manager” are two.
"""

import re
from dataclasses import dataclass

_ROLES = re.compile(
    r"\b(head|heads|manager|managers|director|directors|lead|leads|officers?|chief|chair|coordinator|co-ordinator|adviser|advisor"
    r"|principal|supervisor|executive|commissioner|nurse|dco|dmo|headteacher|consultant|analyst|senco|partner"
    r"|practitioner|inspector|superintendent|sergeant|deputy|dcs|ad|hos|sro|ceo|psw|iro|lado)\b",
    re.IGNORECASE,
)
_COUNCIL = re.compile(r"(the )?(la|local authority|council|cc|county council|borough council|city council)\.?", re.I)
_HELPERS = re.compile(
    r"[,;]?\s+(?:supported by|with|alongside|in partnership with)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_LABEL = re.compile(r"^(?:lead|owner|named lead|responsible|sro)\s*[:–-]\s*", re.IGNORECASE)
_ACRONYM = re.compile(r"[A-Z][A-Za-z&]{0,2}[A-Z](?:[A-Z]{0,3})")
_NAME = re.compile(
    r"(?:(?:dr|mr|mrs|ms|miss|prof|cllr)\.? )?[A-Z][a-z’'-]+(?: [A-Z]\.?)?(?: [A-Z][A-Za-z’'-]+){1,2}", re.UNICODE
)
# Words of names of services, which begin with a capital letter as people's names do.
_SERVICES = re.compile(
    r"\b(care|help|education|health|school|schools|social|children|childrens|families|family|early|inclusion|quality|public|public"
    r"|performance|strategic|strategy|council|county|borough|city|nhs|send|commissioning|safeguarding|youth|justice|virtual"
    r"|adult|adults|human|resources|learning|skills|leaving|placements|fostering|adoption|police|trust|partners?|all|parent|carer"
    r"|service|services|team|board|finance|legal|housing|policy|data|practice|workforce|improvement|transformation|business)\b",
    re.IGNORECASE,
)
# Partners by their letters: of a post and one of these, two lead; of “Director of HR and OD”, one.
_PARTNERS = frozenset(("la", "icb", "ics", "nhs", "ccg", "pcf", "vcs", "vcse", "camhs", "dfe", "police"))
# An organisation by its name, behind a post’s title.
_ELSEWHERE = re.compile(
    r"NHS\b.*|.*\b(?:ICB|CCG|NHS|police|constabulary|probation service|(?:hospitals?|foundation|NHS|partnership) trust"
    r"|hospital|school|academy|college|university|\w+ council)",
    re.IGNORECASE,
)
# What brackets say of a post and not of its organisation.
_STATE = re.compile(
    r"(?:currently |post )?(?:vacant|vacancy|interim|acting|new(?: post)?|tb[acd]|to be (?:confirmed|agreed|appointed"
    r"|recruited)|job share|maternity cover|seconded|secondment|temporary|locum|agency|retired|left)\b.*"
    r"|(?:from|since|until|to) .*",
    re.IGNORECASE,
)
# A title that says nothing of what is led goes on in the line beneath it.
_UNFINISHED = re.compile(
    r"(?:.*\b(?:of|for|and|the|with)|.*[,&/–-]"
    r"|(?:(?:strategic|interim|deputy|assistant|senior|principal|service|services|team|group|operational|lead|head of"
    r"|area|programme|project|business|corporate|executive|divisional|associate)\s+)*"
    r"(?:director|manager|officer|lead|head|service|adviser|coordinator|partner))",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"^(?P<title>[^()]+?)\s*\((?P<within>[^()]+)\)\s*$")
_PARTS = re.compile(r"\s*(?:;|\n|\s/\s|\s\|\s)\s*")
_ENDS_OPEN = re.compile(r"\b(?:of|for|and|the|with)$", re.IGNORECASE)
_ONE_KIND = (r",\s*", r"\s+–\s+")
_JOINED = re.compile(r"\s*(?:,|/|&|\band\b)\s*")
_NOBODY = re.compile(
    r"tb[acd]|n/?a|vacant|none|unknown|\?+|[-–—]+"
    r"|(?:lead )?(?:still )?to be (?:confirmed|agreed|decided|appointed|identified)",
    re.IGNORECASE,
)
_READ = 1_000  # letters: nobody who leads is named after so many


@dataclass(frozen=True)
class Lead:
    """A post: its title, and its organisation where the text names one."""

    title: str
    organisation: str = ""


@dataclass(frozen=True)
class Leads:
    """Those who are named, the lead first; `why` says what was read or, unless it `is_plain`, what to look at."""

    named: tuple[Lead, ...]
    why: str = ""
    is_plain: bool = True


def read(printed: str) -> Leads:
    """Return the posts that the text names, none for an empty one."""
    if _NOBODY.fullmatch(printed.strip(" .")):
        return Leads((), f"“{printed.strip()}” names no lead.", is_plain=False)
    text = _unwrapped(printed[:_READ])
    parts = [part for each in _PARTS.split(text) for part in _named(each) if re.search(r"\w", part)]
    found = [_post(part) for part in parts]
    named = tuple(dict.fromkeys(lead for lead, _ in found))
    several = f"Several leads: the first one, {named[0].title}, leads." if len(named) > 1 else ""
    is_person = any(bad for _, bad in found)
    why = "This looks like a person’s name. It was kept as the title of the post." if is_person else ""
    return Leads(named, " ".join(filter(None, (why, several))), is_plain=not is_person)


def lined(printed: str) -> str:
    """Return the text in one line, with a semicolon for each line break between two names."""
    lines = [" ".join(line.split()) for line in _unwrapped(printed).split("\n")]
    return "; ".join([*(line.rstrip(" ;,") for line in lines[:-1]), *lines[-1:]])


def _unwrapped(text: str) -> str:
    """Return the text without the line breaks in which one title goes on: “Assistant Director / Social Care”."""
    found: list[str] = []
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        is_more = found and _UNFINISHED.fullmatch(found[-1]) and not _is_organisation(line) and not is_person(line)
        if is_more and (not _is_role(line) or not re.search(r"\w$", found[-1]) or _ENDS_OPEN.search(found[-1])):
            found[-1] += f" {line}"
        else:
            found.append(line)
    return "\n".join(found)


def _named(text: str) -> list[str]:
    """Return the names in a text without helpers, apart where each could stand alone."""
    text = _LABEL.sub("", " ".join(text.split())).strip(" ,.-–•*")
    text = _HELPERS.sub("", text).strip(" ,.")
    pieces = [piece for piece in _JOINED.split(_hidden(text)) if piece]
    if len(pieces) > 1 and (all(map(_is_alone, pieces)) or all(map(_is_long_role, pieces))):
        return _apart(text)
    for joined in (r"\s+and\s+", r"\s*&\s*", r"\s*/\s*", *_ONE_KIND):
        sides = re.split(joined, text)
        # Letters behind a comma are the team or the organisation of the post before it.
        if len(sides) > 1 and all(map(_is_long_role if joined in _ONE_KIND else _leads_beside, sides)):
            return sides
    return [text]


def _leads_beside(side: str) -> bool:
    """Whether a side is a post or a partner that leads beside it: “ICB” or “DCO”, and not “OD” or “MASH”."""
    is_post = _is_long_role(side) or (_is_role(side) and bool(_ACRONYM.fullmatch(side.strip())))
    return is_post or side.strip(" .").casefold() in _PARTNERS or bool(_COUNCIL.fullmatch(side.strip()))


def _hidden(text):
    """Return the text without what stands in brackets, whose commas part nothing."""
    return re.sub(r"\([^()]*\)", "", text)


def _apart(text):
    """Return the text parted at each comma, slash or “and” outside brackets."""
    parts, begun = [], 0
    marks = list(_JOINED.finditer(text))
    for mark in marks:
        depth = text[: mark.start()].count("(") - text[: mark.start()].count(")")
        if not depth:
            parts.append(text[begun : mark.start()])
            begun = mark.end()
    return [part.strip() for part in (*parts, text[begun:]) if part.strip()]


def _is_long_role(side: str) -> bool:
    """Whether a side is a post of several words.

    Two words such as “Strategic Media” look like a person, so a person stands only beside others (`_named`).
    """
    return _is_role(side) and len(side.split()) > 1


def _is_role(text: str) -> bool:
    return bool(_ROLES.search(text))


def _is_alone(text: str) -> bool:
    """Whether a text is a name by itself: letters of an organisation, the council, or a person."""
    return _is_organisation(text) or is_person(text)


def _is_organisation(text: str) -> bool:
    return bool(_ACRONYM.fullmatch(text.strip()) or _COUNCIL.fullmatch(text.strip()))


def is_person(text: str) -> bool:
    """Whether a text looks like a person's name."""
    text = text.strip()
    return bool(_NAME.fullmatch(text)) and not _ROLES.search(text) and not _SERVICES.search(text)


def _post(text: str) -> tuple[Lead, bool]:
    """Return the post, and whether its title is a person's name."""
    text = text.strip(" ,.")
    if at := _TRAILING.match(text):
        title, within = at["title"].strip(" ,"), at["within"].strip()
        if _HELPERS.match(f" {within}"):
            return Lead(title), is_person(title)
        if _STATE.fullmatch(within):
            return Lead(title), is_person(title)
        if is_person(title) and _is_role(within):
            return Lead(within), False
        if is_person(within) or within.casefold() == _initials(title):
            return Lead(title), is_person(title)
        if _COUNCIL.fullmatch(within):
            return Lead(title), is_person(title)
        if not _is_role(within) and not _is_service(within):
            return Lead(title, within), is_person(title)
        return Lead(text), False
    title, apart, organisation = text.rpartition(", ")
    if apart and _is_role(title) and not _is_role(organisation) and _ELSEWHERE.fullmatch(organisation):
        return Lead(title, organisation), False
    for apart in (" - ", " – ", ", "):
        before, _, after = text.partition(apart)
        for name, role in ((before, after), (after, before)):
            if is_person(name) and _is_role(role):
                return Lead(role.strip()), False
    if _ACRONYM.fullmatch(text) and not _COUNCIL.fullmatch(text) and not _is_role(text):
        return Lead(text, text), False
    return Lead(text), is_person(text)


def _is_service(text: str) -> bool:
    """Whether brackets say what a post is about, and not of which organisation it is: “(Early Help)”, not “(ICB)”."""
    named = [word for word in text.split() if word[0].isupper()]
    is_named = _ACRONYM.fullmatch(text) or _ELSEWHERE.fullmatch(text)
    return not is_named and bool(named) and all(_SERVICES.fullmatch(word.strip(",.")) for word in named)


def _initials(title: str) -> str:
    return "".join(word[0] for word in title.split() if word[0].isupper()).casefold()
