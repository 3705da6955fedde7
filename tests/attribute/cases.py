"""Whether the reader gets a case of the attribution table right."""

from __future__ import annotations

import re
from collections.abc import Callable

from counterclaim.attribute.chains import said
from counterclaim.attribute.quotes import quotations
from counterclaim.attribute.spans import attributions
from counterclaim.attribute.voices import Namer
from counterclaim.clean.segments import lines
from counterclaim.config import ReaderName
from counterclaim.core.span import Span
from counterclaim.core.voice import Attribution, Voice
from counterclaim.parse.antecedents import references
from tests.cases import Case
from tests.reading import pipeline

_WORD = re.compile(r"\w+")


def found(text: str, reader: ReaderName = "rules") -> list[Attribution]:
    """The acts of speech of a text."""
    rows = lines(text)
    parsed = pipeline(reader).parse(text, rows)
    back = list(references(text, parsed.sentences, parsed.names))
    return attributions(text, parsed.sentences, list(quotations(text, rows)), Namer(text, parsed.names, back))


def is_right(case: Case, reader: ReaderName = "rules") -> bool:
    """Every listed attribution is found with source, most of its content (two thirds, by words), act and chain; nothing listed under "not" is."""
    text = case["text"]
    read = found(text, reader)
    outlet = Voice(name=case["outlet"])

    def matches(want: Case, have: Attribution) -> bool:
        contents = [want["content"]] if isinstance(want["content"], str) else want["content"]
        words = {w.lower() for c in contents for w in _WORD.findall(c)}
        held = {w.lower() for c in have.content for w in _WORD.findall(c.of(text))}
        if len(words & held) < 2 / 3 * len(words | held):
            return False
        if (want["source"] is None) != (have.source is None) or (
            want["source"] and have.source is not None and not Span(have.source.start, have.source.end).meets(_at(text, want["source"], have))
        ):
            return False
        if have.act != want["act"]:
            return False
        inner = min(have.content, key=lambda c: c.start)
        names = [
            v.name
            for v in said(
                Span(inner.start, inner.start + 1), outlet, [a for a in read if a is have or any(c.holds(x) for c in a.content for x in have.content)]
            ).chain[1:]
        ]
        return len(names) == len(want["chain"]) and all(
            (a is None) == (b is None) and (a is None or b is None or b in a or a in b) for a, b in zip(names, want["chain"], strict=True)
        )

    return all(any(matches(want, have) for have in read) for want in case["attributions"]) and not any(_banned(text, ban, read) for ban in case.get("not", ()))


def _at(text: str, words: str, near: Attribution) -> Span:
    starts = [m.start() for m in re.finditer(re.escape(words), text)]
    start = min(starts, key=lambda s: abs(s - near.cue.start))
    return Span(start, start + len(words))


def _banned(text: str, ban: Case, read: list[Attribution]) -> bool:
    checks: dict[str, Callable[[Attribution], bool]] = {
        "source": lambda a: a.source is not None and ban["source"] == a.source.of(text),
        "cue": lambda a: ban["cue"] == a.cue.of(text),
        "act": lambda a: ban["act"] == a.act,
        "content": lambda a: any(ban["content"] in c.of(text) for c in a.content),
    }
    keys = [k for k in checks if k in ban]
    return bool(keys) and any(all(checks[k](a) for k in keys) for a in read)
