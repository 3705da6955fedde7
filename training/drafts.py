"""Help a careful reader: show a report in numbered sentences, and turn short notes on it into a checked gold file.

    python -m training.drafts show TEXTS.jsonl ID             the report, every sentence with its number
    python -m training.drafts notes GOLD.json                  a finished gold file as notes, to learn the form from
    python -m training.drafts check TEXTS.jsonl NOTES... --out FOLDER    notes → gold files, or what is wrong with them

Notes are one JSON object a report: `{"id", "outlet", "published", "claims": [...], "must_not": [...]}`. A claim is

    {"s": "3" or "3-4", "kind": "attack", "act": "asserts" or [..], "chain": [null, "Abiy|the prime minister"],
     "slots": {"actor": ["Gunmen|the gunmen"], "target": [..]}, "trigger": "attacked", "cue": "said", "when": [from, to] or null}

`s` numbers the evidence sentences; `|` divides accepted wordings, the first of them verbatim from the report; a trigger or cue
that stands more than once in its evidence is told apart by `@2` (the second). `"req": false` marks what is right but optional,
`"note"` says why. An entry of `must_not` has `s`, `kind`, `slots` and `why`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, get_args

from counterclaim.core import claim as kinds
from counterclaim.core.claim import KEY_SLOTS, KINDS
from counterclaim.core.voice import Act
from counterclaim.parse.sentences import sentences

Json = dict[str, Any]
ENUMS: dict[str, tuple[str, ...]] = {
    "change": get_args(kinds.Change),
    "action": get_args(kinds.Action),
    "harm": get_args(kinds.Harm),
    "sequence": get_args(kinds.Sequence),
    "value": get_args(kinds.AnswerValue) + get_args(kinds.VerificationValue),
    "type": get_args(kinds.AgreementType),
    "stage": get_args(kinds.Stage),
}
COUNTS = frozenset(("count", "amount"))
FREE = frozenset(("means", "mode", "intensity"))


def slot_names(kind: str) -> frozenset[str]:
    """The slots a kind has, as the format writes them."""
    encoded = {"except_": "except", "from_": "from"}
    return frozenset(encoded.get(name, name) for name in KINDS[kind].__struct_fields__)


def cut(text: str) -> list[tuple[int, int]]:
    """The sentences of a report as [start, end) offsets, lines first."""
    found: list[tuple[int, int]] = []
    at = 0
    for line in text.split("\n\n") if text.isupper() else text.split("\n"):
        found.extend((spans[0][0], spans[-1][1]) for spans in sentences(text, at, at + len(line)) if spans)
        at += len(line) + (2 if text.isupper() else 1)
    return found


class Wrong(ValueError):
    """Something in the notes that is not right, in words for the reader who wrote them."""


def gold(notes: Json, report: Json) -> tuple[Json, list[str]]:
    """The gold file of a report from a reader's notes, and what is wrong with the notes."""
    text: str = report["text"]
    ends = cut(text)
    wrong: list[str] = []
    out: Json = {
        "id": report["id"],
        "source": report.get("source"),
        "licence": report.get("licence"),
        "outlet": notes.get("outlet"),
        "published": notes.get("published", report.get("published")),
        "annotator": "read once by a strong language model with care, not adjudicated by people",
        "text": text,
        "claims": [],
        "must_not": [],
    }
    for name in ("dateline", "published_from"):
        if name in notes:
            out[name] = notes[name]
    for part in ("claims", "must_not"):
        for number, note in enumerate(notes.get(part, [])):
            try:
                out[part].append(_claim(note, text, ends, ban=part == "must_not"))
            except Wrong as reason:
                wrong.append(f"{report['id']} {part}[{number}] ({note.get('kind')}, s {note.get('s')}): {reason}")
    return out, wrong


def _claim(note: Json, text: str, ends: Sequence[tuple[int, int]], *, ban: bool) -> Json:
    start, end = (0, len(text)) if ban and "s" not in note else _evidence(note, ends)
    evidence = text[start:end]
    kind = note.get("kind")
    if kind not in KINDS:
        raise Wrong(f"no kind {kind!r}")
    slots = {slot: _slot(kind, slot, value, text, ban=ban) for slot, value in note.get("slots", {}).items()}
    if ban:
        if not slots:
            raise Wrong("a ban needs slots")
        where = {"evidence": evidence, "start": start} if "s" in note else {}
        return {**where, "kind": kind, "slots": slots, "why": note.get("why", "")}
    missing = [slot for slot in KEY_SLOTS[kind] if slot not in slots]
    if missing:
        raise Wrong(f"key slots not written (use [] where the text leaves them open): {', '.join(missing)}")
    acts = note["act"] if isinstance(note.get("act"), list) else [note.get("act", "asserts")]
    if unknown := [act for act in acts if act not in get_args(Act)]:
        raise Wrong(f"no act {unknown}; acts: {', '.join(get_args(Act))}")
    chain = [_wordings(voice) for voice in note.get("chain", [None])]
    for voice in chain[1:]:
        if voice[0] is not None and voice[0] not in text:
            raise Wrong(f"voice {voice[0]!r} does not stand in the report")
    out: Json = {"evidence": evidence, "start": start, "chain": chain, "act": acts, "kind": kind, "slots": slots}
    for name in ("trigger", "cue"):
        words = note.get(name)
        if words is None:
            if name == "trigger":
                raise Wrong("no trigger")
            out[name] = None
            continue
        at, words = _placed(words, text, start, end)
        if at is None:
            if name == "cue" and words in text:
                out[name], out["cue_outside"] = words, True
                continue
            raise Wrong(f"{name} {words!r} does not stand in the evidence")
        out[name] = words
        if evidence.count(words) > 1:
            out[f"{name}_start"] = at
    out["when"] = note.get("when")
    if out["when"] is not None and not (isinstance(out["when"], list) and len(out["when"]) == 2):
        raise Wrong("when is [from, to] in ISO days, or null")
    out["required"] = note.get("req", True)
    if "note" in note:
        out["note"] = note["note"]
    return out


