from django.apps import AppConfig

from improvement import triggers
from notices import guards


class NoticesConfig(AppConfig):
    name = "notices"
    verbose_name = "Notices and inspections"

    def ready(self):
        from notices import removals  # its models are there only now

        triggers.register(self, guards.GUARDS)
        removals.install()
