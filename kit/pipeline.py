"""``load_pipeline()``: the English that ships with the kit, as a spaCy pipeline.

In: nothing to choose, nothing to download. Out: a :class:`spacy.language.Language` whose ``Doc``s carry tags, lemmas,
a Universal Dependencies parse, sentences, entities, and who says what (``doc.spans["attributions"]``): see
:mod:`kit.english`. Sentences end where segments end, or lines where a ``Doc`` has no segments.
"""

from __future__ import annotations

from functools import lru_cache

import spacy
from spacy.language import Language

from kit.english import component, tokenizer, weights  # noqa: F401  (the first two register what is named below)

CONFIG = {"nlp": {"tokenizer": {"@tokenizers": "kit.english.v1"}}}


@lru_cache(maxsize=1)
def load_pipeline() -> Language:
    """The pipeline, made once per process and shared."""
    nlp = spacy.blank("en", config=CONFIG)
    nlp.add_pipe(component.NAME)
    meta = weights.read_meta()
    nlp.meta["name"], nlp.meta["version"] = meta["name"], meta["version"]
    return nlp
