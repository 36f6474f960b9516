"""Tables out of the workbooks and CSV files that people hand in, and into those that they are handed. No domain.

`read` takes the bytes of a file from anybody and returns its cells as typed; what they mean is for the caller to say.
"""

from pathlib import PurePath

from improvement.workbooks import excel, grids, text
from improvement.workbooks.grids import Grid
from improvement.workbooks.tables import Book, Unreadable

MAX_BYTES = 10 * 1024 * 1024
_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0"
_MACROS = {".xlsm", ".xltm", ".xlam"}


def read(name: str, content: bytes, sheets: tuple[str, ...]) -> Book:
    """Return those of the `sheets` that the file `name` holds. Raises Unreadable, whose text is the user's sentence."""
    return excel.read(content, sheets) if _is_workbook(name, content) else text.read(content, sheets)


def read_all(name: str, content: bytes) -> list[Grid]:
    """Return every sheet of a file whose form nobody knows, with what is seen of it. Raises Unreadable."""
    return grids.of_workbook(content) if _is_workbook(name, content) else [grids.of_text(PurePath(name).stem, content)]


def _is_workbook(name, content):
    """Whether the file is a workbook and not a CSV file. Raises Unreadable if it is neither."""
    extension = PurePath(name).suffix.lower()
    if not content:
        raise Unreadable("The file is empty.")
    if len(content) > MAX_BYTES:
        raise Unreadable(f"The file is larger than {MAX_BYTES // 1024 // 1024} MB.")
    if extension in _MACROS:
        raise Unreadable("This workbook may contain macros. Save it as an Excel workbook (.xlsx) without macros.")
    if content.startswith(_OLE):
        raise Unreadable(_of_old(content))
    if content.startswith(_ZIP):
        return True
    if extension == ".csv":
        return False
    raise Unreadable("This is not an Excel workbook (.xlsx) or a CSV file (.csv).")


def _of_old(content):
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "This workbook is protected by a password. Remove the password and save it again."
    return "This is an old Excel workbook (.xls). Save it as an Excel workbook (.xlsx)."
