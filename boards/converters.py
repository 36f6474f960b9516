"""What the words of a Board's addresses may be; anything else is a 404."""

from django.urls.converters import StringConverter

from boards.models import PackFile, Report


class ReportKindConverter(StringConverter):
    """`chair`: a kind of report."""

    regex = "|".join(Report.Kind.values)

    def to_python(self, value):
        return Report.Kind(value)


class FormConverter(StringConverter):
    """`pdf`: a form in which a document is written."""

    regex = "pdf|docx"


class PackFormConverter(StringConverter):
    """`xlsx`: a form in which a pack is handed out."""

    regex = "full|pdf|docx|xlsx"

    def to_python(self, value):
        return PackFile.Form(value)
