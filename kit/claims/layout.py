"""Claims that the layout marks: "CONTENT: NAME", "NAME: CONTENT", ``"…" – Name``, the turns of a transcript."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Token

from kit.claims.drafts import Draft
from kit.claims.edges import trim_fragment
from kit.claims.quotations import Quotation, find_paragraphs

DASHES = frozenset({"-", "--", "–", "—", "―"})
NAME_WORDS = 8
SHORT = 3  # words of a name that nothing else shows to be one
HEADLINE = 160  # characters
NAMING = frozenset("PROPN NOUN ADJ DET ADP PUNCT PART NUM CCONJ".split())
VERBAL = ("VERB", "AUX")
SEGMENTS = "segments"
FURNITURE = frozenset("read watch listen see note update correction editor photo video live".split())
CAPTIONS = frozenset("image images photo photos picture pictures credit file source graphic video map".split())


def find_by_layout(doc: Doc, quotations: Sequence[Quotation]) -> list[Draft]:
    """Claims of headlines, of quotations that a name is set behind, and of transcripts."""
    kinds = {span.start: span.label_ for span in doc.spans.get(SEGMENTS, ())}
    paragraphs = [(a, b) for a, b in find_paragraphs(doc) if kinds.get(a) != "boilerplate" and a < b]
    turns = [_turn(doc, a, b, quotations) for a, b in paragraphs]
    spoken = [turn for turn in turns if turn is not None]
    found = list(_signed(doc, quotations))
    if len(spoken) > 1 or (spoken and len(paragraphs) == 1):
        _go_on(doc, paragraphs, turns, kinds)
        return found + spoken
    alone = len(paragraphs) == 1
    headlines = [(a, b) for a, b in paragraphs if (alone or kinds.get(a) == "headline") and _is_headline(doc, a, b)]
    return found + [draft for a, b in headlines[:1] for draft in _headline(doc, a, b)]


def _signed(doc: Doc, quotations: Sequence[Quotation]) -> Iterator[Draft]:
    """A quotation with a dash and a name behind it, up to the end of its line."""
    ends = {end for _, end in find_paragraphs(doc)}
    edges = sorted(ends | {quotation.start for quotation in quotations} | {len(doc)})
    for quotation in quotations:
        dash = quotation.end
        while dash < len(doc) and doc[dash].is_space and "\n" not in doc[dash].text:
            dash += 1
        if dash >= len(doc) or doc[dash].text not in DASHES or not quotation.closed:
            continue
        end = next((edge for edge in edges if edge > dash), len(doc))
        start, end = trim_fragment(doc, dash + 1, end)
        if start < end and is_name(doc, start, end, NAME_WORDS + 4):
            words = list(range(quotation.start, quotation.end))
            yield Draft(list(range(start, end)), [dash], words, ["name behind a quotation"])


def _turn(doc: Doc, start: int, end: int, quotations: Sequence[Quotation]) -> Draft | None:
    """ "NAME: what is said", a name in capitals or one that is known as a person, at the start of a paragraph."""
    colon = next((i for i in range(start, min(end, start + NAME_WORDS)) if doc[i].text == ":"), None)
    if colon is None or colon == start or colon + 1 >= end:
        return None
    name = doc[start:colon]
    words = [token for token in name if token.is_alpha]
    loud = any(token.is_upper and (len(token) > 1 or token.text in ("Q", "A")) for token in words)
    titled = all(token.text[0].isupper() for token in words) and any(token.pos_ == "PROPN" for token in words)
    titled = titled and (len(words) <= SHORT or any(token.ent_type_ == "PERSON" for token in words))
    if not words or not (loud or titled) or name[0].lower_ in FURNITURE or words[-1].lower_ in CAPTIONS:
        return None
    first, last = trim_fragment(doc, colon + 1, end)
    ends = doc[last - 1].text in {"?", "!"} or (last < end and doc[last].text in {".", "…", "--", "—"})
    if not ends:
        return None
    return Draft(list(range(start, colon)), [colon], list(range(first, last)), ["turn of a transcript"])


def _go_on(
    doc: Doc, paragraphs: Sequence[tuple[int, int]], turns: Sequence[Draft | None], kinds: Mapping[int, str]
) -> None:
    """Give each turn the paragraphs up to the next turn, to a question from the floor ("Q …") or a stage direction.

    Where only one is named, the paragraphs without a name may be anybody's, as an interviewer's are.
    """
    speaking = None
    floor = {doc[start].text for start, _ in paragraphs} & {"Q"}
    if len({doc[turn.source[0] : turn.source[-1] + 1].text for turn in turns if turn} | floor) < 2:
        return
    for (start, end), turn in zip(paragraphs, turns, strict=True):
        if turn is not None or kinds.get(start) == "headline":
            speaking = turn
            continue
        first, last = trim_fragment(doc, start, end)
        if first == last or doc[first].text in ("Q", "A", "(", "[", "#") or doc[first:last].text.isupper():
            speaking = None
        elif speaking is not None:
            speaking.content += range(first, last)


def _is_headline(doc: Doc, start: int, end: int) -> bool:
    last = doc[end - 1] if not doc[end - 1].is_space else doc[max(start, end - 2)]
    return doc[end - 1].idx - doc[start].idx < HEADLINE and last.text not in {".", "…"}


def _headline(doc: Doc, start: int, end: int) -> Iterator[Draft]:
    for mark in range(start + 1, end - 1):
        if doc[mark].text == ":" or (doc[mark].text in {"–", "—"} and doc[mark - 1].whitespace_):
            for name, content, why in (
                ((mark + 1, end), (start, mark), "name behind the colon of a headline"),
                ((start, mark), (mark + 1, end), "name before the colon of a headline"),
            ):
                source, said = trim_fragment(doc, *name), trim_fragment(doc, *content)
                before = name[0] == start and source[1] - source[0] == 1
                topic = before and (doc[source[0]].ent_type_ == "LOC" or is_topic(doc[source[0]]))
                if is_name(doc, *source, NAME_WORDS) and is_saying(doc, *said) and not topic:
                    yield Draft(list(range(*source)), [mark], list(range(*said)), [why])
                    return


def is_name(doc: Doc, start: int, end: int, most: int) -> bool:
    """Whether words may name a source: a short noun phrase without a verb."""
    words = [token for token in doc[start:end] if not token.is_space]
    if not 0 < len(words) <= most or words[0].lower_ in FURNITURE:
        return False
    nominal = any(token.pos_ in ("PROPN", "NOUN") for token in words)
    named = all(token.pos_ in NAMING or (token.text[0].isupper() and token.pos_ not in VERBAL) for token in words)
    return nominal and named and not _number(words)


def is_topic(word: Token) -> bool:
    """Whether a word before a colon tells what it is about: "Cycling: Brandvik wins"."""
    return word.lower_.endswith("ing") and word.ent_type_ not in ("PERSON", "ORG")


def is_saying(doc: Doc, start: int, end: int) -> bool:
    """Whether words say something: a verb or participle, a quotation, or several words."""
    words = doc[start:end]
    return len(words) > 1 and (any(token.pos_ in VERBAL or token.is_quote for token in words) or len(words) > 3)


def _number(words: Sequence[Token]) -> bool:
    return all(token.like_num or token.is_punct for token in words)


def give_way(doc: Doc, drafts: Sequence[Draft], found: Draft) -> list[Draft]:
    """The drafts without the words that the layout gives to a claim, and without those it replaces.

    A reporting verb inside what is said stays, as a claim within the claim.
    """
    said, words = set(found.content), set(found.words)
    kept = []
    for draft in drafts:
        is_inside = draft.cue and all(word in said for word in (*draft.cue, *draft.content))
        if not is_inside:
            draft.content = [word for word in draft.content if word not in words]
            draft.source = [word for word in draft.source if word not in words]
        if draft.content and not set(draft.cue) & set(found.cue):
            kept.append(draft)
    return kept
