"""A migration's operation that makes all of an app's tables at once."""

from django.db.migrations.operations.base import Operation, OperationCategory


class CreateModels(Operation):
    """Make the tables of `models`, each a CreateModel, in their order.

    After each operation Django builds every related model class again, which with a hundred related models took 30
    seconds. Here they are built once, after the last table.
    """

    category = OperationCategory.ADDITION
    reversible = True

    def __init__(self, models):
        self.models = models

    def deconstruct(self):
        return (type(self).__name__, [], {"models": self.models})

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # what was built of the classes so far; it is built again when asked for
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"Create {len(self.models)} models"
