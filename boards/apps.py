from django.apps import AppConfig

from boards import guards
from improvement import triggers


class BoardsConfig(AppConfig):
    name = "boards"

    def ready(self):
        triggers.register(self, guards.GUARDS)
