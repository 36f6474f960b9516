"""Compiles the templates of this folder. They get data, read nothing outside of it, and draw with its typefaces."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import typst

_FOLDER = Path(__file__).parent
_FONTS = typst.Fonts(include_system_fonts=False, font_paths=[_FOLDER / "fonts"])


def compiled(name: str, inputs: dict[str, str], *, on: date | None = None, **options):
    """Return what the template `name` makes of its inputs, as of the day `on`."""
    return typst.compile(
        _FOLDER / name,
        root=_FOLDER,
        font_paths=_FONTS,
        ignore_system_fonts=True,
        sys_inputs=inputs,
        timestamp=datetime.combine(on, time(), UTC) if on else None,
        **options,
    )
