"""The moments and texts that every other factory starts from.

The invented council lives in 2011, before the moment at which the demonstration pins the clock.
"""

import base64
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile

AT = datetime(2011, 5, 1, 9, 0, tzinfo=ZoneInfo("Europe/London"))
SINCE = date(2011, 1, 1)
COUNCIL = "Thornbury Council"


def later(**delta):
    """Return the moment that is so long after AT."""
    return AT + timedelta(**delta)


PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAABAAAAAEAQMAAAC9ei2vAAAAA1BMVEUPTFySN2cxAAAAC0lEQVQI12NgQAAAAAwAAeQ06mYAAAAASUVORK5CYII="
)


def a_picture(name="logo.png", content=PNG):
    """Return an uploaded picture of 16 by 4 pixels."""
    return ContentFile(content, name=name)


def a_file(name="rates.csv", content=b"month,rate\n"):
    return ContentFile(content, name=name)
