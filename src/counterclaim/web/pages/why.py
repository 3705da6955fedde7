"""Why: how a finding, claim, promise or story was come to, step by step, down to the sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from counterclaim.core.derivation import Derivation
from counterclaim.derivations import Derivations
from counterclaim.errors import NotFound
from counterclaim.sidebyside import Effective
from counterclaim.web.contexts import Context
from counterclaim.web.derived import CONTEXT, FOLLOWS
from counterclaim.web.pages.promises import PROMISES
from counterclaim.web.pages.stories import STORIES
from counterclaim.web.routes import Asked, Nothing, PageKind
from counterclaim.web.rows import text_address
from counterclaim.web.wording import address, counted

T = TypeVar("T")

# Things with a page of their own, by what a step is called.
_ROOMS = {
    "finding": "findings",
    "claim": "claims",
    "story": "stories",
    "offer": "promises",
    "demand": "promises",
    "pledge": "promises",
    "agreement": "promises",
}


class StepShown(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a derivation: what it comes to, by which rule, and the steps it rests on. A leaf has its sentence and where it stands."""

    what: str
    says: str
    because: str
    quote: str
    report: str
    at: str | None
    at_text: str | None
    parts: tuple[StepShown, ...]


class WhyPage(Context, frozen=True, kw_only=True):
    """A derivation as a tree."""

    key: str
    top: StepShown
    sentences: str


def why(asked: Asked, _: Nothing, key: str) -> WhyPage:
    """The derivation of one thing. Raises NotFound."""
    if not key.isalnum():
        raise NotFound(f"{key!r} is no key; keys are of letters and digits")
    found = _found(asked, key)
    leaves = {(leaf.report, leaf.evidence) for leaf in found.leaves()}
    reports = {report for report, _ in leaves}
    top = _shown(found)
    return WhyPage(title=f"Why: {top.says}", key=key, top=top, sentences=f"{counted(len(leaves), 'sentence')} in {counted(len(reports), 'report')}")


def _found(asked: Asked, key: str) -> Derivation:
    """What `Record.why` gives, of what is derived already. Raises NotFound."""
    held, effective = asked.held, Effective(asked.store)
    lays_open = Derivations(asked.derived(CONTEXT).origins, effective, asked.derived(FOLLOWS))
    if finding := _begun(held.findings, key):
        return lays_open.of_finding(finding)
    if claims := effective.find(key):
        return lays_open.of_claim(claims[0].effective or claims[0].claim)
    if promise := _begun(asked.derived(PROMISES), key):
        return lays_open.of_promise(promise)
    if story := _begun(asked.derived(STORIES), key):
        return lays_open.of_story(story)
    raise NotFound(f"nothing in the record has the key {key!r}; the pages of findings, claims, promises and stories lead to what has one")


def _begun(known: Mapping[str, T], key: str) -> T | None:
    """The one with this key, or the first whose key begins so."""
    return known[key] if key in known else next((one for name, one in known.items() if name.startswith(key)), None)


def _shown(one: Derivation) -> StepShown:
    room = _ROOMS.get(one.what)
    return StepShown(
        what=one.what,
        says=one.says,
        because=one.because or "",
        quote=one.evidence.quote if one.evidence else "",
        report=one.report or "",
        at=address(room, one.key) if room and one.key else None,
        at_text=text_address(one.report, one.key) if one.report and one.key else None,
        parts=tuple(_shown(part) for part in one.parts),
    )


PAGES = (
    PageKind(
        path="/why/{key}",
        summary="How something was come to, down to the sentences",
        template="why.html",
        context=WhyPage,
        build=why,
        needs=(CONTEXT, FOLLOWS, PROMISES, STORIES),
    ),
)
