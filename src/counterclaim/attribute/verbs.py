"""Turn verbs of speech into acts of speech.

What it captures: a subject, a verb of speech and a clause or quotation; "by" phrases of passives; bare objects of verbs
that say or deny them ("denied the charge"); charges with whom and what ("accused the rebels of the killings"); the subject
of a verb before when this one shares it.

What it does not: words only hoped for, asked for or to come ("will respond"); verbs with an object that is nothing said
("called a meeting").

Example: "The army said it had taken Dagma" → source "The army", cue "said", content "it had taken Dagma".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from counterclaim.attribute.acts import act_of
from counterclaim.attribute.addressees import addressed, teller_over
from counterclaim.attribute.pieces import manner, minus, phrase, runs
from counterclaim.attribute.quotes import Quotation
from counterclaim.attribute.subjects import agent, cited, misread_subject, quoted, said_below
from counterclaim.attribute.voices import Namer
from counterclaim.core.span import Span
from counterclaim.core.syntax import Sentence
from counterclaim.core.voice import Attribution
from counterclaim.knowledge.lexicon import mapped, words

_CLAUSES = ("ccomp", "xcomp")
_SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "nsubj:outer")
# Verbs whose bare object is what is said or denied ("denied the charge", "announced a truce").
_TAKES_OBJECT = frozenset(
    "deny reject dismiss refute rebut dispute announce claim confirm admit acknowledge demand promise pledge report propose offer doubt question verify allege threaten condemn denounce expect fear predict".split()
)
# Verbs that lay a deed at somebody's door.
_CHARGES = frozenset("accuse blame suspect".split())
_NOT_YET = frozenset("will would shall may might could should must ’ll 'll".split())
# Verbs whose infinitive is said, or refused, after all.
_SAID_AFTER_ALL = frozenset("appear seem continue begin go refuse decline fail".split())


def by_verb(text: str, number: int, sentence: Sentence, quotations: Sequence[Quotation], namer: Namer) -> Iterator[Attribution]:
    """The acts of speech of a sentence whose cue is a verb."""
    cues = mapped("cues", "verbs")
    for i, token in enumerate(sentence.tokens):
        if (
            token.upos not in ("VERB", "AUX")
            or not (token.lemma in cues or measures(sentence, i))
            or _is_unsaid(sentence, i)
            or teller_over(sentence, i) is not None
        ):
            continue
        children = sentence.children[i]
        rels = {sentence.tokens[c].rel: c for c in reversed(children)}
        # "X was killed, the front announced": a subject of its own beside the passive one is the speaker's.
        passive = "aux:pass" in rels or ("nsubj:pass" in rels and "nsubj" not in rels)
        subject = next((rels[r] for r in _SUBJECTS if r in rels), None)
        if subject is None:
            whose = (quoted(sentence, i), misread_subject(sentence, i))
            subject = next((k for k in whose if k is not None), None)
        if subject is None and token.rel in ("conj", "xcomp", "advcl", "acl"):
            subject = _inherited(sentence, i)
        if token.rel in ("acl:relcl", "acl") and (subject is None or sentence.tokens[subject].lemma in ("who", "which", "that")):
            subject = token.head if token.head >= 0 else None
        content = _content(sentence, i, rels, quotations, passive=passive)
        if not content and quoted(sentence, i) is not None:
            # "Eight were killed, the radio quoted a nurse as saying": what she says stands before.
            content = runs(sentence, said_below(sentence, token.head))
        source = subject
        if (by := cited(sentence, i)) is not None:
            source, content = by[0], runs(sentence, said_below(sentence, by[1]))
        elif (passive and token.lemma not in ("quote", "cite")) or agent(sentence, i) is not None:
            source = agent(sentence, i)
        if not content:
            continue
        span = phrase(sentence, source) if source is not None else None
        if span is not None and any(span.meets(c) for c in content):
            content = [piece for c in content for piece in minus(c, span)]
        act, hedges = act_of(sentence, i)
        how = manner(content, quotations)
        voice = addressed(text, sentence, i, content, namer.voice(sentence, source, cue=token.text, manner=how, context=sentence))
        yield Attribution(sentence=number, source=span, cue=token.span, content=tuple(content), act=act, voice=voice, hedges=hedges)


def measures(sentence: Sentence, i: int) -> int | None:
    """The number a verb lays on its object ("put the dead at 40"); none for another verb, or another use of this one."""
    tokens = sentence.tokens
    measured = next((c for c in sentence.children[i] if tokens[c].rel == "obj"), None)
    if tokens[i].lemma not in words("cues", "measuring", "verbs") or measured is None:
        return None
    # Wherever the parser hangs the number, it stands behind "at", after what is measured.
    at = next((k for k in sentence.subtree(i) if k > measured and tokens[k].lemma == "at" and tokens[k].rel == "case"), None)
    return next((k for k in range(at + 1, min(at + 5, len(tokens))) if tokens[k].upos == "NUM"), None) if at is not None else None


def _is_unsaid(sentence: Sentence, i: int) -> bool:
    """Whether the words are only hoped for, asked for or to come ("will respond", "is expected to announce")."""
    tokens = sentence.tokens
    if any(tokens[c].rel.startswith("aux") and tokens[c].text.lower() in _NOT_YET for c in sentence.children[i]):
        return True
    return tokens[i].rel == "xcomp" and tokens[i].head >= 0 and tokens[tokens[i].head].lemma not in _SAID_AFTER_ALL


def _content(sentence: Sentence, i: int, rels: dict[str, int], quotations: Sequence[Quotation], *, passive: bool) -> list[Span]:
    tokens = sentence.tokens
    verb = tokens[i]
    clause = next((c for c in sentence.children[i] if tokens[c].rel in _CLAUSES), None)
    if verb.rel == "parataxis" and verb.head >= 0:
        own = set(sentence.subtree(i))
        return runs(sentence, [k for k in sentence.subtree(verb.head) if k not in own])
    if clause is not None:
        kept = [k for k in sentence.subtree(clause) if tokens[k].rel != "mark" or tokens[k].head != clause or tokens[k].lemma not in ("that", "whether", "if")]
        return runs(sentence, kept)
    if (saying := next((c for c in sentence.children[i] if quoted(sentence, c) is not None), None)) is not None:
        return runs(sentence, sentence.subtree(saying))
    speech = next(
        (
            c
            for c in sentence.children[i]
            if tokens[c].rel in ("parataxis", "obj", "dep", "obl") and any(q.span.holds(tokens[c].span) for q in quotations if q.is_speech)
        ),
        None,
    )
    if speech is not None and verb.lemma not in ("call",):
        return runs(sentence, sentence.subtree(speech))
    if (number := measures(sentence, i)) is not None and "obj" in rels:
        first = min(sentence.subtree(rels["obj"]))
        # What is measured and its number; the parser hangs what stands behind the number on the verb.
        after = [k for k in sentence.subtree(i) if k > number and tokens[k].rel != "punct"]
        return [Span(tokens[first].start, tokens[max([number, *after])].end)]
    if verb.lemma in _CHARGES:
        # "Accused the rebels of the killings": the charge is who and what together.
        whom = rels.get("nsubj:pass" if passive else "obj")
        what = [c for c in sentence.children[i] if tokens[c].rel in ("obl", "advcl") and any(tokens[k].lemma in ("of", "for") for k in sentence.children[c])]
        if whom is not None and what:
            return [span for head in (whom, *what) for span in runs(sentence, sentence.subtree(head))]
    if "obj" in rels and verb.lemma in _TAKES_OBJECT and not passive:
        return runs(sentence, sentence.subtree(rels["obj"]))
    if passive and verb.lemma in _TAKES_OBJECT and "nsubj:pass" in rels:
        return runs(sentence, sentence.subtree(rels["nsubj:pass"]))
    return []


def _inherited(sentence: Sentence, i: int) -> int | None:
    """The subject of the clause this verb shares it with ("X said … and added …")."""
    for above in sentence.ancestors(i):
        for c in sentence.children[above]:
            if sentence.tokens[c].rel in _SUBJECTS:
                return c
        if sentence.tokens[above].rel not in ("conj", "xcomp"):
            break
    return None
