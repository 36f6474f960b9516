"""A pack as files: what its pages are laid out from, and each form in which it is handed out."""

from dataclasses import dataclass

from boards.models import PackFile
from boards.packs import pack_document, pack_workbook
from boards.packs.contents import BoardPack
from boards.packs.pack_document.parts import Section
from improvement.documents import pdf, write_word

Form = PackFile.Form


@dataclass(frozen=True)
class Making:
    """What is to be made: the pack itself, or a supplement of it that holds `shown` and is numbered on."""

    pack: BoardPack
    shown: tuple[Section, ...]
    name: str = "Board pack"
    first_page: int = 1

    @property
    def is_supplement(self):
        return self.first_page > 1

    @property
    def document(self):
        if self.is_supplement:
            return pack_document.supplement(self.pack, self.shown, name=self.name, first_page=self.first_page)
        return pack_document.build(self.pack, self.shown)


def whole(pack: BoardPack) -> Making:
    """Return the making of everything."""
    return Making(pack, pack_document.sections(pack))


def written(making: Making, form: Form) -> bytes:
    """Return one form of it, the same bytes for the same pack."""
    if form == Form.EXCEL:
        return pack_workbook.write(making.pack, making.shown, name=making.name)
    return {Form.PDF: pdf.write, Form.WORD: write_word}[form](making.document)
