"""The attribution score: source, cue and content spans of predicted relations against gold ones.

Spans are compared as sets of word tokens, so quotation marks and commas at their edges do not matter. The headline
is `triple@0.5`: content at least half shared, and the source right.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROLES = ("source", "cue", "content")
THRESHOLDS = (0.3, 0.5, 0.8)

Span = Sequence[int]
Attribution = Mapping[str, Sequence[Span]]
Words = frozenset[int]

_WORD = re.compile(r"\w+(?:['’\-]\w+)*|[$%€£]")


class Relation(NamedTuple):
    """One attribution as the numbers of the word tokens that each role covers."""

    source: Words
    cue: Words
    content: Words


def score(gold: Mapping[str, Mapping[str, Any]], predicted: Mapping[str, Sequence[Attribution]], thresholds: Sequence[float] = THRESHOLDS) -> dict[str, Any]:
    """Return the figures for reports `{id: {"text", "attributions"}}` and predictions `{id: attributions}`.

    `<role>.exact`: identical token sets; `AR@j`: paired with content Jaccard j or more; `triple@j`: and the source
    overlaps, or is empty on both sides.
    """
    exact: dict[str, list[int]] = {role: [0, 0, 0] for role in ROLES}
    paired: Counter[float] = Counter()
    triples: Counter[float] = Counter()
    in_gold = in_said = 0
    for key, report in gold.items():
        wanted = relations(report["text"], report["attributions"])
        said = relations(report["text"], predicted.get(key, ()))
        in_gold += len(wanted)
        in_said += len(said)
        for role in ROLES:
            for i, n in enumerate(_same(role, said, wanted)):
                exact[role][i] += n
        for jaccard, one, other in pairs(wanted, said):
            source_right = bool(one.source & other.source) or not (one.source or other.source)
            for threshold in thresholds:
                paired[threshold] += jaccard >= threshold
                triples[threshold] += jaccard >= threshold and source_right
    figures: dict[str, Any] = {f"{role}.exact": rates(*exact[role]) for role in ROLES}
    for threshold in thresholds:
        figures[f"AR@{threshold}"] = rates(paired[threshold], in_said, in_gold)
        figures[f"triple@{threshold}"] = rates(triples[threshold], in_said, in_gold)
    figures["relations"] = {"gold": in_gold, "said": in_said}
    return figures


def relations(text: str, attributions: Iterable[Attribution]) -> list[Relation]:
    """Return the attributions over the word tokens of the text; one with neither content nor cue is none."""
    words = [found.span() for found in _WORD.finditer(text)]
    found = [Relation(*(covered(words, attribution.get(role, ())) for role in ROLES)) for attribution in attributions]
    return [relation for relation in found if relation.content or relation.cue]


def covered(words: Sequence[tuple[int, int]], spans: Iterable[Span]) -> Words:
    """Return the numbers of the words that share a character with one of the spans."""
    spans = list(spans)
    return frozenset(i for i, (start, end) in enumerate(words) if any(start < span[1] and end > span[0] for span in spans))


def pairs(wanted: Sequence[Relation], said: Sequence[Relation]) -> list[tuple[float, Relation, Relation]]:
    """Gold and predicted relations paired one to one by shared content, then by shared cue, best first."""
    possible = [
        (len(one.content & other.content) / len(one.content | other.content), len(one.cue & other.cue), i, j)
        for i, one in enumerate(wanted)
        for j, other in enumerate(said)
        if one.content & other.content
    ]
    chosen = []
    of_wanted: set[int] = set()
    of_said: set[int] = set()
    for jaccard, _, i, j in sorted(possible, reverse=True):
        if i not in of_wanted and j not in of_said:
            of_wanted.add(i)
            of_said.add(j)
            chosen.append((jaccard, wanted[i], said[j]))
    return chosen


def rates(right: int, said: int, wanted: int) -> dict[str, float]:
    """Precision, recall and F1 in percent, to one decimal."""
    precision, recall = right / said if said else 0.0, right / wanted if wanted else 0.0
    both = 200 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"p": round(100 * precision, 1), "r": round(100 * recall, 1), "f1": round(both, 1)}


def load(path: Path) -> dict[str, dict[str, Any]]:
    """Return the reports of a JSON Lines file by their id."""
    with path.open(encoding="utf-8") as lines:
        return {report["id"]: report for report in map(json.loads, lines)}


def _same(role: str, said: Iterable[Relation], wanted: Iterable[Relation]) -> tuple[int, int, int]:
    """(identical, said, wanted) spans of one role, empty ones left out."""
    in_said: Counter[Words] = Counter(words for relation in said if (words := getattr(relation, role)))
    in_wanted: Counter[Words] = Counter(words for relation in wanted if (words := getattr(relation, role)))
    return (in_said & in_wanted).total(), in_said.total(), in_wanted.total()
