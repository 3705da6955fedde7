"""The command line as a user runs it: a real process, what it prints and how it ends."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import jsonschema
import pytest

PAGE = "Title: Rebels take river town\nOutlet: Harrow Wire\nPublished: 2024-03-04\n\nRebels captured the town of Arvad on Sunday, the governor said. Three soldiers were killed, the army said.\n"


# Tests that run in the background of a shell are deaf to interrupts, and so are the processes they start.
INTERRUPTIBLE = [
    sys.executable,
    "-c",
    "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler); runpy.run_module('counterclaim', run_name='__main__', alter_sys=True)",
]


def run(*words: str | Path, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith("COUNTERCLAIM_")} | {
        "COLUMNS": "200",
        "COUNTERCLAIM_SETTINGS": str(cwd / "settings.toml"),
        "COUNTERCLAIM_GAZETTEERS": str(cwd / "gazetteers"),
        "PYTHONUTF8": "1",
    }
    return subprocess.run([sys.executable, "-m", "counterclaim", *map(str, words)], cwd=cwd, env=env, input=stdin, capture_output=True, text=True, check=False)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "settings.toml").write_text('reader = "rules"\n', encoding="utf-8")
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def read(home: Path) -> Path:
    assert run("read", "page.txt", cwd=home).returncode == 0
    return home


def test_reading_says_what_became_of_each_source(home: Path) -> None:
    (home / "bad.txt").write_bytes(bytes(range(256)) * 40)
    done = run("read", "page.txt", "bad.txt", cwd=home)
    assert done.returncode == 0
    assert "1 new reports" in done.stdout
    assert "bad.txt" in done.stderr
    assert (home / "record.db").exists()


def test_nothing_readable_is_an_error(home: Path) -> None:
    (home / "bad.txt").write_bytes(b"\x00\x01" * 50)
    assert run("read", "bad.txt", cwd=home).returncode == 3
    assert run("read", "absent.txt", cwd=home).returncode == 3


def test_standard_input_is_a_source(home: Path) -> None:
    done = run(
        "read",
        "-",
        "--published",
        "2024-03-04",
        "--outlet",
        "Meridian",
        cwd=home,
        stdin="Rebels captured the town of Kesh on Sunday, the governor of the province said.",
    )
    assert "1 new reports" in done.stdout


def test_dry_run_changes_nothing(home: Path) -> None:
    assert "would read" in run("read", "page.txt", "--dry-run", cwd=home).stdout
    assert not (home / "record.db").exists()


def test_show_sets_claims_beside_the_text(read: Path) -> None:
    done = run("show", "page", cwd=read)
    assert "Rebels captured" in done.stdout
    assert "Harrow Wire < governor" in done.stdout


def test_an_unknown_report_names_the_near_ones(read: Path) -> None:
    done = run("show", "pagee", cwd=read)
    assert done.returncode == 4
    assert "near it: page" in done.stderr


def test_claims_can_be_filtered(read: Path) -> None:
    kinds = [json.loads(line)["proposition"]["kind"] for line in run("claims", "--kind", "control", "--json", cwd=read).stdout.splitlines()]
    assert set(kinds) == {"control"}
    assert "no claims meet this" in run("claims", "--voice", "nobody", cwd=read).stderr
    assert run("claims", "--act", "sings", cwd=read).returncode == 6
    assert run("claims", "--since", "yesterday", cwd=read).returncode == 6


def test_exports_follow_the_schema_and_repeat(read: Path) -> None:
    schema = json.loads(run("export", "schema", cwd=read).stdout)
    claims = run("export", "claims", cwd=read).stdout
    findings = run("export", "findings", "--out", "f.jsonl", cwd=read)
    assert findings.returncode == 0
    for line in [*claims.splitlines(), *(read / "f.jsonl").read_text(encoding="utf-8").splitlines()]:
        jsonschema.validate(json.loads(line), schema)
    assert run("export", "claims", cwd=read).stdout == claims != ""


def test_export_to_a_folder_that_is_not_there(read: Path) -> None:
    done = run("export", "claims", "--out", "no/such/folder.jsonl", cwd=read)
    assert done.returncode == 6
    assert "name a file in a folder that exists" in done.stderr


def test_verify_finds_a_sound_record_sound(read: Path) -> None:
    assert "sound" in run("verify", cwd=read).stdout


def test_verify_finds_a_changed_source(read: Path) -> None:
    blob = next(p for p in (read / "record.db.blobs").rglob("*") if p.is_file())
    blob.chmod(0o644)
    blob.write_bytes(b"changed")
    assert run("verify", cwd=read).returncode == 5


def test_a_file_that_is_no_record(home: Path) -> None:
    (home / "record.db").write_text("hello", encoding="utf-8")
    done = run("claims", cwd=home)
    assert done.returncode == 5
    assert "Traceback" not in done.stderr


def test_settings_that_say_something_else(home: Path) -> None:
    (home / "settings.toml").write_text('reader = "psychic"\n', encoding="utf-8")
    done = run("read", "page.txt", cwd=home)
    assert done.returncode == 6
    assert "settings.toml" in done.stderr


def test_hostile_text_is_shown_as_characters(home: Path) -> None:
    (home / "evil.txt").write_text(
        "Outlet: [red]Evil\x1b[31m\nPublished: 2024-03-04\n\nThe army of the \x1b]0;owned\x07 north said that [bold]three soldiers[/bold] were killed in the town.\n",
        encoding="utf-8",
    )
    run("read", "evil.txt", cwd=home)
    for words in (("show", "evil"), ("claims",), ("findings",), ("reports",)):
        done = run(*words, cwd=home)
        assert done.returncode == 0, done.stderr
        assert "\x1b" not in done.stdout
        assert "\x07" not in done.stdout
    assert "[bold]three" in run("show", "evil", cwd=home).stdout


def test_doctor_is_well(home: Path) -> None:
    done = run("doctor", cwd=home)
    assert done.returncode == 0
    assert "SQLite" in done.stdout


def geonames(number: int, name: str, **cells: str) -> str:
    row = {"alternates": "", "feature": "PPL", "admin1": "42", "admin2": "3305", "country": "AF"} | cells
    at = f"35.6\t69.1\tP\t{row['feature']}\t{row['country']}\t\t{row['admin1']}\t{row['admin2']}"
    return f"{number}\t{name}\t{name}\t{row['alternates']}\t{at}\t\t\t900\t\t2100\tAsia/Kabul\t2024-03-04\n"


@pytest.fixture
def dump(home: Path) -> Path:
    rows = [geonames(n, f"Testabad {n}", alternates=f"Testville {n},تست") for n in range(1, 31)] + ["not\ta\trow\n"]
    (home / "AF.txt").write_text("".join(rows), encoding="utf-8")
    return home


def test_a_gazetteer_is_imported_listed_and_removed(dump: Path) -> None:
    done = run("gazetteer", "import", "AF.txt", "--dry-run", cwd=dump)
    assert "would import 30 places" in done.stdout
    assert not (dump / "gazetteers").exists()
    done = run("gazetteer", "import", "AF.txt", "--name", "afghan", cwd=dump)
    assert done.returncode == 0, done.stderr
    assert "imported 30 places (passed over: 1 malformed rows, 30 names in other scripts) as 'afghan'" in done.stdout
    assert "malformed rows, the first 1 of 1" in done.stderr
    assert "3 columns" in done.stderr
    assert (dump / "gazetteers" / "afghan.sqlite").exists()
    listed = run("gazetteer", "list", cwd=dump).stdout
    for words in ("afghan", "30", "imported from AF.txt", "CC BY 4.0"):
        assert words in listed
    assert run("gazetteer", "remove", "afghan", cwd=dump).returncode == 0
    assert "no gazetteer is imported" in run("gazetteer", "list", cwd=dump).stderr


def test_what_gazetteers_refuse_is_one_line_with_a_remedy(dump: Path) -> None:
    run("gazetteer", "import", "AF.txt", cwd=dump)
    for words, status, reason in (
        (("import", "page.txt"), 8, "expected a dump of GeoNames"),
        (("import", "absent.zip"), 8, "no such file"),
        (("import", "AF.txt"), 8, "--fresh replaces it"),
        (("import", "AF.txt", "--name", "../af"), 8, "a name is small letters"),
        (("import", "AF.txt", "--name", "x", "--countries", "Afghanistan"), 8, "two capital letters"),
        (("remove", "wrld"), 4, "no gazetteer 'wrld'; installed: af"),
    ):
        done = run("gazetteer", *words, cwd=dump)
        assert (done.returncode, "Traceback" in done.stderr) == (status, False), done.stderr
        assert reason in done.stderr
    assert run("gazetteer", "import", "AF.txt", "--fresh", "--countries", "af, pk", cwd=dump).returncode == 0


@pytest.mark.parametrize("command", ["import", "list", "remove"])
def test_every_command_for_gazetteers_explains_itself_with_an_example(command: str, home: Path) -> None:
    done = run("gazetteer", command, "--help", cwd=home)
    assert done.returncode == 0
    assert f"counterclaim gazetteer {command}" in done.stdout.split("Example")[1]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo record, read once by the trained reader."""
    here = tmp_path_factory.mktemp("demo")
    assert run("demo", "--record", "record.db", cwd=here).returncode == 0
    return here


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        pytest.param(["findings", "--place", "Lukweti"], ["conceded", "Lukweti"], id="findings of a place"),
        pytest.param(["board", "--on", "2025-06-12", "--claimant", "March 23"], ["Lukweti", "March 23 Movement"], id="the board on a day"),
        pytest.param(["promises", "--party", "Kitumaini"], ["let trucks through", "no answer by March 23"], id="an offer and its silence"),
        pytest.param(["stories"], ["attack", "Kibua"], id="stories"),
        pytest.param(["versions"], ["cd-market-0612-corrected", "withdrawn: casualties", "→"], id="versions"),
        pytest.param(["lineage"], ["copy", "The Corridor Daily", "version: cd-market-0612-corrected"], id="lineage"),
        pytest.param(["brief", "--place", "Lukweti"], ["# Situation brief, Lukweti", "## References"], id="brief"),
    ],
)
def test_what_the_record_holds(words: list[str], shown: list[str], demo: Path) -> None:
    done = run(*words, cwd=demo)
    assert done.returncode == 0, done.stderr
    assert all(each in done.stdout for each in shown), done.stdout


