"""Find the phrases of a sentence that something can refer back to, with what they name, their number, gender and role.

What it captures: names as a whole and phrases around a noun, titles and appositions folded into the name they stand by
("UN spokeswoman Ilse Marn" is Ilse Marn, a spokeswoman), phrases joined by "and" as one that is plural, and for every
word the clause it stands in and that clause's subject.

What it does not: verbs and clauses ("they fired; it was a mistake"), measures of time, adjectives used as nouns.

Example: "The villagers of Kasenyi left" → "villagers of Kasenyi": persons, several, a subject.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

from counterclaim.core.mention import Name
from counterclaim.core.span import Span
from counterclaim.core.syntax import Sentence, Token
from counterclaim.knowledge.lexicon import table, words
from counterclaim.parse.names import countries

Kinds = frozenset[str]
PERSON, BODY, PLACE, THING = "person", "body", "place", "thing"
ANYTHING: Kinds = frozenset((PERSON, BODY, PLACE, THING))
_PERSON, _BODY, _PLACE, _PARTY = frozenset((PERSON,)), frozenset((BODY,)), frozenset((PLACE,)), frozenset((PLACE, BODY))

_OF_NAME: dict[str, Kinds] = {
    "Person": _PERSON,
    "Organization": _BODY,
    "NORP": frozenset((BODY, PERSON)),
    "Location": _PLACE,
    "Facility": _PLACE,
    "Product": frozenset((THING,)),
}
# Relations inside a phrase: such a word heads no phrase of its own.
_INSIDE = frozenset("compound flat fixed goeswith amod nummod det case cc mark punct reparandum discourse".split())
_CLAUSAL = frozenset("ccomp xcomp advcl acl csubj parataxis conj".split())
_PLACED = frozenset("in at near into inside outside around across toward towards within".split())
_OWNERS = frozenset("his her its their my our your".split())
_SOMEONE = frozenset("someone somebody anyone anybody everyone everybody nobody".split())
_FEW = frozenset(("headquarters", "barracks", "series", "means", "news", "police"))  # end in -s, and are one
_DETERMINERS = frozenset("the a an this that these those both".split())
_ROLES = {"nsubj": "subject", "obj": "object", "iobj": "object", "obl": "oblique", "nmod": "oblique", "xcomp": "object"}
# How many steps up a tree are worth going: deeper nesting is a broken tree more often than a real one.
DEEP = 12
# "The women of the lower town": a longer of-phrase describes more than it names.
_LONG_OF = 5
# Words between the first and the last of joined phrases: more is no list but a broken tree.
_LONG_LIST = 60


def base(rel: str) -> str:
    """The relation without its subtype."""
    return rel.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Nominal:
    """A phrase that can be referred back to. `span` is its naming, without article, title or rank; `phrase` has them.

    `number` is one, many or either; `gender` m, f or nothing; `role` subject, object, oblique, possessor, part or other.
    `word` is the lemma of the head, `name` the folded proper name, `roles` the offices and ranks said of a person, `side`
    the name of the body or country it belongs to. `members` are the phrases joined in it. `is_told_apart`: words after the
    head say which one is meant ("the group that …").
    """

    head: int
    first: int
    last: int
    span: Span
    phrase: Span
    kinds: Kinds
    number: str
    gender: str
    role: str
    word: str
    words: frozenset[str]
    determiner: str = ""
    name: str = ""
    roles: frozenset[str] = frozenset()
    side: str = ""
    members: tuple[Nominal, ...] = ()
    is_owned: bool = False
    is_told_apart: bool = False


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
        if rel == "nmod:poss" or (base(rel) == "det" and tokens[i].text.lower() in _OWNERS):
            return "possessor"
        return "part" if base(rel) in ("compound", "amod") or rel == "nmod:desc" else _ROLES.get(base(rel), "other")
    return "other"


@cache
def is_person(lemma: str) -> bool:
    """Whether a noun names persons."""
    known = words("antecedents", "nouns", "persons")
    plain = lemma.rpartition("-")[2]
    return lemma in known or (len(plain) > 4 and (plain in known or plain.endswith(("man", "woman", "men", "women", "ologist"))))


@cache
def _groups() -> frozenset[str]:
    return frozenset(each.strip() for each in table("antecedents")["groups"]["known"].split("|"))


def is_group(full: str) -> bool:
    """Whether this is the name of a well-known armed group; short names count only in capitals ("ELN", not "Eln")."""
    return full.casefold() in _groups() and (len(full) > 4 or full.isupper())


def folded(name: str) -> str:
    """A name as it is compared: case, accents and the kind of apostrophe aside."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.replace("’", "'")) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def nominals(text: str, sentence: Sentence, names: Sequence[Name]) -> list[Nominal]:
    """The phrases of a sentence in order of their heads; a joined phrase follows the last of its members."""
    return _Phrases(text, sentence, names).read()


