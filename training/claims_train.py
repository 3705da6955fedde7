"""Train the claim heads; resumable by epoch.

    python -m training.claims_train --data training/scratch/claims/data.jsonl --engine src/counterclaim/knowledge/engine-2 \
        --out training/scratch/claims/full [--shared 0] [--epochs 14] [--fold K]

`--fold K` leaves out the Kth fifth (by the hash of the report's id) and prints the figures on it: triggers by (sentence, kind),
roles given the right trigger. Without it every report that is not held out is read.
"""

from __future__ import annotations

import argparse
import json
import random
import time
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from counterclaim.knowledge.weights import load
from counterclaim.parse.features import LONGEST, Pieces, Window, quotation_state, shape
from counterclaim.parse.paths import SIZES, paths
from counterclaim.parse.wordpieces import encoder
from training.claims_model import ClaimHeads, engine_of

Json = dict[str, Any]
ENCODER_RATE, HEAD_RATE = 8e-5, 8e-4
BATCH_WORDS = 900
MASK = 103
PIECE_DROP, UPPER = 0.06, 0.06
# A trigger is one word in forty, and kinds share what they learn; the losses are summed with these weights.
WEIGHTS = {"trigger": 1.0, "role": 3.0, "value": 0.5}
LIMITS = (64, 110, 128, 128, 200)


def fold_of(name: str, folds: int = 5) -> int:
    """The fold of a report; a story's versions have near ids and may fall apart, which the split of stories repairs for the held-out part."""
    return zlib.crc32(name.encode()) % folds


class Documents:
    """Labelled sentences → batches."""

    def __init__(self, rows: Sequence[Json], pieces: Pieces, labels: dict[str, list[str]], kinds: Sequence[str], seed: int) -> None:
        self.rows, self.pieces, self.chance = rows, pieces, random.Random(seed)
        self.kind = {k: i for i, k in enumerate(kinds)}
        self.role = {r: i for i, r in enumerate(labels["roles"])}
        self.value = {v: i for i, v in enumerate(labels["values"])}

    def windows(self, limit: int | None = None) -> Iterator[list[Json]]:
        """Sentences of one report to be read together, of varying length unless a limit is given."""
        for row in self.rows:
            size_limit = limit or self.chance.choice(LIMITS)
            current: list[Json] = []
            size = 2
            for sentence in row["sentences"]:
                need = sum(len(self.pieces(w)) for w in sentence["words"]) + 1
                if need > LONGEST:
                    continue
                if current and size + need > size_limit:
                    yield current
                    current, size = [], 2
                current.append(sentence)
                size += need
            if current:
                yield current

    def batches(self, *, noise: bool = True) -> Iterator[tuple[dict[str, Tensor], list[Json]]]:
        """One pass over the documents, with the sentences of each batch."""
        rows = list(self.windows(None if noise else 128))
        if noise:
            rows.sort(key=lambda row: sum(len(s["words"]) for s in row) + self.chance.random() * 20)
        groups: list[list[list[Json]]] = [[]]
        filled = 0
        for row in rows:
            words = sum(len(s["words"]) for s in row)
            if groups[-1] and filled + words > BATCH_WORDS:
                groups.append([])
                filled = 0
            groups[-1].append(row)
            filled += words
        if noise:
            self.chance.shuffle(groups)
        for group in groups:
            yield self.tensors(group, noise=noise), [s for row in group for s in row]

    def tensors(self, rows: list[list[Json]], *, noise: bool) -> dict[str, Tensor]:
        """Windows → padded tensors; a word that may or may not be a trigger has weight 0."""
        packed = []
        for row in rows:
            upper = noise and self.chance.random() < UPPER
            window, states = Window(), []
            for sentence in row:
                words = [w.upper() for w in sentence["words"]] if upper else sentence["words"]
                inside = bool(states) and states[-1] == 1 and not sentence["starts"]
                states = quotation_state(words, inside and words[0] not in ("“", "``"))
                window.add([self.pieces(w) for w in words], [shape(w, first=i == 0) for i, w in enumerate(words)], states)
            window.close()
            packed.append(window)
        length = max(len(w.pieces) for w in packed)
        flat = [s for row in rows for s in row]
        at = [[k * length + root, *(k * length + i for i in starts)] for k, w in enumerate(packed) for root, starts in zip(w.roots, w.words, strict=True)]
        width = max(map(len, at))
        batch = {
            "pieces": _pad([w.pieces for w in packed], length, 0),
            "shapes": _pad([w.shapes for w in packed], length, 0),
            "quoted": _pad([w.quoted for w in packed], length, 0),
            "words": _pad(at, width, 0),
        }
        if noise:
            drop = (torch.rand(batch["pieces"].shape, generator=torch.Generator().manual_seed(self.chance.getrandbits(40))) < PIECE_DROP) & (
                batch["pieces"] > 999
            )
            batch["pieces"] = batch["pieces"].masked_fill(drop, MASK)
        wanted = torch.zeros(len(flat), width, len(self.kind))
        weight = torch.zeros(len(flat), width, len(self.kind))
        owner, head, kind, where, role, value = [], [], [], [], [], []
        for s, sentence in enumerate(flat):
            n = len(sentence["words"])
            weight[s, 1 : n + 1] = 1.0
            for claim in sentence["claims"]:
                k, t = self.kind[claim["kind"]], claim["trigger"]
                if claim["required"]:
                    wanted[s, t + 1, k] = 1.0
                elif wanted[s, t + 1, k] == 0:
                    weight[s, t + 1, k] = 0.0
            for merged in merge(sentence["claims"]):
                owner.append(s)
                head.append(merged["trigger"] + 1)
                kind.append(self.kind[merged["kind"]])
                seen = torch.zeros(width, len(SIZES), dtype=torch.long)
                seen[1 : n + 1] = torch.from_numpy(paths(sentence["words"], sentence["head"], sentence["rel"], merged["trigger"]))
                where.append(seen)
                labels = torch.full((width,), -1)
                labels[1 : n + 1] = 0
                for name, word in merged["roles"]:
                    labels[word + 1] = self.role[name]
                role.append(labels)
                said = torch.zeros(len(self.value))
                for v in merged["values"]:
                    if v in self.value:
                        said[self.value[v]] = 1.0
                value.append(said)
        batch |= {"wanted": wanted, "weight": weight}
        if owner:
            batch |= {
                "owner": torch.tensor(owner),
                "head": torch.tensor(head),
                "kind": torch.tensor(kind),
                "where": torch.stack(where),
                "role": torch.stack(role),
                "value": torch.stack(value),
            }
        return batch


