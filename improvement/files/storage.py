import os
from contextlib import suppress
from functools import partial
from pathlib import Path

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import FileSystemStorage
from django.db import transaction
from whitenoise.storage import CompressedManifestStaticFilesStorage

# What is written is named so until the transaction that knows of it has committed.
UNSETTLED = ".part"


class _MessageCookie(CookieStorage):
    @property
    def cookie_name(self):
        return settings.MESSAGES_COOKIE_NAME


class MessageStorage(FallbackStorage):
    """What a page says on the next one, in a cookie named as strictly as the others: no session is written for it."""

    storage_classes = (_MessageCookie, SessionStorage)


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed, compressed static files, the imports inside JavaScript modules included."""

    support_js_module_import_aggregation = True

    def stale(self):
        """Return the names of the static files that were not collected, or have changed since, in order."""
        return sorted(name for name, source in _sources() if not self._is_collected(name, source))

    def _is_collected(self, name, source):
        path = Path(self.path(name))
        return name in self.hashed_files and path.exists() and path.read_bytes() == source.read_bytes()


def _sources():
    """Yield each static file of this version with its path. Of two with one name the first is served."""
    seen = set()
    for finder in get_finders():
        for name, storage in finder.list([]):
            if name not in seen:
                seen.add(name)
                yield name, Path(storage.path(name))


class KeptStorage(FileSystemStorage):
    """Files that belong to rows: a row never lacks its file, whenever the power goes.

    A file is written under a temporary name and is on the disk before its row is. It gets its name once the row is
    committed; where the machine stopped between the two, whoever asks for the file next gives it its name.
    """

    def _save(self, name, content):
        # The field has given the name already; it is a generated one, so nothing stands there.
        temporary = Path(self.path(super()._save(name + UNSETTLED, content)))
        self._flush(temporary)
        self._flush(temporary.parent)
        transaction.on_commit(partial(self.settle, name))
        return name

    def _open(self, name, mode="rb"):
        self.settle(name)
        return super()._open(name, mode)

    def exists(self, name):
        return super().exists(name) or super().exists(name + UNSETTLED)

    def size(self, name):
        self.settle(name)
        return super().size(name)

    def delete(self, name):
        super().delete(name)
        super().delete(name + UNSETTLED)

    def settle(self, name):
        """Give the file of a committed row its name, if it has not got it."""
        temporary = Path(self.path(name + UNSETTLED))
        # A disk that is read-only refuses to rename even what is not there.
        if temporary.exists():
            with suppress(FileNotFoundError):
                temporary.replace(self.path(name))
                self._flush(temporary.parent)

    @staticmethod
    def _flush(path):
        """Have the operating system put a file, or the names in a folder, on the disk."""
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
