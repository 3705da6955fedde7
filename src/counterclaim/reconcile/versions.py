"""Reports to versions of one report: corrected, updated, sent again; and what became of the claims of the earlier one.

What it captures: two reports of one outlet at one address, under one title (marks such as "CORRECTED:" and "UPDATE 2 -" apart), or with
most of their runs of words in common; the later is the newer version. A claim of the older one is withdrawn where the newer takes it
back in words (`withdrawals`), and superseded where its sentence is gone: by the claim that now stands in its place, or by none.
What it does not: call a claim withdrawn because its sentence is gone; versions in another outlet (those are copies: `lineage`); which of
two is newer where neither day nor mark tells; numbered reports of a series ("update no. 3"), which are reports of their own.
Example: a corrected report withdraws the figure of 26 dead: the claim of 26 is withdrawn, the rest stands as it is told again.

Cost: near linear. Reports meet by outlet and address, outlet and title, or outlet and one of the few smallest hashes of their runs (the
sketches of Broder, 1997), and in a meeting each is compared with the next few by day.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import urlsplit

import msgspec

from counterclaim.core.claim import Claim, Statement
from counterclaim.core.codec import encode
from counterclaim.core.figure import Figure
from counterclaim.core.folding import folded
from counterclaim.core.mention import Mention
from counterclaim.core.report import Report
from counterclaim.core.span import Evidence
from counterclaim.core.story import Retelling, Version, VersionGround
from counterclaim.core.voice import Voice
from counterclaim.reconcile.context import Context, of_all
from counterclaim.reconcile.ground import MemorySource
from counterclaim.reconcile.names import fold
from counterclaim.reconcile.origins import shingles, voice_of
from counterclaim.reconcile.withdrawals import withdrawn

_MARKS = (
    r"correct(?:ed|ion)s?|updat(?:ed|e)s?|refil(?:e|ed)|rewrit(?:e|ten)|writethru|recasts?|clarif(?:ied|ication)|retract(?:ed|ion)"
    r"|amended|revised|adds?|new version"
)
_MARK = re.compile(rf"^\W*(?:(?:{_MARKS})\b[\s\d.#:–—()\[\]-]*)+", re.I)
_MARK_AT_END = re.compile(rf"[\s–—|:(\[-]+(?:{_MARKS})[\s\d)\]]*$", re.I)
# A note says so in its first words or its last, not in the midst of a report about a corrected map.
_NOTE = re.compile(
    r"\b(?:this (?:version|article|report|story)\b.{0,60}\b(?:correct|updat|amend|revis|clarif)\w*|(?:correction|update|editor[’']s note)\b\s*[,:(–—-])",
    re.I | re.S,
)
_NOTE_REACH = 600
_NUMBER = re.compile(r"\d+")
_SENTENCE = re.compile(r"[^.!?\n]+(?:\.(?=\d)[^.!?\n]+)*[.!?]*")
# Runs of five words two texts must share, of those of the shorter: an address may be used again for another text, a title says more, and
# without either only a text that is mostly the other will do. Copies within one outlet share .5 and more, its reports of one event .1.
_OVERLAP: dict[VersionGround, float] = {"url": 0.2, "title": 0.3, "text": 0.6}
# The smallest hashes kept of a text. Two texts with .6 of their runs in common all but surely share one of so many.
_SKETCH = 16
_NEXT = 6
# Texts whose runs are kept while pairs are compared: pairs come by day, and a text is in a few of them.
_KEPT = 1000


class _Text(msgspec.Struct, frozen=True):
    """A report as it is compared. Of its runs of words only a sketch is kept: all of those of a large record would fill the memory."""

    report: Report
    outlet: str
    address: str
    title: str
    sketch: tuple[bytes, ...]
    has_mark: bool

    @property
    def order(self) -> tuple[str, bool, str]:
        """By day, then the marked after the unmarked, then by id."""
        day = self.report.published.day
        return day.isoformat() if day else "", self.has_mark, self.report.id


def versions(reports: Iterable[Report], claims: Iterable[Claim] = ()) -> list[Version]:
    """The versions among these reports, each with the next newer one, in the order of their ids; the order of what comes in changes nothing."""
    source = MemorySource(claims, reports, ())
    texts = [text for name in sorted(source.texts) if (text := _text(source.texts[name])).outlet]
    runs = lru_cache(_KEPT)(shingles)
    found: dict[str, Version] = {}
    for one, other in sorted(_meetings(texts), key=lambda pair: (pair[0].order, pair[1].order)):
        # The next newer version of a report is the first found: pairs come in the order of their days.
        if (version := _version(one, other, runs)) and version.older not in found:
            found[version.older] = version
    # Names and origins are asked for only where there are claims to be retold.
    at_hand = of_all(source if found else MemorySource((), (), ()))
    return [msgspec.structs.replace(found[name], claims=tuple(_retellings(at_hand, source, found[name]))) for name in sorted(found)]


def _text(report: Report) -> _Text:
    title = report.title or ""
    bare = _MARK_AT_END.sub("", _MARK.sub("", title))
    edges = report.text[:_NOTE_REACH], report.text[-_NOTE_REACH:]
    has_mark = bare != title or any(_NOTE.search(edge) for edge in edges)
    return _Text(report, folded(report.outlet or ""), _address(report.url), folded(bare), _sketch(shingles(report.text)), has_mark)


def _address(url: str | None) -> str:
    """The address without scheme, query and fragment; empty for the front page of a site, which is no report's own."""
    parts = urlsplit(url or "")
    path = parts.path.rstrip("/")
    return f"{parts.netloc.removeprefix('www.').lower()}{path}" if path else ""