def _evidence(note: Json, ends: Sequence[tuple[int, int]]) -> tuple[int, int]:
    try:
        first, _, last = str(note["s"]).partition("-")
        a, b = int(first), int(last or first)
        return ends[a][0], ends[b][1]
    except (KeyError, ValueError, IndexError):
        raise Wrong(f"no sentences {note.get('s')!r}; the report has 0 to {len(ends) - 1}") from None


def _placed(words: str, text: str, start: int, end: int) -> tuple[int | None, str]:
    words, _, nth = words.partition("@")
    at = start - 1
    for _ in range(int(nth or 1)):
        at = text.find(words, at + 1, end)
        if at < 0:
            return None, words
    return at, words


def _wordings(value: str | None) -> list[str | None]:
    return [None] if value is None else [name or None for name in value.split("|")]


def _slot(kind: str, slot: str, value: Any, text: str, *, ban: bool) -> Any:
    if slot not in slot_names(kind):
        raise Wrong(f"{kind} has no slot {slot!r}; it has {', '.join(sorted(slot_names(kind)))}")
    if slot in COUNTS:
        for count in value if isinstance(value, list) else [value]:
            if not isinstance(count, dict) or not {"low", "high"} & set(count):
                raise Wrong(f"{slot} is {{low, high}} with numbers or null, got {count!r}")
        return value
    if slot in ENUMS:
        values = value if isinstance(value, list) else [value]
        if unknown := [v for v in values if v not in ENUMS[slot]]:
            raise Wrong(f"{slot} {unknown} is none of {', '.join(ENUMS[slot])}")
        return values
    if slot in FREE:
        return value if isinstance(value, list) else [value]
    if not isinstance(value, list):
        raise Wrong(f"{slot} is a list of fillers")
    fillers = [_wordings(filler) for filler in value]
    for filler in fillers:
        if not ban and filler[0] not in text:
            raise Wrong(f"{slot} {filler[0]!r} does not stand in the report (the first wording must be verbatim)")
    return fillers


def notes(finished: Json) -> Json:
    """A finished gold file as a reader's notes."""
    text: str = finished["text"]
    ends = cut(text)

    def short(claim: Json) -> Json:
        out: Json = {"kind": claim["kind"]}
        if "start" in claim:
            start, end = claim["start"], claim["start"] + len(claim.get("evidence", " "))
            within = [i for i, (a, b) in enumerate(ends) if a < end and b > start] or [0]
            out = {"s": str(within[0]) if len(within) == 1 else f"{within[0]}-{within[-1]}", "kind": claim["kind"]}
        if "chain" in claim and "why" not in claim:
            out["act"] = claim["act"][0] if len(claim["act"]) == 1 else claim["act"]
            out["chain"] = [None if voice[0] is None else "|".join(name or "" for name in voice) for voice in claim["chain"]]
        out["slots"] = {
            slot: value if slot in COUNTS or slot in ENUMS or slot in FREE else ["|".join(filler) for filler in value] for slot, value in claim["slots"].items()
        }
        if "chain" in claim and "why" not in claim:
            out |= {"trigger": claim.get("trigger"), "cue": claim.get("cue"), "when": claim.get("when")}
        if claim.get("required") is False:
            out["req"] = False
        return out | {k: claim[k] for k in ("note", "why") if k in claim}

    return {
        "id": finished["id"],
        "outlet": finished["outlet"],
        "published": finished["published"],
        "claims": [short(c) for c in finished["claims"]],
        "must_not": [short(c) for c in finished["must_not"]],
    }


def lines(of: Json) -> Iterator[str]:
    """Notes as text, one claim a line."""
    head = {k: v for k, v in of.items() if k not in ("claims", "must_not")}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ","
    for part, closing in (("claims", "],"), ("must_not", "]}")):
        yield f'"{part}": ['
        yield ",\n".join(json.dumps(c, ensure_ascii=False) for c in of[part])
        yield closing


def _texts(path: Path) -> dict[str, Json]:
    return {row["id"]: row for row in map(json.loads, path.open(encoding="utf-8"))}


def main() -> int:
    """Show, convert or check; exit status 1 when notes are wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("show", "notes", "check"))
    parser.add_argument("source", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    if args.what == "notes":
        print("\n".join(lines(notes(json.loads(args.source.read_text(encoding="utf-8"))))))
        return 0
    texts = _texts(args.source)
    if args.what == "show":
        for name in args.names:
            report = texts[name]
            print(f"== {name}  published: {report.get('published')}  title: {report.get('title')}")
            for i, (a, b) in enumerate(cut(report["text"])):
                print(f"[{i}] {report['text'][a:b]}")
        return 0
    failed = False
    for name in args.names:
        try:
            read = json.loads(Path(name).read_text(encoding="utf-8"))
            found, wrong = gold(read, texts[read["id"]])
        except (ValueError, KeyError) as reason:
            found, wrong = {}, [f"{name}: {reason!r}"]
        failed = failed or bool(wrong)
        for line in wrong:
            print(line)
        if not wrong and args.out is not None:
            args.out.mkdir(parents=True, exist_ok=True)
            (args.out / f"{found['id']}.json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            print(f"{found['id']}: {len(found['claims'])} claims, {len(found['must_not'])} bans, right in form")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
