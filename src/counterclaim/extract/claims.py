"""Turn parsed, attributed sentences into claims: every kind's drafts, each given its voices, act and evidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from counterclaim.core.claim import Claim, Statement
from counterclaim.core.codec import claim_key
from counterclaim.core.span import Span, evidence
from counterclaim.core.syntax import Sentence
from counterclaim.core.voice import Act, Attribution, Chain, Voice
from counterclaim.extract import aid, answer, attack, casualties, control, demand, fighting, heads, movement, need, offer, pledge, talks, verification
from counterclaim.extract.frames import Draft, Scene
from counterclaim.extract.judging import Candidate, Judge, features, is_unreal, stated

# Every kind but `statement`, which takes what the others leave.
KINDS: tuple[Callable[[Scene], Iterator[Draft]], ...] = (
    control.find,
    movement.find,
    fighting.find,
    attack.find,
    casualties.find,
    offer.find,
    answer.find,
    demand.find,
    pledge.find,
    talks.find,
    aid.find,
    need.find,
    verification.find,
)
NAMES = tuple(find.__module__.rpartition(".")[2] for find in KINDS)
# Acts of speech that are the claim itself: nothing is left for a statement to say.
_OWN_ACTS = frozenset(("demands", "promises", "cannot-verify"))
# A statement shorter than this is a cue's object ("a report"), not something said.
_SHORTEST = 12

# (stretch) → (chain, act, hedges)
Speaker = Callable[[Span], tuple[Chain, Act, tuple[str, ...]]]


def claims(report: str, scene: Scene, speaker: Speaker, judge: Judge | None = None) -> Iterator[Claim]:
    """The claims of one sentence, typed ones first, then statements for attributed words that gave none.

    Without a judge (the plain reader) the rules' drafts stand as they are. With one, rules and learned heads lay their
    drafts side by side, and those that the judge thinks likely enough are kept with the judge's score.
    """
    drafted: Iterable[tuple[Claim, Span]]
    if judge is None:
        drafted = ((_claim(report, scene, speaker, draft), draft.trigger) for find in KINDS for draft in find(scene))
    else:
        drafted = ((claim, at) for claim, at in weighed(report, scene, speaker, judge) if claim.score >= judge.least(claim.kind))
    typed: dict[str, tuple[Claim, Span]] = {}
    for claim, at in drafted:
        typed.setdefault(claim.key, (claim, at))
    told = [claim for claim, _ in typed.values()]
    yield from (c for c in told if not any(_says_more(other, c) for other in told if other is not c))
    yield from _statements(report, scene, speaker, [at for _, at in typed.values()], judge)


def weighed(report: str, scene: Scene, speaker: Speaker, judge: Judge) -> Iterator[tuple[Claim, Span]]:
    """Every typed claim that a rule or a head drafts in this sentence, scored, with its trigger; of two readings of one trigger the likelier."""
    for at, options in candidates(report, scene, speaker):
        scored = [[msgspec.structs.replace(claim, score=round(judge(found), 3)) for claim, found in option] for option in options]
        for claim in max(scored, key=lambda option: sum(c.score for c in option) / len(option)):
            yield claim, at


def candidates(report: str, scene: Scene, speaker: Speaker) -> Iterator[tuple[Span, list[list[tuple[Claim, dict[str, float]]]]]]:
    """For every trigger (of one kind) the readings there are of it, each a list of claims with their features: the rules', the heads', or both."""
    found: dict[tuple[str, Span], dict[str, list[Candidate]]] = {}
    for kind, find in zip(NAMES, KINDS, strict=True):
        for draft in find(scene):
            found.setdefault((kind, draft.trigger), {}).setdefault("rule", []).append(Candidate(kind, draft))
    by_word = {(t.kind, scene.sentence.tokens[t.word].span): t for t in scene.triggers}
    for trigger, draft in heads.find(scene):
        found.setdefault((trigger.kind, draft.trigger), {}).setdefault("head", []).append(Candidate(trigger.kind, draft, trigger, learned=True))
    for (kind, at), options in sorted(found.items(), key=lambda item: (item[0][1], item[0][0])):
        trigger_here = by_word.get((kind, at))
        rows = []
        for option in options.values():
            read = [(_claim(report, scene, speaker, c.draft), msgspec.structs.replace(c, trigger=trigger_here, both=len(options) > 1)) for c in option]
            rows.append([(claim, features(scene, claim, c)) for claim, c in read])
        if not is_unreal(scene, kind, at):
            yield at, rows


def _says_more(other: Claim, claim: Claim) -> bool:
    """Whether the other claim of the sentence says all this one does and more: two triggers of one event ("arrived, bringing")."""
    if other.kind != claim.kind or other.act != claim.act or [v.name for v in other.chain] != [v.name for v in claim.chain]:
        return False
    own, theirs = _filled(claim), _filled(other)
    return own != theirs and own.items() <= theirs.items()


def _filled(claim: Claim) -> dict[str, str]:
    slots = ((slot, getattr(claim.proposition, slot)) for slot in claim.proposition.__struct_fields__)
    return {slot: repr([getattr(v, "words", v) for v in value] if isinstance(value, tuple) else value) for slot, value in slots if value not in ((), None)}


def _claim(report: str, scene: Scene, speaker: Speaker, draft: Draft) -> Claim:
    chain, act, hedges = speaker(draft.trigger)
    when, said = draft.when, None
    inner = [c for c in chain[-1].content if c.holds(draft.trigger)] if len(chain) > 1 else []
    if inner:
        said = next((w for span, w in scene.dates if scene.sentence.span.holds(span) and not any(c.holds(span) for c in chain[-1].content)), None)
        if when is said and draft.act is None:
            when = next((w for span, w in scene.dates if any(c.holds(span) for c in inner)), None)
    if draft.act is not None:
        act = draft.act
        if draft.performer is not None and not _speaks(chain, draft.performer.words):
            chain = (*chain, Voice(name=draft.performer.words, words=draft.performer.words, manner="indirect"))
    return _keyed(
        Claim(
            key="",
            report=report,
            evidence=evidence(scene.text, scene.sentence.span),
            chain=chain,
            act=act,
            hedges=hedges,
            said=said,
            when=when,
            proposition=draft.proposition,
            score=round(draft.score, 3),
            because=draft.because,
            modality=draft.modality,
        )
    )


def _speaks(chain: Chain, words: str) -> bool:
    last = chain[-1].name or ""
    return bool(last) and len(chain) > 1 and (last.split()[-1].casefold() in words.casefold() or words.casefold() in (chain[-1].words or "").casefold())


def _keyed(claim: Claim) -> Claim:
    return msgspec.structs.replace(claim, key=claim_key(claim))


def _statements(report: str, scene: Scene, speaker: Speaker, covered: Sequence[Span], judge: Judge | None = None) -> Iterator[Claim]:
    here = [a for a in scene.attributions if any(c.meets(scene.sentence.span) for c in a.content)]
    for a in here:
        content = [Span(max(c.start, scene.sentence.span.start), min(c.end, scene.sentence.span.end)) for c in a.content if c.meets(scene.sentence.span)]
        taken = any(span.holds(trigger) for span in content for trigger in covered) or a.act in _OWN_ACTS
        if judge is None and taken:
            continue
        if any(_inside(other, content, scene.sentence) for other in here if other is not a):
            continue
        words = _trimmed(scene.text, max((span for span in content), key=lambda s: s.end - s.start))
        if words.end - words.start < _SHORTEST:
            continue
        chain, act, hedges = speaker(Span(words.start, words.start + 1))
        score = 0.5
        if judge is not None:
            score = judge(stated(scene, a, content, chain, taken=taken))
            if score < judge.least("statement"):
                continue
        yield _keyed(
            Claim(
                key="",
                report=report,
                evidence=evidence(scene.text, scene.sentence.span),
                chain=chain,
                act=act,
                hedges=hedges,
                said=None,
                when=None,
                proposition=Statement(content=(words.of(scene.text),)),
                score=round(score, 3),
                because=f"statement: content of '{a.cue.of(scene.text)}'",
            )
        )


_EDGES = re.compile(r"(?:that\b|[\s“”\"‘’,.;:–—-])+", re.IGNORECASE)


def _trimmed(text: str, span: Span) -> Span:
    """The words without "that" before them and marks around them."""
    lead = _EDGES.match(text, span.start, span.end)
    start = lead.end() if lead and lead.end() < span.end else span.start
    end = span.end
    while end > start and text[end - 1] in '“”",.;: ':
        end -= 1
    return Span(start, end)


def _inside(other: Attribution, content: Sequence[Span], sentence: Sentence) -> bool:
    """Whether another act of speech lies inside this content and will give the statement itself."""
    return any(span.holds(other.cue) for span in content) and any(c.meets(sentence.span) for c in other.content)
