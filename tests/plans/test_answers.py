from plans.answers import handed_in, settled
from plans.models import MonthlyUpdate

ROW = MonthlyUpdate(rating="amber", progress="As before.", unchanged_reason="Staff were away.")


def test_settled_answers_with_another_progress_are_no_longer_last_months():
    assert settled(ROW, {"progress": "New."}) == {"progress": "New.", "unchanged_reason": ""}


def test_settled_answers_with_the_same_progress_stay_as_they_are():
    assert settled(ROW, {"progress": "As before.", "impact": "New."}) == {"progress": "As before.", "impact": "New."}


def test_handed_in_answers_keep_the_path_to_green_with_red_and_amber():
    assert handed_in(ROW, {"remedy": "More trainers."}) == {"remedy": "More trainers."}


def test_handed_in_answers_hold_no_path_to_green_with_green():
    assert handed_in(ROW, {"rating": "green", "remedy": "More trainers."}) == {
        "rating": "green",
        "cause": "",
        "remedy": "",
        "remedy_owner": "",
        "green_by": None,
    }
