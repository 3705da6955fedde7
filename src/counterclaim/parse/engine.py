"""Read the sentences of a report with the trained engine: tags, trees, names and attribution scores in one pass.

A report is always read in the same batches, whatever else is read beside it: the engine's 8-bit arithmetic scales each
batch by its largest value, so another batch would give other roundings, and the same input must give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt
import onnxruntime

from counterclaim.core.syntax import Tagged
from counterclaim.knowledge.weights import load
from counterclaim.parse.features import Pieces, Window, fits, quotation_state, windows
from counterclaim.parse.tree import heads as tree_heads
from counterclaim.parse.wordpieces import encoder

Ints = npt.NDArray[np.int64]

# Pieces a batch. Measured on two cores: 512 and 1,024 are equally fast, 4,096 a quarter slower (cache), 128 a third slower (calls).
BATCH_PIECES = 768


OUTPUTS = ("upos", "xpos", "names", "attribution", "arcs", "heads", "relations")
VECTORS = "vectors"
CLAIM_OUTPUTS = ("claim_kinds", "claim_heads", "claim_words")


class Read(msgspec.Struct):
    """What the engine says of one sentence. Heads are indices in the sentence, -1 for the root; `names` are (first word, past the last, type).

    `attribution` has a row a word: the scores of the attribution labels, not yet turned into spans. `kinds`, `as_head` and
    `as_word` are the claim branch's rows (`parse/heads.py`), absent where the weights have none.
    """

    upos: list[str]
    xpos: list[str]
    heads: list[int]
    rels: list[str]
    names: list[tuple[int, int, str]]
    attribution: npt.NDArray[np.float32]
    kinds: npt.NDArray[np.float32] | None = None
    as_head: npt.NDArray[np.float32] | None = None
    as_word: npt.NDArray[np.float32] | None = None


class Engine:
    """The trained reader. Holds the weights, and nothing of any report."""

    def __init__(self, folder: Path | None = None, *, threads: int = 1, claims: bool = True) -> None:
        """Load the weights of a folder; without `claims` only what tags, trees, names and attribution need is computed."""
        weights = load(folder)
        self.name = weights.config.name
        self.labels = weights.config.labels
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(weights.model, options, providers=["CPUExecutionProvider"])
        self._branch = None
        if claims and weights.claims is not None:
            self._branch = onnxruntime.InferenceSession(weights.claims, options, providers=["CPUExecutionProvider"])
        self._pieces = Pieces(encoder(weights.vocabulary))

    def read(self, sentences: Sequence[Sequence[str]], starts: Sequence[bool] | None = None, told: Callable[[float], None] = lambda _: None) -> list[Read]:
        """What is to be said of each sentence of one report, in order; `starts[k]` says that sentence k opens a paragraph. `told` hears the share done."""
        starts = starts if starts is not None else [True] * len(sentences)
        parts: list[Sequence[str]] = []
        quoted: list[list[int]] = []
        owner: list[int] = []
        state: list[int] = []
        for number, sentence in enumerate(sentences):
            inside = bool(state) and state[-1] == 1 and not starts[number]
            state = quotation_state(sentence, inside and sentence[0] not in ("“", "``")) if sentence else []
            for part in fits(sentence, self._pieces):
                parts.append(sentence[part])
                quoted.append(state[part])
                owner.append(number)
        read: list[Read | None] = [None] * len(parts)
        batches = _batches(windows(parts, quoted, self._pieces))
        for done, batch in enumerate(batches):
            told(done / len(batches))
            for number, found in zip([k for _, of_window in batch for k in of_window], self._run([w for w, _ in batch]), strict=True):
                read[number] = found
        out: list[Read] = []
        for number, part_read in zip(owner, read, strict=True):
            if part_read is None:
                continue
            if number == len(out):
                out.append(part_read)
            else:
                _append(out[number], part_read)
        _vote(sentences, out)
        return out

    def _run(self, batch: Sequence[Window]) -> list[Read]:
        length = max(len(w.pieces) for w in batch)
        at = [[k * length + root, *(k * length + i for i in starts)] for k, w in enumerate(batch) for root, starts in zip(w.roots, w.words, strict=True)]
        width = max(map(len, at))
        feed = {
            "pieces": _padded([w.pieces for w in batch], length),
            "shapes": _padded([w.shapes for w in batch], length),
            "quoted": _padded([w.quoted for w in batch], length),
            "words": _padded(at, width),
            "mask": np.arange(width)[None, :] < np.array([len(a) for a in at])[:, None],
        }
        if self._branch is None:
            upos, xpos, names, attribution, arcs, greedy, rels = self._session.run(OUTPUTS, feed)
            claims = []
        else:
            upos, xpos, names, attribution, arcs, greedy, rels, vectors = self._session.run((*OUTPUTS, VECTORS), feed)
            claims = self._branch.run(CLAIM_OUTPUTS, {VECTORS: vectors, **{name: feed[name] for name in ("pieces", "shapes", "quoted", "words")}})
        out = []
        for k, row in enumerate(at):
            n = len(row)
            found = tree_heads(greedy[k, :n].tolist(), arcs[k, :n, :n])
            out.append(
                Read(
                    upos=[self.labels["upos"][i] for i in upos[k, 1:n].tolist()],
                    xpos=[self.labels["xpos"][i] for i in xpos[k, 1:n].tolist()],
                    heads=[h - 1 for h in found[1:]],
                    rels=[_relation(h, self.labels["rel"][i]) for h, i in zip(found[1:], rels[k, 1:n].tolist(), strict=True)],
                    names=spans(names[k, 1:n], self.labels["names"]),
                    attribution=attribution[k, 1:n],
                    **{name: scores[k, 1:n] for name, scores in zip(("kinds", "as_head", "as_word"), claims, strict=False)},
                )
            )
        return out


def _relation(head: int, label: str) -> str:
    """The relation to this head (0 the root). A second root, which a repaired tree hangs on the first, is what that one says: "it fell, he said"."""
    return "root" if head == 0 else "ccomp" if label == "root" else label


def spans(scores: npt.NDArray[np.float32], labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """Scores of BIO labels (words × labels) → spans: the best labels when they fit together, else the best sequence that does."""
    best = scores.argmax(1).tolist() if len(scores) else []
    tags = [labels[i] for i in best]
    if any(tag[0] == "I" and (k == 0 or tags[k - 1][1:] != tag[1:]) for k, tag in enumerate(tags)):
        tags = [labels[i] for i in _viterbi(scores, labels)]
    found: list[tuple[int, int, str]] = []
    for k, tag in enumerate(tags):
        if tag[0] == "B":
            found.append((k, k + 1, tag[2:]))
        elif tag[0] == "I":
            start, _, kind = found[-1]
            found[-1] = (start, k + 1, kind)
    return found


def roles(scores: npt.NDArray[np.float32], labels: Sequence[str]) -> list[Tagged]:
    """Scores of attribution labels → runs of words with their roles; a run may go on from the sentence before."""
    if not len(scores) or len(labels) < 2:
        return []
    best = _viterbi(scores, labels, opens_inside=True)
    found: list[Tagged] = []
    for k, i in enumerate(best):
        tag = labels[i]
        if tag == "O":
            continue
        if tag[0] == "I" and found and found[-1].last == k and found[-1].role == tag[2:]:
            found[-1] = Tagged(found[-1].first, k + 1, tag[2:], found[-1].continues)
        else:
            found.append(Tagged(k, k + 1, tag[2:], tag[0] == "I"))
    return found


@lru_cache(maxsize=8)
def _allowed(labels: tuple[str, ...]) -> npt.NDArray[np.float64]:
    """What it costs to go from a label to a label."""
    return np.array([[0.0 if to[0] != "I" or of[1:] == to[1:] else -1e6 for to in labels] for of in labels])


def _viterbi(scores: npt.NDArray[np.float32], labels: Sequence[str], *, opens_inside: bool = False) -> list[int]:
    """The best sequence of labels in which I-X follows only B-X or I-X (or opens the sequence, when it may)."""
    # The best label of each word, where they fit together: nothing can be better.
    best: list[int] = scores.argmax(1).tolist()
    fits_on = all(labels[to][0] != "I" or labels[of][1:] == labels[to][1:] for of, to in pairwise(best))
    if fits_on and (opens_inside or labels[best[0]][0] != "I"):
        return best
    allowed = _allowed(tuple(labels))
    total = scores[0] + np.array([-1e6 if label[0] == "I" and not opens_inside else 0.0 for label in labels])
    back = []
    for row in scores[1:]:
        paths = total[:, None] + allowed
        back.append(paths.argmax(0))
        total = paths.max(0) + row
    sequence = [int(total.argmax())]
    for pointers in reversed(back):
        sequence.append(int(pointers[sequence[-1]]))
    return sequence[::-1]


# A name takes another type only when the report gives its wording that type this many times as often. On the newswire
# development articles this gave F1 84.4, any plurality 84.3, and no vote 83.7.
_OUTVOTED = 2


def _vote(sentences: Sequence[Sequence[str]], read: Sequence[Read]) -> None:
    """One wording, one type: within a report the type most of its occurrences have, where it is plainly the commonest."""
    votes: dict[str, dict[str, int]] = {}
    for sentence, found in zip(sentences, read, strict=True):
        for first, last, kind in found.names:
            of_wording = votes.setdefault(" ".join(sentence[first:last]).casefold(), {})
            of_wording[kind] = of_wording.get(kind, 0) + 1
    for sentence, found in zip(sentences, read, strict=True):
        for k, (first, last, kind) in enumerate(found.names):
            of_wording = votes[" ".join(sentence[first:last]).casefold()]
            best = min(of_wording, key=lambda name, count=of_wording: (-count[name], name))  # type: ignore[misc]
            if of_wording[best] >= _OUTVOTED * of_wording[kind]:
                found.names[k] = (first, last, best)


def _batches(packed: Sequence[tuple[Window, list[int]]]) -> list[list[tuple[Window, list[int]]]]:
    """Windows of like length together, at most `BATCH_PIECES` each with their padding."""
    out: list[list[tuple[Window, list[int]]]] = []
    for item in sorted(packed, key=lambda x: (len(x[0].pieces), x[1][0])):
        if not out or (len(out[-1]) + 1) * len(item[0].pieces) > BATCH_PIECES:
            out.append([])
        out[-1].append(item)
    return out


def _padded(rows: Sequence[Sequence[int]], width: int) -> Ints:
    out = np.zeros((len(rows), width), np.int64)
    for k, row in enumerate(rows):
        out[k, : len(row)] = row
    return out


def _append(first: Read, more: Read) -> None:
    """Join the second part of a sentence too long to be read at once: its root hangs on the first part's root."""
    shift, root = len(first.heads), first.heads.index(-1)
    first.upos += more.upos
    first.xpos += more.xpos
    first.rels += ["dep" if h < 0 else rel for h, rel in zip(more.heads, more.rels, strict=True)]
    first.heads += [root if h < 0 else h + shift for h in more.heads]
    first.names += [(a + shift, b + shift, kind) for a, b, kind in more.names]
    first.attribution = np.concatenate([first.attribution, more.attribution])
    if first.kinds is not None and more.kinds is not None and first.as_head is not None and more.as_head is not None:
        first.kinds, first.as_head = np.concatenate([first.kinds, more.kinds]), np.concatenate([first.as_head, more.as_head])
    if first.as_word is not None and more.as_word is not None:
        first.as_word = np.concatenate([first.as_word, more.as_word])
