"""Find what pronouns, "the group", titles and surnames refer back to within a report, or leave them open.

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

import math
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from counterclaim.core.mention import Name, Reference
from counterclaim.core.span import Span
from counterclaim.core.syntax import Sentence
from counterclaim.knowledge.lexicon import mapped, table, words
from counterclaim.parse.names import countries
from counterclaim.parse.nominals import ANYTHING, BODY, DEEP, PERSON, PLACE, THING, Clauses, Kinds, Nominal, base, folded, is_empty, is_group, nominals, role

_FORMS = {
    form: name
    for name, forms in {
        "he": "he him his himself",
        "she": "she her hers herself",
        "it": "it its itself",
        "they": "they them their theirs themselves",
    }.items()
    for form in forms.split()
}
_SHORT = "short for a name given before"
_REFLEXIVE = frozenset("himself herself itself themselves".split())
_RELATIVE = frozenset("who whom whose which".split())
_DEFINITE = frozenset("the this that these those both".split())
_NUMERALS = frozenset("two three four five six seven eight nine ten".split())
_PERSON, _BODY, _PLACE, _THING = (frozenset((kind,)) for kind in (PERSON, BODY, PLACE, THING))
_PARTY, _WILLED = frozenset((PLACE, BODY)), frozenset((BODY, PERSON))
_OPENING, _CLOSING = frozenset(("“", "«", "``")), frozenset(("”", "»", "''"))

# How many sentences back an antecedent may stand. Anything from three to six changes f1 on GUM by less than half a point.
_REACH = 4
# How many mentions back: bounds the work in a report that is one endless sentence.
_LIMIT = 80
# How many candidates a reference lists.
_SHOWN = 5
# The last sentence (from nought) in which a surname alone can be a headline's: further down it is somebody known.
_HEADLINE = 1
# Names of one word part or role noun that are kept apart; older ones are forgotten.
_KEPT = 8

# Two candidates nearer to each other than this leave the pronoun open. Over the freely licensed genres of GUM's training
# part precision and f1 are 70.1 and 61.6 without a margin, 71.8 and 59.8 with 0.3, 74.2 and 58.0 with 0.6. It moves with
# the weights: when they are fitted anew and grow, so must it.
_MARGIN = 0.3
# What the best candidate must reach. "He" and "they" nearly always mean somebody, "it" often means nothing.
_ENOUGH = {"he": -0.5, "she": -0.5, "it": 0.0, "they": -0.5}

# What speaks for a candidate of a description: how near and how prominent it is.
_PROMINENCE = {"subject": 3.0, "object": 2.0, "oblique": 1.0, "possessor": 1.0, "other": 1.0, "part": 0.0}
_SENTENCE_BACK = 3.0  # a sentence outweighs all roles: the last sentence's object is nearer than the subject before it
_SPEAKER = 4.0  # in somebody's words "the group" is his own before all others
# One step in prominence decides; candidates that lie closer leave the description open.
_STEP = 1.0


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody or something a report speaks of, with what its mentions said of it. `naming` is its fullest naming so far."""

    naming: Span
    kinds: Kinds
    number: str
    gender: str
    word: str
    words: set[str]
    roles: set[str]
    name: str = ""
    party: str = ""
    determiner: str = ""
    is_armed: bool = False
    is_harmed: bool = False
    members: tuple[Entity, ...] = ()
    count: int = 0
    last: int = -1


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """One place where an entity is spoken of."""

    entity: Entity
    sentence: int
    at: int
    role: str
    depth: int
    line: int
    form: str = ""
    is_member: bool = False


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A third-person pronoun at its place in the sentence."""

    at: int
    span: Span
    form: str
    role: str
    clause: int
    is_reflexive: bool
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with what spoke for it."""

    entity: Entity
    score: float
    features: dict[str, float] = field(default_factory=dict)


def references(text: str, sentences: Sequence[Sentence], names: Sequence[Name]) -> Iterator[Reference]:
    """Yield the back-references of a report in order, each with its antecedent or the candidates that are left."""
    resolver = Resolver(text)
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
        yield from sorted(resolver.read(sentence, here), key=lambda reference: reference.span)


@cache
def _countries() -> dict[str, str]:
    """Capitals and names of peoples → the country, all folded."""
    found = {folded(capital): folded(country) for capital, country in table("antecedents")["capitals"].items()}
    for country, peoples in table("countries")["countries"].items():
        found.update((folded(people + ending), folded(country)) for people in peoples.split() for ending in ("", "s"))
    return found


def _party(name: str) -> str:
    """The name of a side in a conflict: a country for its capital and its people."""
    return _countries().get(folded(name), folded(name))


