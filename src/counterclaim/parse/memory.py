"""What is remembered of a report read so far, sentence by sentence: whom it named, whom it spoke of last, and who speaks."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from counterclaim.core.syntax import Sentence
from counterclaim.parse.clauses import Clauses, role
from counterclaim.parse.entities import Entity, Mention, party
from counterclaim.parse.kinds import ANYTHING, BODY, is_group
from counterclaim.parse.nominals import Nominal
from counterclaim.parse.nouns import nouns_of

# How many sentences back an antecedent may stand. Anything from three to six changes f1 on GUM by less than half a point.
REACH = 4
# How many mentions back: bounds the work in a report that is one endless sentence.
_LIMIT = 80
# Names of one word part or role noun that are kept apart; older ones are forgotten.
_KEPT = 8


class Register:
    """Whom a report has named so far: by name, by a part of the name, by the noun or office."""

    def __init__(self) -> None:
        self.by_name: dict[str, Entity] = {}
        self.by_part: dict[str, list[Entity]] = {}
        self.by_short: dict[str, Entity] = {}
        self.by_word: dict[str, deque[Entity]] = {}

    def add_part(self, part: str, entity: Entity) -> None:
        """Remember an entity under a part of its name."""
        known = self.by_part.setdefault(part, [])
        if entity not in known and len(known) < _KEPT:
            known.append(entity)

    def add_word(self, word: str, entity: Entity) -> None:
        """Remember an entity under a noun, as the latest."""
        known = self.by_word.setdefault(word, deque(maxlen=_KEPT))
        if entity in known:
            known.remove(entity)
        known.append(entity)


class Memory:
    """What one report has said up to a place in it. Sentences are given in order; nothing is kept of another report."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.number = -1
        self.register = Register()
        self.recent: deque[list[Mention]] = deque(maxlen=REACH)  # of each sentence before
        self.before: list[Mention] = []  # of this sentence so far
        self.here: dict[int, Entity] = {}  # by the words of this sentence
        self.ends: dict[int, Nominal] = {}  # the phrases of this sentence by the word behind them
        self.line = -1
        self.is_quoted = False
        self.inside: list[bool] = []  # for each word of this sentence whether it stands in direct speech
        self.speaker: Entity | None = None

    def begin(self, sentence: Sentence) -> None:
        """Turn to the next sentence."""
        self.number += 1
        self.sentence, self.clauses = sentence, Clauses(sentence)
        self.here = {}

    def mention(self, i: int, entity: Entity, *, form: str = "", is_member: bool = False) -> Mention:
        """The mention of an entity at a word of this sentence."""
        return Mention(entity, self.number, i, role(self.sentence, i), self.clauses.depth[i], self.sentence.line, form, is_member)

    def note(self, mention: Mention) -> None:
        """Count a mention as said before whatever follows."""
        self.before.append(mention)
        mention.entity.count += 1

    def backwards(self) -> Iterator[Mention]:
        """The mentions before this place, nearest first."""
        seen = 0
        for mentions in (self.before, *reversed(self.recent)):
            for mention in reversed(mentions):
                if seen == _LIMIT:
                    return
                seen += 1
                yield mention

    def new(self, n: Nominal) -> Entity:
        """Somebody or something not spoken of before, as a phrase has it."""
        side = n.name if BODY in n.kinds and n.name else n.side
        is_armed = is_group(n.span.of(self.text)) or bool(n.words & nouns_of("armed"))
        return Entity(n.span, n.kinds, n.number, n.gender, n.word, set(n.words), set(n.roles), n.name, party(side), n.determiner, is_armed)

    def learn(self, entity: Entity, n: Nominal) -> None:
        """Add to an entity what a mention says of it."""
        entity.last = self.number
        entity.roles |= n.roles
        entity.gender = entity.gender or n.gender
        entity.party = entity.party or party(n.side)
        if n.name:
            entity.words |= n.words
            is_same = n.span.of(self.text) == entity.naming.of(self.text)
            if is_same or len(n.name.split()) > len(entity.name.split()):
                entity.naming, entity.name = n.span, n.name
            if entity.kinds == ANYTHING:
                entity.kinds = n.kinds
        clause = self.clauses.of[n.head]
        verb = self.sentence.tokens[clause].lemma.lower()
        if verb in nouns_of("harms") and (n.role == "object" or (n.role == "subject" and (verb == "die" or self.clauses.is_passive(clause)))):
            entity.is_harmed = True
        for word in n.roles | {n.word}:
            self.register.add_word(word, entity)
