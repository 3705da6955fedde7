"""Turn a report's sentences and names into what its pronouns, descriptions and short names refer back to, or leave them open.

What it captures: he, she, it and they with their object, possessive and reflexive forms; "who" and "which" by the phrase
they stand behind; surnames and given names of people named in full before, acronyms introduced in brackets, short forms
of an organisation's name; "the group", "the rebels", "the ministry", "the general", "the town", "the two sides", "the
former" by the noun, the name and the office. The antecedent is the fullest naming so far, without article, title or rank.

What it does not: I, we and you; deeds ("the governor called it a mistake"); "it" that stands for nothing ("it rained")
and "they" of people at large. Names that only a foe gives ("the enemy") stay open, unless they are quoted from a party
that has one opponent in sight. Two candidates that lie equally near leave the reference open, with both of them.

Example: "Omar Sesse visited Idris Kamo in prison. He brought bread." → He: Omar Sesse; candidates both; "subject of the
sentence before".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from counterclaim.core.mention import Name, Reference
from counterclaim.core.syntax import Sentence
from counterclaim.parse.clauses import base, role
from counterclaim.parse.descriptions import DEFINITE, again, described
from counterclaim.parse.entities import Entity, Mention
from counterclaim.parse.joined import joined
from counterclaim.parse.memory import Memory
from counterclaim.parse.nominals import Nominal, nominals
from counterclaim.parse.pairs import former
from counterclaim.parse.pronouns import FORMS, pronoun, relative
from counterclaim.parse.shortnames import named
from counterclaim.parse.speech import find_speaker, quoted

_RELATIVE = frozenset("who whom whose which".split())


def references(text: str, sentences: Sequence[Sentence], names: Sequence[Name]) -> Iterator[Reference]:
    """Yield the back-references of a report in order, each with its antecedent or the candidates that are left."""
    memory = Memory(text)
    ordered = sorted(names, key=lambda name: name.span)
    index = 0
    for sentence in sentences:
        if not sentence.tokens:
            continue
        here: list[Name] = []
        while index < len(ordered) and ordered[index].span.start < sentence.span.end:
            if sentence.span.holds(ordered[index].span):
                here.append(ordered[index])
            index += 1
        yield from sorted(_read(memory, sentence, here), key=lambda reference: reference.span)


def _read(memory: Memory, sentence: Sentence, names: Sequence[Name]) -> Iterator[Reference]:
    """Yield the references of the next sentence: names and descriptions first, then the pronouns."""
    memory.begin(sentence)
    memory.inside = quoted(memory)
    phrases = joined(sentence, nominals(memory.text, sentence, names))
    yield from _phrases(memory, phrases)
    members = {m.head for n in phrases for m in n.members}
    said_of = _predicates(memory, phrases)
    both: dict[int, Entity] = {}
    at: dict[int, list[Mention]] = {}
    for n in phrases:
        entity = _together(memory, n) if n.members else memory.here[n.head]
        if n.members:
            both[n.head] = entity
        if n.head in said_of and not n.members:
            continue
        last = n.members[-1].head if n.members else n.head
        at.setdefault(last, []).append(memory.mention(n.head, entity, is_member=n.head in members and not n.members))
    # The subject "X and Y" is both of them: neither is "him" in its clause.
    memory.here.update((head, entity) for head, entity in both.items() if role(sentence, head) == "subject")
    memory.before = []
    for i, token in enumerate(sentence.tokens):
        lower = token.text.lower()
        if lower in _RELATIVE and token.upos in ("PRON", "DET"):
            yield from relative(memory, i)
        elif lower in ("former", "latter"):
            yield from former(memory, i)
        elif lower in FORMS and token.upos in ("PRON", "DET"):
            yield from pronoun(memory, i)
        for mention in at.get(i, ()):
            memory.note(mention)
    memory.recent.append(memory.before)


def _phrases(memory: Memory, phrases: Sequence[Nominal]) -> Iterator[Reference]:
    """Find out whom the phrases speak of: names and new things first, since who speaks may stand behind what he says."""
    descriptions = []
    memory.before = []
    memory.ends = {n.last: n for n in phrases if not n.members}
    for n in phrases:
        if n.members:
            continue
        if not n.name and n.determiner in DEFINITE and not n.is_told_apart and not n.is_owned:
            descriptions.append(n)
            continue
        memory.here[n.head], reference = named(memory, n) if n.name else (again(memory, n) or memory.new(n), None)
        memory.learn(memory.here[n.head], n)
        memory.before.append(memory.mention(n.head, memory.here[n.head]))
        if reference is not None:
            yield reference
    find_speaker(memory)
    for n in descriptions:
        memory.here[n.head], reference = described(memory, n)
        memory.learn(memory.here[n.head], n)
        memory.before.append(memory.mention(n.head, memory.here[n.head]))
        if reference is not None:
            yield reference


def _predicates(memory: Memory, phrases: Sequence[Nominal]) -> set[int]:
    """Phrases that say what a subject is ("she became a minister"), which learns it: they speak of nobody new."""
    tokens = memory.sentence.tokens
    found: set[int] = set()
    for n in phrases:
        has_be = any(base(tokens[k].rel) == "cop" for k in memory.sentence.children[n.head])
        become = base(tokens[n.head].rel) == "xcomp" and tokens[tokens[n.head].head].lemma.lower() in ("become", "remain", "be")
        subject = memory.clauses.subject(n.head if has_be else memory.clauses.of[n.head]) if has_be or become else None
        if subject is not None and subject != n.head and not n.name and (subject in memory.here or tokens[subject].text.lower() in FORMS):
            found.add(n.head)
            if subject in memory.here and not any(tokens[k].text.lower() in ("not", "n't", "n’t") for k in memory.sentence.children[n.head]):
                memory.learn(memory.here[subject], n)
    return found


def _together(memory: Memory, n: Nominal) -> Entity:
    entity = memory.new(n)
    entity.members = tuple(memory.here[m.head] for m in n.members if m.head in memory.here)
    return entity
