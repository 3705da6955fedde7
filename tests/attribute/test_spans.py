"""Acts of speech: the table of cases, read by the plain reader: source, cue or act, and content of every attribution."""

from __future__ import annotations

import pytest

from tests.attribute.cases import is_right
from tests.cases import Case, params


@pytest.mark.parametrize("case", params("attribution", "rules/attribution"))
def test_table(case: Case) -> None:
    assert is_right(case)
