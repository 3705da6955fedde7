"""What holds of every export, whatever stands in the claims."""

from __future__ import annotations

import csv
import io
import re

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.core.claim import Claim
from counterclaim.core.codec import claim_key
from counterclaim.core.report import Report
from counterclaim.core.span import Evidence
from counterclaim.publish.formats import FORMATS, Wishes, write
from counterclaim.publish.redact import redacted
from tests.publish.factories import material
from tests.strategies import claims, texts

_NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
# Written as CSV, with a table where there are several.
_TABLES = [("acled", Wishes()), ("ucdp", Wishes(house="most")), ("eventreport", Wishes()), ("hxl", Wishes())] + [
    ("csv", Wishes(table=table)) for table in ("claims", "positions", "board", "promises")
]


def of_one_report(made: list[Claim], text: str) -> tuple[list[Claim], Report]:
    """The claims as if they stood in this text."""
    found = {}
    for one in made:
        start, end = sorted((one.evidence.start % (len(text) + 1), one.evidence.end % (len(text) + 1)))
        moved = msgspec.structs.replace(one, report="r1", evidence=Evidence(start, end, text[start:end]))
        key = claim_key(moved)
        found[key] = msgspec.structs.replace(moved, key=key)
    return list(found.values()), Report(id="r1", text=text, title=text[:40], outlet=text[:20].strip() or None, url=text[:30])


@settings(max_examples=40, deadline=None)
@given(st.lists(claims(), min_size=1, max_size=4), texts)
def test_every_format_takes_every_claim_and_no_cell_is_a_formula(made: list[Claim], text: str) -> None:
    found, report = of_one_report(made, text)
    record = material(found, [report])
    for name in FORMATS.keys() - {"parquet", "csv"}:
        assert write(record, name).files == write(record, name).files  # type: ignore[arg-type]
    for name, wishes in _TABLES:
        data = write(record, name, wishes).files[""].decode()  # type: ignore[arg-type]
        for row in csv.reader(io.StringIO(data, newline="")):
            assert not [cell for cell in row if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell)]
    for page in write(record, "html").files.values():
        tags = {tag.casefold() for tag in re.findall(r"<\s*/?\s*([a-zA-Z!][a-zA-Z0-9]*)", page.decode())}
        assert tags <= set(
            "!doctype html head meta title style body nav a main h1 h2 p span small table thead tbody tr th td pre mark sup ol ul li i blockquote section".split()
        )


@settings(max_examples=40, deadline=None)
@given(st.lists(claims(), min_size=1, max_size=4), texts)
def test_redacting_keeps_keys_and_offsets_and_is_done_once(made: list[Claim], text: str) -> None:
    found, report = of_one_report(made, text)
    record = material(found, [report])
    after = redacted(record)
    assert [one.key for one in after.claims] == [one.key for one in record.claims]
    assert [len(one.text) for one in after.reports] == [len(one.text) for one in record.reports]
    assert redacted(after) == after
