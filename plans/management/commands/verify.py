from django.core.management.base import BaseCommand, CommandError

from plans import verification


class Command(BaseCommand):
    help = "Check that every published month, evidence file, guard and post is what it should be."

    def handle(self, *args, **options):
        found = list(verification.problems())
        for problem in found:
            self.stderr.write(problem)
        if found:
            raise CommandError(f"{len(found)} problem(s) found.")
        self.stdout.write("Everything is as it should be.")
