"""The tutorial does what it shows: its commands run in a fresh folder, and each line of output it prints is there, in that order."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MARK = "=== step {} ==="


def steps(text: str) -> list[tuple[str, str]]:
    """Each block of commands with the output shown below it; an empty one where none is shown."""
    found: list[tuple[str, str]] = []
    for language, body in FENCE.findall(text):
        if language == "sh":
            found.append((body, ""))
        elif language == "text":
            commands, shown = found.pop()
            assert not shown, "two outputs of one block of commands"
            found.append((commands, body))
    return found


def missing(shown: str, printed: str) -> list[str]:
    """The shown lines that are not printed, or not after those before them; … stands for anything, on a line of its own for any lines."""
    lines, out, at = [line.rstrip() for line in printed.splitlines()], [], 0
    for line in shown.splitlines():
        if line.strip() in ("", "…"):
            continue
        start, *rest = line.rstrip().split("…")
        pattern = re.compile(re.escape(start) + "".join(".*" + re.escape(part) for part in rest))
        found = next((number for number in range(at, len(lines)) if pattern.fullmatch(lines[number])), None)
        if found is None:
            out.append(line)
        else:
            at = found + 1
    return out


STEPS = steps((ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What each block of commands prints, all run in one shell in a folder that has the tutorial's reports and nothing else."""
    home = tmp_path_factory.mktemp("tutorial")
    shutil.copytree(ROOT / "examples" / "tutorial", home / "examples" / "tutorial")
    (home / "bin").mkdir()
    (home / "bin" / "counterclaim").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m counterclaim "$@"\n', encoding="utf-8")
    (home / "bin" / "counterclaim").chmod(0o755)
    script = "exec 2>&1\nset -e\n" + "".join(f"echo '{MARK.format(number)}'\n{commands}" for number, (commands, _) in enumerate(STEPS))
    env = {k: v for k, v in os.environ.items() if not k.startswith("COUNTERCLAIM_")} | {
        "PATH": f"{home / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}",
        "COLUMNS": "100",
        "COUNTERCLAIM_SETTINGS": str(home / "settings.toml"),
        "COUNTERCLAIM_GAZETTEERS": str(home / "gazetteers"),
        "PYTHONUTF8": "1",
    }
    done = subprocess.run(["sh", "-c", script], cwd=home, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    return re.split(MARK.format(r"\d+") + "\n", done.stdout)[1:]


@pytest.mark.parametrize("number", range(len(STEPS)))
def test_what_is_shown_is_printed(printed: list[str], number: int) -> None:
    commands, shown = STEPS[number]
    assert not missing(shown, printed[number]), f"after {commands!r}:\n{printed[number]}"


def test_the_reports_say_that_they_are_invented() -> None:
    reports = list((ROOT / "examples" / "tutorial").iterdir())
    assert len(reports) == 3
    assert all("the people, the groups, the places and the events are invented" in report.read_text(encoding="utf-8") for report in reports)


def test_every_block_of_commands_shows_what_it_prints() -> None:
    assert len(STEPS) >= 10
    assert all(shown.strip() for _, shown in STEPS)


@pytest.mark.parametrize(
    ("shown", "lines"),
    [
        ("one\nthree\n", []),
        ("one\n…\nthree\n", []),
        ("o…\nt…e…\n", []),
        ("three\none\n", ["one"]),
        ("on\n", ["on"]),
        ("o…x\n", ["o…x"]),
        ("one\none\n", ["one"]),
    ],
)
def test_a_line_that_is_not_printed_is_seen(shown: str, lines: list[str]) -> None:
    assert missing(shown, "one  \ntwo\nthree\n") == lines
