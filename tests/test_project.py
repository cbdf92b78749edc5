"""Hygiene of the project: notebooks fit to be committed, a wheel that brings them along, one version everywhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
import pytest
import yaml

import kit

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "notebooks"
NAMES = ["01_read.ipynb", "02_tag.ipynb", "03_chart.ipynb", "04_report.ipynb", "05_compare.ipynb"]
SHIPPED = ("sample", "compare-a", "compare-b")
GIT = shutil.which("git") if (ROOT / ".git").exists() else None
PRE_COMMIT = ".pre-commit-config.yaml"
LONGEST_CELL = 15  # lines; what is longer belongs to the package


def cells(name: str, kind: str | None = None) -> list[Any]:
    """Read a notebook and return its cells, of one kind or all."""
    notebook = nbformat.read(NOTEBOOKS / name, as_version=4)
    return [cell for cell in notebook.cells if kind in (None, cell.cell_type)]


def committed(name: str) -> nbformat.NotebookNode:
    """Read a notebook as git has it: one that was opened and saved in JupyterLab has outputs, and may have them."""
    command = ["git", "show", f":notebooks/{name}"]
    staged = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False) if GIT else None
    text = staged.stdout if staged and staged.returncode == 0 else (NOTEBOOKS / name).read_text(encoding="utf-8")
    return nbformat.reads(text, as_version=4)


def test_notebooks_are_the_four_steps_in_order_of_use_and_the_comparison() -> None:
    assert sorted(path.name for path in NOTEBOOKS.glob("*.ipynb")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_notebook_is_valid_and_holds_no_outputs_and_no_execution_counts(name: str) -> None:
    nbformat.validate(nbformat.read(NOTEBOOKS / name, as_version=nbformat.NO_CONVERT))
    code = [cell for cell in committed(name).cells if cell.cell_type == "code"]
    assert [cell.source for cell in code if cell.outputs or cell.execution_count is not None] == []


@pytest.mark.parametrize("name", NAMES)
def test_first_code_cell_is_the_parameters_cell_and_the_only_one(name: str) -> None:
    tagged = ["parameters" in cell.metadata.get("tags", []) for cell in cells(name, "code")]
    assert tagged[0]
    assert sum(tagged) == 1


@pytest.mark.parametrize("name", NAMES)
def test_notebook_defines_no_function_and_no_class(name: str) -> None:
    pattern = re.compile(r"^\s*(async\s+def|def|class)\s", re.MULTILINE)
    assert [cell.source for cell in cells(name, "code") if pattern.search(cell.source)] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_code_cell_is_longer_than_a_screenful_and_none_is_empty(name: str) -> None:
    lengths = [len(cell.source.strip().splitlines()) for cell in cells(name, "code")]
    assert min(lengths) >= 1
    assert max(lengths) <= LONGEST_CELL


# The report is left out: it is exported without its code and opens with the title of its article.
@pytest.mark.parametrize("name", [name for name in NAMES if name != "04_report.ipynb"])
def test_notebook_opens_with_a_heading_and_prose_is_never_far_from_the_code(name: str) -> None:
    kinds = "".join(cell.cell_type[0] for cell in cells(name))
    assert kinds.startswith("m")
    assert cells(name)[0].source.startswith("# ")
    assert "ccc" not in kinds  # a step and a look at it, then words again


@pytest.mark.parametrize("name", NAMES)
def test_cell_ids_are_unique_so_that_two_runs_can_be_compared(name: str) -> None:
    ids = [cell.id for cell in cells(name)]
    assert len(ids) == len(set(ids))


class Built(NamedTuple):
    """What a build in a copy of the tree gave."""

    wheel: set[str]
    sdist: set[str]
    metadata: Message
    entry_points: str


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build sdist and wheel, the wheel from the sdist, in a copy that also holds what must stay out of them."""
    copy = tmp_path_factory.mktemp("project")
    for name in ("kit", "notebooks", "tests", "benchmarks"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))
    for path in ROOT.iterdir():
        if path.is_file() and (not path.name.startswith(".") or path.name == PRE_COMMIT):
            shutil.copy(path, copy)
    for folder in (copy / "notebooks" / "cases").iterdir():
        if folder.name not in SHIPPED:
            shutil.rmtree(folder)
    strays = [
        "notebooks/cases/secret/article.txt",
        "notebooks/cases/sample/annotations.jsonl.lock",
        "notebooks/.ipynb_checkpoints/01_read-checkpoint.ipynb",
        "notebooks/cases/sample/.ipynb_checkpoints/case-checkpoint.toml",
        "kit/__pycache__/records.cpython-311.pyc",
    ]
    for stray in strays:
        (copy / stray).parent.mkdir(parents=True, exist_ok=True)
        (copy / stray).write_text("stays at home", encoding="utf-8")
    # No isolation: the build backend is of this environment, so that nothing is fetched.
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(copy / "dist"), str(copy)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = (copy / "dist").glob("*.whl")
    (sdist,) = (copy / "dist").glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        info = next(name for name in names if name.endswith(".dist-info/METADATA"))
        metadata = Parser().parsestr(archive.read(info).decode())
        entry_points = archive.read(info.replace("METADATA", "entry_points.txt")).decode()
    with tarfile.open(sdist) as archive:
        members = {name.partition("/")[2] for name in archive.getnames()}
    return Built(names, members, metadata, entry_points)


