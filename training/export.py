"""Turn a checkpoint into a weights folder: ONNX with 8-bit weights, labels, vocabulary, lemmas, manifest.

    python -m training.export --checkpoint training/scratch/six/checkpoint.pt --encoder MINILM_DIR \
        --data training/scratch/data --out src/counterclaim/knowledge/engine-1 [--float]

`reduce_range` keeps the 8-bit products inside 16 bits, so that processors with and without VNNI agree.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections import Counter
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.model import Engine

# Left in 32 bits: the last layer of each tagging head. They are small, and their rounding moves labels.
FLOAT_HEADS = ("/upos/", "/xpos/", "/names/", "/attribution/")
OUTPUTS = ("upos", "xpos", "names", "attribution", "arcs", "heads", "relations")


class ByteEmbedding(nn.Module):
    """An embedding in 8 bits with a scale for every 32 numbers of a row: a quarter of the size, and close to the 32-bit one."""

    def __init__(self, weight: Tensor, group: int = 32) -> None:
        super().__init__()
        self.width, self.group = weight.shape[1], group
        parts = weight.view(weight.shape[0], -1, group)
        scale = parts.abs().amax(2, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", (parts / scale).round().to(torch.int8))
        self.register_buffer("scale", scale.float())

    def forward(self, at: Tensor) -> Tensor:
        """Rows at these indices."""
        flat = at.reshape(-1)
        return (self.rows[flat].float() * self.scale[flat]).view(*at.shape, self.width)


def to_onnx(net: Engine, path: Path) -> None:
    """Write the inference graph in float."""
    pieces = torch.randint(1000, 2000, (3, 24))
    words = torch.arange(18)[None].repeat(5, 1)
    arguments = (pieces, pieces * 0, pieces * 0, words, torch.ones(5, 18).bool())
    names = ["pieces", "shapes", "quoted", "words", "mask"]
    axes = {n: {0: "B", 1: "T"} for n in names[:3]} | {n: {0: "S", 1: "W"} for n in (*names[3:], *OUTPUTS)}
    axes["arcs"] = {0: "S", 1: "W", 2: "W"}
    torch.onnx.export(net, arguments, str(path), input_names=names, output_names=list(OUTPUTS), dynamic_axes=axes, opset_version=17, dynamo=False)


def lemma_table(data: Path) -> str:
    """Lines "form<TAB>tag<TAB>lemma" for every form of the treebanks whose lemma the rules of `parse/lemmas.py` would miss."""
    from counterclaim.parse.lemmas import by_rule

    seen: dict[tuple[str, str], Counter[str]] = {}
    for path in sorted(data.glob("*-train.jsonl")):
        for line in path.open(encoding="utf-8"):
            for sentence in json.loads(line)["sentences"]:
                for form, tag, lemma in zip(sentence["words"], sentence.get("xpos", ()), sentence.get("lemma", ()), strict=False):
                    seen.setdefault((form.lower(), tag), Counter())[lemma] += 1
    rows = []
    for (form, tag), lemmas in sorted(seen.items()):
        lemma = max(sorted(lemmas), key=lambda x: lemmas[x])
        if tag not in ("NNP", "NNPS") and lemma != by_rule(form, tag):
            rows.append(f"{form}\t{tag}\t{lemma}")
    return "\n".join(rows) + "\n"


def main() -> None:
    """Write the folder; print its size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--name", default="engine-1")
    parser.add_argument("--float", action="store_true", help="keep 32-bit weights (for measuring what 8 bits cost)")
    args = parser.parse_args()
    state = torch.load(args.checkpoint, weights_only=True)
    net = Engine(state["labels"], state["layers"])
    net.load_state_dict(state["net"])
    net.eval()
    if not args.float:
        net.pieces = ByteEmbedding(net.pieces.weight.detach())
    args.out.mkdir(parents=True, exist_ok=True)
    model = args.out / "model.onnx"
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "float.onnx"
        to_onnx(net, model if args.float else plain)
        if not args.float:
            quantize_dynamic(
                str(plain),
                str(model),
                op_types_to_quantize=["MatMul", "Gemm"],
                nodes_to_exclude=[node.name for node in onnx.load(str(plain)).graph.node if any(part in node.name for part in FLOAT_HEADS)],
                weight_type=QuantType.QInt8,
                per_channel=True,
                reduce_range=True,
                extra_options={"DefaultTensorType": 1, "MatMulConstBOnly": True},
            )
    vocabulary = json.loads((args.encoder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    (args.out / "vocabulary.txt").write_text("\n".join(sorted(vocabulary, key=vocabulary.__getitem__)) + "\n", encoding="utf-8")
    config = {"name": args.name, "features": state["features"], "layers": state["layers"], "labels": state["labels"]}
    (args.out / "config.json").write_text(json.dumps(config, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    (args.out / "lemmas.tsv").write_text(lemma_table(args.data), encoding="utf-8")
    files = {n: hashlib.sha256((args.out / n).read_bytes()).hexdigest() for n in ("model.onnx", "vocabulary.txt", "config.json", "lemmas.tsv")}
    sources = json.loads((args.data / "sources.json").read_text(encoding="utf-8"))
    (args.out / "manifest.json").write_text(json.dumps({"files": files, "sources": sources}, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print({p.name: p.stat().st_size for p in sorted(args.out.iterdir())})


if __name__ == "__main__":
    main()
