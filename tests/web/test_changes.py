"""Adding reports, watching them read, stopping, and notes that are refused on a stale page."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from counterclaim.config import Settings
from counterclaim.read import Options
from counterclaim.record import Record
from counterclaim.web import forms, uploads
from counterclaim.web.jobs import Run
from tests.web.asking import client, face, hostile, token

TEXT = "Rebels captured the town of Arvad on Sunday, the governor said. Three soldiers were killed."
JSON = {"accept": "application/json"}


def add(asking: TestClient, where: str, fields: dict[str, str], files: Any = None) -> dict[str, Any]:
    """What a run came to, as JSON, when it is over."""
    answer = asking.post(f"/add/{where}", data={"token": token(asking), **fields}, files=files, headers=JSON)
    assert answer.status_code == 202, answer.text
    asking.get(f"{answer.json()['at']}/events")
    found: dict[str, Any] = asking.get(answer.headers["location"], headers=JSON).json()
    return found


def events(text: str) -> list[tuple[str, dict[str, Any]]]:
    parts = [dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":")) for block in text.strip().split("\n\n")]
    return [(part["event"], json.loads(part["data"])) for part in parts if "event" in part]


def test_a_pasted_text_is_read(writing: TestClient) -> None:
    found = add(writing, "text", {"text": TEXT, "title": "Arvad/falls: a day", "outlet": "Harrow Wire", "published": "2024-03-04"})
    assert (found["run"]["state"], found["steps"][0]["outcome"]) == ("done", "new")
    [row] = writing.get("/reports.json").json()["rows"]
    assert (row["name"], row["outlet"], row["day"]) == ("Arvad/falls: a day", "Harrow Wire", "2024-03-04")
    assert row["at"] == found["steps"][0]["at"]
    assert writing.get("/claims.json").json()["rows"]


def test_the_same_text_again_changes_nothing(writing: TestClient, empty: Path) -> None:
    add(writing, "text", {"text": TEXT})
    with Record.open(empty) as record:
        before = record.store.head()
    assert add(writing, "text", {"text": TEXT})["steps"][0]["outcome"] == "unchanged"
    with Record.open(empty) as record:
        assert record.store.head() == before


def test_files_are_read_and_each_refusal_says_why(writing: TestClient) -> None:
    files = [
        ("files", ("a.txt", TEXT, "text/plain")),
        ("files", ("b.html", f"<html><body><article><p>{TEXT}</p></article></body></html>", "text/html")),
        ("files", ("c.pdf", b"%PDF", "application/pdf")),
        ("files", ("empty.txt", b"", "text/plain")),
    ]
    found = add(writing, "files", {}, files)
    outcome = {step["name"]: step["outcome"] for step in found["steps"]}
    assert outcome == {"a": "new", "b": "new", "c.pdf": "refused", "empty.txt": "refused"}
    assert {row["source"] for row in writing.get("/refused.json").json()["rows"]} == {"c.pdf", "empty.txt"}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\boot.txt", "boot.txt"),
        ("/etc/passwd", "passwd"),
        ("C:\\x\\y.txt", "y.txt"),
        ("..", ""),
        (".", ""),
        ("", ""),
        ("a\x00b.txt", "a\ufffdb.txt"),
        ("a\u202etxt.exe", "a\ufffdtxt.exe"),
        ("x" * 300 + ".txt", "x" * 180 + ".txt"),
    ],
)
def test_a_name_of_a_file_is_only_a_name(given: str, kept: str) -> None:
    assert uploads.clean_name(given) == kept


def test_nothing_is_written_beside_the_record(writing: TestClient, empty: Path) -> None:
    before = {path.name for path in empty.parent.iterdir()}
    add(writing, "files", {}, [("files", ("../up.txt", TEXT, "text/plain")), ("files", ("/tmp/abs.txt", TEXT + " Again.", "text/plain"))])  # noqa: S108
    assert {path.name for path in empty.parent.iterdir()} - before <= {"r.db.blobs", "r.db-wal", "r.db-shm"}
    assert not (empty.parent.parent / "up.txt").exists()


def test_two_files_of_one_name_are_two_reports(writing: TestClient) -> None:
    found = add(writing, "files", {}, [("files", ("a.txt", TEXT, "text/plain")), ("files", ("a.txt", TEXT + " Again.", "text/plain"))])
    assert [step["outcome"] for step in found["steps"]] == ["new", "new"]
    assert len(writing.get("/reports.json").json()["rows"]) == 2


def test_a_folder_is_read(writing: TestClient, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b.bin").write_bytes(b"\0")
    assert [step["outcome"] for step in add(writing, "folder", {"folder": str(folder)})["steps"]] == ["new", "refused"]


@pytest.mark.parametrize("named", ["/nowhere/at/all", "", "  ", "/etc/passwd", "\x00"])
def test_what_is_no_folder_is_said(writing: TestClient, named: str) -> None:
    assert writing.post("/add/folder", data={"token": token(writing), "folder": named}).status_code == 422


@pytest.mark.parametrize(
    ("where", "fields"),
    [("text", {"text": " "}), ("text", {}), ("files", {}), ("text", {"text": "x", "published": "yesterday"}), ("text", {"text": "x", "outlet": "x" * 2000})],
)
def test_what_cannot_be_read_is_said(writing: TestClient, where: str, fields: dict[str, str]) -> None:
    answer = writing.post(f"/add/{where}", data={"token": token(writing), **fields})
    assert answer.status_code == 422
    assert face(writing).jobs.all() == []


def test_limits_of_uploads(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "MOST_FILES", 3)
    monkeypatch.setattr(uploads, "MOST_PASTED", 1_000)
    with client(empty, Settings(reader="rules", largest=500)) as asking:
        files = [("files", (f"{number}.txt", TEXT, "text/plain")) for number in range(4)]
        assert asking.post("/add/files", data={"token": token(asking)}, files=files).status_code == 400
        assert asking.post("/add/text", data={"token": token(asking), "text": "x" * 1_001}).status_code == 413
        found = add(asking, "files", {}, [("files", ("big.txt", TEXT * 10, "text/plain"))])
        assert "500 are read" in found["steps"][0]["reason"]


def test_more_bytes_than_are_taken_are_refused_unread(writing: TestClient) -> None:
    answer = writing.post("/add/text", headers={"content-length": "900000000", "content-type": "multipart/form-data; boundary=x"}, content=b"")
    assert answer.status_code == 413


def test_more_bytes_than_were_said_are_refused_too(writing: TestClient) -> None:
    guarded = face(writing)._guarded
    guarded._most = 10_000

    def parts() -> Any:
        yield f'--x\r\nContent-Disposition: form-data; name="token"\r\n\r\n{mark}\r\n'.encode()
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        yield from [b"x" * 1_000] * 20

    mark = token(writing)
    answer = writing.post("/add/files", content=parts(), headers={"content-type": "multipart/form-data; boundary=x"})
    assert answer.status_code == 413


def test_progress_is_told_as_it_happens_and_from_where_one_left_off(writing: TestClient) -> None:
    files = [("files", (f"{number}.txt", f"{TEXT} {number}.", "text/plain")) for number in range(5)]
    answer = writing.post("/add/files", data={"token": token(writing)}, files=files, headers=JSON)
    at = f"{answer.json()['at']}/events"
    told = writing.get(at)
    assert told.headers["content-type"].startswith("text/event-stream")
    found = events(told.text)
    assert [value["name"] for name, value in found if name == "step"] == ["0", "1", "2", "3", "4"]
    assert (found[-1][0], found[-1][1]["state"], found[-1][1]["done"]) == ("over", "done", 5)
    again = events(writing.get(at, headers={"last-event-id": "3"}).text)
    assert [value["name"] for name, value in again if name == "step"] == ["3", "4"]


def test_a_run_is_stopped_after_the_report_at_hand(writing: TestClient) -> None:
    files = [("files", (f"{number}.txt", f"{TEXT} {number}. " * 60, "text/plain")) for number in range(200)]
    answer = writing.post("/add/files", data={"token": token(writing)}, files=files, headers=JSON)
    assert writing.post(f"{answer.json()['at']}/stop", data={"token": token(writing)}).status_code == 200
    found = writing.get(f"{answer.json()['at']}/events").text
    state = events(found)[-1][1]
    assert state["state"] == "stopped"
    assert state["total"] - state["done"] > 0


def test_an_error_of_the_record_is_told_and_the_next_run_goes_on(tmp_path: Path, writing: TestClient) -> None:
    jobs = face(writing).jobs
    broken = Run("broken", [], Options())
    broken.sources = None  # type: ignore[assignment]
    jobs.add(broken)
    while not broken.is_over:
        time.sleep(0.01)
    assert broken.state == "failed"
    assert "TypeError" in (broken.problem or "")
    assert add(writing, "text", {"text": TEXT})["run"]["state"] == "done"


@pytest.fixture
def noting(tmp_path: Path) -> Any:
    path = tmp_path / "n.db"
    hostile(path, ("Arvad",))
    with client(path) as asking:
        yield asking


def test_a_note_is_kept_with_who_made_it(noting: TestClient) -> None:
    at = noting.get("/claims.json").json()["rows"][0]["at"]
    fields = {"token": token(noting), "note": "look at the date", "by": "Ann", "version": noting.get(f"{at}.json").json()["version"]}
    assert noting.post(f"{at}/note", data=fields, follow_redirects=False).headers["location"] == f"{at}#notes"
    noted = noting.get(f"{at}.json").json()["judgements"]
    assert [(one["by"], one["decision"], one["value"]) for one in noted if one["by"] == "Ann"] == [("Ann", "comment", "look at the date")]


def test_a_note_on_a_stale_page_is_refused_and_changes_nothing(noting: TestClient) -> None:
    rows = noting.get("/claims.json").json()["rows"]
    at, other = rows[0]["at"], rows[1]["at"]
    seen = noting.get(f"{at}.json").json()["version"]
    fields = {"token": token(noting), "note": "first", "by": "Ann", "version": seen}
    assert noting.post(f"{at}/note", data=fields).status_code == 200
    with Record.open(face(noting).desk.path) as record:
        before = record.store.head()
    assert noting.post(f"{at}/note", data={**fields, "note": "second"}).status_code == 409
    with Record.open(face(noting).desk.path) as record:
        assert record.store.head() == before
    # What others do to other things makes no page stale.
    unseen = noting.get(f"{other}.json").json()["version"]
    fresh = noting.get(f"{at}.json").json()["version"]
    assert noting.post(f"{at}/note", data={**fields, "note": "third", "version": fresh}).status_code == 200
    assert noting.post(f"{other}/note", data={**fields, "version": unseen}).status_code == 200


def test_a_note_to_nothing(noting: TestClient) -> None:
    assert noting.post("/claims/none/note", data={"token": token(noting), "note": "x", "by": "y", "version": "z"}).status_code == 404
    at = noting.get("/claims.json").json()["rows"][0]["at"]
    assert noting.post(f"{at}/note", data={"token": token(noting), "note": " ", "by": "y", "version": "z"}).status_code == 422


def test_the_forms_say_what_they_take(writing: TestClient) -> None:
    page = writing.get("/add").text
    assert f"{uploads.MOST_FILES} files" in page
    assert ".jsonl" in page
