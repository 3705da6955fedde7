from __future__ import annotations

import struct
import sys
from pathlib import Path

import pytest

from counterclaim.errors import GazetteerError
from counterclaim.knowledge.gazetteer import Gazetteer, unit_key
from counterclaim.read.gazetteers import Position, alternate_names, fingerprint, places, recognised, size
from counterclaim.read.gazetteers.files import LONGEST, MOST_PACKED
from counterclaim.read.gazetteers.points import inside
from tests.read.gazetteer_files import collection, everything, feature, geo, many, only, workbook, written, zipped

# A row of a dump (cells that differ from a good one) and a word of the reason why it is malformed.
MALFORMED = [
    ({"geonameid": "12a"}, "no GeoNames number"),
    ({"geonameid": "99999999999"}, "no GeoNames number"),
    ({"name": ""}, "no name"),
    ({"latitude": "north"}, "no latitude"),
    ({"latitude": "90.1"}, "outside ±90"),
    ({"longitude": "-180.5"}, "outside ±180"),
    ({"longitude": "nan"}, "outside ±180"),
    ({"longitude": "1_0"}, "outside ±180"),
    ({"population": "-5"}, "number of people"),
    ({"population": "1" * 19}, "number of people"),
    ({"country_code": "AFG"}, "no country code"),
    ({"feature_code": "ppl"}, "no feature code"),
    ({"admin2": "2" * 81}, "no code"),
    ({"name": "Ar\x1b[31mvad"}, "control character U+001B"),
    ({"name": "Ar\u202evad"}, "control character U+202E"),
    ({"timezone": "\x00"}, "control character U+0000"),
    ({"modification_date": "2024-03"}, "no day of change"),
    ({"alternatenames": "a\tb"}, "20 columns"),
]


@pytest.mark.parametrize(("cells", "reason"), MALFORMED)
def test_a_malformed_row_is_named_and_passed_over(cells: dict[str, str], reason: str, tmp_path: Path) -> None:
    name = cells.get("name", "Arvad")
    lines = [*many(20), geo(21, name, **{key: value for key, value in cells.items() if key != "name"}), geo(22, "Last")]
    rows, tally = everything(places(written(tmp_path / "AF.txt", lines)))
    assert (len(rows), tally.places, tally.malformed, tally.rows) == (21, 21, 1, 22)
    assert rows[-1][0].name == "Last"
    (bad,) = tally.named
    assert bad.line == 21
    assert reason in bad.reason


def test_a_town_keeps_its_codes_point_and_names(tmp_path: Path) -> None:
    row = geo(1138957, "Bāzārak", asciiname="Bazarak", alternatenames="Bazarak Town,Bozorak,بازارک,Базарак,KBL,bazarak,Bzrk", population="24723")
    place, names = only(written(tmp_path / "AF.txt", [row]))
    assert (place.key, place.name, place.feature, place.population) == ("geonames:1138957", "Bāzārak", "PPL", 24723)
    assert (place.country, place.admin1, place.admin2, place.lat, place.lon) == ("AF", "23", "2301", 34.5, 69.2)
    assert names == {"Bāzārak": "own", "Bazarak": "own", "Bazarak Town": "other", "Bozorak": "other"}


