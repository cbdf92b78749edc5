"""The import map: which room of the package may import which, and which third-party packages.

A room is a module of ``kit`` or a sub-package with everything in it. A new room that is not on the map fails, and so
does a line of the map without a room. Imports inside functions count: late is not the same as allowed.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest

import kit

PACKAGE = Path(__file__).resolve().parents[1] / "kit"


class Allowed(NamedTuple):
    """What a room may import: rooms of the kit, and top-level names of other distributions."""

    rooms: frozenset[str] | set[str] = frozenset()
    third_party: frozenset[str] | set[str] = frozenset()


READERS = {"articles", "english", "pipeline", "segments", "claims", "sources", "quantities", "dates"}
EXTRACTION = {*READERS, "analysis"}
SURFACES = {"widgets"}
STORE = {"store"}
EVERYWHERE = {"__init__", "errors"}  # `kit.__version__` and the base of the kit's errors are light

MAP = {
    # The entry: its docstring is the flow, its names are fetched on first use, it imports nothing.
    "__init__": Allowed(),
    "errors": Allowed(),
    # Nouns, and the fold of the event log into the decisions in force.
    "records": Allowed(),
    "contract": Allowed({"records"}),
    "decisions": Allowed({"records", "contract"}),
    # Data, not code.
    "lexicon": Allowed(),
    # Extraction: text in, records out.
    "articles": Allowed(
        {"records"}, {"certifi", "charset_normalizer", "lxml", "py3langid", "pypdfium2", "trafilatura"}
    ),
    "english": Allowed(set(), {"spacy", "numpy", "onnxruntime", "tokenizers"}),  # a spaCy component that knows no kit
    "pipeline": Allowed({"english"}, {"spacy"}),
    "segments": Allowed({"records"}, {"spacy"}),
    "claims": Allowed({"records", "lexicon", "segments", "english"}, {"spacy"}),
    "sources": Allowed({"records", "lexicon", "segments"}, {"spacy"}),
    "quantities": Allowed({"records", "lexicon", "segments"}, {"spacy", "text_to_num"}),
    "dates": Allowed({"records", "lexicon", "segments"}, {"spacy", "dateparser"}),
    "analysis": Allowed({"records", "lexicon", *READERS}, {"spacy"}),
    # What is asked of a person, and in which order.
    "schemes": Allowed(),
    "checkworthiness": Allowed({"records", "decisions", "lexicon"}),
    # The desk: static HTML, input surfaces, the log.
    "markup": Allowed({"records", "decisions"}),
    "widgets": Allowed(
        {
            *("records", "contract", "decisions", "markup", "charts"),
            *("schemes", "checkworthiness", "policies", "views"),
        },
        {"anywidget", "ipywidgets", "pandas", "traitlets"},
    ),
    "store": Allowed({"records", "contract", "decisions"}, {"filelock"}),
    # What a reader gets.
    "tables": Allowed({"records", "contract", "decisions"}, {"pandas", "nltk"}),
    "policies": Allowed({"lexicon"}, {"pandas"}),
    "views": Allowed({"charts", "policies"}, {"pandas", "matplotlib", "tomli_w"}),
    "charting": Allowed({"cases", "charts", "exports", "tables", "views"}, {"pandas"}),
    "charts": Allowed({"records", "lexicon", "policies"}, {"pandas", "matplotlib"}),
    "display": Allowed({"records", "markup"}, {"pandas"}),
    "wording": Allowed({"lexicon"}),
    "gallery": Allowed({"charts", "display", "markup", "policies"}, {"pandas"}),
    "summary": Allowed(
        {
            *("records", "decisions", "lexicon", "markup", "tables", "display", "cases", "policies", "checkworthiness"),
        },
        {"pandas"},
    ),
    "exports": Allowed(
        {"records", "contract", "decisions", "tables", "store", "cases", "schemes", "workspace", "pipeline"},
        {"pandas", "spacy", "xlsxwriter", "pyarrow", "tomli_w"},
    ),
    # Where the rooms are joined.
    "cases": Allowed({"records", "contract", "articles", "analysis", "store", "decisions", "schemes"}, {"tomli_w"}),
    "batch": Allowed(
        {"records", "contract", "articles", "analysis", "pipeline", "exports"}, {"filelock", "pyarrow", "tqdm"}
    ),
    "compare": Allowed({"records", "decisions", "tables"}, {"pandas"}),
    "workspace": Allowed({"cases"}),
}
MAP["report"] = Allowed(set(MAP), {"nbclient", "nbconvert", "nbformat", "traitlets"})
MAP["cli"] = Allowed(set(MAP))

HEAVY = {
    *("numpy", "pandas", "spacy", "onnxruntime", "tokenizers", "matplotlib"),
    *("IPython", "ipywidgets", "dateparser", "nbconvert", "nbformat"),
}


def rooms() -> dict[str, list[Path]]:
    """Find the rooms of the package and the Python files of each."""
    found: dict[str, list[Path]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        found.setdefault(room, []).append(path)
    return found


@cache
def imports_of(room: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the other rooms and the third-party packages that the files of a room import, wherever in the file."""
    names = {name for path in rooms().get(room, []) for name in imported_names(path)}
    inside = {room_of(name) for name in names if name.split(".")[0] == "kit"} - {room}
    outside = {name.split(".")[0] for name in names} - {"kit", "__future__"} - sys.stdlib_module_names
    return frozenset(inside), frozenset(outside)


