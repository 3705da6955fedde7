"""Measure who is who: links of actors against the accepted names of gold files.

    python -m evaluation.actors GOLD_DIR [--heldout SPLIT.json] [--json] [--errors]

A gold file lists, for every filler of a slot, the names a careful reader accepts for it (["NRF", "National Resistance Front"]).
Lists of one report that share a name are one actor. A wrong merge is one key of ours for wordings of two such actors; a missed merge
is an actor of gold whose wordings have two keys or more. Wordings that stay open count for neither.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from counterclaim.config import Settings
from counterclaim.core.folding import folded
from counterclaim.core.link import Link
from counterclaim.core.report import Report
from counterclaim.core.when import Published
from counterclaim.pipeline import Pipeline
from counterclaim.read.dates import day_of

# Slots of gold that hold actors; the others hold places, counts and words.
ACTORS = frozenset("actor holder not_holder by to who sides participants parties party donor target named".split())


def actors_of(gold: dict[str, Any]) -> list[set[str]]:
    """The actors of a gold file: sets of folded names, lists that share one joined."""
    sets: list[set[str]] = []
    for claim in gold["claims"]:
        # Voices accept a person and whom the person speaks for alike, so they say nothing of who is one; fillers do.
        lists = [
            filler for slot, fillers in claim["slots"].items() if slot in ACTORS and isinstance(fillers, list) for filler in fillers if isinstance(filler, list)
        ]
        for names in lists:
            fresh = {folded(name) for name in names if isinstance(name, str) and folded(name)}
            if not fresh:
                continue
            joined = [s for s in sets if s & fresh]
            sets = [s for s in sets if not s & fresh] + [fresh.union(*joined)]
    return sets


def compared(gold: dict[str, Any], links: Iterable[Link]) -> tuple[list[str], list[str], int]:
    """Wrong merges and missed merges as lines, and how many actors have two wordings or more that are linked."""
    keys: dict[str, str] = {folded(link.words): link.target.key for link in links if link.kind == "actor" and link.target is not None}
    groups = actors_of(gold)
    wrong, missed, several = [], [], 0
    by_key: defaultdict[str, set[int]] = defaultdict(set)
    for i, names in enumerate(groups):
        here = {keys[name] for name in names if name in keys}
        for one in here:
            by_key[one].add(i)
        linked = sum(name in keys for name in names)
        several += linked > 1
        if len(here) > 1:
            missed.append(f"{gold['id']}: {sorted(name for name in names if name in keys)} are {len(here)}")
    wrong += [f"{gold['id']}: one for " + " and ".join(str(sorted(groups[i])) for i in sorted(of)) for of in by_key.values() if len(of) > 1]
    return wrong, missed, several


def main(arguments: Sequence[str] | None = None) -> int:
    """Print wrong and missed merges."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.actors", description="Measure who is who against gold files.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--heldout", type=Path, metavar="SPLIT.json", help="only the reports that this file holds out")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", action="store_true", help="print every merge that is wrong or missed")
    options = parser.parse_args(arguments)
    held = set(json.loads(options.heldout.read_text())["heldout"]) if options.heldout else None
    pipeline = Pipeline(Settings())
    wrong: list[str] = []
    missed: list[str] = []
    several = 0
    for path in sorted(options.folder.glob("*.json")):
        if held is not None and path.stem not in held:
            continue
        gold = json.loads(path.read_text(encoding="utf-8"))
        day = day_of(gold.get("published"))
        report = Report(id=gold["id"], text=gold["text"], outlet=gold.get("outlet"), published=Published(day, "given") if day else Published())
        found = compared(gold, pipeline.read(report).links)
        wrong, missed, several = wrong + found[0], missed + found[1], several + found[2]
    if options.json:
        print(json.dumps({"wrong_merges": len(wrong), "missed_merges": len(missed), "actors_of_several_names": several}))
    else:
        print(f"wrong merges {len(wrong)}  missed merges {len(missed)}  of {several} actors with several linked names")
    if options.errors:
        for title, lines in (("wrong", wrong), ("missed", missed)):
            for line in lines:
                print(f"  {title} {line}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
