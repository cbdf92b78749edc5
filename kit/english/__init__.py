"""The English that ships with the kit: trained weights, and a spaCy component that reads with them.

How a text is read, file by file::

    text ─ tokenizer ─> words ─ encoding ─> windows ─ weights ─> scores ─ decoding ─> Reading ─ component ─> Doc
                                                                     (trees, links, lemmas)

:mod:`~kit.english.reading` holds what comes out, :mod:`~kit.english.index` what many rules ask of every word,
:mod:`~kit.english.weights` finds the files, ``MODEL_CARD.md`` says
what they were trained on and how good they are. ``training/`` in the repository made them, with the same code from
words to windows and from scores to readings.

Usable in any spaCy pipeline once the kit is installed::

    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kit.english.v1"}}})
    nlp.add_pipe("kit_english")
"""
