"""Measure how fast mentions of places are resolved against the packaged gazetteer, in one process.

    python -m benchmarks.place_speed [--mentions 100000] [--seed 7]

Reports are made of places drawn from the gazetteer itself: each names ten to thirty places of one of fifty countries, a fifth of them
twice, with one place of another country among them and one name no gazetteer has. Larger places are named more often, as in the news
(by the root of their people); `--flat` names all alike, so that hardly a name comes twice. Nothing is warmed up: the time is from the
first mention to the last, and holds looking the names up on disk. Ratio: mentions a second with context against the bare look-up.
"""

from __future__ import annotations

import argparse
import random
import resource
import sqlite3
import time
from collections.abc import Iterator, Sequence

from counterclaim.core.span import Span
from counterclaim.knowledge.gazetteer import Gazetteer, packaged
from counterclaim.resolve.places import Resolver


def made(mentions: int, seed: int, *, flat: bool = False) -> Iterator[tuple[str, list[Span]]]:
    """Reports as text and the spans of their toponyms."""
    query = "SELECT country, name, population FROM place WHERE country IS NOT NULL ORDER BY id"
    rows = sqlite3.connect(f"file:{packaged()}?mode=ro", uri=True).execute(query).fetchall()
    of_country: dict[str, tuple[list[str], list[float]]] = {}
    for country, name, people in rows:
        names, weights = of_country.setdefault(country, ([], []))
        names.append(name)
        weights.append((weights[-1] if weights else 0.0) + (1.0 if flat else (people + 1) ** 0.5))
    draw = random.Random(seed)
    countries = sorted(draw.sample(sorted(of_country), 50))

    def places(country: str, count: int) -> list[str]:
        names, weights = of_country[country]
        return draw.choices(names, cum_weights=weights, k=count)

    while mentions > 0:
        names = places(draw.choice(countries), draw.randint(10, 30))
        names += [draw.choice(names) for _ in range(len(names) // 5)] + [*places(draw.choice(countries), 1), "Xyrbloq"]
        text, spans = "", []
        for name in names:
            text += "Shots were heard in "
            spans.append(Span(len(text), len(text) + len(name)))
            text += name + ". "
        mentions -= len(spans)
        yield text, spans


def main(arguments: Sequence[str] | None = None) -> int:
    """Print mentions a second, with context and looked up alone, and the memory it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mentions", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--flat", action="store_true", help="name small places as often as large ones")
    args = parser.parse_args(arguments)
    reports = list(made(args.mentions, args.seed, flat=args.flat))
    count = sum(len(spans) for _, spans in reports)
    gazetteer = Gazetteer()
    start = time.perf_counter()
    for text, spans in reports:
        for span in spans:
            gazetteer.named(span.of(text))
    looked_up = count / (time.perf_counter() - start)
    resolver = Resolver(Gazetteer())
    start = time.perf_counter()
    told = sum(r.place is not None for text, spans in reports for r in resolver(text, spans))
    resolved = count / (time.perf_counter() - start)
    distinct = len({span.of(text) for text, spans in reports for span in spans})
    print(f"{count} mentions of {distinct} names in {len(reports)} reports; {100 * told / count:.1f} % resolved")
    print(f"looked up alone  {looked_up:9,.0f} a second")
    print(f"resolved         {resolved:9,.0f} a second   ratio {resolved / looked_up:.2f}")
    print(f"peak memory      {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:9,.0f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
