"""Turn rows into named features, and features into a PLOVER root by a multinomial logistic map learned from other rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, diags

from counterclaim.core.syntax import Token
from counterclaim.core.voice import origin
from evaluation.plover_table import Read, Row, by_table, filled, speaks

Floats = npt.NDArray[np.float64]
Features = Mapping[str, float]

# Sources: Bishop, Pattern Recognition and Machine Learning (2006), 4.3.4, for the model; Salton & Buckley (1988) for the weights
# of words.

# Chosen by five-fold cross-validation on the training rows (three shuffles): the inverse penalty anywhere from 20 to 300 and
# the balance from 0.25 to 1 move macro-F1 by less than its noise; without weights of rarity it falls by two points.
INVERSE_PENALTY, BALANCE, LEAST, STEPS = 20.0, 0.5, 2, 60
FOLDS = 5
_DEPTH = 4  # how many heads above a name are looked at
_SURE = 0.3  # a trigger below this chance lends its chance, not its word
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d")


def features(row: Row, read: Read) -> dict[str, float]:
    """All that the learned map knows of a row, by name."""
    found: dict[str, float] = {}
    for name, weight in (*_of_words(row, read), *_of_trees(row, read), *_of_claims(row, read), *_of_triggers(row, read)):
        found[name] = max(found.get(name, 0.0), weight)
    return found


def masked(row: Row, read: Read) -> list[str]:
    """The lemmas of the row; source and target stand as SOURCE and TARGET, numbers as 0."""
    out: list[str] = []
    before = None
    for token in (token for sentence in read.sentences for token in sentence.tokens):
        end = _end(token, row)
        if end is None and _WORD.search(token.text):
            out.append("0" if _NUMBER.search(token.text) else token.lemma.lower())
        elif end is not None and end != before:
            out.append(end.upper())
        before = end
    return out


def _end(token: Token, row: Row) -> str | None:
    return next((end for end, spans in (("source", row.source), ("target", row.target)) if any(token.span.meets(s) for s in spans)), None)


def _of_words(row: Row, read: Read) -> Iterator[tuple[str, float]]:
    """Words, pairs of neighbours, and the four words on either side of what is asked about."""
    said = masked(row, read)
    for word in said:
        yield f"word {word}", 1.0
    for pair in zip(["^", *said], [*said, "$"], strict=True):
        yield "pair {} {}".format(*pair), 1.0
    for end in ("SOURCE", "TARGET"):
        at = said.index(end) if end in said else len(said) + _DEPTH
        for word in said[at + 1 : at + 1 + _DEPTH] if end == "SOURCE" else said[max(0, at - _DEPTH) : at]:
            yield f"{'after' if end == 'SOURCE' else 'before'} {end} {word}", 1.0
    if "SOURCE" in said and "TARGET" in said:
        yield f"first {min('SOURCE', 'TARGET', key=said.index)}", 1.0


def _of_trees(row: Row, read: Read) -> Iterator[tuple[str, float]]:
    """What source and target hang on, what else hangs there, and the head of the sentence."""
    for sentence in read.sentences:
        tokens = sentence.tokens
        ends_of = [_end(token, row) for token in tokens]
        seen: Counter[str] = Counter()
        for i, end in enumerate(ends_of):
            head = tokens[i].head
            if end is None or head < 0 or ends_of[head] == end or seen[end] == 3:
                continue
            seen[end] += 1
            yield f"{end} {_rel(tokens[i])} {tokens[head].lemma.lower()}", 1.0
            above = list(sentence.ancestors(i))[:_DEPTH]
            for k in above:
                yield f"{end} under {tokens[k].lemma.lower()}", 1.0
            verb = next((k for k in above if tokens[k].upos == "VERB"), None)
            for child in sentence.children[verb] if verb is not None and end == "source" else ():
                if (rel := _rel(tokens[child])) in ("obj", "iobj", "obl", "xcomp", "ccomp", "advmod", "aux"):
                    yield f"{rel} {tokens[child].lemma.lower()}", 1.0
                    yield f"{tokens[verb or 0].lemma.lower()} {rel} {tokens[child].lemma.lower()}", 1.0
        yield f"head {tokens[sentence.root].lemma.lower()}", 1.0
        for child in sentence.children[sentence.root]:
            if (rel := _rel(tokens[child])) in ("obj", "xcomp", "ccomp", "aux"):
                yield f"head {'aux' if rel == 'aux' else 'under'} {tokens[child].lemma.lower()}", 1.0


def _rel(token: Token) -> str:
    return token.rel.partition(":")[0]


def _of_claims(row: Row, read: Read) -> Iterator[tuple[str, float]]:
    """Kinds, acts, values and triggers of the claims, which slots the two ends fill, and the table's root."""
    for claim in read.claims:
        kind, said = claim.kind, origin(claim.chain)
        names = [f"kind {kind}", f"act {claim.act}", f"{kind} {claim.act}", f"modality {claim.modality}", f"because {claim.because.lower()}"]
        for slot in claim.proposition.__struct_fields__:
            value = getattr(claim.proposition, slot)
            if isinstance(value, str):
                names.append(f"{kind}.{slot}={value}")
            elif slot == "harm":
                names += [f"{kind}.{slot}={harm}" for harm in value]
        for end, slot in filled(claim, row):
            names += [f"{end} fills {slot}", f"{end} fills {kind}.{slot}"]
        if speaks(claim, row):
            names += ["source speaks", f"source speaks {kind} {claim.act}"]
        if said.cue:
            names.append(f"cue {said.cue.lower()}")
        yield from ((name, 1.0) for name in names)
    yield f"table {by_table(row, read)}", 1.0
    if not read.claims:
        yield "no claims", 1.0


