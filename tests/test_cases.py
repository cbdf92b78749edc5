"""The case folder: made once, opened for ever, never quietly wrong."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from kit.analysis import analyse
from kit.articles import ArticleError
from kit.cases import CaseError, create_case, open_case
from kit.decisions import add_words, answer, edit
from kit.schemes import SchemeError

TEXT = "Bridge closed\n\nThe river rose by two metres yesterday, Mayor Ada Quill said.\n\nNobody was hurt.\n"
SAMPLE = Path(__file__).parents[1] / "notebooks" / "cases" / "sample"


@pytest.fixture
def case(tmp_path: Path):
    return create_case(tmp_path / "flood", TEXT, published="2023-06-05", outlet="Lauben Courier")


def test_a_case_keeps_the_original_bytes_and_opens_again_as_it_was_made(tmp_path: Path):
    raw = "\ufeff" + TEXT.replace("\n", "\r\n")
    source = tmp_path / "in.txt"
    source.write_bytes(raw.encode("utf-16"))
    made = create_case(tmp_path / "flood", source, published=date(2023, 6, 5))
    opened = open_case(made.folder)
    assert (made.folder / "article.txt").read_bytes() == source.read_bytes()
    assert opened.article == made.article
    assert opened.analysis == made.analysis == analyse(made.article)
    assert {"collected_at", "collected_by", "extractor", "extractor_version", "sha256", "media_type"} <= set(
        opened.info
    )


def test_a_case_made_of_the_same_bytes_again_keeps_its_decisions_and_takes_the_new_facts(case):
    claim = case.analysis.claims[1]
    case.store().append({"action": "accept", "target": claim.id, "record": "claim"})
    again = create_case(case.folder, TEXT, published="2023-06-12")
    assert again.store().current()[claim.id].answer == "accept"
    assert again.info["outlet"] == "Lauben Courier"
    assert [time.value for time in again.analysis.dates] == ["2023-06-11"]


def test_a_folder_that_holds_something_else_is_left_alone(case, tmp_path: Path):
    with pytest.raises(CaseError, match="another article"):
        create_case(case.folder, TEXT + "More.")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "notes.txt").write_text("mine")
    with pytest.raises(CaseError, match="not a case"):
        create_case(tmp_path / "other", TEXT)


def test_a_bad_article_leaves_no_folder_behind(tmp_path: Path):
    with pytest.raises(ArticleError):
        create_case(tmp_path / "new", b"")
    with pytest.raises(ArticleError):
        create_case(tmp_path / "new", TEXT, published="soon")
    assert not (tmp_path / "new").exists()


def test_a_changed_article_is_noticed(case):
    (case.folder / "article.txt").write_text(TEXT.replace("two", "ten"), encoding="utf-8")
    with pytest.raises(CaseError, match="was changed after it was collected"):
        _ = open_case(case.folder).article
    assert "was changed" in open_case(case.folder).verify()[0]


@pytest.mark.parametrize("content", ["not json", "{}", '{"sha256": "0"}', "[]"])
def test_a_broken_reading_is_said_to_be_that_and_how_to_mend_it(case, content):
    (case.folder / "analysis.json").write_text(content, encoding="utf-8")
    with pytest.raises(CaseError, match=r"analysis\.json.*read afresh"):
        _ = open_case(case.folder).analysis


@pytest.mark.parametrize("content", ["title = ", "title = 'x'", "file = 'article.txt'", "file = '../x'\nsha256 = '0'"])
def test_a_broken_case_file_is_said_to_be_that(case, content):
    (case.folder / "case.toml").write_text(content, encoding="utf-8")
    with pytest.raises(CaseError, match=r"case\.toml"):
        open_case(case.folder)


def test_a_folder_without_a_case_is_no_case(tmp_path: Path):
    with pytest.raises(CaseError, match="kit new"):
        open_case(tmp_path)


def test_the_reading_stays_frozen_until_a_new_one_is_asked_for(case):
    path = case.folder / "analysis.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["pipeline"]["version"] = "old"
    path.write_text(json.dumps(data), encoding="utf-8")
    opened = open_case(case.folder)
    assert opened.analysis.pipeline.version == "old"
    assert opened.analyse_again().pipeline.version != "old"
    assert open_case(case.folder).analysis.pipeline.version != "old"


def test_a_changed_publication_date_is_noticed(case):
    path = case.folder / "case.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("2023-06-05", "2023-06-06"), encoding="utf-8")
    assert any("another publication date" in notice for notice in open_case(case.folder).notices())


def test_a_date_with_a_time_in_the_case_file_is_taken_as_its_day(case):
    path = case.folder / "case.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("2023-06-05", "2023-06-05T10:00:00Z"), encoding="utf-8")
    (case.folder / "analysis.json").unlink()
    assert [time.value for time in open_case(case.folder).analysis.dates] == ["2023-06-04"]
    assert open_case(case.folder).article.published == date(2023, 6, 5)
    assert open_case(case.folder).analysis.article.published == date(2023, 6, 5)


def test_a_title_that_is_no_text_is_refused(case):
    path = case.folder / "case.toml"
    path.write_text("title = 5\n" + path.read_text(encoding="utf-8").split("\n", 1)[1], encoding="utf-8")
    with pytest.raises(CaseError, match="title must be text"):
        open_case(case.folder)


def test_a_case_without_a_date_says_what_to_do(tmp_path: Path):
    assert "No publication date" in create_case(tmp_path / "flood", TEXT).notices()[0]


def test_verify_reports_a_torn_log_and_a_decision_that_lost_its_text(case):
    anchor = {"start_char": 0, "end_char": 6, "exact": "Tunnel", "prefix": "", "suffix": ""}
    case.store().append(
        {"action": "add", "target": "x", "record": "claim", "value": {"label": "claim"}, "anchor": anchor}
    )
    with (case.folder / "annotations.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"torn')
    problems = case.verify()
    assert any("line 2" in problem for problem in problems)
    assert any("“Tunnel”" in problem for problem in problems)


def test_the_sample_case_is_whole_and_its_frozen_reading_is_what_the_kit_reads_today():
    case = open_case(SAMPLE)
    assert case.verify() == []
    assert case.analysis == analyse(case.article), "run: kit.open_case('notebooks/cases/sample').analyse_again()"


def test_the_decisions_of_the_sample_case_point_at_records_that_exist():
    case = open_case(SAMPLE)
    analysis, decisions = case.analysis, case.store().current()
    known = {record.id for kind in ("claims", "quantities", "dates", "sources") for record in getattr(analysis, kind)}
    assert len(decisions) >= 8
    assert {target for target, decision in decisions.items() if not decision.added} <= known
    assert {"accept", "reject"} <= {decision.answer for decision in decisions.values()}
    assert any(decision.added for decision in decisions.values())


def test_decisions_follow_their_words_when_the_same_bytes_are_read_as_another_text(tmp_path: Path):
    raw = "Brücke zu\n\nThe river rose by two metres yesterday, Mayor Ada Quill said.\n\nNobody was hurt.\n".encode()
    case = create_case(tmp_path / "flood", raw, published="2023-06-05")
    claim = next(one for one in case.analysis.claims if one.cue and one.cue.text == "said")
    figure = case.analysis.quantities[0]
    store, headline = case.store(), case.article.text.index("Brücke")
    for draft in (
        answer(case.view(), claim.id, "reject"),
        edit(case.view(), figure.id, value=3),
        add_words(case.view(), headline, headline + 6, "loaded word"),
    ):
        store.append(draft)
    path = case.folder / "case.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"utf-8"', '"cp1252"'), encoding="utf-8")
    (case.folder / "analysis.json").unlink()
    again = open_case(case.folder)
    assert again.article.text != case.article.text and again.article.sha256 == case.article.sha256
    view = again.view()
    now = next(one for one in again.analysis.claims if one.cue and one.cue.text == "said")
    assert now.id != claim.id and view.answer(now.id) == "reject"
    assert [one.value for one in view.analysis.quantities] == [3] and view.tags == ()
    assert [(stray.kind, stray.words) for stray in view.strays] == [("lost", "Brücke")]
    assert any("“Brücke”" in problem for problem in again.verify()) and again.notices()


def test_a_suggestion_that_a_new_reading_changed_is_noticed(case):
    claim = next(one for one in case.analysis.claims if one.cue and one.cue.text == "said")
    case.store().append(answer(case.view(), claim.id, "accept"))
    path = case.folder / "analysis.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    next(one for one in data["claims"] if one["id"] == claim.id)["source"] = None
    path.write_text(json.dumps(data), encoding="utf-8")
    about = case.folder / "case.toml"  # as if the kit had made that reading
    sealed = about.read_text(encoding="utf-8")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    about.write_text(sealed.replace(case.info["analysis_sha256"], digest), encoding="utf-8")
    opened = open_case(case.folder)
    assert opened.verify() == []
    (notice,) = opened.notices()
    assert "source was “Mayor Ada Quill”, is nothing" in notice


def test_two_people_work_on_one_case_and_each_can_work_blind(case):
    claim = case.analysis.claims[1]
    case.store("ana").append(answer(case.view("ana"), claim.id, "accept"))
    case.store("bo").append(answer(case.view("bo"), claim.id, "reject"))
    opened = open_case(case.folder)
    assert [opened.view(name).answer(claim.id) for name in ("ana", "bo", None)] == ["accept", "reject", "reject"]


def test_a_case_has_labels_of_its_own(case):
    assert case.labels().names[0] == "claim"
    (case.folder / "labels.toml").write_text('[[label]]\nname = "blame"\n', encoding="utf-8")
    assert case.labels().names[-1] == "blame"
    (case.folder / "labels.toml").write_text("nonsense", encoding="utf-8")
    with pytest.raises(SchemeError, match=r"labels\.toml"):
        case.labels()
