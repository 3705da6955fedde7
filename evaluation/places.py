"""Measure toponyms on files of the form {id, text, toponyms: [{start, end, lat, lon, geonameid}]}, a report a line.

    python -m evaluation.places FILE.jsonl [--json] [--gold-spans] [--errors N] [--gazetteer FILE]

`acc161`: with the annotated spans given, the share of toponyms with coordinates whose place lies within 161 km (100 miles) of
them; left open counts as wrong; for a country the right country counts. `f1_161`: the same from the bare text, the product
finding the toponyms itself: what it resolves and the annotated toponyms are paired where their words overlap; a pair within
161 km is right; what overlaps only toponyms without coordinates neither rewards nor punishes. The measure is the one of
Gritta et al., "A pragmatic guide to geoparsing evaluation" (2020). `open` is the share left open of the annotated spans.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any, NamedTuple

from counterclaim.clean.segments import lines
from counterclaim.core.place import Place
from counterclaim.core.span import Span
from counterclaim.errors import CounterclaimError
from counterclaim.knowledge.gazetteer import Gazetteer
from counterclaim.knowledge.weights import load
from counterclaim.parse.engine import Engine
from counterclaim.parse.lemmas import Lemmas
from counterclaim.parse.trained import TrainedParser
from counterclaim.resolve.places import Resolver
from counterclaim.resolve.toponyms import toponyms
from counterclaim.resolve.weighing import Resolution

NEAR = 161.0  # kilometres: a hundred miles, the radius of the field's measure
_DIAMETER = 12742.0  # of the earth, in kilometres

Report = dict[str, Any]
Finder = Callable[[Report], Sequence[Span]]


class Tally(NamedTuple):
    """Pairs that are right, toponyms made that are not, toponyms missed."""

    right: int
    false: int
    missed: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, in percent."""
        return 100 * 2 * self.right / max(1, 2 * self.right + self.false + self.missed)


def reports(file: Path) -> Iterator[Report]:
    """The reports of a file."""
    with file.open(encoding="utf-8") as rows:
        yield from (json.loads(row) for row in rows if row.strip())


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The distance on the sphere (haversine)."""
    a, b = radians(lat1), radians(lat2)
    h = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(lon2 - lon1) / 2) ** 2
    return _DIAMETER * asin(min(1.0, sqrt(h)))


def is_right(toponym: Report, place: Place | None) -> bool:
    """Whether the place is the annotated one: within 161 km, or the same country."""
    if place is None:
        return False
    if place.is_country and place.code == f"geonames:{toponym.get('geonameid')}":
        return True
    return place.lat is not None and place.lon is not None and kilometres(toponym["lat"], toponym["lon"], place.lat, place.lon) <= NEAR


def scored(toponyms_of: Iterable[Report]) -> list[Report]:
    """The toponyms with coordinates."""
    return [t for t in toponyms_of if t.get("lat") is not None]


def accuracy(of: Sequence[Report], resolver: Resolver) -> tuple[float, float, list[str]]:
    """Percent right and percent open over all toponyms with coordinates, their spans given; and a line for each that is wrong."""
    wanted = right = left_open = 0
    wrong: list[str] = []
    for report in of:
        found = resolver(report["text"], [Span(t["start"], t["end"]) for t in report["toponyms"]])
        for toponym, resolution in zip(report["toponyms"], found, strict=True):
            if toponym.get("lat") is None:
                continue
            wanted += 1
            left_open += resolution.place is None
            if is_right(toponym, resolution.place):
                right += 1
            else:
                wrong.append(f"{report['id']} {resolution.span.of(report['text'])!r}: {_shown(resolution)}, wanted {toponym['lat']}, {toponym['lon']}")
    return 100 * right / max(1, wanted), 100 * left_open / max(1, wanted), wrong


def from_text(of: Sequence[Report], resolver: Resolver, finder: Finder) -> tuple[Tally, list[str]]:
    """What is found and resolved in the bare texts against the annotations; and a line for each mistake."""
    total, wrong = Tally(0, 0, 0), []
    for report in of:
        made = [r for r in resolver(report["text"], finder(report)) if r.place is not None]
        tally, mistakes = paired(report, made)
        total = Tally(*(a + b for a, b in zip(total, tally, strict=True)))
        wrong += mistakes
    return total, wrong


def paired(report: Report, made: Sequence[Resolution]) -> tuple[Tally, list[str]]:
    """One report's toponyms against what was made of them, one to one, the longest overlap first."""
    text = report["text"]
    pairs = sorted(
        (
            (-(min(made[i].span.end, t["end"]) - max(made[i].span.start, t["start"])), k, i)
            for k, t in enumerate(report["toponyms"])
            for i in range(len(made))
            if made[i].span.meets(Span(t["start"], t["end"]))
        ),
    )
    of_gold: dict[int, int] = {}
    taken: set[int] = set()
    for _, k, i in pairs:
        if k not in of_gold and i not in taken:
            of_gold[k] = i
            taken.add(i)
    # A second name inside one annotated toponym ("Irbid, Jordan") is no mistake of its own where the toponym has no coordinates.
    ignored = {i for _, k, i in pairs if report["toponyms"][k].get("lat") is None}
    right, false, missed, mistakes = 0, 0, 0, []
    for k, toponym in enumerate(report["toponyms"]):
        if toponym.get("lat") is None:
            continue
        if k not in of_gold:
            missed += 1
            mistakes.append(f"{report['id']} missed {text[toponym['start'] : toponym['end']]!r}")
        elif is_right(toponym, made[of_gold[k]].place):
            right += 1
        else:
            false, missed = false + 1, missed + 1
            mistakes.append(f"{report['id']} wrong {made[of_gold[k]].span.of(text)!r}: {_shown(made[of_gold[k]])}")
    for i, resolution in enumerate(made):
        if i not in taken and i not in ignored:
            false += 1
            mistakes.append(f"{report['id']} made {resolution.span.of(text)!r}: {_shown(resolution)}")
    return Tally(right, false, missed), mistakes


