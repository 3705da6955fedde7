"""What stands in one state of a record, as pages look it up, and what is derived from it."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from counterclaim.record import Record
from counterclaim.web.derived import CONTEXT
from counterclaim.web.holdings import Holdings, holdings, unswept
from counterclaim.web.pages.promises import PROMISES
from counterclaim.web.pages.stories import STORIES, VERSIONS
from counterclaim.web.pages.tolls import TOLLS


@pytest.fixture(scope="module")
def held(demo: Path) -> Holdings:
    with Record.open(demo, readonly=True) as record:
        return holdings(record, record.store.head())


def test_the_registry_is_that_of_the_record(demo: Path, held: Holdings) -> None:
    with Record.open(demo, readonly=True) as record:
        assert held.registry == record.registry()


def test_what_is_derived_from_one_context_is_what_the_record_derives_for_each(demo: Path, held: Holdings) -> None:
    with Record.open(demo, readonly=True) as record:
        assert sorted(held.derive(STORIES, record).values(), key=lambda one: one.key) == sorted(record.stories(), key=lambda one: one.key)
        assert sorted(held.derive(PROMISES, record).values(), key=lambda one: one.key) == sorted(record.promises(), key=lambda one: one.key)
        assert list(held.derive(VERSIONS, record)) == record.versions()
        assert held.derive(CONTEXT, record).withdrawn == record.context().withdrawn
        for house, found in held.derive(TOLLS, record).items():
            assert list(found.known.values()) == record.tolls(house)


def test_sweeping_goes_on_afterwards() -> None:
    assert gc.isenabled()
    with unswept():
        with pytest.raises(ValueError, match="within"), unswept():
            raise ValueError("within")
        assert not gc.isenabled()
    assert gc.isenabled()
