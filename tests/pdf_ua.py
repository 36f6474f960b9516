"""What of PDF/UA-1 can be checked of a PDF without its validator: each fault is a sentence; none is no proof.

typst checks more as it compiles. This reads the file that is handed out, whatever was done to it afterwards.
"""

import io
from collections.abc import Iterator

import pypdf
from pypdf.generic import ContentStream

MARK = b"<pdfuaid:part>1</pdfuaid:part>"
# Operators that put something on the page: text, paths, pictures, shadings.
_PAINTS = {b"Tj", b"TJ", b"'", b'"', b"Do", b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh", b"EI"}
_OPENS, _CLOSES = {b"BMC", b"BDC"}, {b"EMC"}


def claims(content: bytes) -> bool:
    """Whether the PDF declares that it is accessible."""
    return MARK in reader_of(content).trailer["/Root"]["/Metadata"].get_data()


def reader_of(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def faults(content: bytes) -> list[str]:
    """Return what is wrong with the PDF, in sentences."""
    reader = reader_of(content)
    root = reader.trailer["/Root"]
    found = [*_catalog(reader, root), *_fonts(reader)]
    if "/StructTreeRoot" not in root:
        return [*found, "It has no structure."]
    elements = list(_elements(root["/StructTreeRoot"]))
    found += [*_headings(elements), *_figures(elements), *_tables(elements)]
    for number, page in enumerate(reader.pages, 1):
        if not is_bound(page):
            found += [f"Page {number}: {fault}" for fault in _page(reader, page, root["/StructTreeRoot"])]
    return found


def is_bound(page) -> bool:
    """Whether a page holds a page of a paper that somebody else made, of which nothing is claimed."""
    return "/BoundPaper" in page.get("/Resources", {}).get("/XObject", {})


def _catalog(reader, root) -> Iterator[str]:
    if root.get("/MarkInfo", {}).get("/Marked") is not True and not bool(root.get("/MarkInfo", {}).get("/Marked")):
        yield "It does not say that it is marked."
    if not root.get("/Lang"):
        yield "It has no language."
    if not (reader.metadata and reader.metadata.title):
        yield "It has no title."
    if not bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):
        yield "It does not show its title."
    if reader.is_encrypted:
        yield "It is encrypted."
    if "/OpenAction" in root or "/AA" in root:
        yield "It does something as it is opened."


def _fonts(reader) -> Iterator[str]:
    for page in reader.pages:
        for font in page.get("/Resources", {}).get("/Font", {}).values():
            its = font.get_object()
            parts = [one.get_object() for one in its.get("/DescendantFonts", [its])]
            files = [
                part.get("/FontDescriptor", {}).keys() & {"/FontFile", "/FontFile2", "/FontFile3"} for part in parts
            ]
            if its.get("/Subtype") != "/Type3" and not all(files):
                yield f"The typeface {its.get('/BaseFont')} is not in it."
            if "/ToUnicode" not in its:
                yield f"The typeface {its.get('/BaseFont')} does not say which letters it draws."


def _elements(element, above=()) -> Iterator[tuple]:
    """Yield each element of the structure in reading order, with the tags above it."""
    for child in _children(element):
        if isinstance(child, dict) and "/S" in child:
            yield child, above
            yield from _elements(child, (*above, child["/S"]))


def _children(element):
    children = element.get("/K", [])
    children = children.get_object() if hasattr(children, "get_object") else children
    for child in children if isinstance(children, list) else [children]:
        yield child.get_object() if hasattr(child, "get_object") else child


def _headings(elements) -> Iterator[str]:
    level = 0
    for element, _ in elements:
        tag = element["/S"]
        if len(tag) == 3 and tag[:2] == "/H" and tag[2].isdigit():
            if int(tag[2]) > level + 1:
                yield f"A heading of level {tag[2]} follows one of level {level}."
            level = int(tag[2])


def _figures(elements) -> Iterator[str]:
    for element, _ in elements:
        if element["/S"] == "/Figure" and not str(element.get("/Alt", "")).strip():
            yield "A figure does not say what it shows."


def _tables(elements) -> Iterator[str]:
    for element, above in elements:
        tag = element["/S"]
        if tag == "/Table":
            heads = [one for one, _ in _elements(element) if one["/S"] == "/TH"]
            widths = {sum(child["/S"] in {"/TH", "/TD"} for child in _children(row)) for row in _rows(element)}
            if not heads:
                yield "A table has no header cell."
            if len(widths) != 1:
                yield "The rows of a table have different numbers of cells."
        if tag == "/TH" and not any("/Scope" in one for one in _attributes(element)):
            yield "A header cell does not say what it heads."
        if tag == "/TR" and not {"/Table", "/THead", "/TBody", "/TFoot"} & set(above[-1:]):
            yield "A row is in no table."


def _rows(table):
    return [one for one, _ in _elements(table) if one["/S"] == "/TR"]


def _attributes(element):
    its = element.get("/A", [])
    its = its.get_object() if hasattr(its, "get_object") else its
    return [one.get_object() for one in (its if isinstance(its, list) else [its])]


def _page(reader, page, structure) -> Iterator[str]:
    if page.get("/Tabs") != "/S":
        yield "it is not gone through in the order of its structure."
    if "/StructParents" not in page:
        yield "it is not in the structure."
        return
    depth, ids = 0, set()
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator in _OPENS:
            depth += 1
            if operator == b"BDC" and isinstance(operands[1], dict) and "/MCID" in operands[1]:
                ids.add(int(operands[1]["/MCID"]))
        elif operator in _CLOSES:
            depth -= 1
        elif operator in _PAINTS and depth < 1:
            yield "something on it is neither in the structure nor decoration."
            break
    there = _parents(structure, int(page["/StructParents"]))
    if ids - set(range(len(there))) or any(there[one].get_object() is None for one in ids if one < len(there)):
        yield "something on it belongs to no element of the structure."
    for annotation in page.get("/Annots", []):
        its = annotation.get_object()
        if its.get("/Subtype") == "/Link" and ("/StructParent" not in its or not its.get("/Contents")):
            yield "a link on it is not in the structure, or does not say where it leads."


def _parents(structure, number):
    """Return the elements to which the marked parts of a page belong."""
    numbers = structure["/ParentTree"].get_object()
    stack = [numbers]
    while stack:
        node = stack.pop().get_object()
        pairs = node.get("/Nums", [])
        for at in range(0, len(pairs), 2):
            if int(pairs[at]) == number:
                return pairs[at + 1].get_object()
        stack.extend(node.get("/Kids", []))
    return []
