"""Names of files and folders become sources, in order, each with a reason where it cannot be read."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from counterclaim.core.report import Received, Refusal
from counterclaim.read import Source, received, sources
from counterclaim.read.sources import READABLE


def put(folder: Path, *paths: str, text: str = "The army left Bara.") -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def refused(found: list[Source]) -> dict[str, str]:
    return {source.path: source.refused for source in found if source.refused}


def test_a_folder_gives_its_files_in_order_of_path(tmp_path: Path) -> None:
    put(tmp_path, "b.txt", "a/z.md", "a/b/c.html", "c.jsonl", "a.json")
    found = list(sources([tmp_path]))
    assert [source.path for source in found] == ["a/b/c.html", "a/z.md", "a.json", "b.txt", "c.jsonl"]
    assert [source.id for source in found] == ["a/b/c", "a/z", "a", "b", "c"]
    assert all(source.refused is None for source in found)


def test_a_file_is_named_as_it_was_given_and_keeps_its_stem_as_id(tmp_path: Path) -> None:
    put(tmp_path, "wires/day1.txt")
    (source,) = sources([str(tmp_path / "wires" / "day1.txt")])
    assert (source.name, source.path, source.id) == (str(tmp_path / "wires" / "day1.txt"), "day1.txt", "day1")
    with source.open() as stream:
        assert stream.read() == b"The army left Bara."


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    put(tmp_path, ".hidden.txt", ".git/a.txt", "seen.txt")
    assert [source.path for source in sources([tmp_path])] == ["seen.txt"]


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    assert "no file in the folder" in refused(list(sources([tmp_path])))[tmp_path.name]


@pytest.mark.parametrize(("name", "there"), [("a.docx", "its suffix is '.docx'"), ("README", "it has no suffix"), ("a.odt", "its suffix is '.odt'")])
def test_an_unknown_suffix_is_refused_with_what_can_be_read(tmp_path: Path, name: str, there: str) -> None:
    put(tmp_path, name, "good.txt")
    found = list(sources([tmp_path]))
    assert there in refused(found)[name]
    assert " ".join(READABLE) in refused(found)[name]
    assert [source.path for source in found if source.refused is None] == ["good.txt"]


def test_a_suffix_in_capitals_is_the_same_suffix(tmp_path: Path) -> None:
    put(tmp_path, "A.TXT")
    assert [source.suffix for source in sources([tmp_path])] == [".txt"]


@pytest.mark.parametrize("name", ["absent.txt", "absent", "nul\0.txt"])
def test_what_is_not_there_is_refused(tmp_path: Path, name: str) -> None:
    (source,) = sources([tmp_path / name])
    assert source.refused is not None
    assert source.refused.startswith("no such file or folder")


def test_links_that_lead_outside_are_refused(tmp_path: Path) -> None:
    put(tmp_path, "secret.txt", "folder/in.txt")
    (tmp_path / "folder" / "out.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "folder" / "up").symlink_to(tmp_path)
    reasons = refused(list(sources([tmp_path / "folder"])))
    assert set(reasons) == {"out.txt", "up"}
    assert all("outside the folder" in reason for reason in reasons.values())


def test_links_in_a_circle_are_refused_and_links_inside_are_read_once(tmp_path: Path) -> None:
    put(tmp_path, "sub/in.txt")
    (tmp_path / "again.txt").symlink_to(tmp_path / "sub" / "in.txt")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "absent.txt")
    found = list(sources([tmp_path]))
    assert [source.path for source in found if source.refused is None] == ["sub/in.txt"]
    assert set(refused(found)) == {"self.txt", "nowhere.txt"}


def test_a_link_named_by_the_user_is_followed(tmp_path: Path) -> None:
    put(tmp_path, "there.txt")
    (tmp_path / "here.txt").symlink_to(tmp_path / "there.txt")
    (source,) = sources([tmp_path / "here.txt"])
    assert source.refused is None


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "device, a pipe" in refused(list(sources([tmp_path])))["pipe.txt"]


def test_a_folder_that_cannot_be_listed_is_refused_and_the_rest_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "closed/a.txt", "open.txt")
    listdir = os.listdir

    def some(path: Path) -> list[str]:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return listdir(path)

    monkeypatch.setattr(os, "listdir", some)
    found = list(sources([tmp_path]))
    assert "cannot be listed (Permission denied)" in refused(found)["closed"]
    assert [source.path for source in found if source.refused is None] == ["open.txt"]


def test_a_file_reached_twice_is_read_once(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "b.txt")
    assert [source.path for source in sources([tmp_path / "b.txt", tmp_path, tmp_path / "b.txt"])] == ["b.txt", "a.txt"]


def test_two_texts_of_one_id_are_both_read(tmp_path: Path) -> None:
    put(tmp_path, "one/wire.txt", "two/wire.md", "two/wire.json")
    found = list(sources([tmp_path / "one", tmp_path / "two"]))
    assert [(source.path, source.id, source.refused) for source in found] == [
        ("wire.txt", "wire", None),
        ("wire.json", "wire", None),
        ("wire.md", "wire", None),
    ]


@pytest.mark.parametrize(
    ("path", "id_"),
    [("wires/day1.txt", "wires/day1"), ("a.b.txt", "a.b"), ("/etc/x.txt", "etc/x"), ("../../up.txt", "up"), ("", "report")],
)
def test_ids_come_from_the_path(path: str, id_: str) -> None:
    assert Source("n", path, io.BytesIO).id == id_


def test_long_paths_get_short_ids_that_differ() -> None:
    one, other = (Source("n", "x" * 300 + end, io.BytesIO).id for end in ("1.txt", "2.txt"))
    assert len(one) == len(other) == 200
    assert one != other


@pytest.mark.skipif(sys.platform != "linux", reason="other file systems refuse such names")
def test_names_that_are_no_characters_are_made_printable(tmp_path: Path) -> None:
    for name in (b"\xff.txt", b"\xfe.txt", b"a\nb.txt"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text("The army left.")
    found = list(sources([tmp_path]))
    assert [source.path for source in found] == ["a\ufffdb.txt", "\ufffd.txt", "\ufffd.txt"]
    assert found[1].name.encode()
    assert {source.id for source in found[1:]} == {"\ufffd"}


def test_standard_input_is_read_and_left_open(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(b"The army left Bara."))
    monkeypatch.setattr(sys, "stdin", stdin)
    (source,) = sources(["-"])
    (result,) = received(source)
    assert isinstance(result, Received)
    assert (source.name, result.report.source, result.report.text) == ("standard input", "standard input", "The army left Bara.")
    assert not stdin.buffer.closed


def test_no_standard_input_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    (source,) = sources(["-"])
    (result,) = received(source)
    assert isinstance(result, Refusal)
    assert "no standard input" in result.reason


def test_what_a_browser_saved_beside_a_page_is_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "page.html", "page_files/ad.html", "page_files/logo.png", "old.htm", "old_files/x.js", "case_files/day.txt")
    assert [source.path for source in sources([tmp_path])] == ["case_files/day.txt", "old.htm", "page.html"]
