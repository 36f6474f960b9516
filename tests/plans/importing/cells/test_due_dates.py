from datetime import date

import pytest

from plans.importing.cells.due_dates import read

MEANT = {
    "31 July 2024": date(2024, 7, 31),
    "31st July 2024": date(2024, 7, 31),
    "Monday 3 March 2025": date(2025, 3, 3),
    "31/07/2024": date(2024, 7, 31),
    "31.7.24": date(2024, 7, 31),
    "31-Jul-24": date(2024, 7, 31),
    "2024-07-31": date(2024, 7, 31),
    "July 31, 2024": date(2024, 7, 31),
    "1 May 25": date(2025, 5, 1),
    "May 25": date(2025, 5, 31),
    "June 2025": date(2025, 6, 30),
    "Sept ’25": date(2025, 9, 30),
    "Dec-25": date(2025, 12, 31),
    "Feb 2028": date(2028, 2, 29),
    "05/2025": date(2025, 5, 31),
    "By end of Mar 26, we will have trained all": date(2026, 3, 31),
    "By 31st March 2026 and then ongoing": date(2026, 3, 31),
    "Q1 2025/26": date(2025, 6, 30),
    "Q3 2025/26": date(2025, 12, 31),
    "Quarter 4 25/26": date(2026, 3, 31),
    "End of 2025": date(2025, 12, 31),
    "FY 2025/26": date(2026, 3, 31),
    "Jan 2025 – Mar 2026": date(2026, 3, 31),
    "March 2025 (was 31 January 2026)": date(2025, 3, 31),
    "Completed by March 2026": date(2026, 3, 31),
    "Complete audit by March 2026": date(2026, 3, 31),
    "From Jan 26 to March 2026": date(2026, 3, 31),
    "June 2025 (30 June 2025)": date(2025, 6, 30),
}
SEVERAL = {"Jan 2025 – Mar 2026"}
NO_DATE = ("", "Ongoing", "On-going", "TBC", "n/a", "—", "Continuous", "To be agreed", "Throughout")
NOT_PLAIN = {
    "Q3 2025": "This could mean several days, so no date was read.",
    "Q3 2025/27": "There is no such date.",
    "2025/26": "This could mean several days, so no date was read.",
    "25 May": "This could mean several days, so no date was read.",
    "03/04": "This could mean several days, so no date was read.",
    "Spring 2025": "This could mean several days, so no date was read.",
    "mid-March 2025": "This could mean several days, so no date was read.",
    "Within 3 months": "This could mean several days, so no date was read.",
    "31 June 2025": "There is no such date.",
    "31/13/2025": "There is no such date.",
    "March 2025, then 31 June 2025": "There is no such date.",
    "Complete": "No date was read.",
    "Completed - Nov 25": "This says when it was completed, so no due date was read.",
    "Complete (31/10/2025)": "This says when it was completed, so no due date was read.",
    "Half-termly from Jan 26": "This says when it begins, so no due date was read.",
}


@pytest.mark.parametrize(("printed", "on"), MEANT.items())
def test_a_date_that_means_one_day_is_read(printed, on):
    assert (read(printed).on, read(printed).printed) == (on, printed)
    assert read(printed).why == ("Several dates: the last one was used." if printed in SEVERAL else "")


@pytest.mark.parametrize("printed", NO_DATE)
def test_words_that_mean_no_date_need_no_remark(printed):
    assert (read(printed).on, read(printed).why) == (None, "")


@pytest.mark.parametrize(("printed", "why"), NOT_PLAIN.items())
def test_what_could_mean_several_days_means_none(printed, why):
    assert (read(printed).on, read(printed).why) == (None, why)


def test_of_several_dates_the_last_counts_and_that_is_said():
    assert read("Draft June 2025, final July 2025").why == "Several dates: the last one was used."
