from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    name = "improvement"

    def ready(self):
        from improvement import checks, groups  # noqa: F401

        groups.come_back_after_migrations()
