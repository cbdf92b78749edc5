"""Newer versions of an article: the old bytes stay, the decisions follow their words, what is lost is listed."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from kit.articles import ArticleError
from kit.cases import Case, CaseError, add_version, create_case, open_case
from kit.decisions import add_words, answer, edit

OLD = """Bridge closed

At least 16 people were hurt when the bridge gave way, Mayor Ada Quill said.

The old town was dark for hours.

Police said 40 houses were flooded. “We will rebuild it,” Quill told reporters.
"""
NEW = """Bridge closed for a year

Many came to look. At least 23 people were hurt when the bridge gave way, Mayor Ada Quill said.

Police said 40 houses were flooded. “We will rebuild it,” Quill told reporters.
"""
PAGE = "<html><head><title>Bridge closed</title></head><body><article><h1>Bridge closed</h1>{}</article></body></html>"


@pytest.fixture
def case(tmp_path: Path) -> Case:
    made = create_case(
        tmp_path / "flood", OLD, published="2023-06-05", outlet="Lauben Courier", url="https://x.example"
    )
    store = made.store("ana")
    for claim in made.analysis.claims:
        store.append(answer(made.view(), claim.id, "accept"))
    figure = next(one for one in made.analysis.quantities if one.text == "40 houses")
    store.append(edit(made.view(), figure.id, value=41))
    at = made.article.text.index("gave way")
    store.append(add_words(made.view(), at, at + 8, "loaded word"))
    return made


def files(case: Case) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in case.folder.iterdir() if path.suffix != ".lock"}


def test_a_newer_version_lies_beside_the_older_whose_files_stay_as_they_are(case: Case) -> None:
    before = files(case)
    newer = add_version(case.folder, NEW, published="2023-06-06")
    after = files(case)
    assert {name for name in before if before[name] != after[name]} == {"case.toml"}
    assert after.keys() - before.keys() == {"article-2.txt", "analysis-2.json"}
    assert after["article-2.txt"] == NEW.encode() and newer.info["sha256"] == hashlib.sha256(NEW.encode()).hexdigest()
    assert newer == open_case(case.folder) and newer.version == 2 and newer.article.text == NEW
    assert newer.article.published == date(2023, 6, 6)
    first, second = newer.versions()
    assert first.article == case.article and first.analysis == case.analysis and second.article == newer.article
    assert {"size", "collected_at", "collected_by", "extractor", "extractor_version", "media_type"} <= set(first.info)


def test_outlet_and_address_are_taken_over_and_the_date_is_not_guessed(case: Case) -> None:
    newer = add_version(case.folder, NEW)
    assert (newer.article.outlet, newer.article.url) == ("Lauben Courier", "https://x.example")
    assert newer.article.title == "Bridge closed for a year"
    assert newer.article.published is None and "No publication date" in newer.notices()[0]


def test_decisions_follow_their_words_and_those_that_lost_them_are_listed(case: Case) -> None:
    newer = add_version(case.folder, NEW, published="2023-06-05")
    view = newer.view()
    by_words = {claim.content[0].text: view.answer(claim.id) for claim in view.analysis.claims}
    assert by_words["40 houses were flooded"] == "accept"
    assert next(one for one in by_words if "23 people" in one) and by_words["Many came to look"] is None
    assert [one.value for one in view.analysis.quantities if one.text == "40 houses"] == [41]
    assert [NEW[tag.span.start_char : tag.span.end_char] for tag in view.tags] == ["gave way"]
    lost = {stray.words for stray in newer.strays() if stray.kind == "lost"}
    assert any("16 people" in words for words in lost) and any("dark" in words for words in lost)
    assert newer.verify() == []  # they stand in the version that they were taken on
    assert any("16 people" in notice for notice in newer.notices())
    newer.store("bo").append(answer(view, view.analysis.claims[-1].id, "reject"))
    assert open_case(case.folder).versions()[0].view().decisions  # the old version has its decisions still


def test_a_version_of_another_kind_and_a_third_have_names_of_their_own(case: Case, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE.format("".join(f"<p>{line}</p>" for line in OLD.split("\n\n")[1:])), encoding="utf-8")
    assert add_version(case.folder, page).info["extracted"] == "extracted-2.json"
    third = add_version(case.folder, OLD + "Later.\n")
    assert third.version == 3 and third.path("extracted") is None and third.article.text == OLD + "Later.\n"
    assert [one.info["file"] for one in third.versions()] == ["article.txt", "article-2.html", "article-3.txt"]
    assert third.versions()[1].article.text.startswith("Bridge closed\n\nAt least 16")
    assert third.versions()[1].info["original_name"] == "page.html"
    assert add_version(case.folder, OLD).version == 4  # an article can be changed back


def test_the_same_bytes_are_no_new_version(case: Case) -> None:
    again = add_version(case.folder, OLD, published="2023-06-12")
    assert again.version == 1 and again.article.published == date(2023, 6, 12)
    assert "article-2.txt" not in files(case)


def test_what_a_killed_run_left_is_no_version_and_is_not_overwritten(case: Case) -> None:
    (case.folder / "article-2.txt").write_text("half", encoding="utf-8")
    newer = add_version(case.folder, NEW)
    assert newer.info["file"] == "article-3.txt" and newer.version == 2
    assert (case.folder / "article-2.txt").read_text(encoding="utf-8") == "half"


def test_nothing_is_added_to_a_case_that_is_not_whole_or_of_a_bad_article(case: Case, tmp_path: Path) -> None:
    before = files(case)
    with pytest.raises(ArticleError):
        add_version(case.folder, b"")
    with pytest.raises(CaseError, match="not a case"):
        add_version(tmp_path, NEW)
    assert files(case) == before
    (case.folder / "article.txt").write_text("other", encoding="utf-8")
    with pytest.raises(CaseError, match="was changed"):
        add_version(case.folder, NEW)


@pytest.mark.parametrize(
    "wrong",
    ["earlier = 5\n", "earlier = [1]\n", "[[earlier]]\nfile = 'x'\n", "[[earlier]]\nfile = '../x'\nsha256 = 'y'\n"],
)
def test_a_broken_list_of_versions_is_said_to_be_that(case: Case, wrong: str) -> None:
    path = case.folder / "case.toml"
    path.write_text(path.read_text(encoding="utf-8") + wrong, encoding="utf-8")
    with pytest.raises(CaseError, match=r"case\.toml"):
        open_case(case.folder)


def test_a_page_is_read_from_its_kept_text_and_says_so_where_that_was_changed(tmp_path: Path) -> None:
    page = PAGE.format("<p>The river rose by two metres on Monday, Mayor Ada Quill said in Lauben.</p>").encode()
    case = create_case(tmp_path / "flood", page, file_name="flood.html", published="2023-06-05")
    assert (case.folder / "article.html").read_bytes() == page and case.info["size"] == len(page)
    opened = open_case(case.folder)
    assert opened.article == case.article and opened.info["original_name"] == "flood.html"
    assert opened.info["extracted_with"].startswith("trafilatura ")
    kept = case.folder / "extracted.json"
    kept.write_text(kept.read_text(encoding="utf-8").replace("two metres", "ten metres"), encoding="utf-8")
    with pytest.raises(CaseError, match=r"extracted\.json was changed after it was collected"):
        _ = open_case(case.folder).article


def test_bytes_are_read_as_what_their_file_name_promises(tmp_path: Path) -> None:
    mail = b"Subject: Bridge closed\nDate: Mon, 5 Jun 2023 08:00:00 +0000\n\nThe river rose by two metres.\n"
    case = create_case(tmp_path / "mail", mail, file_name="note.eml")
    assert case.info["media_type"] == "message/rfc822" and (case.folder / "article.eml").read_bytes() == mail
