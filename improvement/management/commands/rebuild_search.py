from django.core.management.base import BaseCommand

from improvement.searching import index


class Command(BaseCommand):
    help = "Write the index of the search anew, should verify say that it differs from the records."

    def handle(self, *args, **options):
        self.stdout.write(f"The search index holds {index.rebuild():,} texts.")
