"""What a person says about a record to judgements about it: names and beginnings of keys to what they mean, words to where they stand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from counterclaim.attribute.safety import is_quotable
from counterclaim.clean.segments import lines
from counterclaim.clean.text import cleaned
from counterclaim.core.figure import Figure
from counterclaim.core.folding import folded
from counterclaim.core.judgement import Judgement, Review, Reviewed
from counterclaim.core.link import LinkKind
from counterclaim.core.report import UNREAD, Report
from counterclaim.core.span import Span
from counterclaim.errors import JudgementRefused, NotFound
from counterclaim.parse.figures import quantities
from counterclaim.parse.sentences import sentences
from counterclaim.reconcile import judging
from counterclaim.reconcile.decisions import standing_judgements
from counterclaim.reconcile.filling import Words
from counterclaim.sidebyside import Effective
from counterclaim.store import Store


class Desk:
    """One person at a record, at one time: makes judgements and keeps none. Raises NotFound and JudgementRefused with the remedy."""

    def __init__(self, store: Store, by: str, at: dt.datetime | None = None) -> None:
        self._store = store
        self._by = by
        self._at = at or dt.datetime.now(dt.UTC)
        self._effective = Effective(store)

    def accept(self, key: str) -> Judgement:
        """The claim stands as it was read."""
        return judging.accept(self._one(key).claim, by=self._by, at=self._at)

    def reject(self, key: str, reason: str) -> Judgement:
        """The report does not say this."""
        return judging.reject(self._one(key).claim, by=self._by, at=self._at, reason=reason)

    def correct(self, key: str, given: Mapping[str, str]) -> Judgement:
        """The report says this, but otherwise: slots with the words that fill them."""
        found = self._one(key)
        words = Words(figure, self._key)
        return judging.correct(found.claim, given, by=self._by, at=self._at, words=words, shown=found.effective)

    def add(self, report_id: str, selected: str | Span, kind: str, given: Mapping[str, str]) -> Judgement:
        """The report says this too, in the sentences that hold the words selected."""
        report = self._store.report(report_id)
        chosen = selected if isinstance(selected, Span) else located(report, selected)
        held = [span for span in read_sentences(report.text) if span.meets(chosen)]
        span = Span(min(chosen.start, held[0].start), max(chosen.end, held[-1].end)) if held else chosen
        line = next((row for row in _lines(report.text) if row.holds(span)), span)
        words = Words(figure, self._key)
        quotable = is_quotable(report.text, span, line)
        made = judging.added(report, span, kind, given, by=self._by, words=words, quotable=quotable, near=[chosen])
        if any(one.claim.key == made.key for one in self._effective.find(made.key)):
            raise JudgementRefused(f"report {report.id} has this very claim already, {made.key}; accept or correct that one")
        return judging.add(made, by=self._by, at=self._at)

    def merge(self, one: str, other: str) -> Judgement:
        """The two actors, or claims of one event, are one."""
        return judging.merge(self._thing(one), self._thing(other), by=self._by, at=self._at)

    def split(self, one: str, other: str) -> Judgement:
        """The two actors, or claims of one event, are two."""
        return judging.split(self._thing(one), self._thing(other), by=self._by, at=self._at)

    def grade(self, what: str, value: str) -> Judgement:
        """A grade of a claim, of an outlet by its name, or of an actor by key or name."""
        if found := self._effective.find(what) if what else []:
            one = self._only(what, found)
            return judging.grade(one.claim.key, value, by=self._by, at=self._at, of=one.claim)
        return judging.grade(self._outlet(what) or self._thing(what), value, by=self._by, at=self._at)

    def comment(self, what: str, words: str) -> Judgement:
        """A remark on a claim, an outlet, an actor or a report."""
        if found := self._effective.find(what) if what else []:
            one = self._only(what, found)
            return judging.comment(one.claim.key, words, by=self._by, at=self._at, of=one.claim)
        about = what if self._store.find(what) else self._outlet(what) or self._thing(what)
        return judging.comment(about, words, by=self._by, at=self._at)

    def undo(self, key: str | None = None) -> Judgement:
        """The judgement with this key taken back, the last one about the thing with this key, or this person's last one."""
        listed = standing_judgements(self._store.judgements())
        if key is None:
            mine = [one for one in listed if one.by == " ".join(self._by.split())]
            if not mine:
                raise NotFound(f"{self._by or 'nobody'} has no judgement in the record that stands; name one by its key, as `counterclaim review` shows them")
            return judging.undo(mine[0], by=self._by, at=self._at)
        own = [one for one in listed if one.key.startswith(key)]
        found = own or [one for one in listed if one.about.startswith(key)]
        if not key or not found:
            raise NotFound(f"no judgement that stands has the key {key!r} or is about a thing with it; `counterclaim review` shows them")
        if len({one.key for one in own} or {one.about for one in found}) > 1:
            raise JudgementRefused(f"{key!r} begins several keys: {', '.join(sorted({one.key if own else one.about for one in found}))}; give more of it")
        return judging.undo(found[0], by=self._by, at=self._at)

    def _one(self, key: str) -> Reviewed:
        return self._only(key, self._effective.find(key) if key else [])

    def _only(self, key: str, found: list[Reviewed]) -> Reviewed:
        if len(found) == 1:
            return found[0]
        if found:
            raise JudgementRefused(f"{key!r} begins several keys: {', '.join(one.claim.key for one in found)}; give more of it")
        if gone := next((one for one in self._store.withdrawals() if one.of == "claim" and key and one.key.startswith(key)), None):
            raise NotFound(f"claim {gone.key} was withdrawn: {gone.reason}")
        raise NotFound(f"no claim {key!r}; `counterclaim review` and `claims --json` show keys")

    def _key(self, kind: LinkKind, name: str) -> str | None:
        """The key that the record has for a name, or else for words that are linked; none where it has none, or several."""
        linked = [(link.words, link.target) for link in self._store.links() if link.kind == kind and link.target is not None]
        keys = {target.key for _, target in linked if folded(target.name) == folded(name)}
        keys = keys or {target.key for words, target in linked if folded(words) == folded(name)}
        return keys.pop() if len(keys) == 1 else None

    def _outlet(self, name: str) -> str | None:
        outlets = {
            report.outlet for report in self._store.reports() if report.outlet and report.outlet.casefold() == name.removeprefix(judging.OUTLET).casefold()
        }
        return f"{judging.OUTLET}{min(outlets)}" if outlets else None

    def _thing(self, words: str) -> str:
        """The key of an actor by its key or a name it is called by, or of a claim by the beginning of its key."""
        if found := self._effective.find(words) if words else []:
            return self._only(words, found).claim.key
        targets = [(link.words, link.target) for link in self._store.links() if link.kind == "actor" and link.target is not None]
        for keys in (
            {target.key for _, target in targets if target.key == words},
            {target.key for _, target in targets if folded(target.name) == folded(words)},
            {target.key for called, target in targets if folded(called) == folded(words)},
        ):
            if len(keys) > 1:
                raise JudgementRefused(f"{words!r} is the name of several actors: {', '.join(sorted(keys))}; name one by its key")
            if keys:
                return keys.pop()
        raise NotFound(f"no claim has the key {words!r} and nobody is called so; `counterclaim actors --json` and `claims --json` show keys")


