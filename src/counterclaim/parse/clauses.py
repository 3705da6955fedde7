"""Turn a sentence's tree into its clauses: for every word the clause it stands in, and what heads that clause's subject.

What it captures: clauses by the relations that open one, with a verb or a subject of their own; subjects said, moved,
shared and understood ("they stopped to eat": they); passives and objects; the role of a phrase in its clause.

What it does not: clauses of broken trees deeper than a dozen steps, subjects that no word of the sentence heads.

Example: "The villagers left to find water" → "find": a clause of its own, one deep; its subject is "villagers".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from counterclaim.core.syntax import Sentence

_CLAUSAL = frozenset("ccomp xcomp advcl acl csubj parataxis conj".split())
OWNERS = frozenset("his her its their my our your".split())
_ROLES = {"nsubj": "subject", "obj": "object", "iobj": "object", "obl": "oblique", "nmod": "oblique", "xcomp": "object"}
# How many steps up a tree are worth going: deeper nesting is a broken tree more often than a real one.
DEEP = 12


@lru_cache(maxsize=1_000)
def base(rel: str) -> str:
    """The relation without its subtype."""
    return rel.partition(":")[0]


@dataclass(slots=True)
class Clauses:
    """For each word of a sentence the head of its clause, and how deep the clause lies. Built in one walk, any tree will do."""

    sentence: Sentence
    of: list[int] = field(default_factory=list)
    depth: list[int] = field(default_factory=list)
    _subjects: dict[int, int | None] = field(default_factory=dict)
    _objects: set[int] = field(default_factory=set)
    _passives: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        tokens, below = self.sentence.tokens, self.sentence.children
        self.of, self.depth = [-1] * len(tokens), [0] * len(tokens)
        todo = [i for i, token in enumerate(tokens) if token.head < 0 or token.head == i]
        for i in todo:
            self.of[i] = i
        while todo:
            at = todo.pop()
            for child in below[at]:
                if self.of[child] < 0:
                    opens = self._opens(child)
                    self.of[child] = child if opens else self.of[at]
                    self.depth[child] = self.depth[at] + (opens and base(tokens[child].rel) != "conj")
                    todo.append(child)
        self._objects.update(token.head for token in tokens if token.rel == "obj")
        self._passives.update(token.head for token in tokens if token.rel == "aux:pass")
        self.of = [clause if clause >= 0 else i for i, clause in enumerate(self.of)]  # words of a circle hang on no root

    def _opens(self, i: int) -> bool:
        token = self.sentence.tokens[i]
        if base(token.rel) not in _CLAUSAL:
            return False
        return token.upos in ("VERB", "AUX") or any(base(self.sentence.tokens[c].rel) in ("nsubj", "csubj", "cop") for c in self.sentence.children[i])

    def up(self, clause: int) -> int:
        """The clause around this one, or -1."""
        head = self.sentence.tokens[clause].head
        return self.of[head] if 0 <= head != clause else -1

    def around(self, clause: int) -> Iterator[int]:
        """This clause and those it lies in, innermost first."""
        for _ in range(DEEP):
            if clause < 0:
                return
            yield clause
            clause = self.up(clause)

    def is_passive(self, clause: int) -> bool:
        """Whether something is done to the clause's subject."""
        return clause in self._passives

    def has_object(self, clause: int) -> bool:
        """Whether the clause's subject does something to something."""
        return clause in self._objects

    def subject(self, clause: int) -> int | None:
        """The word that heads the subject of a clause, said or understood ("they stopped to eat": they)."""
        if clause not in self._subjects:
            self._subjects[clause] = self._find_subject(clause)
        return self._subjects[clause]

    def _find_subject(self, clause: int) -> int | None:
        tokens, below = self.sentence.tokens, self.sentence.children
        for _ in range(DEEP):
            said = next((c for c in below[clause] if base(tokens[c].rel) == "nsubj"), None)
            rel, above = base(tokens[clause].rel), self.up(clause)
            if said is not None:
                return tokens[clause].head if rel == "acl" and above >= 0 and tokens[said].text.lower() in ("who", "which", "that") else said
            if above < 0 or above == clause:
                return None
            if rel == "acl":
                return tokens[clause].head
            moved = next((c for c in below[above] if tokens[c].rel in ("obj", "iobj")), None) if rel == "xcomp" else None
            if moved is not None:
                return moved
            if rel not in ("conj", "advcl", "xcomp"):
                return None
            clause = above
        return None


def role(sentence: Sentence, i: int) -> str:
    """What a phrase does in its clause; a joined phrase does what the first one does."""
    tokens = sentence.tokens
    for _ in range(DEEP):
        rel = tokens[i].rel
        if base(rel) in ("conj", "appos", "flat") and tokens[i].head >= 0:
            i = tokens[i].head
            continue
        if rel == "nmod:poss" or (base(rel) == "det" and tokens[i].text.lower() in OWNERS):
            return "possessor"
        return "part" if base(rel) in ("compound", "amod") or rel == "nmod:desc" else _ROLES.get(base(rel), "other")
    return "other"
