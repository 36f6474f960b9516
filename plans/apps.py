from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


def _drop_guards(using, **kwargs):
    from plans import guards

    guards.drop(using)


def _install_guards(using, **kwargs):
    from plans import guards

    guards.install(using)


class PlansConfig(AppConfig):
    name = "plans"

    def ready(self):
        pre_migrate.connect(_drop_guards, sender=self)
        post_migrate.connect(_install_guards, sender=self)
