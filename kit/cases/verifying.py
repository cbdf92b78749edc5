"""Whether a case is whole: every hash, every span of every reading, every quotation of every decision.

In: a case. Out: one :class:`Check` for each file that was looked at, and one for each thing that is wrong. Nothing is
written, and no reading is made.

A decision belongs to the version of the article that it was taken on: its words must stand there. That they are gone
from a newer version is no fault of the case; it is told, not complained of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kit.cases.case import Case, file_sha256
from kit.cases.manifest import ANALYSIS_FILE, ANNOTATIONS_FILE, CASE_FILE, CaseError
from kit.decisions import as_decided
from kit.errors import KitError
from kit.records import Analysis, Annotation, Pipeline
from kit.store import AnnotationStore


@dataclass(frozen=True)
class Check:
    """One look at one file: ``message`` says what was found; a ``note`` is to be known, and nothing is wrong."""

    file: str
    message: str
    problem: bool = False
    note: bool = False


def checks(case: Case) -> list[Check]:
    """Everything that can be checked about a case, version by version, the log last."""
    readings: list[Analysis] = []
    found: list[Check] = []
    for version in case.versions():
        found += _version(version, readings)
    try:
        return found + list(_log(case, readings))
    except (KitError, OSError) as error:
        return [*found, Check(ANNOTATIONS_FILE, str(error), True)]


def _version(case: Case, readings: list[Analysis]) -> Iterator[Check]:
    """One version: its bytes and text, then its reading, which is put into ``readings``."""
    try:
        article = case.article
    except CaseError as error:
        yield Check(case.info["file"], str(error), True)
        return
    size, kept = case.info.get("size"), case.path("extracted")
    collected = " ".join(f"{word} {case.info[key]}" for word, key in _COLLECTED.items() if key in case.info)
    yield Check(case.info["file"], f"SHA-256 {article.sha256}, as collected{collected and ' ' + collected}")
    if size is not None and size != (actual := (case.folder / case.info["file"]).stat().st_size):
        yield Check(CASE_FILE, f"{CASE_FILE}: size = {size}, but {case.info['file']} has {actual} bytes", True)
    if kept and kept.exists():
        hashed = "text_sha256" in case.info
        yield Check(kept.name, "the extracted text, as extracted" if hashed else "the extracted text, never hashed")
    elif kept and "extracted" in case.info:
        yield Check(kept.name, f"{kept.name} is missing: the text is extracted afresh, and may be another one", True)
    reading = case.path("analysis")
    name = reading.name if reading else ANALYSIS_FILE
    try:
        analysis = case.frozen()
    except CaseError as error:
        yield Check(name, str(error), True)
        analysis = None
    else:
        if analysis is None:
            yield Check(name, f"{name} is missing: open the case, and the article is read afresh", True)
        else:
            counted = f"{len(analysis.claims)} statements, {len(analysis.quantities)} figures"
            known, found = case.info.get("analysis_sha256"), file_sha256(case.folder / name)
            if known not in (None, found):
                yield Check(name, f"{name} {_REREAD.format(found[:12], CASE_FILE, known[:12])}", True)
            else:
                hashed = "as it was made" if known else "never hashed"
                yield Check(name, f"{counted}, {hashed}: each stands in the text where it says")
    readings.append(analysis or Analysis(article, (), (), (), (), (), Pipeline("none", "", "")))


_REREAD = (
    "was changed after it was made (SHA-256 {}…, {} says {}…): put it back, or take case.analyse_again() for a new one"
)
_COLLECTED = {"on": "collected_at", "by": "collected_by", "from": "requested_url"}


def _log(case: Case, readings: list[Analysis]) -> Iterator[Check]:
    """The log: its chain, and each decision's words in the version that it was taken on."""
    store = AnnotationStore(case.folder / ANNOTATIONS_FILE)
    events = store.read()
    for problem in store.problems:
        yield Check(ANNOTATIONS_FILE, problem, True)
    if not events and not store.problems:
        yield Check(ANNOTATIONS_FILE, "no decisions yet")
    of = {reading.article.sha256: reading for reading in readings}
    wrong = False
    for sha256, own in _by_version(case, events).items():
        counted = f"{len(own)} event{'' if len(own) == 1 else 's'}"
        if sha256 not in of:
            known = sha256 in {version.info["sha256"] for version in case.versions()}
            why = "an article that cannot be read" if known else "an article that is not in this case"
            yield Check(ANNOTATIONS_FILE, f"{ANNOTATIONS_FILE}: {counted} on {why} (SHA-256 {sha256[:12]}…)", True)
            wrong = True
            continue
        ids = {event.id for event in own}
        taken = [event for event in events if event.id in ids or event.action == "undo"]
        for stray in as_decided(of[sha256], taken).strays:
            if stray.kind in ("lost", "broken"):
                yield Check(ANNOTATIONS_FILE, f"{ANNOTATIONS_FILE}: {stray.message}", True)
                wrong = True
    if events and not wrong:
        quoted = sum(event.anchor is not None for event in events)
        yield Check(ANNOTATIONS_FILE, f"{len(events)} events, {quoted} quotations: each stands where it was taken from")
    if case.version > 1 and case.info["sha256"] in of:
        yield from _moved(of[case.info["sha256"]], events)


def _by_version(case: Case, events: list[Annotation]) -> dict[str, list[Annotation]]:
    """The events by the SHA-256 of the article that they were taken on; where none says, the current one."""
    found: dict[str, list[Annotation]] = {}
    for event in events:
        found.setdefault(event.article or case.info["sha256"], []).append(event)
    return found


def _moved(now: Analysis, events: list[Annotation]) -> Iterator[Check]:
    """How many decisions on earlier versions have no words in the current one."""
    own = {event.id for event in events if event.article == now.article.sha256}
    gone = [stray for stray in as_decided(now, events).strays if stray.kind == "lost" and not own & {*stray.events}]
    if gone:
        message = f"{len(gone)} decisions on an earlier version have lost their words in the current one"
        yield Check(ANNOTATIONS_FILE, message, note=True)