def test_units_are_kept_under_their_codes(tmp_path: Path) -> None:
    lines = [
        geo(1, "Islamic Republic of Afghanistan", feature_class="A", feature_code="PCLI", admin1="00", admin2=""),
        geo(2, "Panjshir Province", alternatenames="Panjsher Province", feature_class="A", feature_code="ADM1", admin1="42", admin2=""),
        geo(3, "Paryan District", feature_class="A", feature_code="ADM2", admin1="42", admin2="4205"),
        geo(4, "Somewhere", feature_class="A", feature_code="ADM3", admin1="42", admin2="4205"),
        geo(5, "No code", feature_class="A", feature_code="ADM2", admin1="42", admin2=""),
        geo(6, "In no unit", admin1="00", admin2=""),
    ]
    rows, _ = everything(batches := list(places(written(tmp_path / "AF.txt", lines))))
    found = {place.name: (place.key, place.admin1, place.admin2) for place, _ in rows}
    assert found == {
        "Islamic Republic of Afghanistan": ("unit:AF", None, None),
        "Panjshir Province": ("unit:AF.42", "42", None),
        "Paryan District": ("unit:AF.42.4205", "42", "4205"),
        "Somewhere": ("geonames:4", "42", "4205"),
        "No code": ("geonames:5", "42", None),
        "In no unit": ("geonames:6", None, None),
    }
    assert [pair for batch in batches for pair in batch.aliases] == [
        ("geonames:1", "unit:AF"),
        ("geonames:2", "unit:AF.42"),
        ("geonames:3", "unit:AF.42.4205"),
    ]
    assert dict(rows[1][1]) == {"Panjshir Province": "own", "Panjsher Province": "other", "panjshir": "bare", "panjsher": "bare"}


def test_only_countries_that_were_asked_for(tmp_path: Path) -> None:
    lines = [geo(1), geo(2, country_code="PK"), geo(3, country_code=""), geo(4, country_code="IR")]
    rows, tally = everything(places(written(tmp_path / "all.txt", lines), countries=frozenset({"AF", "IR"})))
    assert [place.key for place, _ in rows] == ["geonames:1", "geonames:4"]
    assert tally.outside == 2


def test_names_in_other_scripts_and_codes_are_counted(tmp_path: Path) -> None:
    _, tally = everything(places(written(tmp_path / "AF.txt", [geo(1, alternatenames="کابل,Кабул,KBL,OAKB,kabul,Caboul,Kābul,Kâbil")])))
    assert (tally.scripts, tally.codes) == (2, 3)


def test_reading_goes_on_from_any_position(tmp_path: Path) -> None:
    path = written(tmp_path / "AF.txt", [*many(2500), "", geo(2501, "Last")])
    batches = list(places(path))
    whole, tally = everything(batches)
    assert [batch.tally.rows for batch in batches] == [1000, 1502]
    for count, batch in enumerate(batches):
        rows, _ = everything(places(path, start=batch.next))
        assert rows == [row for later in batches[count + 1 :] for row in later.rows]
    assert whole[-1][0].name == "Last"
    assert [bad.line for bad in tally.named] == [2501]
    assert batches[-1].next == Position(size(path), 2503)


def test_a_file_cut_off_in_its_last_row(tmp_path: Path) -> None:
    path = tmp_path / "AF.txt"
    path.write_bytes("\n".join([*many(30), geo(31)[:-4]]).encode())
    rows, tally = everything(places(path))
    assert len(rows) == 30
    assert (tally.named[0].line, tally.malformed) == (31, 1)
    assert "the file ends in the middle" in tally.named[0].reason
    # A last row that is whole and lacks nothing but its line end is none the worse.
    path.write_bytes("\n".join(many(31)).encode())
    assert len(everything(places(path))[0]) == 31


def test_windows_line_ends_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "AF.txt"
    path.write_bytes(b"\xef\xbb\xbf" + "".join(f"{row}\r\n" for row in many(3)).encode())
    assert [place.key for place, _ in everything(places(path))[0]] == ["geonames:1", "geonames:2", "geonames:3"]


def test_a_line_that_is_far_too_long_costs_no_other(tmp_path: Path) -> None:
    lines = [*many(1200), "x" * (LONGEST * 20), geo(1201, "After"), *many(40)]
    rows, tally = everything(batches := list(places(written(tmp_path / "AF.txt", lines))))
    assert (len(rows), tally.malformed, tally.rows) == (1241, 1, 1242)
    assert "longer than" in tally.named[0].reason
    assert batches[-1].next == Position(size(tmp_path / "AF.txt"), 1243)


def test_a_row_that_is_not_utf8_costs_no_other(tmp_path: Path) -> None:
    path = tmp_path / "AF.txt"
    path.write_bytes(b"\n".join([*(row.encode() for row in many(20)), geo(21, "Bazárak").encode("latin-1"), geo(22).encode()]) + b"\n")
    rows, tally = everything(places(path))
    assert len(rows) == 21
    assert "not UTF-8" in tally.named[0].reason


