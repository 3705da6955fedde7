"""Read one report: the one place where the reading stages meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from counterclaim.attribute.chains import said
from counterclaim.attribute.quotes import quotations
from counterclaim.attribute.safety import is_quotable
from counterclaim.attribute.spans import attributions
from counterclaim.attribute.voices import Namer
from counterclaim.clean.segments import lines
from counterclaim.clean.text import Cleaned, cleaned
from counterclaim.config import Settings, gazetteer_folder
from counterclaim.core.claim import Claim
from counterclaim.core.figure import Figure
from counterclaim.core.link import Link
from counterclaim.core.mention import Name, Reference
from counterclaim.core.nearby import Nearby
from counterclaim.core.report import Line, Refusal, Report
from counterclaim.core.span import Span
from counterclaim.core.syntax import Sentence, Token, Trigger
from counterclaim.core.version import __version__
from counterclaim.core.voice import Act, Attribution, Chain, Voice
from counterclaim.core.when import When
from counterclaim.extract.claims import claims
from counterclaim.extract.corrections import corrected
from counterclaim.extract.denials import denials
from counterclaim.extract.frames import Scene
from counterclaim.extract.interest import interest
from counterclaim.extract.judging import Judge
from counterclaim.extract.parts import across
from counterclaim.extract.refutations import refuting
from counterclaim.extract.timing import anchored, sayings, timed
from counterclaim.knowledge.gazetteer import Gazetteer, imported
from counterclaim.knowledge.weights import load
from counterclaim.parse.antecedents import references
from counterclaim.parse.dates import moments
from counterclaim.parse.engine import Engine
from counterclaim.parse.figures import quantities
from counterclaim.parse.heads import Heads
from counterclaim.parse.lemmas import Lemmas
from counterclaim.parse.publication import published
from counterclaim.parse.rules import parse as parse_by_rule
from counterclaim.parse.trained import TrainedParser
from counterclaim.plugins import Parser
from counterclaim.resolve.actors import Setting
from counterclaim.resolve.placed import Placer
from counterclaim.resolve.weighing import Resolution

Progress = Callable[[float], None]
# The share of the time that parsing takes.
_PARSED = 0.6


class Reading(msgspec.Struct, frozen=True):
    """What one reading of a report gave: the report with its publication day, claims, links, and the sentences read."""

    report: Report
    claims: tuple[Claim, ...]
    links: tuple[Link, ...]
    lines: tuple[Line, ...]
    sentences: tuple[Span, ...]


@dataclass(frozen=True)
class Attributed:
    """A report parsed, with everything found in it up to who says what."""

    report: Report
    lines: Sequence[Line]
    sentences: Sequence[Sentence]
    names: Sequence[Name]
    figures: Sequence[tuple[Span, Figure]]
    dates: Sequence[tuple[Span, When]]
    references: Sequence[Reference]
    found: Sequence[Attribution]
    triggers: Sequence[Sequence[Trigger]]


class Pipeline:
    """Reads reports one at a time; holds the parser, and nothing of any report."""

    def __init__(self, settings: Settings) -> None:
        self.parse: Parser
        if settings.reader == "rules":
            self.parse, self.reader = parse_by_rule, f"rules {__version__}"
            self._judge: Judge | None = None
        else:
            folder = Path(settings.weights) if settings.weights else None
            weights = load(folder)
            heads = Heads(weights.heads, weights.config.labels) if weights.heads is not None else None
            self.parse = TrainedParser(Engine(folder, claims=heads is not None), Lemmas(weights.lemmas), heads)
            self._judge = msgspec.json.decode(weights.judge, type=Judge) if weights.judge is not None else None
            self.reader = f"{weights.config.name} {__version__}"
        others = imported(gazetteer_folder(), settings.gazetteers)
        self._placer = Placer(Gazetteer(others))
        # What else was read with is part of which reader it was.
        self.reader = " + ".join([self.reader, *(path.stem for path in others)])

    def attributed(self, report: Report, told: Progress = lambda _: None) -> Attributed:
        """The report parsed, with everything found in it up to who says what. Spans point into the stored text."""
        clean = cleaned(report.text)
        rows = lines(clean.text)
        parsed = self.parse(clean.text, rows, lambda share: told(_PARSED * share)) if isinstance(self.parse, TrainedParser) else self.parse(clean.text, rows)
        dated = published(msgspec.structs.replace(report, text=clean.text))
        report = msgspec.structs.replace(report, published=dated, reader=self.reader)
        text = report.text
        sentences = [_stored(s, clean) for s in parsed.sentences]
        stored_lines = [Line(Span(clean.back(r.span.start), clean.back_end(r.span.end)), r.kind) for r in rows]
        dates = [(m.span, m.when) for row in stored_lines for m in moments(text, dated.day, row.span.start, row.span.end)]
        taken = Nearby((span, (span,)) for span, when in dates if when.precision != "unknown" or when.words[:1].isdigit())
        figures = [(q.span, q.figure) for row in stored_lines for q in quantities(text, row.span.start, row.span.end, taken.of(row.span))]
        names = [Name(Span(clean.back(n.span.start), clean.back_end(n.span.end)), n.kind) for n in parsed.names]
        days = Nearby((span, (span,)) for span, _ in dates)
        names = [n for n in names if not any(span.meets(n.span) for span in days.of(n.span))]
        back = list(references(text, sentences, names))
        quotes = list(quotations(text, stored_lines))
        found = attributions(text, sentences, quotes, Namer(text, names, back), parsed.tagged)
        dates = anchored(dates, sentences, sayings(report, sentences, dates, found), found, report)
        return Attributed(report, stored_lines, sentences, names, figures, dates, back, found, parsed.triggers or [()] * len(sentences))

    def read(self, report: Report, told: Progress = lambda _: None) -> Reading:
        """The claims of a report and the links its own text makes plain. `told` hears what share of the work is done, 0 to 1."""
        read = self.attributed(report, told)
        report, text = read.report, read.report.text
        speaks = speaker(read)
        seen = list(scenes(read))
        out: list[Claim] = []
        for done, scene in enumerate(seen):
            told(_PARSED + (1 - _PARSED) * done / len(read.sentences))
            out.extend(claims(report.id, scene, speaks, self._judge))
        out = corrected(seen, across(seen, out), speaks)
        out = timed(out, report, read.sentences, sayings(report, read.sentences, read.dates, read.found))
        out = [*out, *denials(text, read.sentences, read.dates, read.found, speaks, out)]
        rows = Nearby((row.span, (row.span,)) for row in read.lines)
        unique = {claim.key: claim for claim in (self._weighed(claim, text, rows) for claim in refuting(out))}
        ordered = tuple(sorted(unique.values(), key=lambda c: (c.evidence.start, c.evidence.end, c.key)))
        places = self._placer.resolutions(text, read.names, ordered)
        actors = self.setting(read, places).links(report.id, ordered)
        links = (*actors, *self._placer.links(report.id, places, ordered, read.references))
        return Reading(report, ordered, links, tuple(read.lines), tuple(s.span for s in read.sentences))

    def setting(self, read: Attributed, places: Sequence[Resolution] | None = None) -> Setting:
        """The report with its cast and what refers back to whom; `places` are its toponyms resolved, where that was done already."""
        found = self._placer.resolutions(read.report.text, read.names) if places is None else places
        # A town that only its name ties to a country makes nobody that country's.
        nearby = [(r.span, r.place.country) for r in found if r.place is not None and r.place.country is not None and r.is_set]
        year = read.report.published.day.year if read.report.published.day else None
        # An open town still says between two bodies of one name which is nearer.
        likely = [
            place.country for r in found for place in ([r.place] if r.place is not None else [p for p, _ in r.candidates[:1]]) if place.country is not None
        ]
        return Setting(read.report.text, read.names, read.references, Counter(likely), nearby, year)

    @staticmethod
    def _weighed(claim: Claim, text: str, rows: Nearby[Span]) -> Claim:
        """The claim with its interest, and whether its sentence may be quoted; `rows` are the lines of the text."""
        span = claim.evidence.span
        line = next((row for row in rows.of(span) if row.holds(span)), span)
        return msgspec.structs.replace(claim, interest=interest(claim), quotable=is_quotable(text, span, line))


def failure(report: Report, error: Exception) -> Refusal:
    """What is said of a report on which reading itself failed: it is refused, and the rest goes on."""
    return Refusal(report.source or report.id, f"an error of ours while reading it ({type(error).__name__}: {error}); the rest goes on")


def speaker(read: Attributed) -> Callable[[Span], tuple[Chain, Act, tuple[str, ...]]]:
    """Who says a stretch of the report: its chain of voices, the act, and the hedges."""
    outlet = Voice(name=read.report.outlet)
    found = Nearby((a, a.content) for a in read.found)

    def of(at: Span) -> tuple[Chain, Act, tuple[str, ...]]:
        who = said(at, outlet, found.of(at))
        return who.chain, who.act, who.hedges

    return of


def scenes(read: Attributed) -> Iterator[Scene]:
    """Each sentence of the report with all that is known around it."""
    antecedents = {r.span: r.antecedent for r in read.references if r.antecedent is not None}
    names = Nearby((n, (n.span,)) for n in read.names)
    figures = Nearby((pair, (pair[0],)) for pair in read.figures)
    dates = Nearby((pair, (pair[0],)) for pair in read.dates)
    found = Nearby((a, (a.cue, *a.content)) for a in read.found)
    for sentence, triggers in zip(read.sentences, read.triggers, strict=True):
        here = sentence.span
        yield Scene(
            read.report.text,
            sentence,
            [n for n in names.of(here) if here.holds(n.span)],
            [pair for pair in figures.of(here) if here.meets(pair[0])],
            [pair for pair in dates.of(here) if here.meets(pair[0])],
            [a for a in found.of(here) if here.meets(a.cue) or any(here.meets(c) for c in a.content)],
            antecedents,
            read.references,
            triggers,
        )


def _stored(sentence: Sentence, clean: Cleaned) -> Sentence:
    """The sentence with its offsets into the stored text."""
    if clean.starts is None:
        return sentence
    moved = (Token(clean.back(t.start), clean.back_end(t.end), t.text, t.lemma, t.upos, t.xpos, t.head, t.rel) for t in sentence.tokens)
    return Sentence(tuple(moved), sentence.line)
