"""Reading PDFs, Word documents, mails and pages that a browser saved as one file."""

from __future__ import annotations

import hashlib
import textwrap
from datetime import date
from itertools import chain, zip_longest
from pathlib import Path

import pytest
from documents import docx, paragraph, pdf

from kit.articles import ArticleError, read_article

LEFT = (
    "The northern bridge of Lauben stays closed after the flood of Sunday night, Mayor Ada Quill said on Monday, and "
    "some 1,200 people had to leave their homes along the river before the water could be stopped.",
    "Engineers counted 16 broken pillars and at least 40 metres of lost embankment. The ministry of transport said the "
    "repairs would cost up to 3.5 million crowns, and that they would not begin before the spring.",
)
RIGHT = (
    "The opposition disputes the figures. Its spokeswoman, Mira Holt, told reporters that more than 2,000 people had "
    "been displaced, and that the government had been warned of the state of the bridge a year ago.",
    "The river is expected to fall by half a metre until Wednesday, the weather service said.",
)
HEADLINE = (72, 720, 20, "Bridge closed after flood")


def column(paragraphs, x, *, y=680, width=44, indent=0):
    """Lines of ten points set below each other; a space between paragraphs, or an indent."""
    placed = []
    for text in paragraphs:
        for at, line in enumerate(textwrap.wrap(text, width)):
            placed.append((x if at else x + indent, y, 10, line))
            y -= 13
        y -= 0 if indent else 8
    return placed


def blocks(raw: bytes, **options) -> list[str]:
    article = read_article(raw, **options)
    return [article.text[s.start_char : s.end_char] for s in article.segments if s.kind != "boilerplate"]


@pytest.mark.parametrize("interleaved", [False, True], ids=["column by column", "line by line"])
def test_two_columns_are_read_one_after_the_other_however_the_file_orders_them(interleaved):
    left, right = column(LEFT, 72), column(RIGHT, 330)
    body = [line for pair in zip_longest(left, right) for line in pair if line] if interleaved else [*left, *right]
    article = read_article(pdf([[HEADLINE, *body]]))
    assert article.title == "Bridge closed after flood"
    assert [s.kind for s in article.segments] == ["headline", *["paragraph"] * 4]
    assert blocks(pdf([[HEADLINE, *body]]))[1:] == [*LEFT, *RIGHT]


def test_indented_paragraphs_without_space_between_them_are_parted():
    assert blocks(pdf([[HEADLINE, *column(LEFT + RIGHT, 72, width=90, indent=14)]]))[1:] == [*LEFT, *RIGHT]


def test_words_broken_at_line_ends_are_put_together_and_compounds_keep_their_hyphen():
    lines = ["The bridge stays closed, the spokes-", "woman said, and twenty-", "two people were brought to the north-",
             "east of the town for the 2023-", "24 winter, after the ex-", "plosion in the south-",
             "ern valley."]  # fmt: skip
    placed = [(72, 680 - 13 * at, 10, line) for at, line in enumerate(lines)]
    assert blocks(pdf([[HEADLINE, *placed]]))[1] == (
        "The bridge stays closed, the spokeswoman said, and twenty-two people were brought to the north-east of the "
        "town for the 2023-24 winter, after the explosion in the southern valley."
    )


def test_running_heads_and_page_numbers_are_left_out_and_a_paragraph_goes_on_over_the_page():
    lines = column(LEFT[:1], 72, width=60)
    pages = [lines[:2], [(x, y + 26, size, text) for x, y, size, text in lines[2:]]]
    framed = [
        [(72, 760, 8, "Lauben Courier"), (300, 30, 8, f"Page {at} of 2"), *lines] for at, lines in enumerate(pages, 1)
    ]
    assert blocks(pdf(framed)) == [LEFT[0]]


def test_the_row_of_a_table_is_one_block():
    cells = [(72 + 200 * at, 600 - 14 * row, 10, cell) for row, cells in enumerate(
        [("Tanks", "16"), ("Trucks", "more than 30"), ("Boats", "4"), ("Drones",
        "7")]) for at, cell in enumerate(cells)]  # fmt: skip
    found = blocks(pdf([[HEADLINE, *column(LEFT, 72, width=90), *cells]]))
    assert found[3:] == ["Tanks | 16", "Trucks | more than 30", "Boats | 4", "Drones | 7"]


