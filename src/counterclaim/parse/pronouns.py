"""Turn a pronoun into what it means: the best of its candidates, or nobody, with those that are left.

What it captures: he, she, it and they with their object, possessive and reflexive forms; "who" and "which" by the phrase
they stand behind.

What it does not: I, we and you; deeds ("the governor called it a mistake"); "it" that stands for nothing ("it rained") and
"they" of people at large. Two candidates that lie equally near leave the pronoun open, with both of them.

Example: "General Tun Aye left his post" → his: Tun Aye; "subject of its own clause".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from counterclaim.core.mention import Reference
from counterclaim.knowledge.lexicon import words
from counterclaim.parse.candidates import ranked
from counterclaim.parse.clauses import role
from counterclaim.parse.empty import is_empty
from counterclaim.parse.entities import Pronoun, Scored, shown
from counterclaim.parse.kinds import A_PERSON
from counterclaim.parse.memory import Memory
from counterclaim.parse.signs import because

FORMS = {
    form: name
    for name, forms in {
        "he": "he him his himself",
        "she": "she her hers herself",
        "it": "it its itself",
        "they": "they them their theirs themselves",
    }.items()
    for form in forms.split()
}
_REFLEXIVE = frozenset("himself herself itself themselves".split())

# Two candidates nearer to each other than this leave the pronoun open. Over the freely licensed genres of GUM's training
# part precision and f1 are 70.1 and 61.6 without a margin, 71.8 and 59.8 with 0.3, 74.2 and 58.0 with 0.6. It moves with
# the weights: when they are fitted anew and grow, so must it.
_MARGIN = 0.3
# What the best candidate must reach. "He" and "they" nearly always mean somebody, "it" often means nothing.
_ENOUGH = {"he": -0.5, "she": -0.5, "it": 0.0, "they": -0.5}


def pronoun(memory: Memory, i: int) -> Iterator[Reference]:
    """The reference of a pronoun; none for an "it" that stands for nothing."""
    token = memory.sentence.tokens[i]
    lower = token.text.lower()
    form = FORMS[lower]
    if form == "it" and is_empty(memory.sentence, i):
        return
    does = role(memory.sentence, i)
    p = Pronoun(i, token.span, form, does, memory.clauses.of[i], lower in _REFLEXIVE, memory.inside[i])
    if form == "it" and _is_deed(memory, i):
        yield Reference(p.span, None, because="what was done, which no phrase names")
        return
    found = ranked(memory, p)
    best = None if _says_of_itself(memory, p) else _choice(p, found)
    spans = shown(found)
    if best is None:
        yield Reference(p.span, None, spans, "several lie equally near" if found and found[0].score >= _ENOUGH[form] else "nobody near who fits")
        return
    entity = best.entity
    if form in ("he", "she"):
        entity.gender = entity.gender or ("m" if form == "he" else "f")
        entity.kinds = A_PERSON
    yield Reference(p.span, entity.naming, spans, because(best.features))
    memory.here[i] = entity
    memory.note(memory.mention(i, entity, form=form))


def _says_of_itself(memory: Memory, p: Pronoun) -> bool:
    """Whether an "it" left open is the subject around this one: "it says it has taken …" is open twice or not at all."""
    tokens = memory.sentence.tokens
    if p.form != "it":
        return False
    for clause in memory.clauses.around(p.clause):
        subject = memory.clauses.subject(clause)
        if subject is not None and subject < p.at and FORMS.get(tokens[subject].text.lower()) == p.form and tokens[subject].upos == "PRON":
            return subject not in memory.here
    return False


def _choice(p: Pronoun, found: Sequence[Scored]) -> Scored | None:
    """The first candidate, when it is good enough and the second is not equally near."""
    if not found or found[0].score < _ENOUGH[p.form] or (len(found) > 1 and found[0].score - found[1].score < _MARGIN):
        return None
    return found[0]


def _is_deed(memory: Memory, i: int) -> bool:
    """Whether it is judged ("called it a mistake"): then what was done is meant."""
    tokens = memory.sentence.tokens
    verb = tokens[i].head
    if verb < 0 or tokens[verb].lemma.lower() not in words("antecedents", "nouns", "naming_verbs") or i < verb:
        return False
    return any(token.lemma.lower() in words("antecedents", "nouns", "deeds") for token in tokens[i + 1 : i + 6])


def relative(memory: Memory, i: int) -> Iterator[Reference]:
    """For "who" and "which" the phrase that their clause stands by."""
    tokens = memory.sentence.tokens
    clauses = (clause for clause in memory.clauses.around(memory.clauses.of[i]) if tokens[clause].rel == "acl:relcl")
    head = next((tokens[clause].head for clause in clauses), None)
    if head is None and i > 1 and tokens[i - 1].text == ",":
        head = i - 2 if i - 2 in memory.here else tokens[i - 2].head  # without a tree: what stands before the comma
    if head in memory.here:
        yield Reference(tokens[i].span, memory.here[head].naming, because="the clause stands by it")
