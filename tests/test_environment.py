"""Holds pyproject.toml, environment.yml and constraints.txt against each other.

The conda environment cannot be solved without a channel at hand, so its specs are parsed strictly and compared.
"""

from __future__ import annotations

import re
import subprocess
import tomllib
from functools import cache
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
import rattler
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))

CONDA_NAMES = {"matplotlib": "matplotlib-base"}  # conda's "matplotlib" brings Qt along
NOT_ON_CONDA = {"text2num", "py3langid", "pypdfium2", "lxml-html-clean"}  # `-e .` in the pip section installs them
BESIDE_DEPENDENCIES = {"python", "pip"}

# Written in two parts, so that this file does not name what it forbids.
REGISTRY_HOSTS = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "anaconda" + ".org",
    "anaconda" + ".com",
    "prefix" + ".dev",
    "npmjs" + ".org",
    "yarnpkg" + ".com",
]


@cache
def dependencies() -> dict[str, SpecifierSet]:
    """Return the run-time requirements of pyproject.toml as name -> range."""
    return {canonicalize_name(r.name): r.specifier for r in map(Requirement, PROJECT["dependencies"])}


@cache
def every_requirement() -> list[Requirement]:
    """Return the requirements of the package and of all its extras, without the package itself."""
    extras = PROJECT["optional-dependencies"].values()
    lines = [*PROJECT["dependencies"], *(line for extra in extras for line in extra)]
    return [r for r in map(Requirement, lines) if r.name != PROJECT["name"]]


@cache
def conda_specs() -> dict[str, SpecifierSet]:
    """Return the conda packages of environment.yml as name -> range, parsed strictly."""
    specs = {}
    for line in ENVIRONMENT["dependencies"]:
        if isinstance(line, str):
            match = rattler.MatchSpec(line, strict=True)
            specs[match.name.normalized] = SpecifierSet(str(match.version or ""))
    return specs


@cache
def pins() -> dict[str, Version]:
    """Return the lines of constraints.txt as name -> version."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {name: Version(version) for name, version in pairs}


def test_conda_packages_are_the_dependencies_of_the_project_under_their_conda_names() -> None:
    expected = {CONDA_NAMES.get(name, name) for name in dependencies() if name not in NOT_ON_CONDA}
    assert set(conda_specs()) == expected | BESIDE_DEPENDENCIES


@pytest.mark.parametrize("name", sorted(set(dependencies()) - NOT_ON_CONDA))
def test_conda_range_equals_the_range_in_pyproject(name: str) -> None:
    assert conda_specs()[CONDA_NAMES.get(name, name)] == dependencies()[name]


def test_conda_python_range_equals_the_supported_pythons() -> None:
    assert conda_specs()["python"] == SpecifierSet(PROJECT["requires-python"])


def test_environment_uses_conda_forge_alone_and_ends_with_the_package_itself() -> None:
    assert ENVIRONMENT["name"] == PROJECT["name"]
    assert ENVIRONMENT["channels"] == ["conda-forge", "nodefaults"]
    assert ENVIRONMENT["dependencies"][-1] == {"pip": ["-e ."]}


def test_packages_that_conda_lacks_are_dependencies_that_pip_will_bring() -> None:
    assert set(dependencies()) >= NOT_ON_CONDA
    assert set(CONDA_NAMES) <= set(dependencies())


def test_constraints_are_sorted_lines_of_name_and_version_and_nothing_else() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    body = [line for line in lines if not line.startswith("#")]
    odd = [line for line in body if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*==[0-9][0-9a-z.+!]*", line)]
    assert odd == []
    assert body == sorted(set(body))
    assert len(pins()) == len(body)


@pytest.mark.parametrize("requirement", every_requirement(), ids=lambda requirement: requirement.name)
def test_constraint_exists_for_every_requirement_and_lies_in_its_range(requirement: Requirement) -> None:
    pinned = pins().get(canonicalize_name(requirement.name))
    assert pinned is not None, f"constraints.txt has no line for {requirement.name}"
    assert pinned in requirement.specifier


@pytest.mark.parametrize("system", ["Windows", "Darwin", "Linux"])
def test_constraints_cover_what_the_dependencies_bring_along_on_each_system(system: str) -> None:
    assert sorted(installed_on(system) - set(pins())) == []


def installed_on(system: str) -> set[str]:
    """Return what the package and its extras bring along on a system, as far as the packages installed here say so."""
    names = {"Windows": ("nt", "win32"), "Darwin": ("posix", "darwin"), "Linux": ("posix", "linux")}
    marked = {"platform_system": system, **dict(zip(("os_name", "sys_platform"), names[system], strict=True))}
    seen: set[str] = set()
    waiting = [(r.name, extra) for r in every_requirement() for extra in ("", *r.extras)]
    done: set[tuple[str, str]] = set()
    while waiting:
        name, extra = waiting.pop()
        name = canonicalize_name(name)
        if (name, extra) in done:
            continue
        done.add((name, extra))
        seen.add(name)
        try:
            lines = requires(name) or []
        except PackageNotFoundError:  # of another system
            continue
        needed = [r for r in map(Requirement, lines) if not r.marker or r.marker.evaluate(marked | {"extra": extra})]
        waiting += [(r.name, more) for r in needed for more in ("", *r.extras)]
    return seen - {"setuptools", "pip"}


def test_no_file_of_the_repository_names_a_package_registry() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {host}"
        for path in repository_files()
        for host in REGISTRY_HOSTS
        if host.encode() in path.read_bytes()
    ]
    assert found == []


def repository_files() -> list[Path]:
    """List the files that git tracks or would track; in an unpacked sdist, every file of the package."""
    if not (ROOT / ".git").exists():
        folders = [ROOT / name for name in ("kit", "notebooks", "tests", "benchmarks")]
        return [p for folder in folders for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    # In a container the checkout may belong to another user; reading its list of files is harmless.
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]
