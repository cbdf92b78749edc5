"""Where the notebooks and the cases are: a checkout, or the folder that an installed kit is used in.

In a checkout the notebooks are opened where they are and cases live in ``notebooks/cases``. Elsewhere the
current folder takes their place: ``kit lab`` copies the notebooks of the wheel into it, cases live in ``cases``.
"""

from __future__ import annotations

import shutil
from pathlib import Path

PACKAGE = Path(__file__).parent
SAMPLE = "sample"
NOTEBOOKS = ("01_read", "02_tag", "03_chart", "04_report")


def checkout() -> Path | None:
    """The ``notebooks`` folder of the checkout that the kit runs from, or ``None``."""
    folder = PACKAGE.parent / "notebooks"
    return folder if (PACKAGE.parent / "pyproject.toml").is_file() and folder.is_dir() else None


def shipped_notebooks() -> Path:
    """The notebooks as they came with the kit."""
    return checkout() or PACKAGE / "_notebooks"


def working_notebooks() -> Path:
    """The notebooks to work in; out of a wheel they are copied to the current folder where they are missing."""
    folder = checkout()
    if folder is not None:
        return folder
    here, shipped = Path.cwd(), shipped_notebooks()
    for file in sorted(shipped.rglob("*")):
        target = here / file.relative_to(shipped)
        if file.is_file() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
    return here


def cases_folder() -> Path:
    """Where cases live."""
    return (checkout() or Path.cwd()) / "cases"


def sample_case() -> Path:
    """The case that ships with the kit."""
    return shipped_notebooks() / "cases" / SAMPLE
