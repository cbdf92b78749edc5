"""Word lists as data: ``load_lexicon(name)`` reads ``kit/lexicon/<name>.toml``, a user's file extends it.

The extractors hold rules, these files hold words. To add words without touching the kit, put a file of the
same name into a folder and name that folder in the environment variable ``KIT_LEXICON``.
"""

from __future__ import annotations

import os
import tomllib
from functools import lru_cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kit.errors import KitError


class LexiconError(KitError):
    """A lexicon file that is missing or is not TOML."""


def load_lexicon(name: str) -> MappingProxyType[str, Any]:
    """The tables of one lexicon, ours extended by the user's: lists are joined, later keys win.

    Args:
        name: a file of this folder without its ending, such as "cues", "categories" or "units".

    Raises:
        LexiconError: there is no such lexicon, or the user's file is not valid TOML.
    """
    return _load(name, os.environ.get("KIT_LEXICON"))


def load_sets(name: str) -> MappingProxyType[str, Any]:
    """The tables of one lexicon as :func:`load_lexicon` reads them, each list as a set: for questions, not order."""
    return _load_sets(name, os.environ.get("KIT_LEXICON"))


@lru_cache(maxsize=32)
def _load_sets(name: str, folder: str | None) -> MappingProxyType[str, Any]:
    return MappingProxyType({key: _as_sets(value) for key, value in _load(name, folder).items()})


def _as_sets(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_sets(inner) for key, inner in value.items()}
    return frozenset(value) if isinstance(value, list) else value


@lru_cache(maxsize=32)
def _load(name: str, folder: str | None) -> MappingProxyType[str, Any]:
    ours = resources.files(__name__).joinpath(f"{name}.toml")
    if not ours.is_file():
        raise LexiconError(f"there is no lexicon named {name!r}")
    tables = tomllib.loads(ours.read_text(encoding="utf-8"))
    theirs = Path(folder) / f"{name}.toml" if folder else None
    if theirs is not None and theirs.is_file():
        try:
            tables = _extend(tables, tomllib.loads(theirs.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise LexiconError(f"{theirs} is not valid TOML: {error}") from error
    return MappingProxyType(tables)


def _extend(ours: Any, theirs: Any) -> Any:
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours | {key: _extend(ours[key], value) if key in ours else value for key, value in theirs.items()}
    if isinstance(ours, list) and isinstance(theirs, list):
        return ours + theirs
    return theirs