def imported_names(path: Path) -> set[str]:
    """Return dotted names that a file imports; ``from x import y`` gives ``x.y``, relative names are made absolute."""
    package = ("kit", *path.relative_to(PACKAGE).parts[:-1])
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "kit":
            names.add(f"kit.{node.attr}")  # `kit.analyse` after `import kit` is an import in all but name
        elif isinstance(node, ast.ImportFrom):
            base = [*package[: len(package) - node.level + 1]] if node.level else []
            module = ".".join([*base, *(node.module or "").split(".")]).strip(".")
            names |= {f"{module}.{alias.name}" for alias in node.names}
    return names


def room_of(name: str) -> str:
    """Return the room that a dotted ``kit…`` name lies in: a friendly name's own, ``__init__`` for ``kit`` itself."""
    parts = (kit._HOMES.get(name.removeprefix("kit."), name)).split(".")
    return parts[1] if len(parts) > 1 and parts[1] in rooms() else "__init__"


def reachable(room: str) -> set[str]:
    """Return every room that a room imports, directly or through others."""
    seen: set[str] = set()
    waiting = [room]
    while waiting:
        for other in imports_of(waiting.pop())[0] - seen:
            seen.add(other)
            waiting.append(other)
    return seen


def test_map_names_every_room_of_the_package_and_no_other() -> None:
    assert set(rooms()) == set(MAP)


@pytest.mark.parametrize("room", MAP)
def test_room_imports_only_the_rooms_on_its_line_of_the_map(room: str) -> None:
    assert imports_of(room)[0] - EVERYWHERE <= MAP[room].rooms


@pytest.mark.parametrize("room", MAP)
def test_room_imports_only_the_third_party_packages_on_its_line_of_the_map(room: str) -> None:
    assert imports_of(room)[1] <= MAP[room].third_party


@pytest.mark.parametrize(
    ("rooms_here", "rooms_there"),
    [
        (EXTRACTION, SURFACES | STORE),
        (SURFACES, EXTRACTION | STORE),
        (STORE, EXTRACTION | SURFACES),
    ],
    ids=["extraction", "widgets", "store"],
)
def test_extraction_widgets_and_store_never_import_each_other_not_even_through_a_third_room(
    rooms_here: set[str], rooms_there: set[str]
) -> None:
    crossings = {room: sorted(reachable(room) & rooms_there) for room in rooms_here if reachable(room) & rooms_there}
    assert crossings == {}


def test_rooms_do_not_import_each_other_in_circles() -> None:
    assert [room for room in MAP if room in reachable(room)] == []


@pytest.mark.parametrize("module", ["kit", "kit.cli"])
def test_importing_the_package_or_its_command_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert set(shown.split()) & HEAVY == set()


@pytest.mark.parametrize("name", [name for name in kit.__all__ if name != "__version__"])
def test_friendly_name_is_the_object_of_the_module_it_is_said_to_live_in(name: str) -> None:
    assert getattr(kit, name) is getattr(import_module(kit._HOMES[name]), name)
    assert name in dir(kit)


def test_unknown_name_is_an_attribute_error_and_a_module_is_still_importable_from_the_package() -> None:
    with pytest.raises(AttributeError, match="no attribute 'no_such_name'"):
        _ = kit.no_such_name
    from kit import records

    assert records.__name__ == "kit.records"


def test_imports_are_found_in_each_way_of_writing_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "PACKAGE", tmp_path)
    (tmp_path / "widgets").mkdir()
    file = tmp_path / "widgets" / "annotator.py"
    file.write_text(
        "import kit.store\nkit.analyse(1)\nfrom kit import claims\nfrom .. import tables\nfrom ..charts import plot\n"
        "from . import parts\nimport numpy as np\ndef late():\n    from pandas.api import types\n",
        encoding="utf-8",
    )
    assert imported_names(file) == {
        "kit.store",
        "kit.analyse",
        "kit.claims",
        "kit.tables",
        "kit.charts.plot",
        "kit.widgets.parts",
        "numpy",
        "pandas.api.types",
    }
