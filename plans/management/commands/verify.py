from itertools import chain

from django.core.management.base import BaseCommand, CommandError

from notices import verification as of_notices
from plans import verification as of_plans


class Command(BaseCommand):
    help = "Check that every published month, issued report, evidence file, guard and post is what it should be."

    def handle(self, *args, **options):
        found = list(chain(of_plans.problems(), of_notices.problems()))
        for problem in found:
            self.stderr.write(problem)
        if found:
            raise CommandError(f"{len(found)} problem(s) found.")
        self.stdout.write("Everything is as it should be.")
