"""Add the claim branch to the engine: a graph of its own that goes on from the engine's word vectors, and the arrays of the heads.

    python -m training.claims_export --checkpoint training/scratch/claims/full/checkpoint.pt --engine src/counterclaim/knowledge/engine-2 \
        --data training/scratch/claims/data.jsonl --out src/counterclaim/knowledge/engine-2 [--name engine-2]

The engine's own nodes and 8-bit weights stay to the byte what they were, so that tags, trees and names do not change.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from counterclaim.parse.engine import CLAIM_OUTPUTS, VECTORS
from training.claims_model import ClaimHeads
from training.model import HIDDEN

INPUTS = ("vectors", "pieces", "shapes", "quoted", "words")
FLOAT_HEADS = ("/trigger/trigger.3/",)


class Inference(nn.Module):
    """What runs in the branch's graph: a score a kind for every word, and its vectors as trigger and as filler."""

    def __init__(self, net: ClaimHeads) -> None:
        super().__init__()
        self.net = net

    def forward(self, vectors: Tensor, pieces: Tensor, shapes: Tensor, quoted: Tensor, words: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The three outputs of the branch, (sentences, words, …) each, from the engine's own vectors of the pieces."""
        w = self.net.engine.gather(self.net.engine.encode(pieces, shapes, quoted, vectors), words)
        return self.net.triggers(w), self.net.head(w), self.net.word(w)


def branch(net: ClaimHeads, path: Path, *, quantised: bool) -> None:
    """Write the branch as a graph of its own."""
    pieces = torch.randint(1000, 2000, (3, 24))
    words = torch.arange(18)[None].repeat(5, 1)
    axes = {n: {0: "B", 1: "T"} for n in INPUTS[:4]} | {n: {0: "S", 1: "W"} for n in ("words", *CLAIM_OUTPUTS)}
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "float.onnx"
        torch.onnx.export(
            Inference(net).eval(),
            (torch.zeros(3, 24, HIDDEN), pieces, pieces * 0, pieces * 0, words),
            str(plain if quantised else path),
            input_names=list(INPUTS),
            output_names=list(CLAIM_OUTPUTS),
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        if quantised:
            names = [n.name for n in onnx.load(str(plain)).graph.node if n.op_type == "MatMul" and any(head in n.name for head in FLOAT_HEADS)]
            quantize_dynamic(
                str(plain), str(path), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, op_types_to_quantize=["MatMul"], nodes_to_exclude=names
            )


def telling(engine: onnx.ModelProto) -> onnx.ModelProto:
    """The engine's graph with the vectors of the pieces among its outputs, under the name `vectors`; nothing else changes."""
    graph = engine.graph
    if any(o.name == VECTORS for o in graph.output):
        return engine
    after = {"pieces.rows"}
    for node in graph.node:
        if node.op_type in ("Gather", "Cast", "Mul", "Reshape") and after & set(node.input):
            after.update(node.output)
            if node.op_type == "Reshape":
                old = node.output[0]
                node.output[0] = VECTORS
                for other in graph.node:
                    for k, name in enumerate(other.input):
                        if name == old:
                            other.input[k] = VECTORS
                graph.output.append(onnx.helper.make_tensor_value_info(VECTORS, onnx.TensorProto.FLOAT, ["B", "T", HIDDEN]))
                return engine
    raise ValueError("the engine's graph has no 8-bit table of pieces")


def arrays(net: ClaimHeads) -> bytes:
    """What `counterclaim.parse.heads` needs, in 32 bits."""
    found: dict[str, Any] = {
        "kind": net.kind.weight,
        "role": net.role.weight,
        "role_bias": net.role.bias,
        "value": net.value.weight,
        "value_bias": net.value.bias,
    }
    found |= {f"path{k}": table.weight for k, table in enumerate(net.path)}
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **{k: v.detach().numpy() for k, v in found.items()})
    return buffer.getvalue()


def main() -> None:
    """Write the folder; print its size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--engine", type=Path, required=True)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--name", default="engine-2")
    parser.add_argument("--float", action="store_true", help="keep the branch in 32 bits (for measuring what 8 bits cost)")
    args = parser.parse_args()
    state = torch.load(args.checkpoint, weights_only=True)
    net = ClaimHeads(state["labels"], state["shared"])
    net.load_state_dict(state["net"])
    net.eval()
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "heads.npz").write_bytes(arrays(net))
    branch(net, args.out / "claims.onnx", quantised=not args.float)
    model = telling(onnx.load(str(args.engine / "model.onnx")))
    onnx.checker.check_model(model)
    onnx.save(model, str(args.out / "model.onnx"))
    for name in ("lemmas.tsv", "vocabulary.txt"):
        if args.engine.resolve() != args.out.resolve():
            shutil.copyfile(args.engine / name, args.out / name)
    config = json.loads((args.engine / "config.json").read_text(encoding="utf-8"))
    config["name"] = args.name
    config["labels"] |= {"kinds": net.kinds, "roles": net.roles, "values": net.values}
    (args.out / "config.json").write_text(json.dumps(config, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    manifest = json.loads((args.engine / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"] = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(args.out.iterdir()) if p.name not in ("manifest.json", "MODEL.md")}
    if args.data:
        manifest["sources"]["careful-readings"] = {
            "sha256": hashlib.sha256(args.data.read_bytes()).hexdigest(),
            "licence": "annotations by us; texts stay outside",
            "words": 0,
        }
    (args.out / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print({p.name: p.stat().st_size for p in sorted(args.out.iterdir())})


if __name__ == "__main__":
    main()