@dataclass(frozen=True, slots=True, eq=False)
class _Named:
    """A proper name by its words in the sentence."""

    first: int
    last: int
    kind: str
    text: str


class _Phrases:
    """Reads the phrases of one sentence."""

    def __init__(self, text: str, sentence: Sentence, names: Sequence[Name]) -> None:
        self.text, self.sentence, self.tokens = text, sentence, sentence.tokens
        self.named: dict[int, _Named] = {}
        self.taken: set[int] = set()
        self.others = {k for name in names if (k := sentence.at(name.span.end - 1)) is not None}
        for name in names:
            first, last = sentence.at(name.span.start), sentence.at(name.span.end - 1)
            if first is not None and last is not None:
                # A rank that the reader took for a part of the name.
                while name.kind == "Person" and first < last and self.tokens[first].text.lower() in words("antecedents", "nouns", "ranks"):
                    first += 1
                # "National" in "the National Resistance Front", left out because it is an adjective.
                while name.kind == "Organization" and first > 1 and self._is_capital_part(first - 1, first, last):
                    first -= 1
                found = _Named(first, last + 1, name.kind, text[self.tokens[first].start : name.span.end])
                self.named.update((k, found) for k in range(first, last + 1) if k not in self.named)
        self.sides = self._sides()

    def read(self) -> list[Nominal]:
        found = [n for i in range(len(self.tokens)) if self._heads_phrase(i) and (n := self._nominal(i)) is not None]
        return self._joined([n for n in found if n.head not in self.taken])

    def _is_capital_part(self, k: int, first: int, last: int) -> bool:
        token = self.tokens[k]
        is_modifier = base(token.rel) in ("amod", "compound") and first <= token.head <= last
        return is_modifier and token.text[:1].isupper() and token.upos in ("ADJ", "NOUN", "PROPN") and k not in self.others

    # -- which words head a phrase

    def _heads_phrase(self, i: int) -> bool:
        token = self.tokens[i]
        if i in self.taken or token.text.lower() in ("former", "latter"):
            return False
        if i in self.named:
            # "Syrian" in "the Syrian army" is no mention of anybody.
            is_adjective = token.upos == "ADJ" or countries().get(self.named[i].text) == "NORP"
            return i == self._head_of(self.named[i]) and not (is_adjective and base(token.rel) in ("amod", "compound"))
        if token.upos == "PRON":
            return token.text.lower() in _SOMEONE
        if base(token.rel) in _INSIDE or token.rel == "nmod:desc":
            return False
        return token.upos in ("NOUN", "PROPN") or _is_code(token)

    def _head_of(self, name: _Named) -> int:
        """The word of a name whose head lies outside it."""
        return next((k for k in range(name.first, name.last) if not name.first <= self.tokens[k].head < name.last), name.last - 1)

    def _sides(self) -> dict[int, str]:
        """For words that name people or bodies the name they stand under: "an NRF officer", "an officer in Kyiv"."""
        found: dict[int, str] = {}
        for name in dict.fromkeys(self.named.values()):
            at = self._head_of(name)
            if name.kind == "Person" and not is_group(name.text):
                continue
            for _ in range(3):
                if base(self.tokens[at].rel) not in ("compound", "nmod", "amod", "appos") or self.tokens[at].head < 0:
                    break
                at = self.tokens[at].head
                found.setdefault(at, name.text)
        return found

    # -- one phrase

    def _nominal(self, head: int) -> Nominal | None:
        tokens = self.tokens
        token = tokens[head]
        name = self.named.get(head)
        lemma = _noun(token)
        if lemma in words("antecedents", "nouns", "times") and (name is None or base(token.rel) in ("obl", "nmod")):
            return None
        side = self.sides.get(head, "")
        said: set[str] = set()
        beside = self._name_beside(head) if name is None else None
        if beside is not None:
            name, side = beside, side or self.sides.get(self._head_of(beside), "")
            self.taken.update(range(beside.first, beside.last))
        is_person_name = name is not None and name.kind == "Person" and not is_group(name.text)
        if is_person_name and name is not None:
            said |= {lemma, *self._modifiers(head)} if beside is not None else set()
            for k in self._titles(name):
                said |= {tokens[k].lemma.lower(), tokens[k].text.lower(), *self._modifiers(k)}
                side = side or self.sides.get(k, "")
        start, end = (name.first, name.last) if name else self._extent(head)
        kinds = self._kinds(head, name)
        determiner = self._determiner(head, start)
        opens = self._opens(head, start, max(end, head + 1), is_title=is_person_name)
        content = {w for k in range(start, end) if tokens[k].upos not in ("DET", "ADP", "PUNCT") for w in (tokens[k].text.lower(), tokens[k].lemma.lower())}
        span = Span(tokens[start].start, tokens[end - 1].end)
        is_named = name is not None or (token.upos == "PROPN" and determiner not in ("a", "an")) or _is_code(token)
        is_named = is_named and not (determiner == "the" and end - start == 1 and lemma in words("antecedents", "descriptions", "fighters"))
        return Nominal(
            head=head,
            first=opens,
            last=end,
            span=span,
            phrase=Span(tokens[opens].start, tokens[end - 1].end),
            kinds=kinds,
            number=self._number(head, name, kinds),
            gender=self._gender(head, name if is_person_name else None, said) if PERSON in kinds else "",
            role=role(self.sentence, head),
            word=lemma,
            words=frozenset(content | said | ({lemma} if beside is not None else set())),
            determiner=determiner,
            name=folded(span.of(self.text)) if is_named else "",
            roles=frozenset(said or ({lemma} if name is None and PERSON in kinds else ())),
            side=side,
            is_owned=any(tokens[k].rel == "nmod:poss" or tokens[k].text.lower() in _OWNERS for k in self.sentence.children[head] if k < head),
            is_told_apart=any(k >= end and base(tokens[k].rel) in ("nmod", "acl") for k in self.sentence.children[head]),
        )

    def _is_person(self, token: Token) -> bool:
        return is_person(token.lemma.lower()) or is_person(token.text.lower())

    def _name_beside(self, head: int) -> _Named | None:
        """The name that stands by a noun: "UN spokeswoman Ilse Marn", "the militant group Ansaru", "the city of Goma"."""
        token = self.tokens[head]
        lemma = _noun(token)
        if token.upos not in ("NOUN", "PROPN"):
            return None
        for k in self.sentence.children[head]:
            name = self.named.get(k)
            if name is None or k < head or self._head_of(name) != k or head in range(name.first, name.last):
                continue
            rel = base(self.tokens[k].rel)
            is_next = name.first == head + 1 and rel in ("appos", "flat", "compound", "nmod", "dep")
            if name.kind == "Person" and not is_group(name.text):
                if self._is_person(token) and rel in ("appos", "flat"):
                    return name
            elif name.kind in ("Organization", "Person") and is_next and lemma in words("antecedents", "nouns", "bodies"):
                return name
            elif name.kind == "Location" and lemma in words("antecedents", "descriptions", "places", "local"):
                is_of = name.first == head + 2 and self.tokens[head + 1].text.lower() == "of"
                if is_next or (is_of and rel == "nmod"):
                    return name
        return None

    def _titles(self, name: _Named) -> list[int]:
        """The words that give a named person an office or rank: before the name, or set behind it between commas."""
        found = []
        titles = words("antecedents", "nouns", "titles")
        for at in range(name.first, name.last):
            for k in self.sentence.children[at]:
                token = self.tokens[k]
                rel = base(token.rel)
                if k in self.named or name.first <= k < name.last:
                    continue
                if k > at and rel == "appos" and self._is_person(token):
                    self.taken.add(k)
                    found.append(k)
                elif k < at and rel in ("compound", "flat", "amod", "nmod", "appos") and token.rel != "nmod:poss":
                    if self._is_person(token) or token.text.lower() in titles:
                        found.append(k)
                        self.taken.add(k)
                    elif rel in ("compound", "amod"):
                        found.append(k)
        head = self._head_of(name)
        above = self.tokens[head].head
        if base(self.tokens[head].rel) in ("appos", "flat", "compound") and above >= 0 and above not in self.named and self._is_person(self.tokens[above]):
            found.append(above)
        return found

    def _modifiers(self, k: int) -> list[str]:
        return [self.tokens[c].text.lower() for c in self.sentence.children[k] if base(self.tokens[c].rel) in ("amod", "compound")]

    def _opens(self, head: int, start: int, end: int, *, is_title: bool) -> int:
        """Where the whole phrase begins: at its article, or at the title before a name."""
        titles = words("antecedents", "nouns", "titles")
        at = start
        while is_title and at > 0 and (self._is_person(self.tokens[at - 1]) or self.tokens[at - 1].text.lower() in titles):
            at -= 1
        while at > 0 and self.tokens[at - 1].head in (head, start) and self.tokens[at - 1].rel in ("amod", "compound", "nummod") and start != at:
            at -= 1
        if at > 0 and self.tokens[at - 1].upos == "DET" and at <= self.tokens[at - 1].head < end:
            at -= 1
        return at

    def _determiner(self, head: int, start: int) -> str:
        found = next((self.tokens[k].text.lower() for k in self.sentence.children[head] if k < head and base(self.tokens[k].rel) == "det"), "")
        if not found and start > 0 and self.tokens[start - 1].upos == "DET":
            found = self.tokens[start - 1].text.lower()
        return found if found in _DETERMINERS or not found else "any"

    def _extent(self, head: int) -> tuple[int, int]:
        """The words of a naming that is no proper name: from after the article to the head, with "of" and what follows it."""
        tokens = self.tokens
        start = head
        while start > 0 and self._is_modifier(start - 1, head):
            start -= 1
        while start < head and (tokens[start].upos in ("DET", "PUNCT", "ADP", "ADV") or tokens[start].text.lower() in _OWNERS):
            start += 1
        end = self._flat_end(head)
        if end < len(tokens) and tokens[end].text.lower() == "of":
            below = tokens[end].head
            if tokens[below].head == head and below > end and base(tokens[below].rel) == "nmod" and tokens[below].upos in ("NOUN", "PROPN", "NUM"):
                end = self._flat_end(below) if below - end <= _LONG_OF else end
        return start, end

    def _flat_end(self, head: int) -> int:
        end = head + 1
        while end < len(self.tokens) and self.tokens[end].head == head and base(self.tokens[end].rel) in ("flat", "goeswith"):
            end += 1
        return end

    def _is_modifier(self, k: int, head: int) -> bool:
        """Whether word k belongs to the words before a head: its modifiers and owners, and what belongs to them."""
        at = k
        for _ in range(4):
            token = self.tokens[at]
            rel = base(token.rel)
            if token.head == head:
                return rel in ("compound", "amod", "nummod", "flat", "det", "punct") or token.rel in ("nmod:poss", "nmod:desc")
            if token.head < 0 or not (
                rel in ("compound", "amod", "nummod", "flat", "det", "punct", "advmod", "obl", "case", "conj", "cc") or token.rel == "nmod:poss"
            ):
                return False
            if token.head > head:
                return False
            at = token.head
        return False

    # -- what a phrase names

    def _kinds(self, head: int, name: _Named | None) -> Kinds:
        token = self.tokens[head]
        if name is not None:
            return self._kinds_of_name(head, name)
        lemma = _noun(token)
        if token.upos == "PRON":
            return _PERSON
        if token.upos == "PROPN" or _is_code(token):
            if is_group(token.text) or token.text.isupper() or _is_code(token) or lemma in words("antecedents", "nouns", "bodies"):
                return _BODY
            if is_person(lemma):
                return _PERSON
            return ANYTHING if token.xpos != "NNPS" else ANYTHING - _PLACE
        if lemma in words("antecedents", "nouns", "quantities"):
            lemma = next((self.tokens[k].lemma.lower() for k in self.sentence.children[head] if k > head and base(self.tokens[k].rel) == "nmod"), lemma)
        found = {kind for kind, nouns in ((BODY, "bodies"), (PLACE, "places")) if lemma in words("antecedents", "nouns", nouns)}
        if is_person(lemma) or lemma in words("antecedents", "nouns", "several") | words("antecedents", "nouns", "animals"):
            found.add(PERSON)
        if not found or lemma in words("antecedents", "nouns", "animals"):
            found.add(THING)
        return frozenset(found)

    def _kinds_of_name(self, head: int, name: _Named) -> Kinds:
        """By the reader's type, corrected where the words around it or the lists know better."""
        if is_group(name.text):
            return _BODY
        if name.kind in ("Location", "Organization") and (name.text in countries() or name.text in table("antecedents")["capitals"]):
            return _PARTY
        if name.last - name.first == 1 and not name.text.isupper() and self._is_placed(head):
            return {"Organization": _PARTY, "NORP": _OF_NAME["NORP"], "Product": _OF_NAME["Product"]}.get(name.kind, _PLACE)
        return _OF_NAME.get(name.kind, ANYTHING)

    def _is_placed(self, head: int) -> bool:
        """Whether a preposition of place stands before the phrase: readers take unheard-of towns for persons."""
        return any(k < head and base(self.tokens[k].rel) == "case" and self.tokens[k].text.lower() in _PLACED for k in self.sentence.children[head])

    def _number(self, head: int, name: _Named | None, kinds: Kinds) -> str:
        token = self.tokens[head]
        lemma = _noun(token)
        if name is not None:
            if name.kind == "NORP":
                return "many" if token.text.endswith("s") and not token.text.isupper() else "either"
            return "either" if BODY in kinds else "one"
        below = [k for k in self.sentence.children[head] if k > head and base(self.tokens[k].rel) == "nmod"]
        if lemma in words("antecedents", "nouns", "quantities") and below:
            return "either" if lemma in ("kind", "sort", "type", "part", "rest", "one", "each") else "many"
        if (token.xpos in ("NNS", "NNPS") or lemma != token.lemma.lower()) and lemma not in _FEW:
            return "many"
        if token.upos == "PRON" or lemma in words("antecedents", "nouns", "several"):
            return "either"
        if any(self.tokens[k].text.lower() not in ("one", "1") for k in self.sentence.children[head] if k < head and base(self.tokens[k].rel) == "nummod"):
            return "many"
        return "either" if BODY in kinds else "one"

    def _gender(self, head: int, person: _Named | None, said: set[str]) -> str:
        men, women = words("antecedents", "nouns", "male"), words("antecedents", "nouns", "female")
        told = {"m" if word in men else "f" for word in said if word in men | women}
        if person is not None:
            given = person.text.casefold().split()
            if not told and len(given) > 1:
                told = {sex for sex, known in (("m", "men"), ("f", "women")) if given[0] in words("antecedents", "names", known)}
        elif not said:
            lemma = self.tokens[head].lemma.lower().rpartition("-")[2]
            told = {"m"} if lemma in men else {"f"} if lemma in women or lemma.endswith("woman") else set()
        return told.pop() if len(told) == 1 else ""

    # -- phrases joined by "and"

    def _joined(self, found: Sequence[Nominal]) -> list[Nominal]:
        at_head = {n.head: n for n in found}
        used: set[int] = set()
        groups: dict[int, list[Nominal]] = {}
        for n in found:
            for k in self.sentence.children[n.head]:
                if base(self.tokens[k].rel) == "conj" and k in at_head and n.head not in used:
                    groups.setdefault(n.head, [n]).append(at_head[k])
                    used.add(k)
        # Readers now and then hang both phrases on the verb: "Myanmar's military and the Arakan Front clashed".
        for a, b in pairwise(found):
            if {a.head, b.head} & (groups.keys() | used) or self.tokens[a.head].head != self.tokens[b.head].head:
                continue
            if a.last + 1 == b.first and self.tokens[a.last].text.lower() == "and":
                groups[a.head] = [a, b]
        ends = {members[-1].head: members for members in groups.values() if self._is_and(members)}
        return [each for n in found for each in ([n, _together(ends[n.head])] if n.head in ends else [n])]

    def _is_and(self, members: Sequence[Nominal]) -> bool:
        if members[-1].first - members[0].last > _LONG_LIST:
            return False
        between = {t.text.lower() for t in self.tokens[members[0].last : members[-1].first]}
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


