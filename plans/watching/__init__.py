"""Filters that a person saves under a name and follows: the e-mail of a published month says what changed in them."""

from plans.watching.saving import follow, remove, rename, save
