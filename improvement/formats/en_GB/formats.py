# Django's own for British English read figures alone.
DATE_INPUT_FORMATS = [
    "%d/%m/%Y",
    "%d/%m/%y",
    "%Y-%m-%d",
    "%d %B %Y",
    "%d %B %y",
    "%d %b %Y",
    "%d %b %y",
]
