"""The tagging desk in a real JupyterLab and a real browser: what a person does is what stands in the log.

Each test does one thing as a new user would. Set ``KIT_SHOTS`` to a folder to keep a picture of each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from browser import browser_page, command, is_local, jupyterlab, playwright
from desk import (
    CELL,
    TEXT,
    Desk,
    cells,
    choose,
    marked,
    open_desk,
    place,
    saved,
    select_words,
    shot,
    small_analysis,
    small_desk,
    tag_desk,
)

from kit.decisions import as_decided, fold
from kit.records import Article, Segment

pytestmark = pytest.mark.slow

expect = playwright.expect


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str, Any, list[str]]]:
    """One JupyterLab and one browser for all tests of this file: its root, its address, a browser context, requests."""
    root, home = tmp_path_factory.mktemp("desks"), tmp_path_factory.mktemp("home")
    with jupyterlab(root, home) as url, browser_page(viewport={"width": 1280, "height": 1000}) as (page, asked):
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield root, url, page.context, asked


@pytest.fixture
def page(lab: tuple[Path, str, Any, list[str]]) -> Iterator[Any]:
    """A page of its own, closed afterwards with its kernel."""
    found = lab[2].new_page()
    found.set_default_timeout(20_000)
    yield found
    if found.evaluate("Boolean(window.jupyterapp)"):
        found.evaluate("window.jupyterapp.shell.currentWidget?.sessionContext?.shutdown()")
    found.close()


def opened(lab: tuple[Path, str, Any, list[str]], page: Any, desk: Desk) -> Any:
    """The desk in JupyterLab, with the keyboard in its article."""
    open_desk(page, lab[1], desk.path(lab[0]))
    article = page.get_by_role("document", name="Article")
    article.focus()
    return article


def test_what_a_person_does_at_the_desk_is_what_stands_in_the_log(lab: Any, page: Any) -> None:
    desk = tag_desk(lab[0] / "case")
    article = opened(lab, page, desk)
    expect(article).to_be_focused()
    before = cells(page)
    saved(page, lambda: page.keyboard.press("a"))
    page.keyboard.press("b")
    select_words(page, "horrific")
    saved(page, page.get_by_role("button", name="Tag as loaded word").click)
    page.keyboard.press("b")
    saved(page, page.get_by_role("button", name="Reject", exact=True).click)
    page.keyboard.press("b")
    page.locator(".kit-card h3").click()  # a place that takes no focus of its own
    page.keyboard.press("b")
    saved(page, lambda: page.keyboard.press("Control+z"))
    assert cells(page) == before
    command(page, "docmanager:save")
    page.reload()
    page.locator(".kit-desk").wait_for()
    expect(page.locator(".kit-left")).to_have_text("2 of 3 left")
    expect(marked(page, "The bridge was hit twice")).to_have_attribute("data-tag", "1\u00a0✓")
    expect(marked(page, "horrific").last).to_have_attribute("data-tag", "loaded word\u00a0+")
    shot(page, "after-reload")
    accepted, added, rejected, undone = desk.events()
    start = TEXT.index("horrific")
    assert (accepted.action, accepted.target) == ("accept", small_analysis().claims[0].id)
    assert (added.action, added.anchor.start_char, added.anchor.end_char) == ("add", start, start + len("horrific"))
    assert added.anchor.exact == TEXT[added.anchor.start_char : added.anchor.end_char] == "horrific"
    assert (rejected.action, undone.action, undone.supersedes) == ("reject", "undo", rejected.id)
    assert {one.target: one.answer for one in fold(desk.events()).values()} == {
        accepted.target: "accept",
        added.target: "accept",
    }
    assert {event.annotator for event in desk.events()} == {"tester"}
    assert [request for request in lab[3] if not is_local(request)] == []


def test_the_whole_desk_works_from_the_keyboard(lab: Any, page: Any) -> None:
    desk = small_desk(lab[0] / "keys")
    page.set_viewport_size({"width": 900, "height": 900})
    opened(lab, page, desk)
    page.keyboard.press("f")
    page.keyboard.type("NIGHT 🌧️")
    expect(page.locator(".kit-hits")).to_have_text("1 of 1")
    page.keyboard.press("Escape")
    for _ in range(2):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("3")
    saved(page, lambda: page.keyboard.press("Enter"))
    page.keyboard.press("p")
    saved(page, lambda: page.keyboard.press(" "))
    saved(page, lambda: page.keyboard.press("Control+z"))
    saved(page, lambda: page.keyboard.press("Control+Shift+Z"))
    page.keyboard.press("?")
    expect(page.get_by_role("region", name="Keys", exact=True)).to_be_visible()
    shot(page, "narrow-help")
    assert cells(page) == 1
    for _ in range(60):  # Tab walks on, and out: the desk is no trap
        page.keyboard.press("Tab")
    assert not page.evaluate("document.querySelector('.kit-desk').contains(document.activeElement)")
    added, ignored, undone, redone = desk.events()
    assert added.value["label"] == "loaded word"
    assert TEXT[added.anchor.start_char : added.anchor.end_char] == added.anchor.exact
    assert (ignored.action, undone.supersedes, redone.supersedes) == ("ignore", ignored.id, undone.id)


def test_no_key_reaches_jupyterlab_and_a_log_that_cannot_be_written_is_told(lab: Any, page: Any) -> None:
    desk = small_desk(lab[0] / "leak")
    opened(lab, page, desk)
    for panel in ("", "e", "m", "c", "f"):  # and not "g", where a letter is a grade
        page.get_by_role("document", name="Article").focus()
        if panel:
            page.keyboard.press(panel)
        focusable = page.locator(".kit-desk :is(button, input, select, textarea, summary, [tabindex])")
        assert focusable.evaluate_all("all => all.filter((one) => !one.dataset.lmSuppressShortcuts).length") == 0
        for key in "bdyov":  # JupyterLab: a cell below, delete, code, outputs, paste
            page.keyboard.press(key)
        page.keyboard.press("Escape")
    assert cells(page) == 1
    assert desk.events() == []
    desk.log.mkdir()  # a folder stands where the file should be
    page.get_by_role("document", name="Article").focus()
    page.keyboard.press("a")
    expect(page.locator(".kit-desk").get_by_role("alert")).to_contain_text("Not saved")
    expect(page.locator(".kit-left")).to_have_text("3 of 3 left")
    shot(page, "not-saved")


def test_a_span_is_corrected_by_dragging_its_edge_and_with_the_keyboard(lab: Any, page: Any) -> None:
    desk = small_desk(lab[0] / "edges")
    opened(lab, page, desk)
    choose(page, "Claim 2")
    *_, x, y = place(page, "that")
    box = page.locator(".kit-handle-end").last.bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(x, y, steps=6)
    shot(page, "dragging")
    saved(page, page.mouse.up)
    dragged = desk.events()[-1]
    assert [one["text"] for one in dragged.value["content"]] == ["Nobody crossed on the horrific night 🌧️ that"]
    page.keyboard.press("e")
    page.keyboard.press("s")
    page.keyboard.press("Shift+ArrowRight")
    saved(page, lambda: page.keyboard.press("Enter"))
    shot(page, "edit")
    assert [one["text"] for one in desk.events()[-1].value["content"]] == ["crossed on the horrific night 🌧️ that"]
    page.keyboard.press("1")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Alt+Shift+ArrowLeft")
    saved(page, lambda: page.keyboard.press("Enter"))
    assert desk.events()[-1].value["source"]["text"] == "the port office tol"
    saved(page, lambda: page.keyboard.press("Control+z"))
    page.keyboard.press("2")
    saved(page, lambda: page.keyboard.press("Delete"))
    saved(page, page.get_by_role("button", name="Form: direct").click)
    saved(page, page.get_by_role("button", name="Voice: outlet").click)
    claim = as_decided(small_analysis(), desk.events()).record(small_analysis().claims[1].id)
    assert (claim.cue, claim.form, claim.voice) == (None, "direct", "outlet")
    for event in desk.events():
        assert event.anchor is None or TEXT[event.anchor.start_char : event.anchor.end_char] == event.anchor.exact


def test_a_claim_from_scratch_takes_four_actions(lab: Any, page: Any) -> None:
    desk = small_desk(lab[0] / "scratch")
    opened(lab, page, desk)
    select_words(page, "Bridge at Port Vela closed")
    saved(page, page.get_by_role("button", name="Tag as claim").click)
    shot(page, "new-claim")
    saved(page, lambda: select_words(page, "the port office"))
    saved(page, lambda: select_words(page, "reporters"))
    shot(page, "new-claim-done")
    view = as_decided(small_analysis(), desk.events())
    new = view.record(desk.events()[0].target)
    assert (new.source.text, new.cue.text, new.content[0].text) == (
        "the port office",
        "reporters",
        "Bridge at Port Vela closed",
    )
    assert view.answer(new.id) == "accept"
    assert page.locator(".kit-panel").is_hidden()


def test_a_figure_goes_to_another_claim_and_two_sources_are_one_and_two_again(lab: Any, page: Any) -> None:
    desk = small_desk(lab[0] / "links")
    opened(lab, page, desk)
    one, two = small_analysis().claims
    choose(page, "Figure 1")
    page.keyboard.press("l")
    shot(page, "link")
    saved(page, marked(page, "Nobody crossed on the").click)
    assert as_decided(small_analysis(), desk.events()).analysis.quantities[0].claim_id == two.id
    page.get_by_role("document", name="Article").focus()
    page.keyboard.press("l")
    page.get_by_role("combobox", name="Claim that reports this figure").select_option(one.id)
    saved(page, lambda: page.keyboard.press("Enter"))
    assert desk.events()[-1].value["claim_id"] == one.id
    choose(page, "Claim 1")
    page.keyboard.press("m")
    page.get_by_role("combobox", name="Who is the same as Ana Reyes").select_option("s2")
    saved(page, lambda: page.keyboard.press("Enter"))
    shot(page, "merged")
    assert as_decided(small_analysis(), desk.events()).merged == {"s2": "s1"}
    saved(page, page.get_by_role("button", name="Take out the port office").click)
    assert as_decided(small_analysis(), desk.events()).merged == {}


def test_grades_labels_and_notes_are_given_and_a_quotation_is_copied_with_the_keyboard(lab: Any, page: Any) -> None:
    cell = CELL.replace(
        "Annotator(analysis", "from pathlib import Path\nfrom kit.schemes import load_scheme\nAnnotator(analysis"
    )
    desk = small_desk(
        lab[0] / "grades", cell=cell.replace("on_answer=", 'labels=load_scheme(Path("labels.toml")), on_answer=')
    )
    (desk.folder / "labels.toml").write_text('[[label]]\nname = "narrative: blame"\nkey = "5"\n', encoding="utf-8")
    opened(lab, page, desk)
    expect(page.locator(".kit-card")).to_contain_text("F6 (not graded yet)")
    page.keyboard.press("g")
    saved(page, lambda: page.keyboard.press("b"))
    saved(page, lambda: page.keyboard.press("3"))
    shot(page, "grade")
    page.keyboard.press("Escape")
    saved(page, lambda: page.keyboard.press("5"))
    page.keyboard.press("c")
    page.keyboard.type("the port has its own log")
    saved(page, lambda: page.keyboard.press("Enter"))
    expect(page.locator(".kit-card")).to_contain_text("B3")
    expect(page.locator(".kit-card")).to_contain_text("narrative: blame")
    shot(page, "graded")
    values = [(event.action, dict(event.value)) for event in desk.events()]
    assert values == [
        ("grade", {"reliability": "B"}),
        ("grade", {"credibility": "3"}),
        ("label", {"labels": ["narrative: blame"]}),
        ("note", {"note": "the port has its own log"}),
    ]
    page.keyboard.press("q")
    expect(page.locator(".kit-saved")).to_have_text("copied")
    start, end = TEXT.index("The bridge"), TEXT.index("”.") + 1
    copied = "“The bridge was hit twice … “at least 40 lorries were lost”” "
    copied += f"(Ana Reyes, in the article, characters {start}–{end})"
    assert page.evaluate("navigator.clipboard.readText()") == copied


def test_the_queue_is_filtered_and_ordered(lab: Any, page: Any) -> None:
    analysis = small_analysis()
    sure = [replace(claim, confidence=value) for claim, value in zip(analysis.claims, (0.9, 0.4), strict=True)]
    desk = small_desk(lab[0] / "queue", replace(analysis, claims=tuple(sure)))
    opened(lab, page, desk)

    def names() -> list[str]:
        return page.locator(".kit-list li button > span:nth-child(2)").all_text_contents()

    assert names() == ["Claim 1", "Figure 1", "Claim 2"]
    expect(page.locator(".kit-card")).to_contain_text("quantity +")
    page.get_by_role("combobox", name="Order").select_option("confidence")
    assert names()[0] == "Claim 2"
    page.get_by_role("combobox", name="Order").select_option("worth")
    assert names()[-1] == "Claim 2"
    page.get_by_role("combobox", name="Order").select_option("reading")
    page.get_by_role("combobox", name="Source").select_option("s2")
    assert names() == ["Claim 2"]
    page.get_by_role("combobox", name="Source").select_option("")
    page.get_by_role("combobox", name="Show").select_option("open")
    page.get_by_role("document", name="Article").focus()
    saved(page, lambda: page.keyboard.press("a"))
    expect(page.locator(".kit-left")).to_have_text("2 of 3 left")
    assert names() == ["Claim 1", "Figure 1"]
    shot(page, "queue")


def test_what_somebody_else_decided_appears_and_can_be_settled(lab: Any, page: Any) -> None:
    desk = small_desk(lab[0] / "others")
    opened(lab, page, desk)
    saved(page, lambda: page.keyboard.press("a"))
    claim = small_analysis().claims[0].id
    desk.store("ben").append({"action": "reject", "target": claim, "record": "claim"})
    saved(page, lambda: page.keyboard.press("a"))
    expect(page.locator(".kit-list li button").first).to_contain_text("✗")
    page.get_by_role("combobox", name="Show").select_option("differ")
    page.get_by_role("document", name="Article").focus()
    expect(page.locator(".kit-card")).to_contain_text("✓ tester, ✗ ben")
    shot(page, "differ")
    saved(page, lambda: page.keyboard.press("a"))
    first, theirs, _, settled = desk.events()
    assert set(settled.value["adjudicates"]) == {first.id, theirs.id}
    expect(page.locator(".kit-list li")).to_have_count(0)


def test_right_to_left_text_is_tagged_in_its_own_offsets(lab: Any, page: Any) -> None:
    text = "הגשר נסגר 🚧\n\nהנמל אמר שאיש לא עבר."
    segments = (Segment("headline", 0, 11), Segment("paragraph", 13, len(text)))
    reading = replace(
        small_analysis(), article=Article(text, "0", segments), claims=(), sources=(), quantities=(), voices=()
    )
    desk = small_desk(lab[0] / "rtl", reading)
    opened(lab, page, desk)
    page.keyboard.press("ArrowRight")
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    shot(page, "rtl")
    saved(page, lambda: page.keyboard.press("Enter"))
    added = desk.events()[0]
    assert added.value["text"] == text[added.value["start_char"] : added.value["end_char"]] == "הנמל אמר"
    assert page.locator(".kit-region p").evaluate("one => getComputedStyle(one).direction") == "rtl"
