"""Claims and findings to the interchange format: JSON Lines, one object a line, keys sorted, same input to same bytes.

What it captures: a claim as it is stored, and in each slot that holds names what the words name, as far as a link says so.
What it does not: write a link into the claim's words, choose between candidates, or write where in the report a slot's words
stand (the evidence and the voices keep their places).
Example: `{"words": "the group’s militant fighters", "name": "Taliban", "key": "…"}`; without a target, name and key are null.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from counterclaim.core.claim import Attack, Claim, Movement, Proposition, Term
from counterclaim.core.codec import encode, schema
from counterclaim.core.finding import Finding
from counterclaim.core.link import Candidate, Link, LinkKind
from counterclaim.core.mention import Mention

Targets = Mapping[tuple[str, str, LinkKind], Candidate | None]

_PLACE_SLOTS = frozenset({"place", "places", "except_"})


def claim_lines(claims: Iterable[Claim], links: Iterable[Link] = ()) -> Iterator[bytes]:
    """One line a claim, in the order given, its mentions named by the links."""
    named = targets(links)
    for claim in claims:
        written = msgspec.to_builtins(claim)
        written["proposition"] = _proposition(claim, named)
        yield encode(written) + b"\n"


def finding_lines(findings: Iterable[Finding]) -> Iterator[bytes]:
    """One line a finding, in the order given. Where a rule made a range, all three numbers are written, null where there is none."""
    for finding in findings:
        written = msgspec.to_builtins(finding)
        if finding.rule is not None:
            written |= {"low": finding.low, "best": finding.best, "high": finding.high}
        yield encode(written) + b"\n"


def schema_text() -> str:
    """The JSON Schema of a line, as it is checked in at docs/record.schema.json."""
    return msgspec.json.format(encode(_flowing(schema())), indent=2).decode() + "\n"


def _flowing(part: Any) -> Any:
    """The schema with its descriptions as running text: their line breaks and margins differ from one Python to the next."""
    if isinstance(part, dict):
        return {name: " ".join(value.split()) if name == "description" and isinstance(value, str) else _flowing(value) for name, value in part.items()}
    return [_flowing(value) for value in part] if isinstance(part, list | tuple) else part


def targets(links: Iterable[Link]) -> Targets:
    """What the words of each report name; null where links disagree, as where one has no target."""
    found: dict[tuple[str, str, LinkKind], Candidate | None] = {}
    for link in links:
        where = (link.report, link.words, link.kind)
        known = found.get(where, link.target)
        is_same = known is not None and link.target is not None and known.key == link.target.key
        # Of two links to one thing the first name in order is written, whichever came first.
        found[where] = min(known, link.target, key=lambda one: (one.name, one.score)) if is_same and known and link.target else None
    return found


def _proposition(claim: Claim, targets: Targets) -> dict[str, Any]:
    proposition = claim.proposition
    written: dict[str, Any] = msgspec.to_builtins(proposition)
    names = dict(zip(proposition.__struct_fields__, proposition.__struct_encode_fields__, strict=True))
    for slot, written_as in names.items():
        filler = getattr(proposition, slot)
        if not isinstance(filler, tuple) or not filler:
            continue
        if isinstance(filler[0], Mention):
            written[written_as] = [_mention(claim.report, mention, _kinds(proposition, slot), targets) for mention in filler]
        elif isinstance(filler[0], Term):
            written[written_as] = [_term(claim.report, term, targets) for term in filler]
    return written


def _kinds(proposition: Proposition, slot: str) -> tuple[LinkKind, ...]:
    """What a slot's words may name, the likelier first."""
    if slot in _PLACE_SLOTS or (isinstance(proposition, Movement) and slot in {"to", "from_"}):
        return ("place",)
    # People are attacked, and so are towns.
    return ("actor", "place") if isinstance(proposition, Attack) and slot == "target" else ("actor",)


def _mention(report: str, mention: Mention, kinds: tuple[LinkKind, ...], targets: Targets) -> dict[str, str | None]:
    target = next((found for kind in kinds if (found := targets.get((report, mention.words, kind)))), None)
    return {"words": mention.words, "name": target.name if target else mention.name, "key": target.key if target else mention.key}


def _term(report: str, term: Term, targets: Targets) -> dict[str, Any]:
    written: dict[str, Any] = {"act": term.act}
    if term.party:
        written["party"] = _mention(report, term.party, ("actor",), targets)
    if term.places:
        written["places"] = [_mention(report, place, ("place",), targets) for place in term.places]
    return written
