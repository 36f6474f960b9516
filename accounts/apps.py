from django.apps import AppConfig

from improvement.records import triggers


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People and posts"

    def ready(self):
        from accounts import checks, guards  # noqa: F401

        triggers.register(self, guards.GUARDS)