def review(store: Store, report: str | None = None) -> Iterator[Review]:
    """How far the review of a report, or of every one, has come: claims with states, what is adrift, sentences that gave no claim."""
    effective = Effective(store)
    for one in [store.report(report)] if report is not None else store.reports():
        found = effective.judged(one.id)
        told = [reviewed.claim.evidence.span for reviewed in found.reviewed]
        silent = tuple(span for span in read_sentences(one.text) if not any(span.meets(other) for other in told))
        ordered = sorted(found.reviewed, key=lambda each: (each.claim.evidence.start, each.claim.evidence.end, each.claim.key))
        yield Review(one.id, tuple(ordered), found.adrift, silent)


def read_sentences(text: str) -> list[Span]:
    """The sentences of a text that a reader reads, by the plain rules: bylines and what belongs to the page left out."""
    clean = cleaned(text)
    rows = (row.span for row in lines(clean.text) if row.kind not in UNREAD)
    found = (tokens for row in rows for tokens in sentences(clean.text, row.start, row.end) if tokens)
    return [Span(clean.back(tokens[0][0]), clean.back_end(tokens[-1][1])) for tokens in found]


def located(report: Report, words: str) -> Span:
    """The one place where these words stand in the report, line breaks and blanks alike. Raises JudgementRefused for none and for several."""
    parts = words.split()
    found = [match.span() for match in re.finditer(r"\s+".join(map(re.escape, parts)), report.text)] if parts else []
    if len(found) == 1:
        return Span(*found[0])
    if found:
        raise JudgementRefused(f"{words!r} stands {len(found)} times in report {report.id}; give more of the words around it")
    raise JudgementRefused(f"{words!r} does not stand in report {report.id}; give words of its text, as `counterclaim show {report.id}` prints them")


def figure(words: str) -> Figure | None:
    """The one figure these words give: a plain number as well as words of a text."""
    found = [quantity.figure for quantity in quantities(words)]
    if not found and words.replace(",", "").isdecimal():
        value = int(words.replace(",", ""))
        return Figure(value, value, words)
    return found[0] if len(found) == 1 else None


def _lines(text: str) -> Iterator[Span]:
    clean = cleaned(text)
    return (Span(clean.back(row.span.start), clean.back_end(row.span.end)) for row in lines(clean.text))
