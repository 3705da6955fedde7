"""Turn the engine's attribution tags into acts of speech: which source and which content belong to which cue.

The tagger says where sources, cues and contents are (PolNeAR's roles: Newell, Margolin and Ruths 2018); the tree and the
order of the words say which belong together. One cue makes one relation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from counterclaim.core.syntax import Sentence, Tagged

# What speaks for tying two spans, in words of distance: a tree relation is worth a detour of this many words.
_TREE = 25
# A cue between two spans parts them like this many words.
_CROSSED = 12
# A source or content further away than this many words belongs to nobody's cue.
_FARTHEST = 45


@dataclass
class Relation:
    """A cue with its source and content, as (sentence, first token, past the last token)."""

    cue: tuple[int, int, int]
    source: tuple[int, int, int] | None = None
    content: list[tuple[int, int, int]] = field(default_factory=list)


def relations(sentences: Sequence[Sentence], tagged: Sequence[Sequence[Tagged]]) -> list[Relation]:
    """The outermost acts of speech of a report, in order of their cues."""
    found: list[Relation] = []
    last: Relation | None = None
    waiting: list[tuple[int, int, int]] = []  # contents before any cue of their own: a quotation whose speaker comes next
    for number, (sentence, spans) in enumerate(zip(sentences, tagged, strict=True)):
        cues = [s for s in spans if s.role == "CUE"]
        here = [Relation((number, c.first, c.last)) for c in cues]
        sources = [s for s in spans if s.role == "SOURCE"]
        contents = [s for s in spans if s.role == "CONTENT"]
        for relation, cue in zip(here, cues, strict=True):
            costs = [(_cost(sentence, cue, s, cues, _SOURCE_RELS), s.first, s.last) for s in sources]
            if costs and min(costs)[0] <= _FARTHEST:
                relation.source = (number, *min(costs)[1:])
        same_line = last is not None and last.cue[0] >= number - 12 and sentences[last.cue[0]].line == sentence.line
        for content in contents:
            at = (number, content.first, content.last)
            near = [(k, _cost(sentence, c, content, cues, _CONTENT_RELS)) for k, c in enumerate(cues)]
            best_cue = min(near, key=lambda x: x[1], default=None)
            if content.continues and content.first <= 1 and last is not None and (best_cue is None or best_cue[1] > 3):
                last.content.append(at)
            elif best_cue is not None and best_cue[1] <= _FARTHEST:
                here[best_cue[0]].content.append(at)
            elif last is not None and same_line:
                last.content.append(at)
            else:
                waiting.append(at)
        if here and waiting:
            near_by = [w for w in waiting if w[0] >= number - 3]
            here[0].content[:0] = near_by
            waiting = []
        found.extend(here)
        if here:
            last = here[-1]
    return [r for r in found if r.content or r.source]


_SOURCE_RELS = frozenset(("nsubj", "nsubj:pass", "obl", "obl:agent", "nmod", "nmod:poss", "obl:unmarked", "dep"))
_CONTENT_RELS = frozenset(("ccomp", "xcomp", "obj", "parataxis", "acl", "advcl", "obl", "nmod", "nsubj:pass", "acl:relcl"))


def _cost(sentence: Sentence, cue: Tagged, other: Tagged, cues: Sequence[Tagged], rels: frozenset[str]) -> int:
    """How far a span is from a cue: words between, more when another cue lies between, less when the tree ties them."""
    gap = other.first - cue.last if other.first >= cue.last else cue.first - other.last
    low, high = (cue.last, other.first) if other.first >= cue.last else (other.last, cue.first)
    crossed = sum(c is not cue and low <= c.first and c.last <= high for c in cues)
    return max(gap, 0) + _CROSSED * crossed - (_TREE if _tied(sentence, cue, other, rels) else 0)


def _tied(sentence: Sentence, cue: Tagged, other: Tagged, rels: frozenset[str]) -> bool:
    tokens = sentence.tokens
    for i in range(other.first, other.last):
        if cue.first <= tokens[i].head < cue.last and tokens[i].rel in rels:
            return True
    return any(other.first <= tokens[i].head < other.last and tokens[i].rel in ("parataxis", "advcl", "acl:relcl", "acl") for i in range(cue.first, cue.last))
