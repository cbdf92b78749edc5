"""Rules for years and their like: centuries, decades, financial years, quarters, halves and seasons."""

from __future__ import annotations

from datetime import date

from kit.dates import holidays, relative
from kit.dates.calendar_rules import year_of
from kit.dates.grammar import Phrase, near, rule
from kit.dates.meanings import Context, Meaning, Reading, named_season, numbered, on_calendar
from kit.dates.periods import Period, season

_USUAL = range(1900, 2051)  # years that need no preposition
_UNITS_BEFORE = ("$", "€", "£", "¥", "#", ":", ".")
_UNITS_AFTER = ("%", "°", ":")


@rule("(?:early dash?)? year", "the single fourdigit")
def _year(phrase: Phrase) -> Meaning | None:
    word = phrase.words[-1]
    if phrase.first == "the" and phrase.words[1].value != "year":
        return None
    if word.kind == "apostrophe_year" and phrase.prior not in near("year_after"):
        return None
    year = year_of(word)
    if word.kind == "fourdigit" and not _is_year(phrase, year):
        return None
    return on_calendar(lambda _: Period("year", date(year, 1, 1)), "year", absolute=True)


def _is_year(phrase: Phrase, year: int) -> bool:
    """Whether four digits are a year and no price, code or count."""
    if year < 1000 or phrase.prior in _UNITS_BEFORE or phrase.following in _UNITS_AFTER:
        return False
    if phrase.before and phrase.before[-1].kind == "approximate" and phrase.prior not in near("about_a_year"):
        return False  # "more than 2000"
    if len(phrase.words) > 1:  # "early 1998"
        return True
    if phrase.prior in near("codes") or (year not in _USUAL and phrase.prior not in near("old_year_after")):
        return False
    if phrase.prior in ("-", "–", "/"):
        return len(phrase.before) > 1 and phrase.before[-2].kind in ("fourdigit", "month")
    after = phrase.after[0].text if phrase.after else ""
    if after == "-" and len(phrase.after) > 1 and phrase.after[1].text.isupper():
        return False  # "2021-CR-0417"
    counted = after.islower() and after.endswith("s") and after not in ("is", "was", "has", "as", "s")
    return not counted or phrase.prior in near("year_after")  # "2000 soldiers"


@rule("the? (?:early dash?|later)? decade")
def _decade(phrase: Phrase) -> Meaning | None:
    """ "the 1990s", "'90s", "the nineties"."""
    word = phrase.get("decade")
    if (word.value or word.text[0] in "23456789") and phrase.first not in ("the", "early"):
        return None  # "in his 20s"
    digits = int(word.value or "".join(filter(str.isdigit, word.text)))
    start = digits if digits > 99 else digits + (1900 if digits >= 20 else 2000)
    return on_calendar(lambda _: Period("decade", date(start, 1, 1)), "decade", absolute=True)


@rule("the? (?:early dash?)? (?:nth|ordinal|numword dash ordinal) dash? unit")
def _century(phrase: Phrase) -> Meaning | None:
    number = phrase.value("nth", "ordinal") + (phrase.value("numword") or 0)
    if phrase.unit != "century" or not 1 <= number <= 99:
        return None
    return on_calendar(lambda _: Period("century", date((number - 1) * 100 or 1, 1, 1)), "century", absolute=True)


@rule("quarter_code", "the? (?:rank|following) dash? (?:quarter|half)", "the? kept rank (?:quarter|half)")
def _quarter(phrase: Phrase) -> Meaning | None:
    code, number, half = phrase.get("quarter_code"), phrase.rank, phrase.get("half") is not None
    if code:
        number, half = int("".join(filter(str.isdigit, code.text))), "H" in code.text.upper()
    if half:  # of a match, unless a year stands beside it
        return numbered("half", number)._replace(whole=False) if number in (1, 2, -1) else None
    if phrase.get("last"):
        return relative.shifted("last", "quarter")
    return numbered("quarter", number) if number in (1, 2, 3, 4, -1) else None


@rule("(?:the|early){0,2} season (?:of? the? fourdigit)?", "early dash season")
def _season(phrase: Phrase) -> Meaning | None:
    word, year = phrase.get("season"), phrase.get("fourdigit")
    if year:
        return on_calendar(lambda _: season(year.value, word.value), "season", absolute=True)
    alone = len(phrase.words) == 1 and word.text.lower() not in near("always_seasons")
    return named_season(word.value)._replace(whole=not alone or phrase.prior in near("season_after"))


@rule("the? shift season", "the? shift month", "the? shift holiday")
def _shifted_name(phrase: Phrase) -> Meaning | None:
    name = phrase.words[-1]
    if phrase.is_preposition():
        return None
    shifted = {"holiday": holidays.shifted_holiday, "month": relative.shifted_month, "season": relative.shifted_season}
    return shifted[name.kind](phrase.shift, name.value)


@rule("holiday")
def _holiday(phrase: Phrase) -> Meaning:
    return holidays.holiday(phrase.value("holiday"))


@rule("the? fiscal single? year", "the? shift? fiscal single")
def _fiscal_year(phrase: Phrase) -> Meaning | None:
    year = phrase.get("fourdigit", "apostrophe_year")
    if year:
        return _fiscal(on_calendar(lambda _: Period("year", date(year_of(year), 1, 1)), "year"))
    return _fiscal(relative.shifted(phrase.shift or "this", "year")) if phrase.unit == "year" else None


def _fiscal(year: Meaning) -> Meaning:
    """A financial year: ``FY2009``; which days it has, the text does not say."""

    def read(context: Context) -> Reading:
        reading = year.read(context)
        return reading._replace(value=reading.value and f"FY{reading.value}", grain="fiscal year")

    return Meaning("date", "fiscal year", read)


@rule("the? single dash boundary")
def _year_end(phrase: Phrase) -> Meaning | None:
    """ "year-end"."""
    if phrase.unit not in ("month", "quarter", "year"):
        return None
    return relative.shifted("this", phrase.unit)._replace(fits=("year",))
