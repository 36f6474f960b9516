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
    for factory in Counted.__subclasses__():
        factory.reset_sequence()


def numbers():
    """Return the number that each factory gives next."""
    found = {factory: factory._meta.next_sequence() for factory in Counted.__subclasses__()}
    go_on_from(found)
    return found


def go_on_from(numbers):
    for factory, number in numbers.items():
        factory.reset_sequence(number)
