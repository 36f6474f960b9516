from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from improvement.demonstration import (
    accounts,
    challenged,
    measured,
    meetings,
    moment,
    outgoing,
    reference,
    replay,
    reports,
)


class Command(BaseCommand):
    help = "Load the Leeds demonstration. If you run it again, it adds what is missing and changes nothing else."

    def handle(self, *args, **options):
        if not settings.DEMONSTRATION:
            raise CommandError(
                "The demonstration has accounts with a published password, so set DEMONSTRATION=1 to load it."
            )
        self._is_told = options["verbosity"] > 0
        self._say("Loading the demonstration: people, the Notice and its results, inspections, the plan and the Board")
        reference.add_missing("leeds_posts.json")
        accounts.add_missing()
        reference.add_missing("leeds_notice.json")
        reference.add_missing("leeds_inspections.json", at=moment("2011-12-08T18:00"))
        reference.add_missing("leeds_measures.json")
        measured.add_missing()
        reference.add_missing("leeds_exit.json", at=moment("2011-12-08T18:00"))
        reference.add_missing("leeds_plan.json")
        reports.add_missing()
        reference.add_missing("leeds_board.json")
        replay.add_missing(lambda *place: self._play("Playing {2:%B %Y}, month {0} of {1}", *place))
        meetings.add_missing(lambda *place: self._play("Playing {2:%-d %B %Y}, meeting {0} of {1}", *place))
        challenged.add_missing()
        outgoing.add_missing()
        if self._is_told:
            self._list_accounts()

    def _play(self, line, number, count, day):
        """Say what is played next: on a terminal in one line with a bar, else each in a line of its own."""
        line = line.format(number, count, day)
        if not self.stdout.isatty():
            self._say(line)
        elif self._is_told:
            bar = f"{'#' * number}{'-' * (count - number)}"
            self.stdout.write(f"\r[{bar}] {line:50}", ending="\n" if number == count else "")
            self.stdout.flush()

    def _say(self, line):
        """Say what comes next at once, also where the output goes into a file."""
        if self._is_told:
            self.stdout.write(line)
            self.stdout.flush()

    def _list_accounts(self):
        people = User.objects.filter(is_demonstration=True)
        width = max(len(user.name) for user in people)
        self.stdout.write("The demonstration's accounts:")
        for user in people:
            self.stdout.write(f"  {user.name:{width}}  {user.email}")
        self.stdout.write(f"The password for all of them is {settings.DEMONSTRATION_PASSWORD}, unless it was changed.")
