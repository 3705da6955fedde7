"""Golden records: what the plain reader makes of six demo reports. A changed record is a reviewed diff (`scripts/golden`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden.records import demo, folders, lines


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_record_is_as_reviewed(folder: Path) -> None:
    assert lines(folder.name).decode() == (folder / "claims.jsonl").read_text(encoding="utf-8")


def test_reading_again_gives_the_same_bytes() -> None:
    first = [lines(name) for name in sorted(demo())]
    assert [lines(name) for name in sorted(demo(), reverse=True)] == first[::-1]


def test_the_demo_is_all_read() -> None:
    assert len(demo()) >= 18
