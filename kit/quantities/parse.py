"""The parse of a ``Doc`` as plain lists, made once per article: looking things up there costs little.

In: a parsed ``Doc``. Out: a :class:`Parse`. Words are known by their index; ``head[i] == i`` is a root.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping

from spacy.tokens import Doc

from kit.records import Span

_INFLECTED = frozenset({"VERB", "AUX", "ADJ"})
_AMOUNTS = frozenset("% percent cent point points $ € £ dollars euros pounds people person".split())
_TRANSPARENT = frozenset(
    "total number group pair team majority rest many much more most fewer less least few half dozens others party "
    "crowd".split()
)


class Parse:
    """Words, tags, heads and children of a ``Doc``; ``forms`` are lemmas of words that rules get wrong ("shrank")."""

    def __init__(self, doc: Doc, forms: Mapping[str, str]) -> None:
        self.doc, self.text = doc, doc.text
        self.starts = [token.idx for token in doc]
        self.ends = [token.idx + len(token) for token in doc]
        self.lower = [token.lower_ for token in doc]
        self.pos = [token.pos_ for token in doc]
        self.tag = [token.tag_ for token in doc]
        self.dep = [token.dep_ for token in doc]
        self.lemma = [
            forms.get(word, token.lemma_.lower()) if pos in _INFLECTED else token.lemma_.lower()
            for word, pos, token in zip(self.lower, self.pos, doc, strict=True)
        ]
        self.head = [token.head.i for token in doc]
        self.children: list[list[int]] = [[] for _ in self.starts]
        for index, head in enumerate(self.head):
            if head != index:
                self.children[head].append(index)
        self.entity = {i: (ent.label_, ent.start, ent.end) for ent in doc.ents for i in range(ent.start, ent.end)}

    def at(self, char: int) -> int:
        """The word that holds this character, or the one before it."""
        return max(0, bisect_right(self.starts, char) - 1)

    def words(self, start: int, end: int) -> range:
        """The words that touch these characters."""
        return range(self.at(start), bisect_left(self.starts, end))

    def child(self, word: int, *deps: str) -> int | None:
        """The first child with one of these relations."""
        return next((child for child in self.children[word] if self.dep[child] in deps), None)

    def all(self, word: int, *deps: str) -> list[int]:
        """Every child with one of these relations."""
        return [child for child in self.children[word] if self.dep[child] in deps]

    def case(self, word: int) -> str:
        """The prepositions of a noun, joined: "out of"."""
        return " ".join(
            self.lower[child] for child in self.children[word] if self.dep[child] == "case" and child < word
        )

    def first_of_list(self, word: int) -> int:
        """The first member of the list that a word stands in, or what it is a part of: "a total of 73 rebels"."""
        for _ in range(200):
            head = self.head[word]
            listed = self.dep[word] in ("conj", "appos") and self.pos[head] not in ("VERB", "AUX")
            if (
                self.dep[word] == "nmod"
                and (self.pos[head] == "NUM" or self.lower[head] in _AMOUNTS)
                and self.case(word) in ("to", "from")
            ):
                listed = True  # "by 12 to 300"
            if not listed and not (
                self.dep[word] in ("nmod", "obl", "nummod") and self.lower[head] in _TRANSPARENT and head != word
            ):
                return word
            word = head
        return word

    def edges(self, word: int, *, without: frozenset[str] = frozenset()) -> tuple[int, int]:
        """First and last word of what hangs on a word, without some relations; at most 60 words."""
        first = last = word
        waiting, seen = [word], 0
        while waiting and seen < 60:
            one = waiting.pop()
            seen += 1
            first, last = min(first, one), max(last, one)
            waiting += [
                child for child in self.children[one] if self.dep[child] not in without and self.pos[child] != "SPACE"
            ]
        return first, last

    def span(self, first: int, last: int) -> Span | None:
        """The characters of words ``first`` to ``last`` without punctuation at the ends."""
        while first < last and (self.pos[last] in ("PUNCT", "SPACE") or self.text[self.starts[last]] in ",;:"):
            last -= 1
        while first < last and self.pos[first] in ("PUNCT", "SPACE"):
            first += 1
        start, end = self.starts[first], self.ends[last]
        return Span(start, end, self.text[start:end]) if end > start else None

    def noun_phrase(self, word: int) -> Span | None:
        """A noun with its modifiers, without prepositions, clauses, appositions and further members of a list."""
        first, last = self.edges(word, without=_BEYOND | ({"case"} if self.dep[word] != "nmod:poss" else frozenset()))
        if self.dep[word] == "nmod:poss" and self.lower[last] in ("'s", "’s", "'", "’"):
            last -= 1
        return self.span(first, max(first, last))


_BEYOND = frozenset(
    "acl acl:relcl appos conj cc punct parataxis advcl advmod mark cop aux nsubj obl obl:agent dep ccomp "
    "discourse".split()
)
