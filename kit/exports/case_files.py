"""The files of a case, as they are or with its people under pseudonyms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import tomli_w

from kit.cases import ANNOTATIONS_FILE, CASE_FILE, Case
from kit.exports.pseudonyms import log_lines
from kit.records import Annotation
from kit.schemes import LABELS_FILE

VIEWS_FILE = "views.toml"
_OF_A_VERSION = ("file", "extracted", "analysis")


def case_files(case: Case, log: Sequence[Annotation], names: Mapping[str, str]) -> dict[str, bytes]:
    """Name -> bytes of the files that make a case, each of its versions; what else lies in the folder stays there.

    Args:
        case: the case.
        log: the events to write where there are pseudonyms; without, the log is copied byte by byte.
        names: name -> pseudonym, empty for the case as it is.
    """
    paths = [version.path(key) for version in case.versions() for key in _OF_A_VERSION]
    paths += [case.folder / name for name in (CASE_FILE, ANNOTATIONS_FILE, LABELS_FILE, VIEWS_FILE)]
    files = {path.name: path.read_bytes() for path in paths if path and path.is_file()}
    if names:
        versions = [_under(version.info, names) for version in case.versions()]
        earlier = {"earlier": versions[:-1]} if len(versions) > 1 else {}
        files[CASE_FILE] = tomli_w.dumps(versions[-1] | earlier).encode("utf-8", "replace")
    if names and ANNOTATIONS_FILE in files:
        files[ANNOTATIONS_FILE] = log_lines(log)
    return files


def collectors(case: Case) -> list[str]:
    """Who collected the article, in each of its versions."""
    return [str(version.info["collected_by"]) for version in case.versions() if version.info.get("collected_by")]


def _under(info: Mapping[str, object], names: Mapping[str, str]) -> dict[str, object]:
    """What is known about one version, its collector under a pseudonym."""
    known = {key: value for key, value in info.items() if key != "earlier"}
    by = str(known.get("collected_by") or "")
    return known | ({"collected_by": names[by]} if by else {})
