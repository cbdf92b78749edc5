"""``KitError``: the base of every error of the kit that its user can do something about."""

from __future__ import annotations


class KitError(ValueError):
    """An input that cannot be used. The message says what, where and how to fix it."""


class WorkFailed(KitError):
    """Work that began and did not get to its end: exit code 1 of the command, not 2."""
