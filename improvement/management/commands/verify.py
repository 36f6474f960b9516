from django.core.management.base import BaseCommand, CommandError

from accounts import verification as people
from boards import verification as boards
from improvement import files
from improvement.records import database
from notices import verification as notices
from plans import verification as plans

# Each yields a sentence for whatever is wrong; an app with records of its own adds its line.
CHECKS = (database.problems, files.problems, people.problems, notices.problems, plans.problems, boards.problems)


class Command(BaseCommand):
    help = "Check that records, files, guards and posts are as they should be, and list those that are not."

    def handle(self, *args, **options):
        found = [problem for check in CHECKS for problem in check()]
        for problem in found:
            self.stderr.write(problem)
        if found:
            raise CommandError(f"{len(found)} problem(s) found.")
        self.stdout.write("Everything is as it should be.")
