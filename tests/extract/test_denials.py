"""Denials that only point back deny what the sentence before says, and nothing else."""

from __future__ import annotations

import pytest

from counterclaim.core.claim import Claim
from tests.cases import Case, params
from tests.reading import reading
from tests.voices import missed, told


def denied(text: str) -> list[Claim]:
    return [claim for claim in reading(text, outlet="Wire", published="2024-03-04").claims if claim.act == "denies" and claim.kind != "statement"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        pytest.param("The army said rebels had captured the town of Arvad. The rebels denied it.", "rebels", id="it"),
        pytest.param("The army said rebels had captured the town of Arvad. The Kesh Front denied this on the same day.", "Kesh Front", id="this, with a day"),
        pytest.param("The army accused the rebels of breaking the truce. The rebels denied the charge in a statement.", "rebels", id="the charge"),
        pytest.param("The army accused the rebels of breaking the truce. The rebels rejected the accusations.", "rebels", id="the accusations"),
    ],
)
def test_a_bare_denial(text: str, who: str) -> None:
    (denial,) = denied(text)
    first = next(claim for claim in reading(text, outlet="Wire", published="2024-03-04").claims if claim.key == denial.refutes)
    assert denial.proposition == first.proposition
    assert denial.chain[-1].name == who
    assert denial.evidence.quote == text[denial.evidence.start :]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The army said rebels had captured the town of Arvad. The army denied it.", id="nobody denies his own word"),
        pytest.param("The army said rebels had captured Arvad. Prices rose again in the capital. The rebels denied it.", id="not the sentence before"),
        pytest.param("The army urged the rebels to leave the town of Arvad. The rebels denied it.", id="an appeal is not denied"),
        pytest.param("The rebels denied it.", id="nothing before"),
    ],
)
def test_no_denial(text: str) -> None:
    assert not denied(text)


@pytest.mark.parametrize("case", [*params("voices/relative"), *params("voices/blame"), *params("voices/offered")])
def test_table_what_is_denied_and_who_is_blamed(case: Case) -> None:
    assert not missed(case, told(case))