def _of_triggers(row: Row, read: Read) -> Iterator[tuple[str, float]]:
    """What the claim heads thought likely, told or not: a kind, its values and its slots, each with its chance."""
    for sentence, triggers in zip(read.sentences, read.triggers, strict=False):
        for trigger in triggers:
            kind, word = trigger.kind, sentence.tokens[trigger.word].lemma.lower()
            yield f"likely {kind}", trigger.score
            yield from ((f"likely {kind}.{value}", trigger.score * chance) for value, chance in trigger.values)
            for role in trigger.roles:
                if (end := _end(sentence.tokens[role.word], row)) is not None:
                    yield f"likely {end} {kind}.{role.slot}", trigger.score * role.score
            if trigger.score > _SURE:
                yield from ((f"trigger {word}", 1.0), (f"trigger {kind} {word}", 1.0))


@dataclass(frozen=True)
class Map:
    """A learned map from features to a root: the columns of the features with their rarity, and a weight for each root."""

    roots: tuple[str, ...]
    columns: Mapping[str, int]
    rarity: Floats
    weights: Floats
    bias: Floats

    def __call__(self, examples: Sequence[Features]) -> list[str]:
        """The likeliest root of each example."""
        scores = _scaled(_matrix(examples, self.columns), self.rarity) @ self.weights + self.bias
        return [self.roots[i] for i in np.asarray(scores).argmax(1).tolist()]


def fit(examples: Sequence[Features], labels: Sequence[str]) -> Map:
    """The map of these examples: ridge-penalised multinomial logistic regression; rarer roots weigh more, by the square root of how rare.

    Features count as in retrieval: by their rarity, rows to length one. Features of a single example are left out.
    """
    counts = Counter(name for example in examples for name in example)
    columns = {name: i for i, name in enumerate(sorted(name for name, count in counts.items() if count >= LEAST))}
    roots = tuple(sorted(set(labels)))
    plain = _matrix(examples, columns)
    rarity = np.log((1 + len(examples)) / (1 + np.asarray((plain > 0).sum(0), dtype=float).ravel())) + 1
    matrix = _scaled(plain, rarity)
    turned = matrix.T.tocsr()
    wanted = np.array([[float(root == label) for root in roots] for label in labels])
    share = (wanted @ (len(labels) / (len(roots) * wanted.sum(0))) ** BALANCE)[:, None]
    shape = (len(columns), len(roots))

    def loss(point: Floats) -> tuple[float, Floats]:
        inner, bias = point[: -len(roots)].reshape(shape), point[-len(roots) :]
        logits = matrix @ inner + bias
        logits -= logits.max(1, keepdims=True)
        whole = np.log(np.exp(logits).sum(1, keepdims=True))
        gap = share * (np.exp(logits - whole) - wanted)
        value = float((share * wanted * (whole - logits)).sum() + (inner**2).sum() / (2 * INVERSE_PENALTY))
        return value, np.concatenate([(turned @ gap + inner / INVERSE_PENALTY).ravel(), gap.sum(0)])

    found = minimize(loss, np.zeros((shape[0] + 1) * shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
    return Map(roots, columns, rarity, found[: -len(roots)].reshape(shape), found[-len(roots) :])


def _matrix(examples: Sequence[Features], columns: Mapping[str, int]) -> Any:
    cells = [(i, columns[name], value) for i, example in enumerate(examples) for name, value in example.items() if name in columns]
    where, which, values = zip(*cells, strict=True) if cells else ((), (), ())
    return csr_matrix((values, (where, which)), shape=(len(examples), len(columns)), dtype=float)


def _scaled(matrix: Any, rarity: Floats) -> Any:
    weighed = matrix @ diags(rarity) if rarity.size else matrix
    lengths = np.sqrt(np.asarray(weighed.multiply(weighed).sum(1)).ravel())
    return (diags(1 / np.maximum(lengths, 1e-9)) @ weighed).tocsr()


def folds(given: Sequence[Row]) -> list[int]:
    """The fold of each row: those of a root are dealt out in turn, and rows of one text stay together."""
    dealt: Counter[str] = Counter()
    of_text: dict[str, int] = {}
    for row in given:
        if row.text not in of_text:
            of_text[row.text] = dealt[row.root] % FOLDS
            dealt[row.root] += 1
    return [of_text[row.text] for row in given]


def crossed(examples: Sequence[Features], labels: Sequence[str], held: Sequence[int]) -> list[str]:
    """The root of each example by a map that was learned without its fold."""
    out = [""] * len(examples)
    for fold in sorted(set(held)):
        inside = [i for i, f in enumerate(held) if f != fold]
        outside = [i for i, f in enumerate(held) if f == fold]
        learned = fit([examples[i] for i in inside], [labels[i] for i in inside])
        for i, root in zip(outside, learned([examples[i] for i in outside]), strict=True):
            out[i] = root
    return out
