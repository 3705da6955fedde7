"""Turn a sentence into its phrases that something can refer back to, with what they name, their number, gender and role.

What it captures: names as a whole and phrases around a noun, titles and appositions folded into the name they stand by
("UN spokeswoman Ilse Marn" is Ilse Marn, a spokeswoman).

What it does not: verbs and clauses ("they fired; it was a mistake"), measures of time, adjectives used as nouns.

Example: "The villagers of Kasenyi left" → "villagers of Kasenyi": persons, several, a subject.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from counterclaim.core.mention import Name
from counterclaim.core.span import Span
from counterclaim.core.syntax import Sentence
from counterclaim.knowledge.lexicon import words
from counterclaim.parse.agreement import gender, number
from counterclaim.parse.clauses import OWNERS, base, role
from counterclaim.parse.extents import determiner, extent, opens
from counterclaim.parse.kinds import PERSON, Kinds, is_code, is_group, kinds_of, noun
from counterclaim.parse.names import countries
from counterclaim.parse.proper import folded, proper_names
from counterclaim.parse.titles import modifiers, name_beside, sides, titles

# Relations inside a phrase: such a word heads no phrase of its own.
_INSIDE = frozenset("compound flat fixed goeswith amod nummod det case cc mark punct reparandum discourse".split())
_SOMEONE = frozenset("someone somebody anyone anybody everyone everybody nobody".split())


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


def nominals(text: str, sentence: Sentence, names: Sequence[Name]) -> list[Nominal]:
    """The phrases of a sentence in order of their heads."""
    return _Phrases(text, sentence, names).read()


class _Phrases:
    """Reads the phrases of one sentence."""

    def __init__(self, text: str, sentence: Sentence, names: Sequence[Name]) -> None:
        self.text, self.sentence, self.tokens = text, sentence, sentence.tokens
        self.named = proper_names(text, sentence, names)
        self.sides = sides(sentence, self.named)
        self.taken: set[int] = set()  # words that are a part of another phrase

    def read(self) -> list[Nominal]:
        found = [n for i in range(len(self.tokens)) if self._heads_phrase(i) and (n := self._nominal(i)) is not None]
        return [n for n in found if n.head not in self.taken]

    def _heads_phrase(self, i: int) -> bool:
        token = self.tokens[i]
        if i in self.taken or token.text.lower() in ("former", "latter"):
            return False
        if i in self.named:
            # "Syrian" in "the Syrian army" is no mention of anybody.
            is_adjective = token.upos == "ADJ" or countries().get(self.named[i].text) == "NORP"
            return i == self.named[i].head(self.sentence) and not (is_adjective and base(token.rel) in ("amod", "compound"))
        if token.upos == "PRON":
            return token.text.lower() in _SOMEONE
        if base(token.rel) in _INSIDE or token.rel == "nmod:desc":
            return False
        return token.upos in ("NOUN", "PROPN") or is_code(token)

    def _nominal(self, head: int) -> Nominal | None:
        sentence, tokens = self.sentence, self.tokens
        token = tokens[head]
        name = self.named.get(head)
        lemma = noun(token)
        if lemma in words("antecedents", "nouns", "times") and (name is None or base(token.rel) in ("obl", "nmod")):
            return None
        side = self.sides.get(head, "")
        said: set[str] = set()
        beside = name_beside(sentence, self.named, head) if name is None else None
        if beside is not None:
            name, side = beside, side or self.sides.get(beside.head(sentence), "")
            self.taken.update(range(beside.first, beside.last))
        is_person_name = name is not None and name.kind == "Person" and not is_group(name.text)
        if is_person_name and name is not None:
            said |= {lemma, *modifiers(sentence, head)} if beside is not None else set()
            told, taken = titles(sentence, self.named, name)
            self.taken |= taken
            for k in told:
                said |= {tokens[k].lemma.lower(), tokens[k].text.lower(), *modifiers(sentence, k)}
                side = side or self.sides.get(k, "")
        start, end = (name.first, name.last) if name else extent(sentence, head)
        kinds = kinds_of(sentence, head, name)
        article = determiner(sentence, head, start)
        begins = opens(sentence, head, start, max(end, head + 1), is_title=is_person_name)
        content = {w for k in range(start, end) if tokens[k].upos not in ("DET", "ADP", "PUNCT") for w in (tokens[k].text.lower(), tokens[k].lemma.lower())}
        span = Span(tokens[start].start, tokens[end - 1].end)
        is_named = name is not None or (token.upos == "PROPN" and article not in ("a", "an")) or is_code(token)
        is_named = is_named and not (article == "the" and end - start == 1 and lemma in words("antecedents", "descriptions", "fighters"))
        return Nominal(
            head=head,
            first=begins,
            last=end,
            span=span,
            phrase=Span(tokens[begins].start, tokens[end - 1].end),
            kinds=kinds,
            number=number(sentence, head, name, kinds),
            gender=gender(sentence, head, name if is_person_name else None, said) if PERSON in kinds else "",
            role=role(sentence, head),
            word=lemma,
            words=frozenset(content | said | ({lemma} if beside is not None else set())),
            determiner=article,
            name=folded(span.of(self.text)) if is_named else "",
            roles=frozenset(said or ({lemma} if name is None and PERSON in kinds else ())),
            side=side,
            is_owned=any(tokens[k].rel == "nmod:poss" or tokens[k].text.lower() in OWNERS for k in sentence.children[head] if k < head),
            is_told_apart=any(k >= end and base(tokens[k].rel) in ("nmod", "acl") for k in sentence.children[head]),
        )
