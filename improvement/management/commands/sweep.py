from django.core.management.base import BaseCommand

from improvement import files


class Command(BaseCommand):
    help = "Remove files that belong to no row, left by uploads that were cut short; finish those that were committed."

    def handle(self, *args, **options):
        for done in files.sweep():
            self.stdout.write(done)
