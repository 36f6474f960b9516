"""The months of Leeds as `fixtures/leeds_months.json` tells them.

The file is a list of months, each with

- `month`, the days `due_on`, `sign_off_due_on` and `data_as_at`, and the moments `opened_at` and `published_at`
  (London time; no `published_at` for the one that is open);
- the `commentary`, with the `headline` of a month that has one, and `areas` (letter to text), written at `texts_at`;
- `before`: what changed in the plan since the month before, in `hand_overs`, `outcomes` and `due_dates`, and the
  `caveat` that this month and those after it bear;
- `updates`: reference to update. A recommendation that is not there awaits its update.

An update holds answers under the names of `MonthlyUpdate`. **An answer that is left out stands as in the
month before** if it is one of `REPEATED`; the path to green goes with red and amber only. `unchanged_reason` alone is
"same as last month". How it went is told by `submitted_at` (left out: a draft, saved at `saved_at`),
`returned` (`at`, `comment` and, once handed in again, `resubmitted_at`, the `reply`, and in `was` the answers that it
said before) and `signed_off_at`; `submitted_by` and
`signed_off_by` name an account only where that is not the holder of the post. `override_reasons` and `evidence`
are as `plans.reporting.submit` and `plans.reporting.evidence.add` take them, a file by its name in
`fixtures/evidence/`.
"""

from plans.answers import ANSWERS, PATH_TO_GREEN, REPEATED
from plans.ratings import NEEDS_PATH_TO_GREEN

DAYS = ("green_by", "proposed_due_on")


def told(months):
    """Return `months` with every submitted update's answers filled in from the months before."""
    standing = {}
    return [
        month
        | {
            "updates": {
                reference: _filled(update, standing, reference)
                for reference, update in sorted(month["updates"].items())
            }
        }
        for month in months
    ]


def _filled(update, standing, reference):
    given = {name: value for name, value in update.items() if name in ANSWERS}
    if "submitted_at" not in update:
        return update | {"answers": given}
    last = standing.get(reference, {})
    answers = {name: value for name, value in last.items() if name in REPEATED} | given
    if answers["rating"] not in NEEDS_PATH_TO_GREEN:
        answers = {name: value for name, value in answers.items() if name not in PATH_TO_GREEN}
    standing[reference] = answers
    return update | {"answers": answers}
