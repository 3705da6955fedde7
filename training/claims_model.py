"""The claim heads as a trainable network: the engine's first layers, kept as they are, and a branch of its own above them.

Which words express a claim of which kind (triggers), which words fill its roles, and what its fixed slots hold. Roles are
scored for a pair (trigger, word) from both words' vectors, the kind, and where the word stands in the tree as seen from the
trigger (`counterclaim.parse.paths`), in the manner of joint event extraction (Li, Ji and Huang 2013; Wadden et al. 2019).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn
from torch.nn import functional

from counterclaim.core.claim import KINDS
from counterclaim.parse.paths import SIZES
from training.model import HIDDEN, Engine

PAIR = 192  # the width in which trigger and word meet


def engine_of(folder: Path, labels: dict[str, list[str]], layers: int = 6) -> Engine:
    """The packaged engine as a network again, its 8-bit weights turned back into numbers."""
    graph = onnx.load(str(folder / "model.onnx")).graph
    given = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    net = Engine(labels, layers)
    state = {name: torch.tensor(given[name]) for name in net.state_dict() if name in given}
    rows = given["pieces.rows"].astype(np.float32) * given["pieces.scale"]
    state["pieces.weight"] = torch.tensor(rows.reshape(rows.shape[0], -1))
    numbered = sorted((int(name.split("_")[1]), name) for name in given if name.startswith("onnx::MatMul") and name.endswith("_quantized"))
    order = [f"layers.{i}.{part}.weight" for i in range(layers) for part in ("qkv", "out", "up", "down")]
    for (_, name), target in zip(numbered, order, strict=False):
        scale, zero = given[name.replace("_quantized", "_scale")], given[name.replace("_quantized", "_zero_point")]
        state[target] = torch.tensor(((given[name].astype(np.float32) - zero) * scale).T.copy())
    net.load_state_dict(state, strict=False)
    return net


class ClaimHeads(nn.Module):
    """Triggers, roles and values above a branch of the encoder that leaves the engine after `shared` layers."""

    def __init__(self, labels: dict[str, list[str]], shared: int = 0, dropout: float = 0.2) -> None:
        super().__init__()
        self.shared, self.roles, self.values = shared, labels["roles"], labels["values"]
        self.kinds = list(KINDS)
        self.engine = Engine(labels)
        self.trigger = nn.Sequential(nn.Linear(HIDDEN, HIDDEN), nn.GELU(), nn.Dropout(dropout), nn.Linear(HIDDEN, len(self.kinds)))
        self.word = nn.Linear(HIDDEN, 2 * PAIR)
        self.head = nn.Linear(HIDDEN, 2 * PAIR)
        self.kind = nn.Embedding(len(self.kinds), PAIR)
        self.path = nn.ModuleList([nn.Embedding(size, PAIR) for size in SIZES])
        self.role = nn.Linear(2 * PAIR, len(self.roles))
        self.value = nn.Linear(PAIR, len(self.values))
        self.dropout = dropout
        for table in (self.kind, *self.path):
            nn.init.normal_(table.weight, std=0.2)
        # Nearly every word is no trigger, fills no role and fixes no value: start there.
        nn.init.constant_(self.trigger[3].bias, -5.0)
        nn.init.constant_(self.value.bias, -3.5)
        nn.init.zeros_(self.role.bias)
        with torch.no_grad():
            self.role.bias[0] = 3.0

    def branch_from(self, engine: Engine) -> None:
        """Start from the engine's weights; the embeddings and the layers it shares stay as they are."""
        self.engine.load_state_dict(engine.state_dict())
        for name, parameter in self.engine.named_parameters():
            layer = int(name.split(".")[1]) if name.startswith("layers.") else -1
            parameter.requires_grad_(layer >= self.shared if layer >= 0 else (self.shared == 0 and name.startswith(("norm", "positions", "shapes", "quoted"))))

    def words(self, pieces: Tensor, shapes: Tensor, quoted: Tensor, words: Tensor) -> Tensor:
        """Windows → (sentences, words, HIDDEN); slot 0 of a sentence is its root piece."""
        return self.engine.gather(self.engine.encode(pieces, shapes, quoted), words)

    def triggers(self, w: Tensor) -> Tensor:
        """(S, W, HIDDEN) → (S, W, kinds) scores."""
        return self.trigger(w)

    def pair(self, of_head: Tensor, of_word: Tensor, kind: Tensor, paths: Tensor) -> Tensor:
        """(N, HIDDEN) triggers, (N, W, HIDDEN) words, (N,) kinds, (N, W, features) paths → (N, W, roles) scores."""
        h_sum, h_product = self.head(of_head).chunk(2, -1)
        w_sum, w_product = self.word(functional.dropout(of_word, self.dropout, self.training)).chunk(2, -1)
        where = sum((table(paths[..., k]) for k, table in enumerate(self.path)), torch.zeros(()))
        added = functional.gelu(w_sum + (h_sum + self.kind(kind))[:, None] + where)
        both = torch.cat([added, w_product * h_product[:, None]], -1)
        return self.role(functional.dropout(both, self.dropout, self.training))

    def fixed(self, of_head: Tensor, kind: Tensor) -> Tensor:
        """(N, HIDDEN) triggers and (N,) kinds → (N, values) scores."""
        h_sum, _ = self.head(functional.dropout(of_head, self.dropout, self.training)).chunk(2, -1)
        return self.value(functional.gelu(h_sum + self.kind(kind)))
