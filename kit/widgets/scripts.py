"""The desk's script: the ES modules in ``js/`` joined into the one module that anywidget takes, without a bundler.

Each file there is a module that can be read and checked alone. Joining drops the ``import`` lines between them and the
word ``export``, so all files share one scope and no name may stand at the top of two of them. Indentation,
comments and blanks that mean nothing go too: the script is stored with every widget.
"""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = Path(__file__).with_name("js")
# What a file uses stands before it.
ORDER = ("dom", "article", "words", "find", "overlay", "keys", "picker", "panels", "card", "queue", "desk")
_ASIDE = re.compile(r"(?<=[;{},)]) // [^\"'`]*$")  # behind code; one with a quotation mark in it may be in a text
_LOOSE = re.compile(r" ?(=>|[=!]==|&&|\|\||[=,;:?{}]) ?")  # blanks around these mean nothing outside a text
_TEXT = re.compile(r'("[^"]*")')
_TRICKY = frozenset("'`/")  # texts in a text, patterns: such a line stays as it is
_IMPORT = re.compile(r'import \{[^}]*\} from "\./\w+\.js";')
_NAME = re.compile(r"(?:export )?(?:async )?(?:function|class|const|let) (\w+)")


def joined() -> str:
    """The whole script as one module.

    Raises:
        ValueError: two files have the same name at their top.
    """
    seen: dict[str, str] = {}
    lines = []
    for name in ORDER:
        for line in (FOLDER / f"{name}.js").read_text(encoding="utf-8").splitlines():
            declared = _NAME.match(line)
            if declared and seen.setdefault(declared[1], name) != name:
                raise ValueError(f"{declared[1]} stands in {seen[declared[1]]}.js and in {name}.js")
            stripped = _ASIDE.sub("", line).strip()
            if not stripped or stripped.startswith("//") or _IMPORT.fullmatch(stripped):
                continue
            stripped = stripped if line.startswith("export default") else stripped.removeprefix("export ")
            lines.append(stripped if _TRICKY.intersection(stripped) else _squeezed(stripped))
    return "\n".join(lines) + "\n"


def _squeezed(line: str) -> str:
    """A line without the blanks that mean nothing; texts are left alone."""
    return "".join(part if part[:1] == '"' else _LOOSE.sub(r"\1", part) for part in _TEXT.split(line))