class _Register:
    """Whom a report has named so far: by name, by a part of the name, by the noun or office."""

    def __init__(self) -> None:
        self.by_name: dict[str, Entity] = {}
        self.by_part: dict[str, list[Entity]] = {}
        self.by_short: dict[str, Entity] = {}
        self.by_word: dict[str, deque[Entity]] = {}

    def add_part(self, part: str, entity: Entity) -> None:
        known = self.by_part.setdefault(part, [])
        if entity not in known and len(known) < _KEPT:
            known.append(entity)

    def add_word(self, word: str, entity: Entity) -> None:
        """Remember an entity under a noun, as the latest."""
        known = self.by_word.setdefault(word, deque(maxlen=_KEPT))
        if entity in known:
            known.remove(entity)
        known.append(entity)


class Resolver:
    """Reads the sentences of one report in order and remembers whom they spoke of."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.number = -1
        self.register = _Register()
        self.recent: deque[list[Mention]] = deque(maxlen=_REACH)  # of each sentence before
        self.before: list[Mention] = []  # of this sentence so far
        self.here: dict[int, Entity] = {}  # by the words of this sentence
        self.line = -1
        self.is_quoted = False
        self.speaker: Entity | None = None

    def read(self, sentence: Sentence, names: Sequence[Name]) -> Iterator[Reference]:
        """Yield the references of the next sentence: names and descriptions first, then the pronouns."""
        self.number += 1
        self.sentence, self.clauses = sentence, Clauses(sentence)
        self.inside = self._quoted()
        self.here = {}
        phrases = nominals(self.text, sentence, names)
        yield from self._phrases(phrases)
        members = {m.head for n in phrases for m in n.members}
        said_of = self._predicates(phrases)
        joined: dict[int, Entity] = {}
        at: dict[int, list[Mention]] = {}
        for n in phrases:
            entity = self._together(n) if n.members else self.here[n.head]
            if n.members:
                joined[n.head] = entity
            if n.head in said_of and not n.members:
                continue
            last = n.members[-1].head if n.members else n.head
            at.setdefault(last, []).append(self._mention(n.head, entity, is_member=n.head in members and not n.members))
        # The subject "X and Y" is both of them: neither is "him" in its clause.
        self.here.update((head, entity) for head, entity in joined.items() if role(sentence, head) == "subject")
        self.before = []
        for i, token in enumerate(sentence.tokens):
            lower = token.text.lower()
            if lower in _RELATIVE and token.upos in ("PRON", "DET"):
                yield from self._relative(i)
            elif lower in ("former", "latter"):
                yield from self._former(i)
            elif lower in _FORMS and token.upos in ("PRON", "DET"):
                yield from self._pronoun(i)
            for mention in at.get(i, ()):
                self._note(mention)
        self.recent.append(self.before)

    def _phrases(self, phrases: Sequence[Nominal]) -> Iterator[Reference]:
        """Find out whom the phrases speak of: names and new things first, since who speaks may stand behind what he says."""
        described = []
        self.before = []
        self.ends = {n.last: n for n in phrases if not n.members}
        for n in phrases:
            if n.members:
                continue
            if not n.name and n.determiner in _DEFINITE and not n.is_told_apart and not n.is_owned:
                described.append(n)
                continue
            self.here[n.head], reference = self._named(n) if n.name else (self._again(n) or self._new(n), None)
            self._learn(self.here[n.head], n)
            self.before.append(self._mention(n.head, self.here[n.head]))
            if reference is not None:
                yield reference
        self._find_speaker()
        for n in described:
            self.here[n.head], reference = self._described(n)
            self._learn(self.here[n.head], n)
            self.before.append(self._mention(n.head, self.here[n.head]))
            if reference is not None:
                yield reference

    def _predicates(self, phrases: Sequence[Nominal]) -> dict[int, int]:
        """Phrases that say what a subject is ("she became a minister"), with that subject: they speak of nobody new."""
        tokens = self.sentence.tokens
        found: dict[int, int] = {}
        for n in phrases:
            has_be = any(base(tokens[k].rel) == "cop" for k in self.sentence.children[n.head])
            become = base(tokens[n.head].rel) == "xcomp" and tokens[tokens[n.head].head].lemma.lower() in ("become", "remain", "be")
            subject = self.clauses.subject(n.head if has_be else self.clauses.of[n.head]) if has_be or become else None
            if subject is not None and subject != n.head and not n.name and (subject in self.here or tokens[subject].text.lower() in _FORMS):
                found[n.head] = subject
                if subject in self.here and not any(tokens[k].text.lower() in ("not", "n't", "n’t") for k in self.sentence.children[n.head]):
                    self._learn(self.here[subject], n)
        return found

    def _mention(self, i: int, entity: Entity, *, form: str = "", is_member: bool = False) -> Mention:
        return Mention(entity, self.number, i, role(self.sentence, i), self.clauses.depth[i], self.sentence.line, form, is_member)

    def _together(self, n: Nominal) -> Entity:
        entity = self._new(n)
        entity.members = tuple(self.here[m.head] for m in n.members if m.head in self.here)
        return entity

    def _note(self, mention: Mention) -> None:
        self.before.append(mention)
        mention.entity.count += 1

    def _backwards(self) -> Iterator[Mention]:
        """The mentions before this place, nearest first."""
        seen = 0
        for mentions in (self.before, *reversed(self.recent)):
            for mention in reversed(mentions):
                if seen == _LIMIT:
                    return
                seen += 1
                yield mention

    # -- direct speech

    def _quoted(self) -> list[bool]:
        """For each word whether it stands in direct speech; a paragraph begins outside."""
        if self.sentence.line != self.line:
            self.line, self.is_quoted, self.speaker = self.sentence.line, False, None
        inside = []
        for token in self.sentence.tokens:
            if token.text == '"':
                # By the spaces around it, since one forgotten mark would turn a whole paragraph inside out.
                before, after = self.text[token.start - 1 : token.start], self.text[token.end : token.end + 1]
                self.is_quoted = after.isalnum() if before.isalnum() != after.isalnum() else not self.is_quoted
            elif token.text in _OPENING or token.text in _CLOSING:
                self.is_quoted = token.text in _OPENING
            inside.append(self.is_quoted)
        return inside

    def _find_speaker(self) -> None:
        """Who says what stands in quotation marks: the subject of a verb of speech outside them, or who spoke last."""
        tokens = self.sentence.tokens
        for verb, token in enumerate(tokens):
            if not self.inside[verb] and token.lemma.lower() in mapped("cues", "verbs"):
                for k in self.sentence.children[verb]:
                    if base(tokens[k].rel) == "nsubj" and not self.inside[k] and k in self.here:
                        self.speaker = self.here[k]
                        return

    def _teller(self, i: int) -> Entity | None:
        """Whose words a word stands in: quoted, or in a clause that depends on a verb of speech."""
        for clause in self.clauses.around(self.clauses.of[i]):
            above = self.clauses.up(clause)
            token = self.sentence.tokens[clause]
            if above >= 0 and base(token.rel) in ("ccomp", "parataxis") and self.sentence.tokens[token.head].lemma.lower() in mapped("cues", "verbs"):
                subject = self.clauses.subject(above)
                if subject is not None and subject in self.here:
                    return self.here[subject]
        return self.speaker if self.inside[i] else None

    # -- names

    def _new(self, n: Nominal) -> Entity:
        party = n.name if BODY in n.kinds and n.name else n.side
        is_armed = is_group(n.span.of(self.text)) or bool(n.words & _described("armed"))
        return Entity(n.span, n.kinds, n.number, n.gender, n.word, set(n.words), set(n.roles), n.name, _party(party), n.determiner, is_armed)

    def _learn(self, entity: Entity, n: Nominal) -> None:
        """Add to an entity what a mention says of it."""
        entity.last = self.number
        entity.roles |= n.roles
        entity.gender = entity.gender or n.gender
        entity.party = entity.party or _party(n.side)
        if n.name:
            entity.words |= n.words
            is_same = n.span.of(self.text) == entity.naming.of(self.text)
            if is_same or len(n.name.split()) > len(entity.name.split()):
                entity.naming, entity.name = n.span, n.name
            if entity.kinds == ANYTHING:
                entity.kinds = n.kinds
        clause = self.clauses.of[n.head]
        verb = self.sentence.tokens[clause].lemma.lower()
        if verb in _described("harms") and (n.role == "object" or (n.role == "subject" and (verb == "die" or self.clauses.is_passive(clause)))):
            entity.is_harmed = True
        for word in n.roles | {n.word}:
            self.register.add_word(word, entity)

    def _named(self, n: Nominal) -> tuple[Entity, Reference | None]:
        """Whom a name names, and the reference when it is short for one given before."""
        register = self.register
        known = register.by_name.get(_any_order(n.name))
        full = self._full(n)
        if len(full) == 1 and full[0] is not known:
            if n.phrase == n.span:  # from here on the bare surname is his, even when a brother of the same name is introduced
                register.by_short.setdefault(n.name, full[0])
            return full[0], Reference(n.phrase, full[0].naming, because=_SHORT)
        if len(full) > 1:
            entity = known if known is not None and known.name == n.name else self._new(n)
            register.by_name[_any_order(n.name)] = entity
            return entity, Reference(n.phrase, None, tuple(each.naming for each in full), "short for several names given before")
        if known is not None and _same_sex(known, n):
            if _any_order(known.name) == _any_order(n.name) or known.naming.end > n.span.start:
                return known, None
            return known, Reference(n.phrase, known.naming, because=_SHORT)
        entity = self._introduced(n) or self._longer(n) or self._new(n)
        register.by_name[_any_order(n.name)] = entity
        parts = n.name.split()
        if len(parts) > 1 and PERSON in n.kinds:
            register.add_part(parts[-1], entity)
            register.add_part(parts[0], entity)
        elif len(parts) > 1 and BODY in n.kinds and parts[-1] in words("antecedents", "names", "suffixes"):
            register.add_part(" ".join(parts[:-1]), entity)
        return entity, None

    def _full(self, n: Nominal) -> list[Entity]:
        """Those whose full name this can be short for; of several the one of that rank, called so before, or alone spoken of of late."""
        if len(n.name.split()) > 1 and BODY not in n.kinds:
            return []
        found = [e for e in self.register.by_part.get(n.name, ()) if _same_sex(e, n)]
        found = [e for e in found if PERSON not in e.kinds or PERSON in n.kinds or n.name == e.name.split()[-1]]
        known = self.register.by_short.get(n.name)
        for narrower in ([e for e in found if e.roles & n.roles], [e for e in found if e is known], [e for e in found if e.last >= self.number - _REACH]):
            if len(found) > 1 and len(narrower) == 1:
                return narrower
        return found

    def _longer(self, n: Nominal) -> Entity | None:
        """The person whom this full name names too, when a headline had the surname alone, or middle names come or go."""
        parts = n.name.split()
        if n.kinds != _PERSON or len(parts) == 1:
            return None
        for known in self.register.by_part.get(parts[-1], ()):
            others = known.name.split()
            if (others[0], others[-1]) == (parts[0], parts[-1]) and (set(parts) <= set(others) or set(others) <= set(parts)):
                return known
        alone = self.register.by_name.get(parts[-1])
        is_headline = alone is not None and alone.name == parts[-1] and alone.last <= _HEADLINE
        return alone if alone is not None and is_headline and alone.kinds == _PERSON and _same_sex(alone, n) else None

    def _introduced(self, n: Nominal) -> Entity | None:
        """The body whose acronym (or long form) stands here in brackets: "the Lowa Liberation Front (LLF)"."""
        tokens = self.sentence.tokens
        if n.first < 2 or tokens[n.first - 1].text != "(" or n.last >= len(tokens) or tokens[n.last].text != ")":
            return None
        other = self.ends.get(n.first - 1)
        if other is None or other.head not in self.here or _PERSON in (n.kinds, other.kinds) or _PLACE in (n.kinds, other.kinds):
            return None
        short, long = sorted((n.span.of(self.text), other.span.of(self.text)), key=len)
        initials = {word[0].casefold() for word in long.split()}
        if len(short.split()) > 1 or sum(c.isupper() for c in short) < 2 or short[0].casefold() not in initials:
            return None
        if other.name:
            self.register.by_name.setdefault(_any_order(other.name), self.here[other.head])
        return self.here[other.head]

    # -- descriptions

    def _described(self, n: Nominal) -> tuple[Entity, Reference | None]:
        """A definite phrase around a noun: a description of somebody spoken of before, or somebody new."""
        if n.word in words("antecedents", "hostile", "names"):
            return self._foe(n)
        found, because = self._meant(n)
        if not found:
            return self._again(n) or self._new(n), None
        best = found[0]
        spans = tuple(dict.fromkeys(each.entity.naming for each in found[:_SHOWN])) if len(found) > 1 else ()
        if len(found) > 1 and best.score - found[1].score < _STEP:
            return self._new(n), Reference(n.phrase, None, spans, f"{because}: several lie equally near")
        if best.entity.naming.of(self.text).casefold() == n.span.of(self.text).casefold():
            return best.entity, None
        return best.entity, Reference(n.phrase, best.entity.naming, spans, because)

    def _again(self, n: Nominal) -> Entity | None:
        """The same noun with nothing new about it: "a wooden bridge … the bridge"."""
        if n.determiner not in _DEFINITE or n.is_owned:
            return None
        for entity in reversed(self.register.by_word.get(n.word, ())):
            if not entity.name and entity.word == n.word and entity.number == n.number and n.words <= entity.words and entity.last >= self.number - _REACH:
                entity.naming = n.span if n.words == entity.words else entity.naming
                return entity
        return None

    def _meant(self, n: Nominal) -> tuple[list[Scored], str]:
        """The candidates of a description, best first, and the rule that found them."""
        told = n.words - {n.word, self.sentence.tokens[n.head].text.lower()} - _described("modifiers", "plain")
        if n.word in _described("pairs") or (told <= {"two"} and n.number == "many" and (told or n.determiner == "both")):
            return self._pair(n), "the two that were named together"
        if PERSON in n.kinds and n.number == "one":
            return self._office(n, told)
        told -= _NUMERALS
        alike = _alike(n.word)
        if n.number == "many" or (n.number == "either" and n.kinds == _PERSON):
            if n.word in _described("fighters"):
                return self._near(n, lambda e: _fights(e) and told <= e.words), "fighters, or a body that fights"
            if n.word in _described("victims"):
                return self._near(n, lambda e: e.is_harmed and PERSON in e.kinds and e.number == "many"), "those who were harmed"
            if PERSON in n.kinds:
                return self._near(n, lambda e: e.number != "one" and e.word in alike and told <= e.words), "the same sort of people"
            return [], ""
        found = self._near(n, lambda e: told <= e.words and _is_called(e, n.word))
        if found:
            return found, f"its name has the word “{n.word}”, or one like it"
        if BODY in n.kinds and not told and n.word in _described("group"):
            return self._near(n, lambda e: _is_free(e) or (bool(e.party) and _fights(e))), "a body that is no state's"
        if BODY in n.kinds and not told and n.word in _described("body"):
            return self._near(n, lambda e: _is_free(e) and bool(e.name) and not e.is_armed), "a body with a name"
        if PLACE in n.kinds and not told:
            return self._near(n, lambda e: _is_place(e, n.word)), f"a place that “{n.word}” can mean"
        return [], ""

    def _near(self, n: Nominal, fits: Callable[[Entity], bool]) -> list[Scored]:
        """The entities before this phrase that fit, the nearest and most prominent first."""
        best: dict[Entity, float] = {}
        subject = self.clauses.subject(self.clauses.of[n.head])
        barred = self.here.get(subject) if subject is not None and subject != n.head else None
        teller = self._teller(n.head)
        for mention in self._backwards():
            entity = mention.entity
            if entity is barred or entity.members or (mention.sentence == self.number and mention.at > n.head) or not fits(entity):
                continue
            score = _PROMINENCE[mention.role] - _SENTENCE_BACK * (self.number - mention.sentence) + (mention.depth == 0) + bool(entity.name)
            if teller is not None and (entity is teller or (entity.party and entity.party == teller.party)):
                score += _SPEAKER
            best[entity] = max(score, best.get(entity, score))
        return sorted((Scored(entity, score) for entity, score in best.items()), key=lambda each: -each.score)

    def _office(self, n: Nominal, told: frozenset[str]) -> tuple[list[Scored], str]:
        """One person by office, rank, sex or age."""
        sort = frozenset(_persons().get(n.word, n.word).split()) | {n.word}

        def fits(e: Entity) -> bool:
            return PERSON in e.kinds and e.number != "many" and told <= e.words and _same_sex(e, n)

        # Of two presidents only who was spoken of later is nearer: a president who is a subject is no more a president.
        known = (e for e in self.register.by_word.get(n.word, ()) if fits(e) and n.word in e.roles)
        found = sorted((Scored(e, e.last) for e in known), key=lambda each: -each.score)
        if found:
            return found, f"called “{n.word}” before"
        if told:
            return [], ""
        return self._near(n, lambda e: fits(e) and bool(e.roles & sort or (n.word in ("man", "woman") and e.kinds == _PERSON))), f"a person “{n.word}” can mean"

    def _pair(self, n: Nominal) -> list[Scored]:
        """Two that were joined by "and"; three leave it open which two are meant."""
        kinds = _PERSON if n.word in _described("pairs") else n.kinds - _THING | (_WILLED if n.word in _described("sides") else frozenset[str]())
        for mention in self._backwards():
            entity = mention.entity
            if entity.members and all(each.kinds & kinds for each in entity.members) and (mention.sentence < self.number or mention.at < n.head):
                return [Scored(entity, 0)] if len(entity.members) == 2 else [Scored(each, 0) for each in entity.members]
        return []

    def _foe(self, n: Nominal) -> tuple[Entity, Reference]:
        """What a party calls its foe: the one other party in sight, when it is plain whose words these are."""
        teller = self._teller(n.head)
        found: dict[str, Entity] = {}
        if teller is not None and teller.party:
            for mention in self._backwards():
                entity = mention.entity
                is_side = BODY in entity.kinds and not entity.members and entity.party
                if is_side and entity.party != teller.party:
                    found.setdefault(entity.party, entity)
        spans = tuple(each.naming for each in reversed(found.values()))
        foe = self._new(n)
        foe.kinds, foe.number = _WILLED, "either"
        if len(spans) == 1:
            return foe, Reference(n.phrase, spans[0], (), "the one party that the speaker's side faces")
        return foe, Reference(n.phrase, None, spans, "a foe's name: whom it means depends on who speaks")

    def _former(self, i: int) -> Iterator[Reference]:
        """Of two that were joined, or of the two names (or things of a kind) in the sentence before, the one that is meant."""
        tokens = self.sentence.tokens
        if i == 0 or tokens[i - 1].text.lower() != "the" or (i + 1 < len(tokens) and tokens[i + 1].upos in ("NOUN", "PROPN", "ADJ", "NUM")):
            return
        span = Span(tokens[i - 1].start, tokens[i].end)
        last = [mention.entity for mention in (self.recent[-1] if self.recent else ()) if not mention.form and mention.role != "part"]
        pair = next((m.entity.members for m in self._backwards() if m.entity.members and m.sentence >= self.number - 1), ())
        if len(pair) != 2:
            for sort in (lambda e: bool(e.name), lambda e: BODY in e.kinds, lambda e: e.kinds == _PERSON, lambda e: PLACE in e.kinds):
                pair = tuple(dict.fromkeys(e for e in last if not e.members and sort(e)))
                if len(pair) == 2:
                    break
        if len(pair) != 2:
            yield Reference(span, None, tuple(e.naming for e in pair), "not two to choose from")
            return
        chosen = pair[0 if tokens[i].text.lower() == "former" else 1]
        yield Reference(span, chosen.naming, tuple(e.naming for e in pair), "the first of two" if chosen is pair[0] else "the last of two")
        self._note(self._mention(i, chosen))

    # -- pronouns

    def _relative(self, i: int) -> Iterator[Reference]:
        """For "who" and "which" the phrase that their clause stands by."""
        tokens = self.sentence.tokens
        clauses = (clause for clause in self.clauses.around(self.clauses.of[i]) if tokens[clause].rel == "acl:relcl")
        head = next((tokens[clause].head for clause in clauses), None)
        if head is None and i > 1 and tokens[i - 1].text == ",":
            head = i - 2 if i - 2 in self.here else tokens[i - 2].head  # without a tree: what stands before the comma
        if head in self.here:
            yield Reference(tokens[i].span, self.here[head].naming, because="the clause stands by it")

    def _pronoun(self, i: int) -> Iterator[Reference]:
        token = self.sentence.tokens[i]
        lower = token.text.lower()
        form = _FORMS[lower]
        if form == "it" and is_empty(self.sentence, i):
            return
        does = role(self.sentence, i)
        p = Pronoun(i, token.span, form, does, self.clauses.of[i], lower in _REFLEXIVE, self.inside[i])
        if form == "it" and self._is_deed(i):
            yield Reference(p.span, None, because="what was done, which no phrase names")
            return
        ranked = self.ranked(p)
        best = self.choice(p, ranked)
        spans = tuple(dict.fromkeys(each.entity.naming for each in ranked[:_SHOWN])) if len(ranked) > 1 else ()
        if best is None:
            yield Reference(p.span, None, spans, "several lie equally near" if ranked and ranked[0].score >= _ENOUGH[form] else "nobody near who fits")
            return
        entity = best.entity
        if form in ("he", "she"):
            entity.gender = entity.gender or ("m" if form == "he" else "f")
            entity.kinds = _PERSON
        yield Reference(p.span, entity.naming, spans, _because(best.features))
        self.here[i] = entity
        self._note(self._mention(i, entity, form=form))

    def choice(self, p: Pronoun, ranked: Sequence[Scored]) -> Scored | None:
        """The first candidate, when it is good enough and the second is not equally near."""
        if not ranked or ranked[0].score < _ENOUGH[p.form] or (len(ranked) > 1 and ranked[0].score - ranked[1].score < _MARGIN):
            return None
        return ranked[0]

    def ranked(self, p: Pronoun) -> list[Scored]:
        """The candidates that agree with a pronoun and may be meant by it, best first."""
        nearest: dict[Entity, Mention] = {}
        topics: set[Entity] = set()
        for mention in self._backwards():
            nearest.setdefault(mention.entity, mention)
            if mention.role == "subject" and mention.sentence >= self.number - 1:
                topics.add(mention.entity)
        barred, subjects, ahead = self._barred(p), self._subjects(p), self._ahead(p)
        speaks = p.role == "subject" and self.sentence.tokens[p.clause].lemma.lower() in words("antecedents", "nouns", "speech")
        if ahead is not None:
            nearest.setdefault(ahead.entity, ahead)
        found: list[Scored] = []
        between: list[Mention] = []
        for entity, mention in nearest.items():
            if entity in barred or not _agrees(p.form, entity) or (speaks and entity.kinds == _THING and not _is_document(entity)):
                continue
            # Joined phrases lie equally near, whichever comes first.
            rank = sum(not (mention.is_member and each.is_member and each.sentence == mention.sentence) for each in between)
            features = self._features(p, entity, mention, rank)
            features["topic"] = entity in topics
            features["own"], features["around"] = subjects.get(entity) == 0, subjects.get(entity, 0) > 0
            features["ahead"] = mention is ahead
            found.append(Scored(entity, _score(p.form, features), features))
            between.append(mention)
        return sorted(found, key=lambda each: -each.score)

    def _features(self, p: Pronoun, e: Entity, m: Mention, rank: int) -> dict[str, float]:
        """What speaks for and against a candidate, seen from its nearest mention."""
        back = self.number - m.sentence
        verb = self.sentence.tokens[p.clause].lemma.lower() if p.role == "subject" else ""
        return {
            "bias": 1,
            # How far back, in sentences, in other candidates, and across a paragraph.
            "same": back == 0,
            "before": back == 1,
            "far": back >= 3,
            "rank": min(rank, 4),
            "paragraph": m.line != self.sentence.line,
            # What the nearest mention does.
            "parallel": m.role == p.role and m.role in ("subject", "object", "possessor"),
            "indirect": m.role in ("oblique", "other"),
            "part": m.role == "part",
            "joined": m.is_member,
            "again": m.form == p.form,
            # How the report speaks of it.
            "count": min(3.0, math.log2(1 + e.count)),
            "named": bool(e.name),
            "new": e.determiner in ("a", "an"),
            "several": e.number == "many",
            "body": e.kinds == _BODY,
            "party": e.kinds == _PARTY,
            "place": e.kinds == _PLACE,
            "thing": e.kinds == _THING,
            "unsure": len(e.kinds) > 1 and e.kinds != _PARTY,
            # What the pronoun does: only who has a will speaks and acts; a place is where, not what.
            "says": verb in mapped("cues", "verbs") and bool(e.kinds & _WILLED),
            "acts": verb not in ("", "have", "be") and self.clauses.has_object(p.clause) and BODY in e.kinds,
            "where": PLACE in e.kinds and m.role == "oblique",
            "tells": _is_document(e) and e.determiner in ("a", "an") and verb in words("antecedents", "nouns", "content_verbs"),
        }

    def _barred(self, p: Pronoun) -> set[Entity]:
        """Whom a pronoun cannot mean: its own clause's subject, the phrase it stands in, and who speaks."""
        tokens = self.sentence.tokens
        barred: set[Entity] = set()
        if not p.is_reflexive and p.role not in ("subject", "possessor"):
            subject = self.clauses.subject(p.clause)
            if subject is not None and subject != p.at and subject in self.here:
                barred.update((self.here[subject], *self.here[subject].members))
        at = p.at
        for _ in range(DEEP):
            rel = base(tokens[at].rel)
            if tokens[at].head < 0 or rel in ("acl", "advcl", "ccomp", "xcomp", "parataxis", "csubj") or (rel == "conj" and at != p.at):
                break
            at = tokens[at].head
            if at in self.here and tokens[at].upos in ("NOUN", "PROPN", "NUM"):
                barred.add(self.here[at])
        if p.is_quoted and self.speaker is not None:
            barred.add(self.speaker)
            if p.form == "they" and self.speaker.party:
                for mention in self._backwards():
                    parties = {mention.entity.party, *(each.party for each in mention.entity.members)}
                    if self.speaker.party in parties:
                        barred.add(mention.entity)
        return barred

    def _subjects(self, p: Pronoun) -> dict[Entity, int]:
        """The subjects before the pronoun of its own clause (0) and of those around it (1 and up)."""
        found: dict[Entity, int] = {}
        for up, clause in enumerate(self.clauses.around(p.clause)):
            subject = self.clauses.subject(clause)
            if subject is not None and subject < p.at and subject in self.here:
                found.setdefault(self.here[subject], up)
        return found

    def _ahead(self, p: Pronoun) -> Mention | None:
        """The subject behind a phrase or clause that was put before it: "When he reached Beni, the general …"."""
        at = p.at
        for _ in range(DEEP):
            token = self.sentence.tokens[at]
            rel = base(token.rel)
            if token.head < 0 or rel in ("ccomp", "parataxis", "conj"):
                return None
            if rel in ("advcl", "obl"):
                subject = self.clauses.subject(self.clauses.of[token.head])
                if subject is not None and subject > p.at and subject in self.here and at < subject:
                    return self._mention(subject, self.here[subject])
            at = token.head
        return None

    def _is_deed(self, i: int) -> bool:
        """Whether it is judged ("called it a mistake"): then what was done is meant."""
        tokens = self.sentence.tokens
        verb = tokens[i].head
        if verb < 0 or tokens[verb].lemma.lower() not in words("antecedents", "nouns", "naming_verbs") or i < verb:
            return False
        return any(token.lemma.lower() in words("antecedents", "nouns", "deeds") for token in tokens[i + 1 : i + 6])


