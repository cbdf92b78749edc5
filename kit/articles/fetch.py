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
import io
import socket
import ssl
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from kit.articles.addresses import resolve
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
            connection = _connect(current, deadline, allowed)
            try:
                answer = _ask(connection, current)
                if answer.status in _REDIRECTS and answer.headers.get("Location"):
                    current = _checked(urljoin(current, answer.headers["Location"].strip()))
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


def _connect(url: str, deadline: float, allow_private: bool) -> _Limited:
    """A connection to one of the host's checked addresses, encrypted for https."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    failed: OSError | None = None
    for address in resolve(host, port, allow_private=allow_private):
        try:
            plain = socket.create_connection((address, port), timeout=_left(deadline))
        except TimeoutError:
            raise
        except OSError as error:
            failed = error
            continue
        try:
            if parts.scheme == "http":
                return _Limited(plain, deadline)
            plain.settimeout(_left(deadline))
            return _Limited(_trust().wrap_socket(plain, server_hostname=host), deadline)
        except BaseException:
            plain.close()
            raise
    raise failed or OSError("no address")


def _ask(connection: _Limited, url: str) -> http.client.HTTPResponse:
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
    unpack = _unpacker(answer.headers.get("Content-Encoding", ""), url)
    shown = time.monotonic()
    while chunk := answer.read1(_STEP):
        content += unpack(chunk, max_bytes + 1 - len(content))
        if len(content) > max_bytes:
            raise ArticleError("too_large", f"{url} has more than {max_bytes:,} bytes")
        if progress and time.monotonic() - shown > 1:
            progress(f"fetching {url}: {len(content) / 1000:,.0f} kB")
            shown = time.monotonic()
    if answer.length:  # what was announced and did not come
        raise ArticleError("unreachable", f"{url} broke off {answer.length:,} bytes before its end: try again")
    if progress:
        progress(f"fetched {url}: {len(content) / 1000:,.0f} kB")
    return Fetched(
        bytes(content),
        _MEDIA_TYPES[media_type],
        answer.headers.get_content_charset(),
        url,
        requested,
        datetime.now().astimezone().replace(microsecond=0),
        hashlib.sha256(content).hexdigest(),
    )


def _unpacker(encoding: str, url: str) -> Callable[[bytes, int], bytes]:
    """How to unpack what comes; a server may compress although it was asked not to."""
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return lambda chunk, most: chunk
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise ArticleError("unsupported", f"{url} is compressed as {encoding[:40]}, which it was asked not to be")
    unpacker = zlib.decompressobj(wbits=47 if encoding != "deflate" else 15)

    def unpack(chunk: bytes, most: int) -> bytes:
        try:
            return unpacker.decompress(chunk, most)  # no more than allowed, however small it was packed
        except zlib.error as error:
            raise ArticleError("unreachable", f"{url} is broken: {error}") from error

    return unpack


def _trust() -> ssl.SSLContext:
    """The system's certificates, and Mozilla's where the system has none (Python from python.org on macOS)."""
    context = ssl.create_default_context()
    if not context.cert_store_stats()["x509_ca"]:
        import certifi

        context.load_verify_locations(certifi.where())
    return context


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class _Limited:
    """What ``http.client`` needs of a socket, with one deadline for all its reads and writes together."""

    def __init__(self, inner: socket.socket, deadline: float) -> None:
        self._inner = inner
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        self._inner.settimeout(_left(self._deadline))
        self._inner.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_LimitedReader(self._inner, self._deadline))

    def close(self) -> None:
        """Nothing yet: ``http.client`` closes its socket while the answer is still to be read."""

    def end(self) -> None:
        """Close the connection."""
        self._inner.close()


class _LimitedReader(io.RawIOBase):
    def __init__(self, inner: socket.socket, deadline: float) -> None:
        self._inner = inner
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        self._inner.settimeout(_left(self._deadline))
        return self._inner.recv_into(buffer)
