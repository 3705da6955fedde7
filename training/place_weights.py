"""Find the weights of place resolution: a coordinate search over annotated toponyms and our own table of cases.

    python -m training.place_weights FILE.jsonl … [--passes 3]

Each weight is moved by a step either way and kept where the sum of the accuracies (`evaluation.places`, spans given, a file counting
as much as another and as the table of cases) grows. Prints what it kept; the numbers are written into `resolve/candidates.py` and
`resolve/places.py` by hand, rounded.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from counterclaim.core.span import Span
from counterclaim.knowledge.gazetteer import Gazetteer
from counterclaim.resolve.candidates import Priors
from counterclaim.resolve.places import Resolver
from counterclaim.resolve.weighing import Weights
from evaluation.places import accuracy, kilometres, reports

CASES = Path(__file__).resolve().parent.parent / "tests" / "tables" / "places.jsonl"
# How far each weight is moved; what is left out was set by reason and is not searched.
PRIOR_STEPS: Mapping[str, tuple[float, ...]] = dict.fromkeys(("other", "bare", "first", "capital", "seated"), (-0.5, 0.5)) | {
    "people": (-0.1, 0.1),
    "folk": (-1.5, 1.5),
    "country": (-1.0, 1.0),
    "region": (-1.0, 1.0),
    "classed": (-1.0, 1.0),
}
WEIGHT_STEPS: Mapping[str, tuple[float, ...]] = {
    "classed": (-0.5, 0.5),
    "inside": (-1.0, 1.0),
    "near": (-1.0, 1.0),
    "power": (-0.1, 0.1),
    "spread": (-0.1, 0.1),
    "same_first": (-0.1, 0.1),
    "same_country": (-0.04, 0.04),
    "reach": (-20.0, 20.0),
}


def of_cases(resolver: Resolver, cases: Sequence[dict[str, Any]]) -> float:
    """Percent of the cases with a point that are resolved to within their distance."""
    right = 0
    for case in cases:
        start = case["text"].index(case["place"])
        [found] = resolver(case["text"], [Span(start, start + len(case["place"]))])
        lat, lon = case["near"]
        place = found.place
        right += place is not None and place.lat is not None and place.lon is not None and kilometres(lat, lon, place.lat, place.lon) <= case["within_km"]
    return 100 * right / len(cases)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print every change kept and the weights at the end."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--passes", type=int, default=3)
    args = parser.parse_args(arguments)
    sets = [list(reports(file)) for file in args.files]
    cases = [case for line in CASES.read_text(encoding="utf-8").splitlines() if (case := json.loads(line))["near"]]
    gazetteer = Gazetteer()

    def worth(priors: Priors, weights: Weights) -> float:
        resolver = Resolver(gazetteer, priors=priors, weights=weights)
        return sum(accuracy(of, resolver)[0] for of in sets) + of_cases(resolver, cases)

    priors, weights = Priors(), Weights()
    best = worth(priors, weights)
    print(f"{best:.2f} at the start")
    for _ in range(args.passes):
        before = best
        for name, steps in PRIOR_STEPS.items():
            for step in steps:
                moved = msgspec.structs.replace(priors, **{name: round(getattr(priors, name) + step, 3)})
                if (value := worth(moved, weights)) > best + 1e-6:
                    best, priors = value, moved
                    print(f"{best:.2f} with {name} {getattr(priors, name)}")
        for name, steps in WEIGHT_STEPS.items():
            for step in steps:
                tried = msgspec.structs.replace(weights, **{name: max(round(getattr(weights, name) + step, 3), 0.01)})
                if (value := worth(priors, tried)) > best + 1e-6:
                    best, weights = value, tried
                    print(f"{best:.2f} with {name} {getattr(weights, name)}")
        if best == before:
            break
    print(priors, weights, sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