@pytest.mark.slow
def test_wheel_brings_the_notebooks_and_their_own_cases_along_and_no_other_case(built: Built) -> None:
    sample = {
        path.relative_to(NOTEBOOKS).as_posix()
        for name in SHIPPED
        for path in (NOTEBOOKS / "cases" / name).rglob("*")
        if path.is_file() and path.suffix != ".lock" and ".ipynb_checkpoints" not in path.parts
    }
    packed = {name.removeprefix("kit/_notebooks/") for name in built.wheel if name.startswith("kit/_notebooks/")}
    assert packed == {*NAMES, *sample}


@pytest.mark.slow
def test_wheel_holds_every_file_of_the_package_and_nothing_but_the_package(built: Built) -> None:
    files = {
        f"kit/{path.relative_to(ROOT / 'kit').as_posix()}"
        for path in (ROOT / "kit").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in built.wheel if name.startswith("kit/") and "/_notebooks/" not in name} == files
    assert {name.split("/")[0] for name in built.wheel} == {"kit", f"analyst_notebook_kit-{kit.__version__}.dist-info"}


@pytest.mark.slow
def test_sdist_holds_what_is_needed_to_build_and_to_test_and_no_stray_file(built: Built) -> None:
    needed = {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "constraints.txt", "environment.yml"}
    needed |= {"CONTRIBUTING.md", PRE_COMMIT, "notebooks/images/overview.png", "benchmarks/README.md"}
    assert built.sdist >= needed | {"kit/__init__.py", "tests/test_project.py", "notebooks/01_read.ipynb"}
    assert [name for name in built.sdist if re.search(r"secret|checkpoint|\.lock$|__pycache__", name)] == []


@pytest.mark.slow
def test_metadata_names_the_licence_the_version_and_the_command(built: Built) -> None:
    assert built.metadata["Name"] == "analyst-notebook-kit"
    assert built.metadata["Version"] == kit.__version__
    assert built.metadata["License-Expression"] == "MIT AND CC-BY-SA-4.0"
    assert "kit = kit.cli:main" in built.entry_points


def test_changelog_knows_the_version_of_the_package() -> None:
    versions = re.findall(r"^## \[?(\d[^\]\s]*)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert versions[0] == kit.__version__


def test_readme_has_the_one_line_that_makes_the_environment_and_passes_the_tests() -> None:
    start = "python3 -m venv .venv && .venv/bin/pip install"
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    found = [line for line in lines if line.startswith(start) and "pytest" in line]
    assert len(found) == 1
    assert "-c constraints.txt" in found[0]
    assert found[0].split(" && ")[-1].startswith(".venv/bin/pytest")


def test_pre_commit_runs_local_hooks_only() -> None:
    config = yaml.safe_load((ROOT / PRE_COMMIT).read_text(encoding="utf-8"))
    assert {repo["repo"] for repo in config["repos"]} == {"local"}
