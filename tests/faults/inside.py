"""What runs with the settings of the site under test: `python -m tests.faults.inside seed` and `… look`."""

import io
import json
import os
import sys
from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

OFFICERS = 40
RESULTS = 1500


def seed(folder):
    """Fill an empty database: a month open for forty officers, an administrator, and a file of results to load."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    from plans import reporting
    from tests import factories
    from tests.factories import post, user
    from tests.notices.loading.files import VALUES, typed

    plan = factories.plan(recommendations=0)
    for number in range(1, OFFICERS + 1):
        factories.recommendation(plan, number, post(f"Head of Service {number}", user(f"Officer {number:02}")))
    for update in factories.month(plan).updates.select_related("lead_post__holder"):
        by = update.lead_post.holder
        # The server goes by the real clock, for which the factories' date has passed.
        answers = factories.ANSWERS | {"green_by": date(2099, 12, 31)}
        reporting.save_draft(update=update, version=0, by=by, at=factories.AT, **answers)
    factories.notice()
    administrator = user("Abe Administrator", is_staff=True, is_superuser=True)
    factories.second_factor(administrator)
    days = [date(2000, 1, 1) + timedelta(days=number) for number in range(RESULTS)]
    row = VALUES["Results"][0]
    rows = [row | {"Period starts": day, "Period ends": day, "Source's date": date(2011, 4, 20)} for day in days]
    Path(folder, "results.xlsx").write_bytes(typed({"Results": rows}, "results"))
    (codes,) = administrator.authenticator_set.filter(type="recovery_codes")
    Path(folder, "codes.json").write_text(json.dumps(RecoveryCodes(codes).get_unused_codes()))


def look():
    """Sweep, verify, and print what stands in the database."""
    from django.core.management import call_command
    from django.core.management.base import CommandError

    from accounts.models import Event
    from notices.models import Result
    from plans.models import MonthlyUpdate

    swept, problems = io.StringIO(), io.StringIO()
    _age_files()
    call_command("sweep", stdout=swept)
    with suppress(CommandError):
        call_command("verify", stdout=io.StringIO(), stderr=problems)
    events = Event.objects.filter(on_type="plans.monthlyupdate")
    updates = {
        update.reference: {
            "text": update.progress,
            "files": list(update.evidence.values_list("title", flat=True)),
            **Counter(events.filter(on_id=update.pk).values_list("what", flat=True)),
        }
        for update in MonthlyUpdate.objects.all()
    }
    found = {
        "updates": updates,
        "results": Result.objects.count(),
        "swept": swept.getvalue().splitlines(),
        "problems": problems.getvalue().splitlines(),
    }
    print(json.dumps(found))  # noqa: T201


def _age_files():
    """Make every file two hours older, so that `sweep` takes none for an upload under way."""
    from django.conf import settings

    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        before = path.stat().st_mtime - 7200
        os.utime(path, (before, before))


if __name__ == "__main__":
    import django

    django.setup()
    {"seed": seed, "look": look}[sys.argv[1]](*sys.argv[2:])
