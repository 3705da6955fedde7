"""The server itself: where it may be bound, and that it answers over real HTTP."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote

import pytest

from counterclaim.errors import NotFound, SettingsError
from counterclaim.record import Record
from counterclaim.web.app import Serving, bound
from tests.store.factories import TEXT, make_report, received
from tests.web.asking import RULES, served


@pytest.mark.parametrize("host", ["0.0.0.0", "", "::", "192.168.0.1", "example.org", "127.0.0.2", "127.0.0.1 "])  # noqa: S104 - what must be refused
def test_an_address_others_could_reach_is_refused(host: str) -> None:
    with pytest.raises(SettingsError, match="this machine only"):
        bound(host, 0)


def test_a_port_in_use_is_an_error_of_the_system(empty: Path) -> None:
    with bound("127.0.0.1", 0) as taken:
        taken.listen()
        with pytest.raises(OSError, match="in use"):
            Serving(empty, RULES, port=taken.getsockname()[1])


def test_a_record_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        Serving(tmp_path / "none.db", RULES)


def test_it_answers_on_its_own_port_and_for_its_own_name(empty: Path) -> None:
    with Record.open(empty) as record:
        record.store.add(received(make_report("ü %2F/x.json", TEXT)), [], [])
    with served(empty) as serving:
        with urllib.request.urlopen(serving.address) as answer:
            assert answer.status == 200
            assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
            assert "server" not in {name.lower() for name in answer.headers}
        at = f"{serving.address}reports/{quote('ü %2F/x.json', safe='')}"
        with urllib.request.urlopen(urllib.request.Request(at, headers={"Accept": "application/json"})) as answer:
            assert json.load(answer)["report"]["id"] == "ü %2F/x.json"
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(urllib.request.Request(serving.address, headers={"Host": "evil.example"}))
        assert refused.value.code == 403
        refused.value.close()


def test_it_stops_while_somebody_watches(empty: Path) -> None:
    with served(empty) as serving:
        watching = socket.create_connection(("127.0.0.1", serving.port))
        watching.sendall(b"GET /")
    watching.close()


def command(record: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "counterclaim", "serve", "--record", str(record), "--port", "0", *words],
        env=os.environ | {"PYTHONUTF8": "1", "COLUMNS": "200"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_command_says_where_it_serves_and_ends_quietly(empty: Path) -> None:
    serving = command(empty)
    assert serving.stdout is not None
    said = serving.stdout.readline()
    address = said.split()[2]
    with urllib.request.urlopen(address) as answer:
        assert answer.status == 200
    serving.send_signal(signal.SIGINT)
    _, complaints = serving.communicate(timeout=30)
    assert (serving.returncode, complaints) == (0, "")


def test_the_command_refuses_an_address_others_could_reach(empty: Path) -> None:
    out, complaints = command(empty, "--host", "0.0.0.0").communicate(timeout=30)  # noqa: S104 - what must be refused
    assert out == ""
    assert "this machine only" in complaints
