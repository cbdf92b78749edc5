"""The article opener without a browser: what is read is shown, no date is guessed, every error is said in place."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from kit.articles import ArticleError
from kit.cases import CaseError, create_case, incoming
from kit.widgets.opener import WAYS, ArticleOpener

PLAIN = "Bridge closed\n\nThe river rose by two metres yesterday, Mayor Ada Quill said.\n"
DATED = (
    b'<html><head><meta property="article:published_time" content="2023-06-05"><title>Ferry stopped</title></head>'
    b"<body><article><h1>Ferry stopped</h1><p>The ferry lost 12 lorries in the storm, Captain Bo Hale said on Monday "
    b"in Port Vela. Nobody was hurt, and the port is open again.</p></article></body></html>"
)


@pytest.fixture
def opener(tmp_path: Path) -> ArticleOpener:
    made: list[Any] = []
    found = ArticleOpener(
        lambda given, file_name=None: incoming(given, file_name=file_name, folder=tmp_path / "cases"),
        on_case=made.append,
    )
    found.made = made
    return found


def paste(opener: ArticleOpener, text: str) -> None:
    opener.way.value = WAYS[1]
    opener.text.value = text
    opener.read.click()


def upload(opener: ArticleOpener, name: str, content: bytes) -> None:
    now = datetime.now(UTC)
    file = {"name": name, "type": "", "size": len(content), "content": memoryview(content), "last_modified": now}
    opener.upload.value = (file,)


def test_a_pasted_text_without_a_date_is_asked_for_one_and_never_given_today(opener: ArticleOpener) -> None:
    paste(opener, PLAIN)
    assert (opener.title.value, opener.name.value, opener.published.value) == ("Bridge closed", "bridge-closed", None)
    opener.make.click()
    assert opener.made == [] and 'role="alert"' in opener.about_date.value
    opener.published.value = date(2023, 6, 5)
    assert "Monday, 5 June 2023. This is the date that you chose" in opener.about_date.value
    opener.published.value = None
    assert "none is guessed" in opener.about_date.value
    opener.unknown.value = True
    assert opener.published.disabled
    opener.make.click()
    (case,) = opener.made
    assert case.article.published is None and case.article.text == PLAIN and case.info.get("published") is None
    assert "CASE = &quot;" in opener.done.value and "bridge-closed" in opener.done.value


def test_a_chosen_date_an_outlet_and_a_name_are_what_the_case_says(opener: ArticleOpener) -> None:
    paste(opener, PLAIN)
    opener.published.value, opener.outlet.value, opener.name.value = date(2023, 6, 5), " Lauben Courier ", "flood"
    opener.make.click()
    assert opener.case.folder.name == "flood"
    assert (opener.case.article.published, opener.case.article.outlet) == (date(2023, 6, 5), "Lauben Courier")
    assert [one.value for one in opener.case.analysis.dates] == ["2023-06-04"]


def test_a_page_that_states_its_date_is_not_asked_and_its_bytes_are_kept(opener: ArticleOpener) -> None:
    upload(opener, "ferry.html", DATED)
    assert opener.published.value == date(2023, 6, 5) and opener.unknown.layout.display == "none"
    opener.published.value = None  # what the page states of itself stands
    opener.make.click()
    assert opener.case.article.published == date(2023, 6, 5)
    assert (opener.case.folder / "article.html").read_bytes() == DATED
    assert opener.case.info["original_name"] == "ferry.html" and opener.upload.value == ()


def test_a_path_is_read_where_it_stands(opener: ArticleOpener, tmp_path: Path) -> None:
    (tmp_path / "in.md").write_text(f"# {PLAIN}", encoding="utf-8")
    opener.way.value, opener.place.value = WAYS[2], f'"{tmp_path / "in.md"}"'
    opener.read.click()
    assert opener.opened.article.media_type == "text/markdown" and opener.name.value == "bridge-closed"


@pytest.mark.parametrize(
    ("way", "given", "said"),
    [
        (WAYS[1], "  \n", "Paste the text first"),
        (WAYS[2], "", "Write a path or an address first"),
        (WAYS[2], "nowhere/<b>gone</b>.txt", "nowhere/&lt;b&gt;gone&lt;/b&gt;.txt: no such file"),
        (WAYS[2], ".", "is not a file"),
        (WAYS[2], "http://127.0.0.1:9/page", "127.0.0.1"),
    ],
)
def test_what_cannot_be_read_is_said_in_place(opener: ArticleOpener, way: str, given: str, said: str) -> None:
    paste(opener, PLAIN)
    opener.way.value = way
    opener.text.value = opener.place.value = given
    opener.read.click()
    assert 'role="alert"' in opener.said.value and said in opener.said.value
    opener.make.click()
    assert opener.made == []


def test_an_upload_that_is_no_article_is_said_in_place_and_hides_the_form(opener: ArticleOpener) -> None:
    paste(opener, PLAIN)
    upload(opener, "x.pdf", b"%PDF-1.7\n")
    assert 'role="alert"' in opener.said.value and opener._form.layout.display == "none"


@pytest.mark.parametrize("name", ["", "a/b", "..", "CON", 'x"y'])
def test_a_name_that_cannot_be_a_folder_is_refused_in_place(opener: ArticleOpener, name: str) -> None:
    paste(opener, PLAIN)
    opener.unknown.value, opener.name.value = True, name
    opener.make.click()
    assert opener.made == [] and 'role="alert"' in opener.done.value and not opener.make.disabled


def test_an_article_that_is_a_case_already_is_found_again_and_another_takes_the_next_name(
    opener: ArticleOpener, tmp_path: Path
) -> None:
    create_case(tmp_path / "cases" / "old", PLAIN.encode())
    paste(opener, PLAIN)
    assert opener.name.value == "old"
    (tmp_path / "cases" / "bridge-closed").mkdir()
    paste(opener, PLAIN + "More.\n")
    assert opener.name.value == "bridge-closed-2"
    opener.unknown.value, opener.name.value = True, "old"
    opener.make.click()
    assert "another article" in opener.done.value and opener.made == []


@pytest.mark.parametrize(
    ("title", "name"),
    [("Ana's «Überfall» at 5!", "anas-überfall-at-5"), (None, "article"), ("???", "article"), ("CON", "article"),
     ("word " * 4000, "word-word-word-word-word-word-word-word"), ("x" * 4000, "x" * 40), ("..", "article")],
)  # fmt: skip
def test_a_suggested_name_is_short_and_a_folder_name_everywhere(tmp_path: Path, title: str | None, name: str) -> None:
    from kit.cases.naming import checked_name, suggested_name

    assert suggested_name(title, tmp_path) == checked_name(name) == name


def test_what_the_callbacks_raise_is_shown_with_its_kind(tmp_path: Path) -> None:
    def fails(_given: Any, file_name: str | None = None) -> Any:
        raise RuntimeError("no <i>power</i>")

    opener = ArticleOpener(fails)
    assert not opener.take("x")
    assert "RuntimeError: no &lt;i&gt;power" in opener.said.value


def test_nothing_given_is_an_error_of_the_kit(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="nothing was given"):
        incoming(' "" ', folder=tmp_path)
    with pytest.raises(CaseError, match="name"):
        incoming(PLAIN.encode(), folder=tmp_path).make(" ")
