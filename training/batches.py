"""Turn prepared documents into batches of tensors, with the noise that news needs."""

from __future__ import annotations

import json
import random
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from counterclaim.parse.features import LONGEST, Pieces, Window, quotation_state, shape

TAGS = ("upos", "xpos", "rel", "names", "attribution")
MASK = 103  # the [MASK] piece of the BERT uncased vocabulary

# How often a training window is disturbed, and how. A third of conflict archives is upper case, but the encoder
# is uncased, so a tenth suffices for the shape embedding; the others are rarer in print.
UPPER, LOWER, TITLE, OCR, SWAPS, STRAIGHT = 0.12, 0.04, 0.02, 0.04, 0.03, 0.3
PIECE_DROP = 0.04

Batch = dict[str, Tensor]


def documents(folder: Path, half: str) -> dict[str, list[dict[str, Any]]]:
    """Prepared documents by what they teach: syntax, names, attribution."""
    out: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(folder.glob(f"*-{half}.jsonl")):
        for line in path.open(encoding="utf-8"):
            document = json.loads(line)
            out.setdefault(document["reads"], []).append(document)
    return out


def label_sets(kinds: dict[str, list[dict[str, Any]]]) -> dict[str, list[str]]:
    """All labels of each head, sorted, "O" first."""
    # A head nobody teaches keeps the one label that says nothing.
    found: dict[str, set[str]] = {tag: {"O"} if tag in ("names", "attribution") else set() for tag in TAGS}
    for group in kinds.values():
        for document in group:
            for sentence in document["sentences"]:
                for tag in TAGS:
                    found[tag].update(sentence.get(tag, ()))
    return {tag: sorted(labels, key=lambda x: (x != "O", x)) for tag, labels in found.items()}


def disturb(sentences: list[dict[str, Any]], chance: random.Random, upper: float = UPPER) -> list[dict[str, Any]]:
    """Copies of the sentences as worse print would have them, this share of them in upper case; labels stay with their words."""
    draw = chance.random()
    straight = chance.random() < STRAIGHT
    swaps = chance.random() < SWAPS
    out = []
    for sentence in sentences:
        words = sentence["words"]
        if draw < upper:
            words = [w.upper() for w in words]
        elif draw < upper + LOWER:
            words = [w.lower() for w in words]
        elif draw < upper + LOWER + TITLE:
            words = [w.title() if w.islower() else w for w in words]
        elif draw < upper + LOWER + TITLE + OCR:
            words = [_misread(w, chance) if chance.random() < 0.08 else w for w in words]
        if straight:
            words = [w.translate(_STRAIGHT) if len(w) == 1 else w for w in words]
        elif chance.random() < 0.3:
            words = _curly(words)
        sentence = {**sentence, "words": words}
        out.append(_swapped(sentence, chance) if swaps else sentence)
    return out


_STRAIGHT = {ord("“"): '"', ord("”"): '"', ord("’"): "'", ord("‘"): "'"}


def _curly(words: list[str]) -> list[str]:
    inside, out = False, []
    for word in words:
        if word in ('"', "``", "''"):
            inside = not inside
            word = "“" if inside else "”"
        elif len(word) > 1 and "'" in word:
            word = word.replace("'", "’")
        out.append(word)
    return out


