"""What is drawn on the pages of a PDF, and nothing else of it: each page as one drawing of its own.

Scripts, actions, forms, comments, attachments, links and metadata are not taken, since nothing but contents and what
these draw with is copied. What a form or a stamp shows on paper is drawn where it stood.
"""

import io
import math
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

MOST_PAGES = 300
HIDDEN = "it has hidden layers"
_USES = ("View", "Print", "Export")
_SHOWN_WHEN_OFF = {"/AllOff", "/AnyOff"}
# The shortest and the longest side of a page, in points: half an inch, and what PDF itself allows.
_SHORTEST, _LONGEST = 36, 14_400
# Names of resources are free; among them any key is kept.
_NAMED = {"/XObject", "/Font", "/Pattern", "/Shading", "/ColorSpace", "/ExtGState"}
# What leads away from what is drawn: to pages, files, actions and what was written about it.
_LEFT = {
    *("/A", "/AA", "/AF", "/Alternates", "/Annots", "/B", "/EF", "/JS", "/LastModified", "/Metadata", "/OC", "/OPI"),
    *("/P", "/Parent", "/PieceInfo", "/Properties", "/Ref", "/StructParent", "/StructParents", "/URI", "/OpenAction"),
}
_OF_A_FILE = {"/F", "/FFilter", "/FDecodeParms", "/Length"}
_ELSEWHERE = {"/Action", "/Annot", "/Catalog", "/EmbeddedFile", "/Filespec", "/Page", "/Pages", "/Sig"}
_HIDDEN, _NOT_SHOWN = 2, 32
_NOT_DRAWN = {"/Link", "/Popup"}


class Refused(Exception):
    """The PDF cannot be bound; the text says why, to follow “because”."""


def cleaned(content: bytes) -> tuple[bytes, list[tuple[float, float]]]:
    """Return a PDF of what is drawn on each page, and the width and height of each in points; raises Refused."""
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        _require_bindable(reader)
        return _drawn(reader)
    except Refused:
        raise
    except Exception as fault:  # whatever a stranger's file leads a reader to
        raise Refused("it is damaged") from fault


def _require_bindable(reader):
    if reader.is_encrypted:
        raise Refused("it is locked with a password")
    count = len(reader.pages)
    if not count:
        raise Refused("it has no pages")
    if count > MOST_PAGES:
        raise Refused(f"it has more than {MOST_PAGES} pages")
    root = reader.trailer["/Root"].get_object()
    if _at(root, "/AcroForm", "/XFA") is not None:
        raise Refused("it is a form that only some programs can show")
    if _at(root, "/OCProperties", "/D", "/OFF") or _at(root, "/OCProperties", "/D", "/BaseState") == "/OFF":
        raise Refused(HIDDEN)
    if _at(root, "/OCProperties", "/D", "/AS") and any(map(_hides_itself, _at(root, "/OCProperties", "/OCGs") or ())):
        raise Refused(HIDDEN)


def _hides_itself(layer):
    """Whether a layer is not shown on a screen, on paper or in a copy, though it is on."""
    return any(_at(layer.get_object(), "/Usage", f"/{use}", f"/{use}State") == "/OFF" for use in _USES)


def _require_shown(thing):
    """Raise Refused where `thing` says that what belongs to it is shown when layers are off, or by a rule."""
    thing = thing.get_object()
    if not isinstance(thing, DictionaryObject):
        return
    if "/VE" in thing or thing.get("/P") in _SHOWN_WHEN_OFF:
        raise Refused(HIDDEN)


def _at(found, *keys):
    for key in keys:
        found = found.get(key) if isinstance(found, DictionaryObject) else None
        found = found.get_object() if found is not None else None
    return found


