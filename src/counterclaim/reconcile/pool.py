"""Words and links of one kind to the names they share: which refs are one, looked up in an index around one of them.

A ref is a fold of words ("~ahmad massoud") or the key of a link ("=person:massoud"). What joins refs is told at `names.py`; all of it is
local: a ref is joined by what the index holds of it, of longer and of shorter ones, so a report touches only the names near its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from counterclaim.core.index import Index, Posting
from counterclaim.core.link import LinkKind
from counterclaim.reconcile.folds import CLASSES, GENERIC, PARTING, Fold, bare, cleaned, fold_of, fullness, initials, is_naming

Ref = str


class Name(msgspec.Struct, frozen=True):
    """What mentions of one thing share. `is_named` is false for a bare description ("the fighters")."""

    id: str
    shown: str
    is_named: bool
    link: str | None = None


def node_ref(node: Fold) -> Ref:
    """The ref of a fold."""
    return f"~{' '.join(node)}"


def key_ref(key: str) -> Ref:
    """The ref of a link's key."""
    return f"={key}"


def node_of(ref: Ref) -> Fold:
    """The fold a ref stands for."""
    return tuple(ref[1:].split(" "))


def heard(kind: LinkKind, words: str, target: tuple[str, str] | None) -> Iterator[Posting]:
    """What words that name somebody, or a place, add to the index, given the key and name they are linked to."""
    if target is None:
        node = fold_of(words, kind)
        yield Posting(f"{kind}.words", node_ref(node), words)
        yield from _shape(kind, node)
        return
    key, name = target
    yield Posting(f"{kind}.title", key_ref(key), name)
    yield Posting(f"{kind}.titled", name, key)
    # A description is linked where it stands: "the group" of another report is another group.
    for node in {fold_of(name, kind), *([fold_of(words, kind)] if is_naming(words) else [])}:
        yield Posting(f"{kind}.keys", node_ref(node), key)
        yield Posting(f"{kind}.nodes", key_ref(key), node_ref(node))
        yield from _shape(kind, node)


def ref_of(kind: LinkKind, words: str, target: tuple[str, str] | None) -> Ref:
    """The ref of words as they stand in a report."""
    return key_ref(target[0]) if target else node_ref(fold_of(words, kind))


def _shape(kind: LinkKind, node: Fold) -> Iterator[Posting]:
    for short in _shorter(kind, node):
        yield Posting(f"{kind}.longer", node_ref(short), node_ref(node))
    core = _core(kind, node)
    if core != node and core:
        yield Posting(f"{kind}.cored", node_ref(core), node_ref(node))


def _shorter(kind: LinkKind, node: Fold) -> set[Fold]:
    """The shorter names that a longer one may be meant by: its endings and its initials."""
    if kind == "place":
        return set()
    found: set[Fold] = set()
    if len(node) > 1 and not PARTING.intersection(node) and not GENERIC.intersection(node):
        found.update(node[i:] for i in range(1, len(node)))
    if len(letters := initials(node)) > 1:
        found.add((letters,))
    return found - {node}


def _core(kind: LinkKind, node: Fold) -> Fold:
    """The name without what adds nothing: the forces of an actor, the class of a place."""
    return bare(node) if kind == "actor" else tuple(token for token in node if token not in CLASSES)


class Group(msgspec.Struct, frozen=True):
    """Refs that are one, and what they are called."""

    name: Name
    refs: tuple[Ref, ...]
    forms: frozenset[Fold]


