"""How a file is handed out: as it was stored, or with a page that says why not; or one that is made for who asks."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from accounts.audit import damage
from improvement import files
from improvement.documents import pdf, write_word
from improvement.files import content

WRITERS = {"pdf": pdf.write, "docx": write_word}


def hand_out(request, row, name):
    """Return the file of `row` as the download `name`; where it is not what was stored, record that and say so."""
    try:
        return files.download(row, name)
    except FileNotFoundError:
        raise Http404 from None
    except files.Damaged as found:
        damage.found(row=row, sha256=found.sha256, by=request.user, at=request.now)
        return render(request, "file_damaged.html", {"name": name, "sha256": row.sha256}, status=410)


def as_file(document, name, form):
    """Return the response that hands a document out as the download `name`, in a `form` of WRITERS."""
    return attachment(WRITERS[form](document), name, form, content.TYPES[form])


def attachment(made, name, extension, content_type):
    """Return the response that hands out what was just made as the download `name`."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{extension}"'}
    return HttpResponse(made, content_type=content_type, headers=headers)
