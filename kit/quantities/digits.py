"""Figures in digits, in a text of any language: the number alone, without what it counts, its bound or its reporter.

In: an :class:`~kit.records.Article` that is not English. Out: :class:`~kit.records.Quantity`s in reading order. Years,
dates, times and numbers inside words and addresses are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import prod

from kit.records import Article, Quantity, record_id

_CJK = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"  # written without blanks around a number
_NUMBER = re.compile(
    rf"(?<![^\W{_CJK}\u0621-\u064a])(?<![.,\u066b\u066c:/@#+-])"
    rf"(\d{{1,3}}(?:[.,\u066c\u0027\u2019\u00a0\u202f ]\d{{3}})+(?!\d)|\d{{1,15}})"
    rf"([.,\u066b]\d{{1,2}})?(\s?[%\u066a])?([千万萬億亿兆만억조]*)(?![^\W{_CJK}]|[:/@年月日号號時时分년월일시분-]|[.,\u066b\u066c]\d)"
)
_TIMES = {"千": 1e3, "万": 1e4, "萬": 1e4, "만": 1e4, "億": 1e8, "亿": 1e8, "억": 1e8, "兆": 1e12, "조": 1e12}
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
            times = int(prod(_TIMES[word] for word in found[4]))
            value = float(whole + part) * times if part else int(whole) * times
            unit = "percent" if found[3] else None
            identifier = record_id(article.text, "quantity", found.start(), found.end())
            yield Quantity(
                found.start(), found.end(), found[0], id=identifier, value=value, low=value, high=value, unit=unit
            )


# Arabic-Indic, Persian and Devanagari digits; the Arabic separators of thousands and decimals.
_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९٬٫٪", "012345678901234567890123456789,.%")
