"""The figures of development sets: documents with gold labels and readings of their texts in, F1 out. No torch here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kit.english.decoding import Decoder, Network
from kit.english.reading import Reading
from training.corpora import Document, read_docbin, read_polnear
from training.score import score_attributions, score_entities, score_syntax

SYNTAX = ("xpos", "upos", "lemma", "sent", "ent", "head", "dep")
DECODER_SETTINGS = ("overlap", "role_switch", "start_bonus", "start_arcs")


def read_dev(settings: dict[str, str], data: Path, *, most: int | None = None) -> dict[str, list[Document]]:
    """The development sets, or at most ``most`` documents of each.

    Args:
        settings: The ``dev`` table of the configuration: names and places.
        data: The folder that the places start from.
        most: So many documents, spread over the set.
    """
    sets = {}
    for name, place in settings.items():
        path = data / place
        documents = read_polnear(path) if path.is_dir() else read_docbin(path, tasks=SYNTAX)
        chosen = spread(len(documents), len(documents) if most is None else most)
        sets[name] = [documents[index] for index in chosen]
    return sets


def spread(count: int, most: int) -> list[int]:
    """The places of at most ``most`` of ``count`` things, evenly spread, the same each time."""
    most = min(count, most)
    return [index * count // most for index in range(most)]


def decoder_settings(config: dict[str, Any]) -> dict[str, float]:
    """The settings of the configuration that a decoder takes."""
    text = config["text"]
    return {"most": text["most_pieces"]} | {name: text[name] for name in DECODER_SETTINGS}


def score_sets(decoder: Decoder, network: Network, sets: dict[str, list[Document]]) -> dict[str, float]:
    """Read each set and score what it has gold labels for; a figure's name starts with that of its set."""
    figures = {}
    for name, documents in sets.items():
        readings = [decoder.read(document.text, document.words, network) for document in documents]
        found = score_documents(documents, readings)
        figures |= {f"{name} {figure}": round(value, 2) for figure, value in found.items()}
    return figures


def score_documents(documents: Sequence[Document], readings: Sequence[Reading]) -> dict[str, float]:
    """The figures of one set, from raw text."""
    if documents[0].attributions is not None:
        gold = [document.attributions or [] for document in documents]
        found = [reading.attributions for reading in readings]
        return score_attributions([document.text for document in documents], gold, found)
    syntax = score_syntax([document.syntax for document in documents], [reading.syntax for reading in readings])
    entities = score_entities([document.entities for document in documents], [reading.entities for reading in readings])
    return syntax | {f"ent {label}": value for label, value in entities.items()}
