from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from counterclaim.store import Store
from tests.store.factories import memory


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=memory()) as folder:
        yield Path(folder)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "war.record"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as opened:
        yield opened