@pytest.mark.parametrize("command", ["findings", "board", "promises", "stories", "versions"])
def test_each_of_them_is_json_too(command: str, demo: Path) -> None:
    done = run(command, "--json", cwd=demo)
    assert done.returncode == 0, done.stderr
    assert all(isinstance(json.loads(line), dict) for line in done.stdout.splitlines())
    assert done.stdout.strip()


def test_why_goes_down_to_the_sentences(demo: Path) -> None:
    finding = json.loads(run("findings", "--json", cwd=demo).stdout.splitlines()[0])
    done = run("why", finding["key"][:10], cwd=demo)
    assert done.returncode == 0, done.stderr
    assert "“" in done.stdout
    assert run("why", "zz", cwd=demo).returncode != 0


@pytest.mark.parametrize("words", [["board", "--on", "yesterday"], ["brief", "--since", "2021-13-01"]])
def test_a_day_that_is_none_is_refused_with_the_option(words: list[str], demo: Path) -> None:
    done = run(*words, cwd=demo)
    assert done.returncode != 0
    assert f"{words[1]} {words[2]!r}: expected a day as YYYY-MM-DD" in " ".join(done.stderr.split())


def test_demo_reads_the_demo_reports(home: Path) -> None:
    done = run("demo", cwd=home)
    assert done.returncode == 0, done.stderr
    for title in ("Disputed or conceded", "Offered", "Not verified"):
        assert title in done.stdout
    assert "20 new reports" in done.stdout