@cache
def _weights(form: str) -> dict[str, float]:
    """How much each sign of `Resolver._features` weighs for a pronoun."""
    found: dict[str, float] = table("antecedents")["weights"][form]
    return found


def _any_order(name: str) -> str:
    """A name with its words sorted: family names come first in some countries and in some reports."""
    return " ".join(sorted(name.split()))


def _same_sex(e: Entity, n: Nominal) -> bool:
    """Whether nothing speaks against it: no two different genders are told."""
    return not e.gender or not n.gender or e.gender == n.gender


def _score(form: str, features: dict[str, float]) -> float:
    return sum(weight * features[sign] for sign, weight in _weights("he" if form == "she" else form).items())


def _agrees(form: str, e: Entity) -> bool:
    """Whether number, gender and kind allow a pronoun."""
    if form in ("he", "she"):
        return PERSON in e.kinds and e.number != "many" and not e.members and e.gender in ("", "m" if form == "he" else "f")
    if form == "it":
        return e.kinds != _PERSON and e.number != "many" and not e.members
    # "They" of one person: somebody unnamed whose sex nobody told.
    return e.number != "one" or (e.kinds == _PERSON and not e.name and not e.gender and e.determiner != "the")


def _is_document(e: Entity) -> bool:
    """Whether it is something written or spoken, which can say things itself."""
    return e.word in words("antecedents", "nouns", "documents")


