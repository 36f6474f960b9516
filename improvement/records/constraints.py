"""A model's check constraints, asked of many rows at once without asking the database for each.

The rule and its sentence stand where they always do, in `Meta.constraints`; this reads the same condition in Python.
It knows the lookups that the constraints here use and refuses to guess at another. It knows no domain.
"""

import operator

from django.db.models import CheckConstraint, F, Q
from django.db.models.functions import Lower

_COMPARED = {"exact": operator.eq, "gt": operator.gt, "gte": operator.ge, "lt": operator.lt, "lte": operator.le}


def broken(model, values):
    """Return those of the model's check constraints that `values`, by the fields' names, break."""
    checks = [each for each in model._meta.constraints if isinstance(each, CheckConstraint)]
    # As in SQL, what is not known to be false passes.
    return [check for check in checks if holds(check.condition, values) is False]


def holds(node, values):
    """Return whether the condition holds of `values`: True, False, or None where an empty value leaves it open."""
    if not isinstance(node, Q):
        return _compare(*node, values)
    found = [holds(child, values) for child in node.children]
    decisive = node.connector == Q.OR
    if node.connector not in {Q.AND, Q.OR}:
        raise NotImplementedError(node.connector)
    known = decisive if decisive in found else None if None in found else not decisive
    return known if known is None or not node.negated else not known


def _compare(path, right, values):
    name, _, lookup = path.partition("__")
    left = values[name]
    if lookup == "isnull":
        return (left is None) == right
    if isinstance(right, F):
        right = values[right.name]
    elif isinstance(right, Lower):
        (field,) = right.source_expressions
        right = values[field.name] and values[field.name].lower()
    elif hasattr(right, "resolve_expression"):
        raise NotImplementedError(path)
    if left is None or right is None:
        return None
    return _COMPARED[lookup or "exact"](left, right)
