"""Sentences made of our words and of the article's, each part with the mark in the article that it leads to.

In: texts. Out: :class:`Sentence`s. Our own words and the article's are kept apart, so that a page can set them in
different type and a check of our wording never reads a speaker's words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kit.markup import unturned


@dataclass(frozen=True)
class Part:
    """Some words of a sentence.

    Attributes:
        text: the words.
        target: id of the record whose mark in the article they lead to, or ``None``.
        own: our words; ``False`` for the article's, a source's name among them.
    """

    text: str
    target: str | None = None
    own: bool = True


@dataclass(frozen=True)
class Sentence:
    """A sentence, and whether it rests on something that nobody has judged yet."""

    parts: tuple[Part, ...]
    undecided: bool = False

    @property
    def text(self) -> str:
        """The whole sentence as plain text."""
        return "".join(part.text for part in self.parts)

    @property
    def own(self) -> str:
        """Our words in it; what is the article's is a gap."""
        return "".join(part.text if part.own else " … " for part in self.parts)

    @property
    def targets(self) -> tuple[str, ...]:
        """Ids of the records that it leads to."""
        return tuple(dict.fromkeys(part.target for part in self.parts if part.target))


def sentence(*parts: Part | str | Iterable[Part] | None, undecided: bool = False) -> Sentence:
    """A sentence of parts; plain strings are our own words, ``None`` is nothing. It gets its full stop."""
    flat: list[Part] = []
    for part in parts:
        if isinstance(part, str):
            flat.append(Part(part))
        elif isinstance(part, Part):
            flat.append(part)
        elif part is not None:
            flat.extend(part)
    made = tuple(part for part in flat if part.text)
    ended = "".join(part.text for part in made).rstrip("”\"'’) ").endswith((".", "!", "?"))
    return Sentence(made if ended else (*made, Part(".")), undecided)


def quoted(text: str, target: str | None = None) -> Part:
    """The article's words: spaces single, and no control that would turn what stands around them."""
    return Part(" ".join(unturned(text).split()), target, own=False)


def listed(parts: Sequence[Part], word: str = "and") -> list[Part]:
    """Parts as a list: "a, b and c"."""
    found: list[Part] = []
    for i, part in enumerate(parts):
        if i:
            found.append(Part(f" {word} " if i == len(parts) - 1 else ", "))
        found.append(part)
    return found


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: "1 claim", "1,200 claims"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def cut(text: str, words: int, *, keep: Iterable[str] = ()) -> str:
    """At most so many words, and what is in ``keep`` whole: a figure never loses its end."""
    pieces = text.split()
    if len(pieces) <= words + 3:
        return text
    head = " ".join(pieces[:words])
    for kept in keep:
        at = text.find(kept)
        if 0 <= at < len(head) < at + len(kept):
            head = text[: at + len(kept)]
    return f"{head.rstrip(' ,;:–')} …" if len(head) < len(text) else text
