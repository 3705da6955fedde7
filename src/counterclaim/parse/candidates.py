"""Turn a pronoun into the entities it may mean, best first.

What it captures: who was spoken of in this sentence and the four before it, or stands as the subject behind a clause put
first; only those that agree in number, gender and kind.

What it does not: those the grammar bars: the subject of the pronoun's own clause, the phrase the pronoun stands in, whoever
speaks the words it stands in. A thing that is no document does not say anything.

Example: "Omar Sesse visited Idris Kamo. He brought bread." → Omar Sesse, Idris Kamo.
"""

from __future__ import annotations

from counterclaim.knowledge.lexicon import words
from counterclaim.parse.agreement import agrees
from counterclaim.parse.clauses import DEEP, base
from counterclaim.parse.entities import Entity, Mention, Pronoun, Scored
from counterclaim.parse.kinds import A_PLACE, A_THING
from counterclaim.parse.memory import Memory
from counterclaim.parse.nouns import is_document
from counterclaim.parse.signs import score, signs


def ranked(memory: Memory, p: Pronoun) -> list[Scored]:
    """The candidates that agree with a pronoun and may be meant by it, best first."""
    nearest: dict[Entity, Mention] = {}
    topics: set[Entity] = set()
    for mention in memory.backwards():
        nearest.setdefault(mention.entity, mention)
        if mention.role == "subject" and mention.sentence >= memory.number - 1:
            topics.add(mention.entity)
    barred, subjects, ahead = _barred(memory, p), _subjects(memory, p), _ahead(memory, p)
    speaks = p.role == "subject" and memory.sentence.tokens[p.clause].lemma.lower() in words("antecedents", "nouns", "speech")
    if ahead is not None:
        nearest.setdefault(ahead.entity, ahead)
    found: list[Scored] = []
    between: list[Mention] = []
    for entity, mention in nearest.items():
        if entity in barred or not agrees(p.form, entity) or (speaks and entity.kinds in (A_THING, A_PLACE) and not is_document(entity)):
            continue
        # Joined phrases lie equally near, whichever comes first.
        rank = sum(not (mention.is_member and each.is_member and each.sentence == mention.sentence) for each in between)
        features = signs(memory, p, entity, mention, rank)
        features["topic"] = entity in topics
        features["own"], features["around"] = subjects.get(entity) == 0, subjects.get(entity, 0) > 0
        features["ahead"] = mention is ahead
        found.append(Scored(entity, score(p.form, features), features))
        between.append(mention)
    return sorted(found, key=lambda each: -each.score)


def _barred(memory: Memory, p: Pronoun) -> set[Entity]:
    """Whom a pronoun cannot mean: its own clause's subject, the phrase it stands in, and who speaks."""
    tokens = memory.sentence.tokens
    barred: set[Entity] = set()
    if not p.is_reflexive and p.role not in ("subject", "possessor"):
        subject = memory.clauses.subject(p.clause)
        if subject is not None and subject != p.at and subject in memory.here:
            barred.update((memory.here[subject], *memory.here[subject].members))
    at = p.at
    for _ in range(DEEP):
        rel = base(tokens[at].rel)
        if tokens[at].head < 0 or rel in ("acl", "advcl", "ccomp", "xcomp", "parataxis", "csubj") or (rel == "conj" and at != p.at):
            break
        at = tokens[at].head
        if at in memory.here and tokens[at].upos in ("NOUN", "PROPN", "NUM"):
            barred.add(memory.here[at])
    if p.is_quoted and memory.speaker is not None:
        barred.add(memory.speaker)
        if p.form == "they" and memory.speaker.party:
            for mention in memory.backwards():
                parties = {mention.entity.party, *(each.party for each in mention.entity.members)}
                if memory.speaker.party in parties:
                    barred.add(mention.entity)
    return barred


def _subjects(memory: Memory, p: Pronoun) -> dict[Entity, int]:
    """The subjects before the pronoun of its own clause (0) and of those around it (1 and up)."""
    found: dict[Entity, int] = {}
    for up, clause in enumerate(memory.clauses.around(p.clause)):
        subject = memory.clauses.subject(clause)
        if subject is not None and subject < p.at and subject in memory.here:
            found.setdefault(memory.here[subject], up)
    return found


def _ahead(memory: Memory, p: Pronoun) -> Mention | None:
    """The subject behind a phrase or clause that was put before it: "When he reached Beni, the general …"."""
    at = p.at
    for _ in range(DEEP):
        token = memory.sentence.tokens[at]
        rel = base(token.rel)
        if token.head < 0 or rel in ("ccomp", "parataxis", "conj"):
            return None
        if rel in ("advcl", "obl"):
            subject = memory.clauses.subject(memory.clauses.of[token.head])
            if subject is not None and subject > p.at and subject in memory.here and at < subject:
                return memory.mention(subject, memory.here[subject])
        at = token.head
    return None
