"""Every finding, promise and story of the demo can be followed down to the sentences it rests on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from counterclaim.config import Settings
from counterclaim.core.derivation import Derivation
from counterclaim.derivations import Derivations
from counterclaim.errors import NotFound
from counterclaim.read import Options, sources
from counterclaim.record import Record
from tests.golden.records import REPORTS


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with Record.open(tmp_path_factory.mktemp("demo") / "demo.db", settings=Settings(), create=True) as opened:
        list(opened.read(sources([REPORTS]), Options()))
        opened.refresh()
        yield opened


def _quotes_its_report(record: Record, leaf: Derivation) -> bool:
    assert leaf.evidence is not None
    return record.store.report(leaf.report or "").text[leaf.evidence.start : leaf.evidence.end] == leaf.evidence.quote


def test_no_finding_is_an_orphan(record: Record) -> None:
    """Each claim that a finding names is a leaf of its derivation, and each leaf quotes its report."""
    lays_open: Derivations = record.derivations()
    findings = record.findings()
    assert len(findings) > 50
    for finding in findings:
        found = lays_open.of_finding(finding)
        leaves = found.leaves()
        assert {claim for position in finding.positions for claim in position.claims} <= {leaf.key for leaf in leaves}, finding.question
        assert all(_quotes_its_report(record, leaf) for leaf in leaves)


def test_what_follows_from_a_set_names_the_claim_about_the_set(record: Record) -> None:
    finding = next(one for one in record.findings("control") if one.question["place"] == "Parīān")
    said = " ".join(leaf.evidence.quote for leaf in record.why(finding.key).leaves() if leaf.evidence)
    assert "every district of the Panjshir" in said


def test_promises_and_stories_have_sentences(record: Record) -> None:
    for promise in record.promises():
        assert record.derivations().of_promise(promise).leaves()
    for story in record.stories():
        assert record.derivations().of_story(story).leaves()


def test_a_key_may_be_shortened_and_an_unknown_one_is_refused(record: Record) -> None:
    finding = record.findings()[0]
    assert record.why(finding.key[:12]).key == finding.key
    with pytest.raises(NotFound, match="nothing in the record has the key 'zz'"):
        record.why("zz")
