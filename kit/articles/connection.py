"""One connection to a checked address: one deadline for all that goes over it, and what comes packed is unpacked.

In: an address, a point in time. Out: what ``http.client`` needs of a socket. It knows nothing of pages.
"""

from __future__ import annotations

import io
import socket
import ssl
import time
import zlib
from urllib.parse import urlsplit

from kit.articles.addresses import resolve
from kit.articles.errors import ArticleError


def connect(url: str, deadline: float, allow_private: bool) -> Limited:
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
                return Limited(plain, deadline)
            plain.settimeout(_left(deadline))
            return Limited(_trust().wrap_socket(plain, server_hostname=host), deadline)
        except BaseException:
            plain.close()
            raise
    raise failed or OSError("no address")


class Limited:
    """What ``http.client`` needs of a socket, with one deadline for all its reads and writes together."""

    def __init__(self, inner: socket.socket, deadline: float) -> None:
        self._inner = inner
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        """Send it all before the deadline."""
        self._inner.settimeout(_left(self._deadline))
        self._inner.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        """What the answer is read from."""
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


class Unpacker:
    """Unpacks what comes: a server may compress although it was asked not to."""

    def __init__(self, encoding: str, url: str) -> None:
        encoding = encoding.strip().lower()
        if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise ArticleError("unsupported", f"{url} is compressed as {encoding[:40]}, which it was asked not to be")
        self._url = url
        self._bits = 0 if encoding in ("", "identity") else 15 if encoding == "deflate" else 31
        self._member = zlib.decompressobj(wbits=self._bits) if self._bits else None

    def __call__(self, chunk: bytes, most: int) -> bytes:
        """The next bytes, no more than ``most`` of them, however small they were packed."""
        if self._member is None:
            return chunk
        found = b""
        try:
            while chunk and len(found) < most:
                if self._member.eof:  # gzip may come in several members, one after the other
                    self._member = zlib.decompressobj(wbits=self._bits)
                found += self._member.decompress(chunk, most - len(found))
                chunk = self._member.unused_data
        except zlib.error as error:
            raise ArticleError("unreachable", f"{self._url} is broken: {error}") from error
        return found

    def is_whole(self) -> bool:
        """Whether what was packed came to its end."""
        return self._member is None or self._member.eof


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
