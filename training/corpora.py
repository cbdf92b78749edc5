"""Read the corpora into one form: documents of words with offsets and, per task, one label a word or ``None``.

In: spaCy DocBins (Universal Dependencies, entities) and PolNeAR (brat standoff). Out: :class:`Document`. Words are
those of the tokenizer the kit runs with; a gold label whose token was cut otherwise is missing, not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Token

from kit.english.lemmas import Lexicon, find_lexicon, find_rule
from kit.english.tokenizer import build_tokenizer
from training.score import Analysis, Attribution, Offsets, align_words

ENTITIES = ("PERSON", "ORG", "LOC")
ROLE_LABELS = ("O", "source", "cue", "content")
_SPAN = re.compile(r"(T\d+)\t(\w\S*) ([\d ;]+)(?:\t|$)")
_EVENT = re.compile(r"E\d+\t(.+)")


@dataclass
class Document:
    """A text, its words, their labels, and the gold analyses that the scorers read."""

    name: str
    text: str
    words: list[Offsets]
    labels: dict[str, list] = field(default_factory=dict)
    syntax: Analysis | None = None
    entities: list[tuple[int, int, str]] | None = None
    attributions: list[Attribution] | None = None


def find_words(text: str) -> list[Offsets]:
    """The offsets of the words of a text; white space is no word."""
    return [(t.idx, t.idx + len(t)) for t in _blank().make_doc(text) if not t.is_space]


@lru_cache(maxsize=1)
def _blank() -> Language:
    nlp = spacy.blank("en")
    nlp.tokenizer = build_tokenizer(nlp)
    return nlp


def read_corpus(settings: dict[str, Any], data: Path) -> list[Document]:
    """The documents of a corpus of the configuration; ``data`` is the folder that its path starts from."""
    path = data / settings["path"]
    if path.is_dir():
        return read_polnear(path)
    return read_docbin(path, tasks=settings["tasks"], join=settings.get("join", 1))


def collect_lexicon(documents: Iterable[Document]) -> Lexicon:
    """The lemmas of the documents that have some."""
    golds = [document.syntax for document in documents if document.syntax and "lemma" in document.labels]
    pairs = ((gold.text, *pair) for gold in golds for pair in zip(gold.words, gold.lemma, strict=True))
    return find_lexicon((text[start:end], lemma) for text, (start, end), lemma in pairs)


def read_docbin(path: Path, *, tasks: Sequence[str], join: int = 1) -> list[Document]:
    """The documents of a DocBin.

    Args:
        path: The file.
        tasks: Which labels to take; the others are missing.
        join: So many neighbouring documents become one (for files that hold a sentence each).
    """
    nlp = _blank()
    docs = [doc for doc in DocBin().from_disk(path).get_docs(nlp.vocab) if doc.text.strip()]
    groups = [docs[i : i + join] for i in range(0, len(docs), join)]
    joined = [group[0] if len(group) == 1 else Doc.from_docs(group, ensure_whitespace=True) for group in groups]
    return [_convert(doc, f"{path.stem}/{number}", tasks) for number, doc in enumerate(joined)]


def read_polnear(folder: Path) -> list[Document]:
    """The articles of a split of PolNeAR, each with the attributions of its first annotator."""
    documents = []
    for path in sorted((folder / "text").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        marks = sorted(
            p
            for p in (folder / "attributions").glob("*.ann")
            if re.fullmatch(rf"{re.escape(path.stem)}_\w{{4}}", p.stem)
        )
        if marks:
            attributions = parse_standoff(marks[0].read_bytes().decode("utf-8"))
            words = find_words(text)
            labels = label_roles(words, attributions)
            documents.append(Document(path.stem, text, words, labels, attributions=attributions))
    return documents


def parse_standoff(annotation: str) -> list[Attribution]:
    """The attributions of a brat file. Lines end at line feeds only; what a raw one cuts off is skipped."""
    lines = annotation.split("\n")
    spans = {}
    for line in lines:
        if match := _SPAN.match(line):
            fragments = (fragment.split() for fragment in match[3].split(";"))
            spans[match[1]] = [(int(start), int(end)) for start, end in fragments]
    found = []
    for line in lines:
        if match := _EVENT.match(line):
            parts: dict[str, list[Offsets]] = {"source": [], "cue": [], "content": []}
            for role, mark in (part.split(":") for part in match[1].split()):
                if (name := role.rstrip("0123456789").lower()) in parts:
                    parts[name] += spans.get(mark, [])
            found.append(Attribution(**{name: tuple(sorted(offsets)) for name, offsets in parts.items()}))
    return found


def label_roles(words: Sequence[Offsets], attributions: Sequence[Attribution]) -> dict[str, list]:
    """The role of each word, and the index of the first word of the cue it belongs to (``None``: no cue)."""
    roles: list[str] = ["O"] * len(words)
    cues: list[int | None] = [None] * len(words)
    for item in attributions:
        indices = {role: list(_overlapping(words, getattr(item, role))) for role in ("content", "source", "cue")}
        anchor = indices["cue"][0] if indices["cue"] else None
        for role, chosen in indices.items():  # source and cue win over content
            for index in chosen:
                roles[index], cues[index] = role, anchor
    return {"role": roles, "cue": cues}


def _overlapping(words: Sequence[Offsets], spans: Sequence[Offsets]) -> Iterator[int]:
    for index, (start, end) in enumerate(words):
        if any(a < end and b > start for a, b in spans):
            yield index


def _convert(doc: Doc, name: str, tasks: Sequence[str]) -> Document:
    """A DocBin's document on our own words."""
    tokens = [token for token in doc if not token.is_space]
    gold = _read_analysis(doc, tokens)
    words = find_words(doc.text)
    pairs = {mine: theirs for theirs, mine in align_words(doc.text, gold.words, words).items()}
    labels = {task: values for task, values in _project(gold, words, pairs).items() if task in tasks}
    entities = [(e.start_char, e.end_char, e.label_) for e in doc.ents if e.label_ in ENTITIES]
    if "ent" in tasks:
        labels["ent"] = label_entities(words, tokens, entities)
    return Document(name, doc.text, words, labels, syntax=gold, entities=entities)


