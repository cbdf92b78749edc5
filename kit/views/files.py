"""``views.toml`` of a case: the saved views, one ``[[view]]`` each, in the order in which they were first saved.

In: a folder. Out: checked views. The file is written whole or not at all; to drop a view, delete its table in the file.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli_w

from kit.views.schema import ViewError, changed, checked

VIEWS_FILE = "views.toml"


def read_views(folder: str | Path) -> list[dict[str, Any]]:
    """The saved views of a case, each with every key; empty where nothing was saved.

    Raises:
        ViewError: the file is no TOML, or a view in it cannot be drawn.
    """
    path = Path(folder, VIEWS_FILE)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ViewError(f"{path}: not valid TOML: {error}") from error
    except OSError as error:
        raise ViewError(f"{path}: cannot be read: {error.strerror or error}") from error
    views = data.pop("view", [])
    if data or not isinstance(views, list):
        raise ViewError(f"{path}: it holds nothing but tables [[view]]")
    try:
        found = [checked(view, named=True) for view in views]
    except ViewError as error:
        raise ViewError(f"{path}: {error}") from error
    names = [view["name"] for view in found]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise ViewError(f"{path}: two views are called {twice!r}")
    return found


def write_view(folder: str | Path, view: Mapping[str, Any]) -> dict[str, Any]:
    """Save a view with the case, in place of the one of the same name; the view as it was saved.

    Raises:
        ViewError: it cannot be drawn, or has no name; the file that is there cannot be read. Nothing is written then.
        OSError: it cannot be written there.
    """
    new = checked(view, named=True)
    views = {one["name"]: one for one in read_views(folder)} | {new["name"]: new}
    content = tomli_w.dumps({"view": [changed(one) for one in views.values()]})
    path = Path(folder, VIEWS_FILE)
    partial = path.with_name(f".{path.name}.partial")
    with partial.open("wb") as file:
        file.write(content.encode("utf-8", "replace"))
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    return new
