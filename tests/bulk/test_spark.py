"""The same function on Spark: one session on this machine, and a cluster of two workers. Needs Java 17 and the extra [spark]."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from counterclaim import bulk as many
from counterclaim.bulk.run import with_processes, with_spark
from counterclaim.config import Settings

pytestmark = [
    pytest.mark.java,
    pytest.mark.skipif(shutil.which("java") is None and "JAVA_HOME" not in os.environ, reason="no Java on this machine"),
    # Spark leaves sockets to the end of the process.
    pytest.mark.filterwarnings("ignore"),
]
sql = pytest.importorskip("pyspark.sql", reason="the extra [spark] is not installed")
RULES = Settings(reader="rules")
MASTERS = ("local[2]", "local-cluster[2,1,1024]")


@pytest.fixture(params=MASTERS, scope="module")
def session(request: pytest.FixtureRequest) -> Iterator[Any]:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    # What a cluster finds installed on every machine.
    os.environ["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    os.environ.setdefault("SPARK_HOME", str(Path(sql.__file__).parent.parent))
    found = (
        sql.SparkSession.builder.master(request.param)
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    yield found
    found.stop()


def test_spark_gives_the_bytes_of_one_process(session: Any, folder: Path, tmp_path: Path) -> None:
    list(many.bulk([folder], tmp_path / "one", settings=RULES, size=2, engine=with_processes(1)))
    steps = list(many.bulk([folder], tmp_path / "spark", settings=RULES, size=2, engine=with_spark(session=session)))
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "spark"))
    assert one == two
    assert steps[-1].tally.reports == 6


def test_a_finished_run_starts_no_job(session: Any, folder: Path, tmp_path: Path) -> None:
    list(many.bulk([folder], tmp_path / "out", settings=RULES, size=2, engine=with_processes(1)))
    [last] = many.bulk([folder], tmp_path / "out", settings=RULES, size=2, engine=with_spark(session=session))
    assert (last.shards, last.skipped) == (0, 4)
