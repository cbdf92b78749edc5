"""Figures in digits, in a text of any language: the number alone, without what it counts, its bound or its reporter.

In: an :class:`~kit.records.Article` that is not English. Out: :class:`~kit.records.Quantity`s in reading order. Years,
dates, times and numbers inside words and addresses are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.records import Article, Quantity, record_id

_NUMBER = re.compile(
    r"(?<![\w.,:/@#+-])(\d{1,3}(?:[.,\u0027\u2019\u00a0\u202f ]\d{3})+(?!\d)|\d{1,15})"
    r"([.,]\d{1,2})?(\s?%)?(?![\w:/@-]|[.,]\d)"
)
_YEAR = re.compile(r"(1[5-9]|20)\d\d")


def extract_digits(article: Article) -> Iterator[Quantity]:
    """Every number in digits outside page furniture; ``unit`` is set for percentages only."""
    for segment in article.segments:
        if segment.kind == "boilerplate":
            continue
        for found in _NUMBER.finditer(article.text, segment.start_char, segment.end_char):
            if _YEAR.fullmatch(found[0]):
                continue
            whole = re.sub(r"\D", "", found[1].translate(_WESTERN))
            part = (found[2] or "").translate(_WESTERN).replace(",", ".")
            value = float(whole + part) if part else int(whole)
            unit = "percent" if found[3] else None
            identifier = record_id(article.text, "quantity", found.start(), found.end())
            yield Quantity(
                found.start(), found.end(), found[0], id=identifier, value=value, low=value, high=value, unit=unit
            )


# Arabic-Indic, Persian and Devanagari digits; the Arabic separators of thousands and decimals.
_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९٬٫", "012345678901234567890123456789,.")
