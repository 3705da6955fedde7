"""Turn careful readings (gold files) into labelled sentences for the claim heads.

    python -m training.claims_data GOLD_DIR [GOLD_DIR ...] --out training/scratch/claims/data.jsonl [--split SPLIT.json]

Every report is parsed by the packaged engine as the product would parse it. A document: {"id", "group": "train", "heldout",
"sentences": [{"words", "starts", "upos", "head", "rel", "claims": [...]}]}; a claim: {"kind", "trigger": word, "required", "roles":
[[role, word], ...], "values": ["harm=killed", ...]}. A role's word is the head of the filler in the engine's tree; a count's is
the last word of the figure that says it. Fillers that stand outside the trigger's sentence are left out (3 in a hundred).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from counterclaim.config import Settings
from counterclaim.core.figure import Figure
from counterclaim.core.report import Report
from counterclaim.core.span import Span
from counterclaim.core.syntax import Sentence
from counterclaim.pipeline import Attributed, Pipeline

Json = dict[str, Any]
VALUES = ("change", "harm", "action", "sequence", "value", "type", "stage", "means", "mode", "intensity")
COUNTS = ("count", "amount")


def document(gold: Json, pipeline: Pipeline, lost: Counter[str]) -> Json:
    """One report's sentences with the claims whose triggers stand in them."""
    read = pipeline.attributed(Report(id=gold["id"], text=gold["text"]))
    out = []
    for number, sentence in enumerate(read.sentences):
        tokens = sentence.tokens
        starts = number == 0 or read.sentences[number - 1].line != sentence.line
        out.append(
            {
                "words": [t.text for t in tokens],
                "starts": starts,
                "upos": [t.upos for t in tokens],
                "head": [t.head for t in tokens],
                "rel": [t.rel for t in tokens],
                "figures": [_last(sentence, span) for span, _ in read.figures if sentence.span.holds(span)],
                "claims": [],
            }
        )
    for claim in gold["claims"]:
        lost["claims"] += 1
        trigger = _trigger(claim)
        place = None if trigger is None else _word(read.sentences, trigger)
        if place is None:
            lost["no trigger"] += 1
            continue
        number, at = place
        out[number]["claims"].append(
            {
                "kind": claim["kind"],
                "trigger": at,
                "required": claim.get("required", True),
                "act": claim["act"],
                "roles": _roles(claim, read, number, at, lost),
                "values": sorted(f"{slot}={value}" for slot in VALUES for value in _listed(claim["slots"].get(slot)) if isinstance(value, str)),
            }
        )
    return {"id": gold["id"], "sentences": out}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _trigger(claim: Json) -> Span | None:
    words = claim.get("trigger")
    if not words:
        return None
    at = claim.get("trigger_start")
    if at is None:
        found = claim["evidence"].find(words)
        if found < 0:
            return None
        at = claim["start"] + found
    return Span(at, at + len(words))


def _word(sentences: Sequence[Sentence], span: Span) -> tuple[int, int] | None:
    """The sentence that holds the span's first word, and the head of the span's words in it."""
    for number, sentence in enumerate(sentences):
        if sentence.span.meets(span):
            inside = [k for k, t in enumerate(sentence.tokens) if t.span.meets(span)]
            if inside:
                return number, head_of(sentence, inside)
    return None


def head_of(sentence: Sentence, inside: Sequence[int]) -> int:
    """The word of these that heads the others: the first whose head is not among them; function words head nothing."""
    chosen = set(inside)
    tops = [k for k in inside if sentence.tokens[k].head not in chosen]
    full = [k for k in tops if sentence.tokens[k].upos not in ("ADP", "DET", "PUNCT", "CCONJ", "SCONJ", "PART", "AUX")]
    return (full or tops or list(inside))[0]


def _last(sentence: Sentence, span: Span) -> int:
    inside = [k for k, t in enumerate(sentence.tokens) if t.span.meets(span)]
    return inside[-1] if inside else 0


def _roles(claim: Json, read: Attributed, number: int, at: int, lost: Counter[str]) -> list[list[Any]]:
    sentence = read.sentences[number]
    found: list[list[Any]] = []
    for slot, fillers in claim["slots"].items():
        if slot in VALUES:
            continue
        if slot in COUNTS:
            places = [
                _last(sentence, span)
                for span, figure in read.figures
                if sentence.span.holds(span) and any(_counts(figure, wanted) for wanted in _listed(fillers) if isinstance(wanted, dict))
            ]
            if places:
                found.append([slot, min(places, key=lambda k: abs(k - at))])
            elif any(w.get("low") is not None for w in _listed(fillers) if isinstance(w, dict)):
                lost["figure outside or implied"] += 1
            continue
        for filler in fillers:
            lost["fillers"] += 1
            place = _filler(filler if isinstance(filler, list) else [filler], read.report.text, sentence, at)
            if place is None:
                lost["filler outside"] += 1
            elif [slot, place] not in found:
                found.append([slot, place])
    return found


def _counts(figure: Figure, wanted: Json) -> bool:
    return (figure.low, figure.high) == (wanted.get("low"), wanted.get("high")) and figure.low is not None


def _filler(wordings: Sequence[Any], text: str, sentence: Sentence, at: int) -> int | None:
    """The head word of the filler's wording that stands nearest to the trigger; earlier wordings first."""
    for words in wordings:
        if not isinstance(words, str) or not words:
            continue
        starts, start = [], text.find(words, sentence.span.start, sentence.span.end)
        while start >= 0:
            starts.append(start)
            start = text.find(words, start + 1, sentence.span.end)
        heads = []
        for s in starts:
            span = Span(s, s + len(words))
            inside = [k for k, t in enumerate(sentence.tokens) if span.holds(t.span)]
            if inside:
                heads.append(head_of(sentence, inside))
        if heads:
            return min(heads, key=lambda k: abs(k - at))
    return None


def main() -> int:
    """Write the documents; say what could not be placed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--split", type=Path, help="names the reports to hold out")
    args = parser.parse_args()
    held = set(json.loads(args.split.read_text(encoding="utf-8"))["heldout"]) if args.split else set()
    pipeline = Pipeline(Settings(reader="trained"))
    lost: Counter[str] = Counter()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    with args.out.open("w", encoding="utf-8") as out:
        for folder in args.folders:
            for path in sorted(folder.glob("*.json")):
                gold = json.loads(path.read_text(encoding="utf-8"))
                row = document(gold, pipeline, lost)
                row["group"] = "heldout" if gold["id"] in held else folder.name
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(dict(lost))
    return 0


if __name__ == "__main__":
    sys.exit(main())
