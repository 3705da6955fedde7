"""Measure attribution on files of the PolNeAR form: the outermost acts of speech the product finds against the annotated ones.

    python -m evaluation.polnear FILE.jsonl [--json] [--reader trained|rules] [--weights DIR] [--out FILE]

Each line: {"id", "text", "attributions": [{"source", "cue", "content"}]}, spans in code points. The product is handed the
text alone, and what it finds in `attribute/` is scored, not its claims. The headline is triple@0.5: content paired at a
Jaccard of one half and the source right.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from counterclaim.config import Settings
from counterclaim.core.report import Report
from counterclaim.core.span import Span
from counterclaim.core.voice import Attribution
from counterclaim.errors import CounterclaimError
from counterclaim.pipeline import Pipeline
from evaluation.attribution import load, score


def outermost(found: Iterable[Attribution]) -> list[Attribution]:
    """The acts of speech that lie in no other's content, quotations carried on joined to the act they go on from."""
    acts = list(found)
    heads = [
        a
        for a in acts
        if not a.carried
        and not any(b is not a and not b.carried and any(c.holds(a.cue) and c.end - c.start > a.cue.end - a.cue.start for c in b.content) for b in acts)
    ]
    return sorted(heads, key=lambda a: (a.cue, a.content))


def relation(act: Attribution, carried: Sequence[Attribution]) -> dict[str, Any]:
    """An act of speech in the file's form, with the quotations carried on from it."""
    more = [c for other in carried if other.cue == act.cue for c in other.content]
    return {"source": [] if act.source is None else [_pair(act.source)], "cue": [_pair(act.cue)], "content": [_pair(c) for c in sorted({*act.content, *more})]}


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def predict(reports: dict[str, dict[str, Any]], pipeline: Pipeline) -> dict[str, list[dict[str, Any]]]:
    """The outermost relations of every report."""
    out = {}
    for name, report in reports.items():
        found = pipeline.attributed(Report(id=name, text=report["text"])).found
        carried = [a for a in found if a.carried]
        out[name] = [relation(a, carried) for a in outermost(found)]
    return out


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 0 when the file could be read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--reader", choices=("trained", "rules"), default="trained")
    parser.add_argument("--weights", help="a folder of weights other than the packaged ones")
    parser.add_argument("--out", type=Path, help="write the predictions here, in the file's form")
    args = parser.parse_args(arguments)
    try:
        pipeline = Pipeline(Settings(reader=args.reader, weights=args.weights))
    except CounterclaimError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    reports = load(args.file)
    said = predict(reports, pipeline)
    if args.out:
        args.out.write_text("".join(json.dumps({"id": k, "attributions": v}) + "\n" for k, v in said.items()), encoding="utf-8")
    result = score(reports, said)
    if args.json:
        print(json.dumps(result))
    else:
        for name, row in result.items():
            print(f"{name:16}", "  ".join(f"{k} {v}" for k, v in row.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
