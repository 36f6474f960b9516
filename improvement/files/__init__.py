"""The files that rows keep, of whatever app: how they are stored, checked and handed out. It knows no domain."""

from improvement.files.kept import Damaged, download, fields, names, on_disk, opened, problems, sha256, sweep
