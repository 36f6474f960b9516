"""Compiles one template of this folder and ends: `python -m improvement.documents.compiler`, asked by `template`.

A template gets data, reads nothing outside of this folder, and draws with its typefaces.
"""

import base64
import json
import sys
from datetime import UTC, date, datetime, time
from pathlib import Path

import typst

_FOLDER = Path(__file__).parent


def main() -> None:
    asked = json.load(sys.stdin)
    try:
        answer = {"made": [base64.b64encode(made).decode() for made in _made(**asked)]}
    except typst.TypstError as error:
        answer = {"diagnostic": error.diagnostic}
    except RuntimeError as error:
        answer = {"diagnostic": str(error)}
    json.dump(answer, sys.stdout)


def _made(name, inputs, on, options):
    made = typst.compile(
        _FOLDER / name,
        root=_FOLDER,
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[_FOLDER / "fonts"]),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        timestamp=datetime.combine(date.fromisoformat(on), time(), UTC) if on else None,
        **options,
    )
    return made if isinstance(made, list) else [made]


if __name__ == "__main__":
    main()
