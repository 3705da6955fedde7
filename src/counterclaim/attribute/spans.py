"""Turn parsed sentences into acts of speech: source, cue and content, by the tags of the engine and the constructions that carry them."""

from __future__ import annotations

from collections.abc import Sequence

from counterclaim.attribute.according import by_according, dealt
from counterclaim.attribute.announced import announced
from counterclaim.attribute.carried import carried
from counterclaim.attribute.colons import by_colon
from counterclaim.attribute.nouns import by_noun
from counterclaim.attribute.outermost import outermost
from counterclaim.attribute.quotes import Quotation
from counterclaim.attribute.verbs import by_verb
from counterclaim.attribute.voices import Namer
from counterclaim.core.nearby import Nearby
from counterclaim.core.syntax import Sentence, Tagged
from counterclaim.core.voice import Attribution


def attributions(
    text: str, sentences: Sequence[Sentence], quotations: Sequence[Quotation], namer: Namer, tagged: Sequence[Sequence[Tagged]] = ()
) -> list[Attribution]:
    """Every act of speech of the report, in order of its sentence and cue.

    With the engine's tags the outermost acts are the tagger's, and the constructions add what it does not look for:
    voices inside what others say, and acts it passed over. Without tags the constructions do it all.
    """
    found: list[Attribution] = list(outermost(text, sentences, quotations, namer, tagged)) if tagged else []
    known = Nearby((a.cue, (a.cue,)) for a in found)
    marks = Nearby((q, (q.span,)) for q in quotations)
    for number, sentence in enumerate(sentences):
        near = marks.of(sentence.span)
        of_sentence = [
            *by_verb(text, number, sentence, near, namer),
            *by_according(number, sentence, near, namer),
            *by_colon(number, sentence, namer),
            *by_noun(number, sentence, near, namer),
        ]
        found.extend(a for a in of_sentence if not any(a.cue.meets(cue) for cue in known.of(a.cue)))
    found = dealt(text, sentences, found)
    found.extend(announced(sentences, quotations, namer))
    found.extend(carried(text, sentences, quotations, found))
    return sorted(found, key=lambda a: (a.sentence, a.cue, a.content))