def _read_analysis(doc: Doc, tokens: Sequence[Token]) -> Analysis:
    places = {token.i: index for index, token in enumerate(tokens)}
    return Analysis(
        doc.text,
        [(t.idx, t.idx + len(t)) for t in tokens],
        [bool(t.is_sent_start) for t in tokens],
        [t.tag_ for t in tokens],
        [t.pos_ for t in tokens],
        [t.lemma_ for t in tokens],
        [places.get(t.head.i, index) for index, t in enumerate(tokens)],
        [t.dep_ for t in tokens],
    )


def _project(gold: Analysis, words: Sequence[Offsets], pairs: dict[int, int]) -> dict[str, list]:
    """Gold labels on our words. A head whose token was cut otherwise becomes the first word that overlaps it."""
    firsts = _first_overlaps(gold.words, words)
    aligned = [pairs.get(index) for index in range(len(words))]
    starts = {gold.words[index][0] for index, start in enumerate(gold.starts) if start}
    forms = [gold.text[start:end] for start, end in words]

    def take(values: Sequence, convert=lambda value, index: value) -> list:
        return [None if a is None or values[a] == "" else convert(values[a], i) for i, a in enumerate(aligned)]

    return {
        "xpos": take(gold.xpos),
        "upos": take(gold.upos),
        "lemma": take(gold.lemma, lambda lemma, index: find_rule(forms[index], lemma)),
        "sent": [int(start in starts) for start, _ in words],
        "head": take(gold.head, lambda head, index: firsts[head]),
        "dep": take(gold.dep),
    }


def _first_overlaps(gold: Sequence[Offsets], words: Sequence[Offsets]) -> list[int]:
    """For each gold token the first word that shares a character with it."""
    found, index = [], 0
    for start, _ in gold:
        while index < len(words) - 1 and words[index][1] <= start:
            index += 1
        found.append(index)
    return found


def label_entities(
    words: Sequence[Offsets], tokens: Sequence[Token], entities: Sequence[tuple[int, int, str]]
) -> list[str | None]:
    """BIO tags of our words; missing where the corpus says missing."""
    unknown = [(t.idx, t.idx + len(t)) for t in tokens if t.ent_iob == 0]
    tags: list[str | None] = ["O"] * len(words)
    for index in _overlapping(words, unknown) if unknown else ():
        tags[index] = None
    for start, end, label in entities:
        inside = [index for index, (a, b) in enumerate(words) if a < end and b > start]
        for index in inside:
            tags[index] = ("B-" if index == inside[0] else "I-") + label
    return tags
