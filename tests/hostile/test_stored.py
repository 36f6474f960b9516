"""Whatever may stand in any text of any row, however it came there, runs in no page, document, workbook or CSV file."""

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from xlsxwriter.worksheet import Worksheet

from improvement.records import triggers
from improvement.workbooks import sheets
from tests.addresses import PLANNED, address
from tests.hostile import surfaces
from tests.hostile.asking import wrong
from tests.hostile.inputs import texts
from tests.hostile.test_addresses import PAGES
from tests.hostile.visitors import reader

# What an address or a computer reads is kept as it was; a link is not.
AS_IT_IS = (models.FileField, models.SlugField, models.EmailField)
NAMES = {
    "reference",
    "about_reference",
    "letter",
    "sha256",
    "digest",
    "password",
    "original_name",
    "history_type",
    "name_in_addresses",
}
EXPORTS = [
    "/plans/thornbury/coverage/",
    "/plans/thornbury/recommendations/",
    "/plans/thornbury/trail/",
    "/notices/thornbury/",
    "/notices/thornbury/exit/",
    "/boards/thornbury/actions/",
    "/boards/thornbury/challenges/",
    "/boards/thornbury/circulation/",
]
HOSTILE = {
    # A text holds all of the markup, one after the other; a short one what fits into it.
    "markup": ["\n".join(texts("markup")), *sorted(texts("markup"), key=len)],
    "formulas": texts("formulas"),
    "texts": [text for text in texts("texts") if text.strip() and len(text) < 300],
}


def poison(inputs):
    """Put the inputs into every text of every row, past every rule but the database's own; return how many rows."""
    triggers.drop()
    count = 0
    for app in ("accounts", "notices", "plans", "boards"):
        for model in apps.get_app_config(app).get_models():
            fields = [field for field in model._meta.concrete_fields if is_text(field)]
            for pk in model._base_manager.order_by("pk").values_list("pk", flat=True):
                for field in fields:
                    count += _put(model, pk, field, [text for text in inputs if fits(text, field)], count)
    return count


def is_text(field):
    kept = field.choices or field.name in NAMES or isinstance(field, AS_IT_IS)
    return isinstance(field, models.CharField | models.TextField) and not kept


def fits(text, field):
    return field.max_length is None or len(text) <= field.max_length


def _put(model, pk, field, inputs, count):
    try:
        with transaction.atomic():
            row = model._base_manager.filter(pk=pk).exclude(**{field.name: ""})
            return row.update(**{field.name: inputs[count % len(inputs)]})
    except IntegrityError:
        return 0  # It is one of a kind, or one of a few words.


def downloads(pks):
    kinds = [(path, f"_export={kind}") for path in EXPORTS for kind in sheets.FORMATS]
    return [*kinds, *((address("boards:pack_download", (*PLANNED, form), pks), "") for form in ("pdf", "docx", "xlsx"))]


@pytest.mark.parametrize("group", HOSTILE)
def test_no_stored_text_runs(clients, pks, group):
    assert poison(HOSTILE[group]) > 300
    found = {}
    for path, query in downloads(pks):
        if fault := wrong(clients["office"], "GET", path, query=query.encode()):
            found[path, query] = fault
    for name, args, allowed in surfaces.tried(PAGES):
        path = address(name, args, pks)
        if fault := wrong(clients[reader(allowed)], "GET", path):
            found[path] = fault
    for _, path, statuses in surfaces.pages_of_the_administration():
        if fault := statuses & {200} and wrong(clients["administrator"], "GET", path):
            found[path] = fault
    assert found == {}


def test_what_would_run_is_noticed_in_a_page(clients, pks, settings):
    options = {**settings.TEMPLATES[0]["OPTIONS"], "autoescape": False}
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"OPTIONS": options}]
    poison(HOSTILE["markup"])
    assert "would run" in wrong(clients["office"], "GET", "/plans/thornbury/recommendations/")


def test_what_would_run_is_noticed_in_a_file(clients, pks, monkeypatch):
    poison([text for text in HOSTILE["formulas"] if text.startswith("=")])
    monkeypatch.setattr(sheets, "harmless", str)
    written = Worksheet.write_string

    def live(sheet, row, column, text, *style):
        write = Worksheet.write_formula if text.startswith("=") else written
        return write(sheet, row, column, text, *style)

    monkeypatch.setattr(Worksheet, "write_string", live)
    for kind in sheets.FORMATS:
        query = f"_export={kind}".encode()
        assert "would run" in wrong(clients["office"], "GET", "/plans/thornbury/coverage/", query=query)
