"""One reading of one report, checked before anything is written, and what it changes against the reading before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import TypeVar

import msgspec

from counterclaim.core.claim import Claim
from counterclaim.core.codec import decode, encode, key
from counterclaim.core.link import Link
from counterclaim.core.report import Received, Report
from counterclaim.errors import InputRefused, RecordCorrupt, RecordError

T = TypeVar("T")


class Reading(msgspec.Struct, frozen=True):
    """A report with what was read in it, as bodies of events by key, in the order given."""

    report: Report
    claims: dict[str, str]
    links: dict[str, str]


class Change(msgspec.Struct, frozen=True):
    """Keys a newer reading no longer says, and keys it says anew."""

    gone: tuple[str, ...]
    come: tuple[str, ...]


def reading(received: Received, claims: Iterable[Claim], links: Iterable[Link]) -> Reading:
    """Check what came in and give it as one reading, its report marked with the hash of its bytes.

    Raises RecordCorrupt for a quotation or hash that does not match, RecordError for claims or links of another report and for
    two different claims under one key, InputRefused for what cannot be written down.
    """
    report, sha256 = received.report, hashlib.sha256(received.raw).hexdigest()
    if report.sha256 not in (None, sha256):
        raise RecordCorrupt(f"report {report.id} says it was read from bytes with the hash {report.sha256}; the bytes that came with it hash to {sha256}")
    claim_bodies: dict[str, str] = {}
    for claim in claims:
        _check_claim(claim, report)
        text = body(claim, Claim, f"claim {claim.key}")
        if claim_bodies.setdefault(claim.key, text) != text:
            raise RecordError(f"report {report.id} comes with two different claims under the key {claim.key}; a key names one claim")
    link_bodies: dict[str, str] = {}
    for link in links:
        if link.report != report.id:
            raise RecordError(f"a link for {link.words!r} belongs to report {link.report}, but came with report {report.id}")
        link_bodies[link_key(link)] = body(link, Link, f"link {link.words!r}")
    return Reading(msgspec.structs.replace(report, sha256=sha256), claim_bodies, link_bodies)


def link_key(link: Link) -> str:
    """Key of a link: all that it says, since a link with another score or reason is another opinion."""
    return key("link", link)


def body(value: T, as_type: type[T], name: str) -> str:
    """Write the value as canonical JSON. Raises InputRefused unless it reads back as the same value."""
    try:
        written = encode(value)
        same = decode(written, as_type) == value
    except (UnicodeEncodeError, msgspec.MsgspecError) as error:
        raise InputRefused(name, f"cannot be kept: {error}") from error
    if not same:
        raise InputRefused(name, "cannot be kept: it reads back from JSON as something else")
    return written.decode()


def change(old: Mapping[str, str], new: Mapping[str, str], withdrawn: Set[str]) -> Change:
    """Find what turns the old bodies into the new. A key whose body differs goes and comes; one a person has withdrawn stays away."""
    return Change(
        gone=tuple(sorted(k for k, was in old.items() if new.get(k) != was)),
        come=tuple(k for k, now in new.items() if old.get(k) != now and k not in withdrawn),
    )


def is_same(old: Report, new: Report) -> bool:
    """Whether nothing is known anew of the report, its reader included; other bytes or another place with the same text are no news."""
    return msgspec.structs.replace(old, source=None, sha256=None) == msgspec.structs.replace(new, source=None, sha256=None)


def ids(report: Report) -> Sequence[str]:
    """Ids a report may be kept under, first choice first: its own, then with ever more of the hash of its text."""
    digest = hashlib.sha256(report.text.encode("utf-8", "surrogatepass")).hexdigest()
    return (report.id, *(f"{report.id}-{digest[:length]}" for length in (8, 16, 32, 64)))


def _check_claim(claim: Claim, report: Report) -> None:
    if claim.report != report.id:
        raise RecordError(f"claim {claim.key} belongs to report {claim.report}, but came with report {report.id}")
    stands = claim.evidence.span.of(report.text)
    # Python reads negative offsets from the end; a span never does.
    if claim.evidence.start < 0 or stands != claim.evidence.quote:
        where = f"{claim.evidence.start}-{claim.evidence.end}"
        raise RecordCorrupt(f"claim {claim.key} quotes {claim.evidence.quote!r}, but report {report.id} says {stands!r} at {where}")
