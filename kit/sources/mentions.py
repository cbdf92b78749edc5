"""One mention of a source: its words, the noun phrase in them and the word that the others hang on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Token

from kit.records import Span
from kit.sources.words import EDGES, GENITIVE, NOMINAL, is_capital, lists, noun_of, singular

RELATIVE = frozenset({"WP", "WDT"})
MODIFYING = frozenset({"compound", "amod", "nmod:poss", "nmod", "nmod:desc"})
VAGUE = frozenset({"former", "acting", "own", "senior", "local"})
CLAUSES = frozenset({"VBD", "VBZ", "VBP", "MD", "WP", "WDT", "WP$", "VBG"})


@dataclass
class Mention:
    """A mention while its source is being looked for.

    Attributes:
        span: the characters, as the claim has them.
        words: the tokens, without white space.
        core: the noun phrase alone, without apposition, clause and time.
        head: the word that the others hang on.
        name: the words of a person's name, without titles.
        proper: the words of a body's name.
        roles: (noun, its modifiers in lower case) of every title and description.
        owner: the word that the head belongs to ("the court" of "the court's president").
        cited: whether it is the source of a claim. inside: whether it stands inside what somebody else says.
        definite: whether it means one that is known even without an article: the "ministry" in "a ministry official".
        told_by: where the source starts whose quoted words these are: that one says "I" of itself, not "he".
        at: the number of its sentence, quoted ones counting less. weight: its rank in the sentence.
        label: the name of a body that is not written, only implied: the ministry of "the farm minister".
    """

    span: Span
    words: list[Token]
    core: list[Token] = field(default_factory=list)
    head: Token | None = None
    name: tuple[str, ...] = ()
    proper: tuple[str, ...] = ()
    roles: list[tuple[str, frozenset[str]]] = field(default_factory=list)
    owner: Token | None = None
    cited: bool = False
    inside: bool = False
    type: str = "unnamed"
    label: str = ""
    definite: bool = False
    told_by: int = -1
    at: float = 0.0
    weight: float = 0.0

    @cached_property
    def noun(self) -> str:
        """The noun of the head, in lower case."""
        return noun_of(self.head) if self.head is not None else ""

    @cached_property
    def pronoun(self) -> str | None:
        """What a pronoun may refer to: "male", "female", "body" or "many"."""
        words = [token for token in self.core if token.tag_ != GENITIVE]
        return lists().pronouns.get(words[0].lower_) if len(words) == 1 else None

    @property
    def determiner(self) -> str:
        """The first word, where it is one that makes a phrase definite, indefinite or somebody's; else nothing."""
        first = self.core[0] if self.core else None
        if self.definite:
            return "the"
        if first is None or (first is self.head and len(self.core) > 1 and first.pos_ != "DET"):
            return ""
        lower = first.lower_
        if self.owner is not None and self.owner is not self.head:
            return "its"
        if lower in ("the", "this", "that", "these", "those"):
            return "the"
        return "a" if lower in lists().indefinite else ""

    @cached_property
    def is_writing(self) -> bool:
        """Whether the head is a word for something written."""
        return not lists().documents.isdisjoint((self.head.lower_, singular(self.head)))

    @property
    def is_relative(self) -> bool:
        """Whether it is a lone "who" or "which"."""
        return self.head is not None and self.head.tag_ in RELATIVE and len(self.core) == 1

    @cached_property
    def is_pair(self) -> bool:
        """Whether several are named together: "a rebel group and a local doctor"."""
        if self.head is None or self.proper or (self.name and self.head.text not in self.name):
            return False
        return any(child.dep_ == "conj" and child.pos_ in NOMINAL and child in self.core for child in self.head.rights)

    @cached_property
    def modifiers(self) -> frozenset[str]:
        """What stands before the head, without its determiner."""
        return modifiers_of(self.head) if self.head is not None else frozenset()


def find_head(words: Sequence[Token]) -> Token:
    """The word of a phrase that hangs on none of the others: its first noun, else its first word."""
    if len(words) == 1:
        return words[0]
    inside = {token.i for token in words}
    if all(token.dep_ == "ROOT" for token in words):  # no parse
        first = [token for token in words if not token.is_punct] or list(words)
        end = next((i for i, token in enumerate(first) if i and token.lower_ in ("of", "for", "by")), len(first))
        return first[end - 1]
    tops = [token for token in words if token.head.i not in inside or token.head.i == token.i]
    nouns = [token for token in tops if token.pos_ in NOMINAL]
    nouns = nouns or [token for token in words if token.pos_ in NOMINAL and token.head in tops]
    return (nouns or [token for token in tops if token.is_alpha] or tops)[0]


def find_core(words: Sequence[Token], head: Token) -> list[Token]:
    """The words of the noun phrase up to the first comma, clause or time behind its head."""
    if len(words) == 1:
        return list(words)
    times, core = lists().times["words"], []
    keep = head.lower_ in lists().kept_clause
    for token in words:
        if token.i > head.i and not keep:
            after = next((word for word in words if word.i > token.i), None)
            clause = token.tag_ in CLAUSES and token.dep_ not in ("amod", "compound")
            if token.text in EDGES or clause or token.dep_ == "acl" or token.lower_ in times:
                break
            if token.lower_ in ("on", "in") and after is not None and (after.lower_ in times or after.like_num):
                break
            if token.lower_ == "in" and after is not None and not is_capital(after):
                break
        elif (
            not core and token.i < head.i and token.dep_ != "amod" and (token.is_punct or token.pos_ in ("VERB", "ADP"))
        ):
            continue
        core.append(token)
    while core and core[-1].is_punct:
        core.pop()
    return core or list(words)


def modifiers_of(head: Token) -> frozenset[str]:
    """The words before a noun that say which one, in lower case, without determiners and titles' own words."""
    found = [child for child in head.lefts if child.dep_ in MODIFYING]
    if not found:
        return frozenset()
    words = {word.lower_ for child in found for word in (child, *child.lefts) if word.is_alpha and word.pos_ != "DET"}
    return frozenset(words.difference(noun_of(head).split(), VAGUE, lists().pronouns))
