from django.core.management.base import BaseCommand

from improvement import files
from improvement.middleware import now
from plans.importing.files import sweep
from plans.reporting import evidence


class Command(BaseCommand):
    help = (
        "Remove files left by interrupted uploads, and files kept for more than a day for a form that nobody finished. "
        "Remove what was checked for loading more than a day ago. Finish the uploads that were committed."
    )

    def handle(self, *args, **options):
        for name in evidence.expire(at=now()):
            self.stdout.write(f"{name} was removed.")
        sweep(at=now())
        for done in files.sweep():
            self.stdout.write(done)
