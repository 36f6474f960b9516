"""What a spreadsheet is handed is text where it was typed, and fits into its cells."""

import pytest

from improvement.workbooks import sheets


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+44 113", "'+44 113"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1+1", "'＝1+1"),
        ("－1", "'－1"),
        ("\tnext", "'\tnext"),
        ("\rnext", "'\rnext"),
        (" =1+1", "' =1+1"),
        ("-2+3+cmd|' /C calc'!D2", "'-2+3+cmd|' /C calc'!D2"),
        ("-five", "'-five"),
        ("-5", "-5"),
        ("-5.5%", "-5.5%"),
        ("-1,000", "-1,000"),
        ("Rise of =5", "Rise of =5"),
        ("", ""),
    ],
)
def test_harmless_puts_an_apostrophe_before_what_could_run(text, written):
    assert sheets.harmless(text) == written


def test_a_text_longer_than_a_cell_is_cut_with_a_word_that_says_so():
    assert sheets.fitting("a" * 40_000) == "a" * 32_700 + " … (cut: the full text is in the CSV file)"
    assert sheets.fitting("a" * 32_767) == "a" * 32_767
