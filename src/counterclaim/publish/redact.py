"""A record without the names of private persons: the same values, in which "a private person" stands for each of them.

Who is private: whom a casualty claim names as harmed, and who speaks as a witness, from a ward, as a source of no known office, or through a
pronoun alone; unless the packaged table of actors has the name, some voice of that name in the record has an office, a role or a side, or some
text gives the name a public office ("President Olan Deverik", "Rado Hult, the defence minister"). Whoever is public is so in the whole record.
What is changed: the name, and its parts where they stand alone, in every text of every value; in quotations and report texts `[…]` stands
for it. Addresses that hold the name are dropped, and so are paths of files.
What is not: the full name of a public person who shares a part with a private one (the shared part alone is hidden); descriptions that single a person out ("the baker on Mill Road"), names that were misread as no name, ids of reports.
Example: "the dead included […], who sold flour", said by a private person.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeVar
from urllib.parse import unquote

import msgspec

from counterclaim.core.claim import Casualties, Claim
from counterclaim.core.folding import folded
from counterclaim.core.report import Report
from counterclaim.knowledge.actors import actors_named
from counterclaim.publish.material import Material
from counterclaim.publish.offices import holders, is_body, is_office, is_people

PERSON = "a private person"
HIDDEN = "[…]"
# Stands for each hidden character of a report's text, so that every offset stays right; `shown` turns a run of them into HIDDEN.
MASK = "\ue000"

T = TypeVar("T")
_OPEN_TYPES = frozenset({None, "witness", "unnamed", "medical"})
# Fields that hold keys and codes, and no words of a report.
_KEYS = frozenset("key report reports claims claim derived_from sha256 kind act modality standing precision basis says_kind source_type".split())
_QUOTES = frozenset({"quote"})
# The words of a promise are the sentence of its claim.
_PROMISE_QUOTES = frozenset({"words"})
_TITLES = frozenset(
    "dr doctor mr mrs ms sheikh sheik general colonel major captain commander professor father sister imam mullah haji sir lady fr rev reverend sr lt sgt cpl capt maj bishop archbishop cardinal pastor priest deacon".split()
)
_NAME = re.compile(r"^[^\W\d_][\w'’.-]*(?:\s+[\w'’.-]+){0,5}$")
_OF = re.compile(r",? (?:of|from|for) (?:the )?")
_TOKEN = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[\s_.+'’-]{1,3}")
_RUN = re.compile(f"{MASK}+")
_ARTICLES = frozenset("the a an this that these those some one two three four five six seven eight nine ten other another".split())
# Parts of a name shorter than this are particles and initials.
_SHORT = 3


def redacted(material: Material) -> Material:
    """The material without private names. What names nobody private comes back equal; doing it twice changes nothing more."""
    names, public = _people(material)
    if not names:
        return msgspec.structs.replace(material, is_redacted=True)
    hidden = _Names(names, _public_words(material, names), public)

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
        replaced=material.replaced,
        totals=material.totals,
        tolls={
            house: {story: tuple(_rewritten(one, said, quoted, frozenset({"because"})) for one in tolls) for story, tolls in of.items()}
            for house, of in material.tolls.items()
        },
        is_redacted=True,
    )


def shown(text: str) -> str:
    """A masked text as people read it."""
    return _RUN.sub(HIDDEN, text)


def private(material: Material) -> frozenset[str]:
    """The names of private persons in the record, as its claims and links write them."""
    return _people(material)[0]


def _people(material: Material) -> tuple[frozenset[str], frozenset[str]]:
    """The names of private and of public persons."""
    linked = {(link.report, link.words): link.target for link in material.links if link.kind == "actor" and link.target}
    harmed, speaking = set[str](), set[str]()
    for claim in material.claims:
        outlets = {claim.chain[0].name} if claim.chain else set()
        for wanted, found in ((harmed, _victims(claim)), (speaking, _witnesses(claim))):
            for words in found:
                target = linked.get((claim.report, words))
                if words in outlets or (target and target.key.startswith(("actor:", "institution:"))):
                    continue
                wanted.update((words, target.name) if target else (words,))
    # A name that is linked to a private person is that person's, however it is spelt.
    wanted = harmed | speaking
    keys = {target.key for (_, words), target in linked.items() if words in wanted or target.name in wanted}
    wanted |= {words for (_, words), target in linked.items() if target.key in keys and _is_name(_bare(words))}
    names = {name for name in map(_bare, wanted) if _is_name(name)}
    texts = [text for report in material.reports for text in (report.text, report.title) if text]
    victims = {_bare(words) for words in harmed}
    public = {folded(name) for name in (*_public(material.claims), *_titled(wanted), *holders(texts, names, victims))}
    # Whoever is public under one spelling is so under all that are linked to the same person.
    known = {target.key for (_, words), target in linked.items() if folded(_bare(words)) in public or folded(_bare(target.name)) in public}
    public |= {folded(_bare(words)) for (_, words), target in linked.items() if target.key in known}
    bodies = {folded(one.outlet) for one in material.reports if one.outlet} | {folded(name) for name in _places(material)}
    bodies |= {folded(name) for name in names if is_body(name) or (name not in victims and _has_article(name, texts))}
    hidden = frozenset(name for name in names if folded(name) not in public | bodies and not actors_named(name))
    return hidden, frozenset(public)


def _titled(names: Iterable[str]) -> Iterator[str]:
    """The names that are written with a public office before them."""
    return (_bare(name) for name in names if is_office(name.split()[0]))


def _places(material: Material) -> Iterator[str]:
    for link in material.links:
        if link.kind == "place" and link.target:
            yield from (link.words, link.target.name)


def _has_article(name: str, texts: Iterable[str]) -> bool:
    """Whether every text that has the name writes an article before it: "the Peace Monitor" is nobody's name."""
    bare, article = re.compile(rf"\b{re.escape(name)}\b"), re.compile(rf"\b[Tt]he {re.escape(name)}\b")
    told = [(len(bare.findall(text)), len(article.findall(text))) for text in texts if name in text]
    return bool(told) and all(times == articles > 0 for times, articles in told)


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
    """The names of voices with an office, a role or a side."""
    for claim in claims:
        for voice in claim.chain[1:]:
            if voice.name and (voice.role or voice.speaks_for or voice.source_type not in _OPEN_TYPES):
                yield _bare(voice.name)


