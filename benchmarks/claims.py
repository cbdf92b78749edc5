"""Claims on the development set of PolNeAR, beside textacy's direct quotations, in one run.

Run it from the checkout: ``python benchmarks/claims.py DATA [--most N]``, DATA as in ``training/README.md``. The peer
is left out with a line that says so where textacy is not installed (``pip install textacy``).
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from spacy.tokens import Doc

from kit.articles import read_article
from kit.claims import extract_claims, extract_voices
from kit.english.reading import Attribution
from kit.pipeline import load_pipeline
from kit.records import Claim
from kit.segments import make_doc
from kit.sources import extract_sources
from training.claim_score import score_claims
from training.corpora import Document, read_polnear
from training.score import score_attributions

FIGURES = ("linked", "direct", "mixed", "indirect", "exact", "source", "cue", "content")
QUOTES = str.maketrans("“”«»", '""""')


def to_attributions(claims: Iterable[Claim]) -> list[Attribution]:
    """What the scorers compare: claims that cite somebody, and do not stand inside another (PolNeAR marks none)."""
    return [
        Attribution(
            ((claim.source.start_char, claim.source.end_char),) if claim.source else (),
            ((claim.cue.start_char, claim.cue.end_char),) if claim.cue else (),
            tuple((span.start_char, span.end_char) for span in claim.content),
        )
        for claim in claims
        if claim.voice == "attributed" and claim.parent is None
    ]


def score(documents: list[Document], predicted: list[list[Attribution]]) -> dict[str, float]:
    """All figures of the claims issue."""
    texts, gold = [d.text for d in documents], [d.attributions or [] for d in documents]
    return score_attributions(texts, gold, predicted) | score_claims(texts, gold, predicted)


def read_with_textacy(doc: Doc) -> list[Attribution]:
    """Textacy's direct quotations, its marks made straight and an odd one dropped, which it would refuse."""
    from textacy.extract import direct_quotations

    found = []
    for quote in direct_quotations(doc):
        groups = (
            ([token.idx, token.idx + len(token)] for token in quote.speaker),
            ([token.idx, token.idx + len(token)] for token in quote.cue),
        )
        source, cue = (tuple(tuple(pair) for pair in group) for group in groups)
        found.append(Attribution(source, cue, ((quote.content.start_char, quote.content.end_char),)))
    return found


def main() -> None:
    """Print one column per system."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--most", type=int, default=None, help="articles")
    options = parser.parse_args()
    documents = read_polnear(options.data / "polnear" / "dev")[: options.most]
    if not documents:
        parser.error(f"no articles in {options.data / 'polnear' / 'dev'}: DATA is the folder that holds polnear/")
    nlp = load_pipeline()
    columns: dict[str, dict[str, float]] = {}
    reading, after = 0.0, 0.0
    predicted = []
    for document in documents:  # both in turn, so that a busy machine slows both alike
        started = time.process_time()
        doc = make_doc(nlp, read_article(document.text))
        read = time.process_time()
        claims = extract_claims(doc)
        extract_voices(doc, claims)
        extract_sources(doc, claims)
        after += time.process_time() - read
        reading += read - started
        predicted.append(to_attributions(claims))
    columns["kit"] = score(documents, predicted) | {"articles/s": len(documents) / (reading + after)}
    try:
        columns["textacy"] = run_peer(documents, read_with_textacy)
    except ImportError:
        print("textacy is not installed: its column is left out")
    print(f"{'':12s}" + "".join(f"{name:>10s}" for name in columns))
    for figure in (*FIGURES, "articles/s"):
        print(f"{figure:12s}" + "".join(f"{column[figure]:10.1f}" for column in columns.values()))
    print(f"claims, voices and sources take {100 * after / reading:.1f} % of the pipeline's time (target: below 10)")


def run_peer(documents: list[Document], read: Callable[[Doc], list[Attribution]]) -> dict[str, float]:
    """A peer on the kit's own parse; an article that it refuses counts as read without a claim."""
    nlp, predicted, refused = load_pipeline(), [], 0
    started = time.process_time()
    for document in documents:
        text = re.sub("''|``", '" ', document.text).translate(QUOTES)
        try:
            predicted.append(read(nlp(text)) if len(text) == len(document.text) else [])
        except ValueError:
            refused += 1
            predicted.append([])
    spent = time.process_time() - started
    if refused:
        print(f"the peer refused {refused} of {len(documents)} articles")
    return score(documents, predicted) | {"articles/s": len(documents) / spent}


if __name__ == "__main__":
    main()