class Pool:
    """The names of one kind at hand, joined where nothing speaks for another reading."""

    def __init__(self, kind: LinkKind, index: Index) -> None:
        self.kind = kind
        self._index = index
        self._groups: dict[Ref, Group] = {}
        self._by_id: dict[str, Group] = {}
        self._seen: dict[tuple[str, Ref], frozenset[str]] = {}
        self._joins: dict[Ref, frozenset[Ref]] = {}

    def group(self, ref: Ref) -> Group | None:
        """The group of a ref; none for one that nothing at hand is called by."""
        if ref not in self._groups:
            if not self._is_known(ref):
                return None
            for group in self._joined(self._component(ref)):
                self._by_id[group.name.id] = group
                for one in group.refs:
                    self._groups[one] = group
        return self._groups[ref]

    def of(self, name: Name) -> Group | None:
        """The group of a name; none for words never heard of."""
        if name.id not in self._by_id:
            self.group(key_ref(name.link) if name.link else node_ref(tuple(name.id.partition(":")[2].split("_"))))
        return self._by_id.get(name.id)

    def near(self, ref: Ref) -> set[Ref]:
        """The refs whose group may change when this one comes or goes: itself, what it is linked to, and shorter and longer ones."""
        if ref.startswith("="):
            found = {ref, *self._items("nodes", ref)}
            for title in self._items("title", ref):
                found |= {key_ref(key) for key in self._items("titled", title)}
            return found
        node = node_of(ref)
        near = {ref, *(node_ref(one) for one in _shorter(self.kind, node)), *self._items("longer", ref), *self._items("cored", ref)}
        if core := _core(self.kind, node):
            near |= {node_ref(core), *self._items("cored", node_ref(core))}
        return near | {key_ref(key) for one in sorted(near) for key in self._items("keys", one)}

    def _items(self, space: str, term: str) -> frozenset[str]:
        where = (space, term)
        if where not in self._seen:
            self._seen[where] = frozenset(self._index.items(f"{self.kind}.{space}", term))
        return self._seen[where]

    def _is_known(self, ref: Ref) -> bool:
        return bool(self._items("title", ref)) if ref.startswith("=") else bool(self._items("words", ref) or self._items("keys", ref))

    def _one_key(self, ref: Ref) -> str | None:
        keys = self._items("keys", ref)
        return next(iter(keys)) if len(keys) == 1 else None

    def _component(self, ref: Ref) -> list[Ref]:
        """All refs that anything joins to this one, directly or by others."""
        found, waiting = {ref}, [ref]
        while waiting:
            one = waiting.pop()
            if one.startswith("="):
                beside = {node for node in self._items("nodes", one) if self._one_key(node) is not None}
            else:
                key = self._one_key(one)
                beside = {*([key_ref(key)] if key else []), *self._above(one), *self._below(one)}
            waiting += sorted(beside - found)
            found |= beside
        return sorted(found)

    def _above(self, ref: Ref) -> frozenset[Ref]:
        """The refs that this shorter one joins."""
        if ref not in self._joins:
            self._joins[ref] = frozenset(self._found_above(ref))
        return self._joins[ref]

    def _found_above(self, ref: Ref) -> set[Ref]:
        if self.kind == "place":
            classed = self._items("cored", ref)
            return set(classed) if len(classed) == 1 and self._is_open(ref) and self._is_known(ref) else set()
        if not self._is_known(ref):
            return set()
        node = node_of(ref)
        core = node_ref(_core("actor", node))
        found = {core} if core not in (ref, "~") and self._is_known(core) else set()
        longer = {one for one in self._items("longer", ref) if node_of(one)[-len(node) :] == node or self._is_acronym(ref)}
        # "The charity" is not short for "the Italian charity": what is short for a name is written as a name, wherever it is.
        names = all(is_naming(words) for words in self._items("words", ref))
        if names and not GENERIC.issuperset(node) and self._is_open(ref) and len({self._one_key(one) or one for one in longer}) == 1:
            found.add(min(longer))
        return found

    def _below(self, ref: Ref) -> set[Ref]:
        """The shorter refs that join this one."""
        node = node_of(ref)
        shorter = {node_ref(one) for one in _shorter(self.kind, node)}
        if self.kind == "place":
            shorter = {node_ref(core)} if (core := _core("place", node)) and core != node else set()
        else:
            shorter |= self._items("cored", ref)
        return {one for one in shorter if ref in self._above(one)}

    def _is_open(self, ref: Ref) -> bool:
        """Whether the words do not already name two linked things."""
        return len(self._items("keys", ref)) < 2

    def _is_acronym(self, ref: Ref) -> bool:
        spelt = self._items("words", ref)
        return bool(spelt) and all(cleaned(words, self.kind).isupper() for words in spelt)

    def _joined(self, refs: Iterable[Ref]) -> Iterator[Group]:
        """The groups that these refs come to: a link's key never joins another's."""
        above: dict[Ref, Ref] = {}

        def top(ref: Ref) -> Ref:
            while ref in above:
                ref = above[ref]
            return ref

        def tie(one: Ref, other: Ref) -> None:
            one, other = top(one), top(other)
            if one != other and not (one.startswith("=") and other.startswith("=")):
                # A link's key stays on top, for it is what names the whole.
                lower, upper = (other, one) if one.startswith("=") else (one, other)
                above[lower] = upper

        nodes = sorted((ref for ref in refs if ref.startswith("~")), key=node_of)
        for node in nodes:
            if key := self._one_key(node):
                tie(node, key_ref(key))
        for one, other in sorted((node_of(node), node_of(ref)) for node in nodes for ref in self._above(node)):
            tie(node_ref(one), node_ref(other))
        members: dict[Ref, list[Ref]] = {}
        for ref in (*nodes, *(ref for ref in refs if ref.startswith("="))):
            members.setdefault(top(ref), []).append(ref)
        for head, found in members.items():
            yield self._named(head, found)

    def _named(self, head: Ref, refs: list[Ref]) -> Group:
        """What a group is shown as; two things of one name are told apart by the key of their link."""
        nodes = [ref for ref in refs if ref.startswith("~")]
        words = sorted({cleaned(one, self.kind) for node in nodes for one in self._items("words", node)}, key=lambda w: (not is_naming(w), w))
        key = head[1:] if head.startswith("=") else None
        if key is not None:
            shown = min(self._items("title", head))
            twins = {one for one in self._items("titled", shown) if min(self._items("title", key_ref(one))) == shown}
            text = f"{shown} [{key}]" if len(twins) > 1 else shown
        else:
            text = shown = max(words, key=lambda w: (is_naming(w), fullness(w, self.kind))) if words else " ".join(node_of(head))
        is_named = key is not None or any(is_naming(one) for node in nodes for one in self._items("words", node))
        name = Name(f"{self.kind}:{key or '_'.join(node_of(head))}", text, is_named, key)
        forms = frozenset(bare(form) or form for form in (*(node_of(node) for node in nodes), fold_of(shown, self.kind)))
        return Group(name, tuple(refs), forms)
