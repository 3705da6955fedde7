"""The engine as a trainable network: a MiniLM encoder, and one small head for each thing it reads.

Encoder: Wang et al. 2020, "MiniLM" (6 layers × 384), plus embeddings of word shape and quotation state.
Tree: deep biaffine attention (Dozat and Manning 2017); the relation scorer is a one-layer perceptron with an
elementwise product instead of a full bilinear form, which costs a tenth of it at run time.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from counterclaim.parse.features import SHAPES

HIDDEN, INNER, ATTENTION_HEADS, VOCABULARY, POSITIONS = 384, 1536, 12, 30522, 512
ARC, RELATION = 256, 192


class Layer(nn.Module):
    """One transformer layer, post-norm, as in BERT."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """(B, T, HIDDEN) → the same; `bias` is added to the attention scores."""
        b, t, h = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, ATTENTION_HEADS, h // ATTENTION_HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        # Written out: the library's fused attention takes a third of the step in bfloat16 on CPUs without matrix units.
        weights = (torch.matmul(q, k.transpose(2, 3)) * (h // ATTENTION_HEADS) ** -0.5 + bias.to(q.dtype)).softmax(-1).to(v.dtype)
        mixed = torch.matmul(weights, v).transpose(1, 2).reshape(b, t, h)
        x = self.norm1(x + self.out(mixed))
        inner = functional.gelu(self.up(x))
        return self.norm2(x + functional.dropout(self.down(inner), self.dropout, self.training))


class Engine(nn.Module):
    """Windows of pieces in, scores for every word of every sentence out."""

    def __init__(self, labels: dict[str, list[str]], layers: int = 6) -> None:
        super().__init__()
        self.pieces = nn.Embedding(VOCABULARY, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.shapes = nn.Embedding(len(SHAPES), HIDDEN)
        self.quoted = nn.Embedding(2, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList([Layer() for _ in range(layers)])
        self.upos = nn.Linear(HIDDEN, len(labels["upos"]))
        self.xpos = nn.Linear(HIDDEN, len(labels["xpos"]))
        self.names = nn.Linear(HIDDEN, len(labels["names"]))
        self.attribution = nn.Sequential(nn.Linear(HIDDEN, HIDDEN), nn.GELU(), nn.Linear(HIDDEN, len(labels["attribution"])))
        self.arcs = nn.Linear(HIDDEN, 2 * ARC)
        self.arc_form = nn.Parameter(torch.randn(ARC, ARC) * 0.02)
        self.arc_head = nn.Parameter(torch.zeros(ARC))
        self.relations = nn.Linear(HIDDEN, 4 * RELATION)
        self.relation = nn.Linear(2 * RELATION, len(labels["rel"]))
        nn.init.zeros_(self.shapes.weight)
        nn.init.zeros_(self.quoted.weight)

    def load_encoder(self, path: Path) -> None:
        """Start the encoder from MiniLM's weights (safetensors, BERT names); the first layers when there are fewer here."""
        given = {k.removeprefix("bert."): v.float() for k, v in load_file(path).items()}

        def take(module: nn.Module, *names: str) -> None:
            for kind in ("weight", "bias"):
                getattr(module, kind).copy_(torch.cat([given[f"{name}.{kind}"] for name in names]))

        with torch.no_grad():
            self.pieces.weight.copy_(given["embeddings.word_embeddings.weight"])
            self.positions.weight.copy_(given["embeddings.position_embeddings.weight"] + given["embeddings.token_type_embeddings.weight"][0])
            take(self.norm, "embeddings.LayerNorm")
            for i, layer in enumerate(self.layers):
                at = f"encoder.layer.{i}"
                take(layer.qkv, *(f"{at}.attention.self.{n}" for n in ("query", "key", "value")))
                take(layer.out, f"{at}.attention.output.dense")
                take(layer.norm1, f"{at}.attention.output.LayerNorm")
                take(layer.up, f"{at}.intermediate.dense")
                take(layer.down, f"{at}.output.dense")
                take(layer.norm2, f"{at}.output.LayerNorm")

    def encode(self, pieces: Tensor, shapes: Tensor, quoted: Tensor, vectors: Tensor | None = None) -> Tensor:
        """(B, T) features → (B, T, HIDDEN); the vectors of the pieces, where they are known already, are (B, T, HIDDEN)."""
        at = torch.arange(pieces.shape[1], device=pieces.device)
        x = (self.pieces(pieces) if vectors is None else vectors) + self.positions(at)[None] + self.shapes(shapes) + self.quoted(quoted)
        x = functional.dropout(self.norm(x), 0.1, self.training)
        bias = torch.where(pieces == 0, -1e4, 0.0)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x

    @staticmethod
    def gather(x: Tensor, words: Tensor) -> Tensor:
        """(B, T, H) and flat indices (S, W) into B·T → (S, W, H); slot 0 of a sentence is its root."""
        return x.reshape(-1, x.shape[-1])[words.reshape(-1)].view(*words.shape, x.shape[-1])

    def arc_scores(self, w: Tensor, mask: Tensor) -> Tensor:
        """(S, W, H) → (S, W dependents, W heads); absent words can head nothing."""
        dependent, head = functional.dropout(functional.relu(self.arcs(w)), 0.25, self.training).chunk(2, -1)
        scores = torch.matmul(torch.matmul(dependent, self.arc_form) + self.arc_head, head.transpose(1, 2))
        return scores + torch.where(mask, 0.0, -1e4)[:, None, :]

    def relation_scores(self, w: Tensor, heads: Tensor) -> Tensor:
        """(S, W, H) and the head of each word (S, W) → (S, W, relations)."""
        parts = functional.dropout(self.relations(w), 0.2, self.training)
        own_sum, own_product, head_sum, head_product = parts.chunk(4, -1)
        at = heads[:, :, None].expand(-1, -1, RELATION)
        added = functional.gelu(own_sum + torch.gather(head_sum, 1, at))
        return self.relation(torch.cat([added, own_product * torch.gather(head_product, 1, at)], -1))

    def forward(self, pieces: Tensor, shapes: Tensor, quoted: Tensor, words: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        """The inference graph: tags, name and attribution scores, arc scores, greedy heads, relations for these heads."""
        w = self.gather(self.encode(pieces, shapes, quoted), words)
        arcs = self.arc_scores(w, mask) - 1e4 * torch.eye(words.shape[1])[None]
        heads = arcs.argmax(-1)
        relations = self.relation_scores(w, heads).argmax(-1)
        return self.upos(w).argmax(-1), self.xpos(w).argmax(-1), self.names(w), self.attribution(w), arcs, heads, relations
