from django.core.management.base import BaseCommand

from improvement import delivering
from improvement.middleware import now


class Command(BaseCommand):
    help = "Make the packs that are ordered, and send e-mails and reminders. Run it every few minutes from cron."

    def handle(self, *args, **options):
        sent = delivering.deliver(at=now())
        self.stdout.write(f"{sent} e-mail{'' if sent == 1 else 's'} sent.")
