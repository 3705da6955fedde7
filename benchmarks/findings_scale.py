"""Measure how long a new report takes to reach the findings of a large record, and whether that stays the same as the record grows.

    python -m benchmarks.findings_scale [--sizes 10000,100000] [--added 200] [--folder DIR]

Reports are made from templates: ten claims each about invented places and sides, a hundred reports a day, every tenth a copy of another.
They are put into a record as a reader would, the findings are derived once, and then more reports are added one by one; what is timed is
bringing the findings up to date after each. With --folder the records stay there, and a run that was stopped goes on where it was; its
times of keeping and deriving are then those of the rest. The record is checked at the end against a reading of a sample of its blocks.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

import msgspec

from counterclaim.core.claim import Aid, Attack, Casualties, Claim, Control, Fighting, Offer, Proposition, Statement, Term
from counterclaim.core.codec import claim_key
from counterclaim.core.figure import Figure
from counterclaim.core.link import Candidate, Link
from counterclaim.core.mention import Mention
from counterclaim.core.report import Received, Report
from counterclaim.core.span import Evidence
from counterclaim.core.voice import Act, Voice
from counterclaim.core.when import Published, When
from counterclaim.record import Record

_A_DAY = 100
_FIRST = dt.date(2015, 1, 1)
_SYLLABLES = "ba da fe gu ha ki lo ma ne pu ra so ta vi za dor kel mun nar shan tir wal".split()


class World(NamedTuple):
    """The names that reports of one made-up war draw from."""

    places: tuple[str, ...]
    sides: tuple[str, ...]
    speakers: tuple[tuple[str, str], ...]
    outlets: tuple[str, ...]


def world() -> World:
    """The same names every time."""
    chance = random.Random(7)

    def name(parts: int) -> str:
        return "".join(chance.choice(_SYLLABLES) for _ in range(parts)).capitalize()

    sides = tuple(sorted({f"{name(3)} Front" for _ in range(120)}))
    speakers = tuple((f"{name(2)} {name(3)}", chance.choice(sides)) for _ in range(400))
    return World(tuple(sorted({name(4) for _ in range(1500)})), sides, speakers, tuple(sorted({f"{name(2)} Daily" for _ in range(150)})))


def report(at: int, names: World) -> tuple[Received, list[Claim], list[Link]]:
    """Report number `at` with its claims and links; every tenth tells again what one of the same day told, in other words at the edges."""
    chance = random.Random(at - at % 10 if at % 10 == 1 else at)
    own = random.Random(at)
    day = _FIRST + dt.timedelta(days=at // _A_DAY)
    outlet = own.choice(names.outlets)
    lines: list[str] = []
    told: list[tuple[str, tuple[Voice, ...], Act, Proposition]] = []
    for _ in range(10):
        speaker, side = chance.choice(names.speakers)
        other, place = chance.choice(names.sides), chance.choice(names.places)
        number = chance.randint(2, 90)
        said = (Voice(outlet), Voice(speaker, speaks_for=side))
        kind = chance.randrange(10)
        if kind < 3:
            sentence = f"{speaker} of the {side} said that the {other} held {place}."
            told.append(
                (sentence, said, chance.choice(("asserts", "asserts", "denies")), Control(place=(Mention(place),), holder=(Mention(other),), change="holds"))
            )
        elif kind < 5:
            sentence = f"{speaker} of the {side} said that {number} civilians were killed in {place}."
            told.append(
                (
                    sentence,
                    said,
                    "asserts",
                    Casualties(who=(Mention("civilians"),), harm=("killed",), count=Figure(number, number, str(number)), place=(Mention(place),)),
                )
            )
        elif kind < 6:
            sentence = f"The {side} offered the {other} to leave {place} if it stopped its attacks."
            told.append(
                (
                    sentence,
                    said,
                    "proposes",
                    Offer(by=(Mention(side),), to=(Mention(other),), asks=(Term("stop its attacks"),), undertakings=(Term(f"leave {place}"),)),
                )
            )
        elif kind < 7:
            sentence = f"{speaker} of the {side} said that {number} tonnes of flour from the {other} reached {place}."
            told.append(
                (
                    sentence,
                    said,
                    "asserts",
                    Aid(donor=(Mention(other),), goods=("flour",), amount=Figure(number, number, str(number), "t"), place=(Mention(place),), stage="arrived"),
                )
            )
        elif kind < 8:
            sentence = f"{speaker} of the {side} said that the {other} had shelled {place}."
            told.append(
                (
                    sentence,
                    said,
                    chance.choice(("asserts", "denies")),
                    Attack(actor=(Mention(other),), target=(Mention(place),), means="shelling", place=(Mention(place),)),
                )
            )
        elif kind < 9:
            sentence = f"The {side} and the {other} fought in {place}, {speaker} said."
            told.append((sentence, said, "asserts", Fighting(sides=(Mention(side), Mention(other)), place=(Mention(place),))))
        else:
            sentence = f"{speaker} of the {side} said that talks would go on."
            told.append((sentence, said, "asserts", Statement(content=("talks would go on",))))
        lines.append(sentence)
    text = f"{outlet}, report {at}.\n" + "\n".join(lines)
    name = f"r{at:07d}"
    claims, start = [], text.index("\n") + 1
    for sentence, chain, act, proposition in told:
        made = Claim(
            key="",
            report=name,
            evidence=Evidence(start, start + len(sentence), sentence),
            chain=chain,
            act=act,
            hedges=(),
            said=None,
            when=When(day, day, "day", "today"),
            proposition=proposition,
            score=0.9,
            because="made by a template",
        )
        claims.append(msgspec.structs.replace(made, key=claim_key(made)))
        start += len(sentence) + 1
    actors = {words for _, chain, _, _ in told for voice in chain[1:] for words in (voice.name, voice.speaks_for) if words} | {
        side for side in names.sides if side in text
    }
    links = [Link(name, words, "actor", Candidate(words, f"made:{words.casefold()}", 0.9), "made by a template") for words in sorted(actors)]
    links += [
        Link(name, words, "place", Candidate(words, f"made:{words.casefold()}", 0.9), "made by a template")
        for words in sorted(set(text.replace(".", " ").replace(",", " ").split()) & set(names.places))
    ]
    return Received(Report(id=name, text=text, outlet=outlet, published=Published(day, "given")), text.encode()), claims, links


def filled(path: Path, size: int, names: World) -> Iterator[int]:
    """A record of so many reports, filled on from where it stands; yields how many are in."""
    with Record.open(path, create=True) as record:
        for at in range(record.store.counts().reports, size):
            record.store.add(*report(at, names))
            yield at + 1


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _measured(folder: Path, size: int, added: int, names: World) -> float:
    path = folder / f"{size}.db"
    start = time.perf_counter()
    for done in filled(path, size, names):
        if done % 10_000 == 0:
            print(f"{size:>7}  {done} reports kept, {time.perf_counter() - start:.0f} s", file=sys.stderr)
    kept = time.perf_counter() - start
    with Record.open(path) as record:
        start = time.perf_counter()
        whole = record.refresh(lambda done, whole: print(f"{size:>7}  {done} of {whole} derived", file=sys.stderr) if done % 10_000 == 0 else None)
        derived = time.perf_counter() - start
        times, blocks = [], []
        for at in range(size, size + added):
            record.store.add(*report(at, names))
            start = time.perf_counter()
            blocks.append(record.refresh().blocks)
            times.append(1000 * (time.perf_counter() - start))
        times.sort()
        p95 = times[int(0.95 * len(times))]
        counts = record.store.counts()
        print(
            f"{size:>7} reports, {counts.claims} claims: kept in {kept:.0f} s, derived in {derived:.0f} s ({whole.blocks} blocks); "
            f"one more report: median {statistics.median(times):.0f} ms, p95 {p95:.0f} ms, most {times[-1]:.0f} ms, "
            f"{statistics.mean(blocks):.1f} blocks; {_memory():.0f} MB at most; {path.stat().st_size / 1e6:.0f} MB on disk",
            flush=True,
        )
    return p95


def main() -> int:
    """Measure each size in turn and print the ratio of the last to the first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--added", type=int, default=200)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    names = world()
    with tempfile.TemporaryDirectory() if asked.folder is None else nullcontext(asked.folder) as folder:
        slow = [_measured(Path(folder), int(size), asked.added, names) for size in asked.sizes.split(",")]
    print(f"ratio of the last p95 to the first: {slow[-1] / slow[0]:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
