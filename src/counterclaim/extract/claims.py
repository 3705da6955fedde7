"""Turn parsed, attributed sentences into claims: every kind's drafts, each given its voices, act and evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from counterclaim.core.claim import Claim, Statement
from counterclaim.core.codec import claim_key
from counterclaim.core.span import Span, evidence
from counterclaim.core.syntax import Sentence
from counterclaim.core.voice import Act, Attribution, Chain
from counterclaim.extract import aid, answer, attack, casualties, control, demand, fighting, movement, need, offer, pledge, talks, verification
from counterclaim.extract.frames import Draft, Scene

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
# Acts of speech that are the claim itself: nothing is left for a statement to say.
_OWN_ACTS = frozenset(("demands", "promises", "cannot-verify"))
# A statement shorter than this is a cue's object ("a report"), not something said.
_SHORTEST = 12

# (stretch) → (chain, act, hedges)
Speaker = Callable[[Span], tuple[Chain, Act, tuple[str, ...]]]


def claims(report: str, scene: Scene, speaker: Speaker) -> Iterator[Claim]:
    """The claims of one sentence, typed ones first, then statements for attributed words that gave none."""
    covered: list[tuple[Span, str | None]] = []
    keys: set[str] = set()
    for find in KINDS:
        for draft in find(scene):
            claim = _claim(report, scene, speaker, draft)
            if claim.key in keys:
                continue
            keys.add(claim.key)
            covered.append((draft.trigger, claim.chain[-1].name))
            yield claim
    yield from _statements(report, scene, speaker, covered)


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
            chain = (
                *chain,
                msgspec.structs.replace(
                    chain[-1],
                    name=draft.performer.words,
                    words=draft.performer.words,
                    manner="indirect",
                    cue=None,
                    speaks_for=None,
                    role=None,
                    span=None,
                    cue_span=None,
                    content=(),
                ),
            )
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


def _statements(report: str, scene: Scene, speaker: Speaker, covered: Sequence[tuple[Span, str | None]]) -> Iterator[Claim]:
    here = [a for a in scene.attributions if any(c.meets(scene.sentence.span) for c in a.content)]
    for a in here:
        content = [Span(max(c.start, scene.sentence.span.start), min(c.end, scene.sentence.span.end)) for c in a.content if c.meets(scene.sentence.span)]
        if any(span.holds(trigger) for span in content for trigger, _ in covered) or a.act in _OWN_ACTS:
            continue
        if any(_inside(other, content, scene.sentence) for other in here if other is not a):
            continue
        words = max((span for span in content), key=lambda s: s.end - s.start)
        if words.end - words.start < _SHORTEST:
            continue
        chain, act, hedges = speaker(Span(words.start, words.start + 1))
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
                score=0.5,
                because=f"statement: content of '{a.cue.of(scene.text)}'",
            )
        )


def _inside(other: Attribution, content: Sequence[Span], sentence: Sentence) -> bool:
    """Whether another act of speech lies inside this content and will give the statement itself."""
    return any(span.holds(other.cue) for span in content) and any(c.meets(sentence.span) for c in other.content)
