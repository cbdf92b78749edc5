"""Words in, numbers for the encoder out: wordpieces with exact word boundaries, and a few features of the writing.

The encoder is uncased, so capitals travel as a shape; curly quotation marks are spelled straight and travel as
opening or closing; line breaks travel as gaps. All of it is linear in the length of the text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from kit.english.reading import Offsets

MOST_PIECES = 8  # of one word: the first ones and the last two, for words of any length
LONGEST_WORD = 64  # characters that are cut into pieces, for the same reason
QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "`": "'"})
OPENING, CLOSING, STRAIGHT = frozenset("“„«‘"), frozenset("”»’"), frozenset("\"'`")
SHAPES = (
    "other lower upper initial title mixed number alnum open close stop bracket unbracket comma dash special".split()
)
GAPS = ("none", "space", "line")
FEATURES = {"shape": len(SHAPES), "gap": len(GAPS), "quoted": 2}


@dataclass
class Encoded:
    """A text, word by word: its wordpieces, and one number per feature."""

    pieces: list[list[int]]
    features: dict[str, list[int]]

    @cached_property
    def ends(self) -> list[int]:
        """The number of wordpieces up to and with each word."""
        return np.cumsum([len(word) for word in self.pieces]).tolist()


@dataclass
class Window:
    """What the encoder reads at once: words ``start`` to ``stop``, the first ``context`` of them read before."""

    start: int
    stop: int
    context: int = 0


class Encoder:
    """Cuts words into the wordpieces of a ``tokenizer.json``."""

    def __init__(self, path: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(path))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.first, self.last, self.unknown, self.mask = (
            self.tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]", "[UNK]", "[MASK]")
        )

    def encode(self, text: str, words: Sequence[Offsets], lines: Collection[int] | None = None) -> Encoded:
        """The wordpieces and features of a text.

        Args:
            text: The text.
            words: The offsets of its words.
            lines: Indices of the words that start a line, for whoever knows better than the line breaks do.
        """
        forms = [text[start:end] for start, end in words]
        shown = [form[:LONGEST_WORD].translate(QUOTES) for form in forms]
        encoding = self.tokenizer.encode(shown, is_pretokenized=True, add_special_tokens=False)
        pieces: list[list[int]] = [[] for _ in words]
        for word, piece in zip(encoding.word_ids, encoding.ids, strict=True):
            pieces[word].append(piece)
        pieces = [_shorten(found) or [self.unknown] for found in pieces]
        gaps = _gaps(text, words)
        if lines is not None:
            gaps = [2 if index == 0 or index in lines else min(gap, 1) for index, gap in enumerate(gaps)]
        marks = [_quote(text, *word) for word in words]
        shapes = [SHAPES.index(mark or find_shape(form)) for mark, form in zip(marks, forms, strict=True)]
        return Encoded(pieces, {"shape": shapes, "gap": gaps, "quoted": _quoted(forms, marks, gaps)})

    def arrays(self, encoded: Encoded, window: Window) -> dict[str, np.ndarray]:
        """What the network is fed for a window: ids and features per piece, first and last piece per word."""
        words = range(window.start, window.stop)
        ids, first, last = [self.first], [], []
        features: dict[str, list[int]] = {name: [0] for name in FEATURES}
        features["shape"][0] = SHAPES.index("special")
        for word in words:
            first.append(len(ids))
            ids += encoded.pieces[word]
            last.append(len(ids) - 1)
            for name, values in features.items():
                values += [encoded.features[name][word]] * len(encoded.pieces[word])
        ids.append(self.last)
        for values in features.values():
            values.append(values[0])
        named = {"ids": ids, **features, "first": first, "last": last}
        return {name: np.array(values, dtype=np.int64) for name, values in named.items()}


def find_windows(encoded: Encoded, *, most: int, overlap: int = 0, first: int | None = None) -> Iterator[Window]:
    """Cut a text into windows, at a line break or sentence end near the limit where there is one.

    Args:
        encoded: The text.
        most: Wordpieces of a window at most; one word may exceed it.
        overlap: Wordpieces of context, from before the window, that the window repeats.
        first: A lower limit for the first window, so that training meets other cuts each time.
    """
    ends, start, context = encoded.ends, 0, 0
    while start < len(ends):
        limit = (first or most) if start == 0 else most
        before = ends[context - 1] if context else 0
        stop = start + 1
        while stop < len(ends) and ends[stop] - before <= limit:
            stop += 1
        stop = _cut(encoded, start, stop)
        yield Window(context, stop, start - context)
        start = context = stop
        while context > 0 and ends[start - 1] - (ends[context - 2] if context > 1 else 0) <= overlap:
            context -= 1


def find_shape(form: str) -> str:
    """How a word is written, as one of :data:`SHAPES`."""
    if form.isalpha():
        if form.islower():
            return "lower"
        if form.isupper():
            return "upper" if len(form) > 1 else "initial"
        return "title" if form[0].isupper() and form[1:].islower() else "mixed"
    if form[0].isdigit() or form[-1].isdigit():
        return "number" if not any(c.isalpha() for c in form) else "alnum"
    if any(c.isalpha() for c in form):
        return "title" if form[0].isupper() else "lower" if form.islower() else "mixed"
    for shape, characters in (
        ("stop", ".!?…"),
        ("bracket", "([{"),
        ("unbracket", ")]}"),
        ("comma", ",;:"),
        ("dash", "-–—"),
    ):
        if form[0] in characters:
            return shape
    return "other"


def _shorten(pieces: list[int]) -> list[int]:
    return pieces if len(pieces) <= MOST_PIECES else pieces[: MOST_PIECES - 2] + pieces[-2:]


def _gaps(text: str, words: Sequence[Offsets]) -> list[int]:
    """Per word what stands before it: nothing, white space or a line break (as at the start of the text)."""
    gaps, last = [], 0
    for start, end in words:
        between = text[last:start]
        gaps.append(2 if last == 0 or "\n" in between or "\r" in between else int(bool(between)))
        last = end
    return gaps


def _quote(text: str, start: int, end: int) -> str | None:
    """Whether a word is an opening or a closing quotation mark; straight ones are judged by the space around."""
    form = text[start:end]
    if form[0] in OPENING and len(form) <= 2:
        return "open"
    if form in CLOSING or form in ("''", "’’"):
        return "close"
    if form[0] not in STRAIGHT or len(form) > 2 or form[-1] not in STRAIGHT:
        return None
    spaced = start == 0 or text[start - 1].isspace() or text[start - 1] in "([{—–-"
    return "open" if spaced and end < len(text) and not text[end].isspace() else "close"


def _quoted(forms: Sequence[str], marks: Sequence[str | None], gaps: Sequence[int]) -> list[int]:
    """Per word whether it stands between double quotation marks; a new line starts outside."""
    state, found = 0, []
    for form, mark, gap in zip(forms, marks, gaps, strict=True):
        if gap == GAPS.index("line"):
            state = 0
        if (mark and form.translate(QUOTES)[0] == '"') or form in ("``", "''"):
            state = int(mark == "open")
        found.append(state)
    return found


def _cut(encoded: Encoded, start: int, stop: int) -> int:
    """The best place to cut in the last third: before a line, else after a sentence's last mark, else the limit."""
    if stop == len(encoded.pieces):
        return stop
    shapes, gaps = encoded.features["shape"], encoded.features["gap"]
    earliest = start + max(1, 2 * (stop - start) // 3)
    for place in range(stop, earliest - 1, -1):
        if gaps[place] == GAPS.index("line"):
            return place
    for place in range(stop, earliest - 1, -1):
        ends = shapes[place - 1] == SHAPES.index("stop")
        closes = shapes[place - 1] == SHAPES.index("close") and shapes[place - 2] == SHAPES.index("stop")
        if (ends or closes) and gaps[place] and shapes[place] != SHAPES.index("close"):
            return place
    return stop
