"""Ask much of the face at once: one who adds reports, four who review and ten who read, for a minute; then count what is there.

    python -m benchmarks.face_load [--seconds 60] [--claims 2000] [--reviewers 4] [--readers 10]

The server is the command itself, in a process of its own. Every decision and report that the server acknowledged must be in the record at the
end, every answer must be what was asked for, and reviewers are not to wait: told are the 99th percentiles of their decisions and of all looks.
Every page is asked for once before, until it is there.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from benchmarks.findings_scale import filled, report, world
from counterclaim.record import Record

_CLAIMS_A_REPORT = 10
_MOST = 0.5
# The answer to what was never made of the record; once it was, the last is shown until it is made anew.
_NOT_YET = 503
_LOOKS = ("/", "/findings", "/claims", "/reports", "/actors", "/places", "/sources", "/board", "/promises", "/search?q=civilians")
_TOKEN = re.compile(rb'name="token" value="([0-9a-f]{64})"')


class Client:
    """One browser: a connection, its cookie and its token; what it was told and how long that took."""

    def __init__(self, port: int, name: str) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._headers = {"Cookie": f"counterclaim-by={quote(name)}"}
        self.times: list[float] = []
        self.errors: list[str] = []
        self.kept = 0
        self.behind = 0
        answer, body = self.ask("GET", "/add")
        self._headers["Cookie"] += f"; {answer.getheader('Set-Cookie', '').partition(';')[0]}"
        found = _TOKEN.search(body)
        self._token = found[1].decode() if found else ""

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[http.client.HTTPResponse, bytes]:
        """The answer, its time kept."""
        body, headers = None, {**self._headers, "Accept": "text/html"}
        if fields is not None:
            body = urlencode({"token": self._token, **fields})
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        start = time.perf_counter()
        self._line.request(method, path, body, headers)
        answer = self._line.getresponse()
        content = answer.read()
        self.times.append(time.perf_counter() - start)
        self.behind += answer.getheader("Counterclaim-Behind") == "yes"
        if answer.status not in (200, 202, 303):
            self.errors.append(f"{method} {path}: {answer.status} {content[:200]!r}")
        return answer, content

    def json(self, path: str) -> Any:
        """A page as JSON."""
        return json.loads(self.ask("GET", path)[1])


def review(client: Client, reports: list[str], end: float) -> None:
    """Accept one claim after another in the reports that nobody else reviews."""
    for name in reports:
        items = client.json(f"/review.json?report={quote(name, safe='')}")["items"]
        for item in (one for one in items if one["sort"] == "claim" and one["state"] == "open"):
            if time.monotonic() > end:
                return
            fields = {"report": name, "key": item["key"], "version": item["version"], "next": item["id"]}
            answer, _ = client.ask("POST", "/review/accept", fields)
            client.kept += answer.status == 202


def read(client: Client, seed: int, end: float) -> None:
    """Look at one page after another."""
    chance = random.Random(seed)
    while time.monotonic() < end:
        client.ask("GET", chance.choice(_LOOKS))
        time.sleep(chance.random() / 5)


def add(client: Client, first: int, end: float) -> None:
    """Paste one report after another, each when the one before is read."""
    names, number = world(), first
    while time.monotonic() < end:
        answer, body = client.ask("POST", "/add/text", {"text": report(number, names)[0].report.text, "title": f"Added {number}"})
        if answer.status == 202:
            at = json.loads(body)["at"]
            while client.json(f"{at}.json")["run"]["state"] not in ("done", "failed"):
                time.sleep(0.05)
            client.kept += 1
        number += 1


def percentile(times: list[float]) -> float:
    """The 99th percentile."""
    return sorted(times)[min(len(times) - 1, int(0.99 * len(times)))] if times else 0.0


def main() -> int:
    """Ask, count, and tell; 1 where something was lost, an answer was none, or reviewers waited too long."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--claims", type=int, default=2_000)
    parser.add_argument("--reviewers", type=int, default=4)
    parser.add_argument("--readers", type=int, default=10)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path, size = Path(folder) / "made.db", max(asked.claims // _CLAIMS_A_REPORT, asked.reviewers)
        for _ in filled(path, size, world()):
            pass
        with Record.open(path) as record:
            record.refresh()
            names = [one.id for one in record.store.reports()]
        command = [sys.executable, "-m", "counterclaim", "serve", "--record", str(path), "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None  # noqa: S101 - a pipe was asked for
            port = int(re.findall(r":(\d+)/", server.stdout.readline())[0])
            adder = Client(port, "adder")
            for look in (*_LOOKS, f"/review?report={quote(names[0], safe='')}"):
                while adder.ask("GET", look)[0].status == _NOT_YET:
                    time.sleep(0.2)
            # Now, as the server closes the line of who says nothing for a while.
            reviewers = [Client(port, f"reviewer {number}") for number in range(asked.reviewers)]
            readers = [Client(port, f"reader {number}") for number in range(asked.readers)]
            everybody = [adder, *reviewers, *readers]
            for one in everybody:
                one.times.clear()
                one.errors.clear()
            end = time.monotonic() + asked.seconds
            threads = [threading.Thread(target=add, args=(adder, size, end))]
            threads += [threading.Thread(target=review, args=(one, names[number :: asked.reviewers], end)) for number, one in enumerate(reviewers)]
            threads += [threading.Thread(target=read, args=(one, number, end)) for number, one in enumerate(readers)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            server.terminate()
            server.wait(timeout=60)
        with Record.open(path) as record:
            counts, problems = record.store.counts(), list(record.store.verify())
    decided = sum(one.kept for one in reviewers)
    errors = [error for one in everybody for error in one.errors]
    waited = percentile([took for one in reviewers for took in one.times])
    looked = percentile([took for one in readers for took in one.times])
    lost = decided - counts.judgements + adder.kept - (counts.reports - size)
    behind = sum(one.behind for one in readers)
    print(f"{behind} looks at the state before")
    print(f"{decided} decisions, {adder.kept} reports added, {sum(len(one.times) for one in readers)} looks in {asked.seconds:.0f} s")
    print(
        f"lost {lost}, errors {len(errors)}, problems of the record {len(problems)}; p99 of reviewers {1000 * waited:.0f} ms, of readers {1000 * looked:.0f} ms"
    )
    for error in errors[:5]:
        print(f"  {error}")
    return 1 if lost or errors or problems or waited > _MOST else 0


if __name__ == "__main__":
    sys.exit(main())
