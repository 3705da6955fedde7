"""Find whose words a word of a sentence stands in.

What it captures: direct speech by its marks, also the straight ones, and who says it: the subject of a verb of speech
outside the marks, or who spoke last in the paragraph; clauses that depend on a verb of speech.

What it does not: speech that runs on over paragraphs; whoever is only reported to have said something by a noun.

Example: "“The enemy fled,” General Ike Bandel said" → "enemy": in the words of Ike Bandel.
"""

from __future__ import annotations

from counterclaim.knowledge.lexicon import mapped
from counterclaim.parse.clauses import base
from counterclaim.parse.entities import Entity
from counterclaim.parse.memory import Memory

_OPENING, _CLOSING = frozenset(("“", "«", "``")), frozenset(("”", "»", "''"))


def quoted(memory: Memory) -> list[bool]:
    """For each word whether it stands in direct speech; a paragraph begins outside."""
    if memory.sentence.line != memory.line:
        memory.line, memory.is_quoted, memory.speaker = memory.sentence.line, False, None
    inside = []
    for token in memory.sentence.tokens:
        if token.text == '"':
            # By the spaces around it, since one forgotten mark would turn a whole paragraph inside out.
            before, after = memory.text[token.start - 1 : token.start], memory.text[token.end : token.end + 1]
            memory.is_quoted = after.isalnum() if before.isalnum() != after.isalnum() else not memory.is_quoted
        elif token.text in _OPENING or token.text in _CLOSING:
            memory.is_quoted = token.text in _OPENING
        inside.append(memory.is_quoted)
    return inside


def find_speaker(memory: Memory) -> None:
    """Who says what stands in quotation marks: the subject of a verb of speech outside them, or who spoke last."""
    tokens = memory.sentence.tokens
    for verb, token in enumerate(tokens):
        if not memory.inside[verb] and token.lemma.lower() in mapped("cues", "verbs"):
            for k in memory.sentence.children[verb]:
                if base(tokens[k].rel) == "nsubj" and not memory.inside[k] and k in memory.here:
                    memory.speaker = memory.here[k]
                    return


def teller(memory: Memory, i: int) -> Entity | None:
    """Whose words a word stands in: quoted, or in a clause that depends on a verb of speech."""
    for clause in memory.clauses.around(memory.clauses.of[i]):
        above = memory.clauses.up(clause)
        token = memory.sentence.tokens[clause]
        if above >= 0 and base(token.rel) in ("ccomp", "parataxis") and memory.sentence.tokens[token.head].lemma.lower() in mapped("cues", "verbs"):
            subject = memory.clauses.subject(above)
            if subject is not None and subject in memory.here:
                return memory.here[subject]
    return memory.speaker if memory.inside[i] else None
