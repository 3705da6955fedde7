"""A folder of reports for bulk runs: files, lines of JSON, and some that must be refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

TEXTS = {
    "a": "Rebels captured the town of Arvad on Sunday, the governor said. Three soldiers were killed.",
    "b": "The army denied that Arvad had fallen. It said its forces still held the town.",
    "c": "Aid workers said 40 people were wounded when shells hit a market in Kesh.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "reports"
    place.mkdir()
    for name, text in TEXTS.items():
        (place / f"{name}.txt").write_text(f"Outlet: Harrow Wire\nPublished: 2024-03-04\n\n{text}\n", encoding="utf-8")
    (place / "empty.txt").write_text("", encoding="utf-8")
    rows = [
        {"id": "w1", "text": "The governor said the rebels had left Kesh.", "outlet": "Meridian", "written_date": "2024-03-05"},
        {"id": "a", "text": "The rebels denied that they had fired on the market.", "outlet": "Meridian"},
        {"text": 7},
        {"text": "Shelling killed five people in Kesh, the ministry said."},
    ]
    (place / "wires.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return place
