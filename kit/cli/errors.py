"""What is wrong with a command line."""

from __future__ import annotations

from kit.errors import KitError


class CommandError(KitError):
    """What the user typed cannot be done; the message says what to do instead."""
