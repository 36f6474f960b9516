from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People and posts"

    def ready(self):
        from accounts import checks  # noqa: F401
