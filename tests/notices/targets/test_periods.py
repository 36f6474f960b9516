from datetime import date

import pytest

from notices.targets.milestones import Basis
from notices.targets.periods import label


@pytest.mark.parametrize(
    ("start", "end", "basis", "expected"),
    [
        (date(2011, 8, 1), date(2011, 8, 31), Basis.MONTH, "August 2011"),
        (date(2012, 2, 1), date(2012, 2, 29), Basis.MONTH, "February 2012"),
        (date(2010, 10, 1), date(2011, 3, 31), Basis.CUMULATIVE, "October 2010 to March 2011"),
        (date(2010, 9, 1), date(2011, 8, 31), Basis.ACADEMIC_YEAR, "academic year 2010/11"),
        (date(1999, 9, 1), date(2000, 8, 31), Basis.ACADEMIC_YEAR, "academic year 1999/00"),
        (date(2010, 9, 1), date(2011, 8, 31), Basis.AVERAGE, "September 2010 to August 2011"),
        (date(2011, 9, 7), date(2011, 9, 7), Basis.POINT_IN_TIME, "7 September 2011"),
        (date(2010, 10, 1), date(2011, 9, 30), Basis.ACADEMIC_YEAR, "October 2010 to September 2011"),
        (date(2010, 9, 1), date(2011, 9, 30), Basis.CUMULATIVE, "September 2010 to September 2011"),
        (date(2011, 1, 1), date(2011, 3, 31), Basis.CUMULATIVE, "January 2011 to March 2011"),
        (date(2010, 10, 1), date(2011, 8, 31), Basis.ACADEMIC_YEAR, "October 2010 to August 2011"),
        (date(2010, 9, 1), date(2011, 7, 31), Basis.ACADEMIC_YEAR, "September 2010 to July 2011"),
        (date(2010, 9, 1), date(2012, 8, 31), Basis.ACADEMIC_YEAR, "September 2010 to August 2012"),
        (date(2011, 9, 1), date(2011, 9, 29), Basis.AVERAGE, "1 September 2011 to 29 September 2011"),
        (date(2011, 9, 7), date(2011, 9, 30), Basis.AVERAGE, "7 September 2011 to 30 September 2011"),
    ],
)
def test_label(start, end, basis, expected):
    assert label(start, end, basis) == expected
