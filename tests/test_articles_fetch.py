"""Fetching a page, against real servers on this computer."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kit.articles import ArticleError, fetch, read_article
from kit.articles.addresses import is_public

PAGE = (
    "<html><head><title>Bridge closed after flood</title></head><body><h1>Bridge closed after flood</h1>"
    "<p>The river rose by two metres in the night to Monday, Mayor Ada Quill said, and the café closed.</p>"
    "</body></html>"
)
Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def server(answers: dict[str, Answer], context: ssl.SSLContext | None = None) -> Iterator[str]:
    """A server on a free port of this computer; gives its address without the path."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with suppress(OSError):  # the client has gone
                answers[self.path](self)

        def log_message(self, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass  # a client that breaks off is what is tested

    running = Server(("127.0.0.1", 0), Handler)
    if context:
        running.socket = context.wrap_socket(running.socket, server_side=True)
    threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http{'s' if context else ''}://127.0.0.1:{running.server_address[1]}"
    finally:
        running.shutdown()
        running.server_close()


def page(content: bytes = PAGE.encode(), status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content_Type": "text/html; charset=utf-8", **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def dripping(start: bytes) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(start)
        while True:
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.02)

    return answer


def kind_of(url: str, **options) -> str:
    with pytest.raises(ArticleError) as caught:
        fetch(url, allow_private=True, **options)
    assert "\n" not in str(caught.value)
    return caught.value.kind


def test_a_page_is_fetched_as_it_is_with_its_hash_time_and_final_address():
    with server({"/old": page(b"", 302, Location="/new?a=b#part"), "/new?a=b": page()}) as address:
        lines: list[str] = []
        fetched = fetch(f"{address}/old", allow_private=True, progress=lines.append)
    assert fetched.content == PAGE.encode()
    assert fetched.sha256 == hashlib.sha256(PAGE.encode()).hexdigest()
    assert (fetched.requested_url, fetched.url) == (f"{address}/old", f"{address}/new?a=b")
    assert (fetched.media_type, fetched.encoding) == ("text/html", "utf-8")
    assert fetched.fetched_at.tzinfo is not None
    assert lines[-1].startswith("fetched ")
    article = read_article(fetched)
    assert article.title == "Bridge closed after flood"
    assert article.url == fetched.url
    assert article.sha256 == fetched.sha256


def test_the_servers_encoding_counts_before_the_pages_own_word():
    raw = PAGE.replace("<head>", '<head><meta charset="utf-8">').encode("cp1252")
    with server({"/": page(raw, Content_Type="text/html; charset=windows-1252")}) as address:
        assert "café" in read_article(fetch(address, allow_private=True)).text


def test_an_address_alone_is_never_fetched_by_reading():
    with server({"/": page()}) as address, pytest.raises(ArticleError) as caught:
        read_article(f"{address}/")
    assert caught.value.kind == "address"


def test_private_hosts_are_refused_unless_they_were_allowed_by_name():
    with server({"/": page()}) as address:
        port = address.rpartition(":")[2]
        for host in ("127.0.0.1", "localhost", "LOCALHOST.", "127.1", "0x7f000001", "2130706433", "0177.0.0.1",
                     "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "[::]", "①②⑦.0.0.1", "127。0。0。1"):  # fmt: skip
            with pytest.raises(ArticleError) as caught:
                fetch(f"http://{host}:{port}/")
            assert caught.value.kind in ("private_address", "unreachable", "address")
        assert fetch(address, allow_private=True).content


@pytest.mark.parametrize(
    "host", ["localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "[::1]", "169.254.169.254"]
)
def test_a_redirect_to_another_private_host_is_refused_even_where_the_first_was_allowed(host):
    asked: list[str] = []
    with server({"/secret": lambda handler: asked.append(handler.path)}) as inner:
        port = inner.rpartition(":")[2]
        with server({"/": page(b"", 302, Location=f"http://{host}:{port}/secret")}) as outer:
            assert kind_of(outer) == "private_address"
    assert asked == []


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://127.0.0.1/", "javascript:alert(1)", "http://", "//[", "data:,x"]
)
def test_a_redirect_leads_to_http_and_https_only(target):
    with server({"/": page(b"", 302, Location=target)}) as address:
        assert kind_of(address) in ("address", "unreachable", "redirects")


@pytest.mark.parametrize(
    "url",
    ["ftp://lauben.example/", "file:///etc/passwd", "lauben.example", "", "http://", "http://a:b@lauben.example/",
     "http://[::1", "http://lauben.example:99999/", "http://" + "a" * 300 + ".example/", "http://lauben..example/"],
)  # fmt: skip
def test_what_is_no_address_of_a_page_is_said_to_be_none(url):
    assert kind_of(url) in ("address", "unreachable")


def test_redirects_in_a_circle_end():
    with server({"/": page(b"", 302, Location="/")}) as address:
        assert kind_of(address) == "redirects"


@pytest.mark.parametrize(
    "start",
    [b"", b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
     b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"],
    ids=["status", "header", "body", "chunks"],
)  # fmt: skip
def test_a_server_that_drips_is_given_up_after_the_time_for_all_of_it(start):
    with server({"/": dripping(start)}) as address:
        assert kind_of(address, max_seconds=0.5) in ("too_slow", "unreachable")


def test_a_server_that_accepts_and_stays_silent_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert kind_of(f"http://127.0.0.1:{silent.getsockname()[1]}/", max_seconds=0.5) == "too_slow"


def test_what_is_too_large_is_given_up_while_it_comes_and_however_small_it_was_packed():
    def endless(handler: BaseHTTPRequestHandler) -> None:
        page(b"")(handler)
        while True:
            handler.wfile.write(b"<p>It rained." * 1000)

    bomb = gzip.compress(b"<p>" * 10_000_000)
    with server({"/endless": endless, "/packed": page(bomb, Content_Encoding="gzip")}) as address:
        assert kind_of(f"{address}/endless", max_bytes=200_000) == "too_large"
        assert kind_of(f"{address}/packed", max_bytes=200_000) == "too_large"


@pytest.mark.parametrize("members", [1, 2, 20])
def test_a_page_that_comes_packed_although_it_should_not_is_unpacked_to_its_end(members):
    step = len(PAGE) // members + 1
    packed = b"".join(gzip.compress(PAGE[at : at + step].encode()) for at in range(0, len(PAGE), step))
    with server({"/": page(packed, Content_Encoding="gzip")}) as address:
        assert fetch(address, allow_private=True).content == PAGE.encode()


def test_a_server_names_an_encoding_of_pages_or_none():
    answers = {f"/{name}": page(Content_Type=f"text/html; charset={name}") for name in ("utf-7", "rot13", "koi8-r")}
    with server(answers) as address:
        found = [fetch(f"{address}{path}", allow_private=True).encoding for path in answers]
    assert found == [None, None, "koi8-r"]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (page(b"gone", 404), "http"),
        (page(b"\x89PNG", Content_Type="image/png"), "unsupported"),
        (page(PAGE.encode(), Content_Length="100000"), "unreachable"),
        (page(b"no gzip", Content_Encoding="gzip"), "unreachable"),
        (page(gzip.compress(PAGE.encode())[:-20], Content_Encoding="gzip"), "unreachable"),
        (page(X="a" * 100_000), "unreachable"),
        (page(**{f"X{at}": "a" for at in range(200)}), "unreachable"),
        (page(Content_Length="9" * 40), "unreachable"),
        (page(b"", 302, Location="/" + "a" * 70_000), "unreachable"),
        (page(b"?", Content_Encoding="br"), "unsupported"),
        (lambda handler: handler.wfile.write(b"no HTTP at all\r\n\r\n"), "unreachable"),
        (lambda handler: handler.connection.close(), "unreachable"),
    ],
    ids=[
        "404",
        "picture",
        "broken off",
        "broken gzip",
        "gzip without end",
        "long header",
        "many headers",
        "length of 40 digits",
        "long redirect",
        "brotli",
        "no HTTP",
        "closed",
    ],
)
def test_what_is_no_page_gets_one_clear_error(answer, kind):
    with server({"/": answer}) as address:
        assert kind_of(address) == kind


def test_a_host_that_listens_to_nobody_is_unreachable():
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    assert kind_of(f"http://127.0.0.1:{port}/") == "unreachable"


@pytest.fixture
def signed(tmp_path: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's side of https, and its certificate, which nobody has signed."""
    if not shutil.which("openssl"):
        pytest.skip("needs openssl to make a certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    )
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command.split(), *files], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context, certificate


def test_a_certificate_that_nobody_signed_is_refused(signed):
    with server({"/": page()}, signed[0]) as address:
        assert kind_of(address) == "certificate"


def test_an_encrypted_page_may_redirect_to_encrypted_ones_only(signed, monkeypatch: pytest.MonkeyPatch):
    context, certificate = signed
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    asked: list[str] = []
    with server({"/": lambda handler: asked.append(handler.path)}) as plain:
        answers = {"/": page(), "/here": page(b"", 301, Location="/"), "/plain": page(b"", 301, Location=plain)}
        with server(answers, context) as address:
            assert fetch(f"{address}/here", allow_private=True).url == f"{address}/"
            assert kind_of(f"{address}/plain") == "insecure"
    assert asked == []


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
     "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "no address"],
)  # fmt: skip
def test_addresses_that_only_this_computer_or_its_house_reaches_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_addresses_of_the_public_network_are(address):
    assert is_public(address)
