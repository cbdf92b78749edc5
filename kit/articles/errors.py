"""The one error of this room."""

from __future__ import annotations

from kit.errors import KitError


class ArticleError(KitError):
    """An input that is not an article. ``kind`` names the trouble for programs, the message is for people."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
