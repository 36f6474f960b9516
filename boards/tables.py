from django.template.loader import render_to_string
from django.utils.safestring import mark_safe


def drawn(grid):
    """Return each row of `boards.dashboard.GridRow` with its cells as HTML.

    Each different cell is drawn once: a template for every recommendation and month would cost more than all the
    rest of the page.
    """
    kinds = {cell for row in grid for cell in row.cells}
    html = {cell: render_to_string("boards/_cell.html", {"cell": cell}) for cell in kinds}
    return [(row, mark_safe("".join(html[cell] for cell in row.cells))) for row in grid]
