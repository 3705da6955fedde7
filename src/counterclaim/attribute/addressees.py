"""Turn the object or "to" phrase of a verb of speech into whom the words were said to.

What it captures: "told CNN that …", "wrote to the council that …"; participles that say of the subject what it was told.

What it does not: who else heard it; a "to" phrase inside what is said.

Example: "The general told Harrow Wire that three soldiers were killed" → addressee: Harrow Wire.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from counterclaim.attribute.pieces import phrase
from counterclaim.core.span import Span
from counterclaim.core.syntax import Sentence
from counterclaim.core.voice import Voice

# Verbs whose object or "to" phrase is whom the words are said to.
_TOLD = frozenset("tell inform assure warn remind brief notify".split())
_SAID_TO = frozenset("say write complain report announce explain".split())


def addressed(text: str, sentence: Sentence, verb: int, content: Sequence[Span], voice: Voice) -> Voice:
    """The voice with whom it speaks to, when the sentence says so ("told CNN that …")."""
    lemma = sentence.tokens[verb].lemma
    for c in sentence.children[verb]:
        token = sentence.tokens[c]
        to = token.rel.startswith("obl") and any(sentence.tokens[k].lemma == "to" and sentence.tokens[k].rel == "case" for k in sentence.children[c])
        if (lemma in _TOLD and token.rel in ("obj", "iobj")) or (lemma in _SAID_TO and to):
            span = phrase(sentence, c)
            if token.upos in ("NOUN", "PROPN", "PRON") and not any(span.meets(x) for x in content):
                return msgspec.structs.replace(voice, addressee=span.of(text).removeprefix("to "))
    return voice


def is_told(sentence: Sentence, i: int) -> bool:
    """Whether the word is a participle that says of the subject what it was told."""
    token = sentence.tokens[i]
    aside = token.rel in ("advcl", "acl") and token.xpos == "VBN"
    return aside and token.lemma in _TOLD and not any(sentence.tokens[c].rel.startswith("aux") for c in sentence.children[i])


_TELLING = frozenset("tell inform assure warn remind".split())


def teller_over(sentence: Sentence, head: int) -> int | None:
    """The verb of telling whose hearer this verb only describes ("anybody who calls"); none where it has a clause of its own."""
    tokens = sentence.tokens
    if tokens[head].rel != "acl:relcl" or (hearer := tokens[head].head) < 0 or tokens[hearer].rel not in ("obj", "iobj"):
        return None
    verb = tokens[hearer].head
    own = any(tokens[c].rel in ("ccomp", "xcomp") for c in sentence.children[verb])
    return verb if tokens[verb].lemma in _TELLING and not own else None
