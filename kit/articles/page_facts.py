"""What a web page states about itself beyond trafilatura's metadata: which title is the article's, which date is
stated.

In: the page's markup and what trafilatura found. Out: a title, and a publication date only where the markup marks it
as one or the address holds it. Any other date on the page is passed on as a warning, never as a fact.
"""

from __future__ import annotations

import re
from typing import Any

from kit.articles.extracted import clean

_PUBLISHED = (
    r"(date_?published|published[_-]?(time|date|at)|pub-?_?date|publication[_-]?date|publish[_-]?date|date\.issued"
    r"|dc\.date|dcterms\.(created|issued|date)|sailthru\.date|article\.published|entry-date|itemprop=.datepublished"
    r"|name=.(date|pubdate|issued).|<time\b)"
)
_SEPARATORS = " |-–—·•»:/"
_HEADINGS = 200  # of a page; more are no article's
_REFRESH = re.compile(r"\s*\d{0,3}(\.\d{0,3})?\s*[;,]\s*url\s*=\s*[\"']?(?P<url>[^\"'\s][^\"']*)", re.I)
_ARCHIVE = re.compile(r"https?://web\.archive\.org/web/\d+[a-z_]*/(?P<url>.+)", re.I)


def find_title(tree: Any) -> str | None:
    """The page's title without the site's name: the longest heading that the ``<title>`` begins with, if one does."""
    whole = clean(" ".join(tree.xpath("//title[1]//text()")))
    headings = [clean(heading.text_content()) for heading in tree.xpath("//h1|//h2")][:_HEADINGS]
    found = [text for text in headings if text and _begins(whole, text)]
    if not found:  # a page whose only large heading is the site's name
        found = [whole[: -len(text)].rstrip(_SEPARATORS) for text in headings if text and whole.endswith(text)]
    found += [clean(str(value)) for value in tree.xpath("//meta[@property='og:title']/@content")][: not any(found)]
    return max(found, key=len, default=None) or None


def _begins(whole: str, heading: str) -> bool:
    """Whether a ``<title>`` is this heading, or goes on with a separator behind it."""
    rest = whole[len(heading) :].lstrip()
    return whole[: len(heading)].casefold() == heading.casefold() and (not rest or rest[0] in _SEPARATORS)


def find_outlet(site: str | None) -> str | None:
    """The site's name or host, unless it is an archive's or the number of a computer."""
    site = clean(site or "")
    return None if site == "web.archive.org" or not any(map(str.isalpha, site)) else site


def stated_date(markup: str, url: str | None, found: str | None) -> tuple[str | None, tuple[str, ...]]:
    """The publication date that the page states (``YYYY-MM-DD``), and a warning where it only shows some date."""
    if not found:
        return None, ()
    parts = found.split("-")
    in_address = url and re.search("[/-]" + r"[/-]?0?".join(part.lstrip("0") for part in parts) + r"(\D|$)", url)
    if in_address or re.search(_PUBLISHED + r"[^<>]{0,120}?" + re.escape(found), markup, re.I):
        return found, ()
    return None, (f"the page shows the date {found} and does not say what it is: if the article is of it, give it",)


def leads_on_to(tree: Any) -> str | None:
    """The address that a browser is sent on to by the page itself, or ``None``."""
    for meta in tree.xpath("//meta[@http-equiv][not(ancestor::noscript)]"):
        onward = _REFRESH.match(meta.get("content", "")) if meta.get("http-equiv", "").lower() == "refresh" else None
        if onward:
            return clean(onward["url"])[:200]
    return None


def original_address(url: str | None) -> str | None:
    """The address that a page kept by an archive had."""
    kept = _ARCHIVE.fullmatch(url or "")
    return re.sub(r"^(?:(https?):/+)?", lambda m: f"{m[1] or 'http'}://", kept["url"], count=1) if kept else url
