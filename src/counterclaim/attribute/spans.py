"""Find acts of speech in parsed sentences: source, cue and content, by the constructions that carry them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from counterclaim.attribute.acts import act_of
from counterclaim.attribute.announced import announced
from counterclaim.attribute.quotes import Quotation
from counterclaim.attribute.tagged import relations
from counterclaim.attribute.voices import Namer
from counterclaim.core.span import Span
from counterclaim.core.syntax import Sentence, Tagged
from counterclaim.core.voice import Attribution, Manner, Voice
from counterclaim.knowledge.lexicon import mapped, words

_CLAUSES = ("ccomp", "xcomp")
_SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "nsubj:outer")
# Verbs whose bare object is what is said or denied ("denied the charge", "announced a truce").
_TAKES_OBJECT = frozenset(
    "deny reject dismiss refute rebut dispute announce claim confirm admit acknowledge demand promise pledge report propose offer doubt question verify allege threaten condemn denounce expect fear predict".split()
)
# Verbs that lay a deed at somebody's door.
_CHARGES = frozenset("accuse blame suspect".split())
# Verbs that attribute only with a clause or a quotation ("call on X to …" and "plan to …" do; "call a meeting" does not).
_NEEDS_CLAUSE = frozenset("ask order want plan call commit guarantee wish hope".split())


def attributions(
    text: str, sentences: Sequence[Sentence], quotations: Sequence[Quotation], namer: Namer, tagged: Sequence[Sequence[Tagged]] = ()
) -> list[Attribution]:
    """Every act of speech of the report, in order of its sentence and cue.

    With the engine's tags the outermost acts are the tagger's, and the constructions add what it does not look for:
    voices inside what others say, and acts it passed over. Without tags the constructions do it all.
    """
    found: list[Attribution] = list(outermost(text, sentences, quotations, namer, tagged)) if tagged else []
    known = [a.cue for a in found]
    for number, sentence in enumerate(sentences):
        of_sentence = [
            *_by_verb(text, number, sentence, quotations, namer),
            *_by_phrase(text, number, sentence, quotations, namer),
            *_by_colon(text, number, sentence, namer),
            *_by_noun(number, sentence, quotations, namer),
        ]
        found.extend(a for a in of_sentence if not any(a.cue.meets(cue) for cue in known))
    found = _dealt(text, sentences, found)
    found.extend(announced(sentences, quotations, namer))
    found.extend(_carried(text, sentences, quotations, found))
    return sorted(found, key=lambda a: (a.sentence, a.cue, a.content))


STACKED = "two sources stacked on one sentence"


def _dealt(text: str, sentences: Sequence[Sentence], found: Sequence[Attribution]) -> list[Attribution]:
    """Two "according to" in one sentence: each source gets the part that shares a name with it, else both keep all, flagged."""
    out = list(found)
    for number, sentence in enumerate(sentences):
        stacked = sorted((a for a in out if a.sentence == number and a.cue.of(text).lower() == "according to" and a.source is not None), key=lambda a: a.cue)
        if len(stacked) < 2:
            continue
        taken = [Span(a.cue.start, a.source.end) for a in stacked if a.source is not None]
        heads = [
            sentence.root,
            *(c for c in sentence.children[sentence.root] if sentence.tokens[c].rel == "conj" and sentence.tokens[c].upos in ("VERB", "AUX")),
        ]
        clauses = [[s for s in _runs(sentence, sentence.subtree(h, frozenset(("conj",)))) if not any(s.meets(t) for t in taken)] for h in heads]
        whole = _runs(sentence, [k for k in range(len(sentence.tokens)) if not any(t.meets(sentence.tokens[k].span) for t in taken)])
        owners = [[k for k, clause in enumerate(clauses) if clause and _shares_name(text, a, clause)] for a in stacked]
        parts = _parted(text, sentence, taken)
        if parts is not None and not any(owners):
            for a, part in zip(stacked, parts, strict=True):
                out[out.index(a)] = msgspec.structs.replace(a, content=(part,))
            continue
        plain = len(clauses) == len(stacked) and all(len(o) == 1 for o in owners) and len({o[0] for o in owners}) == len(owners)
        for k, a in enumerate(stacked):
            content = tuple(clauses[owners[k][0]]) if plain else tuple(whole)
            if content:
                out[out.index(a)] = msgspec.structs.replace(a, content=content, hedges=a.hedges if plain else (*a.hedges, STACKED))
    return out


_JOINS = re.compile(r"\W*(?:and|but|while|whereas)\b", re.IGNORECASE)


def _parted(text: str, sentence: Sentence, taken: Sequence[Span]) -> list[Span] | None:
    """The part before each "according to X", where every part is said before its source and "and" or "but" opens the next; else none."""
    starts = [sentence.span.start, *(t.end for t in taken[:-1])]
    parts = [Span(start, t.start) for start, t in zip(starts, taken, strict=True)]
    if any(len(p.of(text).split()) < 3 for p in parts) or not all(_JOINS.match(p.of(text)) for p in parts[1:]):
        return None
    tidy = []
    for part in parts:
        words = part.of(text)
        tidy.append(Span(part.start + len(words) - len(words.lstrip(" ,;")), part.start + len(words.rstrip(" ,;"))))
    return tidy


def _shares_name(text: str, act: Attribution, clause: Sequence[Span]) -> bool:
    """Whether the source and the clause name one thing: words that begin alike, with capitals (Qatar, Qatari)."""

    def stems(spans: Sequence[Span]) -> set[str]:
        return {w[:5].lower() for s in spans for w in s.of(text).split() if w[:1].isupper() and len(w) > 3}

    return act.source is not None and bool(stems([act.source]) & stems(clause))


def outermost(
    text: str, sentences: Sequence[Sentence], quotations: Sequence[Quotation], namer: Namer, tagged: Sequence[Sequence[Tagged]]
) -> Iterator[Attribution]:
    """The acts of speech the engine tagged, one a cue."""
    for relation in relations(sentences, tagged):
        number, first, last = relation.cue
        sentence = sentences[number]
        cue = Span(sentence.tokens[first].start, sentence.tokens[last - 1].end)
        pieces = [(n, Span(sentences[n].tokens[a].start, sentences[n].tokens[b - 1].end)) for n, a, b in relation.content]
        # What is reported indirectly stands in the cue's own paragraph; a headline above it is the outlet's.
        content = tuple(sorted(s for n, s in pieces if sentences[n].line == sentence.line or any(q.span.meets(s) for q in quotations)))
        if not content:
            continue
        head = _head(sentence, first, last)
        if sentence.tokens[head].lemma not in mapped("cues", "verbs"):
            # "Appeared to refute": the act is the inner verb's.
            head = next((i for i in range(last - 1, first - 1, -1) if sentence.tokens[i].lemma in mapped("cues", "verbs")), head)
        source = None if relation.source is None else _head(sentence, relation.source[1], relation.source[2])
        span = None if relation.source is None else Span(sentence.tokens[relation.source[1]].start, sentence.tokens[relation.source[2] - 1].end)
        if _is_told(sentence, head):
            # "Reminded that …, the governor said": whoever is reminded did not say it.
            source = span = None
        owner = _owner(sentence, head, "by", "from") if sentence.tokens[head].upos == "NOUN" else None
        if owner is not None:
            # "Allegations by the rebels that …" are the rebels', whoever speaks in the sentence.
            source, span = owner, _phrase(sentence, owner)
        act, hedges = act_of(sentence, head)
        if act in ("denies", "doubts"):
            # "The army denied the strike. “We hit a depot”": what is quoted next is said, not denied.
            objects = [c for c in sentence.children[head] if sentence.tokens[c].rel == "obj"]
            own = [span for c in objects for span in _runs(sentence, sentence.subtree(c))]
            content = tuple(c for c in content if c.meets(sentence.span)) or tuple(own) or content
        voice = _addressed(
            text, sentence, head, content, namer.voice(sentence, source, cue=cue.of(text), manner=_manner(content, quotations), context=sentence)
        )
        yield Attribution(sentence=number, source=span, cue=cue, content=content, act=act, voice=voice, hedges=hedges)


def _is_told(sentence: Sentence, i: int) -> bool:
    """Whether the word is a participle that says of the subject what it was told."""
    token = sentence.tokens[i]
    aside = token.rel in ("advcl", "acl") and token.xpos == "VBN"
    return aside and token.lemma in _TOLD and not any(sentence.tokens[c].rel.startswith("aux") for c in sentence.children[i])


def _owner(sentence: Sentence, noun: int, *cases: str) -> int | None:
    """Whose word a noun of saying is: its possessor, or the phrase led in by one of these prepositions."""
    tokens = sentence.tokens
    return next(
        (
            c
            for c in sentence.children[noun]
            if tokens[c].rel == "nmod:poss"
            or (tokens[c].rel == "nmod" and any(tokens[k].lemma in cases and tokens[k].rel == "case" for k in sentence.children[c]))
        ),
        None,
    )


# Verbs whose object or "to" phrase is whom the words are said to.
_TOLD = frozenset("tell inform assure warn remind brief notify".split())
_SAID_TO = frozenset("say write complain report announce explain".split())


def _addressed(text: str, sentence: Sentence, verb: int, content: Sequence[Span], voice: Voice) -> Voice:
    """The voice with whom it speaks to, when the sentence says so ("told CNN that …")."""
    lemma = sentence.tokens[verb].lemma
    for c in sentence.children[verb]:
        token = sentence.tokens[c]
        to = token.rel.startswith("obl") and any(sentence.tokens[k].lemma == "to" and sentence.tokens[k].rel == "case" for k in sentence.children[c])
        if (lemma in _TOLD and token.rel in ("obj", "iobj")) or (lemma in _SAID_TO and to):
            span = _phrase(sentence, c)
            if token.upos in ("NOUN", "PROPN", "PRON") and not any(span.meets(x) for x in content):
                return msgspec.structs.replace(voice, addressee=span.of(text).removeprefix("to "))
    return voice


def _head(sentence: Sentence, first: int, last: int) -> int:
    """The word of a run that the others hang on: the one whose head lies outside; for cues the last verb among those."""
    tokens = sentence.tokens
    outside = [i for i in range(first, last) if not first <= tokens[i].head < last]
    verbs = [i for i in outside if tokens[i].upos == "VERB"]
    nominal = [i for i in outside if tokens[i].upos in ("NOUN", "PROPN", "PRON")]
    return (verbs or nominal or outside or [first])[0]


def _by_verb(text: str, number: int, sentence: Sentence, quotations: Sequence[Quotation], namer: Namer) -> Iterator[Attribution]:
    cues = mapped("cues", "verbs")
    for i, token in enumerate(sentence.tokens):
        if token.upos not in ("VERB", "AUX") or token.lemma not in cues or _is_unsaid(sentence, i):
            continue
        children = sentence.children[i]
        rels = {sentence.tokens[c].rel: c for c in reversed(children)}
        passive = "aux:pass" in rels or "nsubj:pass" in rels
        subject = next((rels[r] for r in _SUBJECTS if r in rels), None)
        if subject is None and token.rel in ("conj", "xcomp", "advcl", "acl"):
            subject = _inherited(sentence, i)
        if token.rel in ("acl:relcl", "acl") and (subject is None or sentence.tokens[subject].lemma in ("who", "which", "that")):
            subject = token.head if token.head >= 0 else None
        content = _content(sentence, i, rels, quotations, passive=passive)
        if not content:
            continue
        source = subject
        if passive:
            agent = next(
                (
                    c
                    for c in children
                    if sentence.tokens[c].rel.startswith("obl")
                    and any(sentence.tokens[k].lemma == "by" and sentence.tokens[k].rel == "case" for k in sentence.children[c])
                ),
                None,
            )
            source = agent
            if token.lemma in ("quote", "cite"):
                source = subject
        span = _phrase(sentence, source) if source is not None else None
        if span is not None and any(span.meets(c) for c in content):
            content = [piece for c in content for piece in _minus(c, span)]
        act, hedges = act_of(sentence, i)
        manner = _manner(content, quotations)
        voice = _addressed(text, sentence, i, content, namer.voice(sentence, source, cue=token.text, manner=manner, context=sentence))
        yield Attribution(sentence=number, source=span, cue=token.span, content=tuple(content), act=act, voice=voice, hedges=hedges)


_NOT_YET = frozenset("will would shall may might could should must ’ll 'll".split())
# Verbs whose infinitive is said, or refused, after all.
_SAID_AFTER_ALL = frozenset("appear seem continue begin go refuse decline fail".split())


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
        return _runs(sentence, [k for k in sentence.subtree(verb.head) if k not in own])
    if clause is not None:
        kept = [k for k in sentence.subtree(clause) if tokens[k].rel != "mark" or tokens[k].head != clause or tokens[k].lemma not in ("that", "whether", "if")]
        return _runs(sentence, kept)
    quoted = next(
        (
            c
            for c in sentence.children[i]
            if tokens[c].rel in ("parataxis", "obj", "dep", "obl") and any(q.span.holds(tokens[c].span) for q in quotations if q.is_speech)
        ),
        None,
    )
    if quoted is not None and verb.lemma not in ("call",):
        return _runs(sentence, sentence.subtree(quoted))
    if verb.lemma in _CHARGES:
        # "Accused the rebels of the killings": the charge is who and what together.
        whom = rels.get("nsubj:pass" if passive else "obj")
        what = [c for c in sentence.children[i] if tokens[c].rel in ("obl", "advcl") and any(tokens[k].lemma in ("of", "for") for k in sentence.children[c])]
        if whom is not None and what:
            return [span for head in (whom, *what) for span in _runs(sentence, sentence.subtree(head))]
    if "obj" in rels and verb.lemma in _TAKES_OBJECT and not passive:
        return _runs(sentence, sentence.subtree(rels["obj"]))
    if passive and verb.lemma in _TAKES_OBJECT and "nsubj:pass" in rels and verb.lemma not in _NEEDS_CLAUSE:
        return _runs(sentence, sentence.subtree(rels["nsubj:pass"]))
    return []


def _runs(sentence: Sentence, indices: Sequence[int]) -> list[Span]:
    """Spans of neighbouring tokens, without punctuation at their ends."""
    spans: list[Span] = []
    group: list[int] = []
    for k in [*indices, -1]:
        if group and k != group[-1] + 1:
            while group and sentence.tokens[group[-1]].upos == "PUNCT":
                group.pop()
            while group and sentence.tokens[group[0]].upos == "PUNCT":
                group.pop(0)
            if group:
                spans.append(Span(sentence.tokens[group[0]].start, sentence.tokens[group[-1]].end))
            group = []
        if k >= 0:
            group.append(k)
    return spans


def _minus(span: Span, hole: Span) -> list[Span]:
    return [piece for piece in (Span(span.start, min(span.end, hole.start)), Span(max(span.start, hole.end), span.end)) if piece.end - piece.start > 3]


def _inherited(sentence: Sentence, i: int) -> int | None:
    """The subject of the clause this verb shares it with ("X said … and added …")."""
    for above in sentence.ancestors(i):
        for c in sentence.children[above]:
            if sentence.tokens[c].rel in _SUBJECTS:
                return c
        if sentence.tokens[above].rel not in ("conj", "xcomp"):
            break
    return None


def _phrase(sentence: Sentence, head: int) -> Span:
    """The noun phrase of this head with its titles and appositions, without relative clauses."""
    tokens = sentence.tokens
    # What is joined to a source is another source; a number or a deed joined to it belongs to what is said.
    other = {
        k
        for c in sentence.subtree(head)
        if c != head and tokens[c].rel == "conj" and any(tokens[j].upos in ("NUM", "VERB") for j in sentence.subtree(c))
        for k in sentence.subtree(c)
    }
    kept = [
        k for k in sentence.subtree(head, frozenset(("acl:relcl", "parataxis", "acl", "advcl"))) if k not in other and (k == head or tokens[k].rel != "punct")
    ]
    return Span(sentence.tokens[kept[0]].start, sentence.tokens[kept[-1]].end)


def _manner(content: Sequence[Span], quotations: Sequence[Quotation]) -> Manner:
    inside = sum(max(0, min(c.end, q.span.end) - max(c.start, q.span.start)) for c in content for q in quotations if q.is_speech)
    total = sum(c.end - c.start for c in content)
    return "indirect" if inside == 0 else "direct" if inside >= 0.9 * total else "mixed"


def _by_phrase(text: str, number: int, sentence: Sentence, quotations: Sequence[Quotation], namer: Namer) -> Iterator[Attribution]:
    """According to X: the source is the phrase's object, the content the clause it hangs on."""
    tokens = sentence.tokens
    for i, token in enumerate(tokens[:-1]):
        if token.text.lower() != "according" or tokens[i + 1].text.lower() != "to":
            continue
        source = (
            token.head
            if token.rel == "case" and token.head > i
            else next((k for k in range(i + 2, len(tokens)) if tokens[k].upos in ("NOUN", "PROPN", "PRON")), None)
        )
        if source is None:
            continue
        own = {*sentence.subtree(source), i, i + 1}
        clause = tokens[source].head
        if clause < 0 or clause in own:
            clause = sentence.root
        kept = [k for k in sentence.subtree(clause) if k not in own]
        content = _runs(sentence, kept or [k for k in range(len(tokens)) if k not in own])
        if content:
            manner = _manner(content, quotations)
            yield Attribution(
                sentence=number,
                source=_phrase(sentence, source),
                cue=Span(token.start, tokens[i + 1].end),
                content=tuple(content),
                act="asserts",
                voice=namer.voice(sentence, source, cue="according to", manner=manner, context=sentence),
            )


