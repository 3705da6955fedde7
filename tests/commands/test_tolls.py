"""The commands for numbers, as a user calls them: tolls, aid and needs."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from counterclaim.cli import main
from counterclaim.commands.shared import app, err, out
from counterclaim.core.claim import Aid, Need, Proposition
from counterclaim.core.voice import Voice
from counterclaim.record import Record
from tests.reconcile.factories import figure, killed, m, when
from tests.store.factories import make_claim, make_report, received, sentence

REPORT = make_report(
    text="Nine people were killed in Kesh. At least 14 were killed in Kesh. The agency sent 480 tonnes of food to Kesh. "
    "It sent 200,000 kg of flour to Kesh. It sent 100 tonnes of rice to Kesh. In Kesh 2,400 families need shelter. Three [red]guards[/red] were killed in Arvad.",
    day=dt.date(2024, 3, 4),
)
DAY = when("2024-03-03")
SAID: list[tuple[str, Proposition]] = [
    ("mayor", killed("people", figure(9, words="Nine"), "Kesh")),
    ("hospital", killed("people", figure(14, exact=False, words="At least 14"), "Kesh")),
    ("agency", Aid(donor=m("agency"), goods=("food",), amount=figure(480, words="480 tonnes", unit="t"), place=m("Kesh"), stage="sent")),
    ("agency", Aid(donor=m("agency"), goods=("flour",), amount=figure(200_000, words="200,000 kg", unit="kg"), place=m("Kesh"), stage="sent")),
    ("agency", Aid(donor=m("agency"), goods=("rice",), amount=figure(100, words="100 tonnes", unit="t"), place=m("Kesh"), stage="sent")),
    ("agency", Need(who=m("families"), count=figure(2400, words="2,400"), need=("shelter",), place=m("Kesh"))),
    ("army", killed("[red]guards[/red]", figure(3, words="Three"), "Arvad")),
]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tolls") / "record.db"
    claims = [
        make_claim(REPORT, sentence(i, REPORT.text), proposition, voices=(Voice("Harrow Wire"), Voice(name)), when=DAY)
        for i, (name, proposition) in enumerate(SAID)
    ]
    with Record.open(path, create=True) as opened:
        opened.store.add(received(REPORT), claims, ())
    return path


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    for console in (out, err):
        monkeypatch.setattr(console, "_width", 320)


def run(record: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--record", str(record)])


def lines(record: Path, *words: str) -> list[dict[str, object]]:
    done = run(record, *words, "--json")
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_tolls_show_the_house_its_rule_and_source(record: Path) -> None:
    done = run(record, "tolls", "--house", "acled")
    assert done.exit_code == 0, done.stderr
    assert "ACLED: one number: the lowest figure told [Armed Conflict Location" in done.stdout
    assert "tells “Nine”" in done.stdout


def test_tolls_as_lines_hold_every_claim_with_a_reason(record: Path) -> None:
    found = lines(record, "tolls")
    assert found
    assert {str(one["house"]) for one in found} == {"widest"}
    [killed_in_kesh] = lines(record, "tolls", "--place", "Kesh")
    assert (killed_in_kesh["low"], killed_in_kesh["best"], killed_in_kesh["high"]) == (9, None, None)
    assert json.dumps(killed_in_kesh["rows"]).count("because") == 2


def test_another_house_has_other_numbers(record: Path) -> None:
    [changes] = [lines(record, "tolls", "--compare", "ucdp")]
    assert changes
    assert all(one["before"] != one["after"] for one in changes)
    done = run(record, "tolls", "--compare", "ucdp")
    assert "Numbers are low / best / high." in done.stdout
    assert "nothing moves between widest and widest" in run(record, "tolls", "--compare", "widest").stderr


def test_a_total_says_what_it_leaves_out(record: Path) -> None:
    found = lines(record, "tolls", "--total")
    assert all(set(added) - {"country", "since", "until"} == {"house", "harm", "low", "best", "high", "counted", "left_out"} for added in found)
    assert len({(added.get("country"), added.get("since")) for added in found}) == len(found)
    done = run(record, "tolls", "--total")
    assert "left out" in done.stdout


@pytest.mark.parametrize("option", ["--house", "--compare"])
def test_a_house_that_is_not_there_is_an_error(record: Path, option: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["tolls", option, "acld", "--record", str(record)])
    assert stop.value.code == 6
    assert "no house 'acld'; houses are widest, acled, ucdp, airwars, most, least" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--harm", "kiled"), "--harm 'kiled': harms are killed, wounded, captured"),
        (("--total", "--compare", "ucdp"), "--total and --compare cannot be asked for at once"),
    ],
)
def test_what_cannot_be_asked_is_an_error(record: Path, words: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["tolls", *words, "--record", str(record)])
    assert stop.value.code == 6
    assert says in capsys.readouterr().err


@pytest.mark.parametrize("command", ["tolls", "aid", "needs"])
def test_nothing_found_says_how_to_see_all(record: Path, command: str) -> None:
    done = run(record, command, "--place", "Nowhere")
    assert (done.exit_code, done.stdout) == (0, "")
    assert f"`counterclaim {command}` without options lists all" in done.stderr


@pytest.mark.parametrize("command", ["tolls", "aid", "needs"])
def test_help_has_examples(record: Path, command: str) -> None:
    assert f"counterclaim {command}" in run(record, command, "--help").stdout.partition("Examples")[2]


def test_aid_shows_the_amounts_the_sum_and_the_units(record: Path) -> None:
    shown = " ".join(run(record, "aid").stdout.split())
    assert "total: 480 tonnes of food" in shown
    assert "part: 200,000 kg (200 t) of flour" in shown
    assert "sum disagrees: the parts, 100 + 200, make 300 t" in shown
    assert "one measure: told in kg, t; side by side in t" in shown
    [one] = lines(record, "aid")
    assert one["kind"] == "aid"


def test_needs_show_how_many_of_what(record: Path) -> None:
    done = run(record, "needs")
    assert "2,400" in done.stdout
    assert "in need of shelter" in done.stdout
    [one] = lines(record, "needs")
    assert (one["low"], one["high"]) == (2400, 2400)


def test_words_of_reports_are_shown_and_not_obeyed(record: Path) -> None:
    assert "[red]guards" in run(record, "tolls").stdout
