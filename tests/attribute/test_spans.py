"""Acts of speech: the table of cases, read by the plain reader: source, cue or act, and content of every attribution."""

from __future__ import annotations

import pytest

from tests.attribute.cases import found, is_right
from tests.cases import Case, params


@pytest.mark.parametrize("case", params("attribution", "rules/attribution"))
def test_table(case: Case) -> None:
    assert is_right(case)


def test_a_statement_speaks_for_whoever_issued_it() -> None:
    text = "Three soldiers were killed, according to the Arvadi ministry’s statement."
    (act,) = found(text)
    assert act.voice.name == "Arvadi ministry"
    assert act.voice.medium == "statement"
