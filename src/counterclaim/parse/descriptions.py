"""Turn a definite phrase around a noun into whom it describes: somebody spoken of before, or somebody new.

What it captures: "the ministry" by the noun in a name, "the group" and "the rebels" by what a body is, "the victims" by
what was done to them, "the general" by the office or rank, "the town" by the tables of places, "the two sides" by what was
named together.

What it does not: phrases that say themselves which one is meant ("the group that …", "his group"); things, which are known
to be the same but not referred back to. Two that lie equally near leave the description open, with both of them.

Example: "The ELN freed a sergeant. The group said more would follow." → The group: ELN; "a body that is no state's".
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from counterclaim.core.mention import Reference
from counterclaim.knowledge.lexicon import mapped, table, words
from counterclaim.parse.agreement import same_sex
from counterclaim.parse.entities import Entity, Scored, shown
from counterclaim.parse.foes import foe
from counterclaim.parse.kinds import A_PERSON, BODY, PERSON, PLACE
from counterclaim.parse.memory import REACH, Memory
from counterclaim.parse.nominals import Nominal
from counterclaim.parse.nouns import alike, fights, is_called, is_free, is_place, nouns_of
from counterclaim.parse.pairs import pair
from counterclaim.parse.speech import teller

DEFINITE = frozenset("the this that these those both".split())
_NUMERALS = frozenset("two three four five six seven eight nine ten".split())

# What speaks for a candidate of a description: how near and how prominent it is.
_PROMINENCE = {"subject": 3.0, "object": 2.0, "oblique": 1.0, "possessor": 1.0, "other": 1.0, "part": 0.0}
_SENTENCE_BACK = 3.0  # a sentence outweighs all roles: the last sentence's object is nearer than the subject before it
_SPEAKER = 4.0  # in somebody's words "the group" is his own before all others
# One step in prominence decides; candidates that lie closer leave the description open.
_STEP = 1.0


def described(memory: Memory, n: Nominal) -> tuple[Entity, Reference | None]:
    """A definite phrase around a noun: a description of somebody spoken of before, or somebody new."""
    if n.word in words("antecedents", "hostile", "names"):
        return foe(memory, n)
    found, because = _meant(memory, n)
    if not found:
        return again(memory, n) or memory.new(n), None
    best = found[0]
    spans = shown(found)
    if len(found) > 1 and best.score - found[1].score < _STEP:
        return memory.new(n), Reference(n.phrase, None, spans, f"{because}: several lie equally near")
    if best.entity.naming.of(memory.text).casefold() == n.span.of(memory.text).casefold():
        return best.entity, None
    return best.entity, Reference(n.phrase, best.entity.naming, spans, because)


def again(memory: Memory, n: Nominal) -> Entity | None:
    """The same noun with nothing new about it: "a wooden bridge … the bridge"."""
    if n.determiner not in DEFINITE or n.is_owned:
        return None
    for entity in reversed(memory.register.by_word.get(n.word, ())):
        if not entity.name and entity.word == n.word and entity.number == n.number and n.words <= entity.words and entity.last >= memory.number - REACH:
            entity.naming = n.span if n.words == entity.words else entity.naming
            return entity
    return None


def _meant(memory: Memory, n: Nominal) -> tuple[list[Scored], str]:
    """The candidates of a description, best first, and the rule that found them."""
    told = n.words - {n.word, memory.sentence.tokens[n.head].text.lower()} - nouns_of("modifiers", "plain")
    if n.word in nouns_of("pairs") or (told <= {"two"} and n.number == "many" and (told or n.determiner == "both")):
        return pair(memory, n), "the two that were named together"
    if PERSON in n.kinds and n.number == "one":
        return _office(memory, n, told)
    told -= _NUMERALS
    like = alike(n.word)
    if n.number == "many" or (n.number == "either" and n.kinds == A_PERSON):
        if n.word in nouns_of("fighters"):
            # Whom a figure counts or somebody harmed does not speak: "22 fighters were killed. The rebels said …".
            verb = memory.sentence.tokens[memory.clauses.of[n.head]].lemma.lower()
            speaks = verb in words("antecedents", "nouns", "speech") or verb in mapped("cues", "verbs")
            return _near(memory, n, lambda e: fights(e) and told <= e.words and not (speaks and _is_counted(memory, e))), "fighters, or a body that fights"
        if n.word in nouns_of("victims"):
            return _near(memory, n, lambda e: e.is_harmed and PERSON in e.kinds and e.number == "many"), "those who were harmed"
        if PERSON in n.kinds:
            return _near(memory, n, lambda e: e.number != "one" and e.word in like and told <= e.words), "the same sort of people"
        return [], ""
    found = _near(memory, n, lambda e: told <= e.words and is_called(e, n.word))
    if found:
        return found, f"its name has the word “{n.word}”, or one like it"
    if BODY in n.kinds and not told and (only := _only(memory, n)):
        return only, f"the one name so far that ends in “{n.word}”"
    if BODY in n.kinds and not told and n.word in nouns_of("group"):
        return _near(memory, n, lambda e: is_free(e) or (bool(e.party) and fights(e))), "a body that is no state's"
    if BODY in n.kinds and not told and n.word in nouns_of("body"):
        return _near(memory, n, lambda e: is_free(e) and bool(e.name) and not e.is_armed), "a body with a name"
    if PLACE in n.kinds and not told:
        return _near(memory, n, lambda e: is_place(e, n.word)), f"a place that “{n.word}” can mean"
    return [], ""


def _near(memory: Memory, n: Nominal, fits: Callable[[Entity], bool]) -> list[Scored]:
    """The entities before this phrase that fit, the nearest and most prominent first."""
    best: dict[Entity, float] = {}
    subject = memory.clauses.subject(memory.clauses.of[n.head])
    barred = memory.here.get(subject) if subject is not None and subject != n.head else None
    whose = teller(memory, n.head)
    for mention in memory.backwards():
        entity = mention.entity
        if entity is barred or entity.members or (mention.sentence == memory.number and mention.at > n.head) or not fits(entity):
            continue
        score = _PROMINENCE[mention.role] - _SENTENCE_BACK * (memory.number - mention.sentence) + (mention.depth == 0) + bool(entity.name)
        if whose is not None and (entity is whose or (entity.party and entity.party == whose.party)):
            score += _SPEAKER
        best[entity] = max(score, best.get(entity, score))
    return sorted((Scored(entity, score) for entity, score in best.items()), key=lambda each: -each.score)


def _is_counted(memory: Memory, e: Entity) -> bool:
    """Whether these are people told by their number, or harmed."""
    return e.is_harmed or e.naming.of(memory.text)[:1].isdigit() or bool(e.words & _NUMERALS)


def _only(memory: Memory, n: Nominal) -> list[Scored]:
    """The one body named so far, however far back, whose name ends in this very noun: "the front" is the National Resistance Front."""
    found = {
        e
        for e in memory.register.by_name.values()
        if BODY in e.kinds and e.number != "many" and len(e.name.split()) > 1 and e.name.split()[-1] == n.word and is_called(e, n.word)
    }
    return [Scored(e, float(e.last)) for e in found] if len(found) == 1 else []


def _office(memory: Memory, n: Nominal, told: frozenset[str]) -> tuple[list[Scored], str]:
    """One person by office, rank, sex or age."""
    sort = frozenset(_persons().get(n.word, n.word).split()) | {n.word}

    def fits(e: Entity) -> bool:
        return PERSON in e.kinds and e.number != "many" and told <= e.words and same_sex(e.gender, n.gender)

    # Of two presidents only who was spoken of later is nearer: a president who is a subject is no more a president.
    known = (e for e in memory.register.by_word.get(n.word, ()) if fits(e) and n.word in e.roles)
    found = sorted((Scored(e, e.last) for e in known), key=lambda each: -each.score)
    if found:
        return found, f"called “{n.word}” before"
    if told:
        return [], ""
    return _near(memory, n, lambda e: fits(e) and bool(e.roles & sort or (n.word in ("man", "woman") and e.kinds == A_PERSON))), f"a person “{n.word}” can mean"


@cache
def _persons() -> dict[str, str]:
    found: dict[str, str] = table("antecedents")["descriptions"]["persons"]
    return found
