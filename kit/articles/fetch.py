"""One page is fetched, because the analyst asked for it.

In: an address. Out: :class:`Fetched`, the bytes as they came, with time, final address and SHA-256. http and https
only; each redirect is checked as the first address was, and the connection goes to the very address that was checked,
so that a name cannot point elsewhere a moment later. Size and time are limited for the whole of it, however slowly the
bytes drip. No cookies, no proxy, nothing but this one page.

It stands on the standard library: requests, httpx and urllib3 resolve the name again themselves, and their time limits
are for each read, not for all of them.
"""

from __future__ import annotations

import hashlib
import http.client
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from kit.articles.connection import Limited, Unpacker, connect
from kit.articles.decoding import is_encoding
from kit.articles.errors import ArticleError
from kit.articles.inputs import DOCX, HTML, MAIL, MARKDOWN, MAX_BYTES_OF, PDF, TEXT, WEB_ARCHIVE

MAX_REDIRECTS = 10
MAX_SECONDS = 60.0
_STEP = 65_536  # bytes a read
_REDIRECTS = (301, 302, 303, 307, 308)
_MEDIA_TYPES = {
    **{known: known for known in (TEXT, MARKDOWN, HTML, PDF, DOCX, MAIL, WEB_ARCHIVE)},
    **{"application/xhtml+xml": HTML, "application/x-pdf": PDF, "application/octet-stream": TEXT, "": TEXT},
}
_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; analyst-notebook-kit)",
    "Accept": "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5",
    "Accept-Language": "en,*;q=0.5",
    "Accept-Encoding": "identity",
    "Connection": "close",
}


@dataclass(frozen=True)
class Fetched:
    """A page as it came: ``content`` are its bytes, ``url`` is where the last redirect led."""

    content: bytes = field(repr=False)
    media_type: str
    encoding: str | None
    url: str
    requested_url: str
    fetched_at: datetime
    sha256: str


def fetch(
    url: str,
    *,
    allow_private: bool = False,
    max_bytes: int = MAX_BYTES_OF[HTML],
    max_seconds: float = MAX_SECONDS,
    progress: Callable[[str], None] | None = None,
) -> Fetched:
    """Fetch one page.

    Args:
        url: an http or https address.
        allow_private: whether its host may be this computer or stand in a private network; another host that it
            redirects to may not.
        max_bytes: give up on anything larger.
        max_seconds: give up after so long, redirects included; looking up a name is the system's and may take longer.
        progress: called with a line of text now and then, e.g. ``lambda line: print(line, file=sys.stderr)``.

    Raises:
        ArticleError: the address is none, is private, cannot be reached, answers with an error, is too large, too slow
            or no article.
    """
    deadline = time.monotonic() + max_seconds
    current = requested = _checked(url)
    try:
        for _ in range(MAX_REDIRECTS + 1):
            if progress:
                progress(f"fetching {current}")
            # What the analyst allowed is the host that was named, not whatever it redirects to.
            allowed = allow_private and urlsplit(current).hostname == urlsplit(requested).hostname
            connection = connect(current, deadline, allowed)
            try:
                answer = _ask(connection, current)
                if answer.status in _REDIRECTS and answer.headers.get("Location"):
                    current = _onward(current, answer.headers["Location"])
                    continue
                return _received(answer, current, requested, max_bytes, progress)
            finally:
                connection.end()
    except TimeoutError as error:
        raise ArticleError("too_slow", f"{requested} took more than {max_seconds:g} seconds: given up") from error
    except ssl.SSLCertVerificationError as error:
        raise ArticleError("certificate", f"{current}: its certificate is not valid: {error.verify_message}") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        if isinstance(error, ArticleError):
            raise
        why = " ".join(str(error).split())[:200] or type(error).__name__
        raise ArticleError("unreachable", f"{current} cannot be fetched: {why}") from error
    raise ArticleError("redirects", f"{requested} redirects more than {MAX_REDIRECTS} times")


def _checked(url: str) -> str:
    """The address in plain ASCII and without its fragment.

    Raises:
        ArticleError: not http or https, no host, or a password in it.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
        host = host if ":" in host else host.encode("idna").decode("ascii")
    except ValueError:  # UnicodeError is one
        raise ArticleError("address", f"{url[:200]!r} is not an address of a page") from None
    if parts.scheme.lower() not in ("http", "https"):
        raise ArticleError("address", f"{url[:200]!r} is not an http or https address")
    if parts.username is not None or parts.password is not None:
        raise ArticleError("address", f"the address of a page at {host} holds a user name or password: leave it out")
    if not host:
        raise ArticleError("address", f"{url[:200]!r} names no host")
    netloc = (f"[{host}]" if ":" in host else host) + (f":{port}" if port else "")
    safe = "/%:@!$&'()*+,;=~?"
    path, query = quote(parts.path or "/", safe=safe), quote(parts.query, safe=safe)
    return urlunsplit((parts.scheme.lower(), netloc, path, query, ""))


def _onward(url: str, location: str) -> str:
    """Where a redirect leads.

    Raises:
        ArticleError: to no address of a page, or from an encrypted page to one that anybody on the way can change.
    """
    onward = _checked(urljoin(url, location.strip()))
    if url.startswith("https:") and not onward.startswith("https:"):
        message = (
            f"{url} is encrypted and redirects to {onward[:200]}, which is not: fetch that address if you trust it"
        )
        raise ArticleError("insecure", message)
    return onward


def _ask(connection: Limited, url: str) -> http.client.HTTPResponse:
    parts = urlsplit(url)
    speaker = http.client.HTTPConnection(parts.netloc)
    speaker.sock = connection
    speaker.request("GET", urlunsplit(("", "", parts.path, parts.query, "")), headers=_HEADERS)
    return speaker.getresponse()


def _received(
    answer: http.client.HTTPResponse,
    url: str,
    requested: str,
    max_bytes: int,
    progress: Callable[[str], None] | None,
) -> Fetched:
    if answer.status != 200:
        raise ArticleError(
            "http", f"{url} answers {answer.status} {answer.reason[:80].strip()}: there is no article to read"
        )
    media_type = answer.headers.get_content_type() if answer.headers.get("Content-Type") else ""
    if media_type not in _MEDIA_TYPES:
        raise ArticleError("unsupported", f"{url} is {media_type}: no article that can be read")
    content = bytearray()
    unpack = Unpacker(answer.headers.get("Content-Encoding", ""), url)
    charset = answer.headers.get_content_charset()
    shown = time.monotonic()
    while chunk := answer.read1(_STEP):
        content += unpack(chunk, max_bytes + 1 - len(content))
        if len(content) > max_bytes:
            raise ArticleError("too_large", f"{url} has more than {max_bytes:,} bytes")
        if progress and time.monotonic() - shown > 1:
            progress(f"fetching {url}: {len(content) / 1000:,.0f} kB")
            shown = time.monotonic()
    if answer.length or not unpack.is_whole():  # what was announced and did not come
        missing = f"{answer.length:,} bytes " if answer.length else ""
        raise ArticleError("unreachable", f"{url} broke off {missing}before its end: try again")
    if progress:
        progress(f"fetched {url}: {len(content) / 1000:,.0f} kB")
    return Fetched(
        bytes(content),
        _MEDIA_TYPES[media_type],
        charset if is_encoding(charset) else None,
        url,
        requested,
        datetime.now().astimezone().replace(microsecond=0),
        hashlib.sha256(content).hexdigest(),
    )