def _noun(token: Token) -> str:
    """The lemma of a noun; a plural that was read as a singular or a name is mended where the lists know the noun."""
    lemma = token.lemma.lower()
    single = lemma[:-1]
    return single if lemma.endswith("s") and not is_person(lemma) and (is_person(single) or single in words("antecedents", "hostile", "names")) else lemma


def _is_code(token: Token) -> bool:
    """A name like M23, whatever the tagger makes of it."""
    return token.upos in ("NUM", "NOUN", "X", "SYM") and token.text[:1].isupper() and any(c.isdigit() for c in token.text) and token.text.isalnum()


def is_empty(sentence: Sentence, i: int) -> bool:
    """Whether an "it" stands for nothing: weather, time, a clause that follows, or the word brought to the front."""
    tokens, below = sentence.tokens, sentence.children
    token = tokens[i]
    if token.rel.startswith("expl"):
        return True
    if token.head < 0 or token.rel == "nmod:poss":
        return False
    verb = token.head
    if base(token.rel) in ("obj", "iobj") or (base(token.rel) == "nsubj" and i > verb):
        # "made it clear that …"
        told = next((k for k in range(i + 1, min(i + 4, len(tokens))) if tokens[k].upos == "ADJ"), None)
        return tokens[verb].lemma.lower() in _list("objects") and told is not None and _leads_on(sentence, told, _CLAUSE)
    if base(token.rel) != "nsubj":
        return False
    said = verb
    if tokens[verb].upos == "AUX":  # the plain reader hangs all on the verb: "it is clear"
        said = next((k for k in range(verb + 1, min(verb + 5, len(tokens))) if tokens[k].upos in ("ADJ", "NOUN", "VERB", "NUM", "PROPN")), verb)
    lemma = tokens[said].lemma.lower()
    is_passive = any(tokens[c].rel == "aux:pass" for c in below[said]) or (said != verb and tokens[said].upos == "VERB") or token.rel == "nsubj:pass"
    has_be = said != verb or any(base(tokens[c].rel) == "cop" for c in below[said])
    if is_passive:
        return lemma in _list("passives") and _leads_on(sentence, said, _FINITE)
    if has_be:
        return _is_empty_with_be(sentence, said, lemma)
    if lemma in _list("weather"):
        return True
    if lemma in _list("raising"):
        return _leads_on(sentence, said, _FINITE | {"as", "like"})
    if lemma in _list("costs"):
        return _leads_on(sentence, said, frozenset(("to",)), far=True) or any(
            tokens[c].lemma.lower() in words("antecedents", "nouns", "times") for c in below[said]
        )
    return lemma == "come" and i > 0 and tokens[i - 1].text.lower() == "when" and _leads_on(sentence, said, frozenset(("to",)))


