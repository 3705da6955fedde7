"""Measure how fast mentions of places are resolved against the packaged gazetteer, in one process.

    python -m benchmarks.place_speed [--mentions 100000] [--seed 7]

Reports are made of towns drawn from the gazetteer itself: each names ten to thirty places of one country, a fifth of them twice, with
one place of another country among them, and a few names no gazetteer has. Nothing is warmed up: the time is from the first mention
to the last, and holds looking the names up on disk. Ratio: mentions a second with context against the bare look-up of the names.
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


def made(mentions: int, seed: int) -> Iterator[tuple[str, list[Span]]]:
    """Reports as text and the spans of their toponyms."""
    rows = sqlite3.connect(f"file:{packaged()}?mode=ro", uri=True).execute("SELECT country, name FROM place WHERE country IS NOT NULL ORDER BY id").fetchall()
    of_country: dict[str, list[str]] = {}
    for country, name in rows:
        of_country.setdefault(country, []).append(name)
    draw = random.Random(seed)  # noqa: S311
    countries = sorted(of_country)
    while mentions > 0:
        home = draw.choice(countries)
        names = [draw.choice(of_country[home]) for _ in range(draw.randint(10, 30))]
        names += [draw.choice(names) for _ in range(len(names) // 5)] + [draw.choice(of_country[draw.choice(countries)]), "Xyrbloq"]
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
    args = parser.parse_args(arguments)
    reports = list(made(args.mentions, args.seed))
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
    print(f"{count} mentions in {len(reports)} reports; {100 * told / count:.1f} % resolved")
    print(f"looked up alone  {looked_up:9,.0f} a second")
    print(f"resolved         {resolved:9,.0f} a second   ratio {resolved / looked_up:.2f}")
    print(f"peak memory      {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:9,.0f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
