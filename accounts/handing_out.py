"""How a stored file is handed out: as it was stored, or with a page that says why not."""

from django.http import Http404
from django.shortcuts import render

from accounts.audit import damage
from improvement import files


def hand_out(request, row, name):
    """Return the file of `row` as the download `name`; where it is not what was stored, record that and say so."""
    try:
        return files.download(row, name)
    except FileNotFoundError:
        raise Http404 from None
    except files.Damaged as found:
        damage.found(row=row, sha256=found.sha256, by=request.user, at=request.now)
        return render(request, "file_damaged.html", {"name": name, "sha256": row.sha256}, status=410)