# Files that are refused: their bytes, and words of the reason.
REFUSED: dict[str, tuple[str | bytes, str]] = {
    "other columns": ("AF.01\tKabul\tKabul\t1138957\n" * 50, "50 of its first 50 rows are malformed.*4 columns"),
    "more than a tenth": ("".join(f"{row}\n" for row in [*many(89), *["x\ty"] * 11]), "11 of its first 100 rows"),
    "prose": ("The army said on Sunday that it had taken the town.\n" * 3, "expected a dump of GeoNames .*The army said"),
    "nothing": ("", "expected a dump of GeoNames"),
    "wide": (geo(1).encode("utf-16"), "expected UTF-8, there is UTF-16"),
    "no text": (b"\x00\x01\x02" * 99, "expected UTF-8, there is no text"),
    "other json": ('{"places": []}', "JSON without features"),
    "a western table": ("ADM1_PCODE,ADM1_EN,ADM0_PCODE\nAF01,Kabúl,AF\n".encode("cp1252"), "expected UTF-8, line 2 is not"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_of_another_kind_is_refused_with_what_is_there(case: str, tmp_path: Path) -> None:
    data, reason = REFUSED[case]
    (tmp_path / "file.txt").write_bytes(data if isinstance(data, bytes) else data.encode())
    with pytest.raises(GazetteerError, match=reason):
        list(places(tmp_path / "file.txt", _NONE))


def test_a_tenth_malformed_is_read(tmp_path: Path) -> None:
    assert everything(places(written(tmp_path / "AF.txt", [*many(90), *["x\ty"] * 10])))[1].malformed == 10


def test_later_malformed_rows_do_not_refuse_a_file(tmp_path: Path) -> None:
    _, tally = everything(places(written(tmp_path / "AF.txt", [*many(1000), *["x\ty"] * 500])))
    assert (tally.malformed, len(tally.named)) == (500, 5)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="no such file"):
        recognised(tmp_path / "absent.txt")
    with pytest.raises(GazetteerError, match="a folder"):
        recognised(tmp_path)


def test_a_file_in_an_archive_is_read_as_it_lies_there(tmp_path: Path) -> None:
    text = "".join(f"{row}\n" for row in many(2500))
    path = zipped(tmp_path / "AF.zip", AF__txt=text, readme__txt="The columns are")
    plain = tmp_path / "AF.txt"
    plain.write_text(text, encoding="utf-8")
    batches = list(places(path))
    assert everything(batches) == everything(places(plain))
    assert everything(places(path, start=batches[0].next))[0] == list(batches[1].rows)
    assert size(path) == size(plain) == len(text)
    assert [child.name for child in tmp_path.iterdir() if child.is_dir()] == []


def _with_flag(data: bytes) -> bytes:
    """The archive with its files marked as locked."""
    at = data.index(b"PK\x01\x02") + 8
    return data[:at] + struct.pack("<H", 1) + data[at + 2 :]


def test_archives_that_are_refused(tmp_path: Path) -> None:
    rows = "".join(f"{row}\n" for row in many(400))
    good = zipped(tmp_path / "good.zip", AF__txt=rows).read_bytes()
    cases = {
        "expected one file .* there are 2": zipped(tmp_path / "a.zip", AF__txt=rows, PK__txt=rows).read_bytes(),
        "expected one file .* there are 0": zipped(tmp_path / "b.zip", photo__png=b"\x89PNG").read_bytes(),
        f"at most {MOST_PACKED} times": zipped(tmp_path / "c.zip", AF__txt=b"\n" * 20_000_000).read_bytes(),
        "damaged or cut off": good[: len(good) // 2],
        r"damaged or cut off .*CRC|damaged or cut off .*decompress": good[:80] + bytes([good[80] ^ 255]) + good[81:],
        "locked with a password": _with_flag(good),
    }
    for reason, data in cases.items():
        (tmp_path / "case.zip").write_bytes(data)
        with pytest.raises(GazetteerError, match=reason):
            list(places(tmp_path / "case.zip"))


def test_names_of_an_archive_are_never_paths(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    path = zipped(tmp_path / "in" / "AF.zip", **{"../evil__txt": geo(1) + "\n"})
    assert len(everything(places(path))[0]) == 1
    assert sorted(each.name for each in tmp_path.rglob("*")) == ["AF.zip", "in"]


def test_a_fingerprint_tells_a_changed_file(tmp_path: Path) -> None:
    path = written(tmp_path / "AF.txt", many(50))
    before = fingerprint(path)
    assert fingerprint(path) == before
    path.write_bytes(path.read_bytes().replace(b"Arvad 50", b"Arvad 5O"))
    assert fingerprint(path) != before


def test_alternate_names_by_what_they_are(tmp_path: Path) -> None:
    lines = [
        "1\t11\ten\tKabul City\t1\t\t\t\t\t",
        "2\t11\tfr\tCaboul\t\t\t\t",
        "3\t11\tfa\tکابل\t\t\t\t\t\t",
        "4\t11\tlink\thttps://en.wikipedia.org/wiki/Kabul\t\t\t\t\t\t",
        "5\t11\twkdt\tQ5838\t\t\t\t\t\t",
        "6\t11\tiata\tKBL\t\t\t\t\t\t",
        "7\t11\tpost\t1001\t\t\t\t\t\t",
        "8\t11\t\tCabul\t\t\t\t\t\t",
        "9\t12\tzh-Hant\t喀布爾\t\t\t\t\t\t",
        "10\t12\tpiny\tKabu'er\t\t\t\t\t\t",
        *[f"{number}\t12\tde\tKabul {number}\t\t\t\t\t\t" for number in range(100, 120)],
        "x\ty",
    ]
    batches = list(alternate_names(written(tmp_path / "alternateNamesV2.txt", lines)))
    names = [(key, words) for batch in batches for key, words, _ in batch.names]
    assert names[:4] == [("geonames:11", "Kabul City"), ("geonames:11", "Caboul"), ("geonames:11", "Cabul"), ("geonames:12", "Kabu'er")]
    tally = batches[0].tally
    assert (tally.names, tally.scripts, tally.codes, tally.malformed, tally.places) == (24, 2, 4, 1, 0)
    with pytest.raises(GazetteerError, match="expected GeoNames' alternateNamesV2"):
        list(alternate_names(written(tmp_path / "AF.txt", many(3))))


def test_a_point_inside_a_polygon() -> None:
    square = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0], [0.0, 0.0]]
    hole = [[1.0, 1.0], [3.0, 1.0], [3.0, 3.0], [1.0, 3.0], [1.0, 1.0]]
    horseshoe = [[0.0, 0.0], [9.0, 0.0], [9.0, 9.0], [7.0, 9.0], [7.0, 1.0], [1.0, 1.0], [1.0, 9.0], [0.0, 9.0], [0.0, 0.0]]
    assert inside([[square]]) == (2.0, 2.0)
    assert inside([[square[::-1]]]) == (2.0, 2.0)
    lat, lon = inside([[square, hole]]) or (0.0, 0.0)
    assert lat == 2.0
    assert 0 < lon < 1 or 3 < lon < 4
    _, lon = inside([[horseshoe]]) or (0.0, 0.0)
    assert 7 < lon < 9
    assert inside([[square], [[[x + 100, y + 50] for x, y in [[0, 0], [9, 0], [9, 9], [0, 9], [0, 0]]]]]) == (54.5, 104.5)
    assert inside([[[[1.0, 1.0], [1.0, 1.0]]]]) is None
    assert inside([]) is None


# Below here the units of the packaged gazetteer are needed.


class _Later:
    """The packaged gazetteer, opened when it is first asked."""

    def __getattr__(self, name: str) -> object:
        return getattr(Gazetteer(), name)


_NONE: Gazetteer = _Later()  # type: ignore[assignment]


@pytest.fixture(scope="module")
def known() -> Gazetteer:
    return Gazetteer()


HEAD = "ADM0_EN,ADM0_PCODE,ADM1_EN,ADM1_PCODE,ADM2_EN,ADM2_PCODE,ADM2_REF,ADM2_AR"


def test_units_that_are_known_take_over_their_codes(known: Gazetteer, tmp_path: Path) -> None:
    (panjshir,) = (f.place for f in known.named("Panjshir") if f.kind == "own")
    (paryan,) = (unit for unit in known.units_in(panjshir) if unit.name == "Parīān")
    lines = [
        HEAD,
        "#country+name,#country+code,#adm1+name,#adm1+code,#adm2+name,#adm2+code,,",
        "Afghanistan,AF,Panjsher,AF08,Paryan,AF0806,Parian District,پریان",
        "Afghanistan,AF,Panjsher,AF08,Nowhere,AF0899,,",
    ]
    rows, tally = everything(places(written(tmp_path / "afg.csv", lines), known))
    found = {place.code: place for place, _ in rows}
    assert list(found) == ["AF08", "AF0806", "AF0899"]
    assert (found["AF08"].key, found["AF08"].admin1, found["AF08"].feature) == (panjshir.key, panjshir.admin1, "ADM1")
    assert (found["AF0806"].key, found["AF0806"].admin2) == (paryan.key, paryan.admin2)
    assert (found["AF0806"].lat, found["AF0806"].point) == (paryan.lat, paryan.point)
    assert (found["AF0899"].admin1, found["AF0899"].admin2, found["AF0899"].lat) == (panjshir.admin1, "AF0899", None)
    assert (tally.places, tally.matched, tally.scripts, tally.malformed) == (3, 2, 1, 0)
    assert {("Paryan", "own"), ("Parian District", "other"), ("parian", "bare")} <= set(dict(rows)[found["AF0806"]])
    assert unit_key("AF", panjshir.admin1, "AF0899") == found["AF0899"].key


def test_a_city_is_not_the_province_round_it(known: Gazetteer, tmp_path: Path) -> None:
    """Both are units of the first level, and both may be called Sanaa."""
    lines = ["ADM0_PCODE,ADM1_EN,ADM1_PCODE", "YE,Sana'a City,YE13", "YE,Sana'a,YE23"]
    rows, _ = everything(places(written(tmp_path / "yem.csv", lines), known))
    by_code = {place.code: place for place, _ in rows}
    assert by_code["YE13"].key != by_code["YE23"].key
    assert by_code["YE23"].key == "unit:YE.16"
    assert known.place("unit:YE.16") is not None


def test_names_in_latin_letters_are_needed_and_enough(known: Gazetteer, tmp_path: Path) -> None:
    head = "ADM0_PCODE,ADM1_PCODE,ADM1_FR,ADM1_AR"
    lines = [head, *[f"TD,TD{number},Région {number}," for number in range(10, 20)], "TD,TD30,,البطحاء"]
    rows, tally = everything(places(written(tmp_path / "tcd.csv", lines), known))
    assert rows[0][0].name == "Région 10"
    assert (len(rows), tally.malformed) == (10, 1)
    assert "no name of level 1 in Latin letters" in tally.named[0].reason


# Columns of tables of units as offices have named them, and a row: all the same unit.
HEADS = [
    ("ADM0_EN,ADM0_PCODE,ADM1_EN,ADM1_PCODE,ADM1_REF", "Chad,TD,Batha West,TD01,Batha Ouest"),
    ("admin0Name_en,admin0Pcode,admin1Name_en,admin1Pcode,admin1AltName1_en", "Chad,TD,Batha West,TD01,Batha Ouest"),
    ("adm0_name,adm0_pcode,adm1_name,adm1_pcode,adm1_name1,iso2", "Chad,TCD,Batha West,TD01,Batha Ouest,TD"),
    ("ADM0_EN;ADM0_PCODE;ADM1_FR;ADM1_EN;ADM1_PCODE", "Chad;TCD;Batha Ouest;Batha West;TD01"),
    ("admin0RefName,admin1RefName,admin1Name_ar,admin1AltName1_fr,admin1Pcode", "Chad,Batha West,البطحاء,Batha Ouest,TD01"),
    ("ADM0_PCODE,ADM1_EN,ADM1_FR,ADM1_ID,ADM1_PCODE", "TD,Batha West,Batha Ouest,12,TD01"),
    ("ADM0_PCODE,ADM1_EN,ADM1_REF,ADM1_PCODE", "TCD,Batha West,Batha Ouest,TD01"),
    ("admin1Name_en,admin1RefName,admin1Pcode", "Batha West,Batha Ouest,TD01"),
    ('"ADM0_PCODE"\t"ADM1_EN"\t"ADM1ALT1EN"\t"ADM1_PCODE"', '"TD"\t"Batha West"\t"Batha Ouest"\t"TD01"'),
]


@pytest.mark.parametrize(("head", "row"), HEADS)
def test_columns_by_any_of_their_names(head: str, row: str, known: Gazetteer, tmp_path: Path) -> None:
    place, names = only(written(tmp_path / "units.csv", [head, row]), known)
    assert (place.country, place.code, place.name, place.feature) == ("TD", "TD01", "Batha West", "ADM1")
    assert names == {"Batha West": "own", "Batha Ouest": "other"}


BAD_UNITS = [
    ("TD,TD01,Batha,,Nowhere,,", "a name of level 2 and no P-code"),
    ("TD,,Batha,,,,", "a name of level 1 and no P-code"),
    (",,,,,12.5,18", "does not say its country"),
    ("TD,TD01,Batha,TD0101,,12.5,18", "no name of level 2"),
    ("TD,,,TD0101,Ati,12.5,18", "P-code of level 2 and none of level 1"),
    ("TD,TD 01,Batha,,,,", "is no P-code"),
    ("TD,TD01,Batha,TD0101,Ati,125,18", "outside ±90"),
    ("TD,TD01,Batha,TD0101,Ati,12.5,", "no longitude"),
    ("TD,TD01,Batha\x07,,,,", "control character"),
    ("XXX,1,Batha,,,,", "does not say its country"),
    ("TD,TD01", "2 columns"),
    ("TD,01,Nowhere,,,,", "code of another unit"),
]


@pytest.mark.parametrize(("row", "reason"), BAD_UNITS)
def test_malformed_units_are_named(row: str, reason: str, known: Gazetteer, tmp_path: Path) -> None:
    head = "ADM0_PCODE,ADM1_PCODE,ADM1_EN,ADM2_PCODE,ADM2_EN,center_lat,center_lon"
    good = [f"TD,TD{number},Region {number},,,12.5,18.5" for number in range(50, 70)]
    rows, tally = everything(places(written(tmp_path / "units.csv", [head, *good, row]), known))
    assert (len(rows), tally.malformed) == (20, 1)
    assert tally.named[0].line == 22
    assert reason in tally.named[0].reason
    assert (rows[0][0].lat, rows[0][0].lon) == (12.5, 18.5)


def test_a_malformed_row_takes_no_unit_with_it(known: Gazetteer, tmp_path: Path) -> None:
    head = "ADM0_PCODE,ADM1_PCODE,ADM1_EN,ADM2_PCODE,ADM2_EN"
    good = [f"TD,TD{number},Region {number},," for number in range(50, 70)]
    lines = [head, *good, "TD,TD01,Here,TD0101,", "TD,TD01,Here,TD0102,Two"]
    rows, tally = everything(places(written(tmp_path / "units.csv", lines), known))
    assert [place.code for place, _ in rows][-2:] == ["TD01", "TD0102"]
    assert (tally.places, tally.malformed) == (22, 1)


def test_a_table_with_a_quotation_mark_missing(known: Gazetteer, tmp_path: Path) -> None:
    lines = ["ADM0_PCODE,ADM1_PCODE,ADM1_EN", 'TD,TD01,"Batha', *[f"TD,TD{number},Region {number}" for number in range(10_000)]]
    with pytest.raises(GazetteerError, match="a quotation mark may be missing"):
        list(places(written(tmp_path / "units.csv", lines), known))


def test_deeper_units_and_those_above_them_once(known: Gazetteer, tmp_path: Path) -> None:
    head = "ADM0_PCODE,ADM1_PCODE,ADM1_EN,ADM2_PCODE,ADM2_EN,ADM3_PCODE,ADM3_EN,lat,lon"
    lines = [head, "TD,TD01,Batha,TD0101,Here,TD010101,One,12,18", "TD,TD01,Batha,TD0101,Here,TD010102,Two,12.5,18.5"]
    rows, tally = everything(places(written(tmp_path / "units.csv", lines), known))
    assert [(place.code, place.feature, place.lat) for place, _ in rows][-1] == ("TD010102", "ADM3", 12.5)
    assert [place.code for place, _ in rows] == ["TD01", "TD0101", "TD010101", "TD010102"]
    assert rows[-1][0].key == "pcode:TD010102"
    assert (rows[-1][0].admin1, rows[-1][0].admin2) == (rows[1][0].admin1, rows[1][0].admin2)
    assert tally.places == 4


SQUARE = {"type": "Polygon", "coordinates": [[[18, 12], [20, 12], [20, 14], [18, 14], [18, 12]]]}


def test_features_have_the_point_that_is_given_or_one_inside(known: Gazetteer, tmp_path: Path) -> None:
    said = {"ADM0_PCODE": "TD", "ADM1_EN": 'Batha "{West}', "ADM1_PCODE": "TD01"}
    path = tmp_path / "units.geojson"
    path.write_text(
        collection(
            feature(said, SQUARE),
            feature(said | {"ADM1_PCODE": "TD02", "ADM1_EN": "Two", "center_lat": 12.25, "center_lon": 19.75}, SQUARE),
            feature(said | {"ADM1_PCODE": "TD03", "ADM1_EN": "Three"}, {"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"]]}),
            feature(said | {"ADM1_PCODE": "TD04", "ADM1_EN": "Four"}, {"type": "Point", "coordinates": [19, 13.5]}),
            feature(said | {"ADM1_PCODE": "TD05", "ADM1_EN": "Five"}),
            feature(said | {"ADM1_PCODE": 6.0, "ADM1_EN": "Six"}, {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}),
        ),
        encoding="utf-8",
    )
    assert recognised(path) == "geojson"
    rows, tally = everything(places(path, known))
    assert [(place.code, place.lat, place.lon) for place, _ in rows] == [
        ("TD01", 13.0, 19.0),
        ("TD02", 12.25, 19.75),
        ("TD03", 13.0, 19.0),
        ("TD04", 13.5, 19.0),
        ("TD05", None, None),
        ("6", None, None),
    ]
    assert rows[0][0].name == 'Batha "{West}'
    assert tally.rows == 6