def _misread(word: str, chance: random.Random) -> str:
    if len(word) < 4:
        return word
    at = chance.randrange(1, len(word) - 1)
    how = chance.randrange(4)
    if how == 0:
        return word[:at] + word[at + 1 :]
    if how == 1:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if how == 2:
        return word.translate(str.maketrans("lIo0e", "1l0oc"))
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _swapped(sentence: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """Two neighbouring words change places, as in garbled machine rewrites; the tree follows."""
    n = len(sentence["words"])
    if n < 4:
        return sentence
    i = chance.randrange(n - 1)
    order = list(range(n))
    order[i], order[i + 1] = order[i + 1], order[i]
    new = {key: [sentence[key][k] for k in order] if key in (*TAGS, "words", "head") else value for key, value in sentence.items()}
    if "head" in new:
        moved = {old + 1: new_at + 1 for new_at, old in enumerate(order)}
        new["head"] = [moved.get(h, 0) for h in new["head"]]
    return new


class Loader:
    """Endless batches of one group of documents; windows begin anywhere and vary in length, so that context is a help, never a need."""

    def __init__(self, group: list[dict[str, Any]], labels: dict[str, list[str]], pieces: Pieces, *, size: int, seed: int, upper: float = UPPER) -> None:
        self.group, self.pieces, self.size, self.upper = group, pieces, size, upper
        self.index = {tag: {label: i for i, label in enumerate(values)} for tag, values in labels.items()}
        self.chance = random.Random(seed)

    def windows(self) -> Iterator[list[dict[str, Any]]]:
        """One pass over the documents as lists of consecutive sentences."""
        for document in self.group:
            limit = self.chance.choice((24, 64, 110, 110, 128))
            current: list[dict[str, Any]] = []
            size = 2
            for sentence in document["sentences"]:
                need = sum(len(self.pieces(w)) for w in sentence["words"]) + 1
                if need > LONGEST:
                    continue
                if current and size + need > limit:
                    yield current
                    current, size = [], 2
                    limit = self.chance.choice((24, 64, 110, 110, 128))
                current.append(sentence)
                size += need
            if current:
                yield current

    def __iter__(self) -> Iterator[tuple[Batch, int]]:
        while True:
            rows = list(self.windows())
            rows.sort(key=lambda row: sum(len(s["words"]) for s in row) + self.chance.random() * 12)
            batches: list[list[list[dict[str, Any]]]] = [[]]
            filled = 0
            for row in rows:
                words = sum(len(s["words"]) for s in row)
                if batches[-1] and filled + words > self.size:
                    batches.append([])
                    filled = 0
                batches[-1].append(row)
                filled += words
            self.chance.shuffle(batches)
            for batch in batches:
                yield self.tensors([disturb(row, self.chance, self.upper) for row in batch]), sum(len(s["words"]) for row in batch for s in row)

    def tensors(self, rows: list[list[dict[str, Any]]], noise: bool = True) -> Batch:
        """Windows → padded tensors; labels are -1 where there is none."""
        packed: list[Window] = []
        for row in rows:
            window = Window()
            states: list[int] = []
            for sentence in row:
                inside = bool(states) and states[-1] == 1 and not sentence["starts"]
                states = quotation_state(sentence["words"], inside and sentence["words"][0] not in ("“", "``"))
                window.add([self.pieces(w) for w in sentence["words"]], [shape(w, first=i == 0) for i, w in enumerate(sentence["words"])], states)
            window.close()
            packed.append(window)
        length = max(len(w.pieces) for w in packed)
        flat = [s for row in rows for s in row]
        at = [([k * length + root] + [k * length + i for i in starts]) for k, w in enumerate(packed) for root, starts in zip(w.roots, w.words, strict=True)]
        batch = {
            "pieces": _pad([w.pieces for w in packed], 0),
            "shapes": _pad([w.shapes for w in packed], 0),
            "quoted": _pad([w.quoted for w in packed], 0),
            "words": _pad(at, 0),
            "mask": _pad([[1] * len(a) for a in at], 0).bool(),
        }
        if noise:
            drop = (torch.rand(batch["pieces"].shape, generator=_generator(self.chance)) < PIECE_DROP) & (batch["pieces"] > 999)
            batch["pieces"] = batch["pieces"].masked_fill(drop, MASK)
        for tag in TAGS:
            if tag in flat[0]:
                batch[tag] = _pad([[-1] + [self.index[tag].get(label, -1) for label in s[tag]] for s in flat], -1)
        if "head" in flat[0]:
            batch["head"] = _pad([[-1, *s["head"]] for s in flat], -1)
        return batch


def _generator(chance: random.Random) -> torch.Generator:
    return torch.Generator().manual_seed(chance.getrandbits(40))


def _pad(rows: list[list[int]], value: int) -> Tensor:
    width = max(map(len, rows))
    return torch.tensor([row + [value] * (width - len(row)) for row in rows])