def _by_noun(number: int, sentence: Sentence, quotations: Sequence[Quotation], namer: Namer) -> Iterator[Attribution]:
    """The claim that, rumours that, his promise to: the source is the noun's possessor, or nobody named."""
    tokens = sentence.tokens
    acts = mapped("cues", "nouns")
    for i, token in enumerate(tokens):
        if token.upos != "NOUN" or token.lemma not in acts:
            continue
        clause = next(
            (
                c
                for c in sentence.children[i]
                if tokens[c].rel in ("acl", "ccomp", "acl:relcl")
                and any(tokens[k].rel == "mark" and tokens[k].lemma in ("that", "to") for k in sentence.children[c])
            ),
            None,
        )
        if clause is None or tokens[clause].rel == "acl:relcl":
            continue
        owner = _owner(sentence, i, "by", "from", "of")
        content = _runs(sentence, [k for k in sentence.subtree(clause) if not (tokens[k].rel == "mark" and tokens[k].head == clause)])
        if content:
            manner = _manner(content, quotations)
            yield Attribution(
                sentence=number,
                source=_phrase(sentence, owner) if owner is not None else None,
                cue=token.span,
                content=tuple(content),
                act=acts[token.lemma],  # type: ignore[arg-type]
                voice=namer.voice(sentence, owner, cue=token.text, manner=manner, context=sentence),
            )


