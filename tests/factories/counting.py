"""What the factories count with: from 1, anew in every test, so that a row does not depend on the tests before it."""

from factory.django import DjangoModelFactory


class Counted(DjangoModelFactory):
    class Meta:
        abstract = True

    @classmethod
    def _setup_next_sequence(cls):
        return 1


def from_one():
    """Let every factory count from 1 again."""
    for made in Counted.__subclasses__():
        made.reset_sequence()
