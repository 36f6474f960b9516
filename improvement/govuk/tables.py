"""Tables drawn as the GOV.UK Design System draws them."""

import django_tables2 as tables


class Table(tables.Table):
    """A GOV.UK table with sortable headers and pages, stacked on a telephone (templates/improvement/table.html)."""

    caption = ""
    caption_class = "govuk-table__caption--m"  # "govuk-visually-hidden" where a heading says it already
    row_header = ""  # the name of the column that says what the row is about
    NUMERIC = {"cell": {"class": "govuk-table__cell--numeric"}}  # attrs for a column of figures

    @property
    def order_by(self):
        return super().order_by

    @order_by.setter
    def order_by(self, value):
        """Pass over what no column is called: django-tables2 warns of a dot, which any address may hold."""
        asked = value.split(",") if isinstance(value, str) else value or ()
        tables.Table.order_by.fset(self, [name for name in asked if "." not in name])

    def paginate(self, per_page=50, **options):
        """Divide the rows into pages; an address may ask for other lengths, within reason."""
        super().paginate(per_page=min(max(per_page, 1), 200), **options)

    @property
    def caption_id(self):
        return f"{self.prefix}table-caption"
