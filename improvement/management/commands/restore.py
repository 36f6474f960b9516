from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from improvement.records import backup


class Command(BaseCommand):
    help = "Fill an empty database, and the folder of its files, from a backup, then verify the result."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)

    def handle(self, *args, folder, **options):
        try:
            manifest = backup.restore(folder)
        except backup.BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as fault:
            raise CommandError(f"{fault.filename or folder}: {fault.strerror}.") from fault
        self.stdout.write(f"Restored {manifest['rows']:,} rows and {len(manifest['files']):,} files.")
        call_command("verify", stdout=self.stdout, stderr=self.stderr)
