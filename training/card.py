"""The tables of the model card: ``python -m training.card kit/english/weights`` prints them from ``meta.json``.

With ``--write kit/english/MODEL_CARD.md`` each goes between the two marks that bear its name in that file.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kit.english.weights import read_meta

ATTRIBUTION = {
    "linked": "attributions, all of one right",
    "source": "words of sources",
    "cue": "words of cues",
    "content": "words of contents",
}
SYNTAX = {
    "tokens": "tokens",
    "sentences": "sentences, both ends right",
    "starts": "sentence starts",
    "xpos": "XPOS (Penn Treebank tags)",
    "upos": "UPOS",
    "lemma": "lemmas",
    "uas": "UAS",
    "las": "LAS",
    "ent all": "entities",
    "ent PERSON": "– PERSON",
    "ent ORG": "– ORG",
    "ent LOC": "– LOC",
}
SETS = {"polnear": ("PolNeAR dev", ATTRIBUTION), "ewt": ("EWT dev", SYNTAX), "gum_news": ("GUM dev, news", SYNTAX)}


def main(argv: list[str] | None = None) -> None:
    """Read the command line; print the tables, or write them into a model card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder of weights")
    parser.add_argument("--write", type=Path, default=None, metavar="CARD", help="the file to put the tables into")
    options = parser.parse_args(argv)
    tables = make_tables(read_meta(options.folder), options.folder)
    if options.write:
        card = options.write.read_text(encoding="utf-8")
        options.write.write_text(fill(card, tables), encoding="utf-8", newline="\n")
    else:
        print("\n\n".join(tables.values()))


def make_tables(meta: dict[str, Any], folder: Path) -> dict[str, str]:
    """The tables as Markdown, by name."""
    files = [
        (f"`{name}`", f"{(folder / name).stat().st_size:,}", f"`{digest}`") for name, digest in meta["sha256"].items()
    ]
    corpora = list(meta["trained"][0]["pieces"])
    runs = [
        (number, run["seed"], f"{run['steps']:,}", run["minutes"], *(f"{run['pieces'][name]:,}" for name in corpora))
        for number, run in enumerate(meta["trained"], start=1)
    ]
    return {
        "figures": _table(("set", "figure", "F1", "float32"), _figures(meta)),
        "runs": _table(("run", "seed", "steps", "minutes", *corpora), runs),
        "files": _table((f"version {meta['version']}", "bytes", "SHA-256"), files),
    }


def fill(card: str, tables: dict[str, str]) -> str:
    """A model card with other tables.

    Raises:
        ValueError: The card has no marks for a table.
    """
    for name, table in tables.items():
        marks = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)", re.DOTALL)
        if not marks.search(card):
            raise ValueError(f"no <!-- {name} --> and <!-- end of {name} --> in the card")
        card = marks.sub(lambda match, table=table: f"{match[1]}\n{table}\n\n{match[2]}", card)
    return card


def _figures(meta: dict[str, Any]) -> Iterable[Sequence[str]]:
    for key, (name, figures) in SETS.items():
        for figure, shown in figures.items():
            shipped, exact = (meta[side][f"{key} {figure}"] for side in ("figures", "float32"))
            yield f"{name}, {meta['documents'][key]} documents", shown, f"{shipped:.1f}", f"{exact:.1f}"


def _table(head: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


if __name__ == "__main__":
    main()