def _because(features: dict[str, float]) -> str:
    """The reason for a person to read: the strongest sign there is."""
    told = (
        ("own", "subject of its own clause"),
        ("around", "subject of the clause around it"),
        ("ahead", "subject of the clause that follows"),
        ("again", "meant by the same pronoun before"),
    )
    said = next((reason for name, reason in told if features.get(name)), None)
    if said is not None:
        return said
    where = "this sentence" if features["same"] else "the sentence before" if features["before"] else "the sentences before"
    return f"subject of {where}" if features.get("topic") else f"nearest that fits in {where}"


def _described(*path: str) -> frozenset[str]:
    """A list of nouns that descriptions are made of."""
    return words("antecedents", "descriptions", *path)


@cache
def _persons() -> dict[str, str]:
    found: dict[str, str] = table("antecedents")["descriptions"]["persons"]
    return found


@cache
def _alike(word: str) -> frozenset[str]:
    """A noun and the words that name the same sort of body: "army" and "military"."""
    of_words: dict[str, str] = table("antecedents")["descriptions"]["words"]
    return frozenset(of_words.get(word, "").split()) | {word}


def _is_called(e: Entity, word: str) -> bool:
    """Whether a body or place has this noun, or one like it, in its name: "the ministry", "the army"."""
    if not e.kinds & _PARTY or e.number == "many" or (word in _described("places", "country") and PLACE not in e.kinds):
        return False
    return bool(e.words & _alike(word)) if e.name else e.word in _alike(word)


def _is_free(e: Entity) -> bool:
    """Whether this is a body that belongs to no state, by the words it is named with."""
    return BODY in e.kinds and PLACE not in e.kinds and not e.words & words("antecedents", "nouns", "state")


def _fights(e: Entity) -> bool:
    """Whether "the rebels" can mean it: a body of no state, or people who carry arms."""
    if e.number == "many" and e.kinds == _PERSON:
        return e.word in _described("fighters") or e.word == "man"
    return _is_free(e) and (bool(e.name) or e.word in _described("group"))


def _is_place(e: Entity, word: str) -> bool:
    """Whether "the country", "the capital" or "the village" can mean it."""
    if PLACE not in e.kinds or not e.name:
        return False
    is_country = e.name in _folded_countries()
    if word in _described("places", "country"):
        return is_country
    if word in _described("places", "capital"):
        return e.name in _folded_capitals()
    return word in _described("places", "local") and not is_country


@cache
def _folded_countries() -> frozenset[str]:
    return frozenset(folded(name) for name, kind in countries().items() if kind == "Location")


@cache
def _folded_capitals() -> frozenset[str]:
    return frozenset(folded(name) for name in table("antecedents")["capitals"])
