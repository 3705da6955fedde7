"""Claims to W3C Web Annotations (JSON-LD): the sentence of each claim, marked in its report, with who says it and what was read in it.

What it captures: quotation with the words around it and position in the stored text; the claim as text and as data; provenance (PROV-O):
the report it was derived from, and the reader that read it.
What it does not: place what was redacted: the sentence then has its position alone. Links, findings and promises are not annotations.
"""

from __future__ import annotations

from typing import Any

from counterclaim.core.claim import Claim
from counterclaim.publish.escaping import iri
from counterclaim.publish.redact import HIDDEN, MASK, shown
from counterclaim.publish.view import View
from counterclaim.publish.words import acted, slots

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# Our own terms beside those of the Web Annotation vocabulary.
OWN: dict[str, Any] = {
    "cc": "urn:counterclaim:term:",
    "prov": "http://www.w3.org/ns/prov#",
    "kind": "cc:kind",
    "act": "cc:act",
    "voices": {"@id": "cc:voices", "@container": "@list"},
    "says": "cc:says",
    "withdrawn": {"@id": "cc:withdrawn", "@type": "http://www.w3.org/2001/XMLSchema#boolean"},
    "wasDerivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "wasAttributedTo": {"@id": "prov:wasAttributedTo", "@type": "@id"},
}
LOST = (
    "slots as structures: `says` has them in words, and `counterclaim export claims` has them whole",
    "links, findings, stories, promises and the board: annotations are of sentences",
    "scores, interest, hedges and time as values of their own",
    "where each voice and slot stands: the annotation marks the sentence",
    "the page itself: positions count Unicode code points in the text as it was stored, headings and bylines included",
)
# Words before and after a quotation that tell it from another like it, in code points: what browsers' own tools keep.
_AROUND = 32


def document(view: View, head: dict[str, Any]) -> dict[str, Any]:
    """One AnnotationCollection with one page; `head` stands in its label and summary."""
    items = [_annotation(view, claim) for claim in view.claims.values()]
    return {
        "@context": [CONTEXT, OWN],
        "id": "urn:counterclaim:annotations",
        "type": "AnnotationCollection",
        "label": "; ".join(str(part) for part in [head["format"], *(f"lost: {one}" for one in head["lost"])]),
        "total": len(items),
        "first": {"id": "urn:counterclaim:annotations:1", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }


def _annotation(view: View, claim: Claim) -> dict[str, Any]:
    report = view.reports.get(claim.report)
    reader = (report.reader if report else None) or "unknown"
    source = iri(report.url if report else None) or _urn("report", claim.report)
    text = report.text if report else ""
    start, end = claim.evidence.start, claim.evidence.end
    selectors: list[dict[str, Any]] = [{"type": "TextPositionSelector", "start": start, "end": end}]
    if HIDDEN not in claim.evidence.quote:
        quote = {"type": "TextQuoteSelector", "exact": claim.evidence.quote}
        before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
        quote |= {name: around for name, around in (("prefix", before), ("suffix", after)) if around and MASK not in around}
        selectors.insert(0, quote)
    return {
        "id": _urn("claim", claim.key),
        "type": "Annotation",
        "motivation": "describing",
        "generator": {"id": _urn("reader", reader), "type": "Software", "name": f"counterclaim, reader {reader}"},
        "wasDerivedFrom": source,
        "wasAttributedTo": _urn("reader", reader),
        "body": [
            {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "language": "en", "value": _told(view, claim)},
            {
                "id": _urn("claim", f"{claim.key}:data"),
                "type": "Dataset",
                "kind": claim.kind,
                "act": claim.act,
                "voices": [view.outlet(claim), *(view.voice(claim, voice) for voice in claim.chain[1:])],
                "says": slots(claim),
                "withdrawn": claim.key in view.material.withdrawn,
            },
        ],
        "target": {"source": source, "selector": selectors},
    }


def _told(view: View, claim: Claim) -> str:
    return shown(f"{claim.kind}: {view.chain(claim)} {acted(claim)}: {slots(claim)}")


def _urn(sort: str, name: str) -> str:
    """A name of our own that any characters fit in."""
    safe = "".join(c if c.isascii() and (c.isalnum() or c in "-._~:") else "".join(f"%{byte:02X}" for byte in c.encode()) for c in name)
    return f"urn:counterclaim:{sort}:{safe}"
