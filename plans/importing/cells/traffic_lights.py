"""Ratings that are shown by a cell's colour alone, as words. Pure."""

import colorsys
import re

_COLOURS = r"(r|red|a|am|amber|g|gr|green|b|bl|blue|yellow|purple|gr[ea]y)"
_RATING = re.compile(rf"{_COLOURS}(\s*/\s*{_COLOURS})?|completed?|closed", re.IGNORECASE)
# Where each colour ends on the circle of hues, in degrees.
_HUES = ((20, "red"), (68, "amber"), (170, "green"), (255, "blue"), (330, "purple"), (360, "red"))
_PALE, _DARK, _GREY = 0.15, 0.15, 0.93


def word(colour: str) -> str:
    """Return the word for a colour of six hexadecimal figures; white, black and none have none."""
    if not colour:
        return ""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, strength, light = colorsys.rgb_to_hsv(red, green, blue)
    if light < _DARK or (strength < _PALE and light > _GREY):
        return ""
    if strength < _PALE:
        return "grey"
    return next(name for end, name in _HUES if hue * 360 < end)


def is_rating(text: str) -> bool:
    """Whether a text is a rating by itself."""
    return bool(_RATING.fullmatch(text.strip(" .")))
