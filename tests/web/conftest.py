"""Records to look at: our demo reports, an empty one, and one of hostile text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from counterclaim.read import Options, sources
from counterclaim.record import Record
from counterclaim.web import desk as desks
from counterclaim.web.app import Serving
from tests.web.asking import client, hostile, served
from tests.web.chromium import chromium

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "reports"


@pytest.fixture(scope="session", autouse=True)
def patience() -> Iterator[None]:
    """Pages wait for what is derived however slow this machine is; tests of what they do meanwhile say otherwise."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desks, "PATIENCE", 60.0)
        yield


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the demo reports, for looking only."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    with Record.open(path, create=True) as record:
        assert {step.outcome for step in record.read(sources([EXAMPLES]), Options())} == {"new"}
    return path


@pytest.fixture(scope="session")
def looking(demo: Path) -> Iterator[TestClient]:
    with client(demo) as asking:
        yield asking


@pytest.fixture(scope="session")
def shown(demo: Path) -> Iterator[Serving]:
    """A server of the demo record, for looking only."""
    with served(demo) as serving:
        yield serving


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "r.db"
    with Record.open(path, create=True):
        pass
    return path


@pytest.fixture
def writing(empty: Path) -> Iterator[TestClient]:
    """A client of an empty record that may be changed."""
    with client(empty) as asking:
        yield asking


@pytest.fixture(scope="session")
def hostile_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "<img src=x onerror=window.ran=1>.db"
    hostile(path)
    return path


@pytest.fixture(scope="session")
def attacked(hostile_record: Path) -> Iterator[TestClient]:
    """A client of the record of hostile text, for looking only: what is derived of it takes seconds."""
    with client(hostile_record) as asking:
        yield asking


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The one browser of all tests; a fresh one takes seconds."""
    with chromium() as driver:
        yield driver
