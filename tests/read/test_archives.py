"""Zip and gzip: the files in them are read as they would be beside them; what leads out, is locked or swells is refused."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from counterclaim.core.report import Received, Refusal
from counterclaim.errors import InputRefused
from counterclaim.read import Options, received, sources
from counterclaim.read.unpacking import ALWAYS_UNPACKED, MOST_PACKED, Budget, gunzipped
from tests.read.factories import ENGLISH, reason, report, results, said, web_page
from tests.read.hostile import packed


def outcomes(data: bytes) -> list[str]:
    """Ids of reports and names of refusals, in order."""
    return [item.report.id if isinstance(item, Received) else item.source for item in results("day.zip", data)]


def test_each_file_is_read_as_it_would_be_beside_the_archive() -> None:
    found = results(
        "day.zip", packed({"b/one.txt": ENGLISH, "two.html": web_page(""), "three.jsonl": said(id="x", text="It left.") + "\n" + said(text="It stayed.")})
    )
    assert all(isinstance(item, Received) for item in found)
    assert [item.report.id for item in found if isinstance(item, Received)] == ["day/b/one", "day/two", "x", "day/three-2"]
    assert [item.report.source for item in found if isinstance(item, Received)][::3] == ["day.zip > b/one.txt", "day.zip > three.jsonl:2"]


def test_the_bytes_kept_are_those_of_the_file_in_it() -> None:
    (found,) = results("day.zip", packed({"one.txt": ENGLISH}))
    assert isinstance(found, Received)
    assert found.raw == ENGLISH.encode()


def test_archives_in_archives_are_opened_to_a_depth() -> None:
    inner = packed({"a.txt": ENGLISH})
    for depth in range(4):
        (found,) = results("top.zip", inner)
        assert isinstance(found, Received if depth < 3 else Refusal), found
        inner = packed({f"{depth}.zip": inner})


@pytest.mark.parametrize("name", ["../x.txt", "/x.txt", "a/../../x.txt", "C:\\x.txt", "C:x.txt", "\\x.txt", "..\\x.txt", "a\\..\\..\\x.txt"])
def test_names_that_lead_out_are_refused(name: str) -> None:
    bad, good = results("day.zip", packed({name: ENGLISH, "good.txt": ENGLISH}))
    assert isinstance(bad, Refusal)
    assert "leads outside" in bad.reason
    assert isinstance(good, Received)


@pytest.mark.parametrize("name", ["..x.txt", "a..b/x.txt", "x...txt"])
def test_dots_in_a_name_lead_nowhere(name: str) -> None:
    assert [type(item) for item in results("day.zip", packed({f"d{name}": ENGLISH}))] == [Received]


def test_a_swelling_file_is_refused_without_being_unpacked() -> None:
    bad, good = results("day.zip", packed({"bomb.txt": b"\0" * (ALWAYS_UNPACKED + 1), "good.txt": ENGLISH}))
    assert isinstance(bad, Refusal)
    assert "times its packed size" in bad.reason
    assert isinstance(good, Received)


def test_what_comes_out_in_all_is_bounded() -> None:
    swelling = {f"{number}.txt": "\n" * 9_000_000 for number in range(4)}
    reasons = [item.reason for item in results("day.zip", packed(swelling)) if isinstance(item, Refusal)]
    assert sum("in all" in each for each in reasons) == 2
    budget = Budget(1_000_000)
    budget.take("x", MOST_PACKED * 1_000_000)
    with pytest.raises(InputRefused, match="in all"):
        budget.take("x", 1)


def test_hidden_files_and_what_browsers_save_beside_a_page_are_passed_over(tmp_path: Path) -> None:
    files = {
        "p/Bara.html": web_page(""),
        "p/Bara_files/ad.html": web_page(""),
        "p/Bara_files/a.css": "",
        ".git/x.txt": "x",
        "__MACOSX/p/._Bara.html": "x",
        "other_files/note.txt": ENGLISH,
    }
    assert outcomes(packed(files)) == ["day/p/Bara", "day/other_files/note"]
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert {source.path for source in sources([tmp_path])} == {"p/Bara.html", "other_files/note.txt"}


def test_files_of_no_readable_kind_are_refused_one_by_one() -> None:
    assert outcomes(packed({"a.exe": "x", "b.txt": ENGLISH})) == ["day.zip > a.exe", "day/b"]


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"", "nothing in it"), (b"no archive", "not a zip archive"), (packed({}), "no file in the archive"), (packed({"a.txt": "x"})[:-8], "not a zip")],
)
def test_what_is_no_archive_is_refused(data: bytes, why: str) -> None:
    assert why in reason("day.zip", data)


def test_an_archive_on_standard_input_is_told_by_its_bytes() -> None:
    (found,) = results("-", packed({"a.txt": ENGLISH}))
    assert isinstance(found, Received)


def test_a_packed_file_is_read_by_the_suffix_before() -> None:
    found = report("wires/day.txt.gz", gzip.compress(ENGLISH.encode()))
    assert (found.id, found.text) == ("wires/day", ENGLISH)
    ids = [item.report.id for item in results("day.jsonl.gz", gzip.compress(said(text="It left.").encode())) if isinstance(item, Received)]
    assert ids == ["day-1"]


def test_what_was_whole_before_a_cut_is_read() -> None:
    lines = "\n".join(said(id=str(number), text=f"The army left the town of {number * 7919 % 1000}.") for number in range(500)).encode()
    *whole, last = results("day.jsonl.gz", gzip.compress(lines)[:-50])
    assert isinstance(last, Refusal)
    assert "ends early" in last.reason
    assert len(whole) > 300
    assert all(isinstance(item, Received) for item in whole)


def test_a_gzip_bomb_stops_soon() -> None:
    bomb = gzip.compress(b"\0" * 100_000_000)
    stream = gunzipped("b.gz", io.BytesIO(bomb), None)
    came = 0
    with pytest.raises(InputRefused, match="times its packed size"):
        while data := stream.read(1_000_000):
            came += len(data)
    assert came < MOST_PACKED * len(bomb) + 2_000_000


@pytest.mark.parametrize("size", [0, 1, 65_536, 200_000])
@pytest.mark.parametrize("filler", [b"", b"\0" * 600])
def test_gzip_members_and_their_filling_are_one_stream(size: int, filler: bytes) -> None:
    one = bytes(number * number % 251 for number in range(size))
    both = gzip.compress(one) + filler + gzip.compress(b"end") + filler
    assert gunzipped("b.gz", io.BytesIO(both), None).read() == one + b"end"


def test_an_archive_is_read_as_a_stream(tmp_path: Path) -> None:
    path = tmp_path / "day.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(3):
            archive.writestr(f"{number}.txt", ENGLISH)
    (source,) = sources([path])
    stream = received(source)
    first = next(stream)
    assert isinstance(first, Received)
    assert len(list(stream)) == 2


def test_limits_reach_into_archives() -> None:
    (found,) = results("day.zip", packed({"a.txt": ENGLISH}), Options(largest=20))
    assert isinstance(found, Refusal)
    assert "larger than 20 bytes" in found.reason
