"""`counterclaim bulk` and `counterclaim import` as a user runs them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.test_cli import run


@pytest.fixture
def home(folder: Path, tmp_path: Path) -> Path:
    (tmp_path / "settings.toml").write_text('reader = "rules"\n', encoding="utf-8")
    return tmp_path


def test_bulk_then_import_then_ask(home: Path) -> None:
    done = run("bulk", "reports", "out", "--processes", "2", "--shard", "2", cwd=home)
    assert done.returncode == 0
    assert re.match(r"6 reports with \d+ claims, 2 refused, in 4 shards; ", done.stdout)
    assert "4 finished before" in run("bulk", "reports", "out", "--shard", "2", cwd=home).stdout
    done = run("import", "out", cwd=home)
    assert done.returncode == 0
    assert "6 new reports" in done.stdout
    assert "empty.txt" in done.stderr
    assert "6 unchanged" in run("import", "out", cwd=home).stdout
    findings = [json.loads(line) for line in run("findings", "--json", cwd=home).stdout.splitlines()]
    assert findings
    assert run("verify", cwd=home).stdout.startswith("sound")


def test_an_unfinished_folder_says_so_and_is_imported(home: Path) -> None:
    run("bulk", "reports", "out", "--processes", "1", "--shard", "2", cwd=home)
    about = home / "out" / "bulk.json"
    about.write_text(json.dumps(json.loads(about.read_text(encoding="utf-8")) | {"shards": None}), encoding="utf-8")
    done = run("import", "out", cwd=home)
    assert "not finished" in done.stderr
    assert "6 new reports" in done.stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("import", "absent"), 4, "no shards"),
        (("bulk", "reports", "page/out"), 6, "page/out"),
        (("bulk", "reports", "out", "--published", "soon"), 6, "YYYY-MM-DD"),
        (("bulk", "reports", "out", "--shard", "0"), 2, "shard"),
        (("bulk", "reports", "out", "--format", "xml"), 2, "format"),
    ],
)
def test_wrong_words_are_errors_that_name_the_remedy(home: Path, words: tuple[str, ...], code: int, said: str) -> None:
    (home / "page").write_text("a file, no folder", encoding="utf-8")
    done = run(*words, cwd=home)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (home / "record.db").exists()


def test_without_pyspark_the_remedy_is_named(home: Path) -> None:
    try:
        import pyspark  # noqa: F401
    except ImportError:
        done = run("bulk", "reports", "out", "--on", "spark", cwd=home)
        assert (done.returncode, "counterclaim[spark]" in done.stderr) == (6, True)
    else:
        pytest.skip("pyspark is installed here")
