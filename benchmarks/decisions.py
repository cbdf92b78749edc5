"""What a decision costs the desk in Python: a long article with many spans, most of them decided on.

    python benchmarks/decisions.py

prints the best of seven runs in milliseconds: the view after one more event (and made from nothing), the fold, the
tables, and the same log in a text in which everything moved. A view is made at every decision.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from kit import decisions as desk
from kit.checkworthiness import checkworthiness
from kit.contract import from_json, to_json
from kit.decisions import Ledger, as_decided, fold
from kit.records import Analysis, Annotation, Article, Claim, Cue, Pipeline, Quantity, Source, SourceMention, record_id
from kit.tables import agreement, claims_table

CLAIMS, STEP = 330, 303  # 990 marked spans and as many figures' in 100,000 characters


def reading(lead: str = "") -> Analysis:
    """An article of equal sentences with numbered names; ``lead`` moves everything."""
    sentences = [
        f"Speaker{n:04} of ward {n % 7} said that {n + 3} lorries were lost near Lauben on Sunday. "
        for n in range(CLAIMS)
    ]
    text = lead + "".join(one.ljust(STEP - 1, "x") + "\n" for one in sentences)
    article = Article(text, f"{len(lead):064x}")
    claims, sources, figures = [], [], []
    for n in range(CLAIMS):
        start = len(lead) + n * STEP
        name, cue = (
            article.span(start, start + 11),
            article.span(text.index("said", start), text.index("said", start) + 4),
        )
        content = article.span(cue.end_char + 1, text.index("lost", start) + 4)
        figure = article.span(content.start_char + 5, text.index(" were", start))
        source = Source(id=record_id(text, "source", name.start_char), name=name.text, mentions=(name,))
        mention = SourceMention(name.start_char, name.end_char, name.text, source.id)
        said = Cue(cue.start_char, cue.end_char, cue.text, "say")
        claim = Claim(id=record_id(text, "claim", cue.start_char), content=(content,), source=mention, cue=said)
        made = {"id": record_id(text, "quantity", figure.start_char), "value": n + 3, "reporter": source.id}
        figures.append(Quantity(figure.start_char, figure.end_char, figure.text, claim_id=claim.id, **made))
        claims.append(claim)
        sources.append(source)
    return Analysis(article, tuple(claims), tuple(sources), tuple(figures), (), (), Pipeline("made up", "1", ""))


def log_of(analysis: Analysis) -> list[Annotation]:
    """Some 1,000 events: answers of two annotators, corrected spans, edited figures, merged sources."""
    events: list[Annotation] = []
    view = as_decided(analysis, events)

    def do(draft: dict[str, Any], by: str) -> None:
        filled = {"id": f"e{len(events)}", "article": analysis.article.sha256, "annotator": by, "created": ""}
        events.append(from_json(Annotation, to_json(draft) | filled))

    for n, claim in enumerate(analysis.claims):
        do(desk.answer(view, claim.id, "accept" if n % 3 else "reject"), "ana")
        do(desk.answer(view, claim.id, "accept" if n % 4 else "reject"), "bo")
        if n % 3 == 0:
            end = claim.content[0].end_char
            do(desk.edit(view, claim.id, content=(claim.content[0].start_char + 5, end)), "ana")
        if n % 5 == 0:
            do(desk.edit(view, analysis.quantities[n].id, unit="lorry"), "bo")
    for one, other in zip(analysis.sources[::9], analysis.sources[1::9], strict=False):
        do(desk.merge(view, one.id, [other.id]), "ana")
    return events


def best(work: Callable[[], Any]) -> float:
    """Milliseconds, the best of seven."""
    times = []
    for _ in range(7):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 1000 * min(times)


def main() -> None:
    """Print the table."""
    analysis, moved = reading(), reading("Corrected on Monday.\n\n")
    events = log_of(analysis)
    view = as_decided(analysis, events)
    carried = as_decided(moved, events)
    ledger = Ledger(analysis)
    ledger.view(events[:-10])
    growing = (events[:end] for end in range(len(events) - 9, len(events) + 1))
    print(f"{len(analysis.article.text):,} characters, {4 * CLAIMS:,} spans, {len(events):,} events")
    rows: dict[str, Callable[[], Any]] = {
        "view after one more event": lambda: ledger.view(next(growing)),
        "view from nothing": lambda: as_decided(analysis, events),
        "view in a moved text": lambda: as_decided(moved, events),
        "fold": lambda: fold(events),
        "check-worthiness": lambda: checkworthiness(view),
        "claims_table": lambda: claims_table(analysis, view.decisions),
        "agreement": lambda: agreement(analysis, events),
    }
    for name, work in rows.items():
        print(f"{name:28} {best(work):8.1f} ms")
    print(
        f"carried into the moved text: {len(carried.decisions)} of {len(view.decisions)}, {len(carried.strays)} strays"
    )


if __name__ == "__main__":
    main()
