"""A record without the names of private persons: the same values, in which "a private person" stands for each of them.

Who is private: whom a casualty claim names as harmed, and who speaks as a witness, as a source of no known office, or through a pronoun
alone; unless the packaged table of actors has the name, or some voice of that name in the record has an office, a role or a side.
What is changed: the name, and its parts where they stand alone, in every text of every value; in quotations and report texts `[…]` stands
for it. Addresses that hold the name are dropped, and so are paths of files.
What is not: descriptions that single a person out ("the baker on Mill Road"), names that were misread as no name, ids of reports.
Example: "the dead included […], who sold flour", said by a private person.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, TypeVar
from urllib.parse import unquote

import msgspec

from counterclaim.core.claim import Casualties, Claim
from counterclaim.core.folding import folded
from counterclaim.core.report import Report
from counterclaim.knowledge.actors import actors_named
from counterclaim.publish.material import Material

PERSON = "a private person"
HIDDEN = "[…]"
# Stands for each hidden character of a report's text, so that every offset stays right; `shown` turns a run of them into HIDDEN.
MASK = "\ue000"

T = TypeVar("T")
_OPEN_TYPES = frozenset({None, "witness", "unnamed"})
# Fields that hold keys and codes, and no words of a report.
_KEYS = frozenset("key report reports claims claim derived_from sha256 kind act modality standing precision basis says_kind source_type".split())
_QUOTES = frozenset({"quote"})
# The words of a promise are the sentence of its claim.
_PROMISE_QUOTES = frozenset({"words"})
_TITLES = frozenset("dr doctor mr mrs ms sheikh sheik general colonel major captain commander professor father sister imam mullah haji sir lady".split())
_NAME = re.compile(r"^[^\W\d_][\w'’.-]*(?:\s+[\w'’.-]+){0,5}$")
_TOKEN = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[\s_.+'’-]{1,3}")
_RUN = re.compile(f"{MASK}+")
_ARTICLES = frozenset("the a an this that these those some one two three four five six seven eight nine ten other another".split())
# Parts of a name shorter than this are particles and initials.
_SHORT = 3


def redacted(material: Material) -> Material:
    """The material without private names. What names nobody private comes back equal; doing it twice changes nothing more."""
    names = private(material)
    if not names:
        return msgspec.structs.replace(material, is_redacted=True)
    hidden = _Names(names, _public_words(material, names))

    def said(words: str) -> str:
        return hidden.sub(lambda _: PERSON, words)

    def quoted(words: str) -> str:
        return hidden.sub(lambda _: HIDDEN, words)

    reports = tuple(_report(report, hidden, said) for report in material.reports)
    return Material(
        claims=tuple(_rewritten(one, said, quoted) for one in material.claims),
        findings=tuple(_rewritten(one, said, quoted) for one in material.findings),
        links=tuple(_rewritten(one, said, quoted) for one in material.links),
        reports=reports,
        stories=tuple(_rewritten(one, said, quoted) for one in material.stories),
        cells=tuple(_rewritten(one, said, quoted) for one in material.cells),
        promises=tuple(_rewritten(one, said, quoted, _PROMISE_QUOTES) for one in material.promises),
        withdrawn=material.withdrawn,
        is_redacted=True,
    )


def shown(text: str) -> str:
    """A masked text as people read it."""
    return _RUN.sub(HIDDEN, text)


def private(material: Material) -> frozenset[str]:
    """The names of private persons in the record, as its claims and links write them."""
    linked = {(link.report, link.words): link.target for link in material.links if link.kind == "actor" and link.target}
    public, wanted = set(_public(material.claims)), set[str]()
    for claim in material.claims:
        outlets = {claim.chain[0].name} if claim.chain else set()
        for words in (*_victims(claim), *_witnesses(claim)):
            target = linked.get((claim.report, words))
            if words in outlets or (target and target.key.startswith(("actor:", "institution:"))):
                continue
            wanted.add(words)
            if target:
                wanted.add(target.name)
    # A name that is linked to a private person is that person's, however it is spelt.
    keys = {target.key for (_, words), target in linked.items() if words in wanted or target.name in wanted}
    wanted |= {words for (_, words), target in linked.items() if target.key in keys and _is_name(words)}
    outlets = {folded(one.outlet) for one in material.reports if one.outlet}
    return frozenset(name for name in map(_bare, wanted) if _is_name(name) and folded(name) not in public | outlets and not actors_named(name))


def _victims(claim: Claim) -> Iterator[str]:
    if isinstance(claim.proposition, Casualties):
        for mention in (*claim.proposition.named, *claim.proposition.who):
            if mention in claim.proposition.named or len(mention.words.split()) > 1:
                yield mention.words


def _witnesses(claim: Claim) -> Iterator[str]:
    for voice in claim.chain[1:]:
        if voice.name and voice.source_type in _OPEN_TYPES and not voice.role and not voice.speaks_for and len(voice.name.split()) > 1:
            yield voice.name


def _public(claims: Iterable[Claim]) -> Iterator[str]:
    """The folded names of voices with an office, a role or a side."""
    for claim in claims:
        for voice in claim.chain[1:]:
            if voice.name and (voice.role or voice.speaks_for or voice.source_type not in _OPEN_TYPES):
                yield folded(_bare(voice.name))


def _bare(name: str) -> str:
    """A name without titles before it."""
    words = name.strip().split()
    while len(words) > 1 and words[0].rstrip(".").casefold() in _TITLES:
        words = words[1:]
    return " ".join(words)


def _is_name(words: str) -> bool:
    """Whether words look like a person's name: each a capitalised word, particles aside."""
    parts = words.split()
    return (
        bool(_NAME.match(words))
        and parts[0].casefold() not in _ARTICLES
        and parts[0][0].isupper()
        and parts[-1][0].isupper()
        and all(one[0].isupper() or len(one) <= _SHORT for one in parts)
    )