def test_the_script_of_a_pdf_is_neither_run_nor_read(tmp_path: Path):
    written = tmp_path / "written"
    script = f"app.launchURL('http://127.0.0.1/'); this.saveAs('{written}'); app.alert('hidden words');"
    article = read_article(pdf([[HEADLINE, *column(LEFT, 72)]], script=script))
    assert "hidden words" not in article.text
    assert not written.exists()


def test_a_pdf_gives_the_hash_of_its_bytes_and_no_date():
    raw = pdf([[HEADLINE, *column(LEFT, 72)]])
    article = read_article(raw)
    assert (article.sha256, article.published) == (hashlib.sha256(raw).hexdigest(), None)
    assert article.media_type == "application/pdf"


@pytest.mark.parametrize(
    ("raw", "kind", "message"),
    [
        (pdf([[], []]), "scanned", "ocrmypdf"),
        (pdf([[HEADLINE]])[:150], "broken", "no PDF"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, "broken", "no PDF"),
        (pdf([[HEADLINE]] * 301), "too_large", "301 pages"),
    ],
    ids=["scanned", "cut", "garbage", "long"],
)
def test_a_pdf_that_cannot_be_read_says_why(raw, kind, message):
    with pytest.raises(ArticleError, match=message) as caught:
        read_article(raw)
    assert caught.value.kind == kind


def test_a_page_without_text_among_others_is_reported():
    article = read_article(pdf([[HEADLINE, *column(LEFT, 72)], []]))
    assert any("page 2" in warning for warning in article.warnings)


