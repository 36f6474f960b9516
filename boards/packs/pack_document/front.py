"""The cover sheet, in the council's own form [003]."""

from collections.abc import Iterator

from boards.packs.contents import BoardPack
from improvement.documents.blocks import Block, Facts, Heading, Paragraph

# What nobody has entered is not printed.
CONSULTED = {None: "", True: "Yes (referred to in report)", False: "No"}
CALL_IN = {None: "", True: "Eligible for call-in", False: "Not eligible for call-in"}


def cover(pack: BoardPack) -> Iterator[Block]:
    sheet = pack.cover
    yield Facts(
        tuple(
            (term, said)
            for term, said in (
                ("Originator", sheet.originator),
                ("Telephone", sheet.telephone),
                ("Report of", sheet.report_of),
                ("To", pack.meeting.board.name),
                ("Date", f"{pack.meeting.held_on:%-d %B %Y}"),
                ("Subject", sheet.subject),
                ("Electoral wards affected", sheet.wards),
                ("Specific implications for", _implications(sheet)),
                ("Ward members consulted", CONSULTED[sheet.is_consulted]),
                ("Call-in", CALL_IN[sheet.is_for_call_in]),
            )
            if said
        )
    )
    yield Heading(2, "Executive summary")
    yield Paragraph(sheet.executive_summary)
    yield Heading(2, "Recommendations")
    yield Paragraph(sheet.recommendations)


def _implications(sheet):
    told = (
        ("Equality and diversity", sheet.equality),
        ("Community cohesion", sheet.cohesion),
        ("Narrowing the gap", sheet.narrowing),
    )
    return "\n".join(f"{term}: {said}" for term, said in told if said)
