"""``kit export``: one case in one format, and what did not fit.

In: a case, the name of a format, where to write. Out: files and an :class:`Export` that counts what they hold and what
they could not. Nothing is overwritten unless that was asked for, and never a file of a case.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from kit.cases import CASE_FILE, Case, open_case
from kit.decisions import as_decided
from kit.exports.archive import folder_name
from kit.exports.case_files import case_files, collectors
from kit.exports.files import write_bytes
from kit.exports.material import ExportError, Material, counts, lost, said
from kit.exports.pseudonyms import mentions, pseudonyms, renamed
from kit.workspace import SAMPLE, cases_folder, sample_case

HELD = ("claim", "quantity", "date", "source", "words", "answer")  # what a message counts


class Format(NamedTuple):
    """A format: the module that makes it, how its file is called, and a line for ``--help``."""

    module: str
    ending: str
    about: str


FORMATS = {
    "csv": Format("csv_files", "-csv", "a folder of tables, safe to open in a spreadsheet"),
    "xlsx": Format("xlsx", ".xlsx", "the same tables as one workbook"),
    "parquet": Format("parquet", "-parquet", "the same tables with their types (needs pyarrow)"),
    "web-annotation": Format("web_annotation", ".annotations.jsonld", "W3C Web Annotation, JSON-LD"),
    "schema-claim": Format("claim_markup", ".claims.jsonld", "schema.org Claim, JSON-LD; no rating"),
    "prodigy": Format("prodigy", ".prodigy.jsonl", "tasks for Prodigy with spans, relations and answers"),
    "spacy": Format("docbin", ".spacy", "a spaCy DocBin with span groups"),
    "zip": Format("archive", ".zip", "the whole case; unpacked, it is the case again"),
}


@dataclass(frozen=True)
class Export:
    """What was written: the files, how many records of each kind are there, what did not fit, what else to know.

    ``held`` and ``lost`` count by kind (:data:`kit.exports.material.NOUNS`).
    """

    path: Path
    files: tuple[Path, ...]
    held: Mapping[str, int]
    lost: Mapping[str, int]
    notes: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """The export in sentences."""
        fits = "do" if sum(self.lost.values()) != 1 else "does"
        out = (
            f"{said(self.lost)} {fits} not fit this format" if self.lost else "everything in the case fits this format"
        )
        lines = [f"{said(self.held) or 'no records'}: written", out, *self.notes]
        return "\n".join(f"{line[:1].upper()}{line[1:]}." for line in lines)


def export_case(
    case: Case,
    format: str,
    out: str | Path | None = None,
    *,
    use_pseudonyms: bool = False,
    force: bool = False,
) -> Export:
    """Write a case in one of :data:`FORMATS`.

    Args:
        case: the case; it is read, never changed.
        format: the name of a format.
        out: a file, or a folder to write into; by default a name like ``CASE.xlsx`` in the current folder.
        use_pseudonyms: replace the annotators' names (see :mod:`kit.exports.pseudonyms` for what changes).
        force: replace files that are there.

    Raises:
        ExportError: no such format, a file that is there already, a place inside a case, a library that is missing.
    """
    if format not in FORMATS:
        raise ExportError(f"no format {format!r}; one of {', '.join(FORMATS)}")
    module = import_module(f"kit.exports.{FORMATS[format].module}")
    path = _target(case, format, out)
    material, notes = material_of(case, use_pseudonyms=use_pseudonyms)
    encoded = module.encode(material)
    files = {path / name if name else path: content for name, content in encoded.files.items()}
    _check(files, force)
    written = tuple(write_bytes(file, content) for file, content in files.items())
    there, missing = counts(material), lost(material, module.HOLDS, encoded)
    held = {kind: n for kind in HELD if (n := there[kind] - missing.get(kind, 0)) > 0}
    return Export(path, written, held, missing, (*encoded.notes, *notes))


def material_of(case: Case, *, use_pseudonyms: bool = False) -> tuple[Material, tuple[str, ...]]:
    """The material of a case, and what to know about it, in sentences without their stop."""
    store = case.store()
    events = store.read()
    names = pseudonyms(events, *collectors(case)) if use_pseudonyms else {}
    log = renamed(events, names) if names else events
    view = as_decided(case.analysis, log)
    notes = []
    if names:
        changed = _several(len(names), "name is a pseudonym now", "names are pseudonyms now")
        notes.append(f"{changed}, and the events of the log have new ids; dates are as they were")
        if n := mentions(events, names):
            holding = _several(n, "event holds", "events hold")
            notes.append(f"{holding} one of these names in a text of its own, such as a note: read it before you share")
    if n := len(view.strays):
        strays = _several(n, "decision does not stand as it was", "decisions do not stand as they were")
        notes.append(f"{strays} taken: case.view().strays lists them")
    if n := len(store.problems):
        notes.append(
            f"{_several(n, 'line of the log is', 'lines of the log are')} not in order: case.verify() says why"
        )
    name = folder_name(case.folder.resolve().name)
    return Material(name, view, tuple(log), lambda: case_files(case, log, names)), tuple(notes)


def find_case(target: str | Path) -> Case:
    """The case that a path or name means: a folder, a case where cases live, or the sample.

    Raises:
        ExportError: there is none.
    """
    target = Path(target)
    named = [target, cases_folder() / target]
    named += [sample_case()] if str(target) == SAMPLE else []
    folder = next((one for one in named if (one / CASE_FILE).is_file()), None)
    if folder is not None:
        return open_case(folder)
    if target.is_file():
        raise ExportError(f"{target} is a file, no case: make a case of an article with `kit new NAME {target}`")
    raise ExportError(f"{target}: no such case here or in {cases_folder()}")


def run(case: str, format: str, out: Path | None, *, use_pseudonyms: bool, force: bool) -> int:
    """Do what the command says: the path on standard output, the sentences about it on standard error."""
    export = export_case(find_case(case), format, out, use_pseudonyms=use_pseudonyms, force=force)
    sys.stdout.write(f"{export.path}\n")
    sys.stdout.flush()
    sys.stderr.write(f"{export.message}\n")
    return 0


def _target(case: Case, format: str, out: str | Path | None) -> Path:
    """Where to write: what was named, in a folder that is there under the usual name."""
    ending = FORMATS[format].ending
    usual = folder_name(case.folder.resolve().name) + ending
    path = Path(usual) if out is None else Path(out)
    many = ending.startswith("-")
    if path.is_dir() and not many:
        path = path / usual
    if many and path.exists() and not path.is_dir():
        raise ExportError(f"{path} is a file, and {format} is a folder of tables: name a folder with --out")
    inside = [folder for folder in (path.resolve(), *path.resolve().parents) if (folder / CASE_FILE).is_file()]
    if inside:
        raise ExportError(f"{path} lies inside the case {inside[0].name}: name another place with --out")
    return path


def _several(n: int, one: str, more: str) -> str:
    return f"{n:,} {one if n == 1 else more}"


def _check(files: Mapping[Path, bytes], force: bool) -> None:
    for file in files:
        if file.is_dir():
            raise ExportError(f"{file} is a folder: name a file with --out")
        if file.exists() and not force:
            raise ExportError(f"{file} is there already: name another place with --out, or replace it with --force")