_FINITE = frozenset("that whether why how who what when where which if".split())
_CLAUSE = _FINITE | {"to", "for"}


def _list(name: str) -> frozenset[str]:
    return words("antecedents", "pleonastic", name)


def _is_empty_with_be(sentence: Sentence, said: int, lemma: str) -> bool:
    tokens, below = sentence.tokens, sentence.children
    token = tokens[said]
    if token.upos in ("ADJ", "ADV") and (lemma in _list("adjectives") or token.text.lower() in _list("adjectives")):
        return _leads_on(sentence, said, _CLAUSE, far=True) or any(base(tokens[c].rel) in ("csubj", "ccomp") for c in below[said])
    if token.upos == "ADJ" and lemma in _list("weather_adjectives"):
        return True
    if lemma in words("antecedents", "nouns", "times") or (
        token.upos == "NUM" and any(t.text.lower() in ("am", "pm", "a.m.", "p.m.", "o'clock") for t in tokens[said + 1 : said + 2])
    ):
        return not any(tokens[c].text.lower() in ("a", "an") for c in below[said])
    if lemma in _list("nouns") and _leads_on(sentence, said, _CLAUSE):
        return True
    # "It was the navy that shelled …", "it was in May that …"
    is_definite = token.upos == "PROPN" or any(base(tokens[c].rel) == "case" or tokens[c].text.lower() == "the" for c in below[said])
    cleft = any(tokens[c].rel == "acl:relcl" and c > said for c in below[said]) or (said + 1 < len(tokens) and tokens[said + 1].text.lower() in ("that", "who"))
    return is_definite and cleft


def _leads_on(sentence: Sentence, k: int, openers: frozenset[str], *, far: bool = False) -> bool:
    """Whether one of these words follows soon, before the clause ends."""
    for token in sentence.tokens[k + 1 : k + (9 if far else 4)]:
        if token.upos == "PUNCT" and token.text not in ("-", "–"):
            return False
        if token.text.lower() in openers:
            return True
    return False
