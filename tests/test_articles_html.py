"""Reading web pages: what stays, what goes, and what a page says about itself."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from kit.articles import ArticleError, read_article

LEAD = "The river rose by two metres in the night to Monday, and the old bridge was closed, Mayor Ada Quill said."
SECOND = "Some 1,200 people had to leave their homes, the fire brigade of Lauben told reporters in the afternoon."
THIRD = "Engineers will look at the pillars on Wednesday; the ministry of transport expects repairs until the spring."


def page(body: str = "", *, head: str = "", top: str = "", foot: str = "") -> bytes:
    """A page as a small news site makes it."""
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
    <title>Bridge closed after flood | Lauben Courier</title>{head}</head><body>
    <header><nav><a href="/">Home</a> <a href="/world">World</a></nav></header>{top}
    <article><h1>Bridge closed after flood</h1><p>{LEAD}</p>{body}<p>{SECOND}</p><p>{THIRD}</p></article>{foot}
    <footer>© 2023 Lauben Courier <a href="/imprint">Imprint</a></footer></body></html>""".encode()


def blocks(raw: bytes) -> list[tuple[str, str]]:
    article = read_article(raw)
    return [(segment.kind, article.text[segment.start_char : segment.end_char]) for segment in article.segments]


def read(raw: bytes) -> list[str]:
    return [text for kind, text in blocks(raw) if kind != "boilerplate"]


def test_a_page_gives_its_headline_and_paragraphs_with_the_hash_of_its_bytes():
    raw = page()
    article = read_article(raw)
    assert blocks(raw) == [
        ("headline", "Bridge closed after flood"),
        *(("paragraph", p) for p in (LEAD, SECOND, THIRD)),
    ]
    assert article.title == "Bridge closed after flood"
    assert article.media_type == "text/html"
    assert article.sha256 == hashlib.sha256(raw).hexdigest()


@pytest.mark.parametrize(
    "hidden",
    ["<p hidden>{}</p>", "<div hidden='until-found'><p>{}</p></div>", "<template><p>{}</p></template>",
     "<p style='color:red; display: none'>{}</p>", "<p style='visibility:hidden'>{}</p>",
     "<p aria-hidden='true'>{}</p>",
     "<div style='display:none !important;'><div><p>{}</p></div></div>", "<script>var x = '{}';</script>",
     "<style>p:after {{content: '{}'}}</style>", "<!-- {} -->", "<noscript><p>{}</p></noscript>"],
)  # fmt: skip
def test_text_that_no_reader_of_the_page_sees_is_left_out(hidden):
    secret = "All nine hundred soldiers of the garrison were killed on Sunday, the hidden paragraph said."
    assert secret not in read_article(page(hidden.format(secret))).text


def test_a_page_that_is_hidden_as_a_whole_until_a_dialogue_is_closed_is_read():
    raw = (
        page()
        .replace(b"<body>", b"<body style='visibility:hidden'>")
        .replace(b"<article>", b"<article aria-hidden='true'>")
    )
    assert LEAD in read(raw)


@pytest.mark.parametrize(
    "furniture",
    ["Read next: <a href='/x'>Ten bridges that fell</a>", "<strong>ALSO READ |</strong> <a href='/x'>Ten bridges</a>",
     "Sign up for our daily newsletter", "Share this article", "Advertisement",
     "<a href='/x'>Ten bridges that fell</a>",
     "Photo: Olmo Varga/Lauben Courier", "Follow us on Twitter", "Have you seen this?"],
)  # fmt: skip
def test_furniture_between_the_paragraphs_is_not_read(furniture):
    assert read(page(f"<p>{furniture}</p>")) == ["Bridge closed after flood", LEAD, SECOND, THIRD]


def test_a_heading_that_is_a_link_and_a_link_inside_a_sentence_are_read():
    body = (
        "<h2><a href='/a'>What the engineers found</a></h2>"
        "<p>The <a href='/c'>ministry of transport</a> counted 16 broken pillars on Monday morning.</p>"
    )
    found = read(page(body))
    assert "What the engineers found" in found
    assert "The ministry of transport counted 16 broken pillars on Monday morning." in found


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2023-06-05T08:00:00+02:00">',
        '<script type="application/ld+json">{"@type":"Article","datePublished":"2023-06-05T08:00:00Z"}</script>',
        '<meta name="date" content="2023-06-05">',
        '<link rel="canonical" href="https://lauben.example/2023/06/05/bridge-closed">',
    ],
    ids=["meta", "JSON-LD", "name", "address"],
)
def test_a_publication_date_is_taken_where_the_page_states_it(head):
    assert read_article(page(head=head)).published == date(2023, 6, 5)


def test_a_time_element_of_the_article_states_its_date():
    assert read_article(page("<time datetime='2023-06-05T08:00'>5 June</time>")).published == date(2023, 6, 5)


@pytest.mark.parametrize(
    "body",
    ["<p>It last stood so high on 5 June 2003.</p>", "<p>Last edited: 5 June 2023</p>", ""],
)
def test_a_date_that_stands_on_the_page_is_not_taken_for_its_publication_date(body):
    assert read_article(page(body)).published is None


