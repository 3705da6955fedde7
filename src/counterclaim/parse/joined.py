"""Turn phrases joined by "and" into one more phrase that is plural and has them as members.

What it captures: two or more phrases that hang on the first, and two that a reader hung on the verb side by side.

What it does not: "or", which leaves it open who is meant; lists so long that the tree must be broken.

Example: "Myanmar's military and the Arakan Front clashed" → military; Arakan Front; both, many.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from counterclaim.core.span import Span
from counterclaim.core.syntax import Sentence
from counterclaim.parse.clauses import base
from counterclaim.parse.kinds import ANYTHING
from counterclaim.parse.nominals import Nominal

# Words between the first and the last of joined phrases: more is no list but a broken tree.
_LONG_LIST = 60


def joined(sentence: Sentence, found: Sequence[Nominal]) -> list[Nominal]:
    """The phrases in order, each joined phrase behind the last of its members."""
    tokens = sentence.tokens
    at_head = {n.head: n for n in found}
    used: set[int] = set()
    groups: dict[int, list[Nominal]] = {}
    for n in found:
        for k in sentence.children[n.head]:
            if base(tokens[k].rel) == "conj" and k in at_head and n.head not in used:
                groups.setdefault(n.head, [n]).append(at_head[k])
                used.add(k)
    # Readers now and then hang both phrases on the verb: "Myanmar's military and the Arakan Front clashed".
    for a, b in pairwise(found):
        if {a.head, b.head} & (groups.keys() | used) or tokens[a.head].head != tokens[b.head].head:
            continue
        if a.last + 1 == b.first and tokens[a.last].text.lower() == "and":
            groups[a.head] = [a, b]
    ends = {members[-1].head: members for members in groups.values() if _is_and(sentence, members)}
    return [each for n in found for each in ([n, _together(ends[n.head])] if n.head in ends else [n])]


def _is_and(sentence: Sentence, members: Sequence[Nominal]) -> bool:
    if members[-1].first - members[0].last > _LONG_LIST:
        return False
    between = {t.text.lower() for t in sentence.tokens[members[0].last : members[-1].first]}
    return bool(between & {"and", "&"}) and "or" not in between and members[0].span.end <= members[-1].span.start


def _together(members: Sequence[Nominal]) -> Nominal:
    first, last = members[0], members[-1]
    return replace(
        first,
        last=last.last,
        span=Span(first.span.start, last.span.end),
        phrase=Span(first.phrase.start, last.phrase.end),
        kinds=frozenset.intersection(*(m.kinds for m in members)) or ANYTHING,
        number="many",
        gender="",
        name="",
        roles=frozenset(),
        side="",
        words=frozenset[str]().union(*(m.words for m in members)),
        members=tuple(members),
    )
