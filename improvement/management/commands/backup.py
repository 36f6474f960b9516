from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from improvement.records import backup


class Command(BaseCommand):
    help = "Write the database and every file into a folder, while the site runs."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)

    def handle(self, *args, folder, **options):
        try:
            manifest = backup.backup(folder)
        except backup.BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as fault:
            raise CommandError(f"{fault.filename or folder}: {fault.strerror}.") from fault
        self.stdout.write(f"Backed up {manifest['rows']:,} rows and {len(manifest['files']):,} files.")
