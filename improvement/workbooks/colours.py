"""The colours that the cells of a workbook are filled with, as six hexadecimal figures."""

import colorsys
import re
from typing import Any

_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# A workbook names the first four in another order than its theme does.
_ORDER = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
_HEX = re.compile("(?:[0-9A-F]{2})?([0-9A-F]{6})", re.IGNORECASE)


def theme(text: bytes | None) -> dict[int, str]:
    """Return the colours of a workbook's theme by their numbers."""
    from defusedxml.ElementTree import fromstring  # loaded when it is used

    if not text:
        return {}
    scheme = fromstring(text).find(f".//{_DRAWN}clrScheme")
    found = {}
    for element in scheme if scheme is not None else ():
        name, colour = element.tag.removeprefix(_DRAWN), next(iter(element), None)
        if name in _ORDER and colour is not None:
            found[_ORDER.index(name)] = colour.get("lastClr") or colour.get("val") or ""
    return found


def of_fill(fill: Any, themed: dict[int, str]) -> str:
    """Return the colour of a fill of openpyxl's, empty for none."""
    from openpyxl.styles.colors import COLOR_INDEX  # loaded when it is used

    if fill is None or not getattr(fill, "fill_type", None):
        return ""
    colour = fill.fgColor
    if colour.type == "rgb":
        found = _HEX.fullmatch(str(colour.rgb))
    elif colour.type == "theme":
        found = _HEX.fullmatch(themed.get(colour.theme, ""))
    else:
        found = _HEX.fullmatch(COLOR_INDEX[colour.indexed]) if 0 <= colour.indexed < len(COLOR_INDEX) else None
    return _tinted(found[1], colour.tint or 0.0).upper() if found else ""


def _tinted(colour, tint):
    """Return the colour made lighter, or darker where `tint` is below nought, as spreadsheets do."""
    if not tint:
        return colour
    hue, light, strength = colorsys.rgb_to_hls(*(int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    parts = colorsys.hls_to_rgb(hue, min(max(light, 0), 1), strength)
    return "".join(f"{round(part * 255):02X}" for part in parts)
