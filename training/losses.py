"""Scores and targets of a batch in, one loss a task out."""

from __future__ import annotations

from torch import Tensor
from torch.nn import functional as F

from training.batches import MISSING
from training.model import TAGGERS, Reader


def find_losses(
    model: Reader, scores: dict[str, Tensor], targets: dict[str, Tensor], habit: str | None
) -> dict[str, Tensor]:
    """The mean loss of each task that has labels in the batch."""
    losses = {}
    for name in TAGGERS:
        if name in targets:
            found = scores[name]
            if name == "ent" and habit:
                found = found + model.habits[habit](scores["words"])
            losses[name] = _cross_entropy(found, targets[name])
    for name, table in (("head", "arcs"), ("cue", "cue")):
        if name in targets:
            losses[table] = _cross_entropy(scores[table], targets[name])
    if "head" in targets:
        known = targets["head"].clamp(min=0)
        relations = model.relate(scores["low"].float(), scores["high"].float(), known)
        losses["dep"] = _cross_entropy(relations, targets["dep"].masked_fill(targets["head"] == MISSING, MISSING))
    return {name: loss for name, loss in losses.items() if loss is not None}


def _cross_entropy(scores: Tensor, targets: Tensor) -> Tensor | None:
    if not (targets != MISSING).any():
        return None
    return F.cross_entropy(scores.float().flatten(0, 1), targets.flatten(), ignore_index=MISSING)
