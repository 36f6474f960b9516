"""Where the parts of the columns stand."""

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from boards.dashboard import charts
from plans.calendar import parse

KEYS = ("green", "amber", "red", "none")
FIGURES = st.lists(st.tuples(*(st.integers(0, 60) for _ in KEYS)), max_size=60)


def columns(*months):
    return charts.columns([("Mar", "", list(zip(KEYS, values, strict=True))) for values in months])


def test_a_column_is_stacked_from_the_base_upwards_without_a_gap():
    (column,) = columns((10, 20, 10, 0)).columns
    green, amber, red = column.segments
    assert (green.y + green.height, amber.y + amber.height, red.y + red.height) == (248, green.y, amber.y)
    assert (green.height, amber.height, red.height, red.y) == (60, 120, 60, charts.TOP)


def test_nothing_draws_no_segment():
    (column,) = columns((0, 3, 0, 0)).columns
    assert [segment.key for segment in column.segments] == ["amber"]


def test_a_figure_is_printed_only_where_it_has_room():
    (column,) = columns((40, 0, 1, 0)).columns
    green, red = column.segments
    assert green.text_y is not None
    assert red.text_y is None


def test_labels_are_thinned_out_where_columns_are_many():
    drawn = columns(*[(1, 1, 1, 1)] * 60).columns
    assert [column.label for column in drawn[:4]] == ["Mar", "", "Mar", ""]


def test_no_month_draws_no_column():
    assert columns().columns == ()


@given(FIGURES)
def test_every_column_stays_within_the_drawing(months):
    chart = columns(*months)
    for column in chart.columns:
        assert 0 <= column.x <= column.x + chart.column_width <= chart.width + 1
        assert all(charts.TOP - 0.2 <= segment.y <= chart.base for segment in column.segments)


def test_a_year_stands_beneath_its_first_month_alone():
    history = [
        SimpleNamespace(month=SimpleNamespace(month=parse(month)), ratings=[SimpleNamespace(key="red", value=1)])
        for month in ("2010-11", "2010-12", "2011-01")
    ]
    drawn = charts.ratings_by_month(history).columns
    assert [(column.label, column.under) for column in drawn] == [("Nov", "2010"), ("Dec", ""), ("Jan", "2011")]
