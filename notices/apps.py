from django.apps import AppConfig

from improvement.records import triggers
from notices import guards


class NoticesConfig(AppConfig):
    name = "notices"
    verbose_name = "Notices and inspections"

    def ready(self):
        from accounts.audit import subjects
        from notices import removals, searched  # its models are there only now
        from notices.loading import notice_file, results_file

        subjects.register(self.get_model("Notice"))
        subjects.register(self.get_model("Inspection"))

        triggers.register(self, guards.GUARDS)
        removals.install()
        notice_file.install()
        results_file.install()
        searched.install(self)
