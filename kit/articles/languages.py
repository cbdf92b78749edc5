"""Which language a text is in: English is what the kit reads claims in.

py3langid (BSD, by trafilatura's author, one 5 MB wheel that needs numpy only) knows 142 languages. lingua is as good on
articles and has 96 MB; langdetect differs from run to run. Where it wavers between close relatives, as it does with
Chinese, they count as one; a text in another script than the Latin one is not English, however much it wavers.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from functools import cache
from typing import Any

_SAMPLE = 20_000  # characters: more changes nothing
_WORDS = 20  # fewer are too few to say: headlines, tables, names
_SURE = 0.9
_MEMBERS = {"wuu": "zh", "yue": "zh", "arz": "ar", "ary": "ar", "hbo": "he", "uzs": "uz", "grc": "el"}  # of a language
_NAMES = {
    **{"ar": "Arabic", "de": "German", "es": "Spanish", "fa": "Persian", "fr": "French", "he": "Hebrew", "hi": "Hindi"},
    **{"it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese"},
    **{"ro": "Romanian", "ru": "Russian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu"},
    **{"zh": "Chinese", "id": "Indonesian", "el": "Greek", "cs": "Czech", "hu": "Hungarian", "sr": "Serbian"},
}


def recognise_language(text: str) -> str | None:
    """The ISO 639-1 code of the text's language; ``None`` for a text that is too short or too mixed to say."""
    letters = "".join(char if char.isalpha() else " " for char in text[:_SAMPLE])
    distinct = {word.casefold() for word in letters.split()}
    if len(distinct) < _WORDS and sum(map(len, distinct)) < 3 * _WORDS:  # a language without spaces has few long words
        return None
    likely: dict[str, float] = defaultdict(float)
    for language, probability in _identifier().rank(text[:_SAMPLE]):
        likely[_MEMBERS.get(language, language)] += probability
    best = max(likely, key=likely.__getitem__)
    if likely[best] >= _SURE:
        return best
    return best if best != "en" and not _is_latin(letters) else None


def _is_latin(letters: str) -> bool:
    """Whether half of the letters or more are Latin ones."""
    sample = [char for char in letters[:2_000] if char != " "]
    return 2 * sum(unicodedata.name(char, "").startswith("LATIN") for char in sample) >= len(sample)


def language_warning(language: str | None) -> tuple[str, ...]:
    """What a reader has to know about the language; nothing for English and where the language is unknown."""
    if language in (None, "en"):
        return ()
    name = _NAMES.get(language, f"another language ({language})")
    return (f"the article seems to be in {name}: claims are read in English only, figures only in digits",)


def none_found(language: str | None, words: str) -> str:
    """What to say where a reading of a text in this language holds nothing: ``words`` only where it was looked for."""
    if language in (None, "en"):
        return words
    name = _NAMES.get(language, f"another language ({language})")
    return (
        f"Nothing is listed: the article seems to be in {name}, and claims, sources and dates are read in English only."
    )


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
