"""Keep careful readings as offsets without text, and lay them on the texts again.

    python -m training.annotations pack FOLDER --out training/annotations        gold files with texts → offsets
    python -m training.annotations unpack TEXTS.jsonl --out training/scratch/gold   offsets + {"id", "text"} rows → gold files

A packed reading has the gold format's keys, but where a gold file quotes the text there is a pair [start, end]; wordings that
do not stand in the text (canonical names) stay strings. A text whose SHA-256 is another than the reading's is refused.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

Json = dict[str, Any]
HERE = Path(__file__).parent / "annotations"
# Slots whose values are words of the format, or numbers, not of the text.
_PLAIN = frozenset(("change", "harm", "value", "type", "action", "stage", "sequence", "count", "amount", "means", "mode", "intensity"))


def packed(gold: Json) -> Json:
    """The reading of a gold file without its text."""
    text: str = gold["text"]

    def pair(words: Any, near: int) -> Any:
        """Where the words stand nearest to this place; themselves when they do not stand in the text."""
        starts = _occurrences(text, words) if isinstance(words, str) else []
        if not starts:
            return words
        start = min(starts, key=lambda s: (abs(s - near), s))
        return [start, start + len(words)]

    def item(old: Json) -> Json:
        at = old.get("start", 0)
        new = _mapped(old, lambda words: pair(words, at))
        if "start" in old and "evidence" in old:
            new["evidence"] = [old["start"], old["start"] + len(old["evidence"])]
        for name in ("trigger", "cue"):
            if old.get(name) is not None:
                new[name] = pair(old[name], old.get(f"{name}_start", at))
        return new

    out = {k: v for k, v in gold.items() if k not in ("text", "claims", "must_not")}
    out["sha256"] = hashlib.sha256(text.encode()).hexdigest()
    for part in ("claims", "must_not"):
        out[part] = [item(old) for old in gold.get(part, [])]
    return out


def unpacked(reading: Json, text: str) -> Json:
    """The gold file of a packed reading and its text. Raises ValueError for another text."""
    if hashlib.sha256(text.encode()).hexdigest() != reading["sha256"]:
        raise ValueError(f"{reading['id']}: the text is not the one that was read")

    def words(value: Any) -> Any:
        return text[value[0] : value[1]] if isinstance(value, list) and len(value) == 2 and all(isinstance(v, int) for v in value) else value

    out = {k: v for k, v in reading.items() if k not in ("sha256", "claims", "must_not")} | {"text": text}
    for part in ("claims", "must_not"):
        out[part] = [_mapped(item, words) for item in reading[part]]
        for item in out[part]:
            for name in ("evidence", "trigger", "cue"):
                if name in item:
                    item[name] = words(item[name])
    return out


def _mapped(item: Json, turn: Callable[[Any], Any]) -> Json:
    """The item with every quoting string (or pair) of its chain and text slots turned."""
    out = dict(item)
    if "chain" in item:
        out["chain"] = [[turn(name) for name in voice] for voice in item["chain"]]
    if "slots" in item:
        out["slots"] = {slot: value if slot in _PLAIN else [[turn(w) for w in filler] for filler in value] for slot, value in item["slots"].items()}
    return out


def _occurrences(text: str, words: str) -> list[int]:
    found, at = [], text.find(words)
    while at >= 0 and words:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def main() -> int:
    """Pack or unpack; says how many."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("pack", "unpack"))
    parser.add_argument("source", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    done = 0
    if args.what == "pack":
        for path in sorted(args.source.glob("*.json")):
            gold = json.loads(path.read_text(encoding="utf-8"))
            reading = packed(gold)
            if unpacked(reading, gold["text"]) != gold:
                print(f"{path.name}: does not come back as it was; left out", file=sys.stderr)
                continue
            (args.out / path.name).write_text(json.dumps(reading, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
            done += 1
    else:
        for row in args.source.open(encoding="utf-8"):
            report = json.loads(row)
            kept = HERE / f"{report['id']}.json"
            if kept.exists():
                gold = unpacked(json.loads(kept.read_text(encoding="utf-8")), report["text"])
                (args.out / kept.name).write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
                done += 1
    print(f"{done} readings")
    return 0


if __name__ == "__main__":
    sys.exit(main())
