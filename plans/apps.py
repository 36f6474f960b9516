from django.apps import AppConfig

from improvement import triggers
from plans import guards


class PlansConfig(AppConfig):
    name = "plans"

    def ready(self):
        triggers.register(self, guards.GUARDS)