@pytest.mark.parametrize(
    "command",
    [
        *("read", "show", "reports", "claims", "actors", "places", "findings", "board", "promises", "stories", "versions", "lineage", "why", "brief"),
        *("export", "verify", "demo", "serve", "doctor"),
    ],
)
def test_every_command_explains_itself_with_an_example(command: str, home: Path) -> None:
    done = run(command, "--help", cwd=home)
    assert done.returncode == 0
    assert f"counterclaim {command}" in done.stdout


def test_columns_of_a_table_can_be_named(home: Path) -> None:
    (home / "day.csv").write_text('Words,When\n"Rebels captured the town of Arvad on Sunday, the governor said.",2024-03-04\n', encoding="utf-8")
    assert "--map text=COLUMN" in run("read", "day.csv", cwd=home).stderr
    done = run("read", "day.csv", "--map", "text=Words,published=When", cwd=home)
    assert "1 new reports" in done.stdout
    assert "2024-03-04" in run("reports", cwd=home).stdout


def test_a_mapping_that_says_nothing_is_an_error(home: Path) -> None:
    done = run("read", "page.txt", "--map", "words=x", cwd=home)
    assert done.returncode == 6
    assert "expected WHAT=COLUMN" in done.stderr


def test_an_address_of_this_machine_is_refused(home: Path) -> None:
    assert "would fetch http://127.0.0.1:9/" in run("read", "http://127.0.0.1:9/", "--dry-run", cwd=home).stdout
    done = run("read", "http://127.0.0.1:9/", cwd=home)
    assert done.returncode == 3
    assert "no place of the public web" in done.stderr


