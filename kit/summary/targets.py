"""Where a record is marked on the page, and what analysts noted on records.

In: the records as decided. Out: record id -> id of the mark that the article on the page has for it; notes by name.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from kit.decisions import Effective
from kit.markup import attributed_claims, claim_labels, marks
from kit.records import Claim, Segment


def mark_targets(view: Effective) -> dict[str, str]:
    """Every record that leads somewhere: what is drawn leads to itself, a source to the first claim that names it.

    Other sources and the outlet's own sentences lead to the nearest mark in their paragraph, where there is one.
    """
    drawn = [mark for mark in marks(view) if mark.answer != "reject"]
    found = {mark.id: mark.id for mark in drawn}
    for claim in attributed_claims(view.analysis):
        if claim.source and claim.source.source_id and claim.id in found:
            found.setdefault(claim.source.source_id, claim.id)
    starts, blocks = [mark.start_char for mark in drawn], view.analysis.article.segments
    places = [(source.id, source.mentions) for source in view.analysis.sources]
    places += [(claim.id, claim.content) for claim in view.analysis.claims if claim.voice != "attributed"]
    for one, spans in places:
        if spans and one not in found and view.answer(one) != "reject":
            near = _nearest(starts, blocks, spans[0].start_char)
            found |= {} if near is None else {one: drawn[near].id}
    for source, into in view.merged.items():
        if into in found:
            found.setdefault(source, found[into])
    return found


def _nearest(starts: Sequence[int], blocks: Sequence[Segment], at: int) -> int | None:
    """Which of the places, given in order, is closest to a character and in its paragraph."""
    number = bisect_right(blocks, at, key=lambda one: one.start_char) - 1
    if number < 0:
        return None
    low, high = blocks[number].start_char, blocks[number].end_char
    behind = bisect_right(starts, at)
    near = [i for i in (behind - 1, behind) if 0 <= i < len(starts) and low <= starts[i] < high]
    return min(near, key=lambda i: abs(starts[i] - at), default=None)


def analysts_notes(view: Effective) -> dict[str, str]:
    """What analysts noted on records, by what to call it: "Ada's note on claim 4"."""
    labels, found = claim_labels(view), {}
    for target, decision in view.decisions.items():
        note, record = view.note(target), view.record(target)
        if note:
            first = record.content[0] if isinstance(record, Claim) else record
            words = " ".join(str(getattr(first, "text", None) or getattr(first, "name", decision.record)).split())
            about = f"claim {labels[target]}" if target in labels else f"“{words[:60]}”"
            found[f"{decision.annotator or 'an analyst'}’s note on {about}"] = note
    return found