def test_what_the_analyst_says_wins_over_what_the_page_says():
    head = (
        '<meta property="article:published_time" content="2023-06-05"><meta property="og:site_name" content="Courier">'
    )
    article = read_article(
        page(head=head), published="2023-06-07", outlet="The Post", title="Flood", url="http://a.example/"
    )
    assert (article.published, article.outlet) == (date(2023, 6, 7), "The Post")
    assert (article.title, article.url) == ("Flood", "http://a.example/")
    assert read_article(page(head=head)).outlet == "Courier"


def test_the_title_is_the_articles_heading_and_not_the_sites():
    raw = page().replace(b"<h1>Bridge closed after flood</h1>", b"<h2>Bridge closed after flood</h2>")
    raw = raw.replace(b"<header>", b"<header><h1>Welcome to Lauben</h1>")
    assert read_article(raw).title == "Bridge closed after flood"


@pytest.mark.parametrize(
    ("codec", "word"),
    [("utf-8", "utf-8"), ("utf-8", None), ("cp1252", "windows-1252"), ("cp1252", "iso-8859-1"), ("cp1252", "utf-8"),
     ("utf-16", "utf-8"), ("cp1251", "windows-1251"), ("utf-8", "utf-7"), ("utf-8", "punycode"), ("utf-8", "nonsense")],
)  # fmt: skip
def test_letters_come_out_of_every_encoding_also_where_the_page_is_wrong_about_itself(codec, word):
    sentence = (
        "“Мост закрыт”, said the mayor."
        if codec == "cp1251"
        else "“We held the bridge – all of it”, said Captain Müller."
    )
    declared = f'<meta charset="{word}">' if word else ""
    raw = f"<html><head>{declared}</head><body><p>{sentence} {LEAD}</p><p>{SECOND}</p></body></html>".encode(codec)
    assert sentence in read_article(raw).text


def test_line_breaks_part_paragraphs_but_not_sentences():
    raw = f"<html><body><div>{LEAD}<br><br>{SECOND}<br>{THIRD[:48]}<br>{THIRD[49:]}</div></body></html>".encode()
    assert read(raw) == [LEAD, SECOND, THIRD]


def test_tags_inside_words_do_not_cut_them_and_spaces_between_tags_are_kept():
    raw = page(
        "<p>The b<b>rid</b>ge <i>of</i> <i>Lauben</i>&nbsp;was <span>cl</span><span>osed</span> on Monday evening.</p>"
    )
    assert "The bridge of Lauben was closed on Monday evening." in read(raw)


def test_the_row_of_a_table_is_one_block():
    rows = "".join(
        f"<tr><td>{name}</td><td>{count}</td></tr>" for name, count in (("Tanks", 16), ("Trucks", 31), ("Boats", 4))
    )
    assert "Tanks | 16" in read(page(f"<table><tr><th>Kind</th><th>Lost</th></tr>{rows}</table>"))


def test_readers_comments_are_left_out():
    foot = "<div id='comments'><p>The mayor is a liar, and everybody in Lauben knows it very well.</p></div>"
    assert "liar" not in read_article(page(foot=foot)).text


def test_text_that_looks_like_markup_stays_text():
    assert "It said <b>x</b> & more." in read_article(page("<p>It said &lt;b&gt;x&lt;/b&gt; &amp; more.</p>")).text


def test_a_page_in_another_language_is_read_and_said_to_be_in_it():
    french = (
        "Le pont du nord reste fermé après la crue de la nuit de dimanche à lundi, a déclaré le maire de la ville.",
        "Environ 1 200 personnes ont dû quitter leurs maisons, selon les pompiers, et les écoles restent fermées.",
    )
    raw = f"<html><body><h1>Le pont reste fermé</h1>{''.join(f'<p>{p}</p>' for p in french)}</body></html>".encode()
    article = read_article(raw)
    assert french[0] in article.text
    assert any("French" in warning and "English only" in warning for warning in article.warnings)
    assert not read_article(page()).warnings


@pytest.mark.parametrize(
    "raw", [b"<html></html>", b"<!doctype html><html><body><div id=root></div><script>x()</script></body></html>"]
)
def test_a_page_made_by_scripts_is_said_to_hold_no_text(raw):
    with pytest.raises(ArticleError, match="no text") as caught:
        read_article(raw)
    assert caught.value.kind == "no_text"


def test_a_short_page_is_shown_whole():
    assert read_article(b"<html><body><p>Nobody was hurt.</p></body></html>").text == "Nobody was hurt.\n"


def test_a_page_is_recognised_by_its_name_and_by_its_bytes(tmp_path: Path):
    for name in ("flood.html", "flood.htm", "flood.txt"):
        path = tmp_path / name
        path.write_bytes(page())
        assert read_article(path) == read_article(page())


def test_the_same_bytes_give_the_same_article_every_time():
    assert read_article(page("<p>Read next: x</p>")) == read_article(page("<p>Read next: x</p>"))