def _by_colon(text: str, number: int, sentence: Sentence, namer: Namer) -> Iterator[Attribution]:
    """A short source, a colon, and what it says: "Army: 30 rebels killed"."""
    tokens = sentence.tokens
    colon = next((i for i, t in enumerate(tokens[:7]) if t.text == ":"), None)
    if colon is None or colon == 0 or colon + 2 >= len(tokens) or any(t.upos in ("VERB", "AUX", "NUM") for t in tokens[:colon]):
        return
    if not any(
        t.upos == "PROPN" or t.lemma in words("cues", "types", "official") | words("cues", "types", "belligerent") | words("cues", "types", "witness")
        for t in tokens[:colon]
    ):
        return
    head = next((i for i in range(colon) if tokens[i].head >= colon or tokens[i].head < 0), colon - 1)
    # A country before a colon is a dateline, not a voice.
    if namer.is_place(sentence, head) or not any(t.upos in ("VERB", "AUX") for t in tokens[colon:]):
        return
    yield Attribution(
        sentence=number,
        source=Span(tokens[0].start, tokens[colon - 1].end),
        cue=tokens[colon].span,
        content=(Span(tokens[colon + 1].start, tokens[-1].end),),
        act="asserts",
        voice=namer.voice(sentence, head, cue=":", manner="indirect", context=sentence),
    )


