"""What a person decided about the record: added and withdrawn, never edited."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

Decision = Literal["accept", "correct", "reject", "add", "merge", "split", "grade", "comment", "withdraw"]


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """One decision about one thing, by one person, at one time. `value` is what was corrected, added or said."""

    key: str
    about: str
    decision: Decision
    by: str
    at: dt.datetime
    value: str | None = None
