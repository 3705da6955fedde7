"""The packaged table of actors: states, forces, armed groups, bodies, with the names reports give them (written by us from public facts)."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib import resources

from counterclaim.core.actor import Actor
from counterclaim.core.codec import key
from counterclaim.core.folding import folded

FILES = ("actors-a.tsv", "actors-b.tsv")
# An alias this short and in capitals ("IS", "AA", "PAC") is one only as it is written.
_SHORT = 4


@cache
def actors() -> tuple[Actor, ...]:
    """Every actor of the table, in its order."""
    found = []
    for file in FILES:
        lines = resources.files("counterclaim.knowledge").joinpath("data", file).read_text(encoding="utf-8").splitlines()
        head = lines[0].split("\t")
        for line in lines[1:]:
            cells = line.split("\t")
            row = dict(zip(head, cells + [""] * (len(head) - len(cells)), strict=True))
            aliases = tuple(alias.strip() for alias in row["aliases"].split("|") if alias.strip())
            found.append(
                Actor(
                    key=actor_key(row["name"], row["country"]),
                    name=row["name"],
                    kind=row["kind"],
                    country=row["country"] or None,
                    parent=row["parent"] or None,
                    aliases=aliases,
                    since=int(row["since"]) if row["since"].isdigit() else None,
                    until=int(row["until"]) if row["until"].isdigit() else None,
                )
            )
    return tuple(found)


def actor_key(name: str, country: str) -> str:
    """The key of an actor of the table: by its name and country, so that it is the same in every record."""
    return f"actor:{key('actor', folded(name), country)[:12]}"


def actors_named(name: str) -> tuple[Actor, ...]:
    """The actors of this name or alias, in the order of the table. Short ones in capitals are matched as they are written."""
    return tuple(actor for written, actor in _by_name().get(folded(name), ()) if not _is_exact(written) or _bare(written) == _bare(name))


def _bare(name: str) -> str:
    return name.removeprefix("the ").removeprefix("The ").replace(".", "").strip()


def _is_exact(alias: str) -> bool:
    return len(_bare(alias)) <= _SHORT and _bare(alias).isupper()


@cache
def _by_name() -> dict[str, tuple[tuple[str, Actor], ...]]:
    index: defaultdict[str, dict[str, tuple[str, Actor]]] = defaultdict(dict)
    for actor in actors():
        for name in (actor.name, *actor.aliases):
            if fold := folded(name):
                index[fold].setdefault(actor.key, (name, actor))
    return {fold: tuple(found.values()) for fold, found in index.items()}