def test_features_that_are_malformed_and_one_that_is_cut_off(known: Gazetteer, tmp_path: Path) -> None:
    said = {"ADM0_PCODE": "TD", "ADM1_EN": "Batha", "ADM1_PCODE": "TD01"}
    good = [feature(said | {"ADM1_PCODE": f"TD{number}", "ADM1_EN": f"Region {number}"}, SQUARE) for number in range(10, 40)]
    bad = feature(said, {"type": "Polygon", "coordinates": [["a"]]})
    far = feature(said | {"ADM1_PCODE": "TD02", "ADM1_EN": "Two"}, {"type": "Point", "coordinates": [612345.0, 4123456.0]})
    path = tmp_path / "units.geojson"
    path.write_text(collection(*good, bad, far, feature(said))[:-30], encoding="utf-8")
    rows, tally = everything(places(path, known))
    assert len(rows) == 30
    assert [(each.line, each.reason.split(":")[0]) for each in tally.named] == [
        (31, "it is no feature"),
        (32, "latitude 4123456.0 lies outside ±90"),
        (33, "the file ends in the middle of it"),
    ]


def test_features_are_found_wherever_the_file_is_cut_into_blocks(known: Gazetteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    features = [feature({"ADM0_PCODE": "TD", "ADM1_EN": f'R "{number}\\', "ADM1_PCODE": f"TD{number}"}, SQUARE) for number in range(20)]
    path = tmp_path / "units.geojson"
    path.write_text(collection(*features), encoding="utf-8")
    whole = everything(places(path, known))
    assert len(whole[0]) == 20
    for block in (64, 65, 97, 333):
        monkeypatch.setattr("counterclaim.read.gazetteers.features._READ", block)
        assert everything(places(path, known)) == whole


def test_sheets_of_a_workbook(known: Gazetteer, tmp_path: Path) -> None:
    path = tmp_path / "units.xlsx"
    path.write_bytes(
        workbook(
            Read=[["Notes"], ["made for a test"]],
            ADM1=[["Chad: regions"], ["ADM0_PCODE", "ADM1_PCODE", "ADM1_EN", "lat", "lon"], ["TD", "TD01", "Batha", 13.25, 19]],
            ADM2=[["ADM0_PCODE", "ADM1_PCODE", "ADM1_EN", "ADM2_PCODE", "ADM2_EN"], ["TD", "TD01", "Batha", 101, "Ati"], [None, None, None, None, None]],
        )
    )
    assert recognised(path) == "xlsx"
    rows, tally = everything(places(path, known))
    assert [(place.code, place.lat, place.lon) for place, _ in rows] == [("TD01", 13.25, 19.0), ("101", None, None)]
    assert tally.malformed == 0


def test_workbooks_need_openpyxl(known: Gazetteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "units.xlsx").write_bytes(workbook(ADM1=[["ADM0_PCODE", "ADM1_PCODE", "ADM1_EN"], ["TD", "TD01", "Batha"]]))
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(GazetteerError, match=r"pip install 'counterclaim\[xlsx\]'"):
        list(places(tmp_path / "units.xlsx", known))


def test_a_workbook_that_is_none(known: Gazetteer, tmp_path: Path) -> None:
    path = zipped(tmp_path / "units.xlsx", **{"[Content_Types]__xml": "<Types/>"})
    with pytest.raises(GazetteerError, match="not a workbook that can be read"):
        list(places(path, known))
    zipped(path, **{"[Content_Types]__xml": "<Types/>", "xl/sharedStrings__xml": " " * 30_000_000})
    with pytest.raises(GazetteerError, match=f"at most {MOST_PACKED} times"):
        list(places(path, known))


def test_units_are_read_on_from_a_position_as_they_were_read_through(known: Gazetteer, tmp_path: Path) -> None:
    head = "ADM0_PCODE,ADM1_PCODE,ADM1_EN,ADM2_PCODE,ADM2_EN"
    lines = [head, *[f"TD,TD{number % 7},Region {number % 7},TD{number},Part {number}" for number in range(10, 2500)]]
    path = written(tmp_path / "units.csv", lines)
    batches = list(places(path, known))
    assert [batch.tally.rows for batch in batches] == [1000, 1000, 490]
    assert list(places(path, known, start=batches[0].next)) == batches[1:]
    assert list(places(path, known, start=batches[-1].next)) == []


def test_breakaway_states_are_not_the_country_of_their_code(known: Gazetteer, tmp_path: Path) -> None:
    cells = {"feature_class": "A", "admin1": "00", "admin2": "", "country_code": "SO"}
    lines = [geo(1, "Federal Republic of Somalia", feature_code="PCLI", **cells), geo(2, "Somaliland", feature_code="PCL", **cells)]
    lines += [geo(3, "Former Somalia", feature_code="PCLH", **cells), geo(4, "Hong Kong", feature_code="PCLS", **cells | {"country_code": "HK"})]
    rows, _ = everything(places(written(tmp_path / "SO.txt", lines), known))
    assert [place.key for place, _ in rows] == ["unit:SO", "geonames:2", "geonames:3", "unit:HK"]
