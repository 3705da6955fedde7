"""Measure the product on gold reports: it reads all of them first, and only then are their gold claims opened.

    python -m evaluation.gold PATH... [--json] [--reader rules|trained] [--weights DIR] [--heldout SPLIT.json] [--errors N] [--out FILE] [--offers] [--bootstrap N]

PATH: gold files, or folders of them. The product sees id, text, outlet, published and title of a report, no more.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO, get_args

import msgspec
import numpy as np

from counterclaim.config import ReaderName, Settings
from counterclaim.core.report import Report
from counterclaim.core.when import Published
from counterclaim.errors import CounterclaimError, InputRefused, NotFound
from evaluation.calibration import reliability, told
from evaluation.scoring import OFFER_TERMS, Json, Outcome, Tally, figures, outcomes, slot_figures
from evaluation.slots import listed, wordings

# A report → the claims read in it, each a line of the export.
Read = Callable[[Report], Iterable[bytes]]
SEED = 2021
_WIDTH = 110  # of a quotation in the lists for people


class Given(msgspec.Struct, frozen=True):
    """What the product may know of a gold report. Whatever else the file holds is skipped unread."""

    id: str
    text: str
    outlet: str | None = None
    published: str | int | None = None
    title: str | None = None


def gold_files(paths: Iterable[Path]) -> list[Path]:
    """Return the gold files at these paths: a file is itself, a folder its `*.json`, in order of name. Raises for a path without any."""
    found: list[Path] = []
    for path in paths:
        files = sorted(path.glob("*.json")) if path.is_dir() else [path]
        if not files or not all(file.is_file() for file in files):
            raise NotFound(f"no gold files at {path}; expected a gold file, or a folder of *.json")
        found.extend(files)
    return found


def held_out(files: Sequence[Path], split: Path) -> list[Path]:
    """Return those of the files that the split file holds out: `{"heldout": [report ids], ...}`. Raises where there are none."""
    names = set(json.loads(split.read_text(encoding="utf-8"))["heldout"])
    found = [file for file in files if file.stem in names]
    if not found:
        raise NotFound(f"none of the {len(files)} gold files is among the {len(names)} that {split} holds out")
    return found


def report(file: Path) -> Report:
    """Return the report of a gold file, as the product is given it."""
    given = msgspec.json.decode(file.read_bytes(), type=Given)
    day = dt.date.fromisoformat(str(given.published)) if given.published else None
    published = Published(day, "given") if day else Published()
    return Report(id=given.id, text=given.text, title=given.title, outlet=given.outlet, published=published)


def product(reader: ReaderName, weights: Path | None = None) -> Read:
    """Return the product itself, with this reader (and these weights) and otherwise the shipped settings."""
    from counterclaim.pipeline import Pipeline
    from counterclaim.publish.records import claim_lines

    pipeline = Pipeline(Settings(reader=reader, weights=str(weights) if weights else None))

    def read(one: Report) -> Iterator[bytes]:
        reading = pipeline.read(one)
        return iter(claim_lines(reading.claims, reading.links))

    return read


def predict(files: Sequence[Path], read: Read, out: Path) -> None:
    """Read every report and write what is claimed in it, a claim a line. A report that is refused has no claims, and is named."""
    with out.open("wb") as lines:
        for number, file in enumerate(files, start=1):
            if sys.stderr.isatty():
                print(f"reading {number} of {len(files)}", end="\r", file=sys.stderr, flush=True)
            try:
                claims = list(read(report(file)))
            except InputRefused as error:
                print(f"refused: {error}", file=sys.stderr)
                continue
            lines.writelines(claim + b"\n" for claim in claims)


def measure(files: Sequence[Path], read: Read, out: Path | None = None) -> tuple[list[Outcome], list[Json]]:
    """Predict for all files, then open their gold claims and score: an outcome a file, and the predicted claims."""
    with tempfile.TemporaryDirectory() as folder:
        written = out or Path(folder) / "predictions.jsonl"
        predict(files, read, written)
        claims = [json.loads(line) for line in written.read_text(encoding="utf-8").split("\n") if line]
    golds = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    return outcomes(golds, claims), claims


def summary(results: Sequence[Outcome], samples: int = 0) -> Json:
    """All figures: the gold score, `offer_terms`, and with `samples` the intervals of a bootstrap over documents."""
    found = {**figures(results), "offer_terms": slot_figures(results)}
    return {**found, "interval": intervals(results, samples)} if samples else found


def intervals(results: Sequence[Outcome], samples: int, seed: int = SEED) -> Json:
    """Return the 95 % interval of record, found and slots F1 when the reports are drawn anew, with replacement, `samples` times."""
    totals = [sum(result.kinds.values(), Tally()) for result in results]
    drawn = np.random.default_rng(seed).integers(0, len(totals), (samples, len(totals)))
    found: Json = {"samples": samples, "seed": seed}
    for name, right, said, wanted in (
        ("record", "record", "said", "gold"),
        ("found", "paired", "said", "gold"),
        ("slots", "slot_right", "slot_said", "slot_wanted"),
    ):
        # F1 = 2 right / (said + wanted), which is also right where nothing was said.
        of = {field: np.array([getattr(total, field) for total in totals])[drawn].sum(axis=1) for field in (right, said, wanted)}
        scores = 200 * of[right] / np.maximum(of[said] + of[wanted], 1)
        found[name] = [round(float(edge), 1) for edge in np.quantile(scores, (0.025, 0.975))]
    return found


def table(found: Json) -> Iterator[str]:
    """Yield the figures as lines for people."""
    for kind, row in found["kinds"].items():
        yield _line(kind, row) + f"  voice {row['voice']:5}  act {row['act']:5}"
    yield (
        _line("ALL", found) + f"  voice {found['voice']:5}  act {found['act']:5}  chain {found['chain']:5}  when {found['when']:5}"
        f"  must_not {found['must_not']}  misquoted {found['misquoted']}  reports {found['reports']}"
    )
    terms = found["offer_terms"]
    yield f"offer terms   p {terms['p']:5}  r {terms['r']:5}  f1 {terms['f1']:5}"
    if "ece" in found:
        yield f"scores        calibration error {found['ece']}  " + "  ".join(f"{b['said']:.2f}→{b['right']:.2f} ({b['claims']})" for b in found["reliability"])
    for name in ("record", "found", "slots") if "interval" in found else ():
        low, high = found["interval"][name]
        yield f"{name:13} 95 % of {found['interval']['samples']} draws of the reports: {low}–{high}"


def errors(results: Iterable[Outcome], golds: Iterable[Json], claims: Iterable[Json], most: int) -> Iterator[str]:
    """Every forbidden record, and up to `most` claims a report that were missed, that nobody asked for, or that are wrong and in what."""
    for result, gold, said in _with_claims(results, golds, claims):
        for ban, claim in result.forbidden:
            yield f"FORBIDDEN {result.id}: {ban.get('why', '')}: {_quoted(claim)}"
        for wanted in result.missed[:most]:
            yield f"MISSED {result.id} {wanted['kind']} {_short(wanted['slots'])} :: {wanted['evidence'][:_WIDTH]!r}"
        for claim in result.extra[:most]:
            yield f"EXTRA  {result.id} {claim['proposition']['kind']} {_short(_slots(claim))} :: {_quoted(claim)}"
        for pair in [pair for pair in result.pairs if not pair.record][:most]:
            wanted, claim = gold["claims"][pair.gold], said[pair.predicted]
            wrong = [name for name in ("voice", "act") if not getattr(pair, name)] + [slot for slot, found in pair.slots.items() if not found.is_whole]
            both = f"wanted {_short(wanted['slots'])}, said {_short(_slots(claim))}"
            yield f"WRONG  {result.id} {wanted['kind']} in {', '.join(wrong)}: {both} :: {_quoted(claim)}"


def offers(results: Iterable[Outcome], golds: Iterable[Json], claims: Iterable[Json]) -> Iterator[str]:
    """Every offer of the gold files with its terms, and beside them those the product read."""
    for result, gold, said in _with_claims(results, golds, claims):
        paired = {pair.gold: said[pair.predicted] for pair in result.pairs}
        for i, wanted in enumerate(gold["claims"]):
            if wanted["kind"] != "offer" or wanted.get("required") is False:
                continue
            yield f"OFFER {result.id} :: {wanted['evidence'][:_WIDTH]!r}" + ("" if i in paired else " (missed)")
            for _, slot in OFFER_TERMS:
                for filler in wanted["slots"].get(slot, ()):
                    yield f"  {slot:12} wanted {listed(filler)[0] if filler else None!r}"
                for term in listed(paired[i]["proposition"].get(slot)) if i in paired else ():
                    yield f"  {slot:12} said   {wordings(term)[-1:]!r}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurement."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.gold", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    parser.add_argument("--json", action="store_true", help="print one JSON object of figures and nothing else")
    parser.add_argument("--reader", choices=get_args(ReaderName), default=Settings().reader)
    parser.add_argument("--weights", type=Path, metavar="DIR", help="engine weights instead of the packaged ones")
    parser.add_argument("--heldout", type=Path, metavar="SPLIT.json", help="only the reports that this file holds out")
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="name what is forbidden, and up to N claims a report that are missed, extra or wrong"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="keep the predictions (JSON Lines)")
    parser.add_argument("--offers", action="store_true", help="set the terms of every gold offer beside those read")
    parser.add_argument("--bootstrap", type=int, default=0, metavar="N", help="95 %% intervals from N draws of the reports")
    args = parser.parse_args(arguments)
    try:
        files = gold_files(args.paths)
        if args.heldout is not None:
            files = held_out(files, args.heldout)
        results, claims = measure(files, product(args.reader, args.weights), args.out)
    except CounterclaimError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    found = summary(results, args.bootstrap)
    found["ece"], bins = reliability(told(results, claims))
    found["reliability"] = msgspec.to_builtins(bins)
    aside = sys.stderr if args.json else sys.stdout
    golds = [json.loads(file.read_text(encoding="utf-8")) for file in files] if args.errors or args.offers else []
    if args.offers:
        _print(offers(results, golds, claims), aside)
    if args.errors:
        _print(errors(results, golds, claims, args.errors), aside)
    _print([json.dumps(found)] if args.json else table(found), sys.stdout)
    return 0


def _with_claims(results: Iterable[Outcome], golds: Iterable[Json], claims: Iterable[Json]) -> Iterator[tuple[Outcome, Json, list[Json]]]:
    by_report: dict[str, list[Json]] = {}
    for claim in claims:
        by_report.setdefault(claim["report"], []).append(claim)
    for result, gold in zip(results, golds, strict=True):
        yield result, gold, by_report.get(result.id, [])


def _line(name: str, row: Json) -> str:
    scores = "  ".join(f"{what} {row[what]['f1']:5}" for what in ("found", "record", "slots"))
    return f"{name:13} gold {row['gold']:4} said {row['said']:4}  {scores}"


def _slots(claim: Json) -> Json:
    return {slot: [wordings(filler)[:1] for filler in listed(value)] for slot, value in claim["proposition"].items() if slot != "kind" and value}


def _short(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)[:160]


def _quoted(claim: Json) -> str:
    return repr(claim["evidence"]["quote"][:_WIDTH])


def _print(lines: Iterable[str], to: TextIO) -> None:
    for line in lines:
        print(line, file=to)


if __name__ == "__main__":
    sys.exit(main())