def _shown(resolution: Resolution) -> str:
    place = resolution.place
    return f"open ({resolution.because})" if place is None else f"{place.name}, {place.country} {place.admin1 or ''} {place.feature} ({resolution.because})"


def finder(resolver: Resolver) -> Finder:
    """Finds the toponyms of a bare text as the product does."""
    weights = load(None)
    parse = TrainedParser(Engine(None, claims=False), Lemmas(weights.lemmas), None)

    def find(report: Report) -> Sequence[Span]:
        return toponyms(report["text"], parse(report["text"], lines(report["text"])).names, lambda name: resolver.candidates.of(name).found)

    return find


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the scores of every file, in percent."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.places", description="Measure toponyms: accuracy@161 km and F1@161 km.")
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE.jsonl")
    parser.add_argument("--json", action="store_true", help="one JSON object a file")
    parser.add_argument("--gold-spans", action="store_true", help="leave out the reading of bare text")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print up to N mistakes of each sort")
    parser.add_argument("--gazetteer", type=Path, action="append", default=[], metavar="FILE", help="a further gazetteer beside the packaged one")
    options = parser.parse_args(arguments)
    resolver = Resolver(Gazetteer(options.gazetteer))
    find = None if options.gold_spans else finder(resolver)
    for file in options.files:
        if not file.is_file():
            raise SystemExit(f"no file at {file}")
        of = list(reports(file))
        right, left_open, wrong = accuracy(of, resolver)
        figures: dict[str, float | int] = {"acc161": round(right, 1), "open": round(left_open, 1), "toponyms": sum(len(scored(r["toponyms"])) for r in of)}
        mistakes: list[str] = []
        if find is not None:
            tally, mistakes = from_text(of, resolver, find)
            figures |= {"f1_161": round(tally.f1, 1), "right": tally.right, "false": tally.false, "missed": tally.missed}
        if options.json:
            print(json.dumps({"file": file.name, **figures}))
        else:
            print(file.name)
            for name, value in figures.items():
                print(f"  {name:<9} {value}")
        for line in [*wrong[: options.errors], *mistakes[: options.errors]]:
            print(f"    {line}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except CounterclaimError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