def _carried(text: str, sentences: Sequence[Sentence], quotations: Sequence[Quotation], found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Quoted sentences without a cue of their own belong to the speaker of the quotation's neighbours."""
    by_sentence: dict[int, list[Attribution]] = {}
    for a in found:
        by_sentence.setdefault(a.sentence, []).append(a)
    speech = [q for q in quotations if q.is_speech]
    covered = [c for a in found for c in a.content]
    for number, sentence in enumerate(sentences):
        span = sentence.span
        inside = next(
            (q for q in speech if q.span.start <= span.start + 2 and min(span.end, q.span.end) - max(span.start, q.span.start) > 0.6 * (span.end - span.start)),
            None,
        )
        if inside is None or any(c.meets(span) and min(c.end, span.end) - max(c.start, span.start) > 0.5 * (span.end - span.start) for c in covered):
            continue
        speaker = _neighbour(number, sentences, by_sentence, speech, inside)
        if speaker is not None:
            voice = speaker.voice
            yield Attribution(
                sentence=number,
                source=speaker.source,
                cue=speaker.cue,
                content=(Span(max(span.start, inside.span.start), min(span.end, inside.span.end)),),
                act="asserts",
                voice=voice,
                carried=True,
            )


def _neighbour(
    number: int, sentences: Sequence[Sentence], by_sentence: dict[int, list[Attribution]], speech: Sequence[Quotation], inside: Quotation
) -> Attribution | None:
    def spoken(k: int) -> Attribution | None:
        options = [a for a in by_sentence.get(k, ()) if a.voice.manner in ("direct", "mixed")] or by_sentence.get(k, [])
        return options[0] if options else None

    line = sentences[number].line
    # The same quotation's other sentences first (its cue may follow), then the paragraph's, then the one before.
    for k in (*range(number + 1, len(sentences)), *range(number - 1, -1, -1)):
        if sentences[k].line == line and sentences[k].span.meets(inside.span) and spoken(k):
            return spoken(k)
    for k in range(number - 1, max(-1, number - 6), -1):
        if sentences[k].line == line and spoken(k):
            return spoken(k)
    for k in range(number + 1, min(len(sentences), number + 3)):
        if sentences[k].line == line and spoken(k):
            return spoken(k)
    for k in range(number - 1, max(-1, number - 4), -1):
        if spoken(k):
            return spoken(k)
    return None
