"""A whole case as one zip: unpacked, it is the case again.

The files are stored, not compressed: the bytes then depend on the case alone, not on the version of zlib that a machine
has, and one SHA-256 tells two people that they hold the same case. ``SHA256SUMS`` lists the files for ``sha256sum -c``.
Names, times and rights inside are fixed; locks, hidden files and what else lies in the folder stay behind.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping

from kit.exports.material import KINDS, Encoded, Material

HOLDS = KINDS
SUMS = "SHA256SUMS"
_UNSAFE = re.compile(r"[^\w.-]+")


def encode(material: Material) -> Encoded:
    """The files of a case as one zip."""
    return Encoded({"": zipped(material.name, material.files())})


def zipped(name: str, files: Mapping[str, bytes]) -> bytes:
    """Files as a zip with one folder in it; the same files give the same bytes on every machine."""
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {file}\n" for file, content in sorted(files.items()))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for file, content in sorted({**files, SUMS: sums.encode()}.items()):
            entry = zipfile.ZipInfo(f"{folder_name(name)}/{file}", date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, content)
    return target.getvalue()


def folder_name(name: str) -> str:
    """A name that is one folder on every system."""
    return _UNSAFE.sub("-", name).strip(".-") or "case"
