"""What a page shows hundreds of times over, as tags of every template: an `include` costs twenty times as much."""

import datetime
from functools import lru_cache

from django import template
from django.db.models import Model
from django.template import defaultfilters, defaulttags
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join

from improvement.texts import tables

register = template.Library()


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
    """Django's own, but that each day is written once."""
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
    """Draw a text as it was written, its line breaks kept, and each table in it as a table."""
    if not tables.has_table(text):
        return format_html('<span class="app-prose">{}</span>', text)
    return format_html_join("", "{}", ((_drawn_piece(piece),) for piece in tables.pieces(text)))


def _drawn_piece(piece):
    if isinstance(piece, str):
        return format_html('<div class="app-prose">{}</div>', piece.strip("\n"))
    return render_to_string("_pasted_table.html", {"rows": piece})


@register.simple_tag
def number(value, address, *unseen):
    """Draw a number that leads to the rows that it counts; the words `unseen` only a screen reader says after it."""
    if not value:
        return "0"
    words = ", ".join(map(str, filter(None, unseen)))
    said = format_html('<span class="govuk-visually-hidden"> {}</span>', words) if words else ""
    return format_html('<a class="govuk-link govuk-link--no-visited-state" href="{}">{}{}</a>', address, value, said)


@register.simple_tag
def folded(text, most=140, after=""):
    """Draw a text as somebody wrote it; of one that is longer two lines, which unfold, without scripts, when chosen.

    What comes `after` it is ours.
    """
    drawn = format_html(' <span class="app-secondary">{}</span>', after) if after else ""
    if tables.has_table(text or ""):
        return format_html("{}{}", written(text), drawn)
    if len(text or "") + len(after) <= most:
        return format_html('<span class="app-prose">{}</span>{}', text or "", drawn)
    return format_html('<details class="app-folded"><summary class="app-prose">{}{}</summary></details>', text, drawn)
