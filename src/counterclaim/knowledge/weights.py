"""Find, check and load the engine's weights: a versioned folder of plain data, in formats that run no code."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from pathlib import Path

import msgspec

from counterclaim.errors import ModelError

# The features this code computes (`parse/features.py`); weights trained on others cannot be read with it.
FEATURES = 1
VERSION = "engine-2"


class Config(msgspec.Struct, frozen=True):
    """What the weights were trained for: label sets by head, layers, and the version of the features."""

    name: str
    features: int
    layers: int
    labels: dict[str, list[str]]


class Manifest(msgspec.Struct, frozen=True):
    """SHA-256 of every file of the folder, and the sources the weights learned from with their licences."""

    files: dict[str, str]
    sources: dict[str, dict[str, str | int]]


class Weights(msgspec.Struct, frozen=True):
    """Checked contents of a weights folder.

    `claims` (the claim branch), `heads` (its heads' arrays) and `judge` (the score's weights) are absent from weights without them.
    """

    model: bytes
    vocabulary: str
    config: Config
    lemmas: str
    claims: bytes | None = None
    heads: bytes | None = None
    judge: bytes | None = None


def folder() -> Path:
    """Where the packaged weights are."""
    return Path(str(resources.files("counterclaim.knowledge"))) / VERSION


def present(where: Path | None = None) -> bool:
    """Whether there are weights to load."""
    return ((where or folder()) / "manifest.json").is_file()


@cache
def load(where: Path | None = None) -> Weights:
    """The weights of a folder (by default the packaged ones), every file checked against the manifest.

    Raises ModelError when the folder is absent or incomplete, a file was altered, or the features differ.
    """
    at = where or folder()
    try:
        manifest = msgspec.json.decode((at / "manifest.json").read_bytes(), type=Manifest)
    except FileNotFoundError as error:
        raise ModelError(f"no engine weights in {at}; install counterclaim again, or use --reader rules, which needs none") from error
    except msgspec.DecodeError as error:
        raise ModelError(f"{at / 'manifest.json'} is not a manifest: {error}") from error
    data = {name: _checked(at / name, sha) for name, sha in manifest.files.items()}
    missing = {"model.onnx", "vocabulary.txt", "config.json", "lemmas.tsv"} - data.keys()
    if missing:
        raise ModelError(f"{at}: the manifest lacks {', '.join(sorted(missing))}")
    config = msgspec.json.decode(data["config.json"], type=Config)
    if config.features != FEATURES:
        raise ModelError(f"{at}: made for features version {config.features}, this counterclaim computes version {FEATURES}")
    return Weights(
        data["model.onnx"],
        data["vocabulary.txt"].decode(),
        config,
        data["lemmas.tsv"].decode(),
        data.get("claims.onnx"),
        data.get("heads.npz"),
        data.get("judge.json"),
    )


def _checked(path: Path, sha: str) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: {error.strerror}; install counterclaim again, or use --reader rules") from error
    found = hashlib.sha256(data).hexdigest()
    if found != sha:
        raise ModelError(f"{path} was altered: SHA-256 {found[:12]}…, the manifest says {sha[:12]}…; install counterclaim again")
    return data