def test_a_watch_goes_round_once_and_keeps_its_refusals(home: Path) -> None:
    (home / "l.opml").write_text('<opml><body><outline xmlUrl="http://127.0.0.1:9/rss"/></body></opml>', encoding="utf-8")
    done = run("watch", "l.opml", "--once", cwd=home)
    assert done.returncode == 0
    assert "0 new reports" in done.stdout
    assert "no place of the public web" in done.stderr


def test_a_record_that_something_else_changed_is_read_into_with_a_warning(home: Path) -> None:
    assert "warning" not in run("read", "page.txt", "--record", "r.db", cwd=home).stderr
    with closing(sqlite3.connect(home / "r.db")) as intruder, intruder:
        intruder.execute("DROP TRIGGER events_no_update")
        intruder.execute("UPDATE events SET body = replace(body, 'Three', 'Thirty') WHERE seq = 1")
    (home / "other.txt").write_text(PAGE.replace("Arvad", "Kesh"), encoding="utf-8")
    done = run("read", "other.txt", "--record", "r.db", cwd=home)
    assert (done.returncode, "1 new reports" in done.stdout) == (0, True)
    assert "warning: the record was changed by something else: event 1 (report page)" in done.stderr
    assert "counterclaim verify" in done.stderr


def test_a_program_stopped_while_it_loads_says_so_in_one_line(home: Path) -> None:
    code = (
        "import runpy, sys\n"
        "class Stopping:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'counterclaim.commands': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Stopping())\n"
        "runpy.run_module('counterclaim', run_name='__main__', alter_sys=True)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, "reports"], cwd=home, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "stopped before anything was done.\n")


@pytest.mark.parametrize("every", ["15", "10s", "0m", "m", "1w"])
def test_a_watch_waits_a_minute_at_least(home: Path, every: str) -> None:
    done = run("watch", "https://x.example/", "--every", every, cwd=home)
    assert done.returncode == 6
    assert "--every" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="interrupts are sent in another way there")
def test_a_watch_is_stopped_without_a_loss(home: Path) -> None:
    env = os.environ | {"COUNTERCLAIM_SETTINGS": str(home / "settings.toml"), "PYTHONUTF8": "1"}
    words = [*INTERRUPTIBLE, "watch", "http://127.0.0.1:9/rss", "--record", "w.db"]
    with subprocess.Popen(words, cwd=home, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as watching:
        assert watching.stderr is not None
        try:
            told = ""
            while "next round" not in told:
                told = watching.stderr.readline()
                assert told, "it ended by itself"
            watching.send_signal(signal.SIGINT)
            _, rest = watching.communicate(timeout=60)
        finally:
            watching.kill()
    assert watching.returncode == 130
    assert "goes on where this one stopped" in rest
    assert run("verify", "--record", "w.db", cwd=home).returncode == 0
