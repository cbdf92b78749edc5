"""Which language a text is in: English is what the kit reads claims in.

py3langid (BSD, by trafilatura's author, one 5 MB wheel that needs numpy only) knows 97 languages. lingua is as good on
articles and has 96 MB; langdetect differs from run to run.
"""

from __future__ import annotations

from functools import cache
from typing import Any

_SAMPLE = 20_000  # characters: more changes nothing
_WORDS = 20  # fewer are too few to say: headlines, tables, names
_NAMES = {
    **{"ar": "Arabic", "de": "German", "es": "Spanish", "fa": "Persian", "fr": "French", "he": "Hebrew", "hi": "Hindi"},
    **{"it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese"},
    **{"ro": "Romanian", "ru": "Russian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu"},
    **{"zh": "Chinese", "id": "Indonesian", "el": "Greek", "cs": "Czech", "hu": "Hungarian", "sr": "Serbian"},
}


def recognise_language(text: str) -> str | None:
    """The ISO 639-1 code of the text's language; ``None`` for a text that is too short or too mixed to say."""
    words = "".join(char if char.isalpha() else " " for char in text[:_SAMPLE])
    distinct = {word.casefold() for word in words.split()}
    if len(distinct) < _WORDS and sum(map(len, distinct)) < 3 * _WORDS:  # a language without spaces has few long words
        return None
    language, probability = _identifier().classify(text[:_SAMPLE])
    return str(language) if probability >= 0.9 else None


def language_warning(language: str | None) -> tuple[str, ...]:
    """What a reader has to know about the language; nothing for English and where the language is unknown."""
    if language in (None, "en"):
        return ()
    name = _NAMES.get(language, f"another language ({language})")
    return (f"the article seems to be in {name}: claims are read in English only, figures only in digits",)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
