from django.apps import AppConfig

from improvement.records import triggers
from plans import guards


class PlansConfig(AppConfig):
    name = "plans"

    def ready(self):
        from accounts.audit import subjects
        from accounts.models import Post
        from accounts.outbox import choices
        from plans import removals, searched  # its models are there only now
        from plans.office import trail
        from plans.reporting import telling

        subjects.register(self.get_model("Plan"), "notice", "board")
        subjects.find(Post, trail.of_post)
        choices.register(telling.fitting)
        triggers.register(self, guards.GUARDS)
        removals.install()
        searched.install(self)
