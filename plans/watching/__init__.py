"""Filters that a person saves and follows: kept under a name, and told of when a month is published."""

from plans.watching.saving import follow, remove, rename, save

__all__ = ["follow", "remove", "rename", "save"]
