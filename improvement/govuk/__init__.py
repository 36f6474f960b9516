"""What Django needs for the GOV.UK Design System: forms and tables. It knows no domain.

A form:  class ReasonForm(govuk.FormMixin, forms.Form)          (the mixin comes first)
A view:  render(request, template, {"form": form})              (the name `form` matters to base.html)
A page:  {% extends "base.html" %}, then `{{ form }}` for all fields or `{{ form.reason.as_field_group }}` for one,
         within <form method="post" novalidate> with {% csrf_token %} and a `govuk-button`. templates/_form.html draws
         all of that, templates/_buttons.html the button with the way out beside it.

Every field is drawn as a form group: label, hint (its help text), error, input. Messages are sentences made from
the label ("Enter the reason"); pass `error_messages` to say it better. A date is a `DateField`; in a model form
name it in `Meta.field_classes`. A long text is a `ProseField`, a form that several people may fill in at once a
`VersionForm`. Hints for the choices of radios and checkboxes: `field.choice_hints = {value: text}`.

A text that looks as if it identified a child is asked about (`no_child`): every textarea and file, and a
line of text whose field has `names_no_child = True`. A page that draws its fields one by one draws `form.no_child` too.

base.html draws the error summary of `form`, or of `error_links` on a page of several forms, and "Error: " before the
title, by itself. Its blocks: title, back (a back link or breadcrumbs), content (two thirds wide) or main (the whole
width), caveat, scripts, and title_prefix where a conflict is an error too.

A table: class RowTable(govuk.Table) with `caption` and `row_header`; in the view
`tables.RequestConfig(request, paginate={"per_page": 50}).configure(table)`, in the page `{% render_table table %}`. The
head of a table that a template writes itself is `{% columns "No." "Recommendation" %}`, all of it
`{% table id="recommendations" size="m" %}Recommendations{% columns … %}` with its rows and `{% endtable %}`.
"""

from improvement.govuk.fields import EXAMPLE_DATE, LONGEST, DateField, ProseField
from improvement.govuk.forms import FormMixin, FormRenderer
from improvement.govuk.tables import Table
from improvement.govuk.versions import MARKS, OUT_OF_DATE, SeenField, VersionForm, put