def _bare(name: str) -> str:
    """A name without titles before it, or what it is of after it: "Commander Jor Stavin of the Front" is Jor Stavin."""
    words = _OF.split(name.strip())[0].split()
    while words and (len(words) > 1 or _is_title(words[0])) and (_is_title(words[0]) or is_office(words[0])):
        words = words[1:]
    return " ".join(words)


def _is_title(word: str) -> bool:
    """Whether a word before a name is a title, or says of what faith or nation somebody is: "Dr", "Bishop-elect", "Peruvian-born"."""
    parts = [part.rstrip(".").casefold() for part in word.split("-")]
    return not _TITLES.isdisjoint(parts) or (len(parts) > 1 and any(is_people(part) for part in parts))


def _is_name(words: str) -> bool:
    """Whether words look like a person's name: each a capitalised word, particles aside."""
    parts = words.split()
    return bool(parts) and (
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

    def __init__(self, names: frozenset[str], public: frozenset[str], shown: frozenset[str] = frozenset()) -> None:
        self._wholes: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
        for name in sorted(names):
            first, *rest = [folded(token) for token in _TOKEN.findall(name)]
            self._wholes[first].append(tuple(rest))
        self._shown: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
        for name in sorted(shown):
            first, *rest = [folded(token) for token in _TOKEN.findall(name)] or [""]
            # A single name shields nobody: it may be the other person's.
            if rest:
                self._shown[first].append(tuple(rest))
        for rests in (*self._wholes.values(), *self._shown.values()):
            rests.sort(key=len, reverse=True)
        parts = {
            token
            for name in names
            for token in _TOKEN.findall(name)
            if len(token) >= _SHORT and token[0].isupper() and token not in public and not is_people(token)
        }
        self._parts = parts | {part.upper() for part in parts}

    def found(self, text: str) -> Iterator[tuple[int, int]]:
        """Where names stand, the longest at each place, none inside another."""
        tokens = list(_TOKEN.finditer(text))
        at = 0
        while at < len(tokens):
            length = self._whole(text, tokens, at, self._wholes)
            if not length and (public := self._whole(text, tokens, at, self._shown)):
                at += public
                continue
            length = length or (tokens[at].group() in self._parts)
            if length:
                yield tokens[at].start(), tokens[at + length - 1].end()
            at += length or 1

    @staticmethod
    def _whole(text: str, tokens: Sequence[re.Match[str]], at: int, wholes: Mapping[str, Sequence[tuple[str, ...]]]) -> int:
        """How many tokens from here on are one of these names in full; 0 where none begins here."""
        for rest in wholes.get(folded(tokens[at].group()), ()):
            run = tokens[at : at + len(rest) + 1]
            joined = all(_BETWEEN.fullmatch(text, one.end(), other.start()) for one, other in pairwise(run))
            if joined and tuple(folded(one.group()) for one in run[1:]) == rest:
                return len(run)
        return 0

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
