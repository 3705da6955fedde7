"""Mentions to names: which words, among those at hand, name the same actor or place.

What it captures: mentions linked to one thing are one name. Without a link, words count alike after folding (`folds.py`); a surname or
the initials join the one longer name that holds them, "Taliban fighters" joins "Taliban", "Panjshir" joins the one "Panjshir province".
What it does not: know that "the Pakistani Taliban" are not "the Taliban" where nobody linked them and no other Taliban is at hand;
choose: where two longer names would do, the shorter one stays by itself; two linked names never become one;
a place inside a place ("the coke plant at Avdiivka") is another place.
Example: "Gen Ahmad Massoud" and "Massoud's" are one name while no second Massoud is at hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from counterclaim.core.index import Index, MemoryIndex
from counterclaim.core.link import Link, LinkKind
from counterclaim.reconcile.folds import Fold, bare, cleaned, fold, fold_of, fold_place, is_naming, is_short_for, stems
from counterclaim.reconcile.pool import Name, Pool, Ref, heard, ref_of

__all__ = ["Fold", "Heard", "Name", "Names", "Targets", "fold", "fold_place", "is_naming", "names", "targets"]

Heard = tuple[str, str, LinkKind]
"""Words heard in a report, and whether an actor or a place is meant: (report, words, kind)."""
Targets = Mapping[tuple[str, LinkKind], tuple[str, str]]
"""What the words of one report are linked to: the key and the name of the target."""


# What words come to that nothing, or more than one thing, is linked to.
_OPEN = ("", "")


class Names:
    """The names at hand, looked up in an index. The same words in the same report are the same name; order of hearing changes nothing.

    `targets` gives for a report what its words are linked to. Answers are remembered, so a changed index needs new names.
    """

    def __init__(self, index: Index, targets: Callable[[str], Targets]) -> None:
        self._pools: dict[LinkKind, Pool] = {"actor": Pool("actor", index), "place": Pool("place", index)}
        self._targets = targets
        self._of: dict[Heard, Name] = {}

    def of(self, report: str, words: str, kind: LinkKind) -> Name:
        """The name of these words in this report; words never heard of name themselves."""
        where = (report, words, kind)
        if where not in self._of:
            group = self._pools[kind].group(ref_of(kind, words, self._targets(report).get((words, kind))))
            self._of[where] = group.name if group else Name(f"{kind}:{'_'.join(fold_of(words, kind))}", cleaned(words, kind), is_naming(words))
        return self._of[where]

    def by_ref(self, kind: LinkKind, ref: Ref) -> Name | None:
        """The name a ref is part of; none where nothing at hand is called so."""
        group = self._pools[kind].group(ref)
        return group.name if group else None

    def refs(self, name: Name) -> tuple[Ref, ...]:
        """All refs that are this name; none for words never heard of."""
        group = self._pools[_kind(name)].of(name)
        return group.refs if group else ()

    def forms(self, name: Name) -> frozenset[Fold]:
        """What tells the name from others: its spellings, folded, without the nouns that add nothing."""
        group = self._pools[_kind(name)].of(name)
        own = fold(name.shown)
        return group.forms if group else frozenset((bare(own) or own,))

    def near(self, kind: LinkKind, ref: Ref) -> set[Ref]:
        """The refs whose name may change when this ref comes or goes."""
        return self._pools[kind].near(ref)

    def differ(self, one: Name, other: Name) -> bool:
        """Whether two names surely name two things.

        Descriptions may name anybody, and names that share a word or its beginning may name one; two linked names are two unless
        nothing but general words tells them apart, as with Russia and the Russian troops.
        """
        if one.id == other.id or not (one.is_named and other.is_named):
            return False
        pairs = [(a, b) for a in self.forms(one) for b in self.forms(other)]
        if one.link and other.link:
            return not any(stems(a) == stems(b) for a, b in pairs)
        return not any(stems(a) & stems(b) or is_short_for(a, b) or is_short_for(b, a) for a, b in pairs)


def names(words: Iterable[Heard], links: Iterable[Link]) -> Names:
    """Names of words alone, without claims and reports."""
    linked = targets(links)
    index = MemoryIndex()
    for report, text, kind in sorted(set(words)):
        index.change(heard(kind, text, linked.get(report, {}).get((text, kind))))
    return Names(index, lambda report: linked.get(report, {}))


def targets(links: Iterable[Link]) -> dict[str, Targets]:
    """What the words of each report are linked to. Links that disagree about the same words leave them open, as does one without a target."""
    found: defaultdict[str, dict[tuple[str, LinkKind], tuple[str, str]]] = defaultdict(dict)
    # The same words and targets come in many reports, and are kept once.
    words: dict[tuple[str, LinkKind], tuple[str, LinkKind]] = {}
    keys: dict[tuple[str, str], tuple[str, str]] = {_OPEN: _OPEN}
    for link in links:
        where, key = (link.words, link.kind), (link.target.key, link.target.name) if link.target else _OPEN
        known = found[link.report].setdefault(words.setdefault(where, where), keys.setdefault(key, key))
        if known != key:
            found[link.report][where] = _OPEN
    return {report: {where: key for where, key in linked.items() if key[0]} for report, linked in found.items()}


def _kind(name: Name) -> LinkKind:
    return "place" if name.id.startswith("place:") else "actor"
