"""A folder of hostile files, read whole: every bad one is refused with a reason, every good neighbour is read, and memory stays bounded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.read.hostile import CLASSES, make

ROOT = Path(__file__).resolve().parents[2]
MOST_MEMORY = 400
"""Megabytes at the peak of the process that reads, of which 90 are the libraries; it has read files that unpack to gigabytes."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and names that this system does not have")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, list[str]], list[dict[str, Any]], list[int]]:
    """The names made by class, what became of each source, and the peaks of memory (the process, and the largest it started)."""
    folder = tmp_path_factory.mktemp("hostile")
    names = make(folder)
    env = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))), "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-m", "tests.read.hostile_reading", str(folder)], cwd=ROOT, env=env, capture_output=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    *found, last = map(json.loads, done.stdout.splitlines())
    return names, found, last["peak"]


def test_there_are_enough_of_them(made: tuple[Mapping[str, list[str]], Any, Any]) -> None:
    names = made[0]
    assert len(names) == len(CLASSES) + 1 >= 15
    assert sum(map(len, names.values())) >= 300


def test_every_file_is_read_or_refused(made: tuple[Mapping[str, list[str]], list[dict[str, Any]], Any]) -> None:
    names, found, _ = made
    # A link up to the folder itself leads nowhere new; names that differ in characters that are no characters are one to look at.
    assert len(found) >= sum(map(len, names.values())) - 1
    assert [each["path"] for each in found if not each["kept"] and not each["refusals"]] == []
    assert {each["class"] for each in found} == set(names)


def test_what_is_bad_is_refused_and_nothing_is_read_from_it(made: tuple[Any, list[dict[str, Any]], Any]) -> None:
    bad = [each for each in made[1] if not each["path"].startswith(("ok-", "part-"))]
    assert len(bad) > 200
    assert [each["path"] for each in bad if each["kept"]] == []


def test_what_lies_beside_it_is_read(made: tuple[Any, list[dict[str, Any]], Any]) -> None:
    part = [each for each in made[1] if each["path"].startswith("part-")]
    assert len(part) > 60
    assert [each["path"] for each in part if not each["kept"] or not all(each["kept"])] == []
    assert [each["path"] for each in part if not each["refusals"]] == []


def test_what_is_good_is_read_whole(made: tuple[Any, list[dict[str, Any]], Any]) -> None:
    whole = [each for each in made[1] if each["path"].startswith("ok-")]
    assert len(whole) > 30
    assert [(each["path"], each["refusals"]) for each in whole if not each["kept"] or not all(each["kept"]) or each["refusals"]] == []


def test_reasons_are_words_without_control_characters(made: tuple[Any, list[dict[str, Any]], Any]) -> None:
    for each in made[1]:
        for source, reason in each["refusals"]:
            assert len(reason.split()) >= 3, reason
            assert len(reason) < 1_000
            assert source.isprintable() or "\u202e" in source or "\xa0" in source, source


def test_memory_stays_bounded(made: tuple[Any, Any, list[int]]) -> None:
    assert max(made[2]) < MOST_MEMORY
