"""What the words of a Board's addresses may be; anything else is a 404."""

from boards.models import PackFile, Report


class ReportKindConverter:
    """`chair`: a kind of report."""

    regex = "|".join(Report.Kind.values)

    def to_python(self, value):
        return Report.Kind(value)

    def to_url(self, value):
        return value


class FormConverter:
    """`pdf`: a form in which a document is written."""

    regex = "pdf|docx"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


class PackFormConverter:
    """`xlsx`: a form in which a pack is handed out."""

    regex = "full|pdf|docx|xlsx"

    def to_python(self, value):
        return PackFile.Form(value)

    def to_url(self, value):
        return value
