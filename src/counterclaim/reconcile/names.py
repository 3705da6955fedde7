"""Mentions to names: which words, among those at hand, name the same actor or place.

What it captures: mentions linked to one thing are one name. Without a link, words count alike after folding (case, accents,
articles, titles before a name and possessives gone); a surname or the initials join the one longer name that holds them, "Taliban
fighters" joins "Taliban", "Panjshir" joins the one "Panjshir province".
What it does not: know that "the Pakistani Taliban" are not "the Taliban" where nobody linked them and no other Taliban is at hand;
choose: where two longer names would do, the shorter one stays by itself; two linked names never become one;
a place inside a place ("the coke plant at Avdiivka") is another place.
Example: "Gen Ahmad Massoud" and "Massoud's" are one name while no second Massoud is at hand.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from counterclaim.core.link import Link, LinkKind

Fold = tuple[str, ...]
Heard = tuple[str, str, LinkKind]
"""Words heard in a report, and whether an actor or a place is meant: (report, words, kind)."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ARTICLES = _words("the a an")
_TITLES = _words(
    "general gen colonel col lieutenant lt major maj captain capt brigadier marshal admiral sergeant commander commandant president minister "
    "governor mayor ambassador senator dr doctor prof professor mr mrs ms sir sheikh mullah mawlawi imam king prince spokesman spokeswoman spokesperson"
)
_SPEAKERS = _words("spokesman spokeswoman spokesperson")
# Nouns after a name that add nothing to it; "army", "government" and "people" are left out, for Sudan is not Sudan's army.
_FORCES = _words("forces force troops fighters soldiers militants gunmen insurgents rebels men units unit movement group side")
# Words that describe and do not name, even with the capital of a first word.
_GENERIC = _FORCES | _words(
    "army armies government police military militia militias authorities officials official residents witnesses villagers locals people "
    "persons civilians women children students workers soldier fighter rebel militant insurgent enemy terrorists attackers protesters "
    "demonstrators refugees families doctors ministry ministries regime state country city town village province district region valley "
    "area areas capital airport port base hospital market road border parties sides both some several many most"
)
_PARTICLES = _words("of for in and to with on at from by")
# Words that make a longer name another's, and not the fuller name of one: "the Bank of Yemen", "South Sudan", "the Free Syrian Army".
_PARTING = _PARTICLES | _words("north south east west northern southern eastern western central upper lower free new former anti pro united")
_CLASSES = _words(
    "city town village district districts province provinces state region territory governorate oblast valley county municipality settlement area"
)
_WHOLE = _words("all every each whole entire")
_ALL_OF = re.compile(rf"(?i)^(?:the\s+)?(?:{'|'.join(sorted(_WHOLE))})\s+(?:(?:of|in|the|{'|'.join(sorted(_CLASSES))})\s+)*(?=\S)")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_POSSESSIVE = re.compile(r"'s?(?=\s|$)")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʻ`´", "'"))
# Two words with the same beginning may be of one stem ("Russia", "Russian"); four letters tell most peoples apart.
_STEM = 4


class Name(msgspec.Struct, frozen=True):
    """What mentions of one thing share. `is_named` is false for a bare description ("the fighters")."""

    id: str
    shown: str
    is_named: bool
    link: str | None = None


def fold(words: str) -> Fold:
    """The words that count for telling names apart; never empty unless the words are."""
    plain = unicodedata.normalize("NFKD", words.translate(_APOSTROPHES).casefold())
    plain = _POSSESSIVE.sub("", "".join(c for c in plain if not unicodedata.combining(c)))
    tokens = tuple(token.replace("'", "") for token in _WORD.findall(plain))
    bare = tuple(t for t in tokens if t not in _ARTICLES)
    named = bare
    # A title goes before a name; after one ("a Taliban commander") it makes somebody else of it, but for who speaks in its name.
    while named and named[0] in _TITLES:
        named = named[1:]
    while named and named[-1] in _SPEAKERS:
        named = named[:-1]
    return named or bare or tokens or (words.casefold(),)


def fold_place(words: str) -> Fold:
    """The words of a place, its class last: "all districts of X", "the whole of X" and "all of X" are X."""
    tokens = fold(_clean(words, "place"))
    core = tuple(t for t in tokens if t not in _CLASSES)
    if not core:
        return tokens
    return (*(core[1:] if core[0] == "of" and len(core) > 1 else core), *sorted({t for t in tokens if t in _CLASSES}))


def is_naming(words: str) -> bool:
    """Whether the words hold a proper name, and not a description alone."""
    return any(word[:1].isupper() and not set(fold(word)) <= _GENERIC | _TITLES | _ARTICLES | _WHOLE for word in re.findall(r"[^\W_]+", words))


def _clean(words: str, kind: LinkKind) -> str:
    """The words as they are shown: without a leading article or a closing possessive; a place without "all of" and the like."""
    bare = re.sub(r"['’]s?$", "", words.strip())
    bare = _ALL_OF.sub("", bare) if kind == "place" else bare
    return re.sub(r"(?i)^(?:the|an?)\s+(?=\S)", "", bare) or words


class _Pool:
    """The names of one kind at hand, joined where nothing speaks for another reading."""

    def __init__(self, kind: LinkKind) -> None:
        self.kind = kind
        self.spellings: defaultdict[Fold, set[str]] = defaultdict(set)
        self.linked: defaultdict[Fold, set[str]] = defaultdict(set)
        self.titles: dict[str, str] = {}
        self._above: dict[Fold | str, Fold | str] = {}

    def fold(self, words: str) -> Fold:
        return fold_place(words) if self.kind == "place" else fold(words)

    def join(self) -> None:
        """Join what is one: folds to the one link they have, then shorter names to the one longer name that holds them."""
        nodes: list[Fold] = sorted({*self.spellings, *self.linked})
        for node in nodes:
            if len(keys := self.linked.get(node, set())) == 1:
                self._tie(node, *keys)
        for one, other in sorted(self._place_pairs(nodes) if self.kind == "place" else self._actor_pairs(nodes)):
            self._tie(one, other)

    def top(self, node: Fold | str) -> Fold | str:
        while node in self._above:
            node = self._above[node]
        return node

    def _tie(self, one: Fold | str, other: Fold | str) -> None:
        one, other = self.top(one), self.top(other)
        if one == other or (isinstance(one, str) and isinstance(other, str)):
            return
        # A link's key stays on top, for it is what names the whole.
        lower, upper = (other, one) if isinstance(one, str) else (one, other)
        self._above[lower] = upper

    def _identity(self, node: Fold) -> Fold | str:
        keys = self.linked.get(node, set())
        return next(iter(keys)) if len(keys) == 1 else node

    def _is_open(self, node: Fold) -> bool:
        """Whether the words do not already name two linked things."""
        return len(self.linked.get(node, set())) < 2

    def _actor_pairs(self, nodes: list[Fold]) -> Iterator[tuple[Fold, Fold]]:
        known = set(nodes)
        holders: defaultdict[Fold, set[Fold]] = defaultdict(set)
        for node in nodes:
            core = node
            while core and core[-1] in _FORCES:
                core = core[:-1]
            if core != node and core in known:
                yield node, core
            if len(node) > 1 and not _PARTING.intersection(node) and not _GENERIC.intersection(node):
                for i in range(1, len(node)):
                    holders[node[i:]].add(node)
            if len(initials := _initials(node)) > 1:
                holders[(initials,)].add(node)
        for node in nodes:
            longer = {one for one in holders.get(node, ()) if len(one) > len(node) and (one[-len(node) :] == node or self._is_acronym(node))}
            if not _GENERIC.issuperset(node) and self._is_open(node) and len({self._identity(one) for one in longer}) == 1:
                yield node, min(longer)

    def _is_acronym(self, node: Fold) -> bool:
        return bool(self.spellings[node]) and all(_clean(words, self.kind).isupper() for words in self.spellings[node])

    def _place_pairs(self, nodes: list[Fold]) -> Iterator[tuple[Fold, Fold]]:
        classed: defaultdict[Fold, set[Fold]] = defaultdict(set)
        for node in nodes:
            core = tuple(token for token in node if token not in _CLASSES)
            if core and core != node:
                classed[core].add(node)
        for node in nodes:
            if len(longer := classed.get(node, set())) == 1 and self._is_open(node):
                yield node, next(iter(longer))


class Names:
    """The names at hand. The same words in the same report are the same name; order of hearing changes nothing."""

    def __init__(self, heard: Iterable[Heard], links: Iterable[Link]) -> None:
        self._pools: dict[LinkKind, _Pool] = {"actor": _Pool("actor"), "place": _Pool("place")}
        targets: defaultdict[Heard, set[tuple[str, str]]] = defaultdict(set)
        for link in links:
            targets[link.report, link.words, link.kind].add((link.target.key, link.target.name) if link.target else ("", ""))
        # Links that disagree about the same words leave them open, as does a link without a target.
        self._targets = {where: next(iter(found)) for where, found in targets.items() if len(found) == 1 and next(iter(found))[0]}
        for report, words, kind in sorted(set(heard)):
            pool = self._pools[kind]
            if target := self._targets.get((report, words, kind)):
                key, name = target
                pool.titles[key] = min(name, pool.titles.get(key, name))
                pool.linked[pool.fold(name)].add(key)
                # A description is linked where it stands: "the group" of another report is another group.
                if is_naming(words):
                    pool.linked[pool.fold(words)].add(key)
            else:
                pool.spellings[pool.fold(words)].add(words)
        self._names: dict[tuple[LinkKind, Fold | str], Name] = {}
        self._forms: defaultdict[str, set[Fold]] = defaultdict(set)
        for pool in self._pools.values():
            pool.join()
            self._name(pool)

    def of(self, report: str, words: str, kind: LinkKind) -> Name:
        """The name of these words in this report; words never heard of name themselves."""
        pool = self._pools[kind]
        target = self._targets.get((report, words, kind))
        top = pool.top(target[0] if target and target[0] in pool.titles else pool.fold(words))
        found = self._names.get((kind, top))
        return found or Name(f"{kind}:{'_'.join(pool.fold(words))}", _clean(words, kind), is_naming(words))

    def differ(self, one: Name, other: Name) -> bool:
        """Whether two names surely name two things.

        Descriptions may name anybody, and names that share a word or its beginning may name one; two linked names are two unless
        nothing but general words tells them apart, as with Russia and the Russian troops.
        """
        if one.id == other.id or not (one.is_named and other.is_named):
            return False
        pairs = [(a, b) for a in self._forms_of(one) for b in self._forms_of(other)]
        if one.link and other.link:
            return not any(_stems(a) == _stems(b) for a, b in pairs)
        return not any(_stems(a) & _stems(b) or _is_short_for(a, b) or _is_short_for(b, a) for a, b in pairs)

    def _forms_of(self, name: Name) -> set[Fold]:
        return self._forms.get(name.id) or {fold(name.shown)}

    def _name(self, pool: _Pool) -> None:
        """Give every name at hand what it is shown as; two things of one name are told apart by the key of their link."""
        members: defaultdict[Fold | str, list[Fold]] = defaultdict(list)
        for node in sorted({*pool.spellings, *pool.linked}):
            members[pool.top(node)].append(node)
        for key in pool.titles:
            members.setdefault(pool.top(key), [])
        shown: dict[Fold | str, str] = {}
        for top, nodes in members.items():
            spelt = sorted({_clean(words, pool.kind) for node in nodes for words in pool.spellings.get(node, ())}, key=lambda w: (not is_naming(w), w))
            full = max(spelt, key=lambda w: (is_naming(w), _fullness(w, pool.kind))) if spelt else " ".join(nodes[0]) if nodes else ""
            shown[top] = pool.titles[top] if isinstance(top, str) else full
        taken = list(shown.values())
        for top, nodes in members.items():
            linked = top if isinstance(top, str) else None
            text = f"{shown[top]} [{top}]" if linked and taken.count(shown[top]) > 1 else shown[top]
            name_id = f"{pool.kind}:{linked or '_'.join(top)}"
            named = linked is not None or any(is_naming(words) for node in nodes for words in pool.spellings.get(node, ()))
            self._names[pool.kind, top] = Name(name_id, text, named, linked)
            self._forms[name_id] = {*nodes, pool.fold(shown[top])}


def _fullness(words: str, kind: LinkKind) -> int:
    """How well the words show the name: a person's name in full, a force or a place in short."""
    tokens = fold(words)
    return -len(words) if kind == "place" or _FORCES.intersection(tokens) else len(tokens)


def _stems(tokens: Fold) -> frozenset[str]:
    """The beginnings of the words that name."""
    return frozenset(token[:_STEM] for token in tokens if token not in _GENERIC)


def _is_short_for(one: Fold, other: Fold) -> bool:
    """Whether one word is the initials of the other's."""
    return len(one) == 1 and len(other) > 1 and one[0] == _initials(other)


def _initials(tokens: Fold) -> str:
    return "".join(token[0] for token in tokens if token not in _PARTICLES)
