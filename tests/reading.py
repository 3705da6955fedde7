"""Read a text as the product does, for tests."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from typing import Any

from counterclaim.config import ReaderName, Settings
from counterclaim.core.codec import encode
from counterclaim.core.report import Report
from counterclaim.core.when import Published
from counterclaim.pipeline import Pipeline, Reading


@cache
def pipeline(reader: ReaderName = "rules") -> Pipeline:
    """One pipeline a reader for the whole test run."""
    return Pipeline(Settings(reader=reader))


def reading(text: str, *, reader: ReaderName = "rules", outlet: str | None = None, published: str | None = None, name: str = "case") -> Reading:
    """The reading of a text as a report of its own."""
    given = Published(dt.date.fromisoformat(published), "given") if published else Published()
    return pipeline(reader).read(Report(id=name, text=text, outlet=outlet, published=given))


def exported(found: Reading) -> list[dict[str, Any]]:
    """The claims of a reading as plain dictionaries."""
    return [json.loads(encode(claim)) for claim in found.claims]
