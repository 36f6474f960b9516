"""What a reference looks like in an address; anything else is a 404."""


class ReferenceConverter:
    """`R07`: a recommendation's or a target's own reference."""

    regex = "[A-Za-z0-9][A-Za-z0-9.-]{0,9}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value
