from django.apps import AppConfig

from boards import guards
from improvement.records import triggers


class BoardsConfig(AppConfig):
    name = "boards"

    def ready(self):
        from accounts.audit import subjects
        from boards import removals, searched  # its models are there only now
        from boards.loading import plan_file
        from boards.models import Challenge
        from plans.months import rating_evidence

        subjects.register(self.get_model("Board"))

        triggers.register(self, guards.GUARDS)
        removals.install()
        searched.install(self)
        plan_file.install()
        rating_evidence.register(Challenge.objects.public)
