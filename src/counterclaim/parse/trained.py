"""The trained parser: sentences by rule, everything inside them by the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from counterclaim.core.mention import Name
from counterclaim.core.report import UNREAD, Line
from counterclaim.core.span import Span
from counterclaim.core.syntax import Sentence, Tagged, Token, Trigger
from counterclaim.parse.engine import Engine, Read, roles
from counterclaim.parse.heads import Heads
from counterclaim.parse.lemmas import Lemmas
from counterclaim.parse.names import names_by_rule
from counterclaim.parse.sentences import Tokens, dateline, sentences

# Types of the newswire set that are no names of anything that acts or lies anywhere; dates and figures are read by rule.
_NO_NAMES = frozenset(("Date", "Money"))
# The share of the time that the engine itself takes; the rest is for the claim heads.
_ENGINE = 0.8


@dataclass(frozen=True)
class Parsed:
    """Sentences and names of one report, by the engine."""

    sentences: tuple[Sentence, ...]
    names: tuple[Name, ...]
    tagged: tuple[tuple[Tagged, ...], ...]
    triggers: tuple[tuple[Trigger, ...], ...] = ()


class TrainedParser:
    """Holds the engine; one report at a time."""

    def __init__(self, engine: Engine, lemmas: Lemmas, heads: Heads | None = None) -> None:
        self._engine = engine
        self._lemmas = lemmas
        self._heads = heads

    def __call__(self, text: str, lines: Iterable[Line], told: Callable[[float], None] = lambda _: None) -> Parsed:
        """The report's sentences, each with its tree, and its names, one type a wording. `told` hears the share done, 0 to 1."""
        cut: list[tuple[int, Tokens]] = []
        starts: list[bool] = []
        for number, line in enumerate(lines):
            if line.kind not in UNREAD:
                of_line = [spans for spans in sentences(text, dateline(text, line.span.start, line.span.end), line.span.end) if spans]
                cut.extend((number, spans) for spans in of_line)
                starts.extend(k == 0 for k in range(len(of_line)))
        words = [[text[a:b] for a, b in spans] for _, spans in cut]
        read = self._engine.read(words, starts, lambda share: told(_ENGINE * share))
        found = [Sentence(self._tokens(spans, w, r), number) for (number, spans), w, r in zip(cut, words, read, strict=True)]
        tagged = tuple(tuple(roles(r.attribution, self._engine.labels["attribution"])) for r in read)
        # Weights that learned no names leave them to the plain reader's rules.
        names = _names(cut, read) if len(self._engine.labels["names"]) > 1 else tuple(names_by_rule(found))
        triggers: list[tuple[Trigger, ...]] = []
        for done, (of_sentence, found_there) in enumerate(zip(words, read, strict=True) if self._heads is not None else ()):
            told(_ENGINE + (1 - _ENGINE) * done / len(words))
            triggers.append(self._triggers(of_sentence, found_there))
        return Parsed(tuple(found), names, tagged, tuple(triggers))

    def _triggers(self, words: Sequence[str], read: Read) -> tuple[Trigger, ...]:
        if self._heads is None or read.kinds is None or read.as_head is None or read.as_word is None:
            return ()
        return tuple(self._heads.triggers(words, read.heads, read.rels, read.kinds, read.as_head, read.as_word))

    def _tokens(self, spans: Tokens, words: Sequence[str], read: Read) -> tuple[Token, ...]:
        return tuple(
            Token(a, b, word, self._lemma(word, upos, xpos), upos, xpos, head, rel)
            for (a, b), word, upos, xpos, head, rel in zip(spans, words, read.upos, read.xpos, read.heads, read.rels, strict=True)
        )

    def _lemma(self, word: str, upos: str, xpos: str) -> str:
        """In lower case for all but names; where the two tags disagree, as in headlines, the universal one decides."""
        if upos == "PROPN":
            return self._lemmas(word, "NNP")
        return self._lemmas(word, upos if xpos in ("NNP", "NNPS") else xpos).lower()


def _names(cut: Sequence[tuple[int, Tokens]], read: Sequence[Read]) -> tuple[Name, ...]:
    """The names in order."""
    return tuple(
        Name(Span(spans[first][0], spans[last - 1][1]), kind)
        for (_, spans), of_sentence in zip(cut, read, strict=True)
        for first, last, kind in of_sentence.names
        if kind not in _NO_NAMES
    )
