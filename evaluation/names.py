"""Measure proper names on newswire in JSON Lines: {id, tokens, tags (BIO), sentence_ends}.

    python -m evaluation.names FILE.jsonl [--weights DIR] [--upper] [--json]

A name is right when its tokens and its type are. The set splits ’s into two tokens; the engine is given it whole, and
what it finds is mapped back to the set's own tokens.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from counterclaim.errors import CounterclaimError
from evaluation.engine import ReadTrees, trained

# A name in a report: from token, to token (exclusive), type.
Name = tuple[int, int, str]

APOSTROPHES = frozenset("’'")
# What the set cut from its apostrophe. (It also cuts "don" "’" "t", where the product has "do" "n’t": left as it is.)
ENDINGS = frozenset(["d", "ll", "m", "re", "s", "ve"])


class Merged(NamedTuple):
    """A sentence with its apostrophes mended; word i is made of the tokens from `edges[i]` to `edges[i + 1]`."""

    words: list[str]
    edges: list[int]

    def back(self, name: Name) -> Name:
        """Return the name in the set's own tokens."""
        start, end, kind = name
        return self.edges[start], self.edges[end], kind


def reports(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the reports of the set."""
    with file.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def merged(tokens: Sequence[str], start: int, end: int) -> Merged:
    """Return the tokens from `start` to `end` of a report as the engine is given them."""
    words: list[str] = []
    edges: list[int] = []
    for i in range(start, end):
        if words and words[-1] in APOSTROPHES and tokens[i].lower() in ENDINGS:
            words[-1] += tokens[i]
        else:
            words.append(tokens[i])
            edges.append(i)
    return Merged(words, [*edges, end])


def tagged(tags: Iterable[str]) -> set[Name]:
    """Return the names that BIO tags mark. An I- without its beginning opens a name."""
    found: set[Name] = set()
    start, kind = 0, ""
    for i, tag in enumerate([*tags, "O"]):
        mark, _, this = tag.partition("-")
        if kind and (mark != "I" or this != kind):
            found.add((start, i, kind))
            kind = ""
        if mark != "O" and not kind:
            start, kind = i, this
    return found


def read_names(report: dict[str, Any], read: ReadTrees, *, upper: bool = False) -> set[Name]:
    """Return the names the engine finds in a report, in the set's own tokens."""
    tokens = [token.upper() for token in report["tokens"]] if upper else report["tokens"]
    starts = [0, *report["sentence_ends"]]
    found = [merged(tokens, start, end) for start, end in zip(starts, report["sentence_ends"], strict=False) if start < end]
    # The set keeps no paragraphs; the first sentence opens the only one.
    trees = read([sentence.words for sentence in found], [i == 0 for i in range(len(found))])
    return {sentence.back(name) for sentence, tree in zip(found, trees, strict=True) for name in tree.names}


def measure(annotated: Iterable[dict[str, Any]], read: ReadTrees, *, upper: bool = False) -> dict[str, Any]:
    """F1 over all names and over persons, locations and organizations, in percent, and p, r, f1, support of every type."""
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for report in annotated:
        found, gold = read_names(report, read, upper=upper), tagged(report["tags"])
        right.update(kind for _, _, kind in found & gold)
        said.update(kind for _, _, kind in found)
        wanted.update(kind for _, _, kind in gold)
    types = {kind: {**rates(right[kind], said[kind], wanted[kind]), "support": wanted[kind]} for kind in sorted(said | wanted)}
    return {
        "f1": rates(right.total(), said.total(), wanted.total())["f1"],
        **{kind.lower(): rates(right[kind], said[kind], wanted[kind])["f1"] for kind in ("Person", "Location", "Organization")},
        "types": types,
    }


def rates(right: int, said: int, wanted: int) -> dict[str, float]:
    """Precision, recall and F1 in percent, to two decimals."""
    return {
        "p": round(100 * right / said, 2) if said else 0.0,
        "r": round(100 * right / wanted, 2) if wanted else 0.0,
        "f1": round(200 * right / (said + wanted), 2) if said + wanted else 0.0,
    }


def table(found: dict[str, Any]) -> Iterator[str]:
    """Yield the figures as lines for people."""
    for kind, row in found["types"].items():
        yield f"{kind:13} p {row['p']:6}  r {row['r']:6}  f1 {row['f1']:6}  support {row['support']}"
    yield f"ALL           f1 {found['f1']:6}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurement."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.names", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, metavar="FILE.jsonl")
    parser.add_argument("--weights", type=Path, metavar="DIR", help="the engine's weights; without it the shipped ones")
    parser.add_argument("--upper", action="store_true", help="upper-case the text first")
    parser.add_argument("--json", action="store_true", help="print one JSON object of figures and nothing else")
    args = parser.parse_args(arguments)
    if not args.file.is_file():
        parser.error(f"no such file: {args.file}")
    try:
        read = trained(args.weights)
        found = measure(reports(args.file), read, upper=args.upper)
    except CounterclaimError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    for line in [json.dumps(found)] if args.json else table(found):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