def _public_words(material: Material, names: Iterable[str]) -> frozenset[str]:
    """Words of places, public actors and outlets: by themselves they name those, and hiding them everywhere would hide the record."""
    shown = [link.target.name for link in material.links if link.target and (link.kind == "place" or link.target.key.startswith(("actor:", "institution:")))]
    shown += [one.outlet for one in material.reports if one.outlet]
    hidden = {folded(name) for name in names}
    return frozenset(part for name in shown if folded(name) not in hidden for part in _TOKEN.findall(name))


class _Names:
    """What finds the names in a text: whole in any case, with or without accents, joined any way ("amina-yusuf" in an id); parts as written."""

    def __init__(self, names: frozenset[str], public: frozenset[str]) -> None:
        self._wholes: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
        for name in sorted(names):
            first, *rest = [folded(token) for token in _TOKEN.findall(name)]
            self._wholes[first].append(tuple(rest))
        for rests in self._wholes.values():
            rests.sort(key=len, reverse=True)
        parts = {token for name in names for token in _TOKEN.findall(name) if len(token) >= _SHORT and token[0].isupper() and token not in public}
        self._parts = parts | {part.upper() for part in parts}

    def found(self, text: str) -> Iterator[tuple[int, int]]:
        """Where names stand, the longest at each place, none inside another."""
        tokens = list(_TOKEN.finditer(text))
        at = 0
        while at < len(tokens):
            length = self._length(text, tokens, at)
            if length:
                yield tokens[at].start(), tokens[at + length - 1].end()
            at += length or 1

    def _length(self, text: str, tokens: Sequence[re.Match[str]], at: int) -> int:
        """How many tokens from here on are a name; 0 where none begins here."""
        for rest in self._wholes.get(folded(tokens[at].group()), ()):
            run = tokens[at : at + len(rest) + 1]
            joined = all(_BETWEEN.fullmatch(text, one.end(), other.start()) for one, other in pairwise(run))
            if joined and tuple(folded(one.group()) for one in run[1:]) == rest:
                return len(run)
        return 1 if tokens[at].group() in self._parts else 0

    def sub(self, made: Callable[[str], str], text: str) -> str:
        """The text with something made of each name in its place. Names that stand in a row, as parts of one do, are one."""
        out, at = [], 0
        for start, end in self._runs(text):
            out += [text[at:start], made(text[start:end])]
            at = end
        return "".join([*out, text[at:]])

    def _runs(self, text: str) -> list[tuple[int, int]]:
        runs: list[tuple[int, int]] = []
        for start, end in self.found(text):
            if runs and text[runs[-1][1] : start].isspace() and start - runs[-1][1] == 1:
                runs[-1] = runs[-1][0], end
            else:
                runs.append((start, end))
        return runs


def _report(report: Report, hidden: _Names, said: Callable[[str], str]) -> Report:
    url = report.url
    return msgspec.structs.replace(
        report,
        text=hidden.sub(lambda name: MASK * len(name), report.text),
        title=hidden.sub(lambda _: HIDDEN, report.title) if report.title else report.title,
        outlet=said(report.outlet) if report.outlet else report.outlet,
        url=None if url and next(hidden.found(unquote(url)), None) else url,
        source=None,
    )


def _rewritten(value: T, said: Callable[[str], str], quoted: Callable[[str], str], quotes: frozenset[str] = _QUOTES) -> T:
    """The value with its texts rewritten; keys, codes and days stay."""
    return msgspec.convert(_walk(msgspec.to_builtins(value), lambda words, field: (quoted if field in quotes else said)(words), None), type(value))


def _walk(part: Any, rewrite: Callable[[str, str | None], str], field: str | None) -> Any:
    if isinstance(part, dict):
        return {name: _walk(value, rewrite, name) for name, value in part.items()}
    if isinstance(part, list | tuple):
        return [_walk(value, rewrite, field) for value in part]
    return rewrite(part, field) if isinstance(part, str) and field not in _KEYS else part
