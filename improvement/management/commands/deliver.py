from django.core.management.base import BaseCommand

from improvement import delivering
from improvement.middleware import now


class Command(BaseCommand):
    help = "Send the e-mails that wait, and the reminders that are due. Run it every few minutes from cron."

    def handle(self, *args, **options):
        sent = delivering.deliver(at=now())
        self.stdout.write(f"{sent} e-mail{'' if sent == 1 else 's'} sent.")