def _drawn(reader):
    writer = PdfWriter()
    copier = _Copier(writer)
    sizes = []
    for page in reader.pages:
        left, bottom, width, height = _box(page)
        turned = page.rotation % 360
        if turned not in (0, 90, 180, 270):
            raise Refused("a page of it has no usable size")
        unit = float(page.get("/UserUnit", 1))
        size = (height, width) if turned in (90, 270) else (width, height)
        to_paper = _matrix(left, bottom, width, height, turned, unit)
        drawing = _drawing(page, (left, bottom, left + width, bottom + height), to_paper, copier)
        sizes.append(tuple(round(side * unit, 3) for side in size))
        _add_page(writer, drawing, sizes[-1])
    if not all(_SHORTEST <= side <= _LONGEST for size in sizes for side in size):
        raise Refused("a page of it has no usable size")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue(), sizes


def _box(page):
    """Return left, bottom, width and height of what is shown of a page: its crop box, so far as it is on the sheet."""
    sheet, crop = (sorted_box(box) for box in (page.mediabox, page.cropbox))
    left, bottom = max(sheet[0], crop[0]), max(sheet[1], crop[1])
    right, top = min(sheet[2], crop[2]), min(sheet[3], crop[3])
    if right <= left or top <= bottom:
        left, bottom, right, top = sheet
    if not all(map(math.isfinite, (left, bottom, right, top))):
        raise Refused("a page of it has no usable size")
    return left, bottom, right - left, top - bottom


def sorted_box(box):
    """Return left, bottom, right and top of a rectangle that may name any two of its corners."""
    left, bottom, right, top = (float(side) for side in box)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _matrix(left, bottom, width, height, turned, unit):
    """Return what moves a page to the origin, as it is shown: turned clockwise, and in its own unit."""
    moved = Transformation().translate(-left, -bottom)
    if turned:
        across, up = {90: (0, width), 180: (width, height), 270: (height, 0)}[turned]
        moved = moved.rotate(-turned).translate(across, up)
    return [round(part, 6) for part in moved.scale(unit).ctm]


def _drawing(page: PageObject, box, matrix, copier) -> StreamObject:
    """Return all that a page shows as one drawing that stands at the origin."""
    contents = page.get_contents()
    parts = [b"q\n" + (contents.get_data() if contents is not None else b"") + b"\nQ"]
    resources = copier.copied(page.get("/Resources") or DictionaryObject())
    resources = resources.get_object() if isinstance(resources, IndirectObject) else resources
    if not isinstance(resources, DictionaryObject):
        resources = DictionaryObject()
    stamps = list(_stamps(page))
    if stamps:
        resources = DictionaryObject(resources)
        drawings = resources.get("/XObject", DictionaryObject()).get_object()
        drawings = resources[NameObject("/XObject")] = DictionaryObject(drawings)
        for number, (stamp, placing) in enumerate(stamps):
            name = NameObject(f"/Stamp{number}OfThePage")
            drawings[name] = copier.copied(stamp)
            parts.append(f"q {_numbers(placing)} cm {name} Do Q".encode())
    return form(b"\n".join(parts), box, matrix, resources)


def form(content: bytes, box, matrix, resources) -> StreamObject:
    """Return a drawing of its own, of what is inside of the box."""
    made = StreamObject()
    made.set_data(content)
    made.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(map(FloatObject, box)),
            NameObject("/Matrix"): ArrayObject(map(FloatObject, matrix)),
            NameObject("/Resources"): resources,
        }
    )
    return made.flate_encode()


def _stamps(page):
    """Yield what each field, comment or stamp on the page shows, with the matrix that puts it in its place."""
    for note in page.get("/Annots") or ():
        note = note.get_object()
        if not isinstance(note, DictionaryObject) or note.get("/Subtype") in _NOT_DRAWN:
            continue
        if "/OC" in note:
            _require_shown(note["/OC"])
        if int(note.get("/F", 0)) & (_HIDDEN | _NOT_SHOWN):
            continue
        shown = _appearance(note)
        if shown is not None and (placing := _placing(note, shown)):
            yield shown, placing
        elif shown is None and note.get("/Subtype") == "/Widget" and _is_filled_in(note):
            raise Refused("it is a form that only some programs can show")


