"""What a page shows hundreds of times over, as tags of every template: an `include` costs twenty times as much."""

import datetime
from functools import lru_cache

from django import template
from django.db.models import Model
from django.template import defaultfilters, defaulttags
from django.template.base import token_kwargs
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import localize
from django.utils.html import conditional_escape, format_html, format_html_join

from improvement.texts import lists, tables

register = template.Library()
# What the style sheet calls the ways to count and to mark.
_WAYS = {"1": "number", "a": "letter", "A": "capital", "i": "roman", "I": "roman-capital"}
_BRACKETS = {".": "", ")": "-bracket", "()": "-brackets"}
_HEAD = '<thead role="rowgroup" class="govuk-table__head"><tr role="row" class="govuk-table__row">\n{}\n</tr></thead>'
_COLUMN = '<th scope="col" role="columnheader" class="govuk-table__header">{}</th>'
_TABLE = """<div class="app-table-scroll" role="region" aria-labelledby="{id}" tabindex="0">
<table class="govuk-table {look}" role="table">
{caption}
{head}
<tbody role="rowgroup" class="govuk-table__body">{rows}</tbody>
</table>
</div>"""
_CAPTION = '<caption class="govuk-table__caption {}" id="{}">{}</caption>'


class _Address(defaulttags.URLNode):
    """Django's own, but that in the plain case each address is worked out once."""

    def render(self, context):
        if self.kwargs or self.asvar or not context.autoescape:
            return super().render(context)
        return conditional_escape(address(*(part.resolve(context) for part in (self.view_name, *self.args))))


@register.tag
def url(parser, token):
    node = defaulttags.url(parser, token)
    return _Address(node.view_name, node.args, node.kwargs, node.asvar)


@lru_cache(maxsize=10_000, typed=True)
def address(name, *args):
    """Return the address of the page of that name, as `reverse` does."""
    return reverse(name, args=args)


@register.filter(expects_localtime=True, is_safe=False)
def date(value, arg=None):
    """Write a date as Django's own filter does, each day once."""
    return _day(value, arg) if type(value) is datetime.date else defaultfilters.date(value, arg)


_day = lru_cache(maxsize=5000)(defaultfilters.date)


# By type as well: a text that is safe is drawn otherwise than the same one that is not.
@register.simple_tag
@lru_cache(maxsize=1000, typed=True)
def drawn(name, **values):
    """Draw the template `name` for these values, once for all pages: for what has a handful of outputs."""
    if any(isinstance(value, Model) for value in values.values()):
        raise TypeError("A row is the same to Python whatever it holds: give what is drawn of it.")
    return render_to_string(name, values)


@register.filter
def written(text):
    """Draw a text as it was written, its line breaks kept, each table in it as a table and each list as a list.

    It is a span, or where it has any of these several blocks: what it stands in may be no paragraph.
    """
    text = "" if text is None else str(localize(text))  # what is no text, such as a day, as every page writes it
    if lists.is_plain(text):
        return format_html('<span class="app-prose">{}</span>', text)
    return format_html_join("", "{}", ((_drawn_piece(piece),) for piece in lists.pieces(text)))


def _drawn_piece(piece):
    if isinstance(piece, str):
        return format_html('<div class="app-prose">{}</div>', piece.strip("\n")) if piece.strip() else ""
    if isinstance(piece, lists.List):
        return listed(piece)
    return render_to_string("_pasted_table.html", {"rows": piece})


@register.filter
def listed(one):
    """Draw a list with its own marks: a number, a letter or a Roman number, with or without brackets."""
    items = format_html_join("", '<li class="app-prose">{}{}</li>', ((item.text, _below(item)) for item in one.items))
    if not one.numbering:
        return format_html('<ul class="govuk-list govuk-list--bullet app-listed">{}</ul>', items)
    way = one.numbering.strip("().")
    kind = f"{_WAYS[way]}{_BRACKETS[one.numbering.replace(way, '')]}"
    start = format_html(' start="{}"', one.start) if one.start != 1 else ""
    return format_html(
        '<ol class="govuk-list govuk-list--number app-listed app-listed--{}" type="{}"{}>{}</ol>',
        kind,
        way,
        start,
        items,
    )


def _below(item):
    return format_html_join("", "{}", ((listed(inner),) for inner in item.below))


@register.simple_tag
def number(value, address, *unseen):
    """Draw a number that leads to the rows that it counts; the words `unseen` only a screen reader says after it."""
    if not value:
        return "0"
    words = ", ".join(map(str, filter(None, unseen)))
    said = format_html('<span class="govuk-visually-hidden"> {}</span>', words) if words else ""
    return format_html('<a class="govuk-link govuk-link--no-visited-state" href="{}">{}{}</a>', address, value, said)


@register.simple_tag
def columns(*names):
    """Draw the head of a table with these columns; each cell says its own again where rows stand as blocks."""
    return format_html(_HEAD, format_html_join("\n", _COLUMN, ((name,) for name in names)))


class _Table(template.Node):
    child_nodelists = ("caption", "head", "rows")

    def __init__(self, options, caption, head, rows):
        self.options, self.caption, self.head, self.rows = options, caption, head, rows

    def render(self, context):
        given = {name: option.resolve(context) for name, option in self.options.items()}
        named = f"{given['id']}{given.get('of', '')}"
        size = f"govuk-table__caption--{given['size']}" if "size" in given else "govuk-visually-hidden"
        caption, head = self.caption.render(context), self.head.render(context)
        return format_html(
            _TABLE,
            id=named,
            look=given.get("look", "app-table--stack"),
            caption=format_html(_CAPTION, size, named, caption) if caption.strip() else "",
            head=format_html(_HEAD, head) if isinstance(self.head, template.NodeList) else head,
            rows=self.rows.render(context),
        )


@register.tag
def table(parser, token):
    """Draw a table in a region that scrolls: its caption, `{% columns … %}` or `{% head %}…{% rows %}`, and its rows.

    Its name is `id` with what it is `of`: that of the caption, or of a heading where it has none. Without a `size` only
    a screen reader says the caption.
    """
    options = token_kwargs(token.split_contents()[1:], parser)
    caption = parser.parse(("columns", "head"))
    divider = parser.next_token()
    if divider.contents == "head":
        head = parser.parse(("rows",))
        parser.delete_first_token()
    else:
        head = parser.tags["columns"](parser, divider)
    rows = parser.parse(("endtable",))
    parser.delete_first_token()
    return _Table(options, caption, head, rows)


@register.simple_tag
def folded(text, most=140, after=""):
    """Draw a text as somebody wrote it; of one that is longer two lines, which unfold, without scripts, when chosen.

    What comes `after` it is ours.
    """
    drawn = format_html(' <span class="app-secondary">{}</span>', after) if after else ""
    text = text or ""
    if len(text) + len(after) <= most or tables.has_table(text):
        return format_html("{}{}", written(text), drawn)
    return format_html('<details class="app-folded"><summary class="app-prose">{}{}</summary></details>', text, drawn)
