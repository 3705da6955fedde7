"""Weights are checked before they are used: absent, incomplete, altered or of other features, each with its remedy."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from counterclaim.errors import ModelError
from counterclaim.knowledge.weights import FEATURES, load, present

CONFIG = {"name": "test", "features": FEATURES, "layers": 1, "labels": {"upos": ["NOUN"]}}


def folder(at: Path, **changes: bytes) -> Path:
    files = {"model.onnx": b"model", "vocabulary.txt": b"[PAD]\n", "config.json": json.dumps(CONFIG).encode(), "lemmas.tsv": b""} | {
        name.replace("_", "."): data for name, data in changes.items()
    }
    for name, data in files.items():
        (at / name).write_bytes(data)
    manifest = {"files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}, "sources": {}}
    (at / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return at


def test_sound_weights_load(tmp_path: Path) -> None:
    assert load(folder(tmp_path)).config.name == "test"
    assert present(tmp_path)


def test_absent_weights_name_the_other_reader(tmp_path: Path) -> None:
    assert not present(tmp_path)
    with pytest.raises(ModelError, match="--reader rules"):
        load(tmp_path)


def test_an_altered_file_is_found(tmp_path: Path) -> None:
    (folder(tmp_path) / "model.onnx").write_bytes(b"changed")
    with pytest.raises(ModelError, match="was altered"):
        load(tmp_path)


def test_a_missing_file_is_found(tmp_path: Path) -> None:
    (folder(tmp_path) / "lemmas.tsv").unlink()
    with pytest.raises(ModelError, match="lemmas.tsv"):
        load(tmp_path)


def test_other_features_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="features version"):
        load(folder(tmp_path, config_json=json.dumps(CONFIG | {"features": FEATURES + 1}).encode()))


def test_a_manifest_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("hello", encoding="utf-8")
    with pytest.raises(ModelError, match="not a manifest"):
        load(tmp_path)