def _appearance(note):
    """Return the drawing of a note in its present state, or None."""
    found = _at(note, "/AP", "/N")
    if isinstance(found, DictionaryObject) and not isinstance(found, StreamObject):
        found = _at(found, note.get("/AS", "/Off"))
        return found if isinstance(found, StreamObject) else StreamObject()
    return found if isinstance(found, StreamObject) else None


def _is_filled_in(note):
    value = note.get("/V") if "/V" in note else _at(note, "/Parent", "/V")
    return value is not None and value.get_object() not in ("", "/Off")


def _placing(note, shown):
    """Return the matrix that fits the drawing, turned as it turns itself, into the place of the note; None for none."""
    box = shown.get("/BBox")
    if box is None:
        return None
    own = [float(part) for part in shown.get("/Matrix", (1, 0, 0, 1, 0, 0))]
    left, bottom, right, top = sorted_box(box.get_object())
    corners = [
        (own[0] * x + own[2] * y + own[4], own[1] * x + own[3] * y + own[5])
        for x, y in ((left, bottom), (right, bottom), (left, top), (right, top))
    ]
    (x, right), (y, top) = ((min(side), max(side)) for side in zip(*corners, strict=True))
    place = sorted_box(note["/Rect"].get_object())
    if right <= x or top <= y:
        return None
    across, up = (place[2] - place[0]) / (right - x), (place[3] - place[1]) / (top - y)
    return across, 0, 0, up, place[0] - x * across, place[1] - y * up


def _numbers(matrix):
    return " ".join(f"{part:.6f}" for part in matrix)


def _add_page(writer, drawing, size):
    page = writer.add_blank_page(*size)
    contents = StreamObject()
    contents.set_data(b"/Paper Do")
    page[NameObject("/Contents")] = writer._add_object(contents)
    reference = writer._add_object(drawing)
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/XObject"): DictionaryObject({NameObject("/Paper"): reference})}
    )


class _Copier:
    """Copies into `writer` what a page draws with, each thing once, and nothing that leads elsewhere."""

    def __init__(self, writer: PdfWriter):
        self.writer = writer
        self.known: dict[tuple[int, int], IndirectObject] = {}

    def copied(self, thing: Any, *, are_names: bool = False) -> PdfObject:
        if isinstance(thing, IndirectObject):
            return self._referred(thing, are_names)
        if isinstance(thing, StreamObject):
            return self._stream(thing)
        if isinstance(thing, DictionaryObject):
            return DictionaryObject(self._items(thing, () if are_names else _LEFT))
        if isinstance(thing, ArrayObject):
            return ArrayObject(self.copied(one) for one in thing)
        return thing

    def _referred(self, thing, are_names):
        key = (thing.idnum, thing.generation)
        if key not in self.known:
            self.known[key] = self.writer._add_object(NullObject())
            found = thing.get_object()
            if isinstance(found, DictionaryObject) and found.get("/Type") in _ELSEWHERE:
                found = NullObject()
            made = self.copied(found, are_names=are_names)
            self.writer._replace_object(self.known[key], made)
        return self.known[key]

    def _stream(self, thing):
        made = StreamObject()
        made._data = thing._data
        made.update(self._items(thing, _LEFT | _OF_A_FILE))
        made[NameObject("/Length")] = NumberObject(len(made._data))
        return made

    def _items(self, thing, left):
        if left and "/OC" in thing:
            _require_shown(thing["/OC"])
        if left and isinstance(layers := _at(thing, "/Properties"), DictionaryObject):
            for layer in layers.values():
                _require_shown(layer)
        return {
            NameObject(key): self.copied(value, are_names=key in _NAMED)
            for key, value in thing.items()
            if key not in left and not (isinstance(value, DictionaryObject) and value.get("/Type") in _ELSEWHERE)
        }
