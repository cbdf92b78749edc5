"""Reading files, bytes and pasted text."""

from __future__ import annotations

import gzip
import hashlib
from datetime import date
from pathlib import Path

import pytest

from kit.articles import MAX_BYTES, MAX_CHARACTERS, ArticleError, read_article

TEXT = "Bridge closed after flood: mayor\n\nThe river rose by two metres, Mayor Ada Quill said.\n\nNobody was hurt.\n"
CURLY = "“We held the bridge,” said Captain Olmo Varga – “all of it”. Café Müller stayed open.\n"


def kinds(text: str, **options) -> list[str]:
    return [segment.kind for segment in read_article(text, **options).segments]


@pytest.mark.parametrize(
    ("encoding", "marked"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("cp1252", b""),
    ],
)
def test_the_same_text_comes_out_of_every_encoding_and_the_hash_is_of_the_original_bytes(encoding, marked):
    raw = marked + CURLY.encode(encoding)
    article = read_article(raw)
    assert article.text == CURLY
    assert article.sha256 == hashlib.sha256(raw).hexdigest()


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_byte_order_mark_is_recognised(codec):
    assert read_article(TEXT.encode(codec)).text == TEXT


def test_a_few_broken_bytes_do_not_spoil_the_rest_and_are_reported():
    article = read_article((CURLY * 4).encode().replace(b"open", b"op\xffn", 1))
    assert "“We held the bridge,”" in article.text
    assert "op\ufffdn" in article.text
    assert article.warnings


def test_a_guessed_encoding_is_reported_so_that_the_analyst_can_doubt_it():
    assert any("cp1252" in warning for warning in read_article(CURLY.encode("cp1252")).warnings)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\u2028"])
def test_line_ends_stay_in_the_text_and_segments_are_the_same_for_each(line_end):
    text = TEXT.replace("\n", line_end)
    article = read_article(text)
    assert article.text == text
    assert [text[s.start_char : s.end_char] for s in article.segments] == TEXT.strip().split("\n\n")


@pytest.mark.parametrize("raw", [b"", b"\xef\xbb\xbf", b" \n\t\r\n", b"\xff\xfe"])
def test_an_input_without_text_is_refused_as_empty(raw):
    with pytest.raises(ArticleError, match="empty") as caught:
        read_article(raw)
    assert caught.value.kind == "empty"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (gzip.compress(TEXT.encode()), "binary"),
        (b"%PDF-1.7 ...", "broken"),
        (b"PK\x03\x04 word/document.xml", "broken"),
        (b"PK\x03\x04 xl/workbook.xml", "binary"),
        (bytes(range(256)) * 8, "binary"),
        (b"\x00\x01\x02\x03" * 100, "binary"),
        (b"<!doctype html><html><body></body></html>", "no_text"),
        (b"x" * (MAX_BYTES + 1), "too_large"),
        (b"It rained. " * (MAX_CHARACTERS // 11 + 1), "too_large"),
    ],
)
def test_what_is_no_text_gets_one_clear_error(raw, kind):
    with pytest.raises(ArticleError) as caught:
        read_article(raw)
    assert caught.value.kind == kind
    assert "\n" not in str(caught.value)


def test_a_file_is_read_by_path_and_by_the_name_of_an_existing_file(tmp_path: Path):
    path = tmp_path / "report.txt"
    path.write_bytes(TEXT.encode())
    assert read_article(path) == read_article(str(path)) == read_article(TEXT.encode())


def test_a_missing_file_and_a_folder_are_said_to_be_that(tmp_path: Path):
    with pytest.raises(ArticleError, match="no such file"):
        read_article(tmp_path / "nowhere.txt")
    with pytest.raises(ArticleError, match="no such file"):
        read_article("nowhere.txt")
    with pytest.raises(ArticleError, match="not a file"):
        read_article(tmp_path)


def test_a_pasted_sentence_is_text_and_not_a_file_name():
    assert read_article("Nobody was hurt.").text == "Nobody was hurt."
    assert read_article("A name with a \0 is none, and not a path either.").text[14] == "\0"


def test_the_publication_date_is_taken_as_given_and_never_guessed():
    assert read_article("It rained yesterday, 4 June 2023.").published is None
    assert read_article("It rained.", published="2023-06-05").published == date(2023, 6, 5)
    for wrong in ("5 June 2023", "2023-13-01", "2023-6-5", "20230605", ""):
        with pytest.raises(ArticleError, match="YYYY-MM-DD"):
            read_article("It rained.", published=wrong)


def test_the_first_line_without_a_stop_is_the_headline_and_the_title():
    article = read_article(TEXT)
    assert [segment.kind for segment in article.segments] == ["headline", "paragraph", "paragraph"]
    assert article.title == "Bridge closed after flood: mayor"
    assert read_article(TEXT, title="Flood").title == "Flood"


def test_one_paragraph_alone_has_no_headline():
    assert kinds("Bridge closed after flood") == ["paragraph"]


def test_a_standfirst_sums_up_the_lead_below_it():
    text = (
        "Bridge closed\n\nThe northern bridge of Lauben stays closed after heavy flooding, the mayor warns.\n\n"
        "Heavy flooding has closed the northern bridge of Lauben, and it stays closed, Mayor Ada Quill warns.\n\nMore."
    )
    assert kinds(text)[:3] == ["headline", "standfirst", "paragraph"]
    assert kinds(TEXT + "\nThe end.")[1] == "paragraph"