def merge(claims: Sequence[Json]) -> list[Json]:
    """Claims of one kind at one trigger as one: "killed two soldiers and five civilians" has one set of roles here."""
    found: dict[tuple[str, int], Json] = {}
    for claim in claims:
        at = (claim["kind"], claim["trigger"])
        if at not in found:
            found[at] = {"kind": claim["kind"], "trigger": claim["trigger"], "roles": [], "values": []}
        found[at]["roles"] += [r for r in claim["roles"] if r not in found[at]["roles"]]
        found[at]["values"] += [v for v in claim["values"] if v not in found[at]["values"]]
    return list(found.values())


def _pad(rows: list[list[int]], width: int, value: int) -> Tensor:
    return torch.tensor([row + [value] * (width - len(row)) for row in rows])


def losses(net: ClaimHeads, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """The loss of triggers, roles and values."""
    w = net.words(batch["pieces"], batch["shapes"], batch["quoted"], batch["words"])
    scores = net.triggers(w).float()
    out = {"trigger": (functional.binary_cross_entropy_with_logits(scores, batch["wanted"], reduction="none") * batch["weight"]).sum() / 40}
    if "owner" in batch:
        of_head = w[batch["owner"], batch["head"]]
        scores = net.pair(of_head, w[batch["owner"]], batch["kind"], batch["where"]).float()
        out["role"] = functional.cross_entropy(scores.flatten(0, 1), batch["role"].flatten(), ignore_index=-1, reduction="sum") / 120
        out["value"] = functional.binary_cross_entropy_with_logits(net.fixed(of_head, batch["kind"]).float(), batch["value"], reduction="sum") / 40
    return out


def measured(net: ClaimHeads, documents: Documents) -> str:
    """Triggers as (sentence, kind) and roles given the trigger, on documents left out."""
    net.eval()
    best = []
    pairs: list[tuple[float, bool, bool]] = []
    right = said = wanted = 0
    with torch.no_grad():
        for batch, flat in documents.batches(noise=False):
            w = net.words(batch["pieces"], batch["shapes"], batch["quoted"], batch["words"])
            top = torch.where(batch["weight"].any(-1, keepdim=True), net.triggers(w).float().sigmoid(), torch.zeros(())).amax(1)
            gold = batch["wanted"].amax(1)
            for s, sentence in enumerate(flat):
                optional = {net.kinds.index(c["kind"]) for c in sentence["claims"] if not c["required"]}
                pairs.extend((top[s, k].item(), bool(gold[s, k]), k in optional) for k in range(len(net.kinds)))
            if "owner" in batch:
                picked = net.pair(w[batch["owner"], batch["head"]], w[batch["owner"]], batch["kind"], batch["where"]).argmax(-1)
                known = batch["role"] >= 0
                right += int(((picked == batch["role"]) & (picked > 0) & known).sum())
                said += int(((picked > 0) & known).sum())
                wanted += int((batch["role"] > 0).sum())
    net.train()
    for cut in (0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
        hit = sum(1 for p, g, _ in pairs if g and p >= cut)
        out = sum(1 for p, g, o in pairs if p >= cut and not (o and not g))
        total = sum(g for _, g, _ in pairs)
        best.append((200 * hit / max(1, out + total), cut, hit / max(1, out), hit / max(1, total)))
    f, cut, p, r = max(best)
    return f"triggers F1 {f:.1f} (cut {cut}, p {p:.2f} r {r:.2f})  roles p {right / max(1, said):.3f} r {right / max(1, wanted):.3f} f {2 * right / max(1, said + wanted):.3f}"


def main() -> None:
    """Train for `--epochs`, saving after each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--engine", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--shared", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--fold", type=int)
    parser.add_argument("--part", type=float, default=1.0, help="the share of the reports to learn from (for the learning curve)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=ENCODER_RATE)
    parser.add_argument("--roles", type=float, default=WEIGHTS["role"])
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    rows = [json.loads(line) for line in args.data.open(encoding="utf-8")]
    left_out = [r for r in rows if (r["group"] == "heldout" if args.fold is None else r["group"] in ("train", "gold75") and fold_of(r["id"]) == args.fold)]
    used = [r for r in rows if r["group"] != "heldout" and (args.fold is None or fold_of(r["id"]) != args.fold)]
    random.Random(args.seed).shuffle(used)
    used = used[: round(args.part * len(used))]
    weights = load(args.engine)
    labels = dict(weights.config.labels)
    claims = [c for r in rows if r["group"] != "heldout" for s in r["sentences"] for c in s["claims"]]
    labels["roles"] = ["O", *sorted({role for c in claims for role, _ in c["roles"]})]
    counted: dict[str, int] = {}
    for c in claims:
        for v in c["values"]:
            counted[v] = counted.get(v, 0) + 1
    labels["values"] = sorted(v for v, n in counted.items() if n >= 5)
    net = ClaimHeads(labels, args.shared)
    net.branch_from(engine_of(args.engine, labels))
    pieces = Pieces(encoder(weights.vocabulary))
    of_encoder = [p for name, p in net.named_parameters() if p.requires_grad and name.startswith("engine.")]
    heads = [p for name, p in net.named_parameters() if p.requires_grad and not name.startswith("engine.")]
    optimiser = torch.optim.AdamW([{"params": of_encoder, "lr": args.rate}, {"params": heads, "lr": HEAD_RATE}], weight_decay=0.01, betas=(0.9, 0.98))
    checkpoint = args.out / "checkpoint.pt"
    first = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        net.load_state_dict(state["net"])
        optimiser.load_state_dict(state["optimiser"])
        first = state["epoch"] + 1
    test = Documents(left_out, pieces, labels, net.kinds, 0)
    net.train()
    for epoch in range(first, args.epochs):
        began, words, running = time.monotonic(), 0, dict.fromkeys(WEIGHTS, 0.0)
        documents = Documents(used, pieces, labels, net.kinds, 100 * args.seed + epoch)
        batches = list(documents.batches())
        for k, (batch, flat) in enumerate(batches):
            done = (epoch + k / len(batches)) / args.epochs
            for group, top in zip(optimiser.param_groups, (args.rate, HEAD_RATE), strict=True):
                group["lr"] = top * min(1.0, done / 0.06, (1 - done) / 0.7)
            optimiser.zero_grad(set_to_none=True)
            with torch.autocast("cpu", torch.bfloat16):
                found = losses(net, batch)
                loss = sum(((args.roles if name == "role" else WEIGHTS[name]) * value for name, value in found.items()), torch.zeros(()))
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*of_encoder, *heads], 2.0)
            optimiser.step()
            words += sum(len(s["words"]) for s in flat)
            for name, value in found.items():
                running[name] += value.item() / len(batches)
        print(
            f"epoch {epoch} {words / (time.monotonic() - began):.0f} words/s "
            + " ".join(f"{k} {v:.3f}" for k, v in running.items())
            + "  "
            + measured(net, test),
            flush=True,
        )
        torch.save({"net": net.state_dict(), "optimiser": optimiser.state_dict(), "epoch": epoch, "labels": labels, "shared": args.shared}, checkpoint)
    run = {"epochs": args.epochs, "seed": args.seed, "reports": len(used), "words": sum(len(s["words"]) for r in used for s in r["sentences"])}
    (args.out / "run.json").write_text(json.dumps(run, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
