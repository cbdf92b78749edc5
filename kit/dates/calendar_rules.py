"""Rules for dates and months of the calendar, in words and in digits."""

from __future__ import annotations

from datetime import date

from kit.dates.classes import SETS
from kit.dates.grammar import Phrase, rule
from kit.dates.meanings import Context, Meaning, Reading, full_date, month_day, numbered, on_calendar
from kit.dates.periods import Period, exists
from kit.dates.words import Word

_NEW_CENTURY = 30  # two-digit years from here on are the last century's


def year_of(word: Word) -> int:
    """The year of "1998", "'98" or "98"."""
    return word.value if word.kind == "fourdigit" else _in_full(int(word.text[-2:]))


@rule(
    "(?:weekday comma?)? month the? day_number (?:comma? of? fourdigit)?",
    "(?:weekday comma?)? the? day_number of? month (?:comma? of? fourdigit)?",
    "(?:weekday comma?)? day_number dash month dash (?:fourdigit|upto24|upto31|upto59)",
    "month dash? day_number comma apostrophe_year",
    "the ordinal of month (?:comma? fourdigit)?",
)
def _day_of_month(phrase: Phrase) -> Meaning | None:
    day, month = phrase.value("upto12", "upto24", "upto31", "nth", "ordinal"), phrase.value("month")
    year = phrase.get("fourdigit", "apostrophe_year") or (phrase.words[-1] if phrase.get("dash") else None)
    if not 1 <= day <= 31:
        return None
    return full_date(year_of(year), month, day) if year else month_day(month, day)


@rule(
    "month the? day_number (?:dash|to) the? day_number (?:comma? fourdigit)?",
    "between? the? day_number (?:dash|to|and) the? day_number of? month fourdigit?",
)
def _days(phrase: Phrase) -> Meaning | None:
    """ "March 10-15", "between 10 and 15 March": an ISO 8601 interval."""
    first, last = (word.value for word in phrase.words if word.kind in SETS["day_number"])
    if not first < last <= 31 or (phrase.get("and") and not phrase.get("between")):
        return None
    year, month = phrase.value("fourdigit"), phrase.value("month")
    return _interval(*(full_date(year, month, day) if year else month_day(month, day) for day in (first, last)))


@rule("fourdigit (?:dash|slash) (?:fourdigit|upto12|upto24|upto31|upto59|number)")
def _years(phrase: Phrase) -> Meaning | None:
    """ "1997-98", "2003-2004": an ISO 8601 interval."""
    first, second = phrase.words[0].value, phrase.words[-1]
    last = first // 100 * 100 + second.value if len(second.text) == 2 else second.value
    if not 1000 <= first < last < first + 60:
        return None
    return _interval(*(on_calendar(lambda _, y=year: Period("year", date(y, 1, 1)), "year") for year in (first, last)))


def _interval(first: Meaning, last: Meaning) -> Meaning:
    def read(context: Context) -> Reading:
        ends = [meaning.read(context).value for meaning in (first, last)]
        return Reading(None if None in ends else "/".join(ends), "interval")

    return Meaning("date", "interval", read)


@rule("month (?:of|comma)? year", "early dash? month year", "month slash year", "month dash fourdigit")
def _month_of_year(phrase: Phrase) -> Meaning | None:
    year, month = year_of(phrase.get("fourdigit", "apostrophe_year")), phrase.value("month")
    return on_calendar(lambda _: Period("month", date(year, month, 1)), "month", absolute=True) if year > 999 else None


@rule("(?:early dash?)? month")
def _month(phrase: Phrase) -> Meaning | None:
    return numbered("month", phrase.value("month"))


@rule("iso")
def _iso(phrase: Phrase) -> Meaning:
    text = phrase.words[0].text
    day, time = text[:10].replace("/", "-").replace(".", "-"), text[11:]
    meaning = full_date(*map(int, day.split("-")))
    if not time:
        return meaning
    return meaning._replace(
        kind="time",
        grain="minute",
        read=lambda context: meaning.read(context)._replace(value=f"{day}T{time}", grain="minute", kind="time"),
    )


@rule("numeric")
def _in_digits(phrase: Phrase) -> Meaning | None:
    """ "03/04/2013": the American reading first, the other as alternative; with stops the day comes first."""
    text = phrase.words[0].text
    mark = next(character for character in text if not character.isdigit())
    first, second, year = map(int, text.split(mark))
    year = year if len(text.rpartition(mark)[2]) == 4 else _in_full(year)
    orders = [(first, second), (second, first)] if mark == "/" else [(second, first), (first, second)]  # (month, day)
    days = [(month, day) for month, day in dict.fromkeys(orders) if exists(year, month, day)]
    if not days or (mark != "/" and year == _in_full(year % 100) and len(text) < 9):
        return None  # "1.2.10" is a version
    meaning = full_date(year, *days[0])
    others = tuple(date(year, *day).isoformat() for day in days[1:])
    return meaning._replace(read=lambda context: meaning.read(context)._replace(alternatives=others))


def _in_full(year: int) -> int:
    """The year that two digits mean."""
    return year + (1900 if year >= _NEW_CENTURY else 2000) if year < 100 else year
