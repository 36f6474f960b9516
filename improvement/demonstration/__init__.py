"""Leeds, 2010 to 2011: the reference facts, the accounts and the months that `load_demonstration` plays."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

FOLDER = settings.BASE_DIR / "fixtures"


def read(name):
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def moment(text):
    """Return the moment that `text` ("2010-03-18T14:05") names in London."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/London"))