@pytest.mark.parametrize(
    "line",
    ["Read next: Ten bridges that fell", "READ MORE: Ten bridges", "Related: floods", "Advertisement", "Share",
     "Copy link", "Sign up for our daily newsletter", "© 2023 Lauben Courier", "Story continues below advertisement",
     "21:42 GMT", "7:15 p.m.", "Also read: Ten bridges", "WATCH: The flood from the air", "Have you seen this?",
     "Subscribe to our podcast here.", "Get the morning briefing in your inbox",
     "Follow Ada Quill on Twitter @adaquill.",
     "Follow us on Facebook and Instagram", "@adaquill.", "Share this article", "Comments (14)", "Back to top",
     "(Reporting by Ada Quill; Editing by Olmo Varga.)", "Mira Holt contributed to this report.",
     "Photo: Olmo Varga/Lauben Courier", "(Photo by Olmo Varga)", "Getty Images", "AFP/Getty Images",
     "AP Photo/Mira Holt",
     "FOR IMMEDIATE RELEASE", "For Immediate Release: June 5, 2023", "PRESS RELEASE",
     "EMBARGOED UNTIL 5 June 2023, 10:00",
     "Contact: Ada Quill, 01234/567890", "Media contact: ada@lauben.example",
     "For more information, visit lauben.example.",
     "ada@lauben.example", "https://lauben.example/flood", "###", "# # #", "-30-", "* * *", "ENDS",
     "Tags: flood, bridge, Lauben", "Filed under: Weather", "Published 5 June 2023, 10:00 GMT", "Updated: June 5, 2023",
     "5 min read", "3 hours ago", "All rights reserved.", "We use cookies to improve your visit.",
     "Please enable JavaScript to view this page.", "Watch the full interview below:"],
)  # fmt: skip
def test_page_furniture_is_boilerplate(line):
    assert kinds(TEXT + f"\n{line}\n\nThe end.")[3] == "boilerplate"


@pytest.mark.parametrize(
    "line",
    ["Related claims could not be confirmed.", "Read the letter aloud, he said.", "Shares fell by 3 percent.",
     "Advertisement spending rose.", "For release of the hostages, the group demands 40 prisoners.",
     "Immediate release of 40 hostages was demanded on Monday.", "Published on Monday, the report counts 40 dead.",
     "Copyright law is to be rewritten, the minister said.", "Media contacts between the parties broke off.",
     "Register of deaths shows 40 killed today", "Follow the money, said Mayor Quill, and look at the bridge.",
     "Contact with the crew of 16 was lost on Sunday.", "About 40 people were hurt.",
     "Share the burden, Quill tells towns",
     "Watch towers along the river were lost.", "Updated figures show 40 dead.",
     "Photographs by satellite show 16 tanks burning. Nobody was seen.",
     "CORRECTION: An earlier version gave the wrong number of dead.", "Editor's note: The ministry did not answer.",
     "This story has been updated with the figures of the ministry.",
     "“VIDEO: that is what they all told me, and it was not true.",
     "– Reuters", "Save this bridge, residents ask", "16 | 30", "1,234,567", "10 000 000", "30",
     "Print runs fell by half.",
     "Call for aid of 10 000 000 crowns", "By Tuesday", "Twitter: 40 accounts closed", "Email was used in 16 cases."],
)  # fmt: skip
def test_sentences_that_begin_like_furniture_are_read(line):
    assert kinds(TEXT + f"\n{line}\n\nThe end.")[3] == "paragraph"


def test_a_byline_is_furniture_at_the_top_and_nowhere_else():
    assert kinds("Bridge closed\n\nBy Ada Quill and Mira Holt\n\nNobody was hurt.\n")[1] == "boilerplate"
    assert kinds("Bridge closed\n\n" + "Nobody was hurt.\n\n" * 8 + "By Ada Quill\n")[-1] == "paragraph"


@pytest.mark.parametrize(
    "end",
    ["About Lauben Water\n\nLauben Water is a company of 300 people that looks after 16 rivers.",
     "About Lauben Water: Lauben Water, founded in 1903, looks after 16 rivers."],
)  # fmt: skip
def test_what_the_publisher_of_a_release_says_about_itself_is_furniture(end):
    found = kinds(f"{TEXT}\nThe bridge stays closed.\n\n###\n\n{end}\n")
    assert found[:4] == ["headline", "paragraph", "paragraph", "paragraph"]
    assert set(found[4:]) == {"boilerplate"}


def test_a_heading_that_begins_with_about_is_read_where_no_publisher_describes_itself():
    text = f"{TEXT}\nThe end is near.\n\nAbout the dead\n\nNobody knew their names on Monday.\n"
    assert set(kinds(text)[3:]) == {"paragraph"}


def test_hard_wrapped_lines_make_one_paragraph():
    wrapped = (
        "Bridge closed after flood\n\n"
        "The river rose by more than two metres in a single night, and the old\n"
        "bridge of Lauben had to be closed to all traffic in the morning, the\n"
        "mayor said. Nobody was hurt, and the water is expected to fall again\n"
        "before the weekend.\n\nThe end of the story comes here.\n"
    )
    assert kinds(wrapped) == ["headline", "paragraph", "paragraph"]


def test_markdown_headings_are_headlines_without_their_marks(tmp_path: Path):
    path = tmp_path / "flood.md"
    path.write_text("# Bridge closed.\n\nNobody was hurt.\n", encoding="utf-8")
    article = read_article(path)
    assert (article.title, article.media_type) == ("Bridge closed.", "text/markdown")


def test_control_characters_stay_in_the_text_and_are_reported():
    article = read_article("Nobody \x00was\x08 hurt in the flood of last night.")
    assert article.text[7] == "\x00"
    assert any("control" in warning for warning in article.warnings)
