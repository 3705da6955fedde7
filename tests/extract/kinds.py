"""Whether the reader gets a case of a kind's table right: its required claims, nothing forbidden, and no claim of the kind too many."""

from __future__ import annotations

from counterclaim.config import ReaderName
from evaluation.scoring import outcome
from tests.cases import Case
from tests.reading import exported, reading


def is_right(case: Case, kind: str, reader: ReaderName = "rules") -> bool:
    """All required claims of the kind are read with key slots, voice and act; nothing forbidden; no further claim of the kind."""
    gold = {
        "id": "case",
        "text": case["text"],
        "claims": [{**c, "start": case["text"].index(c["evidence"])} for c in case["claims"] if c["kind"] == kind],
        "must_not": case.get("must_not", []),
    }
    read = exported(reading(case["text"], reader=reader, outlet=case["outlet"], published=case["published"]))
    found = outcome(gold, [c for c in read if c["proposition"]["kind"] == kind or any(b["kind"] == c["proposition"]["kind"] for b in gold["must_not"])])
    tally = found.kinds.get(kind)
    wanted, said, right = (tally.gold, tally.said, tally.record) if tally else (0, 0, 0)
    return not found.forbidden and right == wanted and said <= wanted
