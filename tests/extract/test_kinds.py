"""The tables of the seventeen kinds, read by the plain reader: known misses must stay missed until they are read."""

from __future__ import annotations

import pytest

from counterclaim.core.claim import KINDS
from tests.cases import Case, params
from tests.extract.kinds import is_right


@pytest.mark.parametrize(
    ("kind", "case"), [pytest.param(kind, *p.values, id=p.id, marks=p.marks) for kind in KINDS for p in params(f"kinds/{kind}", f"rules/{kind}")]
)
def test_table(kind: str, case: Case) -> None:
    assert is_right(case, kind)