def test_a_word_document_gives_what_its_reader_sees():
    changed = (
        "<w:p><w:del><w:r><w:delText>Ninety</w:delText></w:r></w:del><w:ins><w:r><w:t>Nobody</w:t></w:r></w:ins>"
        '<w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r><w:r><w:t xml:space="preserve"> was</w:t><w:tab/>'
        "<w:t>hurt.</w:t></w:r></w:p>"
    )
    row = f"<w:tbl><w:tr><w:tc>{paragraph('Tanks')}</w:tc><w:tc>{paragraph('16')}</w:tc></w:tr></w:tbl>"
    body = [paragraph("Lauben, 5 June"), paragraph("Bridge closed", style="Title"), paragraph(LEFT[0]), changed, row,
            paragraph("all dead", run="<w:vanish/>"), paragraph("Contact: Ada Quill, +49 1234 567890")]  # fmt: skip
    raw = docx("".join(body), parts={"docProps/core.xml": b'<a xmlns:dc="http://purl.org/dc/elements/1.1/"/>'})
    article = read_article(raw)
    assert blocks(raw) == ["Lauben, 5 June", "Bridge closed", LEFT[0], "Nobody was hurt.", "Tanks | 16"]
    assert [s.kind for s in article.segments][1] == "headline"
    assert article.title == "Bridge closed"
    assert article.published is None


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (docx(paragraph("x"))[:60] + b"word/", "broken"),
        (docx(""), "no_text"),
        (docx("<w:p>" * 20_000 + "</w:p>" * 20_000), "broken"),
        (docx("", parts={"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>'}), "broken"),
        (docx("", parts={"word/document.xml": b"<w:document>"}), "broken"),
    ],
    ids=["cut", "empty", "deep", "entities", "unclosed"],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_word_document_that_cannot_be_read_says_why(raw, kind):
    with pytest.raises(ArticleError) as caught:
        read_article(raw)
    assert caught.value.kind == kind


MAIL = (
    "From: Ada Quill <ada@lauben.example>\r\nTo: desk@courier.example\r\nDate: Mon, 05 Jun 2023 23:30:00 -0500\r\n"
    "Subject: =?utf-8?q?Bridge_closed_=E2=80=93_mayor?=\r\nMIME-Version: 1.0\r\n"
)


def mail(parts: str, header: str = MAIL) -> bytes:
    return (header + parts).encode()


def test_a_mail_gives_its_subject_its_text_and_the_day_it_was_sent(tmp_path: Path):
    path = tmp_path / "release.eml"
    path.write_bytes(
        mail(
            f"Content-Type: text/plain; charset=utf-8\r\n\r\n{LEFT[0]}\r\n\r\nNobody was hurt – he said."
            "\r\n-- \r\nAda\r\n"
        )
    )
    article = read_article(path)
    assert article.title == "Bridge closed – mayor"
    assert article.published == date(2023, 6, 5)
    assert any("sent" in warning for warning in article.warnings)
    assert blocks(path) == ["Bridge closed – mayor", LEFT[0], "Nobody was hurt – he said."]


def test_a_mail_that_was_passed_on_has_no_publication_date():
    raw = mail("\r\nNobody was hurt.\r\n", MAIL.replace("=?utf-8", "Fwd: =?utf-8"))
    article = read_article(raw, media_type="message/rfc822")
    assert (article.title, article.published) == ("Bridge closed – mayor", None)


def test_of_two_forms_of_a_mail_the_one_with_the_text_is_read():
    page = f"<html><body><p>{LEFT[0]}</p><p hidden>secret words</p><p>{LEFT[1]}</p></body></html>"
    parts = (
        "Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\n{}\r\n--x\r\n"
        "Content-Type: text/html; charset=utf-8\r\n\r\n{}\r\n--x--\r\n"
    )
    short = read_article(mail(parts.format("Please see the web page.", page)), media_type="message/rfc822")
    assert LEFT[1] in short.text
    assert "secret" not in short.text
    both = blocks(mail(parts.format("\r\n\r\n".join(RIGHT), page)), media_type="message/rfc822")
    assert both[1:] == [*RIGHT]


def test_attachments_of_a_mail_are_not_read():
    parts = (
        "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n"
        "Content-Disposition: attachment; filename=a.txt\r\n\r\nsecret words\r\n--x--\r\n"
    )
    with pytest.raises(ArticleError, match="attached"):
        read_article(mail(parts), media_type="message/rfc822")


def test_a_page_that_a_browser_saved_as_one_file_is_read_as_the_page(tmp_path: Path):
    page = f"<html><head><title>Bridge closed</title></head><body><p>{LEFT[0]}</p><p>{LEFT[1]}</p></body></html>"
    header = (
        "Snapshot-Content-Location: https://lauben.example/bridge\r\nSubject: Bridge closed\r\n"
        "Date: Mon, 05 Jun 2023 10:00:00 +0200\r\nMIME-Version: 1.0\r\n"
    )
    path = tmp_path / "bridge.mhtml"
    parts = (
        f"Content-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n{page}\r\n--x--\r\n"
    )
    path.write_bytes(mail(parts, header))
    article = read_article(path)
    assert (article.title, article.published) == ("Bridge closed", None)
    assert article.url == "https://lauben.example/bridge"
    assert blocks(path)[1:] == [*LEFT]


@pytest.mark.parametrize(
    "raw",
    [
        mail("".join(f"Content-Type: multipart/mixed; boundary=b{at}\r\n\r\n--b{at}\r\n" for at in range(900))),
        mail("X: " + "a, <b@c> " * 50_000 + "\r\n\r\nhello"),
        mail("Content-Type: text/plain; " + 'a="b";' * 15_000 + "\r\n\r\nhello"),
        mail("Content-Type: text/plain; charset=utf-8\r\n\r\n") + bytes(range(32)) * 100,
        mail("\r\n"),
    ],
    ids=["nested", "long header", "long field", "binary", "empty"],
)
def test_a_mail_that_cannot_be_read_is_one_clear_error(raw):
    with pytest.raises(ArticleError) as caught:
        read_article(raw, media_type="message/rfc822")
    assert caught.value.kind in ("broken", "binary", "no_text")


def test_no_two_blocks_of_any_of_them_share_characters():
    for raw, options in (
        (pdf([[HEADLINE, *column(LEFT, 72)]]), {}),
        (docx(paragraph("a") + paragraph("b")), {}),
        (mail("\r\nNobody was hurt.\r\n"), {"media_type": "message/rfc822"}),
    ):
        article = read_article(raw, **options)
        places = list(chain.from_iterable((s.start_char, s.end_char) for s in article.segments))
        assert places == sorted(places)
        assert places[-1] <= len(article.text)
