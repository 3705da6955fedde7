"""Anything attributed that fits no other kind: kept in the words of the text, untyped.

What it captures: the content of every act of speech that no typed claim of the sentence already tells.
What it does not: narration; acts that are the claim themselves (a demand, a promise); the object of a bare cue ("a report").
Example: "The governor said that the harvest had been poor."
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from counterclaim.core.claim import Statement
from counterclaim.core.span import Span
from counterclaim.core.syntax import Sentence
from counterclaim.core.voice import Attribution
from counterclaim.extract.frames import Draft, Scene

# Acts of speech that are the claim itself: nothing is left for a statement to say.
_OWN_ACTS = frozenset(("demands", "promises", "cannot-verify"))
# A statement shorter than this is a cue's object ("a report"), not something said.
_SHORTEST = 12


class Stated(msgspec.Struct, frozen=True):
    """A statement's draft with its act of speech and content; `taken` when typed claims of the sentence may say it already."""

    draft: Draft
    attribution: Attribution
    content: tuple[Span, ...]
    taken: bool


def find(scene: Scene, covered: Sequence[Span] = ()) -> Iterator[Stated]:
    """What is said in one sentence, innermost acts of speech first; `covered` are the triggers of its typed claims."""
    here = [a for a in scene.attributions if any(c.meets(scene.sentence.span) for c in a.content)]
    for a in here:
        own = scene.sentence.span
        content = tuple(Span(max(c.start, own.start), min(c.end, own.end)) for c in a.content if c.meets(own))
        if any(_inside(other, content, scene.sentence) for other in here if other is not a):
            continue
        words = _trimmed(scene.text, max((span for span in content), key=lambda s: s.end - s.start))
        if words.end - words.start < _SHORTEST:
            continue
        draft = Draft(
            trigger=Span(words.start, words.start + 1),
            proposition=Statement(content=(words.of(scene.text),)),
            because=f"statement: content of '{a.cue.of(scene.text)}'",
            score=0.5,
        )
        taken = any(span.holds(trigger) for span in content for trigger in covered) or a.act in _OWN_ACTS
        yield Stated(draft, a, content, taken)


_EDGES = re.compile(r"(?:that\b|[\s“”\"‘’,.;:–—-])+", re.IGNORECASE)


def _trimmed(text: str, span: Span) -> Span:
    """The words without "that" before them and marks around them."""
    lead = _EDGES.match(text, span.start, span.end)
    start = lead.end() if lead and lead.end() < span.end else span.start
    end = span.end
    while end > start and text[end - 1] in '“”",.;: ':
        end -= 1
    return Span(start, end)


def _inside(other: Attribution, content: Sequence[Span], sentence: Sentence) -> bool:
    """Whether another act of speech lies inside this content and will give the statement itself."""
    return any(span.holds(other.cue) for span in content) and any(c.meets(sentence.span) for c in other.content)