def _meetings(texts: Iterable[_Text]) -> list[tuple[_Text, _Text]]:
    """The pairs of reports worth comparing, the earlier first."""
    blocks: defaultdict[tuple[str, str, str | bytes], list[_Text]] = defaultdict(list)
    for text in texts:
        grounds: list[tuple[str, str | bytes]] = [("url", text.address), ("title", text.title), *(("text", run) for run in text.sketch)]
        for ground, what in grounds:
            if what:
                blocks[text.outlet, ground, what].append(text)
    found: dict[tuple[str, str], tuple[_Text, _Text]] = {}
    for members in blocks.values():
        ordered = sorted(members, key=lambda text: text.order)
        for i, one in enumerate(ordered):
            for other in ordered[i + 1 : i + 1 + _NEXT]:
                found[one.report.id, other.report.id] = one, other
    return list(found.values())


def _sketch(runs: Iterable[tuple[str, ...]]) -> tuple[bytes, ...]:
    return tuple(sorted([blake2b(" ".join(run).encode(), digest_size=8).digest() for run in runs])[:_SKETCH])


def _version(one: _Text, other: _Text, runs: Callable[[str], frozenset[tuple[str, ...]]]) -> Version | None:
    """The version that the later of two reports is of the earlier; none where it is none, or where nothing tells which is later."""
    days = one.report.published.day, other.report.published.day
    is_dated = None not in days and days[0] != days[1]
    if not is_dated:
        if one.has_mark == other.has_mark:
            return None
        one, other = (other, one) if one.has_mark else (one, other)
    if one.title != other.title and _NUMBER.sub("", one.title) == _NUMBER.sub("", other.title):
        return None
    here, there = runs(one.report.text), runs(other.report.text)
    shared = len(here & there) / (min(len(here), len(there)) or 1)
    grounds: list[tuple[VersionGround, bool, str]] = [
        ("url", bool(one.address) and one.address == other.address, "at one address"),
        ("title", bool(one.title) and one.title == other.title, "under one title"),
        ("text", True, "in nearly the same words"),
    ]
    for ground, holds, words in grounds:
        if holds and shared >= _OVERLAP[ground]:
            later = "the newer says that it is corrected or updated" if other.has_mark else "the newer is of a later day"
            because = f"{one.report.outlet} printed both {words}, {shared:.0%} of the shorter stands in the other, and {later}"
            return Version(older=one.report.id, newer=other.report.id, ground=ground, overlap=round(shared, 3), because=because)
    return None


def _retellings(at_hand: Context, source: MemorySource, version: Version) -> Iterator[Retelling]:
    """What became of each claim of the older version that does not stand in the newer as it was."""
    older, newer, report = source.claims(version.older), source.claims(version.newer), source.texts[version.newer]
    taken_back = _taken_back(at_hand, older, report)
    printed = " ".join(report.text.split())
    said_again = {_said(claim) for claim in newer}
    for claim in sorted(older, key=lambda one: (one.evidence.start, one.key)):
        if claim.key in at_hand.withdrawn or claim.key in taken_back:
            note = taken_back.get(claim.key, "")
            yield Retelling(claim.key, "withdrawn", f"the newer version takes it back: {note}" if note else "it was taken back")
        elif _said(claim) in said_again or " ".join(claim.evidence.quote.split()) in printed:
            continue
        elif heir := _heir(claim, newer):
            yield Retelling(claim.key, "superseded", f"the newer version says it otherwise: {heir.evidence.quote}", heir.key)
        else:
            yield Retelling(claim.key, "superseded", "its sentence is gone from the newer version, which does not take it back in words")


def _taken_back(at_hand: Context, older: Sequence[Claim], report: Report) -> dict[str, str]:
    """The claims that sentences of the newer version take back, read as the outlet's own statements, with the sentence."""
    found: dict[str, str] = {}
    for match in _SENTENCE.finditer(report.text):
        words = match[0].strip()
        if not words or not _NUMBER.search(words):
            continue
        note = Claim(
            key=f"note of {report.id}",
            report=report.id,
            evidence=Evidence(match.start(), match.end(), match[0]),
            chain=(Voice(report.outlet),),
            act="asserts",
            hedges=(),
            said=None,
            when=None,
            proposition=Statement(content=(words,)),
            score=1.0,
            because="a sentence of the newer version",
        )
        for key in withdrawn([*older, note], at_hand.origins, at_hand.reports) - at_hand.withdrawn:
            found.setdefault(key, words)
    return found


def _said(claim: Claim) -> bytes:
    """What the claim says and who says it, wherever it stands."""
    voice = voice_of(claim)
    return encode((claim.kind, claim.act, voice.name or voice.words, _bare(claim.proposition)))


def _bare(value: object) -> object:
    """A proposition without the places its words stand at."""
    if isinstance(value, Mention):
        return fold(value.words)
    if isinstance(value, Figure):
        return value.low, value.high, value.unit
    if isinstance(value, tuple):
        return tuple(_bare(one) for one in value)
    if isinstance(value, msgspec.Struct):
        return {slot: _bare(getattr(value, slot)) for slot in value.__struct_fields__}
    return value


def _heir(claim: Claim, newer: Iterable[Claim]) -> Claim | None:
    """The claim of the newer version that stands in its place: of one kind and voice, and alike in a slot; none where several would do."""
    found = [one for one in newer if one.kind == claim.kind and _voice(one) == _voice(claim) and _is_alike(claim, one)]
    return found[0] if len(found) == 1 else None


def _voice(claim: Claim) -> tuple[str, ...]:
    voice = voice_of(claim)
    return fold(voice.name or voice.words or "")


def _is_alike(one: Claim, other: Claim) -> bool:
    a, b = one.proposition, other.proposition
    return any((words := _bare(getattr(a, slot))) and words == _bare(getattr(b, slot)) for slot in a.__struct_fields__)
